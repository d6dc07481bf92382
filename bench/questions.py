"""The questions that are asked under load: never the same text twice, so that no cache answers."""

from __future__ import annotations

from pathlib import Path

_FILE = Path(__file__).with_name("questions.txt")
#: A round asks the same things in other words; what a cache keeps under the text does not hit.
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


def questions(first_round: int = 0, rounds: int = 1) -> tuple[str, ...]:
    """The questions of some rounds, one round after the other."""
    lines = [line.strip() for line in _FILE.read_text(encoding="utf-8").splitlines()]
    texts = [line for line in lines if line]
    return tuple(
        form.format(text) for form in _ROUNDS[first_round : first_round + rounds] for text in texts
    )
