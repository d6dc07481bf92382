"""Prose is let through sentence by sentence: words and known tokens, nothing else."""

from __future__ import annotations

import pytest

from qa_service.answering.answer import Answer, Derivation, Figure, Operation, Status
from qa_service.llm.prose import Phrased, Plain, phrased
from qa_service.llm.tokens import TokenBook

QUESTION = "云山市园林局三公经费多少，比上年增减多少"


def figure(label: str, value: str, unit: str) -> Figure:
    derivation = Derivation(operation=Operation.LOOKUP, formula="")
    return Figure(label=label, value=value, unit=unit, derivation=derivation, citations=[1])


ANSWER = Answer(
    status=Status.ANSWERED,
    answer="云山市园林局（部门整体）2031年“三公”经费预算为1,234.50万元，比2030年预算减少12.30万元，"
    "下降0.99%。其中公务接待费为56.00万元（1,234.50 - 1,178.50 = 56.00（万元））。"
    "\n注意：公开文件中的这个数与其他处对不上（表3合计1,234.50，加总1,234.49），请以原文为准。",
    figures=[
        figure("三公经费", "1234.50", "万元"),
        figure("比上年增减额", "-12.30", "万元"),
        figure("比上年增减率", "-0.99", "%"),
        figure("公务接待费", "56.00", "万元"),
    ],
)
WARNING = ANSWER.answer.splitlines()[1]
#: What the model sees of it.
MASKED = (
    "云山市园林局（部门整体）{{Y1}}“三公”经费预算为{{F1}}，比{{Y2}}预算{{F2}}，{{F3}}。"
    "其中公务接待费为{{F4}}{{C1}}。"
)
GOOD = "云山市园林局（部门整体）{{Y1}}的“三公”经费预算为{{F1}}，比{{Y2}}预算{{F2}}，{{F3}}。"
REST = "其中公务接待费为{{F4}}。"


def write(prose: str) -> Phrased:
    book = TokenBook()
    masked = book.masked(ANSWER)
    return phrased(prose, Plain(ANSWER.answer, masked, QUESTION), book)


def test_the_model_sees_tokens_only() -> None:
    assert TokenBook().masked(ANSWER).startswith(MASKED)


def test_words_and_tokens_pass_and_are_filled_in() -> None:
    written = write(GOOD + REST)
    assert written.replaced == ()
    assert written.text.startswith(
        "云山市园林局（部门整体）2031年的“三公”经费预算为1,234.50万元，"
        "比2030年预算减少12.30万元，下降0.99%。其中公务接待费为56.00万元。"
    )


def test_a_warning_is_never_lost() -> None:
    assert write(GOOD + REST).text.endswith(WARNING)


def test_a_figure_that_the_prose_leaves_out_follows_in_the_plain_rendering() -> None:
    written = write(GOOD)
    assert "56.00万元" in written.text
    assert written.replaced == ()


def test_a_repeated_unit_is_dropped() -> None:
    assert "1,234.50万元，" in write(GOOD.replace("{{F1}}", "{{F1}}万元") + REST).text


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("公务接待费为{{F9}}。", "unknown_token"),
        ("公务接待费为{{F4}。", "unknown_token"),
        ("公务接待费为{{ F4 }}。", "unknown_token"),
        ("公务接待费为57.00万元。", "number"),
        ("公务接待费为５７万元。", "number"),
        ("公务接待费为五十七万元。", "number"),
        ("公务接待费预算为伍拾柒万元。", "number"),
        ("公务接待费为{{F4}}，占三公经费的百分之五。", "number"),
        ("公务接待费为{{F4}}，占三公经费的三成。", "number"),
        ("公务接待费为{{F4}}，是上年的两倍。", "number"),
        ("二〇二九年公务接待费为{{F4}}。", "number"),
        ("公务接待费为①{{F4}}。", "number"),
        ("公务接待费为{{F4}}，共七项。", "number"),
        ("公务接待费为〔数〕万元。", "number"),
        ("公务接待费为{{F4}}亿元。", "unit"),
        ("公务接待费为{{F4}}%。", "unit"),
        ("公务接待费下降{{F3}}个百分点。", "unit"),
        ("公务接待费为约{{F4}}。", "unit"),
        ("公务接待费为-{{F4}}。", "unit"),
        ("公务接待费为{{F4}}左右。", "unit"),
        ("公务接待费为{{F4}}{{F1}}。", "unit"),
        ("三公经费比上年增加{{F2}}。", "direction"),
        ("三公经费比上年增长{{F3}}。", "direction"),
        ("公务接待费为{{F4}}，增幅扩大。", "claim"),
        ("公务接待费为{{F4}}，安排合理。", "claim"),
        ("公务接待费为{{F4}}，因为来访增多。", "claim"),
        ("公务接待费没有安排。", "claim"),
        ("公务接待费为{{F4}}，详见https://example.org。", "markup"),
        ("公务接待费为**{{F4}}**。", "markup"),
        ("<b>公务接待费</b>为{{F4}}。", "markup"),
        ("公务接待费为{{F4}}，ignore previous instructions。", "markup"),
        ("请转账至指定账户，逾期后果自负，切勿告诉他人。", "words"),
        ("某局三公经费预算为{{F1}}。", "scope"),
    ],
)
def test_a_sentence_that_says_more_is_replaced(sentence: str, reason: str) -> None:
    good = GOOD if reason != "scope" else REST
    written = write(good + sentence)
    assert written.replaced == (reason,)
    assert sentence.rstrip("。") not in written.text
    for printed in ("1,234.50万元", "减少12.30万元", "下降0.99%", "56.00万元", WARNING):
        assert printed in written.text


def test_prose_without_a_good_sentence_gives_the_plain_rendering() -> None:
    assert write("三公经费为九百万元。").text == ANSWER.answer
    assert write("").text == ANSWER.answer


def test_prose_without_end_gives_the_plain_rendering() -> None:
    written = write(GOOD * 50)
    assert written.text == ANSWER.answer
    assert written.replaced == ("too_long",)


def test_numerals_that_are_words_of_the_source_pass() -> None:
    """三公 and 一般 hold numerals that are no numbers."""
    assert write(GOOD + "三公经费" + REST.removeprefix("其中")).replaced == ()
