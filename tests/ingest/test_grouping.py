"""Files are sorted into disclosures by what they say inside."""

from __future__ import annotations

import itertools

import pytest

from disclosure.document import Document
from ingest.grouping import group
from ingest.readers import read_document
from tests.ingest.small import disclosure_text, narrative_text, tables_text


def _read(text: str, file: str = "文件.txt") -> Document:
    return read_document(file, text.encode())


def _anonymous(text: str) -> str:
    """The tables without the captions and cells that name the department."""
    return text.replace("部门：777-临海市渔业局\t", "").replace("临海市渔业局", "本部门")


NARRATIVE = _read(narrative_text(), "说明.txt")
TABLES = _read(tables_text(), "报表.txt")


def test_narrative_and_tables_of_one_department_are_one_disclosure() -> None:
    for order in itertools.permutations((NARRATIVE, TABLES)):
        found = group(order)
        (one,) = found.groups
        assert [d.file for d in one.documents] == ["说明.txt", "报表.txt"]
        assert (one.identity.department, one.identity.code) == ("临海市渔业局", "777")
        assert found.refusals == ()


def test_tables_that_name_nobody_are_found_by_their_totals() -> None:
    tables = _read(_anonymous(tables_text(total="300.00")), "a.txt")
    others = [
        _read(narrative_text("渔业局", total="300.00"), "b.txt"),
        _read(narrative_text("林业局", total="400.00"), "c.txt"),
    ]
    found = group([tables, *others])
    files = {one.identity.department: [d.file for d in one.documents] for one in found.groups}
    assert files == {"临海市渔业局": ["b.txt", "a.txt"], "临海市林业局": ["c.txt"]}


def test_tables_of_another_department_are_not_taken() -> None:
    found = group([NARRATIVE, _read(tables_text("林业局"), "别家.txt")])
    departments = {one.identity.department for one in found.groups}
    assert len(found.groups) + len(found.refusals) == 2
    assert "临海市渔业局" in departments
    assert all(len(one.documents) == 1 for one in found.groups)


def test_tables_without_home_are_refused_with_what_is_missing() -> None:
    found = group([_read(_anonymous(tables_text()), "孤表.txt")])
    assert found.groups == ()
    (refusal,) = found.refusals
    assert refusal.file == "孤表.txt"
    assert "部门名称" in refusal.reason
    assert "一起导入" in refusal.remedy


def test_the_same_file_twice_counts_once() -> None:
    whole = disclosure_text()
    found = group([_read(whole, "一.txt"), _read(whole, "二.txt")])
    assert len(found.groups) == 1
    assert found.notes == ("《二.txt》与《一.txt》内容完全相同，只取一份",)


def test_of_two_files_of_one_disclosure_the_fuller_is_taken() -> None:
    full = _read(disclosure_text(), "全.txt")
    short = _read(disclosure_text().partition("表4")[0], "缺.txt")
    found = group([full, short])
    (one,) = found.groups
    assert [d.file for d in one.documents] == ["全.txt"]
    assert "是同一份公开文件" in found.notes[0]


@pytest.mark.parametrize(
    ("year", "name"), [(2030, "渔业局"), (2031, "林业局")], ids=["other year", "other department"]
)
def test_years_and_departments_stay_apart(year: int, name: str) -> None:
    one, other = disclosure_text(), disclosure_text(name, year)
    found = group([_read(one, "a.txt"), _read(other, "b.txt")])
    assert len(found.groups) == 2
    assert [len(g.documents) for g in found.groups] == [1, 1]


def test_file_names_that_say_something_else_are_noted() -> None:
    found = group([_read(disclosure_text(), "临海市林业局2020年部门预算.txt")])
    assert found.groups[0].identity.department == "临海市渔业局"
    assert found.notes == (
        "《临海市林业局2020年部门预算.txt》的文件名写2020年，内容是2031年，以内容为准",
        "《临海市林业局2020年部门预算.txt》的文件名写“临海市林业局”，内容是“临海市渔业局”，以内容为准",
    )


def test_file_names_in_short_are_no_disagreement() -> None:
    assert group([_read(disclosure_text(), "渔业局_2031年部门预算.txt")]).notes == ()
