"""What happens in the console while an answer of the service is still under way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from qa_service.records.roles import Role
from tests.browser.staff import Enter, Office, take
from tests.browser.staff import enter as enter
from tests.browser.staff import office as office

pytestmark = pytest.mark.browser

PUBLIC = "三公经费预算是多少？"


class Held:
    """Requests that are not sent on before the test says so."""

    def __init__(self, page: Page, address: str, wanted: Callable[[Route], bool]) -> None:
        self._page = page
        self._address = address
        self._wanted = wanted
        self.routes: list[Route] = []
        self.seen = 0
        page.route(address, self._meet)

    def _meet(self, route: Route) -> None:
        if self._wanted(route):
            self.seen += 1
            self.routes.append(route)
        else:
            route.fallback()

    def wait(self, number: int = 1) -> None:
        """Until so many have been met."""
        for _ in range(200):
            if self.seen >= number:
                return
            self._page.wait_for_timeout(50)
        raise AssertionError(f"met {self.seen} requests to {self._address}")

    def release(self) -> None:
        """Send on what is held, and let the page take in the answers."""
        held, self.routes = self.routes, []
        for route in held:
            with self._page.expect_response(route.request.url):
                route.continue_()
        self._page.wait_for_timeout(200)


def hold(page: Page, address: str, part: str = "", method: str = "") -> Held:
    """Hold requests whose address has a part."""
    return Held(
        page,
        address,
        lambda route: part in route.request.url and method in ("", route.request.method),
    )


def go(page: Page, key: str) -> None:
    page.keyboard.press("g")
    page.keyboard.press(key)


def ask_and_turn_away(page: Page) -> Held:
    """A question typed at the desk and left while its answer is held."""
    answering = hold(page, "**/api/staff/inquiries", method="POST")
    page.keyboard.type(PUBLIC)
    page.keyboard.press("Enter")
    answering.wait()
    page.keyboard.press("Escape")
    return answering


def test_view_that_was_left_neither_draws_nor_takes_keys(enter: Enter, office: Office) -> None:
    page = enter(Role.ANSWERER, "log")
    opening = hold(page, "**/api/staff/choices")
    go(page, "d")
    opening.wait()
    go(page, "l")
    expect(page.get_by_label("应答人")).to_be_visible()
    opening.release()
    expect(page.locator("main form")).to_have_count(1)
    page.keyboard.press("/")
    expect(page.get_by_label("搜索")).to_be_focused()
    assert office.site.complaints == []


def test_desk_that_was_left_takes_no_keys_with_its_answer(enter: Enter) -> None:
    page = enter(Role.ANSWERER)
    answering = ask_and_turn_away(page)
    go(page, "l")
    expect(page.get_by_label("应答人")).to_be_visible()
    answering.release()
    page.keyboard.press("/")
    expect(page.get_by_label("搜索")).to_be_focused()


def test_log_shows_the_latest_search_only(enter: Enter) -> None:
    page = enter(Role.ANSWERER)
    take(page, "培训费预算是多少？")
    go(page, "l")
    rows = page.locator("tbody tr")
    expect(rows.first).to_be_visible()
    earlier = hold(page, "**/api/staff/inquiries?*", "text=%E5%9F%B9%E8%AE%AD")
    page.get_by_label("搜索").fill("培训")
    page.keyboard.press("Enter")
    earlier.wait()
    page.get_by_label("搜索").fill("没有人问过的话")
    page.keyboard.press("Enter")
    expect(page.locator(".empty")).to_be_visible()
    earlier.release()
    expect(page.locator(".empty")).to_be_visible()
    expect(rows).to_have_count(0)


def test_explorer_shows_the_sum_of_the_latest_selection(enter: Enter) -> None:
    page = enter(Role.ANSWERER, "facts")
    page.get_by_label("性质").select_option(label="金额")
    boxes = page.locator("tbody input[type=checkbox]")
    totals = page.get_by_role("region", name="所选合计")
    expect(boxes.first).to_be_visible()
    earlier = Held(
        page,
        "**/api/staff/facts/sum",
        lambda route: (route.request.post_data or "").count('"id"') == 1,
    )
    boxes.nth(0).check()
    earlier.wait()
    boxes.nth(1).check()
    expect(totals).to_contain_text("合计（2项）")
    earlier.release()
    expect(totals).to_contain_text("合计（2项）")


def test_new_caller_is_not_given_the_former_ones_answer(enter: Enter) -> None:
    page = enter(Role.ANSWERER)
    answering = ask_and_turn_away(page)
    page.keyboard.press("n")
    page.keyboard.type("新来的")
    answering.release()
    expect(page.locator(".recent li").first).to_contain_text(PUBLIC)
    expect(page.locator(".answer")).to_have_count(0)
    expect(page.get_by_label("来电内容")).to_have_value("新来的")


def test_reply_typed_while_it_is_saved_is_saved_too(enter: Enter) -> None:
    page = enter(Role.ANSWERER)
    take(page, PUBLIC)
    reply = page.get_by_role("textbox", name="答复稿")
    saving = hold(page, "**/api/staff/inquiries/*", method="PATCH")
    reply.fill("您好，三公经费为12.94万元。")
    page.keyboard.press("Escape")
    saving.wait()
    reply.press("End")
    page.keyboard.type("再见。")
    saving.release()
    page.keyboard.press("Escape")
    saving.wait(2)
    assert saving.routes[0].request.post_data_json == {"reply": "您好，三公经费为12.94万元。再见。"}
    saving.release()


def test_reply_being_saved_is_not_sent_twice(enter: Enter) -> None:
    page = enter(Role.ANSWERER)
    take(page, PUBLIC)
    saving = hold(page, "**/api/staff/inquiries/*", method="PATCH")
    page.get_by_role("textbox", name="答复稿").fill("您好，三公经费为12.94万元。")
    page.keyboard.press("Escape")
    saving.wait()
    page.locator(".answer h2").focus()
    page.keyboard.press("c")
    page.wait_for_timeout(200)
    saving.release()
    expect(page.get_by_label("状态")).to_have_value("已答复")
    assert saving.seen == 1


def test_reply_that_is_not_noted_is_told(enter: Enter, office: Office) -> None:
    page = enter(Role.ANSWERER)
    take(page, PUBLIC)
    page.route("**/api/staff/inquiries/*/replied", lambda route: route.abort())
    page.keyboard.press("c")
    expect(page.locator(".reply").get_by_role("alert")).to_contain_text("连接不到服务")
    assert [c for c in office.site.complaints if c.startswith("script")] == []
