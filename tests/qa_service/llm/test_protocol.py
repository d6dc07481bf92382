"""The protocol's corners: whatever the endpoint does, the embedded answer is served in time."""

from __future__ import annotations

import logging
from threading import Event, Thread

import pytest

from qa_service.answering.answer import Answer
from tests.qa_service.llm.conftest import MEANT, UNKNOWN, Desk, MakeDesk
from tests.support.endpoint import (
    Does,
    Request,
    calls,
    cut,
    ended,
    fails,
    rambles,
    says,
    sends,
    stalls,
)
from tests.support.model import copies

LOOKUP = calls(("lookup", {"selectors": [{"item": MEANT}]}))
SHORT = {"llm_first_token_seconds": 0.5, "llm_budget_seconds": 1.5}


def embedded(opened: Desk, outcome: str) -> Answer:
    """The answer, which must be the embedded one, and counted under ``outcome``."""
    answer = opened.ask(UNKNOWN)
    assert answer.planner == "embedded"
    assert answer.answer
    assert opened.counted("budget_qa_llm_questions_total", outcome=outcome) == 1
    return answer


@pytest.mark.parametrize("after", [1, 2, 4])
@pytest.mark.parametrize("how", [cut, ended])
def test_a_stream_that_breaks_off_never_becomes_a_plan(
    desk: MakeDesk, how: type[Does], after: int
) -> None:
    opened = desk(how(LOOKUP, after), llm_retries=1)
    embedded(opened, "broken")
    assert len(opened.endpoint.requests) == 2


def test_arguments_cut_short_but_still_readable_never_become_a_plan(desk: MakeDesk) -> None:
    """The text so far is whole JSON; only the missing end of the reply tells that it is not all."""
    opened = desk(calls(("lookup", {"selectors": [{"item": MEANT}]}), finish=None), llm_retries=0)
    embedded(opened, "broken")


def test_a_broken_stream_is_tried_again(desk: MakeDesk) -> None:
    opened = desk(cut(LOOKUP, 3), LOOKUP, copies)
    assert opened.ask(UNKNOWN).planner == "llm"


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_passing_error_is_tried_again(desk: MakeDesk, status: int) -> None:
    opened = desk(fails(status), fails(status), LOOKUP, copies)
    assert opened.ask(UNKNOWN).planner == "llm"
    assert opened.counted("budget_qa_llm_requests_total", outcome="down") == 2


def test_attempts_are_bounded(desk: MakeDesk) -> None:
    opened = desk(fails(500), llm_retries=2)
    embedded(opened, "down")
    assert len(opened.endpoint.requests) == 3


def test_an_endpoint_that_asks_for_a_long_wait_is_not_waited_for(desk: MakeDesk) -> None:
    opened = desk(fails(429, retry_after="3600"), LOOKUP)
    embedded(opened, "down")
    assert len(opened.endpoint.requests) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_a_request_that_is_refused_is_not_repeated(desk: MakeDesk, status: int) -> None:
    opened = desk(fails(status), llm_api_key="sk-secret")
    embedded(opened, "refused")
    assert len(opened.endpoint.requests) == 1


def test_neither_key_nor_question_is_logged(
    desk: MakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        embedded(desk(fails(401), llm_api_key="sk-secret"), "refused")
    assert "401" in caplog.text
    assert "sk-secret" not in caplog.text
    assert UNKNOWN not in caplog.text


def test_an_endpoint_that_is_not_there(desk: MakeDesk) -> None:
    opened = desk(llm_base_url="http://127.0.0.1:1/v1")
    embedded(opened, "down")


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_slow_endpoint_is_left_at_its_time(desk: MakeDesk, after: int) -> None:
    """Nothing comes: no first token, or none after some."""
    opened = desk(stalls(LOOKUP, after), **SHORT)
    embedded(opened, "slow")
    assert len(opened.endpoint.requests) == 1
    # The request was ended, not left running.
    assert opened.counted("budget_qa_llm_requests_total", outcome="slow") == 1


def test_a_slow_second_reply_is_left_at_its_time(desk: MakeDesk) -> None:
    opened = desk(LOOKUP, stalls(says("。")), llm_first_token_seconds=0.2)
    embedded(opened, "slow")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html>502 Bad Gateway</html>",
        b"data: {not json\n\n",
        b"data: [DONE]\n\n",
        b'data: {"choices": "none"}\n\ndata: [DONE]\n\n',
        b'data: {"error": {"message": "out of memory"}}\n\n',
        b"data: null\n\n",
        'data: {"choices":[{"index":0,"delta":{"content":"\ud83d"}}]}'.encode(
            "utf-8", "surrogatepass"
        ),
    ],
)
def test_a_body_that_is_none_of_the_protocol(desk: MakeDesk, raw: bytes) -> None:
    embedded(desk(sends(raw), llm_retries=0), "broken")


