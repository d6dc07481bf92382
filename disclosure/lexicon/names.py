"""How people shorten the names of departments and units, by rules over ``bureaus.yaml``.

An alias is a name that a question may use; whether it is unique among the loaded data is for the
linker to check, and an alias that ``is_generic`` never names anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from disclosure.lexicon import read_data
from disclosure.lexicon.regions import (
    NOWHERE,
    region_forms,
    region_level,
    split_region,
)
from disclosure.model import Region
from disclosure.text import fold

_HEAD_OFFICE = re.compile(
    r"(?:\([局委厅署]?(?:本级|本部|机关)(?:本级)?\)|(?:机关)?本级|本部|机关)\Z"
)
_STREET = re.compile(r"(?:人民政府)?(?P<name>.+?)街道(?:办事处|党工委)\Z")
_TOWN = re.compile(r"(?P<name>.+?[镇乡])人民政府\Z")
#: A bureau's office for a district: 宝安管理局 of 规自局 is called 宝安规自局.
_BRANCH = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,3})(?:管理局|监管局|分局)\Z")
_GOVERNMENT = "人民政府"
_BRACKETED = re.compile(r"(?P<first>[^()]{4,})\((?P<second>[^()]{4,})\)")
_ORGANISATIONS = ("所", "院", "中心", "馆", "站", "校", "局", "队", "社", "会", "办公室", "处")
_PARTY = ("中共", "中国共产党")
_LONGEST = 10
_JOINERS = ("和", "与", "及")


@dataclass(frozen=True, slots=True)
class Bureaus:
    """The rules of ``bureaus.yaml``."""

    bodies: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, tuple[str, ...]]
    tails: Mapping[str, tuple[str, ...]]
    former: Mapping[str, tuple[str, ...]]
    related: Mapping[str, tuple[str, ...]]
    unit_tails: Mapping[str, tuple[str, ...]]
    initial_tails: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    weak: frozenset[str]
    generic: frozenset[str]
    alone: frozenset[str]
    letters: Mapping[str, str]


@cache
def bureaus() -> Bureaus:
    """The rules, read once."""
    data = read_data("bureaus.yaml")
    assert isinstance(data, dict)

    def mapping(key: str) -> Mapping[str, tuple[str, ...]]:
        return {fold(name): tuple(map(fold, forms)) for name, forms in data[key].items()}

    return Bureaus(
        bodies=mapping("bodies"),
        stems=mapping("stems"),
        tails=mapping("tails"),
        former=mapping("former"),
        related=mapping("related"),
        unit_tails=mapping("unit_tails"),
        initial_tails=mapping("initial_tails"),
        words=mapping("words"),
        weak=frozenset(data["weak"]),
        generic=frozenset(data["generic"]),
        alone=frozenset(data["alone"]),
        letters={fold(city): letter for letter, city in data["letters"].items()},
    )


def is_generic(alias: str) -> bool:
    """Whether an alias could mean any unit (中心, 局, 本级) and so must name none."""
    text = fold(alias)
    return len(text) < 2 or text in bureaus().generic


def is_head_office(name: str) -> bool:
    """Whether a unit's name says that it is the department's own office (…（本级）, …机关)."""
    return bool(_HEAD_OFFICE.search(fold(name)))


def aliases(official_name: str, region: Region = NOWHERE) -> tuple[str, ...]:
    """Names by which people may call a department or unit, without generic ones, fullest first.

    ``region`` is used where the name itself does not begin with one. 长春市科学技术局 → 科学技术局,
    科技局, 市科技局, 长春科技局, 长春市科技局 …; earlier names follow (应急管理局 → 安监局). A head
    office (（本级）, 机关) is called by its department's names with 本级 or 机关 behind them.
    """
    name = fold(official_name)
    head = _HEAD_OFFICE.search(name)
    body = name[: head.start()] if head else name
    own, rest = split_region(body)
    place = own if own != NOWHERE else region
    shorts = _unique(form for base in (rest, *former_names(rest)) for form in short_forms(base))
    if body.startswith(_PARTY) and own != NOWHERE and "委" not in rest[:2]:
        shorts = _unique((*shorts, *(f"委{form}" for form in shorts)))
    shorts = _unique((*shorts, *_bracketed(body)))
    named = _unique((*shorts, *_with_region(shorts, place)))
    if place != NOWHERE and not head:
        named = _unique((*named, *_clipped(shorts, place), *_lettered(shorts, place)))
    if head:
        return _unique((name, *(f"{form}{mark}" for form in named for mark in ("本级", "机关"))))
    return _unique((name, *(form for form in named if not is_generic(form))))


def _bracketed(name: str) -> list[str]:
    """The second name that stands in brackets, and the first alone: 事务中心(财政科学研究所)."""
    match = _BRACKETED.fullmatch(name)
    if match is None or not match["second"].endswith(_ORGANISATIONS):
        return []
    both = (match["first"], match["second"])
    return [form for one in both for form in (one, split_region(one)[1]) if len(form) > 3]


def former_names(name: str) -> tuple[str, ...]:
    """Earlier names of a kind of department, newest first (应急管理局 → 安全生产监督管理局)."""
    return bureaus().former.get(fold(name), ())


def related_names(name: str) -> tuple[str, ...]:
    """Other kinds of departments with nearly the same duty; never to be taken for the same."""
    return bureaus().related.get(fold(name), ())


def short_forms(rest: str) -> tuple[str, ...]:
    """Short forms of a name without its region, the name itself first."""
    rules = bureaus()
    forms = [rest]
    if match := _STREET.match(rest):
        street = match["name"]
        return _unique((rest, f"{street}街道办事处", f"{street}街道办", f"{street}街道"))
    if match := _TOWN.match(rest):
        return (rest, f"{match['name']}政府", match["name"])
    bare = rest.removeprefix(_GOVERNMENT)
    if bare != rest and len(bare) > 3 and not bare.startswith("办公"):
        forms.append(bare)
    for form in tuple(forms):
        forms += rules.bodies.get(form, ())
        forms += _bureau_forms(form)
    if len(forms) == 1:
        forms += _within_bureau(rest)
    if len(forms) == 1:
        forms += _unit_forms(rest)
    return _unique(forms)


def _bureau_forms(name: str) -> list[str]:
    """科学技术局 → 科技局: a known stem with one of the last words of departments."""
    rules = bureaus()
    forms = []
    for tail, said in rules.tails.items():
        if name.endswith(tail):
            stems = rules.stems.get(name.removesuffix(tail), ())
            forms += [stem + end for stem in stems for end in said]
    return forms


def _within_bureau(name: str) -> list[str]:
    """公安局刑事侦查支队 → 刑侦支队, 公安局刑侦支队: an office that bears its bureau's name."""
    rules = bureaus()
    for size in range(len(name) - 3, 2, -1):
        head, own = name[:size], name[size:]
        said = (*rules.bodies.get(head, ()), *_bureau_forms(head))
        if head.endswith(("局", "委员会", "署")) and (said or head in rules.former):
            parts = _unique((own, *_unit_forms(own)))
            heads = (head, *(form for form in said if form.endswith(("局", "委", "署"))))
            branch = _BRANCH.match(own)
            local = [branch["place"] + h for h in heads] if branch else []
            return [*parts, *(h + part for h in heads for part in parts), *local]
    return []


