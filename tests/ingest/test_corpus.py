"""Every file of the corpus at once: sorted into disclosures, none refused that is one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from disclosure.model import Region
from ingest.errors import IngestError
from ingest.grouping import Grouping, group
from ingest.readers import read_document

TRUTH = Path(__file__).parent / "truth" / "corpus.yaml"
#: Named and described as a workbook of a disclosure, it holds a checklist with screenshots.
CHECKLIST = "dept_budget.xlsx"
ROOTS = ("pdf/*", "cities/*/*", "not_disclosures/*", "*.txt")

pytestmark = [pytest.mark.corpus, pytest.mark.whole_corpus]


@pytest.fixture(scope="module")
def expected() -> list[dict[str, Any]]:
    loaded = yaml.safe_load(TRUTH.read_text("utf-8"))
    assert isinstance(loaded, list)
    return loaded


@pytest.fixture(scope="module")
def grouping(corpus: Path) -> Grouping:
    documents = []
    for path in sorted(path for root in ROOTS for path in corpus.glob(root)):
        try:
            documents.append(read_document(str(path.relative_to(corpus)), path.read_bytes()))
        except IngestError:
            assert path.parent.name == "not_disclosures", path
    return group(documents)


def test_files_are_sorted_into_the_disclosures_of_their_title_pages(
    grouping: Grouping, expected: list[dict[str, Any]]
) -> None:
    found = {
        frozenset(document.file for document in one.documents): one.identity
        for one in grouping.groups
    }
    assert set(found) == {frozenset(one["files"]) for one in expected}
    for one in expected:
        identity = found[frozenset(one["files"])]
        assert identity.department == one["department"]
        assert [identity.year, identity.kind, identity.level] == one["is"], one
        assert identity.region == Region(*one["region"])


def test_only_files_that_are_no_disclosure_are_refused(grouping: Grouping) -> None:
    refused = [refusal.file for refusal in grouping.refusals]
    real = [file for file in refused if not file.startswith("not_disclosures/")]
    assert [Path(file).name for file in real] == [CHECKLIST]
    assert all(refusal.reason and refusal.remedy for refusal in grouping.refusals)


def test_file_names_that_name_another_body_are_noted(grouping: Grouping) -> None:
    noted = [note for note in grouping.notes if "以内容为准" in note]
    assert any("文件名写“上海市公安局”，内容是“上海市刑事科学技术研究院”" in n for n in noted)
    assert not any("住房和建设局" in note for note in noted)
