"""When each version of a disclosure was first published: ``DIR/history.jsonl``, a line each.

Outside releases, which are the same whenever they are made. It is only ever added to; a line that a
crash cut short is passed over.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

FILE = "history.jsonl"


@dataclass(frozen=True, slots=True)
class Published:
    """A version of a disclosure and when it was first put in force, in seconds since 1970."""

    disclosure_id: str
    version: int
    at: float


class History:
    """The history of one data directory."""

    def __init__(self, data_dir: Path, clock: Callable[[], float] = time.time) -> None:
        self._path = data_dir / FILE
        self._clock = clock

    def note(self, in_force: Iterable[tuple[str, int]]) -> None:
        """Add the versions, (disclosure id, version), that were not in force before."""
        known = {(p.disclosure_id, p.version) for p in self.all()}
        fresh = [pair for pair in dict.fromkeys(in_force) if pair not in known]
        if not fresh:
            return
        at = self._clock()
        lines = [
            json.dumps({"disclosure_id": disclosure_id, "version": version, "at": at})
            for disclosure_id, version in fresh
        ]
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            # A line that was cut short must not swallow the next one.
            file.write("\n" + "\n".join(lines) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def all(self) -> list[Published]:
        """Every version published, in the order in which they were."""
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        return [published for line in lines if (published := _parsed(line)) is not None]


def _parsed(line: str) -> Published | None:
    try:
        return Published(**json.loads(line))
    except (ValueError, TypeError):
        return None
