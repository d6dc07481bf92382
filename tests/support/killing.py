"""Runs one piece of work again and again in processes that kill themselves by SIGKILL on the way.

``Victims`` starts one process that imports everything once and forks a child for each try, so that
a try costs no start. A child dies just before the n-th call of a named function, or at the n-th
call of any function of the project.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from types import FrameType, TracebackType

_ROOT = Path(__file__).resolve().parents[2]
_PACKAGES = tuple(f"{_ROOT / package}{os.sep}" for package in ("disclosure", "ingest"))
KILLED = -signal.SIGKILL


class Victims(AbstractContextManager["Victims"]):
    """Children that all do the same: ``work`` is ``module:function``, called with ``arguments``."""

    def __init__(self, work: str, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, work, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=_ROOT,
        )

    def die_before(self, function: str, calls: int = 1) -> int:
        """Exit status of a child that dies before the n-th call of ``module:Class.method``."""
        return self._try(f"before {function} {calls}")

    def die_at(self, call: int) -> int:
        """Exit status of a child that dies at the n-th call of any function of the project."""
        return self._try(f"at any {call}")

    def _try(self, order: str) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate("")


def calls_of(work: Callable[[], object]) -> int:
    """How many functions of the project a piece of work calls, in this thread."""
    count = 0

    def add(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        count += event == "call" and frame.f_code.co_filename.startswith(_PACKAGES)

    before = sys.getprofile()
    sys.setprofile(add)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def _main(work: str, *arguments: str) -> None:
    module, _, name = work.partition(":")
    function: Callable[..., object] = getattr(import_module(module), name)
    for line in sys.stdin:
        kind, target, number = line.split()
        child = os.fork()
        if not child:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            if kind == "before":
                _die_before(target, int(number))
            else:
                _die_at(int(number))
            function(*arguments)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _die_before(target: str, calls: int) -> None:
    module, _, path = target.partition(":")
    owner: object = import_module(module)
    *parents, name = path.split(".")
    for parent in parents:
        owner = getattr(owner, parent)
    original = getattr(owner, name)
    left = calls

    def dying(*args: object, **kwargs: object) -> object:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*args, **kwargs)

    setattr(owner, name, dying)


def _die_at(call: int) -> None:
    left = call

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal left
        if event == "call" and frame.f_code.co_filename.startswith(_PACKAGES):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)


if __name__ == "__main__":
    _main(*sys.argv[1:])
