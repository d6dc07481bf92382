"""The element in a page of its own site: asking, reading, opening evidence, going on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.asking import ask, focused, sideways
from tests.browser.conftest import PHONE, Opener, Site
from tests.support import scripted

pytestmark = pytest.mark.browser


def test_element_shows_what_is_loaded_and_how_to_begin(page: Page, site: Site) -> None:
    expect(page.locator(".held")).to_contain_text("云山市园林局2031年部门预算")
    expect(page.locator(".starter")).to_have_text(scripted.STARTERS)
    assert page.locator("iframe").count() == 0
    assert site.complaints == []


def test_figure_in_the_text_opens_its_formula_and_the_row_that_prints_it(
    page: Page, site: Site
) -> None:
    turn = ask(page, scripted.SHARE)
    expect(turn.locator(".text")).to_have_text(scripted.ANSWERS[scripted.SHARE].answer)
    expect(page.locator(".drawer")).to_be_hidden()
    turn.locator(".text").get_by_role("button", name="62.50%，查看依据").click()
    drawer = page.get_by_role("dialog", name="依据")
    expect(drawer.locator(".stated-value")).to_contain_text("62.50%")
    expect(drawer.locator(".formula")).to_have_text("2,000.40 ÷ 3,200.50 × 100% = 62.50%")
    expect(drawer.locator(".inputs .row-name")).to_have_text(["项目支出", "支出总预算"])
    cited = drawer.locator("td.cited")
    expect(cited).to_have_text(["2,000.40", "3,200.50"])
    expect(cited.first).to_be_in_viewport()
    head = drawer.locator(".source").first.locator("thead tr")
    expect(head.first.locator("th").last).to_have_text("支出")
    expect(head.last.locator("th")).to_have_text(["基本支出", "项目支出"])
    drawer.get_by_role("button", name="看依据2").click()
    expect(focused(page)).to_have_attribute("data-id", "2")
    assert site.complaints == []


def test_few_figures_stand_large_above_the_text(page: Page) -> None:
    turn = ask(page, scripted.TOTAL)
    expect(turn.locator(".headline-value")).to_have_text("3,200.50万元")
    turn.locator(".headline").click()
    expect(page.locator(".drawer .stated-label")).to_have_text("支出总预算")
    expect(ask(page, scripted.MANY).locator(".headline")).to_have_count(0)


def test_sentence_is_shown_in_its_paragraph(page: Page, site: Site) -> None:
    ask(page, scripted.WHY).locator(".cite").click()
    quote = page.locator(".drawer blockquote")
    expect(quote).to_contain_text("2031年部门收入总预算3,200.50万元。")
    expect(quote.locator(".sentence")).to_have_text(
        scripted.ANSWERS[scripted.WHY].citations[0].quote
    )
    expect(page.locator(".drawer dl")).to_contain_text("第96行")
    assert site.complaints == []


def test_evidence_that_is_gone_leaves_the_quote(page: Page) -> None:
    turn = ask(page, scripted.OPTION_A)
    with page.expect_response("**/row"):
        turn.locator(".cite").click()
    expect(page.locator(".drawer blockquote")).to_have_text("机构运行 | 700.00")
    expect(page.locator(".drawer .note")).to_contain_text("资料已更新")
    expect(page.locator(".drawer dl")).to_contain_text("合计")


def test_source_leads_to_its_place_in_the_document(page: Page, site: Site) -> None:
    ask(page, scripted.TOTAL).locator(".cite").click()
    link = page.locator(".drawer").get_by_role("link", name="在原文件中查看")
    expect(link).to_have_attribute("href", f"{site.url}/d/d1?fact=f-total")


def test_long_list_of_evidence_opens_in_two_steps(page: Page, site: Site) -> None:
    turn = ask(page, scripted.MANY)
    sources = turn.locator(".cite")
    expect(sources).to_have_count(8)
    expect(sources.nth(3)).to_be_visible()
    expect(sources.nth(4)).to_be_hidden()
    turn.get_by_text("其余4条依据").click()
    expect(sources.nth(7)).to_be_visible()
    turn.get_by_role("button", name="80.5万元，查看依据").click()
    expect(page.locator(".drawer .source")).to_have_attribute("data-id", "8")
    assert site.complaints == []


def test_equal_amounts_lead_to_their_own_evidence(page: Page) -> None:
    rows = ask(page, scripted.TWINS).locator(".rows .row")
    expect(rows.locator(".row-name")).to_have_text(["东园：", "西园："])
    for row, label in ((rows.first, "东园"), (rows.last, "西园")):
        row.get_by_role("button").click()
        expect(page.locator(".drawer .stated-label")).to_have_text(label)


def test_starter_follow_up_and_option_ask_when_clicked(page: Page, site: Site) -> None:
    page.get_by_role("button", name=scripted.TOTAL).click()
    page.get_by_role("button", name=scripted.WHY).click()
    expect(page.locator(".asked")).to_have_text([scripted.TOTAL, scripted.WHY])
    turn = ask(page, scripted.CLARIFY)
    expect(turn.locator(".remark")).to_have_text("请选择")
    turn.get_by_role("button", name=scripted.OPTION_A).click()
    expect(page.locator(".turn").last.locator(".text")).to_contain_text("700.00万元")
    assert [question for question, _, _ in site.service.asked] == [
        scripted.TOTAL, scripted.WHY, scripted.CLARIFY, scripted.OPTION_A,
    ]  # fmt: skip
    assert site.complaints == []


@pytest.mark.parametrize(
    ("question", "remark"),
    [(scripted.NOT_DISCLOSED, "资料中没有公布"), (scripted.OUT_OF_SCOPE, "不在可回答的范围")],
)
def test_answer_without_figures_says_why(page: Page, question: str, remark: str) -> None:
    expect(ask(page, question).locator(".remark")).to_have_text(remark)


def test_conversation_is_one_and_survives_a_reload(page: Page, site: Site) -> None:
    ask(page, scripted.TOTAL)
    page.reload()
    expect(page.locator(".asked")).to_have_text([scripted.TOTAL])
    expect(page.locator(".headline")).to_be_visible()
    ask(page, scripted.WHY)
    (_, first, _), (_, second, _) = site.service.asked
    assert first is None
    assert second is not None
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".starter").first).to_be_visible()
    expect(page.get_by_role("combobox")).to_be_focused()
    ask(page, scripted.WHY)
    assert site.service.asked[-1][1] is None


def test_another_tab_has_a_conversation_of_its_own(page: Page, site: Site) -> None:
    ask(page, scripted.TOTAL)
    other = page.context.new_page()
    other.route(f"{site.url}/embedding", lambda route: route.fallback())
    other.goto(f"{site.url}/")
    expect(other.locator(".starter").first).to_be_visible()
    expect(other.locator(".turn")).to_have_count(0)


def test_documents_and_questions_are_never_read_as_html(page: Page, site: Site) -> None:
    turn = ask(page, scripted.HOSTILE)
    expect(turn.locator(".text")).to_contain_text("<img src=x onerror=alert(1)>")
    expect(turn.get_by_role("button", name="<i>再问</i>")).to_be_visible()
    turn.locator(".cite").click()
    expect(page.locator(".drawer blockquote")).to_contain_text("2031年部门收入总预算")
    page.keyboard.press("Escape")
    ask(page, "<b>粗</b>")
    expect(page.locator(".asked").last).to_have_text("<b>粗</b>")
    assert page.locator(".shell :is(img, b, i, script)").count() == 0
    assert site.complaints == []


def test_running_question_can_be_stopped(page: Page) -> None:
    held: list[Route] = []
    page.route("**/api/ask/stream", lambda route: held.append(route))
    page.get_by_role("combobox").fill(scripted.TOTAL)
    page.get_by_role("button", name="提问", exact=True).click()
    page.get_by_role("button", name="停止").click()
    expect(page.locator(".failure")).to_have_text("已停止。")
    expect(page.get_by_role("button", name="提问", exact=True)).to_be_visible()
    expect(page.get_by_role("combobox")).to_be_focused()
    page.unroute("**/api/ask/stream")
    page.get_by_role("button", name="重新提问").click()
    expect(page.locator(".answer .text")).to_contain_text("3,200.50万元")


def test_enter_that_chooses_a_word_of_an_input_method_does_not_ask(page: Page) -> None:
    field = page.get_by_role("combobox")
    session = page.context.new_cdp_session(page)
    field.focus()
    session.send("Input.imeSetComposition", {"text": "san", "selectionStart": 3, "selectionEnd": 3})
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(0)
    session.send("Input.insertText", {"text": "三公"})
    page.keyboard.press("Enter")
    expect(page.locator(".asked")).to_have_text("三公")


def test_blank_question_is_not_sent(page: Page, site: Site) -> None:
    page.get_by_role("combobox").fill("   ")
    page.get_by_role("button", name="提问", exact=True).click()
    expect(page.locator(".turn")).to_have_count(0)
    assert site.service.asked == []


def test_length_is_counted_near_its_limit(page: Page) -> None:
    page.get_by_role("combobox").fill("问" * 420)
    expect(page.get_by_text("420/500")).to_be_visible()
    page.get_by_role("combobox").fill("问")
    expect(page.get_by_text("1/500")).to_be_hidden()


def test_narrowest_phone_never_scrolls_sideways(phone: Page, site: Site) -> None:
    assert sideways(phone) == 0
    ask(phone, scripted.TOTAL).locator(".headline").click()
    expect(phone.locator("td.cited")).to_be_in_viewport(ratio=1)
    assert sideways(phone) == 0
    phone.get_by_role("button", name="关闭依据").click()
    for question in (scripted.CLARIFY, scripted.RANKING, "无空格" * 60 + "x" * 200):
        ask(phone, question)
        assert sideways(phone) == 0
    assert site.complaints == []


def test_sheet_of_a_phone_keeps_the_focus_and_gives_it_back(phone: Page) -> None:
    opener = ask(phone, scripted.SHARE).locator(".headline")
    opener.click()
    expect(focused(phone)).to_have_text("依据")
    for _ in range(12):
        phone.keyboard.press("Tab")
        inside = phone.evaluate(
            "!!document.activeElement.shadowRoot?.activeElement?.closest('.drawer')"
            " || document.activeElement === document.body"
        )
        assert inside
    phone.keyboard.press("Escape")
    expect(phone.locator(".drawer")).to_be_hidden()
    expect(opener).to_be_focused()


@pytest.mark.parametrize("system", ["light", "dark"])
def test_theme_follows_the_system_until_chosen(open_page: Opener, site: Site, system: str) -> None:
    page = open_page(site, colours=system)
    paper = (
        "getComputedStyle(document.querySelector('budget-qa-chat').shadowRoot"
        ".querySelector('.shell')).backgroundColor"
    )
    before = page.evaluate(paper)
    page.get_by_role("button", name="切换深色或浅色").click()
    after = page.evaluate(paper)
    assert before != after
    page.reload()
    assert page.evaluate(paper) == after


def test_page_may_fix_the_theme_and_set_its_colours(open_page: Opener, site: Site) -> None:
    page = open_page(site, attributes='theme="dark"')
    expect(page.get_by_role("button", name="切换深色或浅色")).to_have_count(0)
    page.evaluate(
        "document.querySelector('budget-qa-chat')"
        ".style.setProperty('--budget-qa-dark-accent', 'rgb(1, 2, 3)')"
    )
    assert (
        page.locator(".send").first.evaluate("(b) => getComputedStyle(b).backgroundColor")
        == "rgb(1, 2, 3)"
    )


def test_page_with_buttons_of_its_own_spares_those_of_the_element(
    open_page: Opener, site: Site
) -> None:
    page = open_page(site, attributes="page-tools")
    expect(page.get_by_role("button", name="EN: switch to English")).to_be_visible()
    expect(page.get_by_role("button", name="大字显示")).to_be_hidden()
    expect(page.get_by_role("button", name="切换深色或浅色")).to_be_hidden()


def test_large_text_is_larger_and_remembered(page: Page, site: Site) -> None:
    def size() -> float:
        found = page.locator(".lead").evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)")
        assert isinstance(found, float | int)
        return found

    before = size()
    button = page.get_by_role("button", name="大字显示")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert size() >= 1.25 * before
    page.reload()
    page.locator(".starter").first.wait_for()
    assert size() >= 1.25 * before
    assert site.complaints == []


def test_large_text_fits_the_narrowest_phone(open_page: Opener, site: Site) -> None:
    page = open_page(site, PHONE, attributes="large-text")
    page.locator(".starter").first.wait_for()
    assert sideways(page) == 0
    ask(page, scripted.SHARE).locator(".headline").click()
    expect(page.locator("td.cited").first).to_be_visible()
    assert sideways(page) == 0


def test_interface_speaks_english_where_the_page_does(open_page: Opener, site: Site) -> None:
    page = open_page(site, language="en")
    expect(
        page.get_by_role("heading", name="Which budget figure are you looking for?")
    ).to_be_visible()
    expect(page.locator(".held")).to_contain_text("Loaded: ")
    turn = ask(page, scripted.SHARE)
    turn.locator(".text").get_by_role("button", name="62.50%, show evidence").click()
    drawer = page.get_by_role("dialog", name="Evidence")
    expect(drawer.get_by_role("list", name="Figures in the formula")).to_be_visible()
    expect(turn.locator(".text")).to_have_attribute("lang", "zh-CN")
    assert site.complaints == []


def test_language_can_be_changed_in_mid_conversation(page: Page) -> None:
    ask(page, scripted.TOTAL)
    page.get_by_role("button", name="EN: switch to English").click()
    expect(page.get_by_role("combobox", name="Your question")).to_be_visible()
    expect(page.locator(".asked")).to_have_text(scripted.TOTAL)
    expect(page.get_by_role("button", name="切换到中文")).to_be_focused()
    page.reload()
    expect(page.get_by_role("combobox", name="Your question")).to_be_visible()


def test_filters_of_the_element_go_with_each_question(open_page: Opener, site: Site) -> None:
    page = open_page(site, attributes='department="云山市园林局" year="2031"')
    expect(page.locator(".held")).to_have_text("本窗口回答：云山市园林局 · 2031年")
    ask(page, scripted.TOTAL)
    _, _, filters = site.service.asked[-1]
    assert filters is not None
    assert (filters.department, filters.year, filters.city) == ("云山市园林局", 2031, None)


def test_page_can_ask_through_the_element(page: Page) -> None:
    page.evaluate(f"document.querySelector('budget-qa-chat').ask('{scripted.TOTAL}')")
    expect(page.locator(".answer .text")).to_contain_text("3,200.50万元")


def test_home_page_holds_the_element(page: Page, site: Site) -> None:
    page.goto(site.url)
    expect(page).to_have_title("预算问 · 部门预算公开问答")
    ask(page, scripted.TOTAL)
    expect(page.locator(".answer .text")).to_contain_text("3,200.50万元")
    assert site.complaints == []


@pytest.mark.parametrize(
    ("path", "shown"), [("/docs", "/api/ask/stream"), ("/redoc", "/api/disclosures")]
)
def test_interface_documentation_needs_nothing_from_elsewhere(
    page: Page, site: Site, path: str, shown: str
) -> None:
    page.goto(site.url + path)
    expect(page.get_by_text(shown).first).to_be_visible()
    assert site.complaints == []
