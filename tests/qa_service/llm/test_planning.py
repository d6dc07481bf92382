"""What becomes of a model's tool calls: checked plans, marked answers, else the embedded one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qa_service.answering.answer import Answer, Status
from qa_service.llm.errors import EndpointUnsetError
from qa_service.llm.settings import LlmSettings
from tests.qa_service.llm.conftest import MEANT, UNKNOWN, MakeDesk
from tests.support.endpoint import COMPLETION_TOKENS, PROMPT_TOKENS, Request, calls, says
from tests.support.model import copies

LOOKUP = calls(("lookup", {"selectors": [{"item": MEANT}]}))


def figures(answer: Answer) -> list[tuple[Decimal, str]]:
    return [(Decimal(figure.value), figure.unit) for figure in answer.figures]


def test_a_question_in_unknown_words_is_answered_with_the_models_plan(desk: MakeDesk) -> None:
    opened = desk(LOOKUP, copies)
    embedded = opened.ask(f"{MEANT}是多少？")
    answer = opened.ask(UNKNOWN)
    assert (answer.planner, answer.status) == ("llm", Status.ANSWERED)
    assert figures(answer) == figures(embedded)
    assert answer.citations == embedded.citations
    # How the unknown word was read is told.
    assert answer.answer.startswith(f"（按“{MEANT}”理解）")
    assert opened.counted("budget_qa_llm_questions_total", outcome="used") == 1


def test_a_question_that_the_embedded_planner_understands_is_not_sent_in_auto(
    desk: MakeDesk,
) -> None:
    opened = desk(LOOKUP)
    answer = opened.ask("三公经费预算是多少？")
    assert (answer.planner, answer.status) == ("embedded", Status.ANSWERED)
    assert opened.endpoint.requests == []


def test_in_mode_llm_the_model_plans_what_both_understand(desk: MakeDesk) -> None:
    opened = desk(calls(("lookup", {"selectors": [{"item": "三公"}]})), copies, planner="llm")
    answer = opened.ask("三公经费预算是多少？")
    assert answer.planner == "llm"
    assert figures(answer)


@pytest.mark.parametrize("mode", ["llm", "auto"])
@pytest.mark.parametrize(
    "question",
    ["局长的工资是多少", "预算安排得合理吗", "1998年的三公经费是多少", "那个项目花了多少"],
)
def test_a_refusal_by_rule_and_a_question_back_are_never_undone(
    desk: MakeDesk, mode: str, question: str
) -> None:
    opened = desk(LOOKUP, copies, planner=mode)
    answer = opened.ask(question)
    assert answer.planner == "embedded"
    assert answer.status is not Status.ANSWERED
    assert opened.endpoint.requests == []


def test_the_key_and_the_tools_reach_the_endpoint(desk: MakeDesk) -> None:
    opened = desk(LOOKUP, copies, llm_api_key="sk-test")
    opened.ask(UNKNOWN)
    first = opened.endpoint.requests[0]
    assert first.authorization == "Bearer sk-test"
    names = [tool["function"]["name"] for tool in first.body["tools"]]
    assert {"lookup", "total", "share", "rank", "explain", "search"} <= set(names)
    assert first.body["max_tokens"] == LlmSettings().llm_max_tokens


def test_members_that_the_data_does_not_hold_are_told_back(desk: MakeDesk) -> None:
    opened = desk(calls(("lookup", {"selectors": [{"item": "飞船燃料费"}]})), LOOKUP, copies)
    answer = opened.ask(UNKNOWN)
    assert "没有“" in opened.endpoint.requests[1].last
    assert answer.planner == "llm"


def test_a_number_that_the_question_does_not_hold_is_refused(desk: MakeDesk) -> None:
    claim = {"comparator": "=", "value": "77.5", "unit": "万元"}
    wrong = calls(("lookup", {"selectors": [{"item": MEANT}], "claim": claim}))
    opened = desk(wrong, wrong, planner="llm", llm_max_steps=2)
    answer = opened.ask(f"{MEANT}是多少？")
    assert "77.5" in opened.endpoint.requests[1].last
    assert "没有执行" in opened.endpoint.requests[1].last
    assert (answer.planner, answer.status) == ("embedded", Status.ANSWERED)


def test_a_unit_that_the_plan_forgets_is_asked_for(
    desk: MakeDesk,
) -> None:
    """The right figure for another question is wrong: 情报所 was asked, the department planned."""
    department = calls(("lookup", {"selectors": [{"item": "公务接待费"}]}))
    unit = calls(("lookup", {"selectors": [{"item": "公务接待费", "unit": "情报所"}]}))
    opened = desk(department, copies, unit, copies, planner="llm")
    question = "情报所的公务接待费是多少"
    answer = opened.ask(question)
    assert "情报" in opened.endpoint.requests[2].last
    assert answer.planner == "llm"
    plain = desk(planner="embedded").ask(question)
    assert figures(answer) == figures(plain)


def test_another_topic_than_the_one_asked_is_not_served(desk: MakeDesk) -> None:
    other = calls(("lookup", {"selectors": [{"item": "会议费"}]}))
    opened = desk(other, says("{{F1}}。"), planner="llm", llm_max_steps=3)
    answer = opened.ask("培训费是多少？")
    assert answer.planner == "embedded"
    assert any("培训费" in figure.label for figure in answer.figures)


def test_expenditure_is_not_served_for_revenue(desk: MakeDesk) -> None:
    spent = calls(("lookup", {"selectors": [{"item": "一般公共预算支出"}]}))
    opened = desk(spent, copies, planner="llm", llm_max_steps=2)
    answer = opened.ask("一般公共预算收入是多少？")
    assert answer.planner == "embedded"


def test_both_parts_of_a_question_are_planned_in_one_reply(desk: MakeDesk) -> None:
    both = calls(
        ("lookup", {"selectors": [{"item": "三公"}]}),
        ("change", {"selectors": [{"item": "三公"}]}),
    )

    def tells(request: Request) -> object:
        results = [text for text in request.told if text.startswith("结果")]
        assert len(results) == 2
        return copies(request)

    opened = desk(both, tells, planner="llm")
    question = "三公经费多少，比上年增加还是减少？"
    answer = opened.ask(question)
    assert answer.planner == "llm"
    assert any("增减" in figure.label for figure in answer.figures)


def test_a_ranking_names_its_members_in_words(desk: MakeDesk) -> None:
    group = {"axis": "unit", "item": {"item": "支出"}}
    opened = desk(calls(("rank", {"group": group, "n": 1})), copies, planner="llm")
    question = "哪个单位的支出最多？"
    answer = opened.ask(question)
    plain = desk(planner="embedded").ask(question)
    assert answer.planner == "llm"
    assert figures(answer) == figures(plain)


def test_a_follow_up_knows_what_the_model_planned(desk: MakeDesk) -> None:
    opened = desk(LOOKUP, copies)
    first = opened.ask(UNKNOWN)
    second = opened.ask("比上年增加还是减少？", first.conversation_id)
    assert second.planner == "embedded"
    assert any(MEANT in figure.label for figure in second.figures)


def test_nothing_found_is_not_served_as_an_answer(desk: MakeDesk) -> None:
    nothing = calls(("define", {"terms": ["小轿车"]}))
    opened = desk(nothing, says("不适用"))
    answer = opened.ask(UNKNOWN)
    assert "没有给出" in opened.endpoint.requests[1].last
    assert answer.planner == "embedded"
    assert opened.counted("budget_qa_llm_questions_total", outcome="no_plan") == 1


def test_what_the_model_cost_is_counted(desk: MakeDesk) -> None:
    opened = desk(LOOKUP, copies)
    opened.ask(UNKNOWN)
    usage = opened.planner.usage()
    assert usage.requests == 2
    assert usage.prompt_tokens == 2 * PROMPT_TOKENS
    assert usage.completion_tokens == 2 * COMPLETION_TOKENS
    assert opened.counted("budget_qa_llm_tokens_total", kind="prompt") == 2 * PROMPT_TOKENS


def test_a_mode_with_a_model_needs_its_endpoint() -> None:
    with pytest.raises(EndpointUnsetError, match="BUDGET_QA_LLM_BASE_URL"):
        LlmSettings(planner="auto")


def test_the_embedded_mode_asks_no_model(desk: MakeDesk) -> None:
    opened = desk(LOOKUP, planner="embedded")
    assert opened.ask(UNKNOWN).planner == "embedded"
    assert opened.endpoint.requests == []


def test_an_error_of_its_own_never_fails_a_question(
    desk: MakeDesk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*arguments: object) -> None:
        raise KeyError("unforeseen")

    opened = desk(LOOKUP, copies)
    monkeypatch.setattr("qa_service.llm.planner.phrased", fails)
    assert opened.ask(UNKNOWN).planner == "embedded"
    assert "unforeseen" in caplog.text
    assert opened.counted("budget_qa_llm_questions_total", outcome="error") == 1
