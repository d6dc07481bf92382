"""A table as a layout file describes it, filled from the ledger: its grid and its true facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from disclosure.document import Grid, Locator, Row
from disclosure.model import ALL
from disclosure.money import parse_number
from tests.ingest.layouts.ledger import (
    CODE,
    DEPARTMENT,
    THREE_PUBLIC,
    UNITS,
    YEAR,
    Ledger,
    name_of,
    tree,
)

LOCATOR = Locator("f.txt")
_MEASURES = {
    "revenue": "revenue",
    "three_public": "three_public",
    "procurement": "procurement",
    "service_purchase": "service_purchase",
}
_NUMERALS = "一二三四五六七八九十"
#: What a fact must say: measure, aspect, year, coordinates and value in 元 (percent as it is).
Truth = tuple[str, str, int, tuple[tuple[str, str], ...], Decimal]


@dataclass(frozen=True, slots=True)
class Style:
    """How figures and names are printed; the traits of a document."""

    money: str = "万元"
    places: int = 2
    separators: bool = True
    zero: str = ""
    total: str = "合计"
    total_last: bool = False
    numbering: tuple[str, ...] = ()
    spans: bool = True
    unit_line: str = "单位：{unit}"
    unit_at: str = "above"  # above | title | header | inside
    label: str = ""
    page: int = 0
    repeat: bool = True
    indent: str = ""

    def amount(self, value: Decimal) -> str:
        """A sum in 元 as it is printed."""
        if not value:
            return self.zero
        scaled = value / (10000 if self.money == "万元" else 1)
        return format(scaled, f"{',' if self.separators else ''}.{self.places}f")

    def worth(self, printed: str) -> Decimal | None:
        """A printed sum in 元; None where nothing is printed."""
        value = parse_number(printed)
        return None if value is None else value * (10000 if self.money == "万元" else 1)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header path, and either the key that it prints or its coordinates."""

    path: tuple[str, ...]
    key: str = ""
    at: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: what its key columns print, and its coordinates; ``at`` None prints no figures."""

    keys: Mapping[str, str]
    at: Mapping[str, str] | None


@dataclass(slots=True)
class Filled:
    """A table filled: its title, grid rows, header depth, spans, and the truth."""

    title: str
    label: str
    kind: str
    header: list[list[str]]
    spans: dict[tuple[int, int], tuple[int, int]]
    body: list[list[str]]
    truth: list[Truth]
    note: str = ""

    def grid(self, spans: bool = True) -> Grid:
        """The grid as a reader gives it."""
        rows = [*self.header, *self.body]
        return Grid(
            tuple(Row(tuple(r), replace(LOCATOR, row=i)) for i, r in enumerate(rows, 1)),
            LOCATOR,
            self.spans if spans else {},
        )


def fill(spec: Mapping[str, Any], book: Ledger, style: Style) -> Filled:
    """Fill one table of a layout file."""
    halves = spec.get("blocks") or [spec]
    blocks = []
    for half in halves:
        kind = half.get("measure") or _MEASURES.get(spec["kind"], "expenditure")
        base = {**_at(spec.get("base", "")), **_at(half.get("base", ""))}
        columns = [_column(line, style) for line in half["columns"]]
        entries = list(_entries(half["rows"], book, base, style))
        blocks.append((kind, base, columns, entries))
    every = [column for _, _, columns, _ in blocks for column in columns]
    header, spans = _header([column.path for column in every])
    height = max(len(entries) for *_, entries in blocks)
    body = [["" for _ in every] for _ in range(height)]
    truth: list[Truth] = []
    left = 0
    for measure, base, columns, entries in blocks:
        for row, entry in enumerate(entries):
            for place, column in enumerate(columns):
                if column.key:
                    text = entry.keys.get(column.key, "")
                elif column.text:
                    text = ""
                else:
                    text = _print(book, measure, base, entry, column, style, truth)
                body[row][left + place] = text
        left += len(columns)
    if style.numbering:
        header.append(_numbered(every, style.numbering))
    return Filled(
        spec["title"],
        spec.get("label", ""),
        spec["kind"],
        header,
        spans,
        body,
        truth,
        spec.get("note", ""),
    )


def _print(
    book: Ledger,
    measure: str,
    base: Mapping[str, str],
    entry: Entry,
    column: Column,
    style: Style,
    truth: list[Truth],
) -> str:
    if entry.at is None:
        return ""
    at = {**base, **entry.at, **column.at}
    aspect = at.pop("aspect", "amount")
    measured = at.pop("measure", measure)
    only = at.pop("only", "")
    if only and (only == "unit") == ("unit" not in at):
        return ""
    if aspect == "change_rate":
        before = book.amount(measured, at, "prior")
        text = f"{book.amount(measured, at, 'change') / before * 100:.2f}" if before else ""
        worth = parse_number(text)
    else:
        text = style.amount(book.amount(measured, at, aspect))
        worth = style.worth(text)
    if worth is not None:
        truth.append((measured, aspect, YEAR, tuple(sorted(at.items())), worth))
    return text


# -- reading a layout file ---------------------------------------------------------------------


def _at(text: str) -> dict[str, str]:
    return dict(pair.strip().split("=") for pair in text.split(",") if pair.strip())


def _column(line: str, style: Style) -> Column:
    """``本年收入 > 小计 : fund=fiscal``, ``科目编码 @code``, ``备注 @-``."""
    if "@" in line:
        path, _, key = line.rpartition("@")
        words = tuple(part.strip() for part in path.split(">"))
        return Column(words, "" if key == "-" else key.strip(), {}, "-" if key == "-" else "")
    path, _, at = line.partition(" : ")
    words = tuple(part.strip() for part in path.split(">"))
    if style.unit_at == "header":
        words = (*words[:-1], f"{words[-1]}（{style.money}）")
    return Column(words, "", _at(at))


def _header(
    paths: Sequence[tuple[str, ...]],
) -> tuple[list[list[str]], dict[tuple[int, int], tuple[int, int]]]:
    """Header rows with merged cells: a label stands once over all that it covers."""
    depth = max(map(len, paths))
    rows = [["" for _ in paths] for _ in range(depth)]
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for level in range(depth):
        column = 0
        while column < len(paths):
            path = paths[column]
            if len(path) <= level:
                column += 1
                continue
            end = column + 1
            if len(path) > level + 1:
                while (
                    end < len(paths)
                    and paths[end][: level + 1] == path[: level + 1]
                    and len(paths[end]) > level + 1
                ):
                    end += 1
            rows[level][column] = path[level]
            tall = depth - level if len(path) == level + 1 else 1
            if (tall, end - column) != (1, 1):
                spans[level, column] = (tall, end - column)
            column = end
    return rows, spans


def _numbered(columns: Sequence[Column], how: tuple[str, ...]) -> list[str]:
    first = how[0]
    row, at = [], 0
    for column in columns:
        if column.key and first != "1":
            row.append(first if not row else "")
            continue
        at += 1
        row.append(str(at))
    return row


# -- rows --------------------------------------------------------------------------------------


def _entries(
    rows: str | Sequence[str], book: Ledger, base: Mapping[str, str], style: Style
) -> Iterator[Entry]:
    if not isinstance(rows, str):
        for line in rows:
            label, _, at = line.partition(" :")
            label = label.replace("{blank}", "")
            yield Entry({"label": label}, None if at.strip() == "-" else _at(at))
        return
    name, *options = rows.split()
    told = [option.removeprefix("in=") for option in options if option.startswith("in=")]
    total = Entry(dict.fromkeys(told or _TOTAL_KEYS.get(name, ("name",)), style.total), {})
    made = list(_ROWS[name](book, base, options, style))
    if "bare" in options:
        yield from made
    elif style.total_last:
        yield from (*made, total)
    else:
        yield from (total, *made)


def _subject_keys(axis: str, code: str, options: Sequence[str], style: Style) -> dict[str, str]:
    name = name_of(axis, code)
    parts = [code[:3], code[3:5], code[5:7]]
    deepest = sum(bool(part) for part in parts)
    shown = (
        parts
        if "repeat" in options
        else [p if i + 1 == deepest else "" for i, p in enumerate(parts)]
    )
    return {
        "code": code,
        "name": style.indent * (deepest - 1) + name,
        "类": shown[0],
        "款": shown[1],
        "项": shown[2],
        "joined": f"{code}-{name}",
        "spaced": f"{code} {name}",
        "bracketed": f"[{code}]{name}",
        "bare": name,
    }


def _subjects(
    book: Ledger, base: Mapping[str, str], options: Sequence[str], style: Style
) -> Iterator[Entry]:
    yield from _classified("subject", book, base, options, style)


def _classified(
    axis: str, book: Ledger, base: Mapping[str, str], options: Sequence[str], style: Style
) -> Iterator[Entry]:
    codes = tree(book, axis, base)
    if "leaves" in options:
        codes = [c for c in codes if not any(o != c and o.startswith(c) for o in codes)]
    if "classes" in options:
        codes = [c for c in codes if len(c) == 3]
    for code in codes:
        yield Entry(_subject_keys(axis, code, options, style), {axis: code})


def _economics(
    book: Ledger, base: Mapping[str, str], options: Sequence[str], style: Style
) -> Iterator[Entry]:
    yield from _classified("economic", book, base, options, style)


def _gov_economics(
    book: Ledger, base: Mapping[str, str], options: Sequence[str], style: Style
) -> Iterator[Entry]:
    yield from _classified("gov_economic", book, base, options, style)


def _unit_keys(code: str, name: str) -> dict[str, str]:
    return {
        "ucode": code,
        "unit": name,
        "either": name,
        "ujoined": f"{code}-{name}",
        "ubracketed": f"[{code}]{name}",
    }


def _units(
    book: Ledger, base: Mapping[str, str], options: Sequence[str], style: Style
) -> Iterator[Entry]:
    if "nodepartment" not in options:
        yield Entry(_unit_keys(CODE, DEPARTMENT), {})
    for code, name in UNITS.items():
        yield Entry(_unit_keys(code, "　" * ("indent" in options) + name), {"unit": code})


def _by_unit(axis: str):
    def rows(
        book: Ledger, base: Mapping[str, str], options: Sequence[str], style: Style
    ) -> Iterator[Entry]:
        if "department" in options:
            yield Entry(_unit_keys(CODE, DEPARTMENT), {})
        for code, name in UNITS.items():
            if "nounit" not in options:
                yield Entry(_unit_keys(code, name), {"unit": code})
            for entry in _classified(axis, book, {**base, "unit": code}, options, style):
                keys = dict(entry.keys)
                keys["either"] = keys["bare"]
                if "fullunit" in options:
                    keys |= {k: v for k, v in _unit_keys(code, name).items() if k != "either"}
                elif "unitcode" in options:
                    keys["ucode"] = code
                yield Entry(keys, {"unit": code, **(entry.at or {})})

    return rows


def _projects(
    book: Ledger, base: Mapping[str, str], options: Sequence[str], style: Style
) -> Iterator[Entry]:
    done = ""
    for posting in book.spending:
        at = posting.at
        if "project" not in at or any(at.get(k) != v for k, v in base.items() if k != "fund"):
            continue
        unit = at["unit"]
        if "byunit" in options and unit != done:
            yield Entry(_unit_keys(unit, UNITS[unit]), {"unit": unit})
        done = unit
        keys = {"project": at["project"], "kind": "特定目标类", "serial": ""}
        keys |= _subject_keys("subject", at["subject"], options, style)
        keys |= {
            "e" + k: v for k, v in _subject_keys("economic", at["economic"], options, style).items()
        }
        here: dict[str, str] = {"project": at["project"], "unit": unit}
        if "byunit" not in options:
            keys |= _unit_keys(unit, UNITS[unit])
        if "subject" in options:
            here["subject"] = at["subject"]
        if "economic" in options:
            here["economic"] = at["economic"]
        if "nounit" in options:
            here.pop("unit")
        yield Entry(keys, here)


def _joint(
    book: Ledger, base: Mapping[str, str], options: Sequence[str], style: Style
) -> Iterator[Entry]:
    """Rows with unit, functional and economic subject, as they are budgeted."""
    for posting in book.spending:
        at = posting.at
        if not all(at.get(k) == v for k, v in base.items()):
            continue
        keys = _subject_keys("subject", at["subject"], options, style)
        keys |= {
            "e" + k: v for k, v in _subject_keys("economic", at["economic"], options, style).items()
        }
        keys |= _unit_keys(at["unit"], UNITS[at["unit"]])
        yield Entry(keys, {a: at[a] for a in ("unit", "subject", "economic")})


def _both_economics(
    book: Ledger, base: Mapping[str, str], options: Sequence[str], style: Style
) -> Iterator[Entry]:
    """河南: the department's economic subject beside the government's it belongs to."""
    pairs = {
        (p.at["economic"], p.at["gov_economic"])
        for p in book.spending
        if all(p.at.get(k) == v for k, v in base.items())
    }
    for code, other in sorted(pairs):
        keys = _subject_keys("economic", code, ["repeat"], style)
        keys |= {
            "g" + k: v for k, v in _subject_keys("gov_economic", other, ["repeat"], style).items()
        }
        yield Entry(keys, {"economic": code, "gov_economic": other})


def _classes(
    book: Ledger, base: Mapping[str, str], options: Sequence[str], style: Style
) -> Iterator[Entry]:
    """一、社会保障和就业支出 … of the expenditure half, with 其他 classes at zero."""
    codes = [c for c in tree(book, "subject", base) if len(c) == 3]
    if "all" in options:
        codes = sorted({*codes, "201", "205", "206", "214", "229"})
    for at, code in enumerate(codes):
        label = f"{_NUMERALS[at]}、{name_of('subject', code)}"
        if "plain" in options:
            label = name_of("subject", code)
        if "bracketnumber" in options:
            label = f"（{_NUMERALS[at]}）{name_of('subject', code)}"
        yield Entry({"label": label}, {"subject": code})
    if "sums" in options:
        yield Entry({"label": "本年支出合计"}, {})
        yield Entry({"label": "结转下年支出"}, None)
        yield Entry({"label": "支出总计"}, {})
    if "alsototal" in options:
        yield Entry({"label": "支出总计"}, {})


def _economic_labels(
    book: Ledger, base: Mapping[str, str], options: Sequence[str], style: Style
) -> Iterator[Entry]:
    axis = "gov_economic" if "government" in options else "economic"
    for at, code in enumerate([c for c in tree(book, axis, base) if len(c) == 3]):
        yield Entry({"label": f"{_NUMERALS[at]}、{name_of(axis, code)}"}, {axis: code})


_ROWS: Mapping[str, Any] = {
    "units": _units,
    "subjects": _subjects,
    "economics": _economics,
    "gov_economics": _gov_economics,
    "subjects_by_unit": _by_unit("subject"),
    "economics_by_unit": _by_unit("economic"),
    "gov_economics_by_unit": _by_unit("gov_economic"),
    "projects": _projects,
    "joint": _joint,
    "both_economics": _both_economics,
    "classes": _classes,
    "economic_labels": _economic_labels,
}
_TOTAL_KEYS: Mapping[str, tuple[str, ...]] = {
    "units": ("unit",),
    "projects": ("project",),
    "classes": ("label",),
    "economic_labels": ("label",),
    "subjects_by_unit": ("either",),
    "economics_by_unit": ("either",),
    "gov_economics_by_unit": ("either",),
}
__all__ = ["ALL", "THREE_PUBLIC", "Filled", "Style", "Truth", "fill"]
