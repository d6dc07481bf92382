"""A real server over the scripted service and a real Chromium to look at it with."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from qa_service.api.application import create_app
from qa_service.service import AnswerService
from qa_service.settings import Settings
from tests.support.scripted import ScriptedService

PHONE: ViewportSize = {"width": 320, "height": 640}
DESKTOP: ViewportSize = {"width": 1200, "height": 850}

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
_SHOTS = Path(__file__).parents[2] / "artifacts" / "browser"


def _chromium() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium found: install it or name it in CHROMIUM")
    return found


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
def running(service: AnswerService) -> Iterator[str]:
    """The address of a server over ``service``."""
    config = uvicorn.Config(create_app(service, Settings()), port=0, log_level="warning")
    server = uvicorn.Server(config)
    sockets = [config.bind_socket()]
    thread = threading.Thread(target=server.run, kwargs={"sockets": sockets})
    thread.start()
    yield f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    service = ScriptedService()
    with running(service) as url:
        yield Site(url, service)


@pytest.fixture
def real_site(shipped_service: AnswerService) -> Iterator[str]:
    with running(shipped_service) as url:
        yield url


def _open(browser: Browser, site: Site, viewport: ViewportSize, name: str) -> Iterator[Page]:
    context = browser.new_context(viewport=viewport, locale="zh-CN", reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(10_000)
    site.watch(page)
    page.goto(site.url)
    page.locator(".starter").first.wait_for()
    yield page
    _SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=_SHOTS / f"{name.replace('/', '-')}.png")
    context.close()


@pytest.fixture
def page(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Page]:
    yield from _open(browser, site, DESKTOP, request.node.name)


@pytest.fixture
def phone(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Page]:
    yield from _open(browser, site, PHONE, request.node.name)
