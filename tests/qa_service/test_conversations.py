"""Conversations: kept for a while, by id, each for itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_service.conversations import LIFETIME, Conversations
from qa_service.understanding.plan import Memory


class Clock:
    """Time that a test moves."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def conversations(tmp_path: Path, clock: Clock) -> Iterator[Conversations]:
    kept = Conversations(tmp_path / "conversations.sqlite", clock)
    yield kept
    kept.close()


def test_an_unknown_id_opens_a_new_conversation(conversations: Conversations) -> None:
    opened, memory = conversations.load("no such conversation")
    assert opened not in ("", "no such conversation")
    assert memory == Memory()


def test_what_is_saved_is_found_again(conversations: Conversations) -> None:
    opened, _ = conversations.load(None)
    conversations.save(opened, Memory(units=("101",), turns=1))
    assert conversations.load(opened) == (opened, Memory(units=("101",), turns=1))


def test_conversations_do_not_see_each_other(conversations: Conversations) -> None:
    first, _ = conversations.load(None)
    second, _ = conversations.load(None)
    assert first != second
    conversations.save(first, Memory(units=("101",)))
    conversations.save(second, Memory(units=("102",)))
    assert conversations.load(first)[1].units == ("101",)
    assert conversations.load(second)[1].units == ("102",)


def test_a_conversation_expires_after_its_last_question(
    conversations: Conversations, clock: Clock
) -> None:
    opened, _ = conversations.load(None)
    conversations.save(opened, Memory(turns=1))
    clock.now += LIFETIME - 1
    assert conversations.load(opened)[0] == opened
    conversations.save(opened, Memory(turns=2))
    clock.now += LIFETIME - 1
    assert conversations.load(opened)[1].turns == 2
    clock.now += 2
    again, memory = conversations.load(opened)
    assert again != opened
    assert memory == Memory()


def test_workers_share_conversations(tmp_path: Path, clock: Clock) -> None:
    one, two = (Conversations(tmp_path / "shared.sqlite", clock) for _ in range(2))
    one.save("a", Memory(turns=3))
    assert two.load("a")[1].turns == 3
    one.close()
    two.close()
