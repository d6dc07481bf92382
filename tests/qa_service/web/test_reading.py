"""Narrative for reading."""

from __future__ import annotations

from disclosure.document import Locator
from disclosure.model import Aspect, Coordinates, Fact, Measure, Passage, PassageKind
from qa_service.web.reading import passage_html, sections_of


def _passage(number: int, *section: str, text: str = "文") -> Passage:
    return Passage(f"p{number}", "d", PassageKind.PARAGRAPH, section, text, Locator(line=number))


def _fact(printed: str, start: int | None = None, end: int | None = None) -> Fact:
    return Fact(
        id="f",
        disclosure_id="d",
        measure=Measure.EXPENDITURE,
        aspect=Aspect.AMOUNT,
        coordinates=Coordinates(),
        value=None,
        unit="万元",
        year=2030,
        label="",
        locator=Locator(start=start, end=end),
        printed=printed,
        passage_id="p1",
    )


def test_passages_stand_under_the_headings_that_change() -> None:
    sections = sections_of(
        [
            _passage(1, "一", "甲"),
            _passage(2, "一", "甲"),
            _passage(3, "一", "乙"),
            _passage(4, "二"),
        ]
    )
    assert [(s.title, s.level, len(s.paragraphs)) for s in sections] == [
        ("一", 1, 0), ("甲", 2, 2), ("乙", 2, 1), ("二", 1, 1),
    ]  # fmt: skip
    assert len({s.id for s in sections}) == 4


def test_coming_back_to_a_heading_repeats_it() -> None:
    sections = sections_of([_passage(1, "一", "甲"), _passage(2, "一")])
    assert [(s.title, s.level) for s in sections] == [("一", 1), ("甲", 2), ("一", 1)]


def test_figure_is_marked_where_it_stands_and_not_where_it_stands_first() -> None:
    html = passage_html("收5万元，支5万元", _fact("5万元", 6, 9))
    assert html == '收5万元，支<mark id="fact" tabindex="-1">5万元</mark>'


def test_figure_without_its_place_marks_what_prints_it_or_the_whole() -> None:
    assert passage_html("支5万元", _fact("5万元")) == '支<mark id="fact" tabindex="-1">5万元</mark>'
    assert passage_html("支", _fact("9")) == '<mark id="fact" tabindex="-1">支</mark>'


def test_text_of_a_document_is_never_markup() -> None:
    assert passage_html("<i>\n5<b>", _fact("5")) == (
        '&lt;i&gt;<br><mark id="fact" tabindex="-1">5</mark>&lt;b&gt;'
    )
