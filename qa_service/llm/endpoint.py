"""The model's endpoint: one streamed request at a time, with time-outs, retries and a breaker.

Requests go through LlamaIndex's ``OpenAILike``. Its retries and its lenient reading of tool calls
are not used: a stream that ends in the middle must never become a plan.
"""

from __future__ import annotations

import asyncio
import logging
import random
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from qa_service.llm.breaker import CircuitBreaker
from qa_service.llm.counting import LlmCounts
from qa_service.llm.errors import (
    BrokenReply,
    CircuitOpen,
    EndpointDown,
    EndpointRefuses,
    LlmError,
    OutOfTime,
    TooLong,
)
from qa_service.llm.settings import LlmSettings

if TYPE_CHECKING:
    from llama_index.core.llms import ChatMessage, ChatResponse
    from llama_index.core.tools import BaseTool
    from llama_index.llms.openai_like import OpenAILike
    from openai.types.chat.chat_completion_chunk import ChatCompletionChunk

_log = logging.getLogger(__name__)

#: Longest wait between two attempts; an endpoint that asks for more is not tried again.
_MAX_WAIT_SECONDS = 5.0
#: Characters that one token is at most taken for; a reply beyond it ignores the limit it was given.
_CHARACTERS_PER_TOKEN = 8
_CONTEXT_WINDOW = 32_000
#: Reasoning that some servers leave in the text.
_THINKING = re.compile(r"<think>.*?</think>", re.DOTALL)
#: Statuses after which another attempt may help.
_PASSING = (408, 409, 425, 429)


@dataclass(slots=True)
class Call:
    """A tool call as the model wrote it; ``arguments`` is JSON only if the model kept to it."""

    id: str
    name: str
    arguments: str = ""


@dataclass(slots=True)
class Reply:
    """A complete reply: text, tool calls, or both."""

    text: str = ""
    calls: list[Call] = field(default_factory=list)


class Endpoint:
    """One model at one endpoint. Used on one event loop only."""

    def __init__(self, settings: LlmSettings, counts: LlmCounts) -> None:
        self._settings = settings
        self._counts = counts
        self._breaker = CircuitBreaker(settings.llm_failures, settings.llm_rest_seconds)
        self._model: OpenAILike | None = None

    async def reply(self, messages: Sequence[ChatMessage], tools: Sequence[BaseTool]) -> Reply:
        """The model's reply. Raises an ``LlmError`` where none could be had."""
        for attempt in range(self._settings.llm_retries + 1):
            if not self._breaker.admits():
                raise CircuitOpen("模型服务连续失败，暂停使用")
            try:
                reply = await self._attempt(messages, tools)
            except asyncio.CancelledError:
                self._failed(OutOfTime("问题的时限到了"))
                raise
            except TooLong as error:
                self._breaker.succeeded()
                self._counts.request(error.reason)
                raise
            except (EndpointDown, BrokenReply, OutOfTime, EndpointRefuses) as error:
                self._failed(error)
                wait = self._wait(attempt, error)
                if wait is None:
                    raise
                await asyncio.sleep(wait)
            else:
                self._breaker.succeeded()
                return reply
        raise AssertionError("the last attempt either replies or raises")

    async def close(self) -> None:
        """Close the connections."""
        if self._model is not None:
            await self._model._get_aclient().close()
            self._model = None

    def _failed(self, error: LlmError) -> None:
        self._counts.request(error.reason)
        _log.warning("model endpoint: %s (%s)", error.reason, error)
        if self._breaker.failed():
            _log.error("model endpoint: left alone for %gs", self._settings.llm_rest_seconds)

    def _wait(self, attempt: int, error: LlmError) -> float | None:
        """Seconds before another attempt, with jitter; None where there is to be none."""
        if attempt >= self._settings.llm_retries or isinstance(error, EndpointRefuses | OutOfTime):
            return None
        doubled = self._settings.llm_backoff_seconds * float(2**attempt)
        wait = max(doubled * random.uniform(0.5, 1.0), _asked_to_wait(error))
        return wait if wait <= _MAX_WAIT_SECONDS else None

    async def _attempt(self, messages: Sequence[ChatMessage], tools: Sequence[BaseTool]) -> Reply:
        from openai import APIConnectionError, APIError, APIStatusError, APITimeoutError

        try:
            return await self._streamed(messages, tools)
        except APITimeoutError as error:
            raise OutOfTime("模型服务没有及时回应") from error
        except APIConnectionError as error:
            raise EndpointDown("连不上模型服务") from error
        except APIStatusError as error:
            passing = error.status_code >= 500 or error.status_code in _PASSING
            kind = EndpointDown if passing else EndpointRefuses
            raise kind(f"模型服务返回 HTTP {error.status_code}") from error
        except APIError as error:
            raise BrokenReply("模型服务在回应中报错") from error
        except (ValueError, TypeError, AttributeError) as error:
            # What the client library raises over a chunk that is no JSON, or not of the protocol.
            raise BrokenReply("模型服务的回应不合协议") from error

    async def _streamed(self, messages: Sequence[ChatMessage], tools: Sequence[BaseTool]) -> Reply:
        import httpx

        gathered = _Gathered(self._settings.llm_max_tokens * _CHARACTERS_PER_TOKEN)
        stream = await self._opened().astream_chat_with_tools(
            tools, chat_history=list(messages), allow_parallel_tool_calls=True
        )
        # Left in its middle, the stream is closed at once and not whenever it is collected.
        try:
            async with aclosing(stream):
                gathered.add(await self._first(stream))
                async for response in stream:
                    gathered.add(cast("ChatCompletionChunk", response.raw))
        except httpx.TimeoutException as error:
            raise OutOfTime("模型服务没有及时回应") from error
        except httpx.HTTPError as error:
            raise BrokenReply("模型的回应中途断了") from error
        reply = gathered.reply()
        self._counts.request("answered", gathered.prompt_tokens, gathered.completion_tokens)
        return reply

    async def _first(self, stream: AsyncIterator[ChatResponse]) -> ChatCompletionChunk:
        """The first chunk, which must come in time."""
        try:
            async with asyncio.timeout(self._settings.llm_first_token_seconds):
                first = await anext(stream, None)
        except TimeoutError as error:
            raise OutOfTime("模型迟迟没有开始回答") from error
        if first is None:
            raise BrokenReply("模型的回应是空的")
        return cast("ChatCompletionChunk", first.raw)

    def _opened(self) -> OpenAILike:
        if self._model is None:
            from llama_index.llms.openai_like import OpenAILike  # 2 s of import: at first use

            settings = self._settings
            self._model = OpenAILike(
                model=settings.llm_model,
                api_base=settings.llm_base_url,
                api_key=settings.llm_api_key.get_secret_value() or "none",
                is_chat_model=True,
                is_function_calling_model=True,
                context_window=_CONTEXT_WINDOW,
                temperature=0.0,
                max_tokens=settings.llm_max_tokens,
                max_retries=0,
                timeout=settings.llm_budget_seconds,
                additional_kwargs={"stream_options": {"include_usage": True}},
            )
        return self._model


