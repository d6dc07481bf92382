"""API keys: what opens what, and that the secret is kept nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa_service.records.database import FILE, open_records
from qa_service.records.keys import KeyFault, KeyRefusedError, Keys
from qa_service.records.scopes import KeyScope


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(tmp_path: Path, clock: Clock) -> Keys:
    return Keys(open_records(tmp_path), clock)


def fault(keys: Keys, text: str, scope: KeyScope = KeyScope.ASK) -> KeyFault:
    with pytest.raises(KeyRefusedError) as refused:
        keys.open(text, scope)
    return refused.value.fault


def test_key_opens_its_scopes_and_no_other(keys: Keys) -> None:
    made, text = keys.add("统计程序", [KeyScope.ASK, KeyScope.MCP])
    assert keys.open(text, KeyScope.ASK).id == made.id
    assert keys.open(text, KeyScope.MCP).name == "统计程序"
    assert fault(keys, text, KeyScope.READ) is KeyFault.SCOPE


def test_secret_is_kept_nowhere(keys: Keys, tmp_path: Path) -> None:
    _, text = keys.add("一", [KeyScope.ASK])
    secret = text.removeprefix("bqa_").split("_", 1)[1]
    assert len(secret) == 43
    kept = b"".join(path.read_bytes() for path in tmp_path.glob(f"{FILE}*"))
    assert b"api_key" in kept
    assert secret.encode() not in kept


def test_no_two_keys_are_alike(keys: Keys) -> None:
    texts = {keys.add("一", [KeyScope.ASK])[1] for _ in range(20)}
    assert len(texts) == 20


@pytest.mark.parametrize("wrong", ["", "sk-123", "bqa_", "bqa_0123456789ab_" + "A" * 43])
def test_unknown_text_is_invalid(keys: Keys, wrong: str) -> None:
    keys.add("一", [KeyScope.ASK])
    assert fault(keys, wrong) is KeyFault.INVALID


def test_wrong_secret_of_a_known_key_is_invalid_even_when_revoked(keys: Keys) -> None:
    made, text = keys.add("一", [KeyScope.ASK])
    forged = text[:-1] + ("A" if text[-1] != "A" else "B")
    assert fault(keys, forged) is KeyFault.INVALID
    keys.revoke(made.id)
    assert fault(keys, forged) is KeyFault.INVALID


def test_key_expires_at_its_time(keys: Keys, clock: Clock) -> None:
    _, text = keys.add("一", [KeyScope.ASK], lifetime=60)
    clock.now += 59
    keys.open(text, KeyScope.ASK)
    clock.now += 1
    assert fault(keys, text) is KeyFault.EXPIRED


def test_revoked_key_is_refused_at_once_and_once(keys: Keys) -> None:
    made, text = keys.add("一", [KeyScope.ASK])
    assert keys.revoke(made.id)
    assert fault(keys, text) is KeyFault.REVOKED
    assert not keys.revoke(made.id)
    assert not keys.revoke("000000000000")


def test_revocation_is_seen_by_another_worker(tmp_path: Path) -> None:
    here, there = Keys(open_records(tmp_path)), Keys(open_records(tmp_path))
    made, text = here.add("一", [KeyScope.ASK])
    assert there.open(text, KeyScope.ASK).id == made.id
    here.revoke(made.id)
    assert fault(there, text) is KeyFault.REVOKED


def test_use_is_noted_to_the_minute(keys: Keys, clock: Clock) -> None:
    _, text = keys.add("一", [KeyScope.ASK])
    assert [key.used for key in keys.all()] == [None]
    keys.open(text, KeyScope.ASK)
    first = clock.now
    clock.now += 30
    keys.open(text, KeyScope.ASK)
    assert [key.used for key in keys.all()] == [first]
    clock.now += 31
    keys.open(text, KeyScope.ASK)
    assert [key.used for key in keys.all()] == [clock.now]


@pytest.mark.parametrize(("name", "scopes"), [("", [KeyScope.ASK]), ("长" * 101, []), ("一", [])])
def test_key_needs_a_name_and_a_scope(keys: Keys, name: str, scopes: list[KeyScope]) -> None:
    with pytest.raises(ValueError, match="密钥"):
        keys.add(name, scopes)
