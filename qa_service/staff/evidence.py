"""Evidence as the console shows it, open: the cited cell in its table with the rows around it, or
the cited sentence with the passages before and after."""

from __future__ import annotations

from dataclasses import dataclass

from disclosure.library import Library
from disclosure.model import Disclosure, Fact, Passage, PublishedTable
from qa_service.answering.answer import Answer, Citation

#: How many rows are shown before and after the cited one.
AROUND = 3


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as printed; ``number`` counts from 1 within the table."""

    number: int
    cells: tuple[str, ...]
    cited: bool


@dataclass(frozen=True, slots=True)
class TableWindow:
    """A part of a table. ``column`` is the index of the cited cell, from 0; ``size`` the number of
    rows of the whole table."""

    disclosure_id: str
    table_id: str
    name: str
    unit: str
    note: str
    headers: tuple[tuple[str, ...], ...]
    rows: tuple[TableRow, ...]
    column: int | None
    size: int


@dataclass(frozen=True, slots=True)
class PassageWindow:
    """A passage with its neighbours; ``start`` to ``end`` is what is cited of it."""

    section: tuple[str, ...]
    before: str
    text: str
    after: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OpenEvidence:
    """A citation with the place that it points to; neither where the release has changed."""

    citation: Citation
    table: TableWindow | None = None
    passage: PassageWindow | None = None


def disclosures_of(answer: Answer, library: Library | None) -> list[Disclosure]:
    """The disclosures that an answer cites, as far as the release holds them."""
    cited = dict.fromkeys(citation.disclosure_id for citation in answer.citations)
    held = {d.id: d for d in library.disclosures()} if library else {}
    return [held[i] for i in cited if i in held]


def open_evidence(library: Library, citation: Citation) -> OpenEvidence:
    """The citation's place in the release."""
    if citation.disclosure_id not in {d.id for d in library.disclosures()}:
        return OpenEvidence(citation)
    fact = _fact(library, citation)
    if citation.table_id:
        table = find_table(library, citation.disclosure_id, citation.table_id)
        if table is not None:
            return OpenEvidence(citation, table=_around(table, fact, citation))
    return OpenEvidence(citation, passage=_passage(library, citation, fact))


def find_table(library: Library, disclosure_id: str, table_id: str) -> PublishedTable | None:
    """A table of the release."""
    return next((t for t in library.tables(disclosure_id) if t.id == table_id), None)


def whole_table(table: PublishedTable) -> TableWindow:
    """All rows of a table."""
    return _window(table, 0, len(table.rows), None, None)


def _fact(library: Library, citation: Citation) -> Fact | None:
    facts = library.facts(citation.disclosure_id) if citation.fact_id else ()
    return next((fact for fact in facts if fact.id == citation.fact_id), None)


def _around(table: PublishedTable, fact: Fact | None, citation: Citation) -> TableWindow:
    if fact is None:
        return _window(table, 0, 2 * AROUND + 1, None, None)
    cited = table.row_of(fact.locator)
    if cited is None:
        return _window(table, 0, 2 * AROUND + 1, None, None)
    column = fact.column_of(table.rows[cited])
    return _window(table, cited - AROUND, cited + AROUND + 1, cited, column)


def _window(
    table: PublishedTable, first: int, stop: int, cited: int | None, column: int | None
) -> TableWindow:
    first, stop = max(first, 0), min(stop, len(table.rows))
    return TableWindow(
        disclosure_id=table.disclosure_id,
        table_id=table.id,
        name=table.name,
        unit=table.unit,
        note=table.note,
        headers=table.columns,
        rows=tuple(TableRow(i + 1, table.rows[i], i == cited) for i in range(first, stop)),
        column=column,
        size=len(table.rows),
    )


def _passage(library: Library, citation: Citation, fact: Fact | None) -> PassageWindow | None:
    passages = library.passages(citation.disclosure_id)
    for index, passage in enumerate(passages):
        if passage.id == citation.passage_id:
            before = passages[index - 1] if index else None
            after = passages[index + 1] if index + 1 < len(passages) else None
            start, end = _cited(passage, citation, fact)
            return PassageWindow(
                section=passage.section,
                before=before.text if before and before.section == passage.section else "",
                text=passage.text,
                after=after.text if after and after.section == passage.section else "",
                start=start,
                end=end,
            )
    return None


def _cited(passage: Passage, citation: Citation, fact: Fact | None) -> tuple[int, int]:
    """The printed figure within the cited sentence; of a passage cited whole, all of it."""
    quote = citation.quote.rstrip("…")
    at = passage.text.find(quote)
    start, end = (at, at + len(quote)) if at >= 0 else (0, len(passage.text))
    if fact is not None and fact.printed:
        figure = passage.text.find(fact.printed, start, end)
        if figure >= 0:
            return figure, figure + len(fact.printed)
    return start, end
