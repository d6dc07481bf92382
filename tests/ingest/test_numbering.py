"""Numbering styles and the spaces of justified print."""

from __future__ import annotations

import pytest

from ingest.numbering import CHAPTER, ITEM, PART, SECTION, SUBITEM, clean_text, marker


@pytest.mark.parametrize(
    ("text", "rank", "rest"),
    [
        ("第一部分：部门概况", PART, "部门概况"),
        ("十二、项目预算绩效目标情况说明", CHAPTER, "项目预算绩效目标情况说明"),
        ("（十一）会同有关部门", SECTION, "会同有关部门"),
        ("(一)、因公出国", SECTION, "因公出国"),
        ("4．财政拨款", ITEM, "财政拨款"),
        ("（3）公共安全支出", SUBITEM, "公共安全支出"),
        ("- 一、主要职责", CHAPTER, "主要职责"),
        ("2026年预算", None, "2026年预算"),
        ("12.94万元", None, "12.94万元"),
    ],
)
def test_markers_give_their_rank(text: str, rank: int | None, rest: str) -> None:
    assert marker(text) == (rank, rest)


def test_spaced_out_print_is_closed_up() -> None:
    spaced = "2 0 2 6年 收 入 预 算 1 6 3 , 5 3 9 . 0 7万 元"
    assert clean_text(spaced) == "2026年收入预算163,539.07万元"
    assert clean_text("聚焦 ICT 和 AI 领域") == "聚焦ICT和AI领域"
    assert clean_text("open source AI") == "open source AI"
