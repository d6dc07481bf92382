"""The public page in a real browser, on a desktop and on the narrowest phone."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Site
from tests.support import scripted

pytestmark = pytest.mark.browser


def ask(page: Page, question: str) -> None:
    page.get_by_label("您的问题").fill(question)
    page.get_by_role("button", name="提问", exact=True).click()
    expect(page.locator(".turn").last.locator(".asked")).to_have_text(question)
    expect(page.locator(".turn").last.locator("[aria-busy]")).to_have_count(0)


def test_page_shows_what_is_loaded_and_how_to_begin(page: Page, site: Site) -> None:
    expect(page).to_have_title("预算问 · 部门预算公开问答")
    expect(page.locator("#held")).to_contain_text("云山市园林局2031年部门预算")
    expect(page.locator(".starter")).to_have_text(scripted.STARTERS)
    assert site.complaints == []


def test_answer_shows_its_figure_and_opens_its_evidence(page: Page, site: Site) -> None:
    ask(page, scripted.SHARE)
    answer = page.locator(".answer")
    expect(answer.locator(".text")).to_have_text(scripted.ANSWERS[scripted.SHARE].answer)
    expect(answer.locator(".formula")).to_have_text("2,000.40 ÷ 3,200.50 × 100% = 62.50%")
    expect(answer.locator("table")).to_have_count(0)
    answer.get_by_role("button", name="62.50%，查看依据1").click()
    expect(answer.locator("td.cited")).to_have_text("2,000.40")
    expect(answer.locator("td.cited")).to_be_in_viewport()
    expect(answer.locator("thead tr").first.locator("th").last).to_have_text("支出")
    expect(answer.locator("thead tr").last.locator("th")).to_have_text(["基本支出", "项目支出"])
    assert site.complaints == []


def test_citation_of_a_passage_opens_to_its_sentence(page: Page, site: Site) -> None:
    ask(page, scripted.WHY)
    page.locator(".source summary").click()
    expect(page.locator(".source blockquote")).to_contain_text("压减了一次性绿化项目")
    expect(page.locator(".source dl")).to_contain_text("第96行")
    assert site.complaints == []


def test_evidence_that_is_gone_leaves_the_quote(page: Page) -> None:
    ask(page, scripted.OPTION_A)
    with page.expect_response("**/row"):
        page.locator(".source summary").click()
    expect(page.locator(".source blockquote")).to_have_text("机构运行 | 700.00")
    expect(page.locator(".source dl")).to_contain_text("合计")


def test_long_list_of_evidence_opens_in_two_steps(page: Page, site: Site) -> None:
    ask(page, scripted.MANY)
    sources = page.locator(".source")
    expect(sources).to_have_count(8)
    expect(sources.nth(3)).to_be_visible()
    expect(sources.nth(4)).to_be_hidden()
    page.get_by_role("button", name="80.5万元，查看依据8").click()
    expect(sources.nth(7).locator("td.cited")).to_be_in_viewport()
    assert site.complaints == []


def test_starter_follow_up_and_option_ask_when_clicked(page: Page, site: Site) -> None:
    page.get_by_role("button", name=scripted.TOTAL).click()
    page.get_by_role("button", name=scripted.WHY).click()
    expect(page.locator(".asked")).to_have_text([scripted.TOTAL, scripted.WHY])
    ask(page, scripted.CLARIFY)
    expect(page.locator(".remark")).to_have_text("请选择")
    page.get_by_role("button", name=scripted.OPTION_A).click()
    expect(page.locator(".turn").last.locator(".text")).to_contain_text("700.00万元")
    assert [question for question, _, _ in site.service.asked] == [
        scripted.TOTAL, scripted.WHY, scripted.CLARIFY, scripted.OPTION_A,
    ]  # fmt: skip
    assert site.complaints == []


def test_conversation_is_one_and_survives_a_reload(page: Page, site: Site) -> None:
    ask(page, scripted.TOTAL)
    page.reload()
    expect(page.locator(".asked")).to_have_text([scripted.TOTAL])
    ask(page, scripted.WHY)
    (_, first, _), (_, second, _) = site.service.asked
    assert first is None
    assert second is not None
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".starter").first).to_be_visible()
    ask(page, scripted.WHY)
    assert site.service.asked[-1][1] is None


def test_documents_and_questions_are_never_read_as_html(page: Page, site: Site) -> None:
    ask(page, scripted.HOSTILE)
    page.locator(".source summary").click()
    expect(page.locator(".answer .text")).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator(".source blockquote")).to_contain_text("<script>alert(1)</script>")
    expect(page.get_by_role("button", name="<i>再问</i>")).to_be_visible()
    ask(page, "<b>粗</b>")
    expect(page.locator(".asked").last).to_have_text("<b>粗</b>")
    assert page.locator(".turn img, .turn b, .turn i, .turn script").count() == 0
    assert site.complaints == []


def test_failure_is_told_and_can_be_retried(page: Page, site: Site) -> None:
    page.route("**/api/ask/stream", lambda route: route.abort())
    ask(page, scripted.TOTAL)
    expect(page.get_by_role("alert")).to_have_text("连接不到服务。请检查网络后重试。")
    page.unroute("**/api/ask/stream")
    page.get_by_role("button", name="重试").click()
    expect(page.locator(".answer .text")).to_contain_text("3,200.50万元")
    expect(page.locator(".turn")).to_have_count(1)


def test_problem_of_the_service_is_told_in_its_words(page: Page) -> None:
    def refuse(route: Route) -> None:
        problem = {"detail": "提问过于频繁，请在9秒后再试。"}
        route.fulfill(status=429, body=json.dumps(problem), headers={"Retry-After": "9"})

    page.route("**/api/ask/stream", refuse)
    ask(page, scripted.TOTAL)
    expect(page.get_by_role("alert")).to_have_text("提问过于频繁，请在9秒后再试。")


def test_stream_that_breaks_off_is_no_answer(page: Page) -> None:
    half = 'event: text\r\ndata: {"text": "支出总预算为3"}\r\n\r\n'
    page.route(
        "**/api/ask/stream",
        lambda route: route.fulfill(body=half, content_type="text/event-stream"),
    )
    ask(page, scripted.TOTAL)
    expect(page.get_by_role("alert")).to_have_text("回答中途断开。请重试。")
    expect(page.locator(".answer")).not_to_contain_text("支出总预算为3")


def test_running_question_can_be_stopped(page: Page) -> None:
    held: list[Route] = []
    page.route("**/api/ask/stream", lambda route: held.append(route))
    page.get_by_label("您的问题").fill(scripted.TOTAL)
    page.get_by_role("button", name="提问").click()
    page.get_by_role("button", name="停止").click()
    expect(page.locator(".failure")).to_have_text("已停止。")
    expect(page.get_by_role("button", name="提问", exact=True)).to_be_visible()
    expect(page.get_by_label("您的问题")).to_be_focused()


def test_answer_is_copied_with_its_sources(page: Page, site: Site) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    ask(page, scripted.SHARE)
    page.get_by_role("button", name="复制答案").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[:3] == [
        f"问：{scripted.SHARE}",
        f"答：{scripted.ANSWERS[scripted.SHARE].answer}",
        "算式：项目支出占比 62.50%：2,000.40 ÷ 3,200.50 × 100% = 62.50%",
    ]
    assert scripted.TITLE in copied


def test_keyboard_alone_is_enough(page: Page, site: Site) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到提问框")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type(scripted.SHARE)
    page.keyboard.press("Enter")
    expect(page.locator(".evidence")).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.className") == "figure":
            break
    page.keyboard.press("Enter")
    expect(page.locator(".source summary").first).to_be_focused()
    expect(page.locator("td.cited")).to_have_text("2,000.40")
    page.keyboard.press("Enter")
    expect(page.locator(".source").first).not_to_have_attribute("open", "")
    assert site.complaints == []


def test_enter_that_chooses_a_word_of_an_input_method_does_not_ask(page: Page) -> None:
    page.get_by_label("您的问题").fill("三公")
    page.get_by_label("您的问题").dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(page.locator(".turn")).to_have_count(0)
    page.get_by_label("您的问题").dispatch_event("keydown", {"key": "Enter"})
    expect(page.locator(".turn")).to_have_count(1)


def test_blank_question_is_not_sent(page: Page, site: Site) -> None:
    page.get_by_label("您的问题").fill("  \n ")
    page.get_by_role("button", name="提问").click()
    expect(page.locator(".turn")).to_have_count(0)
    assert site.service.asked == []


def test_narrowest_phone_never_scrolls_sideways(phone: Page, site: Site) -> None:
    def overflow() -> int:
        root = "document.documentElement"
        found = phone.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
        assert isinstance(found, int)
        return found

    assert overflow() == 0
    ask(phone, scripted.SHARE)
    phone.locator("button.figure").last.click()
    expect(phone.locator("td.cited")).to_be_in_viewport()
    assert overflow() == 0
    ask(phone, scripted.CLARIFY)
    assert overflow() == 0
    ask(phone, "无空格" * 60 + "x" * 200)
    assert overflow() == 0
    assert site.complaints == []


def test_buttons_are_large_enough_to_touch(phone: Page) -> None:
    ask(phone, scripted.CLARIFY)
    for button in phone.locator(".choice:visible, .send:visible, .quiet:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 40


@pytest.mark.parametrize("system", ["light", "dark"])
def test_theme_follows_the_system_until_chosen(page: Page, system: str) -> None:
    page.emulate_media(color_scheme="dark" if system == "dark" else "light")
    paper = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(paper)
    page.get_by_role("button", name="切换深色或浅色").click()
    after = page.evaluate(paper)
    assert before != after
    page.reload()
    assert page.evaluate(paper) == after


def test_late_answers_are_announced_whole(page: Page) -> None:
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    ask(page, scripted.TOTAL)
    expect(log.locator(".answer")).not_to_have_attribute("aria-busy", "true")


@pytest.mark.parametrize(
    ("path", "shown"), [("/docs", "/api/ask/stream"), ("/redoc", "/api/disclosures")]
)
def test_interface_documentation_needs_nothing_from_elsewhere(
    page: Page, site: Site, path: str, shown: str
) -> None:
    page.goto(site.url + path)
    expect(page.get_by_text(shown).first).to_be_visible()
    assert site.complaints == []
