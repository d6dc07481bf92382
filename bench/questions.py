"""The questions that are asked under load, in rounds: in each, the same things in other words."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent
#: What a round puts around a question. A search drops it: it embeds only in its first round.
_ROUNDS = (
    "{}",
    "请问{}",
    "{}？",
    "你好，{}",
    "请问一下{}？",
    "麻烦问一下，{}",
    "我想知道{}",
    "请告诉我{}",
)


def plain() -> tuple[str, ...]:
    """The questions that linking explains whole: no question is embedded for them."""
    return _lines("questions.txt")


def questions(first_round: int = 0, rounds: int = 1) -> tuple[str, ...]:
    """All questions of some rounds, one round after the other, each with the searches last."""
    texts = (*plain(), *searches())
    return tuple(
        form.format(text) for form in _ROUNDS[first_round : first_round + rounds] for text in texts
    )


def searches() -> tuple[str, ...]:
    """The questions that go to passages by meaning: only these embed the question."""
    return _lines("searches.txt")


def _lines(name: str) -> tuple[str, ...]:
    return tuple((_FOLDER / name).read_text(encoding="utf-8").split())
