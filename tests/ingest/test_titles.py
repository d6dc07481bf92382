"""Titles of disclosures as cities print them."""

from __future__ import annotations

import pytest

from disclosure.model import Kind
from ingest.titles import clean_name, is_body, read_title
from tests.support.narration import document


@pytest.mark.parametrize(
    ("lines", "name", "code", "year", "kind", "what"),
    [
        (
            ["777临江市水务局2026年部门预算公开说明"],
            "临江市水务局",
            "777",
            2026,
            Kind.BUDGET,
            "部门",
        ),
        (["2026年度临江市水务局部门预算"], "临江市水务局", "", 2026, Kind.BUDGET, "部门"),
        (["临江市水务局2024年度部门决算"], "临江市水务局", "", 2024, Kind.FINAL_ACCOUNT, "部门"),
        (["临江市水务局", "2026年度单位预算"], "临江市水务局", "", 2026, Kind.BUDGET, "单位"),
        (["2026年度", "临江市水务局", "部门预算"], "临江市水务局", "", 2026, Kind.BUDGET, "部门"),
        (["临江市水务局2026年预算"], "临江市水务局", "", 2026, Kind.BUDGET, "部门"),
        (["临江市水务局二〇二六年部门预算"], "临江市水务局", "", 2026, Kind.BUDGET, "部门"),
        (["关于临江市水务局2026年部门预算的说明"], "临江市水务局", "", 2026, Kind.BUDGET, "部门"),
        (
            ["临江市水务局关于2026年部门预算公开的说明"],
            "临江市水务局",
            "",
            2026,
            Kind.BUDGET,
            "部门",
        ),
        (["777-临江市水务局-2026年部门预算"], "临江市水务局", "777", 2026, Kind.BUDGET, "部门"),
        (["临江市水务局2026—2028年部门预算"], "临江市水务局", "", 2026, Kind.BUDGET, "部门"),
        (["2026年部门预算公开", "临江市水务局"], "临江市水务局", "", 2026, Kind.BUDGET, "部门"),
        (["柳林镇2026年部门预算信息公开"], "柳林镇", "", 2026, Kind.BUDGET, "部门"),
        (["临江市实验小学2026年单位预算"], "临江市实验小学", "", 2026, Kind.BUDGET, "单位"),
        (["临江市国有林场2026年单位预算"], "临江市国有林场", "", 2026, Kind.BUDGET, "单位"),
        (
            ["临江市2026年市级部门预算", "预算主管部门：临江市水务局"],
            "临江市水务局",
            "",
            2026,
            Kind.BUDGET,
            "部门",
        ),
        (
            ["2026年度单位预算", "预算单位：临江市水库管理中心"],
            "临江市水库管理中心",
            "",
            2026,
            Kind.BUDGET,
            "单位",
        ),
    ],
)
def test_title_pages(
    lines: list[str], name: str, code: str, year: int, kind: Kind, what: str
) -> None:
    title = read_title(document(*lines, "目录"))
    assert title is not None
    assert (clean_name(title.name)[0], title.code) == (name, code)
    assert (title.year, title.kind, title.what) == (year, kind, what)


@pytest.mark.parametrize(
    "lines",
    [
        ["临江市2026年预算"],
        ["2026年部门预算公开说明"],
        ["XX市XX局2026年部门预算"],
        ["临江市水务局关于防汛工作的通知"],
    ],
)
def test_no_title_of_a_departments_disclosure(lines: list[str]) -> None:
    assert read_title(document(*lines, "目录")) is None


def test_without_a_title_page_a_heading_names_the_body() -> None:
    title = read_title(
        document(
            "目录",
            "第一部分 概况",
            "临江市水务局主管全市水务工作，负责水资源管理。",
            "第二部分 临江市水务局2026年部门预算情况说明",
        )
    )
    assert title is not None
    assert title.text.startswith("临江市水务局2026年部门预算")


def test_the_printed_title_is_cleaned_of_code_and_of_what_publishing_adds() -> None:
    title = read_title(document("777临江市水务局 2026年部门预 算公开说明", "目录"))
    assert title is not None
    assert title.text == "临江市水务局2026年部门预算"


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("临江市水务局（本级）", ("临江市水务局", True, False)),
        ("临江市水务局本级", ("临江市水务局", True, False)),
        ("临江市水务局机关", ("临江市水务局", True, False)),
        ("临江市水务局（汇总）", ("临江市水务局", False, True)),
        ("临江市水务局部门", ("临江市水务局", False, False)),
        ("777临江市水务局", ("临江市水务局", False, False)),
        ("临江市水文站（东区）", ("临江市水文站（东区）", False, False)),
    ],
)
def test_names_without_what_they_say_of_their_level(
    name: str, cleaned: tuple[str, bool, bool]
) -> None:
    assert clean_name(name) == cleaned


def test_bodies_are_told_from_nouns_and_placeholders() -> None:
    for name in ("临江市水务局", "临江市人民政府办公室", "临江市水库管理中心", "中共临江市委员会"):
        assert is_body(name), name
    for name in ("部门预算公开说明", "XX市XX局", "某某局", "部门", "单位"):
        assert not is_body(name), name
