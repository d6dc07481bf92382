"""The tools' arguments mirror the plans: same fields, with words where a plan names members."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from qa_service.llm.prompts import prompts
from qa_service.llm.schema import arguments_of
from qa_service.llm.session import KINDS
from qa_service.tools.registry import TOOLS
from qa_service.understanding.plan import Lookup, PlanModel

#: What follows from the words and is not said.
FOLLOWING = {"op", "table_ids", "disclosure_id", "disclosure_ids"}


@pytest.mark.parametrize("kind", list(TOOLS))
def test_every_field_of_a_plan_can_be_said(kind: type[PlanModel]) -> None:
    said = set(arguments_of(kind).model_fields) - {"department", "year"}
    assert said == set(kind.model_fields) - FOLLOWING


def test_every_tool_is_offered_and_described() -> None:
    assert list(KINDS.values()) == list(TOOLS)
    assert set(prompts().tools) == set(KINDS)


def test_no_member_of_the_data_can_be_said_by_its_key() -> None:
    with pytest.raises(ValidationError):
        arguments_of(Lookup).model_validate({"selectors": [{"item": "甲", "disclosure_id": "x"}]})


def test_words_are_bounded() -> None:
    with pytest.raises(ValidationError):
        arguments_of(Lookup).model_validate({"selectors": [{"item": "甲" * 500}]})


def test_all_schemas_together_fit_a_small_context() -> None:
    schemas = [arguments_of(kind).model_json_schema() for kind in TOOLS]
    assert "title" not in json.dumps(schemas)
    assert len(json.dumps(schemas)) < 24_000


@pytest.mark.parametrize(
    "written",
    [
        {"selectors": [{"item": "会议费", "unit": None, "year": None}], "claim": None},
        {"selectors": {"item": "会议费"}},
        {"selectors": ["会议费"]},
        {"selectors": "会议费"},
    ],
)
def test_what_models_write_instead_is_understood(written: dict[str, object]) -> None:
    said = arguments_of(Lookup).model_validate(written)
    assert [mention["item"] for mention in said.model_dump()["selectors"]] == ["会议费"]
