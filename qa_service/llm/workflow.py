"""The conversation with the model as a LlamaIndex workflow: it thinks, tools run, it thinks again.

Bounded in steps. Imported when a model is first needed: it loads LlamaIndex.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence

from llama_index.core.base.llms.types import ToolCallBlock
from llama_index.core.llms import ChatMessage, MessageRole, TextBlock
from llama_index.core.tools import FunctionTool
from llama_index.core.workflow import Event, StartEvent, StopEvent, Workflow, step

from qa_service.llm.endpoint import Call, Endpoint, Reply
from qa_service.llm.errors import NoPlan, OutOfTime
from qa_service.llm.prompts import prompts
from qa_service.llm.schema import arguments_of
from qa_service.llm.session import KINDS

#: Calls of one reply that are run; a model that wants more is told so by its next step.
_MAX_CALLS = 8

#: Runs a call and tells what came of it.
Run = Callable[[Call], str]
#: What to say to a final text: None takes it.
Review = Callable[[str], str | None]


class Called(Event):
    """The model calls tools."""

    reply: Reply


class Told(Event):
    """The model is told what came of its calls, or what its text lacks."""


class Consultation(Workflow):
    """One question's way through the model. The result is the model's final text."""

    def __init__(
        self,
        endpoint: Endpoint,
        tools: Sequence[FunctionTool],
        opening: Sequence[tuple[str, str]],
        run: Run,
        review: Review,
        max_steps: int,
        deadline: float,
    ) -> None:
        super().__init__(timeout=None)  # the deadline, on the loop's clock, ends it in good order
        self._deadline = deadline
        self._endpoint = endpoint
        self._tools = tools
        self._run = run
        self._review = review
        self._steps_left = max_steps
        self._messages = [
            ChatMessage(role=MessageRole(role), content=text) for role, text in opening
        ]

    @step
    async def think(self, event: StartEvent | Told) -> Called | Told | StopEvent:
        """Ask the model for its next step."""
        if self._steps_left <= 0:
            raise NoPlan("模型没有在限定的步数内答完")
        self._steps_left -= 1
        try:
            async with asyncio.timeout_at(self._deadline):
                reply = await self._endpoint.reply(self._messages, self._tools)
        except TimeoutError as error:
            raise OutOfTime("模型没有在限定的时间内答完") from error
        if reply.calls:
            return Called(reply=reply)
        lack = await asyncio.to_thread(self._review, reply.text)
        if lack is None:
            return StopEvent(result=reply.text)
        self._messages += [
            ChatMessage(role=MessageRole.ASSISTANT, content=reply.text),
            ChatMessage(role=MessageRole.USER, content=lack),
        ]
        return Told()

    @step
    async def act(self, event: Called) -> Told:
        """Run the tools that the model called."""
        reply = event.reply
        calls = reply.calls[:_MAX_CALLS]
        said = [TextBlock(text=reply.text)] if reply.text else []
        blocks = [
            ToolCallBlock(tool_call_id=call.id, tool_name=call.name, tool_kwargs=call.arguments)
            for call in calls
        ]
        self._messages.append(ChatMessage(role=MessageRole.ASSISTANT, blocks=[*said, *blocks]))
        for call in calls:
            told = await asyncio.to_thread(self._run, call)
            self._messages.append(
                ChatMessage(
                    role=MessageRole.TOOL,
                    content=told,
                    additional_kwargs={"tool_call_id": call.id},
                )
            )
        return Told()


def offered(run: Run) -> list[FunctionTool]:
    """The tools as LlamaIndex offers them to a model: names and schemas are those of the plans."""

    def bound(name: str) -> Callable[..., str]:
        def call(**arguments: object) -> str:
            return run(Call(id="", name=name, arguments=json.dumps(arguments)))

        return call

    described = prompts().tools
    return [
        FunctionTool.from_defaults(
            fn=bound(name), name=name, description=described[name], fn_schema=arguments_of(kind)
        )
        for name, kind in KINDS.items()
    ]
