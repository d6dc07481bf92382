"""The desk over the shipped disclosure: evidence, neighbours, readings, replies."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from sqlalchemy import Engine, text

from qa_service.answering.answer import Filters
from qa_service.api.staff.inquiries import log_query
from qa_service.local_time import midnight
from qa_service.records.inquiries import Channel, Inquiry, State
from qa_service.staff.console import Console
from qa_service.staff.statements import UnfoundedError

PUBLIC = "三公经费预算是多少？"


def take(console: Console, words: str, filters: Filters | None = None) -> Inquiry:
    inquiry, conversation = console.desk.take(
        words=words, channel=Channel.PHONE, account="甲", conversation_id=None, filters=filters
    )
    assert conversation
    return inquiry


def test_evidence_is_open_with_the_rows_around_it(console: Console) -> None:
    opened = console.desk.open(take(console, "差旅费预算是多少？"))
    table = opened.evidence[0].table
    assert table is not None
    (cited,) = [row for row in table.rows if row.cited]
    assert table.column is not None
    assert cited.cells[table.column] == "34.49"
    assert [row.number for row in table.rows] == list(range(cited.number - 3, cited.number + 4))
    assert table.size > len(table.rows)
    assert len(table.headers) == len(cited.cells)
    assert not opened.outdated


def test_cited_sentence_is_marked_in_its_paragraph(console: Console) -> None:
    opened = console.desk.open(take(console, PUBLIC))
    passages = [e.passage for e in opened.evidence if e.passage is not None]
    assert [p.text[p.start : p.end] for p in passages] == ["12.94万元"]


def test_other_readings_are_found_and_can_be_answered_with(console: Console) -> None:
    inquiry = take(console, PUBLIC)
    readings = console.desk.open(inquiry).readings
    assert [(r.value, r.unit) for r in readings if r.given] == [("12.94", "万元")]
    own = next(r for r in readings if "本级" in r.label)
    assert own.narrower
    again = console.desk.read_as(inquiry, own.selector, "乙")
    assert "本级" in again.answer.answer
    assert [(f.value, f.unit) for f in again.answer.figures] == [(own.value, own.unit)]
    assert again.answer.citations
    others = console.desk.open(again).readings
    assert [r.label for r in others if r.given] == [own.label]
    assert {r.label for r in others} == {r.label for r in readings}
    (edit,) = console.desk.inquiries.edits(inquiry.id)
    assert (edit.field, edit.before) == ("answer", inquiry.answer.answer)


def test_two_meanings_of_one_name_are_two_readings(console: Console) -> None:
    readings = console.desk.open(take(console, "机构运行多少钱")).readings
    given = [r for r in readings if r.given and not r.narrower]
    assert {r.value for r in given} == {"751.44", "441.49"}


def test_ranking_has_no_other_reading(console: Console) -> None:
    inquiry = take(console, "哪个单位的公务接待费最多？")
    assert inquiry.outcome == "answered"
    assert console.desk.open(inquiry).readings == ()


def test_question_back_is_a_reply_with_its_options(console: Console) -> None:
    inquiry = take(console, "多少钱")
    assert inquiry.outcome == "clarify"
    lines = console.desk.reply(inquiry).splitlines()
    assert lines[2] == "答复：为了准确答复，请您确认想了解的是哪一项。"
    assert [line[1:] for line in lines[4:-1]] == inquiry.answer.options
    assert lines[-1].startswith("请您确认后告诉我们")


def test_reading_of_another_release_is_told(console: Console) -> None:
    inquiry = take(console, PUBLIC)
    selector = console.desk.open(inquiry).readings[0].selector
    with pytest.raises(KeyError):
        console.desk.read_as(inquiry, selector.model_copy(update={"disclosure_id": "x"}), "乙")


def test_reply_greets_answers_names_its_basis_and_scope(console: Console) -> None:
    inquiry = take(console, "公务接待费占三公经费的比例是多少？")
    lines = console.desk.reply(inquiry).splitlines()
    assert lines[0] == "您好！感谢您的来电。"
    assert lines[1] == "您咨询的问题：“公务接待费占三公经费的比例是多少？”"
    assert lines[2].startswith("答复：")
    assert "38.18%" in lines[2]
    assert lines[3].startswith("算式：")
    assert "4.94 ÷ 12.94" in lines[3]
    assert lines[4] == "依据："
    assert lines[5].startswith("①《柳州市科学技术局2026年部门预算》表7")
    assert any("年部门预算数（年初预算安排），不是决算数" in line for line in lines)
    assert any("四舍五入" in line for line in lines)
    assert "原文为准" in lines[-1]


def test_edited_reply_may_only_state_the_answer_s_figures(console: Console) -> None:
    inquiry = take(console, PUBLIC)
    with pytest.raises(UnfoundedError, match=r"13\.94万元"):
        console.desk.edit(inquiry, "甲", {"reply": "您好，三公经费13.94万元。"})
    edited = console.desk.edit(inquiry, "甲", {"reply": "您好，三公经费12.94万元，即129,400元。"})
    assert console.desk.reply(edited) == "您好，三公经费12.94万元，即129,400元。"
    assert console.desk.edit(edited, "甲", {"reply": ""}).reply == ""


def test_replied_inquiry_keeps_the_words_that_were_said(console: Console) -> None:
    inquiry = take(console, PUBLIC)
    done = console.desk.replied(inquiry, "甲")
    assert done.state is State.REPLIED
    assert done.reply == console.desk.reply(inquiry)
    assert [e.field for e in console.desk.inquiries.edits(inquiry.id)] == ["reply", "state"]


def test_word_document_says_the_same_with_a_table_of_figures(console: Console) -> None:
    inquiry = take(console, PUBLIC)
    document = Document(io.BytesIO(console.desk.reply_docx(inquiry)))
    text_of_all = [paragraph.text for paragraph in document.paragraphs]
    assert text_of_all[0] == "咨询答复"
    assert text_of_all[1:-1] == console.desk.reply(inquiry).splitlines()
    assert [[c.text for c in row.cells][1:] for row in document.tables[0].rows] == [
        ["数值", "单位"], ["12.94", "万元"],
    ]  # fmt: skip


def test_caller_s_numbers_reach_neither_service_nor_records(
    console: Console, engine: Engine
) -> None:
    inquiry = take(console, "我的电话是13912345678，三公经费预算是多少？")
    assert inquiry.question == "我的电话是139****5678，三公经费预算是多少？"
    assert "12.94万元" in inquiry.answer.answer
    with engine.connect() as connection:
        for table in ("inquiry", "answer", "staff_audit", "inquiry_edit"):
            assert "13912345678" not in str(
                connection.execute(text(f"SELECT * FROM {table}")).all()
            )


def test_where_to_look_can_be_narrowed(console: Console) -> None:
    other = take(console, PUBLIC, Filters(year=2019))
    assert other.outcome == "not_disclosed"
    assert "没有收录" in console.desk.reply(other)
    assert console.desk.open(other).evidence == ()


def test_days_are_those_of_the_callers_wherever_the_machine_stands(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        desk = replace(console.desk, clock=lambda: midnight(date(2026, 4, 1)) + 60)
        document = Document(io.BytesIO(desk.reply_docx(take(console, PUBLIC))))
        assert document.paragraphs[-1].text == "2026年4月1日"
        query = log_query(since=date(2026, 4, 1), until=date(2026, 4, 1))
        assert (query.since, query.until) == (1774972800, 1775059200)
    finally:
        monkeypatch.undo()
        time.tzset()
