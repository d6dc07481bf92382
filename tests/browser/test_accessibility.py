"""Use without a mouse, without sight, with large letters: WCAG 2.2 AA."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import ask, focused
from tests.browser.conftest import DESKTOP, PHONE, ROOT, Opener, Site
from tests.support import scripted

pytestmark = pytest.mark.browser

_AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"


def findings(page: Page) -> list[str]:
    """What axe-core finds on the page, with the elements concerned."""
    if not _AXE.exists():
        pytest.skip("axe-core is not installed: run make web")
    # Evaluated by the browser's own tools: the page's policy stays as strict as it is.
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    violations = page.evaluate(
        "axe.run().then(({ violations }) => violations.map(({ id, nodes }) =>"
        " `${id}: ${nodes.map(({ html, any }) => html.slice(0, 200) +"
        " ' ' + any.map((one) => one.message).join(' ')).join(' | ')}`))"
    )
    assert isinstance(violations, list)
    return violations


def _conversation(page: Page) -> None:
    """Every kind of answer, with what can be unfolded, and a failure."""
    for question in (scripted.SHARE, scripted.CLARIFY, scripted.NOT_DISCLOSED, scripted.MANY):
        ask(page, question)
    turn = ask(page, scripted.COMPOSITION)
    expect(turn.get_by_role("button", name="存为图片")).to_be_visible()
    turn.locator("summary").first.click()
    turn = ask(page, scripted.KEPT)
    turn.get_by_role("button", name="不对").click()
    expect(turn.get_by_label("可以补充说明")).to_be_visible()
    page.route("**/api/ask/stream", lambda route: route.abort())
    expect(ask(page, scripted.TOTAL).get_by_role("alert")).to_be_visible()


def _names(page: Page) -> None:
    items = [{"text": "园林养护", "kind": "subject", "hint": "2120501", "question": "多少？"}]
    page.route("**/api/suggest?*", lambda r: r.fulfill(body=json.dumps({"items": items})))
    page.get_by_role("combobox").press_sequentially("园")
    expect(page.get_by_role("option")).to_have_count(1)
    page.get_by_role("combobox").press("ArrowDown")


def _row(page: Page) -> None:
    ask(page, scripted.SHARE).locator(".headline").click()
    expect(page.locator("td.cited")).to_have_count(2)


def _paragraph(page: Page) -> None:
    ask(page, scripted.WHY).locator(".cite").click()
    expect(page.locator(".drawer .sentence")).to_be_visible()


STATES: dict[str, Callable[[Page], object]] = {
    "welcome": lambda page: page.locator(".starter").first.wait_for(),
    "conversation": _conversation,
    "names": _names,
    "row": _row,
    "paragraph": _paragraph,
}


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(open_page: Opener, site: Site, state: str, colours: str) -> None:
    viewport = PHONE if colours == "dark" else DESKTOP
    page = open_page(site, viewport, colours=colours)
    STATES[state](page)
    assert findings(page) == []


def test_axe_finds_nothing_in_english_and_large(open_page: Opener, site: Site) -> None:
    page = open_page(site, PHONE, attributes="large-text", language="en")
    _row(page)
    assert findings(page) == []


def test_axe_finds_nothing_on_the_home_page(page: Page, site: Site) -> None:
    page.goto(site.url)
    page.locator(".starter").first.wait_for()
    assert findings(page) == []


def test_keyboard_alone_is_enough(page: Page, site: Site) -> None:
    def tab_to(selector: str, key: str = "Tab", most: int = 40) -> None:
        for _ in range(most):
            page.keyboard.press(key)
            if focused(page).count() and focused(page).evaluate(
                "(element, selector) => element.matches(selector)", selector
            ):
                return
        pytest.fail(f"{key} does not lead to {selector}")

    tab_to(".field")
    page.keyboard.type(scripted.SHARE)
    page.keyboard.press("Enter")
    expect(page.locator(".sources")).to_be_visible()
    expect(page.get_by_role("combobox")).to_be_focused()
    tab_to("button.figure", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(focused(page)).to_have_text("依据")
    tab_to(".inputs .number")
    page.keyboard.press("Enter")
    expect(focused(page)).to_have_class("source")
    page.keyboard.press("Escape")
    expect(page.locator(".drawer")).to_be_hidden()
    expect(focused(page)).to_have_class("figure")
    tab_to(".follow-ups .choice")
    page.keyboard.press("Enter")
    expect(page.locator(".asked").last).to_have_text(scripted.WHY)
    tab_to(".field")
    assert site.complaints == []


def test_escape_stops_a_running_question(page: Page) -> None:
    page.route("**/api/ask/stream", lambda route: None)
    page.get_by_role("combobox").fill(scripted.TOTAL)
    page.keyboard.press("Enter")
    expect(page.get_by_text("正在查找…").last).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".failure")).to_have_text("已停止。")


def test_answer_is_announced_once_and_whole(page: Page) -> None:
    page.evaluate(
        """() => {
            const chat = document.querySelector('budget-qa-chat').shadowRoot;
            const live = chat.querySelector('.shell > [role=status]');
            window.announced = [];
            new MutationObserver(() => window.announced.push(live.textContent))
                .observe(live, { childList: true });
        }"""
    )
    ask(page, scripted.TOTAL)
    assert page.evaluate("window.announced") == [
        "正在查找…",
        f"回答：{scripted.ANSWERS[scripted.TOTAL].answer}",
    ]


def test_everything_to_press_is_large_enough_to_touch(phone: Page) -> None:
    ask(phone, scripted.CLARIFY)
    ask(phone, scripted.KEPT)
    turn = ask(phone, scripted.SHARE)
    turn.locator(".headline").click()
    pressable = ".shell :is(button, a, summary, input):visible"
    for target in phone.locator(pressable).all():
        box = target.bounding_box()
        assert box is not None
        name = target.evaluate("(element) => element.className")
        assert min(box["width"], box["height"]) >= 24, name
    main = ".choice:visible, .send:visible, .headline:visible, .cite:visible, .field:visible"
    for target in phone.locator(main).all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 40


def test_nothing_moves_for_those_who_want_it_still(page: Page) -> None:
    page.route("**/api/ask/stream", lambda route: None)
    page.get_by_role("combobox").fill(scripted.TOTAL)
    page.keyboard.press("Enter")
    waiting = page.locator(".waiting")
    assert waiting.evaluate("(element) => getComputedStyle(element).animationName") == "none"
