"""The console's other views in a real browser: log, explorer, standard answers, candidates,
accounts; and that each is accessible."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from qa_service.records.roles import Role
from tests.browser.staff import PASSWORD, VIEWS, Enter, Office, take
from tests.browser.staff import enter as enter
from tests.browser.staff import office as office
from tests.browser.test_accessibility import findings

pytestmark = pytest.mark.browser


def go(page: Page, key: str) -> None:
    """To another view, by keyboard."""
    page.keyboard.press("g")
    page.keyboard.press(key)


def test_log_is_searched_opened_and_exported(enter: Enter, office: Office) -> None:
    page = enter(Role.ANSWERER)
    page.get_by_label("来访").check()
    page.get_by_label("来电内容").focus()
    page.keyboard.type("培训费预算是多少？")
    page.keyboard.press("Enter")
    expect(page.locator(".answer h2")).to_be_focused()
    page.get_by_label("备注").fill("请回电13812345678")
    page.get_by_label("备注").press("Tab")
    expect(page.get_by_label("备注")).to_have_value("请回电138****5678")
    page.locator(".answer h2").focus()
    go(page, "l")
    page.keyboard.press("/")
    page.keyboard.type("请回电")
    page.keyboard.press("Enter")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("培训费预算是多少？")
    expect(rows).to_contain_text("来访")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert "请回电138****5678" in text
    assert "13812345678" not in text
    page.get_by_role("link", name="培训费预算是多少？").click()
    expect(page.locator(".about")).to_contain_text("来访 · 李明")
    expect(page.get_by_text("修改记录（1）")).to_be_visible()
    assert office.site.complaints == []


def test_explorer_sorts_and_sums_with_its_formula(enter: Enter, office: Office) -> None:
    page = enter(Role.ANSWERER, "facts")
    page.get_by_label("查找").fill("培训费")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr td:nth-child(5)").first).to_contain_text("培训费")
    page.get_by_label("查找").fill("")
    page.get_by_label("表", exact=True).select_option(label="“三公”经费支出表")
    page.get_by_label("性质").select_option(label="金额")
    page.get_by_role("button", name="数值").click()
    expect(page.get_by_role("columnheader", name="数值")).to_have_attribute(
        "aria-sort", "descending"
    )
    values = page.locator("tbody td.amount")
    expect(values.first).to_have_text("12.94")
    numbers = [float(text.replace(",", "")) for text in values.all_inner_texts()]
    assert numbers == sorted(numbers, reverse=True)
    boxes = page.locator("tbody input[type=checkbox]")
    totals = page.get_by_role("region", name="所选合计")
    boxes.nth(0).check()
    expect(totals).to_contain_text("合计（1项）：12.94万元")
    boxes.nth(1).check()
    first, second = values.nth(0).inner_text(), values.nth(1).inner_text()
    expect(totals.locator("code")).to_contain_text(f"{first} + {second} = ")
    expect(totals.locator(".warnings")).to_contain_text("重复计算")
    page.get_by_label("折算单位").select_option("元")
    expect(totals.locator("code")).to_contain_text("129,400 + ")
    totals.get_by_role("button", name="清除所选").click()
    expect(totals).to_contain_text("勾选若干行")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 CSV").click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("部门,年度,类别,公开文件,表")
    assert len(lines) > 10
    assert office.site.complaints == []


def test_wording_is_proposed_approved_served_and_retired(enter: Enter) -> None:
    question, wording = "公务接待费预算是多少？", "公务接待费预算4.94万元，欢迎监督。"
    page = enter(Role.ANSWERER)
    take(page, question)
    page.keyboard.press("t")
    dialog = page.get_by_role("dialog", name="拟为标准答案")
    dialog.get_by_label("答案").fill("公务接待费预算5.94万元。")
    dialog.get_by_role("button", name="提交审核").click()
    expect(dialog.get_by_role("alert")).to_contain_text("5.94万元")
    dialog.get_by_label("答案").fill(wording)
    dialog.get_by_role("button", name="提交审核").click()
    expect(dialog).to_have_count(0)
    go(page, "s")
    card = page.get_by_role("article").filter(has_text=question)
    expect(card).to_contain_text("待批准")
    expect(card.get_by_role("button")).to_have_count(0)

    reviewing = enter(Role.REVIEWER, "standards")
    card = reviewing.get_by_role("article").filter(has_text=question)
    card.get_by_role("button", name="批准使用").click()
    expect(card).to_contain_text("使用中")
    go(page, "d")
    take(page, "公务接待费有多少")
    expect(page.locator(".answer .prose")).to_have_text(wording)
    expect(page.locator(".evidence .source")).not_to_have_count(0)
    reviewing.reload()
    expect(card).to_contain_text("使用 1 次")
    card.get_by_role("button", name="停用").click()
    expect(card).to_contain_text("已停用")
    take(page, question)
    expect(page.locator(".answer .prose")).not_to_have_text(wording)


def test_marked_answer_becomes_a_reviewed_candidate(enter: Enter) -> None:
    page = enter(Role.ANSWERER)
    take(page, "会议费预算是多少？")
    page.keyboard.press("w")
    dialog = page.get_by_role("dialog", name="标记答案")
    dialog.get_by_label("说明").fill("应当说明是部门整体")
    dialog.get_by_label("应有的数").fill("很多钱")
    dialog.get_by_role("button", name="标记", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("不是数和单位")
    dialog.get_by_label("应有的数").fill("3.93万元")
    dialog.get_by_role("button", name="标记", exact=True).click()
    expect(dialog).to_have_count(0)

    reviewing = enter(Role.REVIEWER, "candidates")
    card = reviewing.get_by_role("article").filter(has_text="应当说明是部门整体")
    expect(card.get_by_label("应有的数")).to_have_value("3.93万元")
    card.get_by_label("应含的字句", exact=True).fill("部门整体")
    card.get_by_role("button", name="通过").click()
    expect(card).to_contain_text("已通过")
    expect(card.get_by_label("应含的字句", exact=True)).to_have_value("部门整体")


def test_admin_makes_and_disables_an_account_and_sees_who_did_what(enter: Enter) -> None:
    page = enter(Role.ADMIN, "admin")
    page.get_by_role("button", name="新建账号").click()
    dialog = page.get_by_role("dialog", name="新建账号")
    dialog.get_by_label("账号").fill("孙新")
    dialog.get_by_label("密码").fill("短")
    dialog.get_by_role("button", name="新建").click()
    expect(dialog.get_by_role("alert")).to_contain_text("密码须为10至256个字符")
    dialog.get_by_label("密码").fill(PASSWORD)
    dialog.get_by_role("button", name="新建").click()
    row = page.get_by_role("row").filter(has_text="孙新").first
    row.get_by_label("孙新的权限").select_option(label="审核员")
    row.get_by_role("button", name="停用").click()
    expect(row).to_contain_text("已停用")
    page.get_by_label("操作", exact=True).select_option(label="停用账号")
    page.get_by_role("button", name="查看").click()
    log = page.get_by_role("region", name="操作日志").locator("tbody tr")
    expect(log).to_have_count(1)
    expect(log).to_contain_text("王芳停用账号孙新")


def test_what_a_reader_says_is_seen_and_becomes_an_inquiry(enter: Enter, office: Office) -> None:
    for number, (verdict, note) in enumerate((("right", ""), ("wrong", "请回电13812345678"))):
        asked = {"question": ("会议费预算是多少？", "培训费预算是多少？")[number]}
        given = httpx.post(f"{office.url}/api/ask", json=asked).json()
        address = f"{office.url}/api/answers/{given['answer_id']}/feedback"
        httpx.post(address, json={"verdict": verdict, "note": note}).raise_for_status()
    page = enter(Role.ANSWERER)
    page.keyboard.press("Escape")
    go(page, "r")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(2)
    page.get_by_label("评价", exact=True).select_option(label="不对")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("请回电138****5678")
    expect(rows).to_contain_text("培训费预算是多少？")
    rows.get_by_role("button", name="转为咨询").click()
    expect(page.get_by_label("备注")).to_have_value("读者评价“不对”：请回电138****5678")
    expect(page.get_by_role("textbox", name="答复稿")).to_have_value(re.compile("网上留言"))
    assert office.site.complaints == []


def test_roles_see_what_they_may(enter: Enter) -> None:
    page = enter(Role.ANSWERER, "admin")
    expect(page.get_by_role("link", name="管理")).to_have_count(0)
    expect(page.get_by_label("来电内容")).to_be_visible()
    admin = enter(Role.ADMIN)
    expect(admin.get_by_role("link", name="管理")).to_be_visible()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(enter: Enter, view: str, colours: str) -> None:
    page = enter(Role.ADMIN, view, colours=colours)
    if view == "desk":
        take(page, "机构运行经费是多少")
        page.get_by_text("这件咨询").or_(page.locator(".about")).first.wait_for()
    elif view == "facts":
        page.locator("tbody input").first.check()
        expect(page.locator(".sum code")).to_be_visible()
    assert findings(page) == []


def test_axe_finds_nothing_in_dialogs_and_at_the_door(enter: Enter, office: Office) -> None:
    page = enter(Role.ANSWERER)
    take(page, "三公经费预算是多少？")
    for key in ("?", "w", "t"):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        assert findings(page) == []
        page.keyboard.press("Escape")
    page.context.clear_cookies()
    page.goto(f"{office.url}/staff/sign-in?reason=%E8%AF%95")
    expect(page.get_by_role("alert")).to_have_text("试")
    assert findings(page) == []


def test_theme_is_kept(enter: Enter) -> None:
    page = enter(Role.ANSWERER)
    paper = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(paper)
    page.get_by_role("button", name="切换深色或浅色").click()
    after = page.evaluate(paper)
    assert before != after
    page.reload()
    expect(page.get_by_label("来电内容")).to_be_visible()
    assert page.evaluate(paper) == after
    expect(page.locator("html")).to_have_attribute("data-theme", re.compile("dark|light"))
