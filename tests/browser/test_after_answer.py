"""What can be done with an answer: copy, share, judge, have it read aloud; and speaking to ask."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.asking import ask
from tests.browser.conftest import Opener, Site
from tests.support import scripted

pytestmark = pytest.mark.browser


def test_answer_is_copied_with_its_sources(page: Page, site: Site) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    turn = ask(page, scripted.SHARE)
    turn.get_by_role("button", name="复制").click()
    expect(turn.get_by_text("已复制", exact=True)).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[:3] == [
        f"问：{scripted.SHARE}",
        f"答：{scripted.ANSWERS[scripted.SHARE].answer}",
        "算式：项目支出占比 62.50%：2,000.40 ÷ 3,200.50 × 100% = 62.50%",
    ]
    assert scripted.TITLE in copied


def test_answer_has_a_lasting_address(page: Page, site: Site) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    page.route("**/api/answers/kept1/share", lambda r: r.fulfill(body='{"url": "/a/kept1"}'))
    turn = ask(page, scripted.KEPT)
    turn.get_by_role("button", name="永久链接").click()
    expect(turn.get_by_role("link")).to_have_attribute("href", f"{site.url}/a/kept1")
    assert page.evaluate("navigator.clipboard.readText()") == f"{site.url}/a/kept1"


def test_address_that_cannot_be_had_is_told(page: Page) -> None:
    page.route("**/api/answers/kept1/share", lambda r: r.fulfill(status=404, body="{}"))
    turn = ask(page, scripted.KEPT)
    turn.get_by_role("button", name="永久链接").click()
    expect(turn.get_by_text("没能取得链接，请稍后再试。")).to_be_visible()


def test_answer_that_is_not_kept_is_not_shared_or_judged(page: Page) -> None:
    turn = ask(page, scripted.TOTAL)
    expect(turn.get_by_role("button", name="复制")).to_be_visible()
    expect(turn.get_by_role("button", name="永久链接")).to_have_count(0)
    expect(turn.locator(".feedback")).to_have_count(0)


def _judged(page: Page) -> list[object]:
    bodies: list[object] = []

    def take(route: Route) -> None:
        bodies.append(route.request.post_data_json)
        route.fulfill(body="{}")

    page.route("**/api/answers/kept1/feedback", take)
    return bodies


def test_right_is_one_press(page: Page) -> None:
    bodies = _judged(page)
    turn = ask(page, scripted.KEPT)
    turn.get_by_role("button", name="对", exact=True).click()
    expect(turn.get_by_text("谢谢，已记下。")).to_be_focused()
    expect(turn.get_by_role("button", name="不对")).to_have_count(0)
    assert bodies == [{"verdict": "right", "note": ""}]


def test_wrong_comes_with_a_note_and_can_be_taken_back(page: Page) -> None:
    bodies = _judged(page)
    turn = ask(page, scripted.KEPT)
    wrong = turn.get_by_role("button", name="不对")
    wrong.click()
    expect(wrong).to_have_attribute("aria-pressed", "true")
    turn.get_by_role("button", name="取消").click()
    expect(wrong).to_be_focused()
    expect(wrong).to_have_attribute("aria-pressed", "false")
    turn.get_by_role("button", name="没看懂").click()
    turn.get_by_label("可以补充说明").fill("  口径不明  ")
    turn.get_by_role("button", name="提交").click()
    expect(turn.get_by_text("谢谢，已记下。")).to_be_visible()
    assert bodies == [{"verdict": "unclear", "note": "口径不明"}]


def test_feedback_that_fails_can_be_sent_again(page: Page) -> None:
    page.route("**/api/answers/kept1/feedback", lambda r: r.fulfill(status=503, body="{}"))
    turn = ask(page, scripted.KEPT)
    turn.get_by_role("button", name="对", exact=True).click()
    expect(turn.get_by_text("没能提交，请稍后再试。")).to_be_visible()
    page.unroute("**/api/answers/kept1/feedback")
    bodies = _judged(page)
    turn.get_by_role("button", name="对", exact=True).click()
    expect(turn.get_by_text("谢谢，已记下。")).to_be_visible()
    assert len(bodies) == 1


_VOICE = """
window.spoken = [];
window.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) { super(); this.text = text; }
};
Object.defineProperty(window, 'speechSynthesis', { value: {
    getVoices: () => [{ lang: 'en-US' }, { lang: 'zh-CN' }],
    speak: (utterance) => { window.spoken.push(utterance); },
    cancel: () => { window.spoken.push('cancel'); },
} });
"""


def test_answer_is_read_aloud_until_it_ends_or_is_stopped(open_page: Opener, site: Site) -> None:
    page = open_page(site, prepare=lambda page: page.add_init_script(_VOICE))
    turn = ask(page, scripted.TOTAL)
    turn.get_by_role("button", name="朗读").click()
    expect(turn.get_by_role("button", name="停止朗读")).to_be_visible()
    said = page.evaluate(
        "window.spoken.filter((one) => one.text).map((one) => [one.text, one.lang])"
    )
    assert said == [[scripted.ANSWERS[scripted.TOTAL].answer, "zh-CN"]]
    page.evaluate("window.spoken.at(-1).dispatchEvent(new Event('end'))")
    turn.get_by_role("button", name="朗读", exact=True).click()
    turn.get_by_role("button", name="停止朗读").click()
    expect(turn.get_by_role("button", name="朗读", exact=True)).to_be_visible()
    assert page.evaluate("window.spoken.at(-1)") == "cancel"


_EAR = """
window.SpeechRecognition = class extends EventTarget {
    start() { window.ear = this; }
    stop() { this.dispatchEvent(new Event('end')); }
    hear(text) {
        const event = new Event('result');
        event.results = [[{ transcript: text }]];
        this.dispatchEvent(event);
    }
    refuse() {
        this.dispatchEvent(Object.assign(new Event('error'), { error: 'not-allowed' }));
        this.dispatchEvent(new Event('end'));
    }
};
"""


def test_question_may_be_spoken(open_page: Opener, site: Site) -> None:
    page = open_page(site, prepare=lambda page: page.add_init_script(_EAR))
    ear = page.get_by_role("button", name="语音输入")
    ear.click()
    expect(ear).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#hint")).to_contain_text("语音可能会传给浏览器厂商")
    page.evaluate(f"window.ear.hear({json.dumps(scripted.TOTAL)})")
    assert page.evaluate("window.ear.lang") == "zh-CN"
    ear.click()
    expect(page.get_by_role("combobox")).to_have_value(scripted.TOTAL)
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".answer .text")).to_contain_text("3,200.50万元")


def test_refused_microphone_is_told(open_page: Opener, site: Site) -> None:
    page = open_page(site, prepare=lambda page: page.add_init_script(_EAR))
    page.get_by_role("button", name="语音输入").click()
    page.evaluate("window.ear.refuse()")
    expect(page.locator("#hint")).to_contain_text("不能使用话筒")


def test_browser_that_cannot_hear_offers_no_microphone(open_page: Opener, site: Site) -> None:
    page = open_page(
        site,
        prepare=lambda page: page.add_init_script(
            "window.SpeechRecognition = window.webkitSpeechRecognition = undefined"
        ),
    )
    expect(page.get_by_role("button", name="语音输入")).to_have_count(0)
