"""Disclosures as text, read and reconciled as ingest does it, and errors to plant in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from disclosure.model import Bundle, Finding, Outcome
from ingest.assemble import assemble
from ingest.readers import read_document
from ingest.reconcile import reconcile


@dataclass(frozen=True, slots=True)
class Planted:
    """A changed text with the number of the line that was changed (counted from 1)."""

    text: str
    line: int


def bundle_of(*texts: str) -> Bundle:
    """The one disclosure that some files make up."""
    documents = [read_document(f"{n}.txt", text.encode()) for n, text in enumerate(texts)]
    (bundle,) = assemble(documents).bundles
    return bundle


def findings_of(*texts: str) -> tuple[Finding, ...]:
    return reconcile(bundle_of(*texts))


def mismatches(findings: Sequence[Finding]) -> list[Finding]:
    return [f for f in findings if f.outcome is Outcome.MISMATCH]


def plant(text: str, line: str, old: str, new: str, nth: int = 1) -> Planted:
    """``old`` changed to ``new`` on the ``nth`` line that begins with ``line``; | is a tab."""
    lines = text.split("\n")
    start = line.replace("|", "\t")
    at = [n for n, content in enumerate(lines) if content.startswith(start)][nth - 1]
    before = old.replace("|", "\t")
    assert before in lines[at], f"{old!r} is not on the line {lines[at]!r}"
    lines[at] = lines[at].replace(before, new.replace("|", "\t"), 1)
    return Planted("\n".join(lines), at + 1)


def touches(bundle: Bundle, finding: Finding, line: int) -> bool:
    """Whether a finding concerns a figure on a line (or in the paragraph that begins there)."""
    lines = {f.locator.line for f in bundle.facts if f.id in set(finding.fact_ids)}
    return line in lines
