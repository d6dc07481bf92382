"""Official names while typing: a combobox that the keyboard and a screen reader can use."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.asking import ask
from tests.browser.conftest import Opener, Site
from tests.support import scripted

pytestmark = pytest.mark.browser

NAMES = [
    {
        "text": "云山市园林局",
        "kind": "department",
        "hint": "海东省云山市 · 2031年",
        "question": "问一",
    },
    {"text": "园林养护", "kind": "subject", "hint": "2120501", "question": "园林养护支出是多少？"},
    {"text": "<b>园艺</b>", "kind": "project", "hint": "", "question": "问三"},
]


def names(page: Page, answer: Callable[[Route], None] | None = None) -> None:
    """Offer the names above, whatever is typed."""
    page.route(
        "**/api/suggest?*", answer or (lambda r: r.fulfill(body=json.dumps({"items": NAMES})))
    )


@pytest.fixture
def offered(open_page: Opener, site: Site) -> Page:
    page = open_page(site, prepare=names)
    page.get_by_role("combobox").press_sequentially("园")
    expect(page.get_by_role("option")).to_have_count(3)
    return page


def test_names_are_offered_with_what_they_are(offered: Page, site: Site) -> None:
    field = offered.get_by_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(offered.get_by_role("listbox", name="官方名称")).to_be_visible()
    first = offered.get_by_role("option").first
    expect(first).to_contain_text("云山市园林局")
    expect(first).to_contain_text("海东省云山市 · 2031年")
    expect(first).to_contain_text("部门")
    expect(offered.get_by_role("option").last).to_contain_text("<b>园艺</b>")
    expect(offered.get_by_role("status").filter(has_text="有3个官方名称可选")).to_have_count(1)
    assert site.complaints == []


def test_arrows_choose_and_enter_takes_before_it_asks(offered: Page, site: Site) -> None:
    field = offered.get_by_role("combobox")
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "suggestion-1")
    expect(offered.get_by_role("option", selected=True)).to_contain_text("园林养护")
    field.press("ArrowUp")
    field.press("ArrowUp")
    expect(offered.get_by_role("option", selected=True)).to_contain_text("园艺")
    field.press("ArrowUp")
    field.press("Enter")
    expect(field).to_have_value("园林养护支出是多少？")
    expect(offered.get_by_role("option")).to_have_count(0)
    assert site.service.asked == []
    field.press("Enter")
    expect(offered.locator(".asked")).to_have_text("园林养护支出是多少？")


def test_enter_without_a_choice_asks_what_was_typed(offered: Page) -> None:
    offered.get_by_role("combobox").press("Enter")
    expect(offered.locator(".asked")).to_have_text("园")
    expect(offered.get_by_role("option")).to_have_count(0)


def test_escape_closes_the_list_and_leaves_the_words(offered: Page) -> None:
    field = offered.get_by_role("combobox")
    field.press("Escape")
    expect(offered.get_by_role("option")).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("园")
    expect(field).to_be_focused()


def test_name_is_taken_by_a_click_and_the_field_keeps_the_focus(offered: Page) -> None:
    offered.get_by_role("option").nth(1).click()
    expect(offered.get_by_role("combobox")).to_have_value("园林养护支出是多少？")
    expect(offered.get_by_role("combobox")).to_be_focused()


def test_list_closes_when_the_field_is_left(offered: Page) -> None:
    offered.get_by_role("button", name="大字显示").focus()
    expect(offered.get_by_role("option")).to_have_count(0)


def test_answers_that_come_late_are_not_shown(open_page: Opener, site: Site) -> None:
    held: list[Route] = []
    page = open_page(site, prepare=lambda page: names(page, lambda route: held.append(route)))
    field = page.get_by_role("combobox")
    with page.expect_request("**/api/suggest?*"):
        field.press_sequentially("园")
    field.press("Enter")
    expect(page.locator(".asked")).to_have_text("园")
    expect(page.locator(".turn [aria-busy]")).to_have_count(0)
    assert len(held) == 1
    held[0].fulfill(body=json.dumps({"items": NAMES}))
    ask(page, scripted.TOTAL)
    expect(page.get_by_role("option")).to_have_count(0)


def test_asking_goes_on_without_names(open_page: Opener, site: Site) -> None:
    page = open_page(site, prepare=lambda page: names(page, lambda route: route.abort()))
    with page.expect_event("requestfailed"):
        page.get_by_role("combobox").press_sequentially("园")
    ask(page, scripted.TOTAL)
    expect(page.locator(".answer .text")).to_contain_text("3,200.50万元")


def test_what_an_input_method_composes_is_not_looked_up(open_page: Opener, site: Site) -> None:
    looked_up: list[str] = []

    def note(route: Route) -> None:
        looked_up.append(route.request.url)
        route.fulfill(body=json.dumps({"items": NAMES}))

    page = open_page(site, prepare=lambda page: names(page, note))
    session = page.context.new_cdp_session(page)
    page.get_by_role("combobox").focus()
    session.send(
        "Input.imeSetComposition", {"text": "yuan", "selectionStart": 4, "selectionEnd": 4}
    )
    session.send("Input.insertText", {"text": "园"})
    expect(page.get_by_role("option")).to_have_count(3)
    assert len(looked_up) == 1
    assert "q=%E5%9B%AD&" in looked_up[0]


def test_chat_about_one_document_offers_its_names_only(open_page: Opener, site: Site) -> None:
    page = open_page(site, attributes='disclosure="d1"', prepare=names)
    with page.expect_request("**/api/suggest?*") as request:
        page.get_by_role("combobox").press_sequentially("园")
    assert "disclosure_id=d1" in request.value.url
