"""Bundles and documents as canonical JSON bytes: what the workspace keeps and releases hash."""

from __future__ import annotations

import json
import zlib
from functools import cache
from hashlib import sha256

from pydantic import TypeAdapter

from disclosure.document import Document
from disclosure.model import Bundle


@cache
def _bundles() -> TypeAdapter[Bundle]:
    return TypeAdapter(Bundle)


@cache
def _documents() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


def encode_bundle(bundle: Bundle) -> bytes:
    """The same bundle always gives the same bytes; decimals keep every printed digit."""
    return _bundles().dump_json(bundle, exclude_defaults=True)


def decode_bundle(data: bytes) -> Bundle:
    return _bundles().validate_json(data)


def digest(bundle: Bundle) -> str:
    """The hash of everything that a bundle says."""
    return sha256(encode_bundle(bundle)).hexdigest()


def encode_document(document: Document) -> bytes:
    return _documents().dump_json(document, exclude_defaults=True)


def decode_document(data: bytes) -> Document:
    raw = json.loads(data)
    for block in raw["blocks"]:
        # JSON has no tuples as keys: a span's (row, column) was written "row,column".
        if spans := block.get("spans"):
            block["spans"] = {tuple(map(int, at.split(","))): size for at, size in spans.items()}
    return _documents().validate_python(raw)


def pack_document(document: Document) -> bytes:
    """A document in the fewest bytes, to be kept or handed to another process."""
    return zlib.compress(encode_document(document), 1)


def unpack_document(data: bytes) -> Document:
    return decode_document(zlib.decompress(data))
