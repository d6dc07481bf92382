"""The files that disclosures were read from, kept byte for byte: ``DIR/sources/<sha256>``."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from disclosure.store.files import replace_bytes

_HASH = re.compile(r"[0-9a-f]{64}")


class Sources:
    """The source files of one data directory, by the hash of their content."""

    def __init__(self, data_dir: Path) -> None:
        self._directory = data_dir / "sources"

    def keep(self, sha256: str, data: bytes) -> None:
        """Keep a file; one that is held already is left as it is."""
        path = self._path(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_bytes(path, data)

    def find(self, sha256: str) -> Path | None:
        """Where the file is; None where it was taken in before files were kept, or elsewhere."""
        if not _HASH.fullmatch(sha256):
            return None
        path = self._path(sha256)
        return path if path.is_file() else None

    def keep_only(self, wanted: Collection[str]) -> None:
        """Drop what no disclosure was read from: files that were refused, or are a copy."""
        if self._directory.is_dir():
            for path in self._directory.iterdir():
                if path.name not in wanted:
                    path.unlink()

    def _path(self, sha256: str) -> Path:
        return self._directory / sha256
