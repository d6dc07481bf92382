"""Splitting a question into its parts: what each asks for, with the words that lead up to it."""

from __future__ import annotations

from collections.abc import Mapping

from qa_service.understanding.question import phrases, sentences
from qa_service.understanding.segment import Word, segment

#: Cues that make a phrase ask for something.
_ASKING = frozenset(
    [
        "amount",
        "share",
        "change",
        "difference",
        "more_less",
        "ratio",
        "rank",
        "count",
        "list",
        "which",
        "define",
        "why",
        "purpose",
        "duty",
        "structure",
        "average",
        "convert",
        "which_table",
        "which_fund",
        "has",
        "is_it",
        "target",
        "when",
        "how",
        "who",
        "prior",
    ]
)
#: Cues that only ask where the phrase also names what it asks of.
_WEAK = frozenset({"prior", "target", "how", "structure"})


def parts_of(text: str, words: Mapping[str, Word]) -> list[str]:
    """The parts of a question, each a phrase that asks with the phrases before it that do not.

    ``你好，情报所今年，三公经费多少，为什么`` → ``你好，情报所今年，三公经费多少`` · ``为什么``.
    A sentence that asks nothing goes with the next one; the last stands alone (bare keywords).
    """
    parts: list[str] = []
    pending: list[str] = []
    pieces = [phrase for sentence in sentences(text) for phrase in phrases(sentence)]
    for piece in pieces:
        pending.append(piece)
        if _asks(piece, words):
            parts.append("，".join(pending))
            pending = []
    if pending:
        rest = "，".join(pending)
        parts.append(rest)
    return parts


def _asks(phrase: str, words: Mapping[str, Word]) -> bool:
    tokens = segment(phrase, (words,))
    names = {cue.name for t in tokens if t.word for cue in t.word.cues}
    strong = (names & _ASKING) - _WEAK
    if "exclude" in names and not strong & {"amount", "share", "total", "count"}:
        return False
    return bool(strong)
