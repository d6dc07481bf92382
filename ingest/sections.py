"""The outline of a disclosure's narrative: headings, list items and paragraphs as a tree.

Built from the blocks of a ``Document`` alone; tables of contents and table captions are left out.
What the nodes say is read by ``ingest.narrative``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from disclosure.document import Block, Document, Grid, Locator, Paragraph
from disclosure.text import fold
from ingest.contents import without_contents
from ingest.numbering import PART, POINT, clean_text, clean_title, marker

#: How headings end; a short item that ends otherwise is a list item.
_HEADING_END = re.compile(
    r"(?:情况|说明|概况|职责|职能|设置|编制|构成|解释|规模|结构|费用?|经费|支出|收入|采购|服务|资产"
    r"|占用|使用|绩效|事项|目标|项目|任务|工作|预算|决算|报表|表|附件|其他|[类款项]\)|等|管理)$"
)
#: Section headings that some cities print without a number.
_UNNUMBERED = re.compile(
    r"^[^，。；：！？]{0,60}(?:主要职[能责]|机构设置|名词解释|编制说明|相关情况说明|经费情况说明"
    r"|预算情况说明|决算情况说明|重要事项说明|部门概况|单位概况)$"
)
_CAPTION = re.compile(
    r"^(?:(?:金额)?单位|部门[（(]单位[）)](?:名称)?|部门名称|单位名称|编制(?:部门|单位)|填报(?:部门|单位)|预算单位|公开部门)[:：]"
    r"|^(?:附?表|预算(?:公开)?|(?:部门)?公开表?)\s*[\d一二三四五六七八九十]+(?:-\d+)?\s*表?\b"
    r"|^[（(]\s*20\d\d\s*年度?\s*[）)]$|^[^，。；：]{4,50}表(?:[（(]续[）)])?$"
)
_SENTENCE_END = re.compile(r"[。；！？：;:!?]$")
#: What no paragraph begins with: the rest of a figure or of a sentence.
_MIDDLE = re.compile(r"^(?:[，。；、！？）”》%％]|(?:亿|万)?元|[\d,]+(?:\.\d+)?(?:亿|万)?元)")
_SHORTEST_BROKEN = 12
_LONGEST_HEADING = 60


class Role(StrEnum):
    """What a node of the outline is."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"


@dataclass(slots=True, eq=False)
class Node:
    """One heading, numbered item or paragraph. ``title`` is its text without number and glued
    spaces; ``lead`` the paragraph that introduces it ('…其中：'), where one does."""

    text: str
    title: str
    rank: int | None
    role: Role
    locator: Locator
    parent: Node | None = None
    lead: Node | None = None
    path: tuple[str, ...] = ()
    children: list[Node] = field(default_factory=list)

    def ancestors(self) -> list[Node]:
        """Containing nodes, innermost first, each after the paragraph that introduces it."""
        found: list[Node] = []
        node: Node | None = self
        while node is not None:
            if node.lead is not None:
                found.append(node.lead)
            node = node.parent
            if node is not None and node not in found:
                found.append(node)
        return found


@dataclass(slots=True)
class _Line:
    paragraph: Paragraph
    text: str
    rank: int | None
    title: str
    before_grid: bool = False


def outline(document: Document) -> tuple[Node, ...]:
    """The nodes of a document's narrative in reading order, parents set."""
    entries, body = without_contents(document.blocks)
    lines = _lines(body)
    return tuple(_tree(lines, entries))


def _lines(blocks: Sequence[Block]) -> list[_Line]:
    """Paragraphs that are not captions of a table."""
    lines: list[_Line] = []
    for block in blocks:
        if isinstance(block, Grid):
            while lines and _is_caption(lines[-1]):
                lines.pop()
            if lines:
                lines[-1].before_grid = True
            continue
        text = clean_text(block.text)
        rank, title = marker(text)
        if rank is None and _CAPTION.match(text):
            continue
        if lines and rank is None and _breaks_off(lines[-1], text):
            lines[-1].text += text
            lines[-1].title = (lines[-1].title + text).strip()
            continue
        if lines and rank is None and _is_bare_part(lines[-1]):
            # '第一部分' and its name on two lines of a title page.
            lines[-1].title = clean_title(title)
            continue
        lines.append(_Line(block, text, rank, title))
    return lines


