"""Relations between real answers: the shipped disclosure, ingested, alone and in changed copies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from eval.metamorphic import (
    Relations,
    SumRelation,
    paraphrases_agree,
    parts_add_up,
    read_relations,
    renamed,
    scaled,
    unchanged,
)
from ingest.pipeline import ingest_paths
from qa_service.answering.service import open_service
from qa_service.service import AnswerService
from tests.eval.copies import renamed_copy, scaled_copy, unrelated_copy

RELATIONS: Relations = read_relations()
OLD_NAME, NEW_NAME = "柳州市智能制造科技服务中心", "柳州市海洋观测科技服务中心"


def _ingested(folder: Path, text: str) -> Path:
    source = folder / "公开.txt"
    source.write_text(text, encoding="utf-8")
    ingest_paths([source], folder / "data")
    return folder / "data"


@pytest.mark.parametrize("group", RELATIONS.paraphrases, ids=lambda group: group[0])
def test_paraphrases_get_equal_figures(
    shipped_service: AnswerService, group: tuple[str, ...]
) -> None:
    assert paraphrases_agree(shipped_service, group) == []


@pytest.mark.parametrize("relation", RELATIONS.sums, ids=lambda r: "、".join(r.parts))
def test_parts_add_up_to_their_total(shipped_service: AnswerService, relation: SumRelation) -> None:
    assert parts_add_up(shipped_service, relation) == []


def test_amounts_scale_and_shares_stay(
    shipped_service: AnswerService, shipped_text: str, tmp_path: Path
) -> None:
    copy = _ingested(tmp_path, scaled_copy(shipped_text, 3))
    assert scaled(shipped_service, open_service(copy), RELATIONS.scaled, 3) == []


def test_a_renamed_unit_is_renamed_in_the_answer(
    shipped_service: AnswerService, shipped_text: str, tmp_path: Path
) -> None:
    text = renamed_copy(shipped_text, OLD_NAME, NEW_NAME)
    copy = _ingested(tmp_path, text)
    questions = [
        f"{OLD_NAME}的预算是多少",
        f"{OLD_NAME}三公经费多少",
        f"{OLD_NAME}有哪些项目",
        "哪个单位的基本支出最多",
        "各单位预算分别是多少",
    ]
    assert renamed(shipped_service, open_service(copy), questions, (OLD_NAME, NEW_NAME)) == []


def test_an_unrelated_disclosure_changes_no_answer(
    shipped_data: Path, shipped_service: AnswerService, shipped_text: str, tmp_path: Path
) -> None:
    shutil.copytree(shipped_data, tmp_path / "data")
    larger = open_service(_ingested(tmp_path, unrelated_copy(shipped_text)))
    assert unchanged(shipped_service, larger, RELATIONS.named) == []
