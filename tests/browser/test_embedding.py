"""The element on a page of another site: where it is allowed, and where it is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from qa_service.settings import Settings
from tests.browser.asking import ask, sideways
from tests.browser.conftest import DESKTOP, PHONE, Opener, Serve, Site, embedding, running
from tests.support import scripted

pytestmark = pytest.mark.browser


async def _page(request: Request) -> HTMLResponse:
    body, policy = embedding(request.query_params["service"])
    return HTMLResponse(body, headers={"Content-Security-Policy": policy})


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """The origin of another site, whose page embeds the element of the service that it is told."""
    with running(Starlette(routes=[Route("/page", _page)])) as origin:
        yield origin


def _visit(page: Page, elsewhere: str, site: Site) -> Page:
    page.goto(f"{elsewhere}/page?service={site.url}")
    page.locator(".composer").wait_for()
    return page


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_allowed_site_embeds_all_of_it(
    serve: Serve, open_page: Opener, elsewhere: str, viewport: ViewportSize
) -> None:
    site = serve(Settings(allowed_origins=elsewhere))
    page = _visit(open_page(site, viewport), elsewhere, site)
    site.complaints.clear()
    expect(page.locator(".starter")).to_have_text(scripted.STARTERS)
    turn = ask(page, scripted.RANKING)
    expect(turn.get_by_role("button", name="存为图片")).to_be_visible()
    turn = ask(page, scripted.SHARE)
    turn.locator(".headline").click()
    expect(page.locator("td.cited").first).to_have_text("2,000.40")
    link = page.locator(".drawer").get_by_role("link", name="在原文件中查看").first
    expect(link).to_have_attribute("href", f"{site.url}/d/d1?fact=f-project")
    assert sideways(page) == 0
    policy = [c for c in site.complaints if "foreign request" not in c]
    assert policy == []


def test_limit_reaches_an_embedding_page(serve: Serve, open_page: Opener, elsewhere: str) -> None:
    site = serve(Settings(allowed_origins=elsewhere, rate_per_minute=2, rate_burst=1))
    page = _visit(open_page(site), elsewhere, site)
    ask(page, scripted.TOTAL)
    turn = ask(page, scripted.WHY)
    expect(turn.locator(".answer").get_by_role("button")).to_contain_text("秒后可重试")


def test_site_that_is_not_allowed_is_told_what_to_do(
    serve: Serve, open_page: Opener, elsewhere: str
) -> None:
    site = serve(Settings(allowed_origins="https://www.example.cn"))
    page = _visit(open_page(site), elsewhere, site)
    expect(page.locator(".held")).to_contain_text(f"网站“{elsewhere}”不在允许使用本服务的名单中")
    turn = ask(page, scripted.TOTAL)
    expect(turn.get_by_role("alert")).to_contain_text("BUDGET_QA_ALLOWED_ORIGINS")
    expect(turn.locator(".text")).to_have_count(0)
    assert site.service.asked == []


def test_embedding_page_sends_no_cookies(serve: Serve, open_page: Opener, elsewhere: str) -> None:
    site = serve(Settings(allowed_origins=elsewhere))
    page = open_page(site)
    page.context.add_cookies([{"name": "of", "value": "the service", "url": site.url}])
    _visit(page, elsewhere, site)
    with page.expect_request("**/api/ask/stream") as request:
        ask(page, scripted.TOTAL)
    assert "cookie" not in request.value.all_headers()


def test_two_elements_on_one_page_keep_their_own_conversations(page: Page, site: Site) -> None:
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('budget-qa-chat'),"
        " { id: 'second' }))"
    )
    page.evaluate("document.getElementById('second').setAttribute('year', '2031')")
    page.locator("#second").get_by_role("combobox").fill(scripted.TOTAL)
    page.locator("#second").get_by_role("combobox").press("Enter")
    expect(page.locator("#second .text")).to_contain_text("3,200.50万元")
    expect(page.locator(".turn")).to_have_count(1)
    assert site.complaints == []


def test_large_root_letters_of_a_page_do_not_change_the_element(page: Page) -> None:
    size = "(element) => getComputedStyle(element).fontSize"
    before = page.locator(".lead").evaluate(size)
    page.evaluate("document.documentElement.style.fontSize = '62.5%'")
    assert page.locator(".lead").evaluate(size) == before
