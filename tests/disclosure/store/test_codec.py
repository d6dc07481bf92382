"""Bundles and documents survive being written, and equal ones hash alike."""

from __future__ import annotations

from disclosure.document import Document, Gap, Grid, Locator, Paragraph, Row
from disclosure.store.codec import (
    decode_bundle,
    decode_document,
    digest,
    encode_bundle,
    encode_document,
)
from tests.disclosure.store.samples import sample


def test_a_bundle_survives() -> None:
    assert decode_bundle(encode_bundle(sample(amount="4074.00"))) == sample(amount="4074.00")


def test_equal_bundles_have_one_digest_and_different_ones_two() -> None:
    assert digest(sample()) == digest(sample())
    assert digest(sample(amount="4074.00")) != digest(sample(amount="4074.0"))


def test_a_document_survives_with_its_merged_cells() -> None:
    row = Row(("合计", ""), Locator("a.docx", table=1, row=1), (0, 2))
    document = Document(
        "a.docx",
        "application/msword",
        "00",
        (
            Paragraph("第一部分", Locator("a.docx", line=1), 1),
            Grid((row,), Locator("a.docx", table=1), {(0, 0): (1, 2)}),
        ),
        (Gap("第3页是扫描图片", Locator("a.docx", page=3)),),
        4,
    )
    assert decode_document(encode_document(document)) == document
