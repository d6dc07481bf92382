"""What each tool replies, on the shipped disclosure."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from qa_service.answering.answer import Status
from qa_service.service import AnswerService
from tests.qa_service.mcp.conftest import Call, ContradictedService, caller
from tests.support.scripted import ScriptedService


def figures(reply: Any) -> list[tuple[str, str]]:
    return [(figure.value, figure.unit) for figure in reply.figures]


@pytest.mark.parametrize(
    ("tool", "arguments", "expected"),
    [
        ("ask", {"question": "三公经费预算是多少？"}, [("12.94", "万元")]),
        ("lookup", {"items": ["三公经费"]}, [("12.94", "万元")]),
        ("lookup", {"items": ["三公经费"], "unit": "元"}, [("129400", "元")]),
        ("lookup", {"items": ["2060301"]}, [("751.44", "万元")]),
        ("lookup", {"items": ["公务接待费"], "department": "情报所"}, [("0.78", "万元")]),
        ("lookup", {"items": ["差旅费", "支出总预算"]}, [("34.49", "万元"), ("9050.14", "万元")]),
        (
            "aggregate",
            {"operation": "total", "items": ["差旅费", "会议费"]},
            [("38.42", "万元")],
        ),
        (
            "aggregate",
            {"operation": "total", "items": ["支出总预算"], "minus": ["科学技术支出"]},
            [("834.62", "万元")],
        ),
        (
            "aggregate",
            {"operation": "share", "items": ["公务接待费"], "whole": "三公经费"},
            [("38.18", "%")],
        ),
        (
            "aggregate",
            {"operation": "average", "items": ["三公经费"], "per": "month"},
            [("1.08", "万元")],
        ),
        (
            "aggregate",
            {"operation": "rank", "items": ["公务接待费"], "by": "unit", "top": 2},
            [("2.80", "万元"), ("1.23", "万元")],
        ),
        (
            "aggregate",
            {"operation": "rank", "items": ["公务接待费"], "by": "unit", "ascending": True},
            [("0.13", "万元")],
        ),
        (
            "aggregate",
            {"operation": "list", "by": "subject", "condition": {"comparator": ">", "value": 500}},
            [("8215.52", "万元"), ("506.96", "万元")],
        ),
        (
            "aggregate",
            {
                "operation": "count",
                "by": "project",
                "condition": {"comparator": ">=", "value": "10", "unit": "万元"},
            },
            [("6", "个")],
        ),
        (
            "aggregate",
            {"operation": "list", "items": ["三公经费"], "by": "department"},
            [("12.94", "万元")],
        ),
        (
            "compare",
            {
                "left": {"item": "公务接待费", "department": "情报所"},
                "right": {"item": "公务接待费", "department": "科技局本级"},
            },
            [("-2.02", "万元")],
        ),
        (
            "compare",
            {
                "operation": "ratio",
                "left": {"item": "基本支出"},
                "right": {"item": "项目支出"},
            },
            [("0.38", "倍")],
        ),
        (
            "compare",
            {"operation": "change", "left": {"item": "三公经费"}},
            [("-0.04", "万元"), ("-0.31", "%"), ("12.94", "万元")],
        ),
    ],
)
def test_figures_are_the_documents(
    call: Call, tool: str, arguments: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    reply = call(tool, **arguments)
    assert reply.status is Status.ANSWERED, reply.answer
    assert figures(reply) == expected
    for figure in reply.figures:
        assert figure.citations
    for citation in reply.citations:
        assert citation.url.startswith(f"/d/{citation.disclosure_id}")
        assert citation.url.endswith(citation.fact_id or citation.passage_id)


def test_tools_say_what_the_service_says(call: Call, shipped_service: AnswerService) -> None:
    asked = shipped_service.ask("三公经费比去年增加了多少？")
    compared = call("compare", operation="change", left={"item": "三公经费"})
    # The question presumes an increase, and is corrected; the figures and evidence are the same.
    assert asked.answer.endswith(compared.answer.removeprefix("没有增加，而是减少："))
    assert figures(asked) == figures(compared)


@pytest.mark.parametrize(
    ("tool", "arguments", "named"),
    [
        ("lookup", {"items": ["火星探测"]}, "火星探测"),
        ("lookup", {"items": ["三公经费"], "department": "教育局"}, "教育局"),
        ("lookup", {"items": ["三公经费"], "year": 2019}, "2019年"),
        ("lookup", {"items": ["三公经费"], "disclosure_id": "none"}, "none"),
        ("define", {"terms": ["量子纠缠"]}, "量子纠缠"),
        ("aggregate", {"operation": "rank", "by": "unit", "items": ["火星探测"]}, "火星探测"),
        ("aggregate", {"operation": "list", "by": "department", "items": ["火星"]}, "火星"),
    ],
)
def test_what_is_not_held_is_said_and_no_figure_given(
    call: Call, tool: str, arguments: dict[str, Any], named: str
) -> None:
    reply = call(tool, **arguments)
    assert reply.status is Status.NOT_DISCLOSED
    assert named in reply.answer
    assert reply.figures == reply.citations == []


def test_a_part_of_a_name_that_fits_several_is_asked_back(call: Call) -> None:
    reply = call("lookup", items=["广西工业机器人应用技术创新"])
    assert reply.status in (Status.ANSWERED, Status.CLARIFY)
    assert "广西工业机器人应用技术创新中心" in reply.answer + "".join(reply.options)


def test_follow_up_goes_on_from_the_conversation(call: Call) -> None:
    first = call("ask", question="公务接待费预算是多少？")
    then = call("ask", question="比上年呢？", conversation_id=first.conversation_id)
    assert then.conversation_id == first.conversation_id
    assert "公务接待费" in then.answer


def test_search_and_define_quote_the_document(call: Call) -> None:
    found = call("search", query="农村科技培训")
    assert found.status is Status.ANSWERED
    assert any("培训" in citation.quote for citation in found.citations)
    term = call("define", terms=["机关运行经费"])
    assert "为保障行政单位" in term.answer
    assert term.citations[0].kind == "passage"


def test_disclosures_are_listed_by_pages_and_filtered(
    call: Call, shipped_service: AnswerService
) -> None:
    library = shipped_service.library()
    assert library is not None
    (held,) = library.disclosures()
    listed = call("list_disclosures")
    assert (listed.total, listed.next_offset) == (1, None)
    (one,) = listed.items
    assert (one.id, one.url) == (held.id, f"/d/{held.id}")
    assert one.resource == f"budget-qa://disclosures/{held.id}"
    assert call("list_disclosures", city="柳州市", department="科学技术局", year=2026).total == 1
    assert call("list_disclosures", city="桂林市").total == 0
    many = caller(ScriptedService(copies=7))  # type: ignore[arg-type]
    pages = [many("list_disclosures", limit=3, offset=offset) for offset in (0, 3, 6)]
    assert [page.next_offset for page in pages] == [3, 6, None]
    assert [one.id for page in pages for one in page.items] == [f"d{n}" for n in range(1, 8)]


def test_links_begin_with_the_public_address(shipped_service: AnswerService) -> None:
    reply = caller(shipped_service, "https://ask.example.cn")("lookup", items=["三公经费"])
    assert all(c.url.startswith("https://ask.example.cn/d/") for c in reply.citations)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("ask", {"question": "三公经费预算是多少？"}),
        ("lookup", {"items": ["三公经费"]}),
        ("aggregate", {"operation": "share", "items": ["公务接待费"], "whole": "三公经费"}),
        (
            "compare",
            {"operation": "ratio", "left": {"item": "三公经费"}, "right": {"item": "会议费"}},
        ),
    ],
)
def test_figure_that_a_failed_check_touches_may_not_be_stated(
    call: Call, shipped_service: AnswerService, tool: str, arguments: dict[str, Any]
) -> None:
    touched = [c.fact_id for c in call("lookup", items=["三公经费"]).citations]
    contradicted = caller(ContradictedService(shipped_service, touched))  # type: ignore[arg-type]
    reply = contradicted(tool, **arguments)
    assert reply.cautions
    for caution, figure in zip(reply.cautions, reply.figures, strict=False):
        assert caution.figure == figure.label
        assert caution.may_state is False
        assert caution.rule == "分项之和"
        assert caution.message.startswith("不得")
        assert "各分项之和与合计相差1.00万元" in caution.message


def test_other_figures_may_be_stated(call: Call, shipped_service: AnswerService) -> None:
    touched = [c.fact_id for c in call("lookup", items=["差旅费"]).citations]
    contradicted = caller(ContradictedService(shipped_service, touched))  # type: ignore[arg-type]
    assert contradicted("lookup", items=["公务接待费"], department="情报所").cautions == []
    assert call("lookup", items=["三公经费"]).cautions == []


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("lookup", {"items": []}, "items"),
        ("lookup", {"items": ["三公经费"], "unit": "美元"}, "unit"),
        ("lookup", {"items": ["三公经费"], "city": "柳州"}, "city"),
        ("aggregate", {"operation": "rank"}, "by"),
        ("aggregate", {"operation": "average"}, "per"),
        ("aggregate", {"operation": "total"}, "items"),
        ("compare", {"left": {"item": "三公经费"}}, "right"),
        (
            "aggregate",
            {"operation": "list", "by": "unit", "condition": {"comparator": ">", "value": "NaN"}},
            "condition",
        ),
    ],
)
def test_arguments_that_do_not_fit_are_refused(
    call: Call, tool: str, arguments: dict[str, Any], told: str
) -> None:
    with pytest.raises(ValidationError, match=told):
        call(tool, **arguments)
