"""Signing in at an identity provider, in a real browser and over real HTTP from end to end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from qa_service.api.application import create_app
from tests.browser.conftest import running
from tests.support.oidc import Provider, providing, settings_for
from tests.support.scripted import ScriptedService

pytestmark = pytest.mark.browser


@pytest.fixture
def provider() -> Iterator[Provider]:
    with providing() as made:
        yield made


@pytest.fixture
def door(provider: Provider, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The sign-in page of a service that believes the provider."""
    app = create_app(ScriptedService(), settings_for(provider, data_dir=tmp_path))
    with running(app) as url:
        page = browser.new_page(locale="zh-CN")
        page.goto(f"{url}/staff")
        yield page
        page.close()


def test_somebody_vouched_for_comes_in_with_the_role_and_goes_out(door: Page) -> None:
    door.get_by_role("link", name="统一身份认证").click()
    expect(door).to_have_url(re.compile("/staff(#.*)?$"))
    menu = door.locator("summary", has_text="钱进")
    expect(menu).to_contain_text("审核员")
    menu.click()
    expect(door.get_by_role("button", name="修改密码")).to_have_count(0)
    door.get_by_role("button", name="退出登录", exact=True).click()
    expect(door.get_by_label("账号")).to_be_visible()
    cookies = {cookie["name"] for cookie in door.context.cookies()}
    assert "budget-qa-staff" not in cookies


def test_who_has_no_role_is_told_at_the_door(door: Page, provider: Provider) -> None:
    provider.claims["roles"] = ["别的"]
    door.get_by_role("link", name="统一身份认证").click()
    expect(door.get_by_role("alert")).to_contain_text("没有使用本系统的权限")
    assert parse_qs(urlsplit(door.url).query)["reason"]
