"""What reconciliation found, counted: each disclosure with its checks by outcome, and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from disclosure.model import Disclosure, Finding, Kind, Level, Outcome

OUTCOME_NAMES = {
    Outcome.PASS: "相符",
    Outcome.ROUNDING: "四舍五入",
    Outcome.MISMATCH: "不符",
    Outcome.NOT_CHECKED: "未核对",
}
_KIND_NAMES = {Kind.BUDGET: "预算", Kind.FINAL_ACCOUNT: "决算"}
_LEVEL_NAMES = {Level.DEPARTMENT: "部门", Level.UNIT: "单位"}


@dataclass(frozen=True, slots=True)
class Checked:
    """One disclosure with its findings."""

    disclosure: Disclosure
    findings: tuple[Finding, ...]

    def of(self, outcome: Outcome) -> list[Finding]:
        """The findings of one outcome."""
        return [f for f in self.findings if f.outcome is outcome]

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(f.outcome for f in self.findings)

    @property
    def title(self) -> str:
        """``某局 2026年部门预算``: two disclosures of one department differ by it."""
        d = self.disclosure
        return f"{d.department} {d.year}年{_LEVEL_NAMES[d.level]}{_KIND_NAMES[d.kind]}"


def passed_share(counts: Counter[Outcome]) -> str:
    """The share of the checks made that hold, exactly or within rounding; ``—`` where none was
    made. What was not checked counts neither way. 100% is said only if all hold."""
    held = counts[Outcome.PASS] + counts[Outcome.ROUNDING]
    made = held + counts[Outcome.MISMATCH]
    if not made:
        return "—"
    hundredths = held * 10_000 // made
    return f"{hundredths // 100}.{hundredths % 100:02}%"


def total(checked: Sequence[Checked]) -> Counter[Outcome]:
    """The outcomes of all disclosures."""
    counts: Counter[Outcome] = Counter()
    for one in checked:
        counts.update(one.counts)
    return counts


def as_json(checked: Sequence[Checked]) -> str:
    """Every disclosure with every finding, its difference worked out."""
    data = [
        {
            "id": one.disclosure.id,
            "department": one.disclosure.department,
            "year": one.disclosure.year,
            "kind": one.disclosure.kind,
            "level": one.disclosure.level,
            "title": one.disclosure.title,
            "checks": {outcome.value: one.counts[outcome] for outcome in Outcome},
            "passed_share": passed_share(one.counts),
            "findings": [_finding(finding) for finding in one.findings],
        }
        for one in checked
    ]
    return TypeAdapter(list).dump_json(data, indent=2, ensure_ascii=False).decode()


def _finding(finding: Finding) -> dict[str, object]:
    fields: dict[str, object] = TypeAdapter(Finding).dump_python(finding, mode="json")
    known = finding.expected is not None and finding.actual is not None
    difference = finding.actual - finding.expected if known else None  # type: ignore[operator]
    return fields | {"difference": None if difference is None else format(difference, "f")}
