"""Words that point at something said before, where nothing was: the question is asked back."""

from __future__ import annotations

import re

from qa_service.understanding.clause import Clause
from qa_service.understanding.plan import Ask, Memory

_POINTING = re.compile(
    "前者|后者|刚才|刚刚|前面说的|上面说的|上述|它俩|他俩"
    "|(?:这|那|该)[个张笔项份家](?P<noun>项目|报表|表格|表|数字|数|钱|费用|经费|科目|单位|指标)"
)
#: At most so many members are offered to choose from.
_OFFERED = 6
#: Topics that a pointing noun itself is read as.
_BARE_SOURCES = ("weak", "default", "memory")


def pointing_nowhere(clause: Clause, memory: Memory, projects: list[str]) -> Ask | None:
    """那个项目花了多少, as a first question: asks which one, with whole questions to choose from.

    ``projects`` are the projects of the disclosure. None where the clause names what it is about,
    or the conversation does.
    """
    if memory.plan is not None or memory.topics or memory.disclosure_ids:
        return None
    match = _POINTING.search(clause.text)
    if match is None or clause.units or clause.has("target") or _named_beside(clause, match):
        return None
    noun = match["noun"] or ""
    if noun == "项目":
        names = projects
    elif noun == "单位":
        names = [unit.name for unit in clause.disclosure.units]
    else:
        names = []
    options = tuple(
        clause.text[: match.start()] + name + clause.text[match.end() :]
        for name in names[:_OFFERED]
    )
    return Ask(about="topic", detail=match[0], options=options)


def _named_beside(clause: Clause, match: re.Match[str]) -> bool:
    """Whether a topic of its own stands outside the pointing words, or unknown words describe it
    (发消费券的那个项目)."""
    if any(len(word) > 2 and word not in match[0] for word in clause.unknown):
        return True
    return any(
        topic.source not in _BARE_SOURCES
        and not (match.start() <= topic.start and topic.end <= match.end())
        for topic in clause.topics
    )
