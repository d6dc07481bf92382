"""The guard of what staff write: only the answer's figures pass."""

from __future__ import annotations

import pytest

from qa_service.answering.answer import Answer
from qa_service.records.standard_answers import StatedFigure
from qa_service.staff.statements import UnfoundedError, check, stated_figures
from tests.support import scripted

SHARE = scripted.ANSWERS[scripted.SHARE]
TOTAL = scripted.ANSWERS[scripted.TOTAL]


@pytest.mark.parametrize(
    "text",
    [
        "项目支出2,000.40万元，占62.50%。",
        "项目支出2000.40万元，占62.5%。",
        "项目支出20,004,000元。",
        "支出总预算为3,200.50万元，见表3。",
        "没有数字的话。",
    ],
)
def test_figure_of_the_answer_may_be_said_in_any_form(text: str) -> None:
    check(text, SHARE, scripted.SHARE)


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("项目支出2,000.41万元。", "2,000.41万元"),
        ("项目支出2,000.40元。", "2,000.40元"),
        ("占比62.50万元。", "62.50万元"),
        ("约2,000万元。", "2,000万元"),
        ("项目支出两千万元。", "2000万元"),
        ("占比百分之六十三，即63%。", "63%"),
        ("占百分之六十三。", "63%"),
        ("共有17个项目。", "17"),
        ("共有十七个项目。", "17"),
        ("大约三千二百多万元。", "三千二百多万"),
        ("有好几亿元。", "几亿"),
        ("约2,000.40多万元。", "2,000.40多万"),
        ("1,200.10万元为基本支出。", "1,200.10万元"),
    ],
)
def test_any_other_figure_is_refused(text: str, strange: str) -> None:
    with pytest.raises(UnfoundedError) as refused:
        check(text, SHARE, scripted.SHARE)
    assert strange in refused.value.figures
    assert strange in str(refused.value)


def test_number_of_the_question_may_be_repeated() -> None:
    with pytest.raises(UnfoundedError):
        check("您问的是2031年第7个项目。", SHARE)
    check("您问的是2031年第7个项目。", SHARE, "2031年第7个项目占比")


def test_stated_figures_are_those_that_the_text_gives() -> None:
    assert stated_figures("总预算3,200.50万元", TOTAL) == (
        StatedFigure("支出总预算", "3200.50", "万元"),
    )
    assert stated_figures("总预算32,005,000元", TOTAL) != ()
    assert stated_figures("请看公开文件", TOTAL) == ()
    assert stated_figures("62.5%", SHARE) == (StatedFigure("项目支出占比", "62.50", "%"),)


def test_decrease_is_said_without_its_sign() -> None:
    figure = TOTAL.figures[0].model_copy(update={"value": "-4.07", "label": "增减额"})
    answer = Answer(status=TOTAL.status, answer="减少4.07万元", figures=[figure])
    check("比上年减少4.07万元。", answer)
    assert stated_figures("减少4.07万元", answer) == (StatedFigure("增减额", "-4.07", "万元"),)
