"""The console's records on PostgreSQL, where several machines share them: the same behaviour."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from qa_service.records.accounts import AccountError, Accounts
from qa_service.records.attempts import Attempts
from qa_service.records.audit import Audit
from qa_service.records.candidates import Candidates, CandidateState, Expected, Mark
from qa_service.records.database import open_records
from qa_service.records.inquiries import Channel, Inquiries, InquiryQuery, State
from qa_service.records.roles import Role
from qa_service.records.sessions import Sessions
from qa_service.records.standard_answers import StandardAnswers, StandardState, StatedFigure
from tests.support import scripted
from tests.support.servers import running_postgres

ANSWER = scripted.ANSWERS[scripted.TOTAL]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with running_postgres() as url:
        scheme, rest = url.split("://")
        made = open_records(Path(), f"{scheme}+psycopg://{rest}/postgres")
        yield made
        made.dispose()


def test_accounts_sessions_and_attempts(engine: Engine) -> None:
    accounts = Accounts(engine)
    account = accounts.add("王芳", Role.ADMIN, "hash")
    with pytest.raises(AccountError):
        accounts.add("王芳", Role.ADMIN, "hash")
    accounts.add("李明", Role.ANSWERER, "hash")
    assert [a.name for a in accounts.all()] == ["李明", "王芳"]
    with pytest.raises(AccountError):
        accounts.set_disabled(account.id, True)
    sessions = Sessions(engine, 600, 3600)
    here, there = sessions.open(account.id), sessions.open(account.id)
    assert sessions.account_of(here) == account.id
    assert sessions.close_all(account.id, but=here) == 1
    assert sessions.account_of(there) is None
    attempts = Attempts(engine)
    assert [attempts.admit({"a": 1}) > 0 for _ in range(2)] == [False, True]
    Audit(engine).note("王芳", "x", "y", "z")
    assert [entry.detail for entry in Audit(engine).page(account="王芳")] == ["z"]


def test_inquiries_are_logged_edited_searched_and_expire(engine: Engine) -> None:
    now = [1_700_000_000.0]
    log = Inquiries(engine, 30, lambda: now[0])
    made = log.add(
        channel=Channel.PHONE,
        question="总预算100%_多少？电话13812345678",
        answer=ANSWER,
        plan="[]",
        release="r1",
        account="甲",
    )
    assert made.question.endswith("138****5678")
    log.edit(made.id, "甲", {"state": State.REPLIED, "note": "好"})
    assert log.edit_counts([made.id]) == {made.id: 2}
    log.answer_again(made.id, "乙", answer=ANSWER, release="r2")
    assert [e.field for e in log.edits(made.id)] == ["state", "note", "answer"]
    assert log.search(InquiryQuery(text="100%_", state="已答复"))[1] == 1
    assert log.search(InquiryQuery(text="1000"))[1] == 0
    now[0] += 31 * 86_400
    assert log.search(InquiryQuery())[1] == 0


def test_candidates_and_standard_answers_go_their_way(engine: Engine) -> None:
    candidates = Candidates(engine)
    candidate = candidates.propose(
        account="甲",
        question="问",
        mark=Mark.WRONG,
        note="",
        answer=ANSWER,
        release="r1",
        documents=("a.txt",),
        expected=Expected(),
    )
    candidates.review(candidate.id, reviewer="乙", accept=True, question="问", expected=Expected())
    assert [c.documents for c in candidates.all(CandidateState.ACCEPTED)] == [("a.txt",)]
    standards = StandardAnswers(engine)
    assert standards.revision() == 0
    figures = (StatedFigure("支出总预算", "3200.50", "万元"),)
    made = standards.propose(
        question="问", text="答", figures=figures, basis=ANSWER, release="r1", author="甲"
    )
    standards.approve(
        made.id, text="答", figures=figures, basis=ANSWER, release="r1", reviewer="乙"
    )
    before = standards.revision()
    standards.used(made.id)
    assert standards.revision() == before
    standards.withdraw(made.id, StandardState.REVIEW, "变了")
    assert standards.revision() > before
    found = standards.get(made.id)
    assert found is not None
    assert (found.uses, found.state, found.figures) == (1, StandardState.REVIEW, figures)
