"""Real disclosures: figures read from the printed pages by eye, and traps that they hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from disclosure.document import Document
from ingest.errors import IngestError
from ingest.readers import read_document
from tests.ingest.readers.support import grids, paragraphs

pytestmark = pytest.mark.corpus


def read(path: Path) -> Document:
    return read_document(path.name, path.read_bytes())


def row_of(document: Document, page: int, *start: str) -> list[str]:
    """The first row on a page that starts with these cells."""
    for grid in grids(document):
        for row in grid.rows:
            if grid.locator.page == page and row.cells[: len(start)] == start:
                return list(row.cells)
    raise AssertionError(f"no row {start} on page {page}")


PRINTED = yaml.safe_load((Path(__file__).parent / "data" / "printed_rows.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", PRINTED, ids=[case["file"] for case in PRINTED])
def test_rows_are_read_as_printed(corpus: Path, case: dict[str, Any]) -> None:
    document = read(corpus / case["file"])
    on_page = [
        list(row.cells)
        for grid in grids(document)
        if grid.locator.page == case["page"]
        for row in grid.rows
    ]
    for row in case["rows"]:
        assert row in on_page


def test_indents_of_the_names_show_the_hierarchy(corpus: Path) -> None:
    document = read(corpus / "pdf/hangzhou-sfj-2026-budget.pdf")
    (grid,) = (grid for grid in grids(document) if grid.locator.page == 30)
    indents = {row.cells[0]: row.indents[0] for row in grid.rows if row.indents}
    assert indents["公共安全支出"] < indents["司法"] < indents["普法宣传"]
    assert indents["监狱"] == indents["司法"]


def test_a_cell_broken_over_pages_leaves_no_hidden_figures_on_the_second(corpus: Path) -> None:
    document = read(corpus / "pdf/bj-tjj-2026-tables.pdf")
    amounts = [
        (grid.locator.page, cell)
        for grid in grids(document)
        for row in grid.rows
        for cell in row.cells
        if "103.984764" in cell and grid.locator.page in (27, 28)
    ]
    assert amounts == [(27, "103.984764"), (27, "103.984764")]


def test_overflowing_lines_of_low_cells_stay_with_their_cells(corpus: Path) -> None:
    document = read(corpus / "cities/西安/2026年西安市信访局部门预算.pdf")
    row = row_of(document, 42, "", "信访矛盾多元化解")
    assert row[3].startswith("针对重点领域信访突出问题，联合多部门、引入多元力量开展")


def test_turned_pages_are_read_upright(corpus: Path) -> None:
    document = read(corpus / "cities/烟台/2026年烟台市人民政府办公室部门预算.pdf")
    assert "2026年烟台市人民政府办公室部门预算" in paragraphs(document)[0]
    assert [p for p in paragraphs(document) if p == "公开表2"]


def test_prose_is_whole_over_lines_and_pages(corpus: Path) -> None:
    texts = paragraphs(read(corpus / "pdf/bj-tjj-2026-narrative.pdf"))
    assert (
        "截至2025年底，北京市统计局部门共有车辆39台,单位价值100万元以上的设备12台（套）。"
        "2026年预算安排中，购置单位价值100万元以上的设备0台（套）。"
    ) in texts


def test_what_has_no_text_is_refused_by_the_reader(corpus: Path) -> None:
    refused: dict[str, str] = {}
    for path in sorted((corpus / "not_disclosures").iterdir()):
        try:
            read(path)
        except IngestError as error:
            refused[path.name] = error.code
    assert refused == {
        "公安局交通警察局_2026年部门预算.pdf": "scanned",
        "审计局_2026年部门预算.pdf": "scanned",
        "文化广电旅游体育局_2026年部门预算.pdf": "scanned",
    }


@pytest.mark.whole_corpus
def test_every_disclosure_is_read_without_gaps(corpus: Path) -> None:
    files = [*corpus.glob("pdf/*"), *corpus.glob("cities/*/*"), *corpus.glob("*.txt")]
    for path in files:
        document = read(path)
        assert document.blocks, path
        assert document.gaps == (), path
