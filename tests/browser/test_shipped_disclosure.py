"""The page over the real service and the shipped disclosure: the whole way of a visitor."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.asking import ask, sideways
from tests.browser.conftest import DESKTOP, PHONE, picture

pytestmark = pytest.mark.browser


def _visit(browser: Browser, url: str, viewport: ViewportSize, name: str) -> Iterator[Page]:
    context = browser.new_context(viewport=viewport, locale="zh-CN", reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.goto(url)
    page.locator(".starter").first.wait_for()
    yield page
    picture(page, name)
    context.close()
    assert errors == []


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def visit(browser: Browser, real_site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    yield from _visit(browser, real_site, request.param, request.node.name)


@pytest.fixture
def desktop(browser: Browser, real_site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    yield from _visit(browser, real_site, DESKTOP, request.node.name)


def test_visitor_goes_the_whole_way(visit: Page) -> None:
    page = visit
    expect(page.locator(".held")).to_contain_text("柳州市科学技术局2026年部门预算")

    field = page.get_by_role("combobox")
    field.press_sequentially("公务接待")
    option = page.get_by_role("option").filter(has_text="公务接待费").first
    expect(option).to_be_visible()
    option.click()
    expect(field).not_to_have_value("公务接待")
    expect(field).to_be_focused()

    turn = ask(page, "三公经费预算是多少？")
    expect(turn.locator(".text")).to_contain_text("12.94万元")
    turn.locator(".text").get_by_role("button", name="12.94万元，查看依据").click()
    expect(page.locator("td.cited")).to_have_text("12.94")
    expect(page.locator("td.cited")).to_be_in_viewport(ratio=1)
    expect(page.locator(".drawer caption")).to_contain_text("单位：万元")
    expect(page.locator(".drawer mark").first).to_have_text("12.94")
    assert sideways(page) == 0
    page.keyboard.press("Escape")

    turn = ask(page, "那公务接待费占多少？")
    expect(turn.locator(".headline-value")).to_have_text("38.18%")
    turn.locator(".headline").click()
    expect(page.locator(".formula-box .formula")).to_contain_text("4.94 ÷ 12.94")
    page.keyboard.press("Escape")

    turn = ask(page, "金额最大的三个项目是哪些？")
    expect(turn.locator(".chart canvas")).to_be_visible()
    assert sideways(page) == 0

    turn.get_by_role("button", name="复制").click()
    expect(turn.get_by_text("已复制", exact=True)).to_be_visible()
    turn.get_by_role("button", name="永久链接").click()
    link = turn.get_by_role("link")
    expect(link).to_be_visible()
    assert "/a/" in (link.get_attribute("href") or "")
    turn.get_by_role("button", name="没看懂").click()
    turn.get_by_label("可以补充说明").fill("项目名太长")
    turn.get_by_role("button", name="提交").click()
    expect(turn.get_by_text("谢谢，已记下。")).to_be_visible()
    assert sideways(page) == 0


def test_every_starter_is_answered(desktop: Page) -> None:
    for starter in desktop.locator(".starter").all_text_contents():
        turn = ask(desktop, starter)
        expect(turn.locator(".text")).to_be_visible()
        expect(turn.locator(".remark, .failure")).to_have_count(0)


def test_conversation_of_thirty_turns_holds(desktop: Page) -> None:
    first = "柳州市科学技术局2026年三公经费预算是多少？"
    going_on = cycle(
        ["去年呢？", "为什么减少？", "其中公务接待费呢？", "占三公经费的比重？", "换算成元"]
    )
    ids: set[str] = set()
    desktop.on(
        "request",
        lambda r: (
            ids.add((r.post_data_json or {}).get("conversation_id") or "")
            if r.url.endswith("/api/ask/stream")
            else None
        ),
    )
    for question in (first, *islice(going_on, 28), first):
        turn = ask(desktop, question)
        expect(turn.locator(".failure")).to_have_count(0)
    expect(desktop.locator(".turn")).to_have_count(30)
    expect(turn.locator(".headline-value")).to_have_text("12.94万元")
    assert len(ids - {""}) == 1
    # What the follow-up before it meant was the conversation's own subject.
    expect(desktop.locator(".turn").nth(1).locator(".headline-value")).to_have_text("12.98万元")
    desktop.reload()
    expect(desktop.locator(".turn")).to_have_count(30)
    expect(desktop.locator(".turn").last).to_be_in_viewport()
    expect(ask(desktop, "去年呢？").locator(".headline-value")).to_have_text("12.98万元")
