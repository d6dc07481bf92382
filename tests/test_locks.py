"""The lock files hold what pyproject.toml asks for (`make lock` renews them)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
WANTED = {
    "requirements.lock": PROJECT["dependencies"],
    "requirements-dev.lock": PROJECT["dependencies"] + EXTRAS["dev"],
    "requirements-transformers.lock": PROJECT["dependencies"]
    + EXTRAS["dev"]
    + EXTRAS["transformers"]
    + EXTRAS["transformers-dev"],
}


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("lock", WANTED)
def test_lock_satisfies_every_requirement(lock: str) -> None:
    pinned = pins(lock)
    for requirement in map(Requirement, WANTED[lock]):
        name = canonicalize_name(requirement.name)
        assert name in pinned, f"{name} is not locked: run `make lock`"
        assert requirement.specifier.contains(pinned[name])


def test_locks_agree() -> None:
    serving = pins("requirements.lock")
    testing = pins("requirements-dev.lock")
    assert serving.items() <= testing.items() <= pins("requirements-transformers.lock").items()


@pytest.mark.parametrize("lock", WANTED)
def test_lock_names_no_index_and_no_machine(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text)


def test_serving_needs_no_torch() -> None:
    assert "torch" not in pins("requirements.lock")
