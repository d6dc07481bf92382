"""What a release was made of, and where it lies; its id is the hash of the former."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256

from disclosure.store.sql import REVISION

#: Raised when the layout of a release or of a part changes, or what its indexes are made of.
FORMAT = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a release, which other releases may share: ids of the disclosures in it that are
    ``shown``, and of those that are ``hidden``: corrected or removed since it was made."""

    id: str
    shown: tuple[str, ...]
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release holds (disclosure id to bundle digest), what it was made with, and the parts
    that it lies in."""

    disclosures: dict[str, str]
    embedder: str
    format: int = FORMAT
    revision: str = REVISION
    parts: tuple[Part, ...] = ()

    @property
    def release_id(self) -> str:
        """The hash of all that a release's answers depend on: same input, same id, however it is
        parted."""
        return self.id_of(self.disclosures)

    def id_of(self, disclosures: Mapping[str, str]) -> str:
        """The id of what holds these disclosures and was made as this release: of a part."""
        content = {
            "disclosures": dict(disclosures),
            "embedder": self.embedder,
            "format": self.format,
            "revision": self.revision,
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return sha256(text.encode()).hexdigest()[:16]

    def encoded(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def decoded(cls, text: str) -> Manifest:
        raw = json.loads(text)
        parts = tuple(
            Part(part["id"], tuple(part["shown"]), tuple(part["hidden"]))
            for part in raw.pop("parts", ())
        )
        return cls(**raw, parts=parts)