def _unit_forms(name: str) -> list[str]:
    """科学技术情报研究所 → 科技情报研究所, 情报研究所, 情报所: by its words and its last word."""
    rules = bureaus()
    tail = next((name[i:] for i in range(1, len(name)) if name[i:] in rules.unit_tails), "")
    if not tail:
        return []
    pieces = _pieces(name.removesuffix(tail))
    strong = [piece for piece in pieces if piece not in rules.weak]
    bodies = ["".join(pieces), "".join(_shortest(piece) for piece in pieces)]
    if len(strong) < len(pieces):
        bodies += ["".join(strong), "".join(map(_shortest, strong))]
    if strong:
        bodies += [form for p in (strong[-1], strong[0]) for form in (p, *rules.words.get(p, ()))]
    coined = [pieces[0][0] + end for end in rules.initial_tails.get(tail, ())] if pieces else []
    letters = "".join(piece[0] for piece in pieces if piece not in _JOINERS)
    if 2 <= len(letters) <= 3:  # 科情所; with 中心 such letters are hardly said
        coined += [letters + end for end in rules.unit_tails[tail] if len(end) == 1]
    return coined + [
        body + end
        for body in _unique(bodies)
        if len(body) > 1
        for end in rules.unit_tails[tail]
        if not is_generic(body + end)
    ]


def _pieces(body: str) -> list[str]:
    """The words of a unit's name: known ones, longest first, and the runs between them."""
    words = bureaus().words
    pieces: list[str] = []
    run = ""
    start = 0
    while start < len(body):
        size = next((n for n in range(_LONGEST, 0, -1) if body[start : start + n] in words), 0)
        if not size:
            run += body[start]
            start += 1
            continue
        if run:
            pieces.append(run)
            run = ""
        pieces.append(body[start : start + size])
        start += size
    return [*pieces, run] if run else pieces


def _shortest(word: str) -> str:
    return min((word, *bureaus().words.get(word, ())), key=len)


def _clipped(shorts: Iterable[str], region: Region) -> list[str]:
    """深圳城管, 福州巡特警: behind its place a body is named without 局, where no subject or other
    word of budgets is said so."""
    alone = [
        short.removesuffix(end)
        for short in shorts
        for end in ("局", "委", "支队")
        if short.endswith(end) and short.removesuffix(end) in bureaus().alone
    ]
    return [form for form in _with_region(alone, region) if len(form) > 3]


def _lettered(shorts: Iterable[str], region: Region) -> list[str]:
    """沪信访办, 穗应急局: the city by its one letter."""
    if region.district:
        return []
    letter = bureaus().letters.get((region.city or region.province).removesuffix("市"), "")
    return [letter + short for short in shorts if letter and 2 < len(short) < _LONGEST]


def _with_region(shorts: Iterable[str], region: Region) -> list[str]:
    """科技局 → 市科技局, 长春科技局, 长春市科技局; of a district 区司法局, 普陀司法局 too."""
    if region == NOWHERE:
        return []
    level = region_level(region)[-1:]
    heads = [level, *region_forms(region)]
    if region.district:
        heads.append(region_forms(region)[1].removeprefix(region.city))
    elif region.city != region.province:
        # 吉林长春科技局 is said, the whole 吉林省 before it hardly.
        heads = [head for head in heads if not head.startswith(region.province)]
    return [
        head + short
        for short in shorts
        for head in heads
        if head and not (head == level and short.startswith(head))
    ]


def _unique(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in forms if form))
