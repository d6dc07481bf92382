"""Errors that the client raises: the service's problems by kind, and a service out of reach."""

from __future__ import annotations

import httpx
from pydantic import ValidationError

from budget_qa_client.models import Problem


class BudgetQAError(Exception):
    """Base of all errors of this client."""


class UnreachableError(BudgetQAError):
    """The service could not be reached or did not answer in time."""


class ProblemError(BudgetQAError):
    """The service answered with a problem. ``problem.code`` tells which; ``retry_after`` are the
    seconds after which another try makes sense, where the service says so."""

    def __init__(self, problem: Problem, retry_after: float | None = None) -> None:
        super().__init__(f"{problem.code}: {problem.detail or problem.title}")
        self.problem = problem
        self.retry_after = retry_after

    @property
    def code(self) -> str:
        """The stable code."""
        return self.problem.code


class InvalidRequestError(ProblemError):
    """The request is not accepted (413, 422)."""


class AccessDeniedError(ProblemError):
    """A key is missing, does not fit, or has ended (401, 403)."""


class NotFoundError(ProblemError):
    """There is no such thing (404)."""


class RateLimitedError(ProblemError):
    """Too many requests (429)."""


class UnavailableError(ProblemError):
    """Nothing is loaded, or the service is busy (503)."""


_KINDS: dict[int, type[ProblemError]] = {
    401: AccessDeniedError,
    403: AccessDeniedError,
    404: NotFoundError,
    413: InvalidRequestError,
    422: InvalidRequestError,
    429: RateLimitedError,
    503: UnavailableError,
}


def problem_error(problem: Problem, retry_after: float | None = None) -> ProblemError:
    """The error of a problem."""
    return _KINDS.get(problem.status, ProblemError)(problem, retry_after)


def error_of(response: httpx.Response) -> ProblemError:
    """The error of a response; what stands between may answer otherwise than the service."""
    try:
        problem = Problem.model_validate_json(response.content)
    except ValidationError:
        problem = Problem(status=response.status_code, code=f"http_{response.status_code}")
    seconds = response.headers.get("retry-after", "")
    return problem_error(problem, float(seconds) if seconds.isdecimal() else None)
