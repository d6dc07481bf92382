"""Labels that only a document's list of its tables gives: 一、部门收支总体情况表（表1）."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from disclosure.document import Document, Paragraph
from ingest.tables.folding import fold
from ingest.tables.typed import TypedTable

_ENTRY = re.compile(
    r"^(?:[-·]|[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十\d]+[、.．])*"
    r"(?P<title>[^（(]{4,40}表)[（(](?P<label>表[\d一二三四五六七八九十]{1,3})[)）]$"
)


def listed_labels(documents: Iterable[Document]) -> dict[str, str]:
    """Folded table title → label, where the list of tables prints both."""
    labels: dict[str, str] = {}
    for document in documents:
        for block in document.blocks:
            match = _ENTRY.match(fold(block.text)) if isinstance(block, Paragraph) else None
            if match:
                labels.setdefault(match["title"], match["label"])
    return labels


def labelled(tables: Sequence[TypedTable], documents: Iterable[Document]) -> list[TypedTable]:
    """The tables with the label that the list gives their title; a listed label is what readers
    and the narrative call the table (详见表12), whatever stands above the grid."""
    labels = listed_labels(documents)
    return [
        typed._replace(table=replace(typed.table, label=label))
        if (label := labels.get(fold(typed.table.title)))
        else typed
        for typed in tables
    ]
