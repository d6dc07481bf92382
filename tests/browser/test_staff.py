"""The desk in a real browser: signing in, answering by keyboard, replies, evidence, readings."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from qa_service.records.roles import Role
from tests.browser.conftest import PHONE
from tests.browser.staff import PASSWORD, VIEWS, Enter, Office, clipboard, take
from tests.browser.staff import enter as enter
from tests.browser.staff import office as office

pytestmark = pytest.mark.browser

PUBLIC = "三公经费预算是多少？"


def test_somebody_signs_in_and_out(browser: Browser, office: Office) -> None:
    page = browser.new_page(locale="zh-CN")
    office.site.complaints.clear()
    office.site.watch(page)
    page.goto(f"{office.url}/staff")
    expect(page).to_have_url(f"{office.url}/staff/sign-in")
    expect(page.get_by_label("账号")).to_be_focused()
    page.keyboard.type("王芳")
    page.keyboard.press("Tab")
    page.keyboard.type("不是这个密码呀")
    with page.expect_response("**/api/staff/sign-in"):
        page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("账号或密码不正确，或账号已停用。")
    expect(page.get_by_label("密码")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("来电内容")).to_be_focused()
    page.locator("summary", has_text="王芳").click()
    page.get_by_role("button", name="退出登录", exact=True).click()
    expect(page).to_have_url(f"{office.url}/staff/sign-in")
    page.goto(f"{office.url}/staff")
    expect(page).to_have_url(f"{office.url}/staff/sign-in")
    # The browser itself tells of the refused password.
    assert [c for c in office.site.complaints if "401" not in c] == []
    page.close()


def test_inquiry_is_answered_within_three_key_strokes(enter: Enter, office: Office) -> None:
    page = enter(Role.ANSWERER)
    expect(page.get_by_label("来电内容")).to_be_focused()
    page.keyboard.type("你们今年三公经费是多少？我电话13812345678")
    page.keyboard.press("Enter")
    expect(page.locator(".answer .prose")).to_contain_text("12.94万元")
    page.keyboard.press("c")
    expect(page.get_by_role("status").first).to_have_text("答复已复制，已记为已答复")
    reply = clipboard(page)
    assert reply.startswith("您好！感谢您的来电。\n您咨询的问题：“你们今年三公经费是多少？")
    assert "12.94万元" in reply
    assert "《柳州市科学技术局2026年部门预算》表7《财政拨款三公两费支出情况表》" in reply
    assert "口径说明" in reply
    assert "13812345678" not in reply
    expect(page.get_by_label("来电内容")).to_have_value(re.compile(r"138\*\*\*\*5678$"))
    expect(page.get_by_label("状态")).to_have_value("已答复")
    assert office.site.complaints == []


def test_evidence_is_open_with_the_cited_cell_and_its_neighbours(enter: Enter) -> None:
    page = enter(Role.ANSWERER)
    take(page, "差旅费预算是多少？")
    table = page.locator(".evidence table")
    expect(table.locator("td.cited")).to_have_text("34.49")
    expect(table.locator("tbody tr")).to_have_count(7)
    expect(table.locator("tr.cited-row")).to_have_count(1)
    page.get_by_role("button", name=re.compile("^整张表")).click()
    expect(page.locator(".evidence .whole tbody tr")).not_to_have_count(0)
    assert page.locator(".evidence .whole tbody tr").count() > 7


def test_another_reading_is_answered_by_one_key(enter: Enter) -> None:
    page = enter(Role.ANSWERER)
    take(page, PUBLIC)
    readings = page.get_by_role("region", name="读法")
    expect(readings.locator("tr.given")).to_contain_text("12.94")
    chosen = readings.locator("tr", has=page.locator("kbd", has_text="1"))
    value = chosen.locator("td").nth(1).inner_text()
    page.keyboard.press("1")
    expect(page.locator(".answer .prose")).to_contain_text(f"{value}万元")
    expect(page.get_by_role("textbox", name="答复稿")).to_have_value(re.compile(re.escape(value)))
    page.get_by_text("修改记录（1）").click()
    expect(page.locator(".edits del")).to_contain_text("12.94万元")


def test_reply_is_changed_and_its_figures_are_guarded(enter: Enter) -> None:
    page = enter(Role.ANSWERER)
    take(page, PUBLIC)
    page.keyboard.press("e")
    reply = page.get_by_role("textbox", name="答复稿")
    expect(reply).to_be_focused()
    reply.fill("您好，三公经费为13.94万元。")
    page.keyboard.press("Escape")
    alert = page.locator(".reply").get_by_role("alert")
    expect(alert).to_contain_text("这些数字不在答案中：13.94万元")
    reply.fill("您好，三公经费为12.94万元。")
    page.keyboard.press("Escape")
    expect(alert).to_be_empty()
    page.locator(".answer h2").focus()
    page.keyboard.press("c")
    expect(page.get_by_label("状态")).to_have_value("已答复")
    assert clipboard(page) == "您好，三公经费为12.94万元。"


def test_reply_is_taken_as_a_word_document(enter: Enter) -> None:
    page = enter(Role.ANSWERER)
    take(page, PUBLIC)
    with page.expect_download() as download:
        page.keyboard.press("d")
    document = Document(io.BytesIO(download.value.path().read_bytes()))
    assert document.paragraphs[0].text == "咨询答复"
    assert any("12.94万元" in paragraph.text for paragraph in document.paragraphs)
    assert document.tables[0].cell(1, 1).text == "12.94"


def test_question_back_and_follow_up_go_on_by_keys(enter: Enter) -> None:
    page = enter(Role.ANSWERER)
    take(page, "多少钱")
    expect(page.locator(".answer")).to_have_class(re.compile("clarify"))
    page.keyboard.press("1")
    expect(page.locator(".answer")).to_have_class(re.compile("answered"))
    take(page, PUBLIC)
    page.keyboard.press("/")
    page.get_by_label("来电内容").fill("那公务接待费呢")
    page.keyboard.press("Enter")
    expect(page.locator(".answer .prose")).to_contain_text("4.94万元")


def test_where_to_look_is_narrowed_by_year_and_table(enter: Enter) -> None:
    page = enter(Role.ANSWERER)
    take(page, PUBLIC)
    expect(page.locator(".evidence .source")).to_have_count(2)
    tables = page.get_by_label("表", exact=True)
    name = next(t for t in tables.locator("option").all_inner_texts() if t.startswith("表7"))
    tables.select_option(label=name)
    expect(page.locator(".evidence .source")).to_have_count(1)
    expect(page.locator(".evidence > .whole tbody tr")).not_to_have_count(0)
    page.get_by_label("部门", exact=True).select_option(index=1)
    page.get_by_label("年度").select_option(index=1)
    page.get_by_label("来电内容").press("Enter")
    expect(page.locator(".answer .prose")).to_contain_text("12.94万元")


def test_keys_are_listed_and_can_be_switched_off(enter: Enter) -> None:
    page = enter(Role.ANSWERER)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    listed = page.get_by_role("dialog", name="键盘操作")
    expect(listed).to_contain_text("新来电")
    listed.get_by_label("启用单键快捷键").uncheck()
    page.keyboard.press("Escape")
    expect(listed).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.press("l")
    expect(page).to_have_url(re.compile("#/desk$"))
    page.keyboard.press("?")
    page.get_by_label("启用单键快捷键").check()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("l")
    expect(page).to_have_url(re.compile("#/log$"))


def test_documents_and_callers_are_never_read_as_html(enter: Enter, office: Office) -> None:
    page = enter(Role.ANSWERER)
    take(page, "<img src=x onerror=alert(1)>三公经费预算是多少？")
    expect(page.locator(".recent a").first).to_contain_text("<img src=x")
    assert page.locator("main img").count() == 0
    assert office.site.complaints == []


def test_ended_session_leads_to_the_sign_in_page(enter: Enter, office: Office) -> None:
    page = enter(Role.ANSWERER)
    account = office.signing_in.accounts.named("李明")
    assert account is not None
    office.signing_in.sessions.close_all(account.id)
    page.get_by_label("来电内容").fill(PUBLIC)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{office.url}/staff/sign-in")


def overflow(page: Page) -> int:
    root = "document.documentElement"
    found = page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
    assert isinstance(found, int)
    return found


@pytest.mark.parametrize("view", VIEWS)
def test_narrow_window_never_scrolls_sideways(enter: Enter, view: str) -> None:
    page = enter(Role.ADMIN, view, width=PHONE["width"])
    if view == "desk":
        take(page, "公务接待费占三公经费的比例是多少？")
        scrolled = "box => box.scrollLeft"
        assert page.locator(".evidence .table-scroll").first.evaluate(scrolled) > 0
    assert overflow(page) == 0
