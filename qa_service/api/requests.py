"""The body of a question as the API accepts it, and what is told when it does not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Self

from fastapi.exceptions import RequestValidationError
from pydantic import field_validator, model_validator
from pydantic_core import PydanticCustomError

from qa_service.answering.answer import AskRequest
from qa_service.api.problems import (
    EMPTY_QUESTION,
    INVALID_JSON,
    INVALID_REQUEST,
    PROBLEM_TYPES,
    QUESTION_NOT_TEXT,
    QUESTION_TOO_LONG,
    ApiError,
    FieldError,
    ProblemType,
)

_CONVERSATION_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_YEARS = range(1949, 2200)


def _visible(text: str) -> bool:
    """Whether anything would be seen: neither a space, a control nor a zero-width character."""
    return any(unicodedata.category(char)[0] not in "ZC" for char in text)


def _storable(text: str) -> bool:
    """Whether a store takes it: neither NUL nor half of a surrogate pair, which UTF-8 lacks."""
    return not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text)


def storable(text: str) -> str:
    """A text of a request that a store takes; raises the validation error that says so."""
    if not _storable(text):
        raise PydanticCustomError(
            INVALID_REQUEST.code, "{reason}", {"reason": "含有空字符或不完整的字符"}
        )
    return text


class AskBody(AskRequest):
    """A question, with the conversation that it belongs to (null opens one)."""

    @field_validator("question")
    @classmethod
    def _question_is_text(cls, question: str) -> str:
        if not _storable(question):
            raise PydanticCustomError(
                QUESTION_NOT_TEXT.code, "{reason}", {"reason": "含有空字符或不完整的字符"}
            )
        if not _visible(question):
            raise PydanticCustomError(EMPTY_QUESTION.code, "{reason}", {"reason": "问题是空的"})
        return question

    @model_validator(mode="after")
    def _filters_can_be_compared(self) -> Self:
        # A store takes neither any text nor an integer of any size.
        if self.filters is not None:
            texts = (self.filters.disclosure_id, self.filters.department, self.filters.city)
            if not all(_storable(text) for text in texts if text):
                raise PydanticCustomError(
                    INVALID_REQUEST.code, "{reason}", {"reason": "筛选条件不是文字"}
                )
            if self.filters.year is not None and self.filters.year not in _YEARS:
                raise PydanticCustomError(
                    INVALID_REQUEST.code, "{reason}", {"reason": "年度不在可能的范围内"}
                )
        return self

    def known_form_of_conversation(self) -> str | None:
        """The conversation id where it can be one of ours; any other text opens a new one."""
        given = self.conversation_id
        return given if given and _CONVERSATION_ID.fullmatch(given) else None


#: Pydantic's error types, told in Chinese. Others are told by ``INVALID_REQUEST``'s title.
_MESSAGES = {
    "missing": "缺少这个字段",
    "string_type": "必须是文字",
    "string_unicode": "含有无法编码的字符",
    "string_too_short": "不能为空",
    "string_too_long": "太长",
    "extra_forbidden": "没有这个字段",
    "int_type": "必须是整数",
    "int_parsing": "必须是整数",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
    "model_attributes_type": "必须是JSON对象，并以Content-Type: application/json发送",
    "model_type": "必须是JSON对象",
    "json_invalid": "不是有效的JSON",
    "enum": "不是可选的值",
    "string_pattern_mismatch": "格式不对",
}

_QUESTION_KINDS = {
    "string_type": QUESTION_NOT_TEXT,
    "string_unicode": QUESTION_NOT_TEXT,
    "string_too_short": EMPTY_QUESTION,
    "string_too_long": QUESTION_TOO_LONG,
}


def _kind(error_type: str, field: str) -> ProblemType:
    if error_type in PROBLEM_TYPES:
        return PROBLEM_TYPES[error_type]
    if error_type == "json_invalid":
        return INVALID_JSON
    if field == "question":
        return _QUESTION_KINDS.get(error_type, INVALID_REQUEST)
    return INVALID_REQUEST


def invalid(error: RequestValidationError) -> ApiError:
    """The problem that a rejected request gets. Never echoes the input: it may not be encodable."""
    errors: Sequence[Any] = error.errors()
    told: list[FieldError] = []
    kinds: list[ProblemType] = []
    for item in errors:
        error_type = str(item["type"])
        # The location of broken JSON is a byte offset, not a field.
        path = [] if error_type == "json_invalid" else item["loc"][1:]
        field = ".".join(str(part) for part in path)
        reason = str(item.get("ctx", {}).get("reason", ""))
        told.append(
            FieldError(
                field=field, message=reason or _MESSAGES.get(error_type, INVALID_REQUEST.title)
            )
        )
        kinds.append(_kind(error_type, field))
    kind = kinds[0] if kinds else INVALID_REQUEST
    detail = ""
    if kind is INVALID_REQUEST:
        named = "；".join(f"{e.field or '请求正文'}：{e.message}" for e in told)
        detail = f"{kind.title}（{named}）。{kind.remedy}"
    return ApiError(kind, detail, errors=told)
