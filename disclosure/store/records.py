"""The domain's dataclasses to rows and back, value for value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row

from disclosure.document import Locator
from disclosure.model import (
    AXES,
    Aspect,
    Coordinates,
    Disclosure,
    Fact,
    Finding,
    Kind,
    Level,
    Measure,
    OrgUnit,
    Outcome,
    Passage,
    PassageKind,
    PublishedTable,
    Region,
    SourceFile,
    Subject,
    TableKind,
)
from disclosure.store.sql import AXIS_COLUMNS

#: One row to insert: column to value.
Values = dict[str, str | int | float | bool | Decimal | None]

_UNITS = TypeAdapter(tuple[OrgUnit, ...])
_SUBJECTS = TypeAdapter(tuple[Subject, ...])
_FILES = TypeAdapter(tuple[SourceFile, ...])
_STRINGS = TypeAdapter(tuple[str, ...])
_GRID = TypeAdapter(tuple[tuple[str, ...], ...])
_LOCATORS = TypeAdapter(tuple[Locator, ...])


_LOCATOR_NUMBERS = tuple(f.name for f in fields(Locator) if f.name != "file")

#: What ``fact_of`` reads, in the order of the fields of ``Fact`` and of ``Coordinates``.
FACT_COLUMNS: tuple[str, ...] = tuple(
    column
    for field in fields(Fact)
    if field.name != "disclosure_id"
    for column in (AXIS_COLUMNS.values() if field.name == "coordinates" else (field.name,))
)


def narrowed(coordinates: Coordinates) -> str:
    """The axes that are not ALL, as one indexable text ('economic=30217;fund=general')."""
    return ";".join(f"{axis}={member}" for axis, member in coordinates.narrowed().items())


def disclosure_values(disclosure: Disclosure, digest: str) -> Values:
    return {
        "id": disclosure.id,
        "digest": digest,
        "department": disclosure.department,
        "code": disclosure.code,
        "province": disclosure.region.province,
        "city": disclosure.region.city,
        "district": disclosure.region.district,
        "year": disclosure.year,
        "kind": disclosure.kind.value,
        "level": disclosure.level.value,
        "title": disclosure.title,
        "version": disclosure.version,
        "supersedes": disclosure.supersedes,
        "units": _json(_UNITS, disclosure.units),
        "subjects": _json(_SUBJECTS, disclosure.subjects),
        "files": _json(_FILES, disclosure.files),
        "remarks": _json(_STRINGS, disclosure.remarks),
    }


def disclosure_of(row: Row[Any]) -> Disclosure:
    return Disclosure(
        id=row.id,
        department=row.department,
        code=row.code,
        region=Region(row.province, row.city, row.district),
        year=row.year,
        kind=Kind(row.kind),
        level=Level(row.level),
        title=row.title,
        units=_UNITS.validate_json(row.units),
        subjects=_SUBJECTS.validate_json(row.subjects),
        files=_FILES.validate_json(row.files),
        version=row.version,
        supersedes=row.supersedes,
        remarks=_STRINGS.validate_json(row.remarks),
    )


def table_values(table: PublishedTable) -> Values:
    return {
        "id": table.id,
        "ordinal": table.ordinal,
        "label": table.label,
        "title": table.title,
        "kind": table.kind.value,
        "unit": table.unit,
        "columns": _json(_GRID, table.columns),
        "rows": _json(_GRID, table.rows),
        "row_locators": _json(_LOCATORS, table.row_locators),
        "note": table.note,
        "empty": table.empty,
        "confidence": table.confidence,
        "weakness": table.weakness,
    }


def table_of(row: Row[Any], disclosure_id: str) -> PublishedTable:
    return PublishedTable(
        id=row.id,
        disclosure_id=disclosure_id,
        ordinal=row.ordinal,
        label=row.label,
        title=row.title,
        kind=TableKind(row.kind),
        unit=row.unit,
        columns=_GRID.validate_json(row.columns),
        rows=_GRID.validate_json(row.rows),
        row_locators=_LOCATORS.validate_json(row.row_locators),
        note=row.note,
        empty=row.empty,
        confidence=row.confidence,
        weakness=row.weakness,
    )


def passage_values(passage: Passage) -> Values:
    return {
        "id": passage.id,
        "kind": passage.kind.value,
        "section": _json(_STRINGS, passage.section),
        "text": passage.text,
        "locator": _locator_text(passage.locator),
        "subject_label": passage.subject_label,
    }


def passage_of(row: Row[Any], disclosure_id: str) -> Passage:
    return Passage(
        id=row.id,
        disclosure_id=disclosure_id,
        kind=PassageKind(row.kind),
        section=_strings(row.section),
        text=row.text,
        locator=_locator(row.locator),
        subject_label=row.subject_label,
    )


def finding_values(finding: Finding) -> Values:
    return {
        "rule": finding.rule,
        "outcome": finding.outcome.value,
        "message": finding.message,
        "expected": finding.expected,
        "actual": finding.actual,
        "unit": finding.unit,
        "fact_ids": _json(_STRINGS, finding.fact_ids),
    }


def finding_of(row: Row[Any], disclosure_id: str) -> Finding:
    return Finding(
        disclosure_id=disclosure_id,
        rule=row.rule,
        outcome=Outcome(row.outcome),
        message=row.message,
        expected=row.expected,
        actual=row.actual,
        unit=row.unit,
        fact_ids=_strings(row.fact_ids),
    )


def fact_values(fact: Fact) -> Values:
    return {
        "id": fact.id,
        "measure": fact.measure.value,
        "aspect": fact.aspect.value,
        "narrowed": narrowed(fact.coordinates),
        **{AXIS_COLUMNS[axis]: str(getattr(fact.coordinates, axis)) for axis in AXES},
        "value": fact.value,
        "unit": fact.unit,
        "year": fact.year,
        "label": fact.label,
        "locator": _locator_text(fact.locator),
        "printed": fact.printed,
        "places": fact.places,
        "origin": fact.origin,
        "header": _json(_STRINGS, fact.header),
        "row_path": _json(_STRINGS, fact.row_path),
        "total": fact.total,
        "table_id": fact.table_id,
        "passage_id": fact.passage_id,
        "ordinal": fact.ordinal,
        "stage": fact.stage,
        "as_of": fact.as_of,
        "base": fact.base,
        "comparator": fact.comparator,
        "text_value": fact.text_value,
        "indicator_class": fact.indicator_class,
        "indicator": fact.indicator,
        "formula": fact.formula,
        "inputs": _json(_STRINGS, fact.inputs),
        "confidence": fact.confidence,
    }


def fact_of(row: Sequence[Any], disclosure_id: str) -> Fact:
    """A fact from the cells of ``FACT_COLUMNS``: by position, for a question may need thousands."""
    measure, aspect = row[1:3]
    coordinates = _coordinates(tuple(row[3 : 3 + len(AXES)]))
    value, unit, year, label, locator, printed, places, origin, *rest = row[3 + len(AXES) :]
    header, row_path, total, table_id, passage_id, ordinal, stage, as_of, *rest = rest
    base, comparator, text_value, indicator_class, indicator, formula, inputs, confidence = rest
    return Fact(
        row[0],
        disclosure_id,
        Measure(measure),
        Aspect(aspect),
        coordinates,
        value,
        unit,
        year,
        label,
        _locator(locator),
        printed,
        places,
        origin,
        _strings(header),
        _strings(row_path),
        total,
        table_id,
        passage_id,
        ordinal,
        stage,
        as_of,
        base,
        comparator,
        text_value,
        indicator_class,
        indicator,
        formula,
        _strings(inputs),
        confidence,
    )


def _json(adapter: TypeAdapter[Any], value: object) -> str:
    return adapter.dump_json(value, exclude_defaults=True).decode()


@lru_cache(maxsize=8192)
def _strings(text: str) -> tuple[str, ...]:
    """Header paths and row paths repeat from fact to fact: parsed once, held once."""
    return _STRINGS.validate_json(text)


@lru_cache(maxsize=8192)
def _coordinates(members: tuple[str, ...]) -> Coordinates:
    """Facts of one row and column share their coordinates."""
    return Coordinates(*members)


def _locator_text(locator: Locator) -> str:
    """Numbers in the order of the fields, then the file: several times faster read than JSON."""
    numbers = (getattr(locator, name) for name in _LOCATOR_NUMBERS)
    return ",".join("" if n is None else str(n) for n in numbers) + "," + locator.file


def _locator(text: str) -> Locator:
    *numbers, file = text.split(",", len(_LOCATOR_NUMBERS))
    return Locator(file, *(int(n) if n else None for n in numbers))
