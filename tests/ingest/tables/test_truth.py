"""Tables of real documents against ground truth that was written by reading the documents.

The truth is data: one YAML file a layout. ``corpus/`` stands for the shared corpus.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from disclosure.model import AXES, Coordinates, Fact, Kind, Measure, PublishedTable
from ingest.readers import read_document
from ingest.tables import Members, TableContext, TypedTable, read_tables, units_of

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
TRUTHS = sorted(path.stem for path in (HERE / "truth").glob("*.yaml"))


def _truth(name: str) -> dict[str, Any]:
    loaded = yaml.safe_load((HERE / "truth" / f"{name}.yaml").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def _file(truth: Mapping[str, Any], request: pytest.FixtureRequest) -> Path:
    place, _, rest = str(truth["file"]).partition("/")
    if place != "corpus":
        return ROOT / str(truth["file"])
    folder = request.getfixturevalue("corpus")
    assert isinstance(folder, Path)
    return folder / rest


@cache
def _read(path: Path, context: TableContext) -> tuple[Members, list[TypedTable]]:
    document = read_document(path.name, path.read_bytes())
    members = units_of([document], context.department, context.code)
    return members, read_tables([document], context)


def _context(truth: Mapping[str, Any]) -> TableContext:
    return TableContext(
        "truth",
        truth["department"],
        truth["year"],
        truth.get("code", ""),
        kind=Kind(truth.get("kind", "budget")),
    )


def _facts(tables: Sequence[TypedTable], title: str) -> tuple[list[PublishedTable], list[Fact]]:
    found = [one for one in tables if one.table.title == title]
    assert found, f"no table {title!r} among {[one.table.title for one in tables]}"
    return [one.table for one in found], [fact for one in found for fact in one.facts]


def _expected(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a fact that an entry of the truth fixes."""
    expected = {
        "measure": entry["measure"],
        "aspect": entry.get("aspect", "amount"),
        "coordinates": Coordinates(**{axis: entry["at"].get(axis, "ALL") for axis in AXES}),
        "stage": entry.get("stage", "initial"),
    }
    for key in ("unit", "base", "total", "ordinal", "printed"):
        if key in entry:
            expected[key] = entry[key]
    if "value" in entry:
        expected["value"] = Decimal(entry["value"])
    return expected


def _matches(fact: Fact, expected: Mapping[str, Any]) -> bool:
    return all(getattr(fact, key) == value for key, value in expected.items())


@pytest.mark.corpus
@pytest.mark.parametrize("name", TRUTHS)
def test_tables_say_what_the_document_prints(name: str, request: pytest.FixtureRequest) -> None:
    truth = _truth(name)
    members, tables = _read(_file(truth, request), _context(truth))
    wrong: list[str] = []
    for title, expected in truth["tables"].items():
        published, facts = _facts(tables, title)
        table = published[0]
        assert table.kind == expected["kind"], title
        assert table.unit == expected.get("unit", table.unit), title
        assert table.label == expected.get("label", table.label), title
        assert table.empty == expected.get("empty", False), title
        assert table.confidence >= 0.7, (title, table.weakness)
        for entry in expected.get("facts", ()):
            same_row = [
                f for f in facts if f.label == entry["row"] and f.printed == entry["printed"]
            ]
            same = [
                f
                for f in same_row
                if f.header == () or f.header[-1] == entry.get("column", f.header[-1])
            ]
            if not any(_matches(fact, _expected(entry)) for fact in same):
                wrong.append(f"{title}: {entry} but {[_shown(fact) for fact in same or same_row]}")
        for entry in expected.get("derived", ()):
            derived = [fact for fact in facts if fact.origin == "derived" and fact.inputs]
            if not any(_matches(fact, _expected(entry)) for fact in derived):
                wrong.append(f"{title}: derived {entry}")
        for entry in expected.get("targets", ()):
            if not any(_is_target(fact, entry) for fact in facts):
                near = [f for f in facts if f.indicator == entry.get("indicator", "")]
                wrong.append(f"{title}: {entry} but {[_shown(fact) for fact in near]}")
    units = {unit.key: unit for unit in members.units}
    for entry in truth.get("units", ()):
        unit = units.get(entry["key"])
        if unit is None or unit.name != entry["name"]:
            wrong.append(f"unit {entry} but {list(units)}")
        elif unit.head_office != entry.get("head_office", False):
            wrong.append(f"unit {entry} but {unit}")
    assert not wrong, "\n".join(wrong)


def _is_target(fact: Fact, entry: Mapping[str, Any]) -> bool:
    return (
        fact.measure is Measure.TARGET
        and fact.coordinates.project == entry["project"]
        and fact.indicator_class == entry["class"]
        and fact.indicator == entry.get("indicator", fact.indicator)
        and fact.text_value == entry["text"]
        and fact.comparator == entry.get("comparator", "")
        and fact.unit == entry.get("unit", "")
        and fact.value == (Decimal(entry["value"]) if "value" in entry else None)
    )


def _shown(fact: Fact) -> str:
    at = {axis: str(member) for axis, member in fact.coordinates.narrowed().items()}
    return (
        f"{fact.label}|{'>'.join(fact.header)}|{fact.printed}{fact.unit}|{fact.measure}|{fact.aspect}"
        f"|{at}|{fact.stage}|{fact.base}|total={fact.total}|#{fact.ordinal}"
        f"|{fact.indicator_class}|{fact.comparator}{fact.value}{fact.text_value}"
    )
