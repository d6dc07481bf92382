"""Replies of a well-behaved model: it calls what it is told to and copies the tokens it is shown."""

from __future__ import annotations

import re

from tests.support.endpoint import Does, Request, says

_TOKEN = re.compile(r"\{\{[A-Z]\d+\}\}")


def result_of(request: Request) -> str:
    """The rendering in the last result shown, without its legend."""
    text = request.last.split("<<<", 1)[1].split("\n", 1)[1]
    return text.split("\n代号说明：", 1)[0]


def copies(request: Request) -> Does:
    """Repeats the result word for word, as a careful model would."""
    return says(result_of(request))


def tokens_of(request: Request) -> list[str]:
    """The tokens of the last result, in order."""
    return _TOKEN.findall(result_of(request))
