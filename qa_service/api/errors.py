"""Errors in the shape that an address's clients expect: problem details, and OpenAI's under /v1."""

from __future__ import annotations

from fastapi import Response
from pydantic import BaseModel, Field

from qa_service.api.problems import ApiError

#: Where clients of OpenAI's interface ask.
OPENAI_PREFIX = "/v1/"
#: OpenAI's types of errors by status; what is not listed is ``invalid_request_error``.
_TYPES = {
    401: "authentication_error",
    403: "permission_error",
    429: "rate_limit_error",
    500: "server_error",
    503: "server_error",
}


class OpenAIErrorBody(BaseModel):
    """What went wrong. ``code`` is the same stable code as that of the problem type."""

    message: str = Field(description="Chinese explanation with what to do about it")
    type: str
    param: str | None = Field(default=None, description="The field concerned, if any")
    code: str


class OpenAIError(BaseModel):
    """An error as OpenAI's clients read it."""

    error: OpenAIErrorBody


def openai_status(status: int) -> int:
    """OpenAI's interface answers 400 to a request that it does not take."""
    return 400 if status == 422 else status


def error_response(path: str, error: ApiError) -> Response:
    """The response that tells an error at this address."""
    if not path.startswith(OPENAI_PREFIX):
        return error.response()
    problem = error.problem
    status = openai_status(problem.status)
    body = OpenAIError(
        error=OpenAIErrorBody(
            message=problem.detail,
            type=_TYPES.get(status, "invalid_request_error"),
            param=problem.errors[0].field or None if problem.errors else None,
            code=problem.code,
        )
    )
    return Response(
        body.model_dump_json(),
        status_code=status,
        media_type="application/json",
        headers=error.headers,
    )
