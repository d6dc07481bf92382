"""Passages: the chunks of narrative that stand alone, with what each of them explains.

One list item or paragraph is one passage; reasons and purposes inside a longer one also stand as
passages of their own.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from disclosure.document import Locator
from disclosure.model import Passage, PassageKind
from ingest.sections import Node, Role

_KINDS: tuple[tuple[PassageKind, re.Pattern[str]], ...] = (
    (PassageKind.TERM, re.compile(r"名词解释|名词|专业术语")),
    (
        PassageKind.STRUCTURE,
        re.compile(
            r"机构设置|机构编制|机构情况|单位构成|部门构成|预算构成|决算构成|内设机构|人员情况"
            r"|单位基本情况|人员构成|下级单位"
        ),
    ),
    (PassageKind.DUTY, re.compile(r"职责|职能")),
    (
        PassageKind.GOAL,
        re.compile(r"绩效目标|项目概述|立项依据|实施方案|实施周期|实施主体|项目经费情况"),
    ),
)
_GOAL = re.compile(r"^(?:绩效目标|年度绩效目标|项目目标|总体目标)\s*[:：]")
_TERM = re.compile(r"^[“\"]?(?P<term>[^：，。]{2,60}?)[”\"]?\s*(?:[:：]|(?:是)?指|为|反映)")
_LEVEL = re.compile(r"[（(]\d*[类款项][）)]")
NOTE = re.compile(r"^[（(]?(?:注|备注|说明)\s*\d*\s*[:：]")
_INLINE_ITEM = re.compile(
    r"(?<=[。；：;:])\s*(?=(\d{1,2})\s*[.．、](?!\d)|[（(]([一二三四五六七八九十]{1,3})[)）])"
)
#: Residue of tables that a reader could not tell from text: mostly digits, no sentence.
_SENTENCE = re.compile(r"[。；：，]|[\u4e00-\u9fff]{12,}")
_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class Explained:
    """A reason or purpose found in a node: its text and what it explains."""

    kind: PassageKind
    label: str
    text: str


@dataclass(slots=True)
class Passages:
    """Collects the passages of one disclosure and gives them stable ids."""

    disclosure_id: str
    found: list[Passage] = field(default_factory=list)
    _seen: Counter[str] = field(default_factory=Counter)

    def add(
        self,
        kind: PassageKind,
        section: tuple[str, ...],
        text: str,
        locator: Locator,
        label: str = "",
    ) -> Passage:
        """A passage with an id made of its content; repeated content is numbered."""
        content = "\x1f".join((self.disclosure_id, kind, *section, label, text))
        self._seen[content] += 1
        digest = hashlib.sha256(f"{content}\x1f{self._seen[content]}".encode()).hexdigest()[:20]
        passage = Passage(digest, self.disclosure_id, kind, section, text, locator, label)
        self.found.append(passage)
        return passage


def kind_of(node: Node) -> PassageKind:
    """What kind of passage the section of a node holds; the innermost heading that says so."""
    if NOTE.match(node.text):
        return PassageKind.NOTE
    for title in reversed(node.path):
        for kind, pattern in _KINDS:
            if pattern.search(title):
                return kind
    return PassageKind.PARAGRAPH


def worth_keeping(node: Node) -> bool:
    """Whether a node says something by itself: no heading, no residue of a table."""
    text = node.text
    if node.role is Role.HEADING or len(text) < _SHORTEST:
        return False
    if not node.path and not re.search(r"[。；]", text):
        # Lines of the title page.
        return False
    if re.search(r"（表\s*\d+）$", text) or re.match(r"^图\s*\d", text):
        return False
    digits = len(re.findall(r"[\d.,\-|\s]", text))
    if digits > 0.6 * len(text):
        return False
    return bool(_SENTENCE.search(text)) or node.role is Role.ITEM


def write(
    passages: Passages,
    node: Node,
    explained: Sequence[Explained],
    label: str,
    section: tuple[str, ...] = (),
) -> tuple[Passage, ...]:
    """The passages of one node; the first holds the node's whole text, unless it is a list.

    ``label`` is what the whole node is about, where that is known; ``section`` stands for the
    node's own path where it belongs elsewhere (a note to its table).
    """
    kind = kind_of(node)
    if section:
        return (passages.add(kind, section, node.text, node.locator, label),)
    if kind is PassageKind.DUTY or kind is PassageKind.STRUCTURE:
        items = split_items(node.text)
        if len(items) > 2:
            return tuple(_add(passages, kind, node, item) for item in items)
    if kind is PassageKind.TERM:
        return (_term(passages, node),)
    if kind is PassageKind.GOAL or _GOAL.match(node.title):
        return (_add(passages, PassageKind.GOAL, node, node.text, label),)
    if kind is not PassageKind.PARAGRAPH:
        return (_add(passages, kind, node, node.text),)
    only = explained[0] if len(explained) == 1 else None
    if only is not None and (len(node.text) < 400 or len(only.text) > 0.7 * len(node.text)):
        return (_add(passages, only.kind, node, node.text, only.label),)
    whole = _add(passages, PassageKind.PARAGRAPH, node, node.text, label)
    return (whole, *(_add(passages, e.kind, node, e.text, e.label) for e in explained))


def split_items(text: str) -> list[str]:
    """The items of a list printed in one paragraph ('…：1.协助…。2.负责…。'), else the text."""
    cuts = [0]
    expected = 1
    for found in _INLINE_ITEM.finditer(text):
        number = int(found[1]) if found[1] else _ordinal(found[2])
        if number == expected:
            cuts.append(found.end())
            expected += 1
    if expected <= 2:
        return [text]
    pieces = [text[a:b].strip() for a, b in zip(cuts, [*cuts[1:], None], strict=True)]
    return [piece for piece in pieces if piece]


def _ordinal(numeral: str) -> int:
    digits = "一二三四五六七八九"
    tens, _, ones = numeral.rpartition("十")
    if "十" not in numeral:
        return digits.find(numeral) + 1
    return (digits.find(tens) + 1 if tens else 1) * 10 + (digits.find(ones) + 1 if ones else 0)


def _term(passages: Passages, node: Node) -> Passage:
    found = _TERM.match(node.title)
    label = _innermost(re.sub(r"[“”\"]", "", found["term"])) if found else ""
    return _add(
        passages, PassageKind.TERM if label else PassageKind.PARAGRAPH, node, node.text, label
    )


def _innermost(term: str) -> str:
    """The subject that a term of 类, 款 and 项 comes down to: '教育支出（类）进修及培训（款）'."""
    return [name for name in _LEVEL.split(term) if name.strip()][-1]


def _add(passages: Passages, kind: PassageKind, node: Node, text: str, label: str = "") -> Passage:
    return passages.add(kind, node.path, text, node.locator, label)


def with_span(locator: Locator, start: int, end: int) -> Locator:
    """The place of a figure inside a passage: character positions in the passage's text."""
    return replace(locator, start=start, end=end)
