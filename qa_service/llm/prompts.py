"""What a model is told, from ``prompts.yaml``; documents and questions stand in fences."""

from __future__ import annotations

import re
import secrets
import string
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

_FENCE_LETTERS = 10
#: A place to fill in; tokens have two braces.
_PLACE = re.compile(r"(?<!\{)\{([a-z]+)\}(?!\})")


class Prompts(BaseModel):
    """The texts, as the file names them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    system: str
    question: str
    earlier: str
    result: str
    quoted: str
    empty: str
    unlinked: str
    strange: str
    arguments: str
    no_json: str
    no_tool: str
    repeated: str
    left_out: str
    nudge: str
    tools: dict[str, str]


@cache
def prompts() -> Prompts:
    """The texts of the file."""
    text = files(__package__).joinpath("prompts.yaml").read_text("utf-8")
    return Prompts.model_validate(yaml.safe_load(text))


class Fence:
    """A mark that nobody can know beforehand: what stands between two of them is data."""

    def __init__(self) -> None:
        self._mark = "".join(secrets.choice(string.ascii_uppercase) for _ in range(_FENCE_LETTERS))

    def system(self) -> str:
        """The rules."""
        return self._put(prompts().system)

    def question(
        self, question: str, held: Sequence[str], topics: Sequence[str], names: Sequence[str]
    ) -> str:
        """The question, with what is held and what may be named."""
        earlier = self._put(prompts().earlier, topics="、".join(topics)) if topics else ""
        return self._put(
            prompts().question,
            earlier=earlier,
            question=question,
            held="\n".join(held),
            names="、".join(names),
        )

    def result(self, text: str, legend: Sequence[str], quoted: Sequence[tuple[str, str]]) -> str:
        """A tool's result with the legend of its tokens."""
        lines = [*legend, *(self._put(prompts().quoted, name=n, text=t) for n, t in quoted)]
        return self._put(prompts().result, text=text, legend="\n".join(lines))

    def empty(self, text: str) -> str:
        """A tool's result that answers nothing."""
        return self._put(prompts().empty, text=text)

    def _put(self, template: str, **texts: str) -> str:
        """The texts put in their places, none of which may hold the mark or another's place."""
        parts = {
            name: text.replace(self._mark, "") for name, text in texts.items() if name != "earlier"
        }
        parts |= {"fence": self._mark, "earlier": texts.get("earlier", "")}
        return _PLACE.sub(lambda m: parts.get(m[1], m[0]), template)
