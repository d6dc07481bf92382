"""What a release was made of; its id is the hash of that."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import sha256

from disclosure.store.sql import REVISION

#: Raised when the layout of a release's directory changes, or what its indexes are made of.
FORMAT = 2


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release holds (disclosure id to bundle digest) and what it was made with."""

    disclosures: dict[str, str]
    embedder: str
    format: int = FORMAT
    revision: str = REVISION

    @property
    def release_id(self) -> str:
        """The hash of all that a release's answers depend on: same input, same id."""
        content = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return sha256(content.encode()).hexdigest()[:16]

    def encoded(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def decoded(cls, text: str) -> Manifest:
        return cls(**json.loads(text))
