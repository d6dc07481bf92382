"""Which version of the program read a file: what it read before is kept while that is the same."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

import disclosure
import ingest

#: What documents and bundles are made by. The stores and embeddings have versions of their own.
_PARTS = (
    (ingest, "**/*"),
    (disclosure, "*"),
    (disclosure, "lexicon/**/*"),
)


@cache
def program() -> str:
    """A hash of the code and the data that turn files into bundles."""
    digest = sha256()
    for package, pattern in _PARTS:
        folder = Path(package.__path__[0])
        for path in sorted(folder.glob(pattern)):
            if path.suffix in {".py", ".yaml", ".tsv"}:
                digest.update(path.relative_to(folder).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
