"""Tables of contents: found and left out, their entries kept to tell headings by."""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure.document import Block, Paragraph
from disclosure.text import fold
from ingest.numbering import CHAPTER, PART, marker, without_bullet

#: Dots that lead to a page number in a table of contents.
_LEADERS = re.compile(r"[.．…·]{4,}|…{2,}")
_CONTENTS = re.compile(r"^目[录次]$")
_LONGEST_ENTRY = 70


def without_contents(blocks: Sequence[Block]) -> tuple[frozenset[str], list[Block]]:
    """Entries of the table of contents (folded) and the blocks without it."""
    start = next(
        (
            i
            for i, block in enumerate(blocks)
            if isinstance(block, Paragraph) and _CONTENTS.match(fold(block.text))
        ),
        None,
    )
    if start is None:
        return frozenset(), [b for b in blocks if not _is_leader(b)]
    entries: list[str] = []
    end = start + 1
    for block in blocks[start + 1 :]:
        if not isinstance(block, Paragraph):
            break
        entry = fold(_entry(block.text))
        repeats = entry in entries and entries.index(entry) < 2
        if repeats or (not _is_leader(block) and _is_running_text(block.text)):
            break
        entries.append(entry)
        end += 1
    end = _give_back(blocks, start, end)
    body = [*blocks[:start], *blocks[end:]]
    names = {name for entry in entries for name in (entry, fold(marker(entry)[1]))}
    return frozenset(names), [b for b in body if not _is_leader(b)]


def _is_running_text(text: str) -> bool:
    folded = fold(text)
    return len(folded) > _LONGEST_ENTRY or ("，" in text and folded.endswith("。"))


def _give_back(blocks: Sequence[Block], start: int, end: int) -> int:
    """Move the end of the contents back before headings of the body that it swallowed.

    Without a repeated first entry the contents run into the body's first headings; those stand on
    a later page than the last numbered entry, or repeat an entry.
    """
    seen: dict[str, int] = {}
    for i in range(start + 1, end):
        block = blocks[i]
        assert isinstance(block, Paragraph)
        rank, title = marker(_entry(block.text))
        key = fold(title)
        if rank in (PART, CHAPTER) and key in seen:
            return i
        if rank in (PART, CHAPTER):
            seen[key] = i
    page = blocks[start].locator.page
    for i in range(start + 1, end):
        here = blocks[i].locator.page
        rank, _ = marker(blocks[i].text)  # type: ignore[union-attr]
        if page is not None and here is not None and here > page and rank is None:
            return i
    return end


def _entry(text: str) -> str:
    return re.sub(r"[\s.．…·]*\d*\s*$", "", _LEADERS.split(without_bullet(text))[0])


def _is_leader(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(_LEADERS.search(block.text))
