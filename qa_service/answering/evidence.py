"""Citations: the cell's row or the sentence that a figure comes from, quoted as printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from disclosure.document import Locator
from disclosure.library import Library
from disclosure.model import Disclosure, Fact, Passage, PublishedTable
from qa_service.answering.answer import Citation, LocatorOut
from qa_service.paths import document_path

_LOCATOR_KEYS = tuple(f.name for f in fields(Locator))
_MAX_QUOTE = 400
_SENTENCE_ENDS = "。；;\n"


class Evidence:
    """Collects an answer's citations, each place once, numbered from 1 in order of use."""

    def __init__(self, library: Library, disclosures: dict[str, Disclosure]) -> None:
        self._library = library
        self._disclosures = disclosures
        self._ids: dict[str, int] = {}
        self.citations: list[Citation] = []

    def facts(self, facts: Iterable[Fact], limit: int = 2) -> list[int]:
        """Citations of the facts that state a figure: the first table and the first sentence."""
        chosen: list[Fact] = []
        for fact in self._stated(facts):
            if len(chosen) < limit and not any(
                f.table_id == fact.table_id and f.passage_id == fact.passage_id for f in chosen
            ):
                chosen.append(fact)
        return list(dict.fromkeys(self.fact(fact) for fact in chosen))

    def every(self, facts: Iterable[Fact], limit: int = 40) -> list[int]:
        """Citations of all the facts (the inputs of a sum), each row once."""
        stated = list(self._stated(facts))[:limit]
        return list(dict.fromkeys(self.fact(fact) for fact in stated))

    def _stated(self, facts: Iterable[Fact]) -> Iterable[Fact]:
        """Facts that a document prints; of a derived one, those it was derived from."""
        for fact in facts:
            if fact.origin == "derived" and fact.inputs:
                by_id = {f.id: f for f in self._library.facts(fact.disclosure_id)}
                yield from (by_id[i] for i in fact.inputs if i in by_id)
            else:
                yield fact

    def fact(self, fact: Fact) -> int:
        """The number of the fact's citation, made at first use."""
        at = fact.locator
        place = (fact.table_id, at.page, at.line, at.row) if fact.table_id else fact.passage_id
        key = f"fact:{fact.disclosure_id}:{place}:{'' if not fact.table_id else at.column}"
        return self._numbered(key, lambda number: self._of_fact(number, fact))

    def passage(self, passage: Passage) -> int:
        """The number of the passage's citation, made at first use."""
        return self._numbered(
            f"passage:{passage.id}", lambda number: self._of_passage(number, passage)
        )

    def table(self, table: PublishedTable) -> int:
        """The number of a citation of a whole table."""
        return self._numbered(f"table:{table.id}", lambda number: self._of_table(number, table))

    def _numbered(self, key: str, make: object) -> int:
        if key not in self._ids:
            number = len(self.citations) + 1
            self._ids[key] = number
            self.citations.append(make(number))  # type: ignore[operator]
        return self._ids[key]

    def _of_fact(self, number: int, fact: Fact) -> Citation:
        disclosure = self._disclosures[fact.disclosure_id]
        table = self._table(fact)
        if table is not None:
            row = _row(table, fact)
            return Citation(
                id=number,
                kind="cell",
                disclosure=disclosure.title,
                disclosure_id=disclosure.id,
                title=f"{table.name}“{fact.label or '合计'}”行",
                table=table.name,
                row=fact.label or "合计",
                column=" / ".join(fact.header) or None,
                section=None,
                quote=quoted_row(row) or fact.printed,
                locator=_locator(fact.locator),
                fact_id=fact.id,
                table_id=table.id,
                url=document_path(disclosure.id, fact=fact.id),
            )
        passage = self._passage(fact)
        section = " / ".join(passage.section) if passage else None
        text = passage.text if passage else fact.printed
        return Citation(
            id=number,
            kind="passage",
            disclosure=disclosure.title,
            disclosure_id=disclosure.id,
            title=section or fact.label,
            section=section,
            quote=_sentence(text, fact.printed),
            locator=_locator(fact.locator),
            fact_id=fact.id,
            passage_id=passage.id if passage else None,
            url=document_path(disclosure.id, fact=fact.id),
        )

    def _of_passage(self, number: int, passage: Passage) -> Citation:
        disclosure = self._disclosures[passage.disclosure_id]
        section = " / ".join(passage.section) or None
        return Citation(
            id=number,
            kind="passage",
            disclosure=disclosure.title,
            disclosure_id=disclosure.id,
            title=section or passage.subject_label or disclosure.title,
            section=section,
            quote=_clip(passage.text, 1200),
            locator=_locator(passage.locator),
            passage_id=passage.id,
            url=document_path(disclosure.id, anchor=passage.id),
        )

    def _of_table(self, number: int, table: PublishedTable) -> Citation:
        disclosure = self._disclosures[table.disclosure_id]
        first = table.row_locators[0] if table.row_locators else Locator()
        return Citation(
            id=number,
            kind="cell",
            disclosure=disclosure.title,
            disclosure_id=disclosure.id,
            title=table.name,
            table=table.name,
            quote=table.note or table.name,
            locator=_locator(first),
            table_id=table.id,
            url=document_path(disclosure.id, anchor=table.id),
        )

    def _table(self, fact: Fact) -> PublishedTable | None:
        if fact.table_id is None:
            return None
        tables = self._library.tables(fact.disclosure_id)
        return next((table for table in tables if table.id == fact.table_id), None)

    def _passage(self, fact: Fact) -> Passage | None:
        if fact.passage_id is None:
            return None
        passages = self._library.passages(fact.disclosure_id)
        return next((p for p in passages if p.id == fact.passage_id), None)


def _row(table: PublishedTable, fact: Fact) -> tuple[str, ...]:
    """The printed row that the fact stands in, found by its locator."""
    place = (fact.locator.page, fact.locator.line, fact.locator.row)
    for row, locator in zip(table.rows, table.row_locators, strict=False):
        if (locator.page, locator.line, locator.row) == place:
            return row
    return (fact.label, fact.printed)


def quoted_row(cells: Iterable[str]) -> str:
    """A row as it is quoted: its cells side by side."""
    return _clip("　".join(cell for cell in cells if cell))


def _sentence(text: str, printed: str) -> str:
    """The sentence of a passage that prints the figure."""
    at = text.find(printed) if printed else -1
    if at < 0 or len(text) <= _MAX_QUOTE:
        return _clip(text)
    start = max(text.rfind(end, 0, at) for end in _SENTENCE_ENDS) + 1
    ends = [i for end in _SENTENCE_ENDS if (i := text.find(end, at)) >= 0]
    return _clip(text[start : (min(ends) + 1 if ends else len(text))].strip())


def _clip(text: str, size: int = _MAX_QUOTE) -> str:
    return text if len(text) <= size else text[: size - 1] + "…"


def _locator(locator: Locator) -> LocatorOut:
    return LocatorOut(**{key: getattr(locator, key) for key in _LOCATOR_KEYS})
