"""What both clients share: requests as they are sent, and responses as they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from pydantic import ValidationError

from budget_qa_client.errors import BudgetQAError, UnreachableError, error_of
from budget_qa_client.models import Filters, Model

#: Seconds for connecting and for each response; questions take milliseconds.
TIMEOUT = 30.0
#: Disclosures fetched at once while a list is gone through.
PAGE = 200

M = TypeVar("M", bound=Model)


def headers(api_key: str | None) -> dict[str, str]:
    """Headers of every request."""
    return {"Authorization": f"Bearer {api_key}"} if api_key else {}


def question(text: str, conversation_id: str | None, filters: Filters | None) -> Mapping[str, Any]:
    """The body of a question."""
    body: dict[str, Any] = {"question": text, "conversation_id": conversation_id}
    if filters is not None:
        body["filters"] = filters.model_dump(exclude_none=True)
    return body


def row_path(disclosure_id: str, fact_id: str) -> str:
    """Where the printed row of a figure is."""
    return f"/api/disclosures/{quote(disclosure_id, safe='')}/facts/{quote(fact_id, safe='')}/row"


def checked(response: httpx.Response) -> httpx.Response:
    """The response, if it is a success. Raises ``ProblemError``."""
    if response.is_success:
        return response
    raise error_of(response)


def parsed(kind: type[M], response: httpx.Response) -> M:
    """The response's body. Raises ``ProblemError``, and ``BudgetQAError`` where it is no such
    thing (a proxy's page, another program)."""
    try:
        return kind.model_validate_json(checked(response).content)
    except ValidationError as error:
        raise BudgetQAError("服务的回答不是预期的内容，请检查地址") from error


@contextmanager
def reaching() -> Iterator[None]:
    """Tells transport failures as this client's own error."""
    try:
        yield
    except httpx.TransportError as error:
        raise UnreachableError(f"联系不到服务：{error}") from error