class _Gathered:
    """A reply as it comes in, chunk by chunk."""

    def __init__(self, max_characters: int) -> None:
        self._left = max_characters
        self._text: list[str] = []
        self._calls: list[tuple[int, Call]] = []
        self._finish = ""
        self.prompt_tokens = 0
        self.completion_tokens = 0

    def add(self, chunk: ChatCompletionChunk) -> None:
        """Take in one chunk. Raises ``TooLong`` where the reply goes beyond its limit."""
        if chunk.usage is not None:
            self.prompt_tokens = chunk.usage.prompt_tokens
            self.completion_tokens = chunk.usage.completion_tokens
        for choice in (chunk.choices or [])[:1]:
            self._finish = choice.finish_reason or self._finish
            if choice.delta.content:
                self._text.append(choice.delta.content)
                self._left -= len(choice.delta.content)
            for delta in choice.delta.tool_calls or ():
                function = delta.function
                call = self._call(delta.index, delta.id or "")
                call.name += (function.name if function else "") or ""
                arguments = (function.arguments if function else "") or ""
                call.arguments += arguments
                self._left -= len(arguments)
        if self._left < 0:
            raise TooLong("模型的回应超过了长度限制")

    def _call(self, index: int, identity: str) -> Call:
        """The call that a delta belongs to. Some servers number all calls 0: another id begins
        another call."""
        for known, call in reversed(self._calls):
            if known == index and identity in ("", call.id):
                return call
        call = Call(id=identity or f"call_{len(self._calls)}", name="")
        self._calls.append((index, call))
        return call

    def reply(self) -> Reply:
        """The whole. Raises where the model did not come to its end."""
        if self._finish == "length":
            raise TooLong("模型的回应超过了长度限制")
        if not self._finish:
            raise BrokenReply("模型的回应中途断了")
        text = _THINKING.sub("", "".join(self._text)).strip()
        return Reply(text, [call for _, call in self._calls])


def _asked_to_wait(error: LlmError) -> float:
    """Seconds that the endpoint asked for (Retry-After)."""
    response = getattr(error.__cause__, "response", None)
    value = response.headers.get("retry-after", "") if response is not None else ""
    try:
        return max(0.0, float(value))
    except ValueError:
        return 0.0
