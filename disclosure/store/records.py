"""The domain's dataclasses to rows and back, value for value."""

from __future__ import annotations

import json
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
        "locator": _locator_json(passage.locator),
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
        "locator": _locator_json(fact.locator),
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


def fact_of(row: Row[Any], disclosure_id: str) -> Fact:
    return Fact(
        id=row.id,
        disclosure_id=disclosure_id,
        measure=Measure(row.measure),
        aspect=Aspect(row.aspect),
        coordinates=_coordinates(tuple(getattr(row, column) for column in AXIS_COLUMNS.values())),
        value=row.value,
        unit=row.unit,
        year=row.year,
        label=row.label,
        locator=_locator(row.locator),
        printed=row.printed,
        places=row.places,
        origin=row.origin,
        header=_strings(row.header),
        row_path=_strings(row.row_path),
        total=row.total,
        table_id=row.table_id,
        passage_id=row.passage_id,
        ordinal=row.ordinal,
        stage=row.stage,
        as_of=row.as_of,
        base=row.base,
        comparator=row.comparator,
        text_value=row.text_value,
        indicator_class=row.indicator_class,
        indicator=row.indicator,
        formula=row.formula,
        inputs=_strings(row.inputs),
        confidence=row.confidence,
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


def _locator_json(locator: Locator) -> str:
    return json.dumps(locator.as_dict(), ensure_ascii=False, separators=(",", ":"))


def _locator(text: str) -> Locator:
    return Locator(**json.loads(text))
