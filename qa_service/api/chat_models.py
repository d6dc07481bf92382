"""Requests and responses of OpenAI's chat interface, as far as this service has a use for them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from qa_service.answering.reply import Reply

#: The one model there is.
MODEL = "budget-qa"


class ContentPart(BaseModel):
    """A part of a message's content. Parts that are not text are passed over."""

    type: str
    text: str | None = None


class ChatMessage(BaseModel):
    """A message. Only those of ``user`` matter: the last is the question, those before it are the
    conversation. Instructions to a language model (``system``, ``developer``) change nothing."""

    role: str
    content: str | list[ContentPart] | None = None

    def text(self) -> str:
        """What the message says."""
        if isinstance(self.content, list):
            return "\n".join(
                part.text for part in self.content if part.type == "text" and part.text
            )
        return self.content or ""


class StreamOptions(BaseModel):
    """What a stream tells besides the text."""

    include_usage: bool | None = Field(
        default=None, description="A last chunk with the whole request's usage"
    )


class ChatBody(BaseModel):
    """A chat request. Every other parameter of OpenAI's is accepted and without effect: the answer
    is computed, not sampled."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"model": MODEL, "messages": [{"role": "user", "content": "三公经费预算是多少？"}]}
            ]
        }
    )

    model: str = Field(default=MODEL, description="Any name; the answering model is named back")
    messages: list[ChatMessage] = Field(min_length=1)
    stream: bool | None = None
    stream_options: StreamOptions | None = None


class Usage(BaseModel):
    """Size of the exchange, in characters: without a language model there are no tokens."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class AssistantMessage(BaseModel):
    """The answer as Markdown with footnotes, and as data."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    budget_qa: Reply = Field(description="Status, figures, formulas, evidence, cautions, options")


class Choice(BaseModel):
    """The one answer."""

    index: int = 0
    message: AssistantMessage
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class ChatCompletion(BaseModel):
    """A whole answer."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: list[Choice]
    usage: Usage


class Delta(BaseModel):
    """What a chunk adds. The last one brings the answer as data."""

    role: Literal["assistant"] | None = None
    content: str | None = None
    budget_qa: Reply | None = None


class ChunkChoice(BaseModel):
    """The next piece of the one answer."""

    index: int = 0
    delta: Delta
    finish_reason: Literal["stop"] | None = None
    logprobs: None = None


class ChatChunk(BaseModel):
    """One event of a streamed answer; the stream ends with ``[DONE]``."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str = MODEL
    choices: list[ChunkChoice]
    usage: Usage | None = None


class Model(BaseModel):
    """A model that can be asked."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = Field(default=0, description="Not a trained model: always 0")
    owned_by: str = "budget-disclosure-qa"


class ModelList(BaseModel):
    """All models."""

    object: Literal["list"] = "list"
    data: list[Model]
