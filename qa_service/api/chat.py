"""OpenAI's chat interface over the service, so that any chat client can ask: ``/v1``."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator, Sequence

from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from pydantic import ValidationError

from qa_service.answering.links import Links
from qa_service.answering.markdown import markdown
from qa_service.answering.reply import Reply
from qa_service.api.access import limiting
from qa_service.api.addresses import absolute
from qa_service.api.asking import Asker
from qa_service.api.chat_models import (
    MODEL,
    AssistantMessage,
    ChatBody,
    ChatChunk,
    ChatCompletion,
    Choice,
    ChunkChoice,
    Delta,
    Model,
    ModelList,
    Usage,
)
from qa_service.api.errors import OpenAIError
from qa_service.api.events import clauses
from qa_service.api.limits import RateLimiter
from qa_service.api.problems import INVALID_REQUEST, MODEL_NOT_FOUND, ApiError, FieldError
from qa_service.api.requests import AskBody, invalid
from qa_service.service import AnswerService
from qa_service.settings import Settings

#: Earlier questions that are gone through again: a conversation remembers no more turns.
_EARLIER = 8


def chat_router(
    service: AnswerService, asker: Asker, limiter: RateLimiter, settings: Settings
) -> APIRouter:
    """The routes that a client of OpenAI's interface needs."""
    router = APIRouter(
        prefix="/v1",
        tags=["OpenAI兼容"],
        responses={code: {"model": OpenAIError} for code in (401, 403, 429, 503)},
    )

    @router.post(
        "/chat/completions",
        summary="对话",
        response_model=ChatCompletion,
        dependencies=[Depends(limiting(limiter))],
        responses={code: {"model": OpenAIError} for code in (400, 413)},
    )
    async def complete(body: ChatBody, request: Request) -> ChatCompletion | Response:
        """回答最后一条`user`消息；之前的`user`消息是上文（追问据此理解），其他消息和采样参数不影响回答。

        `content`为Markdown，数字后有脚注标记，脚注为出处；`budget_qa`为同一答案的数据：结果、数值、
        算式、出处、提示。`stream`为真时以服务器推送事件发送，最后一段带`budget_qa`。
        """
        earlier, question = _conversation(body)
        links = Links(absolute(request, settings, ""))

        def replied() -> Reply:
            return Reply.of(service.ask(question, earlier=earlier), service.library(), links)

        await asker.admit()
        reply = await asker.run(replied)
        completion = _completion(reply, "".join((*earlier, question)))
        if not body.stream:
            return completion
        with_usage = bool(body.stream_options and body.stream_options.include_usage)
        return StreamingResponse(
            _events(completion, with_usage=with_usage),
            media_type="text/event-stream",
            headers={"X-Accel-Buffering": "no"},
        )

    @router.get("/models", summary="模型")
    async def list_models() -> ModelList:
        """可以选用的模型，只有一个。"""
        return ModelList(data=[Model()])

    @router.get("/models/{model}", summary="一个模型", responses={404: {"model": OpenAIError}})
    async def read_model(model: str) -> Model:
        """按名称查模型。"""
        if model != MODEL:
            raise ApiError(MODEL_NOT_FOUND)
        return Model()

    return router


def _conversation(body: ChatBody) -> tuple[list[str], str]:
    """The questions that came before, and the one to answer."""
    said = [message.text() for message in body.messages if message.role == "user"]
    if not said:
        error = FieldError(field="messages", message="没有role为user的消息")
        raise ApiError(
            INVALID_REQUEST, f"{INVALID_REQUEST.title}（{error.message}）。", errors=[error]
        )
    question = _checked(said[-1])
    return [text for text in said[:-1] if _askable(text)][-_EARLIER:], question


def _checked(text: str) -> str:
    """The question, as every other address takes it."""
    try:
        return AskBody(question=text).question
    except ValidationError as error:
        found = [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
        problem = invalid(RequestValidationError(found))
        told = [one.model_copy(update={"field": "messages"}) for one in problem.problem.errors]
        raise ApiError(problem.kind, errors=told) from error


def _askable(text: str) -> bool:
    try:
        AskBody(question=text)
    except ValidationError:
        return False
    return True


def _completion(reply: Reply, asked: str) -> ChatCompletion:
    content = markdown(reply)
    usage = Usage(
        prompt_tokens=len(asked),
        completion_tokens=len(content),
        total_tokens=len(asked) + len(content),
    )
    return ChatCompletion(
        id=f"chatcmpl-{secrets.token_hex(12)}",
        created=int(time.time()),
        choices=[Choice(message=AssistantMessage(content=content, budget_qa=reply))],
        usage=usage,
    )


async def _events(completion: ChatCompletion, *, with_usage: bool) -> AsyncIterator[str]:
    """The completion as server-sent events."""
    message = completion.choices[0].message

    def sent(choices: Sequence[ChunkChoice], usage: Usage | None = None) -> str:
        chunk = ChatChunk(
            id=completion.id, created=completion.created, choices=list(choices), usage=usage
        )
        # A usage of null announces that one will come.
        left_out = None if with_usage else {"usage"}
        return f"data: {chunk.model_dump_json(exclude=left_out)}\n\n"

    yield sent([ChunkChoice(delta=Delta(role="assistant", content=""))])
    for piece in clauses(message.content):
        yield sent([ChunkChoice(delta=Delta(content=piece))])
    yield sent([ChunkChoice(delta=Delta(budget_qa=message.budget_qa), finish_reason="stop")])
    if with_usage:
        yield sent([], completion.usage)
    yield "data: [DONE]\n\n"
