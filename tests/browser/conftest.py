"""A real server over the scripted service and a real Chromium to look at it with."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from starlette.types import ASGIApp

from qa_service.answering.service import open_service
from qa_service.api.application import create_app
from qa_service.records.answers import Answers
from qa_service.records.database import open_records
from qa_service.settings import Settings
from tests.support.scripted import ScriptedService

PHONE: ViewportSize = {"width": 320, "height": 640}
DESKTOP: ViewportSize = {"width": 1200, "height": 850}
ROOT = Path(__file__).parents[2]
SCRIPT = "/static/widget/budget-qa-chat.js"

#: A machine that is busy with other tests is slow; one that is not never waits.
_PATIENCE = 30_000
expect.set_options(timeout=_PATIENCE)

_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_SHOTS = ROOT / "artifacts" / "browser"
#: As strict as a page's policy can be that embeds the element.
_POLICY = (
    "default-src 'none'; script-src {origin}; connect-src {origin}; style-src 'none'; "
    "img-src 'none'; base-uri 'none'"
)


def _chromium() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium found: install it or name it in CHROMIUM")
    return found


def embedding(origin: str, attributes: str = "", language: str = "zh-CN") -> tuple[str, str]:
    """A page that embeds the element of ``origin``, and its policy."""
    page = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>嵌入问答的网页</title><script type="module" src="{origin}{SCRIPT}"></script>'
        f"</head><body><main><h1>某单位</h1><budget-qa-chat {attributes}></budget-qa-chat></main>"
        "</body></html>"
    )
    return page, _POLICY.format(origin=origin)


class Site:
    """A running server, the service behind it, and what went wrong in the pages that it sent."""

    def __init__(self, url: str, service: ScriptedService) -> None:
        self.url = url
        self.service = service
        self.complaints: list[str] = []

    def watch(self, page: Page) -> None:
        """Note console errors, script errors and requests to anywhere else."""
        page.on(
            "console",
            lambda m: self.complaints.append(f"{m.type}: {m.text}") if m.type == "error" else None,
        )
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on(
            "request",
            lambda r: (
                None
                if r.url.startswith((self.url, "data:", "blob:" + self.url))
                else self.complaints.append(f"foreign request: {r.url}")
            ),
        )


# Not for the session: Playwright keeps an event loop running, in which no other test may start one.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=_chromium(), args=_FLAGS)
        yield launched
        launched.close()


@contextmanager
def running(app: ASGIApp) -> Iterator[str]:
    """The address of a server of ``app``."""
    config = uvicorn.Config(app, port=0, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    sockets = [config.bind_socket()]
    thread = threading.Thread(target=server.run, kwargs={"sockets": sockets})
    thread.start()
    try:
        yield f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


Serve = Callable[..., Site]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts servers over the scripted service, with settings, and wrapped where a test asks."""
    with ExitStack() as servers:

        def start(
            settings: Settings | None = None,
            *,
            service: ScriptedService | None = None,
            wrap: Callable[[ASGIApp], ASGIApp] = lambda app: app,
        ) -> Site:
            service = service or ScriptedService()
            app = wrap(create_app(service, settings or Settings()))
            return Site(servers.enter_context(running(app)), service)

        yield start


@pytest.fixture
def site(serve: Serve) -> Site:
    return serve()


@pytest.fixture
def real_site(shipped_data: Path, tmp_path: Path) -> Iterator[str]:
    """The real service over the shipped disclosure, which keeps the answers that it gives."""
    records = open_records(tmp_path)
    answers = Answers(records, 1)
    app = create_app(open_service(shipped_data, answers=answers), Settings(), records)
    with running(app) as url:
        yield url
    records.dispose()


Opener = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Opener]:
    """Opens pages that embed the element; each is pictured at the end of the test."""
    opened: list[Page] = []

    def open_one(
        site: Site,
        viewport: ViewportSize = DESKTOP,
        *,
        attributes: str = "",
        language: str = "zh-CN",
        colours: str = "light",
        prepare: Callable[[Page], None] = lambda page: None,
    ) -> Page:
        context = browser.new_context(
            viewport=viewport,
            locale="zh-CN",
            reduced_motion="reduce",
            color_scheme="dark" if colours == "dark" else "light",
        )
        page = context.new_page()
        opened.append(page)
        page.set_default_timeout(_PATIENCE)
        site.watch(page)
        body, policy = embedding(site.url, attributes, language)
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
        page.route(f"{site.url}/embedding", lambda route: route.fulfill(body=body, headers=headers))
        prepare(page)
        page.goto(f"{site.url}/embedding")
        page.locator(".composer").wait_for()
        return page

    yield open_one
    for number, page in enumerate(opened):
        picture(page, f"{request.node.name}{'-' + str(number) if number else ''}")
        page.context.close()


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page as it is."""
    _SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=_SHOTS / f"{name.replace('/', '-')}.png")


@pytest.fixture
def page(open_page: Opener, site: Site) -> Page:
    opened = open_page(site)
    opened.locator(".starter").first.wait_for()
    return opened


@pytest.fixture
def phone(open_page: Opener, site: Site) -> Page:
    opened = open_page(site, PHONE)
    opened.locator(".starter").first.wait_for()
    return opened
