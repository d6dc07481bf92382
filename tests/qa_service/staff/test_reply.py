"""The reply's register: greeting by channel, basis, scope, and nothing that the answer lacks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from disclosure.model import Kind, Level
from qa_service.records.inquiries import Channel
from qa_service.staff.reply import compose
from qa_service.staff.statements import UnfoundedError
from tests.support import scripted

TOTAL = scripted.ANSWERS[scripted.TOTAL]


class OneDisclosure(scripted.ScriptedLibrary):
    """The scripted library with its disclosure changed."""

    def __init__(self, **changes: object) -> None:
        super().__init__()
        self._disclosures = [replace(self._disclosures[0], **changes)]  # type: ignore[arg-type]


def text(library: scripted.ScriptedLibrary | None = None) -> str:
    held = library if library is not None else scripted.ScriptedLibrary()
    return compose(scripted.TOTAL, Channel.PHONE, TOTAL, held).text()


@pytest.mark.parametrize(
    ("channel", "greeting"),
    [
        (Channel.PHONE, "来电"),
        (Channel.WEB, "留言"),
        (Channel.VISIT, "来访"),
        (Channel.LETTER, "来信"),
        (Channel.OTHER, "咨询"),
    ],
)
def test_greeting_is_that_of_the_channel(channel: Channel, greeting: str) -> None:
    reply = compose(scripted.TOTAL, channel, TOTAL, scripted.ScriptedLibrary())
    assert reply.greeting.startswith("您好！")
    assert greeting in reply.greeting


def test_scope_tells_budget_from_final_account_and_department_from_unit() -> None:
    assert "2031年部门预算数（年初预算安排），不是决算数" in text()
    assert "部门整体，含本级和所属单位" in text()
    final = text(OneDisclosure(kind=Kind.FINAL_ACCOUNT, level=Level.UNIT))
    assert "2031年部门决算数（实际执行结果），不是预算数" in final
    assert "指本单位，不含其他单位" in final


def test_line_on_the_scope_that_the_answer_does_not_bear_out_is_left_out() -> None:
    assert "1999" not in text(OneDisclosure(year=1999))


def test_answer_is_given_where_nothing_is_published_any_more() -> None:
    reply = compose(scripted.TOTAL, Channel.PHONE, TOTAL, None).text()
    assert "3,200.50万元" in reply
    assert "口径说明" not in reply


def test_answer_that_contradicts_its_own_figures_is_no_reply() -> None:
    wrong = TOTAL.model_copy(update={"options": ["其中9,999.99万元用于什么？"]})
    compose(scripted.TOTAL, Channel.PHONE, wrong, None)
    basis = TOTAL.citations[0].model_copy(update={"section": "共7章", "table": None})
    silent = TOTAL.model_copy(update={"citations": [basis]})
    with pytest.raises(UnfoundedError, match="7"):
        compose(scripted.TOTAL, Channel.PHONE, silent, None)


def test_names_in_quotation_marks_stand_in_single_ones() -> None:
    marked = TOTAL.citations[0].model_copy(update={"row": "“三公”经费"})
    answer = TOTAL.model_copy(update={"citations": [marked]})
    assert "“‘三公’经费”行" in compose("“三公”呢", Channel.PHONE, answer, None).text()
