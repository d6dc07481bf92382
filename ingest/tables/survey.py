"""A first look over all tables of a disclosure: which units and subjects they name, who owns them.

Later tables print names without codes, or units and projects in one column; they are read with
what the coded tables say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from disclosure.document import Document
from ingest.tables.cells import is_total, split_code
from ingest.tables.codes import code_groups
from ingest.tables.folding import fold
from ingest.tables.joining import sheets
from ingest.tables.reading import Layout, lay_out
from ingest.tables.roles import Role
from ingest.tables.subjects import SubjectNames, axis_of_code
from ingest.tables.typed import Members
from ingest.tables.units import UnitNames

#: 1 (全额) and the like in a unit code column are none.
_UNIT_CODE = re.compile(r"^\d{3}(?:\d{3}){0,3}$")


def units_of(documents: Sequence[Document], department: str = "", code: str = "") -> Members:
    """Units, subjects and owners that the tables of ``documents`` name.

    ``department`` and ``code`` may be '' while the identity is still unknown.
    """
    layouts = [lay_out(sheet) for sheet in sheets(documents)]
    names, units = survey(layouts, department, code)
    owners = Counter(layout.sheet.caption.owner for layout in layouts if layout.sheet.caption.owner)
    return Members(
        units.units(),
        names.subjects(),
        tuple(owner for owner, _ in owners.most_common()),
        units.department_code,
        units.department_name,
    )


def survey(layouts: Iterable[Layout], department: str, code: str) -> tuple[SubjectNames, UnitNames]:
    """Names and codes of subjects and units in all tables."""
    names = SubjectNames()
    units = UnitNames(department, code)
    for layout in layouts:
        _survey_units(layout, units)
        _survey_subjects(layout, names)
    return names, units


def _survey_units(layout: Layout, units: UnitNames) -> None:
    codes = [c for c in layout.columns if c.role is Role.UNIT_CODE]
    either = [c for c in layout.columns if c.role in (Role.UNIT_OR_SUBJECT, Role.MIXED)]
    plain = [c for c in layout.columns if c.role is Role.UNIT]
    subjects = [c for c in layout.columns if c.role is Role.CODE]
    for line in layout.lines:
        code = next((fold(line.cells[c.index]) for c in codes), "")
        of_subject = any(fold(line.cells[c.index]) for c in subjects)
        named = plain or ([] if of_subject else either)
        name = next((line.cells[c.index].strip() for c in named), "")
        if plain and not codes:
            code, name = split_code(name)
        if is_total(name) or (code and not _UNIT_CODE.match(code)):
            continue
        if name and (code or (plain and not codes)):
            units.add(code, name)


def _survey_subjects(layout: Layout, names: SubjectNames) -> None:
    either = [c for c in layout.columns if c.role is Role.UNIT_OR_SUBJECT]
    for block in layout.blocks:
        groups = code_groups(block)
        for line in layout.lines:
            for group in groups:
                entry = group.read(line.cells, names)
                if entry is None or not entry.code or not axis_of_code(entry.code):
                    continue
                name = entry.name
                if either and not group.name:
                    name = line.cells[either[0].index].strip() or name
                names.add(entry.axis, entry.code, name)
