"""What one ingest did: a line for every file and every disclosure, and where the time went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from disclosure.model import Bundle, Finding, Outcome


class Taken(StrEnum):
    """What became of a file."""

    TAKEN = "taken"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file. ``reason`` says why it was refused or what it repeats; ``seconds`` is reading."""

    name: str
    outcome: Taken
    disclosure_id: str = ""
    reason: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class WeakTable:
    """A table whose columns could not all be mapped with confidence."""

    name: str
    page: int | None
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What checks came to: how many to each outcome, and what each mismatch says, with its rule."""

    findings: dict[str, int]
    mismatches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DisclosureReport:
    """One disclosure that this ingest added or changed. ``findings`` counts its checks by outcome,
    ``mismatches`` says each one that does not hold; ``seconds`` is what its files took to read and
    interpret."""

    id: str
    department: str
    title: str
    year: int
    version: int
    supersedes: str
    files: tuple[str, ...]
    tables: int
    facts: int
    passages: int
    findings: dict[str, int]
    mismatches: tuple[str, ...]
    weak_tables: tuple[WeakTable, ...]
    remarks: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class IngestReport:
    """The whole run. ``release_id`` is the release in force; ``notes`` tell what to know about
    files that were taken; ``seconds`` are by stage (read, build, embed, publish)."""

    release_id: str
    changed: bool
    files: tuple[FileReport, ...]
    disclosures: tuple[DisclosureReport, ...]
    notes: tuple[str, ...] = ()
    embedded: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def refused(self) -> tuple[FileReport, ...]:
        return tuple(f for f in self.files if f.outcome is Taken.REFUSED)

    @property
    def exit_status(self) -> int:
        """0 all taken, 3 some refused and the rest published, 4 nothing published."""
        if len(self.refused) == len(self.files):
            return 4
        return 3 if self.refused else 0


def describe(bundle: Bundle, seconds: float) -> DisclosureReport:
    """The report's line of a disclosure."""
    disclosure = bundle.disclosure
    checked = tally(bundle.findings)
    return DisclosureReport(
        id=disclosure.id,
        department=disclosure.department,
        title=disclosure.title,
        year=disclosure.year,
        version=disclosure.version,
        supersedes=disclosure.supersedes,
        files=tuple(f.name for f in disclosure.files),
        tables=len(bundle.tables),
        facts=len(bundle.facts),
        passages=len(bundle.passages),
        findings=checked.findings,
        mismatches=checked.mismatches,
        weak_tables=tuple(
            WeakTable(
                table.name,
                table.row_locators[0].page if table.row_locators else None,
                table.confidence,
                table.weakness,
            )
            for table in bundle.tables
            if table.weakness
        ),
        remarks=disclosure.remarks,
        seconds=seconds,
    )


def with_tally(report: DisclosureReport, published: Tally) -> DisclosureReport:
    """A disclosure's line with the checks that it is published with."""
    return replace(report, findings=published.findings, mismatches=published.mismatches)


def tally(findings: Iterable[Finding]) -> Tally:
    """What a disclosure's checks came to."""
    found = tuple(findings)
    counts = Counter(f.outcome for f in found)
    return Tally(
        {outcome.value: counts[outcome] for outcome in Outcome if counts[outcome]},
        tuple(f"{f.rule}：{f.message}" for f in found if f.outcome is Outcome.MISMATCH),
    )
