"""Replies of a well-behaved model: it copies the tokens that it is shown."""

from __future__ import annotations

import re

from tests.support.endpoint import Does, Request, says

_TOKEN = re.compile(r"\{\{[A-Z]\d+\}\}")


def result_of(request: Request) -> str:
    """The rendering in the last result shown, without its legend."""
    return _rendering(request.last)


def _rendering(result: str) -> str:
    return result.split("<<<", 1)[1].split("\n", 1)[1].split("\n代号说明：", 1)[0]


def copies(request: Request) -> Does:
    """Repeats the last result word for word, as a careful model would."""
    return says(result_of(request))


def copies_all(request: Request) -> Does:
    """Repeats every result so far word for word; declines where there is none."""
    results = [_rendering(text) for text in request.told if text.startswith("结果")]
    return says("\n".join(results) or "不适用")


def tokens_of(request: Request) -> list[str]:
    """The tokens of the last result, in order."""
    return _TOKEN.findall(result_of(request))