def _breaks_off(line: _Line, following: str) -> bool:
    """Whether ``following`` is the rest of a sentence that a page or a reader broke off."""
    if line.before_grid or _SENTENCE_END.search(line.text) or line.text.endswith(("）", ")")):
        return False
    if _MIDDLE.match(following):
        return len(line.text) > _SHORTEST_BROKEN
    return len(line.text) > _LONGEST_HEADING and "，" in line.text


def _is_bare_part(line: _Line) -> bool:
    return line.rank == PART and not line.title


def _is_caption(line: _Line) -> bool:
    if line.rank is not None or line.before_grid:
        return False
    return len(line.text) <= _LONGEST_HEADING and not re.search(r"[。；！？，：]", line.text)


def _tree(lines: Sequence[_Line], entries: frozenset[str]) -> list[Node]:
    nodes: list[Node] = []
    stack: list[Node] = []
    lead: Node | None = None
    in_parts = any(line.rank == PART for line in lines)
    for i, line in enumerate(lines):
        following = lines[i + 1] if i + 1 < len(lines) else None
        role, rank = _role(line, following, entries)
        if role is Role.HEADING and line.rank is None and in_parts and not line.paragraph.level:
            # Where parts are numbered, a heading without a number stands inside one.
            rank = min((stack[-1].rank or 0) + 1, POINT) if stack else PART
        node = Node(
            line.text,
            clean_title(line.title).rstrip("。：:") if role is Role.HEADING else line.title,
            rank,
            role,
            line.paragraph.locator,
        )
        if role is Role.PARAGRAPH:
            if lead is None or lead.role is not Role.ITEM:
                while stack and stack[-1].role is not Role.HEADING:
                    stack.pop()
        else:
            assert rank is not None
            while stack and (stack[-1].rank or 0) >= rank:
                stack.pop()
            if role is Role.HEADING or (lead is not None and not _still_leads(lead, rank)):
                lead = None
        node.parent = stack[-1] if stack else None
        node.lead = lead if lead is not node.parent else None
        node.path = _path(node)
        if node.parent is not None:
            node.parent.children.append(node)
        if role is not Role.PARAGRAPH:
            stack.append(node)
        if role is not Role.HEADING and line.text.endswith(("：", ":")):
            lead = node
        elif role is Role.PARAGRAPH and lead is not None and lead.role is Role.PARAGRAPH:
            lead = lead if _enumerates(lead, node) else None
        nodes.append(node)
    return nodes


def _still_leads(lead: Node, rank: int) -> bool:
    """A lead item introduces deeper items only; a lead paragraph any list below it."""
    return lead.rank is None or rank > lead.rank


def _enumerates(lead: Node, node: Node) -> bool:
    """Unnumbered parts after '…其中：' are short; a full paragraph ends the enumeration."""
    return len(node.text) < 4 * _LONGEST_HEADING and lead.parent is node.parent


def _path(node: Node) -> tuple[str, ...]:
    titles: list[str] = []
    above = node.parent
    while above is not None:
        if above.role is Role.HEADING and above.title:
            titles.append(above.title)
        above = above.parent
    return tuple(reversed(titles))


def _role(line: _Line, following: _Line | None, entries: frozenset[str]) -> tuple[Role, int | None]:
    text = line.title.strip()
    folded = fold(text).rstrip("。:")
    if line.paragraph.level:
        return Role.HEADING, line.rank if line.rank is not None else line.paragraph.level - 1
    if line.rank == PART:
        return Role.HEADING, PART
    if line.rank is None:
        titled = (folded in entries or bool(_UNNUMBERED.match(text))) and len(folded) > 3
        if titled and not _SENTENCE_END.search(text) and len(text) <= _LONGEST_HEADING:
            return Role.HEADING, PART
        return Role.PARAGRAPH, None
    if len(text) > _LONGEST_HEADING or re.search(r"[，；！？]|[。：:].", text):
        return Role.ITEM, line.rank
    if re.search(r"\d(?:\.\d+)?\s*(?:亿|万)?元", text):
        return Role.ITEM, line.rank
    opens = following is not None and (following.rank is None or following.rank > line.rank)
    if line.before_grid:
        opens = True
    if opens and (not text.endswith(("。", "；")) or _HEADING_END.search(folded)):
        return Role.HEADING, line.rank
    return Role.ITEM, line.rank
