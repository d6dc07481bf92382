"""The inquiry log: what is kept of a caller, what staff change, what is found, what expires."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from qa_service.records.audit import Audit
from qa_service.records.candidates import Candidates, Expected, Mark
from qa_service.records.database import open_records
from qa_service.records.inquiries import Channel, Edit, Inquiries, Inquiry, InquiryQuery, State
from tests.support import scripted

DAY = 86_400
PHONE = "13812345678"
IDENTITY = "450203199001011234"


class Clock:
    """A clock that is set by hand."""

    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_records(tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def log(engine: Engine, clock: Clock) -> Inquiries:
    return Inquiries(engine, 30, clock)


def add(
    log: Inquiries,
    question: str = scripted.TOTAL,
    account: str = "甲",
    channel: Channel = Channel.PHONE,
) -> Inquiry:
    answer = scripted.ANSWERS.get(question, scripted.ANSWERS[scripted.TOTAL])
    return log.add(
        channel=channel, question=question, answer=answer, plan="[]", release="r1", account=account
    )


def everything(engine: Engine) -> str:
    """All that the database holds."""
    with engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type='table'"))
        return str([connection.execute(text(f"SELECT * FROM {n}")).all() for n in names.scalars()])


def test_inquiry_is_kept_as_it_was_answered(log: Inquiries, clock: Clock) -> None:
    made = add(log)
    assert made.answer == scripted.ANSWERS[scripted.TOTAL]
    assert (made.at, made.release, made.account) == (clock.now, "r1", "甲")
    assert (made.state, made.outcome, made.channel) == (State.OPEN, "answered", Channel.PHONE)
    assert made.disclosures == scripted.TITLE
    assert log.get(made.id) == made
    assert log.get(made.id + 1) is None


def test_personal_numbers_are_nowhere_in_the_database(log: Inquiries, engine: Engine) -> None:
    told = f"我叫某某，电话{PHONE}，身份证{IDENTITY}"
    made = add(log, f"{told}，三公经费多少？")
    log.edit(made.id, "甲", {"note": told, "reply": f"已回电{PHONE}"})
    log.edit(made.id, "甲", {"note": f"又来电 {PHONE}"})
    Candidates(engine).propose(
        account="甲",
        question=told,
        mark=Mark.WRONG,
        note=told,
        answer=made.answer,
        release="r1",
        documents=(),
        expected=Expected(),
    )
    Audit(engine).note("甲", "x", told, told)
    kept = everything(engine)
    assert "三公经费多少" in kept
    assert PHONE not in kept
    assert IDENTITY not in kept
    assert "138****5678" in kept


def test_edits_keep_what_stood_there_before(log: Inquiries, clock: Clock) -> None:
    made = add(log)
    log.edit(made.id, "乙", {"reply": "第一稿", "state": State.REPLIED})
    clock.now += 60
    assert log.edit(made.id, "丙", {"reply": "第二稿", "state": State.REPLIED}) == [
        Edit(clock.now, "丙", "reply", "第一稿", "第二稿")
    ]
    assert [(e.account, e.field, e.before, e.after) for e in log.edits(made.id)] == [
        ("乙", "reply", "", "第一稿"),
        ("乙", "state", "待答复", "已答复"),
        ("丙", "reply", "第一稿", "第二稿"),
    ]
    assert log.edit_counts([made.id, 99]) == {made.id: 3}
    with pytest.raises(ValueError, match="question"):
        log.edit(made.id, "丙", {"question": "改掉"})


def test_another_answer_takes_the_place_of_the_first_which_is_kept(log: Inquiries) -> None:
    made = add(log)
    other = scripted.ANSWERS[scripted.SHARE]
    log.answer_again(made.id, "乙", answer=other, release="r2")
    now = log.get(made.id)
    assert now is not None
    assert (now.answer, now.plan, now.release) == (other, made.plan, "r2")
    (edit,) = log.edits(made.id)
    assert (edit.field, edit.before, edit.after) == ("answer", made.answer.answer, other.answer)


def test_log_is_searched_and_filtered(log: Inquiries, clock: Clock) -> None:
    first = add(log, account="甲")
    clock.now += DAY
    second = add(log, scripted.WHY, "乙", Channel.VISIT)
    clock.now += DAY
    third = add(log, scripted.NOT_DISCLOSED, "甲", Channel.WEB)
    log.edit(second.id, "乙", {"note": "对方要100%_书面答复", "state": State.FOLLOW_UP})

    def found(**query: str | float) -> list[int]:
        rows, total = log.search(InquiryQuery(**query))  # type: ignore[arg-type]
        assert total == len(rows)
        return [row.id for row in rows]

    assert found() == [third.id, second.id, first.id]
    assert found(text="减少 原因") == [second.id]
    assert found(text="100%_书面") == [second.id]
    assert found(text="1000_") == []
    assert found(account="甲") == [third.id, first.id]
    assert found(channel="来访") == [second.id]
    assert found(state="待跟进") == [second.id]
    assert found(outcome="not_disclosed") == [third.id]
    assert found(disclosure="云山市") == [second.id, first.id]
    assert found(since=second.at) == [third.id, second.id]
    assert found(since=first.at, until=second.at) == [first.id]
    assert log.search(InquiryQuery(), limit=1, offset=1)[0] == [log.get(second.id)]


def test_old_inquiries_go_with_their_edits(log: Inquiries, engine: Engine, clock: Clock) -> None:
    old = add(log)
    log.edit(old.id, "甲", {"note": "很久以前"})
    clock.now += 30 * DAY + 1
    young = add(log)
    assert [row.id for row in log.search(InquiryQuery())[0]] == [young.id]
    assert "很久以前" not in everything(engine)


def test_log_may_be_kept_for_ever(engine: Engine, clock: Clock) -> None:
    log = Inquiries(engine, 0, clock)
    add(log)
    clock.now += 10_000 * DAY
    assert log.search(InquiryQuery())[1] == 1
