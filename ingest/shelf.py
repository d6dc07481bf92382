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
from ingest.report import Tally, tally

#: Checks one disclosure against the held ones whose figures it restates.
ReconcileYears = Callable[[Bundle, Sequence[Bundle]], tuple[Finding, ...]]


class Shelf:
    """What the next release is made of."""

    def __init__(self, workspace: Workspace, reconcile_years: ReconcileYears) -> None:
        self._workspace = workspace
        self._reconcile_years = reconcile_years
        self._tallies: dict[str, Tally] = {}

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
        held = [
            self._workspace.bundle(other)
            for other in self._workspace.compared_with(disclosure_id)
            if any(version.current for version in self._workspace.versions(other))
        ]
        findings = (*bundle.findings, *self._reconcile_years(bundle, held))
        self._tallies[disclosure_id] = tally(findings)
        return replace(bundle, findings=findings)

    def tally(self, disclosure_id: str) -> Tally:
        """What the checks of a disclosure came to, as it is published."""
        if disclosure_id not in self._tallies:
            self.bundle(disclosure_id)
        return self._tallies[disclosure_id]


def _combined(own: str, others: Sequence[str]) -> str:
    return sha256("".join((own, *others)).encode()).hexdigest() if others else own
