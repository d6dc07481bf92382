"""What visitors are told when no answer comes, and how they go on."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Route, expect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa_service.settings import Settings
from tests.browser.asking import ask
from tests.browser.conftest import Opener, Serve
from tests.support import scripted
from tests.support.scripted import ScriptedService

pytestmark = pytest.mark.browser


class BreaksOff:
    """Breaks the connection of every first stream after its first piece of text."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._broken = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_until_text(message: Message) -> None:
            await send(message)
            if b"event: text" in message.get("body", b""):
                self._broken = True
                raise ConnectionError("broken off by the test")

        if scope.get("path") == "/api/ask/stream" and not self._broken:
            await self._app(scope, receive, send_until_text)
        else:
            await self._app(scope, receive, send)


def test_connection_that_drops_in_mid_stream_is_told_and_retried(
    serve: Serve, open_page: Opener
) -> None:
    site = serve(wrap=BreaksOff)
    page = open_page(site)
    turn = ask(page, scripted.TOTAL)
    expect(turn.get_by_role("alert")).to_have_text("回答中途断开。请重试。")
    expect(turn.locator(".answer")).not_to_contain_text("云山市园林局")
    turn.get_by_role("button", name="重试").click()
    expect(page.locator(".answer .text")).to_contain_text("3,200.50万元")
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.get_by_role("combobox")).to_be_focused()


def test_stream_that_ends_before_its_answer_is_no_answer(page: Page) -> None:
    half = 'event: text\r\ndata: {"text": "支出总预算为3"}\r\n\r\n'
    page.route(
        "**/api/ask/stream",
        lambda route: route.fulfill(body=half, content_type="text/event-stream"),
    )
    turn = ask(page, scripted.TOTAL)
    expect(turn.get_by_role("alert")).to_have_text("回答中途断开。请重试。")
    expect(turn.locator(".answer")).not_to_contain_text("支出总预算为3")


def test_being_offline_is_told_and_over_once_the_network_is_back(page: Page) -> None:
    page.context.set_offline(True)
    turn = ask(page, scripted.TOTAL)
    expect(turn.get_by_role("alert")).to_have_text("网络已断开。请检查网络后重试。")
    page.context.set_offline(False)
    expect(turn.get_by_role("alert")).to_have_text("网络已恢复，可以重试。")
    turn.get_by_role("button", name="重试").click()
    expect(page.locator(".answer .text")).to_contain_text("3,200.50万元")


def test_service_that_cannot_be_reached_is_told(page: Page) -> None:
    page.route("**/api/ask/stream", lambda route: route.abort())
    turn = ask(page, scripted.TOTAL)
    expect(turn.get_by_role("alert")).to_have_text("连接不到服务。请检查网络后重试。")


def test_limit_is_told_and_the_retry_waits_for_it(serve: Serve, open_page: Opener) -> None:
    site = serve(Settings(rate_per_minute=2, rate_burst=1))
    page = open_page(site, prepare=lambda page: page.clock.install())
    ask(page, scripted.TOTAL)
    turn = ask(page, scripted.WHY)
    expect(turn.get_by_role("alert")).to_contain_text("提问过于频繁，请在30秒后再试。")
    retry = turn.locator(".answer").get_by_role("button")
    expect(retry).to_have_text("30秒后可重试")
    expect(retry).to_be_disabled()
    page.clock.run_for(10_000)
    expect(retry).to_have_text("20秒后可重试")
    page.clock.run_for(20_000)
    expect(retry).to_have_text("重试")
    expect(retry).to_be_enabled()


def test_service_without_documents_says_so(serve: Serve, open_page: Opener) -> None:
    page = open_page(serve(service=ScriptedService(loaded=False)))
    expect(page.locator(".held")).to_contain_text("还没有载入公开资料")
    expect(page.locator(".starter")).to_have_count(0)
    turn = ask(page, scripted.TOTAL)
    expect(turn.get_by_role("alert")).to_contain_text("还没有可以回答问题的资料")


def test_failure_told_within_the_stream_is_shown(page: Page) -> None:
    turn = ask(page, scripted.FAILING)
    expect(turn.get_by_role("alert")).to_contain_text("服务内部出错")
    expect(turn.get_by_role("button", name="重试")).to_be_visible()


def test_proxy_that_answers_in_html_is_no_riddle(page: Page) -> None:
    page.route(
        "**/api/ask/stream",
        lambda route: route.fulfill(status=502, body="<h1>Bad Gateway</h1>"),
    )
    turn = ask(page, scripted.TOTAL)
    expect(turn.get_by_role("alert")).to_have_text("服务暂时不能回答（HTTP 502）。请稍后再试。")


def test_english_visitor_is_told_in_english(open_page: Opener, serve: Serve) -> None:
    def refuse(route: Route) -> None:
        problem = {"code": "overloaded", "detail": "服务繁忙。请稍候几秒后重试。"}
        route.fulfill(status=503, body=json.dumps(problem), headers={"Retry-After": "2"})

    page = open_page(serve(), language="en")
    page.route("**/api/ask/stream", refuse)
    turn = ask(page, scripted.TOTAL)
    expect(turn.get_by_role("alert")).to_contain_text("The service is busy.")
    expect(turn.locator(".answer").get_by_role("button")).to_have_text("Try again in 2 s")


def test_welcome_that_could_not_be_loaded_is_tried_again(serve: Serve, open_page: Opener) -> None:
    page = open_page(
        serve(), prepare=lambda page: page.route("**/api/disclosures*", lambda r: r.abort())
    )
    expect(page.locator(".held")).to_contain_text("连接不到服务")
    page.unroute("**/api/disclosures*")
    page.locator(".held").get_by_role("button", name="重试").click()
    expect(page.locator(".starter").first).to_be_visible()
