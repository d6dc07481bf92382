"""Typing errors near known terms are read as meant; everything else stays as typed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.lexicon.characters import characters, initials
from disclosure.lexicon.homophones import Correction, Corrector, correct
from disclosure.text import fold

TERMS = [
    "三公经费",
    "预算",
    "机关运行经费",
    "公务接待费",
    "差旅费",
    "退休费",
    "办公费",
    "政府采购预算",
    "项目支出",
    "事业收入",
    "会议费",
    "工资",
    "住房公积金",
    "职业年金",
    "养老保险",
    "科技局",
    "应急局",
    "情报所",
    "智造中心",
    "福利费",
    "支出",
]
KNOWN = ["多少", "为什么", "去年", "哪个", "最多", "一下"]


@pytest.fixture(scope="module")
def corrector() -> Corrector:
    return Corrector(TERMS, KNOWN)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("三宫经费多少", "三公经费多少"),
        ("科枝局予算", "科技局预算"),
        ("机关运形经费", "机关运行经费"),
        ("公物接待费多少", "公务接待费多少"),
        ("差率费多少", "差旅费多少"),
        ("拆旅费", "差旅费"),
        ("三公金费", "三公经费"),
        ("政府踩购预算", "政府采购预算"),
        ("住房公基金", "住房公积金"),
        ("情报锁有多少钱", "情报所有多少钱"),
        ("智造忠心的支出", "智造中心的支出"),
        ("会意费多少", "会议费多少"),
        ("应及局多少", "应急局多少"),
    ],
)
def test_error_is_read_as_meant(corrector: Corrector, typed: str, meant: str) -> None:
    assert corrector.correct(typed)[0] == meant


@pytest.mark.parametrize(
    "text",
    [
        "三公经费比去年多了还是少了，为什么",
        "回忆一下会议费",  # 回忆 sounds like 会议
        "实业收入",  # 实业 is a word of its own, 事业收入 another term
        "职工自己的福利是多少",  # across words, 工自 sounds like 工资
        "王公子的工资",
        "指出一下支出",
        "科普局的预算",
        "科级领导职数几名",
        "二公经费",
        "深圳市信访局和民政局谁的多",
        "2026年10万元以上的项目有几个",
        "What is the travel budget?",
        "",
    ],
)
def test_readable_text_stays(corrector: Corrector, text: str) -> None:
    assert corrector.correct(fold(text)) == (fold(text), ())


def test_correction_tells_what_and_where(corrector: Corrector) -> None:
    _, corrections = corrector.correct("去年三宫经费予算")
    assert corrections == (Correction("三宫经费", "三公经费", 2), Correction("予算", "预算", 6))


def test_known_form_is_no_target() -> None:
    assert correct("以共多少钱", ["三公经费"], ["一共"])[1] == ()


def test_two_equally_near_terms_leave_the_text() -> None:
    assert correct("情报锁", ["情报所", "情报琐"])[1] == ()


@given(st.text(alphabet="三宫公经费予预算科枝技局0123456789.%一二百万元年的多少", max_size=40))
def test_numbers_are_never_altered(text: str) -> None:
    read, _ = Corrector(TERMS, KNOWN).correct(text)
    assert len(read) == len(text)
    numerals = "0123456789.%〇零一二三四五六七八九十百千万亿两"
    for typed, meant in zip(text, read, strict=True):
        assert typed == meant or typed not in numerals


@given(st.lists(st.sampled_from(TERMS + KNOWN), max_size=8))
def test_text_of_known_words_is_never_changed(words: list[str]) -> None:
    text = "，".join(words)
    assert Corrector(TERMS, KNOWN).correct(text) == (text, ())


def test_it_is_fast_with_thousands_of_names() -> None:
    names = [f"{a}{b}{c}所" for a in "科教财民司公交水农商卫" for b in TERMS for c in TERMS[:14]]
    big = Corrector([*TERMS, *names], KNOWN)
    text = "请问一下柳州市科枝局今年的机关运形经费和三宫经费予算分别是多少比去年多了还是少了"
    big.correct(text)
    start = time.process_time()
    for _ in range(20):
        big.correct(text)
    # 2 ms is the budget for one question; ten times that leaves room for a busy machine.
    assert (time.process_time() - start) / 20 < 0.02


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("科技局", "kjj"),
        ("柳州市科学技术局", "lzskxjsj"),
        ("重庆市科技局", "cqskjj"),
        ("会计中心", "kjzx"),
        ("A股12号", "ag12h"),
        ("公安局（本级）", "gajbj"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_pinyin_knows_words_read_otherwise() -> None:
    assert characters().pinyin("差旅费") == ("chai", "lv", "fei")
    assert characters().pinyin("重点") == ("zhong", "dian")
