"""How far an ingest is, told to whoever draws it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Stages follow one another; each is advanced up to its total."""

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage (Chinese, shown to people) of ``total`` steps, None where not known."""
        ...

    def advance(self, steps: int = 1) -> None:
        """So many steps of the current stage are done."""
        ...


class Silent:
    """Draws nothing."""

    def stage(self, name: str, total: int | None) -> None: ...

    def advance(self, steps: int = 1) -> None: ...
