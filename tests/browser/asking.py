"""What visitors do in the chat, for the tests of it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def ask(page: Page, question: str) -> Locator:
    """Ask and wait for what comes of it: the turn."""
    page.get_by_role("combobox").fill(question)
    page.get_by_role("combobox").press("Enter")
    turn = page.locator(".turn").last
    expect(turn.locator(".asked")).to_have_text(question)
    expect(turn.locator("[aria-busy]")).to_have_count(0)
    return turn


def focused(page: Page) -> Locator:
    """The element of the chat that has the focus."""
    return page.locator("budget-qa-chat :focus").last


def sideways(page: Page) -> int:
    """By how many pixels the page, or the conversation in it, is too wide."""
    found = page.evaluate(
        """() => {
            const chat = document.querySelector('budget-qa-chat').shadowRoot;
            const parts = [document.documentElement, chat.querySelector('.scroller'),
                           chat.querySelector('.drawer-body')];
            return Math.max(...parts.map((part) => part.scrollWidth - part.clientWidth));
        }"""
    )
    assert isinstance(found, int)
    return found
