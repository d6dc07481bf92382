"""Where one part of a release keeps what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """A part's id, which names what it has on servers, and its directory for what is in files.

    While a part is built, its directory is another than afterwards; its id is the same.
    """

    part: str
    directory: Path
