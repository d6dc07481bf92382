"""The page over the real service and the shipped disclosure: ask, open, go on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser


def test_visitor_finds_a_figure_and_the_row_that_prints_it(
    browser: Browser, real_site: str
) -> None:
    context = browser.new_context(viewport=PHONE, locale="zh-CN", reduced_motion="reduce")
    page = context.new_page()
    page.goto(real_site)
    expect(page.locator("#held")).to_contain_text("柳州市科学技术局2026年部门预算")
    page.get_by_label("您的问题").fill("三公经费预算是多少？")
    page.keyboard.press("Enter")
    answer = page.locator(".answer")
    expect(answer.locator(".text")).to_contain_text("12.94万元")
    answer.get_by_role("button", name=re.compile("^12.94万元，查看依据")).first.click()
    expect(answer.locator("td.cited")).to_have_text("12.94")
    expect(answer.locator("caption")).to_contain_text("单位：万元")
    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(sideways) == 0
    context.close()


def test_every_starter_is_answered(browser: Browser, real_site: str) -> None:
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce")
    page = context.new_page()
    page.goto(real_site)
    page.locator(".starter").first.wait_for()
    for starter in page.locator(".starter").all():
        page.get_by_label("您的问题").fill(starter.text_content() or "")
        page.get_by_role("button", name="提问", exact=True).click()
        last = page.locator(".turn").last
        expect(last.locator(".actions")).to_be_visible()
        expect(last.locator(".remark, .failure")).to_have_count(0)
    context.close()