@pytest.mark.parametrize(
    "arguments", ["", "{", "[]", '"三公"', '{"selectors": [{"item": "三公"}', "{}{}", "null"]
)
def test_wrong_arguments_are_told_back_and_mended(desk: MakeDesk, arguments: str) -> None:
    opened = desk(calls(("lookup", arguments)), LOOKUP, copies)
    assert opened.ask(UNKNOWN).planner == "llm"
    assert "没有执行" in opened.endpoint.requests[1].last


def test_arguments_beside_the_schema_are_told_back(desk: MakeDesk) -> None:
    extra = {"selectors": [{"item": MEANT, "disclosure_id": "x"}]}
    opened = desk(calls(("lookup", extra)), LOOKUP, copies)
    assert opened.ask(UNKNOWN).planner == "llm"
    assert "disclosure_id" in opened.endpoint.requests[1].last


def test_a_tool_that_does_not_exist_is_told_back(desk: MakeDesk) -> None:
    opened = desk(calls(("delete_everything", {})), LOOKUP, copies)
    assert opened.ask(UNKNOWN).planner == "llm"
    assert "没有这个工具" in opened.endpoint.requests[1].last


@pytest.mark.parametrize(
    "step",
    [LOOKUP, calls(("delete_everything", {})), calls(("lookup", "{")), says("我想想。")],
    ids=["same tool", "unknown tool", "wrong JSON", "no tool"],
)
def test_an_endless_loop_ends(desk: MakeDesk, step: Does) -> None:
    opened = desk(step, llm_max_steps=4)
    embedded(opened, "no_plan")
    assert len(opened.endpoint.requests) <= 4


def test_ever_new_calls_end_too(desk: MakeDesk) -> None:
    def another(request: Request) -> Does:
        return calls(("search", {"words": "车" * len(request.told)}))

    opened = desk(another, llm_max_steps=5)
    embedded(opened, "no_plan")
    assert len(opened.endpoint.requests) == 5


def test_a_reply_without_end_is_cut_off(desk: MakeDesk) -> None:
    embedded(desk(rambles(), llm_max_tokens=64), "too_long")


def test_a_reply_that_hit_its_limit_is_no_plan(desk: MakeDesk) -> None:
    full = calls(("lookup", {"selectors": [{"item": MEANT}]}), finish="length")
    embedded(desk(full), "too_long")


def test_thinking_aloud_is_no_answer(desk: MakeDesk) -> None:
    def thinks(request: Request) -> Does:
        return says("<think>也许是12万元。</think>" + "".join(_text(copies(request))))

    opened = desk(LOOKUP, thinks)
    answer = opened.ask(UNKNOWN)
    assert answer.planner == "llm"
    assert "也许" not in answer.answer


def test_an_endpoint_that_keeps_failing_is_left_alone(desk: MakeDesk) -> None:
    opened = desk(fails(500), llm_retries=0, llm_failures=2, llm_rest_seconds=3600)
    for _ in range(4):
        assert opened.ask(UNKNOWN).planner == "embedded"
    assert len(opened.endpoint.requests) == 2
    assert opened.counted("budget_qa_llm_questions_total", outcome="circuit_open") == 2


def test_more_questions_than_places_do_not_wait(desk: MakeDesk) -> None:
    asked, go_on = Event(), Event()

    def held(request: Request) -> Does:
        asked.set()
        go_on.wait()
        return says("不适用")

    opened = desk(held, llm_concurrency=1)
    first = Thread(target=opened.ask, args=(UNKNOWN,))
    first.start()
    try:
        asked.wait()
        embedded(opened, "busy")
    finally:
        go_on.set()
        first.join()
    assert len(opened.endpoint.requests) == 1


def _text(does: Does) -> list[str]:
    """The text of a scripted reply, piece by piece."""
    deltas = [choice["delta"] for chunk in does.chunks for choice in chunk["choices"]]
    return [delta.get("content") or "" for delta in deltas]
