"""Source files are kept byte for byte, under the hash of their content."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from disclosure.store.sources import Sources
from eval.corpus import SHIPPED
from ingest.pipeline import ingest_paths


def test_file_is_found_by_its_hash_and_dropped_when_unwanted(tmp_path: Path) -> None:
    sources = Sources(tmp_path)
    data = "三公经费".encode("gb18030")
    sha = sha256(data).hexdigest()
    sources.keep(sha, data)
    found = sources.find(sha)
    assert found is not None
    assert found.read_bytes() == data
    sources.keep_only({sha})
    assert sources.find(sha) is not None
    sources.keep_only(())
    assert sources.find(sha) is None


@pytest.mark.parametrize("name", ["", "..", "../history.jsonl", "A" * 64, "0" * 64])
def test_what_is_no_hash_or_not_held_is_not_found(tmp_path: Path, name: str) -> None:
    assert Sources(tmp_path).find(name) is None


def test_ingest_keeps_the_files_of_disclosures_and_no_others(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    (shipped,) = SHIPPED.glob("*.txt")
    (given / shipped.name).write_bytes(shipped.read_bytes())
    (given / "药品目录.txt").write_text("阿司匹林\n" * 40, encoding="utf-8")
    ingest_paths([given], tmp_path / "data")
    kept = list((tmp_path / "data" / "sources").iterdir())
    assert [path.name for path in kept] == [sha256(shipped.read_bytes()).hexdigest()]


def test_disclosure_taken_in_before_files_were_kept_gets_its_file_at_the_next_ingest(
    tmp_path: Path,
) -> None:
    ingest_paths([SHIPPED], tmp_path)
    Sources(tmp_path).keep_only(())
    ingest_paths([SHIPPED], tmp_path)
    assert len(list((tmp_path / "sources").iterdir())) == 1
