"""Subjects of the three classifications: codes as printed, names resolved to codes by context."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.lexicon.classification import Classification, economic, functional, gov_economic
from disclosure.model import Subject
from ingest.tables.folding import fold

AXES: tuple[str, ...] = ("subject", "economic", "gov_economic")


def national(axis: str) -> Classification:
    """The national classification of an axis."""
    return {"subject": functional, "economic": economic, "gov_economic": gov_economic}[axis]()


def axis_of_code(code: str) -> str:
    """The axis that a subject code belongs to by its first digit; '' for other codes."""
    if len(code) < 3 or len(code) % 2 == 0:
        return ""
    return {"2": "subject", "3": "economic", "5": "gov_economic"}.get(code[0], "")


class SubjectNames:
    """Codes and names that the tables of one disclosure print, over the national lists."""

    def __init__(self) -> None:
        self._printed: dict[str, dict[str, str]] = {axis: {} for axis in AXES}
        self._by_name: dict[tuple[str, str], list[str]] = {}

    def add(self, axis: str, code: str, name: str) -> None:
        """Remember a printed pair; the first name of a code stays."""
        if not code or axis not in self._printed:
            return
        names = self._printed[axis]
        if not names.get(code):
            names[code] = name
        codes = self._by_name.setdefault((axis, fold(name)), [])
        if name and code not in codes:
            codes.append(code)

    def name(self, axis: str, code: str) -> str:
        """The printed name of a code, else the national one, else ''."""
        return self._printed[axis].get(code) or national(axis).by_code(code) or ""

    def resolve(self, axis: str, name: str, current: str = "") -> str:
        """The code of ``name`` printed after the subject ``current``; '' if it is not clear.

        A list runs down and back up its hierarchy: the name is looked for among the children of
        ``current``, then beside it, then beside each subject that contains it, last among the codes
        that these tables print.
        """
        codes = self.candidates(axis, name)
        if len(codes) < 2:
            return codes[0] if codes else ""
        tree = national(axis)
        above = [*reversed(tree.path(current))] if current else []
        for parent in (*above, ""):
            children = [code for code in codes if tree.parent(code) == parent]
            if len(children) == 1:
                return children[0]
        for parent in above:
            inside = [code for code in codes if code.startswith(parent)]
            if len(inside) == 1:
                return inside[0]
        printed = self._by_name.get((axis, fold(name)), [])
        return printed[0] if len(printed) == 1 else ""

    def candidates(self, axis: str, name: str) -> Sequence[str]:
        """Codes that carry ``name`` in these tables, else nationally."""
        printed = self._by_name.get((axis, fold(name)), [])
        return list(dict.fromkeys((*printed, *national(axis).by_name(name))))

    def subjects(self) -> tuple[Subject, ...]:
        """Every printed subject, by axis and code."""
        return tuple(
            Subject(axis, code, code, self.name(axis, code), national(axis).parent(code))
            for axis in AXES
            for code in sorted(self._printed[axis])
        )
