"""The national 政府收支分类科目: codes, names and their hierarchy, read from the TSV files beside.

``functional.tsv`` holds 支出功能分类 (类 3 digits, 款 5, 项 7), ``economic.tsv`` the economic
classification of departments (301…399), ``gov_economic.tsv`` that of government budgets (501…599).
A code's first row is its name in force; further rows are names of earlier years, which documents
of those years (and a few careless ones of this year) still print.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from disclosure.text import fold

_SUFFIX = "支出"


class Classification:
    """One classification of subjects. Codes are strings of digits; a longer one lies within its
    prefixes, so departments' own finer codes (3021101 under 30211) find their parent too."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._names: dict[str, tuple[str, ...]] = {}
        by_name: defaultdict[str, list[str]] = defaultdict(list)
        for code, name in rows:
            self._names[code] = (*self._names.get(code, ()), name)
            by_name[fold(name)].append(code)
        self._by_name = {key: tuple(codes) for key, codes in by_name.items()}
        children: defaultdict[str, list[str]] = defaultdict(list)
        for code in self._names:
            children[self.parent(code)].append(code)
        self._children = {code: tuple(members) for code, members in children.items()}

    def __contains__(self, code: str) -> bool:
        return code in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def by_code(self, code: str) -> str | None:
        """The name in force of ``code`` (``2060101`` → 行政运行), or None if it is not national."""
        names = self._names.get(code)
        return names[0] if names else None

    def names(self, code: str) -> tuple[str, ...]:
        """Every name that ``code`` has or had, the one in force first; empty if unknown."""
        return self._names.get(code, ())

    def by_name(self, name: str, parent: str | None = None) -> tuple[str, ...]:
        """Codes that have or had ``name``; all of them where several 款 share it.

        Brackets and quotation marks make no difference. A name said without its final 支出 finds
        the subject printed with it (社会保障和就业), after subjects printed without; a name said
        with 支出 finds one printed without it (教育支出 → 援助其他地区's 教育) only if none is
        printed with it. ``parent`` keeps the codes within it, at any depth.
        """
        key = fold(name)
        exact = self._select(key, parent)
        if key.endswith(_SUFFIX):
            return exact or self._select(key.removesuffix(_SUFFIX), parent)
        return tuple(dict.fromkeys((*exact, *self._select(key + _SUFFIX, parent))))

    def parent(self, code: str) -> str:
        """The containing code one level up (``2060101`` → ``20601`` → ``206`` → ``''``)."""
        return code[:-2] if len(code) > 3 else ""

    def children(self, code: str = "") -> tuple[str, ...]:
        """Codes directly below ``code``; the 类 for the empty code."""
        return self._children.get(code, ())

    def level(self, code: str) -> int:
        """1 for 类, 2 for 款, 3 for 项; deeper for departments' own codes."""
        return (len(code) - 1) // 2

    def path(self, code: str) -> tuple[str, ...]:
        """The code with the codes that contain it, outermost first."""
        parent = self.parent(code)
        return (*self.path(parent), code) if parent else (code,)

    def _select(self, key: str, parent: str | None) -> tuple[str, ...]:
        codes = self._by_name.get(key, ())
        return tuple(c for c in codes if parent is None or self._within(c, parent))

    @staticmethod
    def _within(code: str, parent: str) -> bool:
        return code != parent and code.startswith(parent)


def _read(name: str) -> Classification:
    lines = files(__package__).joinpath(name).read_text("utf-8").splitlines()
    return Classification((code, label) for code, label in (line.split("\t") for line in lines))


@cache
def functional() -> Classification:
    """支出功能分类科目: what public money is spent on (201 to 234)."""
    return _read("functional.tsv")


@cache
def economic() -> Classification:
    """部门预算支出经济分类科目: how a department spends it (301 to 399)."""
    return _read("economic.tsv")


@cache
def gov_economic() -> Classification:
    """政府预算支出经济分类科目 (501 to 599)."""
    return _read("gov_economic.tsv")
