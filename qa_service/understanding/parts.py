"""Splitting a question into its parts: what each asks for, with the words that lead up to it."""

from __future__ import annotations

import re
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
#: Cues that make a last phrase a question of its own (…多少，比上年是多是少).
_TRAILING = frozenset(
    {
        *("total", "difference", "rate", "up", "down", "than", "change", "same", "share", "why"),
        *("target", "structure"),
    }
)
#: Cues that only ask where the phrase also names what it asks of.
_WEAK = frozenset({"prior", "target", "how", "structure"})


#: What stands between a sentence that asks nothing and the one it is read with.
SENTENCE = "。"
_LEADS = re.compile("(?:跟|和|与|同|比|较|相比|对比|比起)[^，]{1,8}$")
_WHICH = re.compile(
    "有哪[些几个]|哪些(?:项目|单位|科目)[^，]{0,2}$|是哪[个家笔]?(?:项目|单位|科目)[^，]{0,2}$"
)
_TARGET_ASKED = re.compile("(?:目标|指标|要求)(?:是什么|有哪些|是啥|有啥|是多少)[^，]{0,2}$")
_FURTHER = re.compile("还有|另外|以及|再就是|再有|顺便|其次")
_MONEY = re.compile("预算|支出|收入|费|经费|资金|采购|编制|拨款")
HYPOTHETICAL = re.compile("假如|如果|假设|要是|倘若|若是|万一|就算|即使")


def parts_of(text: str, words: Mapping[str, Word]) -> list[str]:
    """The parts of a question, each a phrase that asks with the phrases before it that do not.

    ``你好，情报所今年，三公经费多少，为什么`` → ``你好，情报所今年，三公经费多少`` · ``为什么``.
    A sentence that asks nothing goes with the next one; the last stands alone (bare keywords).
    """
    parts: list[str] = []
    pending: list[str] = []
    pieces = [list(phrases(sentence)) for sentence in sentences(text)]
    last = pieces[-1][-1] if pieces and pieces[-1] else ""
    for piece, ends in ((p, p is sentence[-1]) for sentence in pieces for p in sentence):
        if HYPOTHETICAL.match(piece) and piece is not last:
            continue  # a supposition changes nothing of what is published
        if _FURTHER.match(piece) and pending and _MONEY.search("".join(pending)):
            parts.append("".join(pending[:-1]))  # 情报所的预算，还有它是什么单位
            pending = []
        pending.append(piece)
        # …，各自公车费呢: a last phrase that asks by its ending.
        trailing = piece is last and parts and len(piece) > 2 and piece.endswith("呢")
        if parts and len(pending) == 1 and _confirms(piece, words):
            parts[-1] += f"，{piece}"  # …占四成，对不对
            pending = []
            continue
        if trailing or _asks(piece, words):
            parts.append("".join(pending))
            pending = []
        else:
            pending.append(SENTENCE if ends else "，")
    rest = "".join(pending[:-1])
    if rest and parts and len(pieces[-1]) > 1 and not _operates(rest, words):
        parts[-1] += f"，{rest}"  # 三公经费多少，我说的是财政局
    elif rest:
        parts.append(rest)
    return parts


def _confirms(phrase: str, words: Mapping[str, Word]) -> bool:
    """Whether a phrase only asks whether what was said before is so."""
    tokens = segment(phrase, (words,))
    known = all(t.word and (t.cue("is_it") or t.word.harmless) for t in tokens)
    return known and any(t.cue("is_it") for t in tokens)


def _operates(phrase: str, words: Mapping[str, Word]) -> bool:
    """Whether a last phrase is a question of its own (…各多少，合起来呢)."""
    names = {c.name for t in segment(phrase, (words,)) if t.word for c in t.word.cues}
    return bool(names & _TRAILING)


def _asks(phrase: str, words: Mapping[str, Word]) -> bool:
    tokens = segment(phrase, (words,))
    names = {cue.name for t in tokens if t.word for cue in t.word.cues}
    strong = (names & _ASKING) - _WEAK
    if strong == {"change"} and not names & {"up", "down", "same", "rate"} and _LEADS.match(phrase):
        return False  # 跟去年比，今年…: what is asked comes behind
    if "group" in names and _WHICH.search(phrase):
        return True
    if "target" in names and _TARGET_ASKED.search(phrase):
        return True
    if "total" in names and phrase.endswith(("多少", "多少钱", "几多")):
        return True
    if "exclude" in names and not strong & {"amount", "share", "total", "count"}:
        return False
    return bool(strong)
