"""The compact form that sentences are matched in, and the way back to the print."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.narrative.prose import Prose, brackets


def test_spaces_of_line_breaks_and_full_width_forms_are_gone() -> None:
    prose = Prose("２０２６年 预 算 收入1,234.50 万元（含上年结转）, 增长5％;")
    assert prose.text == "2026年预算收入1,234.50万元(含上年结转)，增长5%；"


def test_a_comma_inside_a_number_is_no_sentence_mark() -> None:
    assert Prose("收入9，050.14万元，支出3，5万元").text == "收入9,050.14万元，支出3，5万元"


def test_a_span_is_quoted_as_it_is_printed() -> None:
    prose = Prose("收入 1 234 万元")
    start = prose.text.index("1234")
    assert prose.quote(start, len(prose)) == "1 234 万元"


@given(st.text(alphabet="收入支出，。 0123456789.,％（）\u3000\n", max_size=40))
def test_every_position_leads_back_into_the_print(source: str) -> None:
    prose = Prose(source)
    assert len(prose.text) == len(prose)
    places = [prose.start(i) for i in range(len(prose))]
    assert places == sorted(set(places))
    assert all(not source[place].isspace() for place in places)


def test_brackets_that_belong_together_are_paired_inside_out() -> None:
    assert brackets("a(b(c)d)e)(f") == [(3, 5), (1, 7)]
