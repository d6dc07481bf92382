"""The cache keeps what was used last, within its weight."""

from __future__ import annotations

from disclosure.store.lru import LruCache


def test_the_least_recently_used_goes_first() -> None:
    loads: list[str] = []

    def load(key: str) -> str:
        loads.append(key)
        return key

    cache: LruCache[str, str] = LruCache(2)
    for key in ("a", "b", "a", "c", "a", "b"):
        assert cache.get(key, lambda key=key: load(key)) == key  # type: ignore[misc]
    assert loads == ["a", "b", "c", "b"]


def test_weight_bounds_it_but_one_entry_is_always_kept() -> None:
    cache: LruCache[str, str] = LruCache(3, len)
    heavy = cache.get("k", lambda: "a" * 10)
    assert cache.get("k", lambda: "b" * 10) is heavy
    cache.get("l", lambda: "c")
    assert cache.get("k", lambda: "again") == "again"
