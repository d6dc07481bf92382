"""The staff console over the real service and the shipped disclosure, an account of each role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from qa_service.answering.service import open_service
from qa_service.api.application import create_app
from qa_service.records.answers import Answers
from qa_service.records.audit import Audit
from qa_service.records.database import open_records
from qa_service.records.roles import Role
from qa_service.records.standard_answers import StandardAnswers
from qa_service.settings import Settings
from qa_service.staff.console import open_signing_in
from qa_service.staff.passwords import hash_of
from qa_service.staff.signing_in import SigningIn
from qa_service.staff.standard import StandardServing
from tests.browser.conftest import Site, picture, running
from tests.support.scripted import ScriptedService

PASSWORD = "会当凌绝顶一览众山小"
NAMES = {Role.ANSWERER: "李明", Role.REVIEWER: "赵静", Role.ADMIN: "王芳"}
VIEWS = ["desk", "log", "feedback", "facts", "standards", "candidates", "admin"]
Enter = Callable[..., Page]


@dataclass
class Office:
    """A running console."""

    url: str
    signing_in: SigningIn
    site: Site = field(init=False)

    def __post_init__(self) -> None:
        self.site = Site(self.url, ScriptedService())


@pytest.fixture(scope="module")
def office(shipped_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    engine = open_records(folder)
    settings = Settings(data_dir=folder)
    # By its clock, seconds go by between any two questions: approvals are seen at once.
    ticking = count(0, 10)
    wordings = StandardServing(StandardAnswers(engine), Audit(engine), lambda: float(next(ticking)))
    service = open_service(shipped_data, answers=Answers(engine), wordings=wordings)
    service.ask("预算")  # what is built at first use
    signing_in = open_signing_in(engine, settings)
    for role, name in NAMES.items():
        signing_in.accounts.add(name, role, hash_of(PASSWORD, name))
    with running(create_app(service, settings, engine)) as url:
        yield Office(url, signing_in)
    engine.dispose()


@pytest.fixture
def enter(browser: Browser, office: Office, request: pytest.FixtureRequest) -> Iterator[Enter]:
    """Opens the console as somebody of a role, at a view; pictured at the end of the test."""
    opened: list[Page] = []

    def open_as(
        role: Role, view: str = "desk", *, colours: str = "light", width: int = 1360
    ) -> Page:
        account = office.signing_in.accounts.named(NAMES[role])
        assert account is not None
        context = browser.new_context(
            viewport={"width": width, "height": 850},
            locale="zh-CN",
            reduced_motion="reduce",
            color_scheme="dark" if colours == "dark" else "light",
            accept_downloads=True,
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=office.url)
        token = office.signing_in.sessions.open(account.id)
        context.add_cookies([{"name": "budget-qa-staff", "value": token, "url": office.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        opened.append(page)
        office.site.complaints.clear()
        office.site.watch(page)
        page.goto(f"{office.url}/staff#/{view}")
        expect(page.locator("#view > :not(h1)").first).to_be_visible()
        return page

    yield open_as
    for number, page in enumerate(opened):
        picture(page, f"staff-{request.node.name}{'-' + str(number) if number else ''}")
        page.context.close()


def take(page: Page, words: str) -> None:
    """Type a caller's words and answer them by keyboard."""
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.get_by_label("来电内容")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator(".answer h2")).to_be_focused()
    expect(page.get_by_role("textbox", name="答复稿")).not_to_have_value("")


def clipboard(page: Page) -> str:
    """What was copied."""
    copied = page.evaluate("navigator.clipboard.readText()")
    assert isinstance(copied, str)
    return copied
