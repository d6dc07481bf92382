"""Where one release keeps its parts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """A release's id, which names its parts on servers, and its directory for those in files.

    While a release is built, its directory is another than afterwards; its id is the same.
    """

    release: str
    directory: Path
