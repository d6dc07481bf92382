"""The fingerprint that tells an exact duplicate and names a version of a file."""

from __future__ import annotations

import hashlib


def sha256(data: bytes) -> str:
    """SHA-256 of the file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
