"""Typed tables: from the grids that readers saw to standard tables with their facts."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.document import Document
from disclosure.model import PublishedTable, TableKind
from ingest.facts import stable_id
from ingest.tables.carry import settle_expenditure
from ingest.tables.cells import number
from ingest.tables.directory import labelled
from ingest.tables.figure_facts import facts_of
from ingest.tables.forms import Form, is_form, read_form
from ingest.tables.implied import settle
from ingest.tables.joining import Sheet, sheets
from ingest.tables.line import Line
from ingest.tables.reading import Reading, lay_out, read_layout
from ingest.tables.survey import survey, units_of
from ingest.tables.target_facts import form_facts
from ingest.tables.typed import Members, TableContext, TypedTable

__all__ = ["Members", "TableContext", "TypedTable", "read_tables", "units_of"]


def read_tables(documents: Sequence[Document], context: TableContext) -> list[TypedTable]:
    """Every table of a disclosure's documents, in reading order, with its facts.

    A table whose columns cannot be mapped surely has ``confidence`` below 0.5, a ``weakness`` in
    Chinese, and no facts; its cells stay searchable.
    """
    found = sheets(documents)
    layouts = {id(sheet): lay_out(sheet) for sheet in found if not _is_form(sheet)}
    names, units = survey(layouts.values(), context.department, context.code)
    readings = settle(
        list(layouts.values()),
        lambda layout: read_layout(layout, names, units, context),
        lambda reading: facts_of(reading, context, ""),
    )
    typed = []
    for ordinal, sheet in enumerate(found, 1):
        table_id = stable_id(context.disclosure_id, "table", ordinal)
        if id(sheet) in layouts:
            reading = readings[id(layouts[id(sheet)])]
            facts = facts_of(reading, context, table_id)
            table = _published(reading, context, table_id, ordinal)
        else:
            form = read_form(sheet.body, units, sheet.caption.money_unit or context.money_unit)
            facts = form_facts(form, context, table_id)
            table = _published_form(form, sheet, context, table_id, ordinal)
        typed.append(TypedTable(table, facts))
    return labelled(settle_expenditure(typed), documents)


def _is_form(sheet: Sheet) -> bool:
    return not sheet.header and is_form([line.cells for line in sheet.body])


def _published(
    reading: Reading, context: TableContext, table_id: str, ordinal: int
) -> PublishedTable:
    layout = reading.layout
    return PublishedTable(
        id=table_id,
        disclosure_id=context.disclosure_id,
        ordinal=ordinal,
        label=layout.sheet.caption.label,
        title=layout.title,
        kind=reading.kind,
        unit=reading.money_unit,
        columns=tuple(column.path for column in layout.columns),
        rows=tuple(line.cells for line in layout.lines),
        row_locators=tuple(line.locator for line in layout.lines),
        note="\n".join(layout.sheet.notes),
        empty=_is_empty(layout.lines),
        confidence=reading.confidence,
        weakness=reading.weakness,
    )


def _published_form(
    form: Form, sheet: Sheet, context: TableContext, table_id: str, ordinal: int
) -> PublishedTable:
    width = sheet.width
    empty = _is_empty(sheet.body) and not form.targets
    understood = empty or bool(form.targets or form.amounts or form.goal)
    return PublishedTable(
        id=table_id,
        disclosure_id=context.disclosure_id,
        ordinal=ordinal,
        label=sheet.caption.label,
        title=sheet.caption.title
        or (f"{form.project}绩效目标表" if form.project else "绩效目标表"),
        kind=TableKind.PERFORMANCE,
        unit=sheet.caption.money_unit or context.money_unit,
        columns=((),) * width,
        rows=tuple((*line.cells, *[""] * (width - len(line.cells))) for line in sheet.body),
        row_locators=tuple(line.locator for line in sheet.body),
        note="\n".join(sheet.notes),
        empty=empty,
        confidence=0.9 if understood else 0.4,
        weakness="" if understood else "绩效表中没有认出指标",
    )


def _is_empty(lines: Sequence[Line]) -> bool:
    return not any((n := number(cell)) and n.value for line in lines for cell in line.cells)
