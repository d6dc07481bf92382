"""The disclosures to publish: the workspace's current bundles, each with what comparing it with
those of other years found.

Such findings belong to two disclosures, so they are made when a release is, not when one of them is
read: whichever of the two comes, changes or goes, the other is published anew, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256

from disclosure.model import Bundle, Finding
from disclosure.store.workspace import Workspace

#: Checks one disclosure against the held ones whose figures it restates.
ReconcileYears = Callable[[Bundle, Sequence[Bundle]], tuple[Finding, ...]]


class Shelf:
    """What the next release is made of."""

    def __init__(self, workspace: Workspace, reconcile_years: ReconcileYears) -> None:
        self._workspace = workspace
        self._reconcile_years = reconcile_years
        self._findings: dict[str, tuple[Finding, ...]] = {}

    def wanted(self) -> dict[str, str]:
        """The digest of each disclosure as published, by id: it changes with the disclosures that
        it is compared with."""
        digests = {v.disclosure_id: v.digest for v in self._workspace.versions() if v.current}
        compared = self._workspace.comparisons()
        published: dict[str, str] = {}
        for disclosure_id, own in digests.items():
            others = [digests[i] for i in compared.get(disclosure_id, ()) if i in digests]
            published[disclosure_id] = _combined(own, others)
        return published

    def bundle(self, disclosure_id: str) -> Bundle:
        """A disclosure as it is published."""
        bundle = self._workspace.bundle(disclosure_id)
        ids = self._workspace.comparisons().get(disclosure_id, ())
        current = {v.disclosure_id for v in self._workspace.versions() if v.current}
        held = [self._workspace.bundle(i) for i in ids if i in current]
        findings = (*bundle.findings, *self._reconcile_years(bundle, held))
        self._findings[disclosure_id] = findings
        return replace(bundle, findings=findings)

    def findings(self, disclosure_id: str) -> tuple[Finding, ...]:
        """The findings of a disclosure as it is published."""
        if disclosure_id not in self._findings:
            self.bundle(disclosure_id)
        return self._findings[disclosure_id]


def _combined(own: str, others: Sequence[str]) -> str:
    return sha256("".join((own, *others)).encode()).hexdigest() if others else own
