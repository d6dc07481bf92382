"""Administrative regions of China: which region a department's name begins with, and how people
shorten a region. The names stand in ``regions.tsv`` (province, city, district; one row each).

A municipality (北京市, 上海市 …) is both the province and the city of its region, so that a
question about a city finds it like any other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from disclosure.model import Region
from disclosure.text import fold

NOWHERE = Region()

_PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族"
    "|哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|高山族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜"
    "|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|阿昌族|普米族|塔吉克|怒族"
    "|乌孜别克族|俄罗斯族|鄂温克族|德昂族|保安族|裕固族|独龙族|鄂伦春|赫哲族|门巴族|珞巴族|基诺族"
    "|各族"
)
_KIND = re.compile(
    rf"(?P<peoples>(?:{_PEOPLES})*)"
    r"(?P<kind>自治区|特别行政区|自治州|自治县|自治旗|特别合作区|综合实验区|新区|地区|林区|特区"
    r"|省|市|盟|区|县|旗)\Z"
)
#: Short forms that are words of the language as well; only the full form names the region.
_WORDS = frozenset(
    {"来宾", "东方", "合作", "平安", "和平", "城区", "郊区", "矿区", "新城", "城中", "城关"}
    | {"日照", "白银", "高新", "开发"}
)
#: Bodies whose names put their own name before the region (中共…委, 政协…委员会, 国家税务总局…局).
_LEADERS = re.compile(
    r"中国共产主义青年团|共青团|中国人民政治协商会议|政协|中国共产党|中共|国家税务总局|中国民主同盟"
    r"|民盟|中国国民党革命委员会|民革|中国民主建国会|民建|中国民主促进会|民进|中国农工民主党|农工党"
    r"|中国致公党|致公党|九三学社|台湾民主自治同盟|台盟|中国国际贸易促进委员会"
)
_PARTY = ("中国共产党", "中共")


@dataclass(frozen=True, slots=True)
class RegionSpan:
    """A region named in a folded text."""

    region: Region
    start: int
    end: int


def find_region(name: str) -> Region:
    """The region that a department's or unit's name begins with; empty for central departments."""
    return split_region(name)[0]


def split_region(name: str) -> tuple[Region, str]:
    """The region of a name and the rest of the name (上海市普陀区司法局 → 普陀区, 司法局).

    A leading 中共 goes with its region and the 委 after it (中共深圳市委宣传部 → 宣传部), but the
    party committee's own office keeps 市委, which tells it from the government's (市委办公厅).
    Other leading bodies stay in the rest (国家税务总局深圳市税务局 → 国家税务总局税务局). A
    district said alone that several cities have is a region with a district only.
    """
    text = fold(name)
    leader = _LEADERS.match(text)
    head = leader[0] if leader else ""
    region, rest = _gazetteer().longest(text[len(head) :])
    if region == NOWHERE:
        return NOWHERE, text
    if head in _PARTY:
        return region, _party_body(region, rest)
    return region, head + rest


def region_level(region: Region) -> str:
    """The word for the region's level: 区, 县, 市, 省, 自治区 …; '' for no region."""
    narrowest = region.district or region.city or region.province
    kind = _KIND.search(narrowest)
    word = kind["kind"] if kind else ""
    return {"自治县": "县", "特别合作区": "区", "新区": "区", "综合实验区": "区"}.get(word, word)


def region_forms(region: Region) -> tuple[str, ...]:
    """How people name the region, fullest first (上海市普陀区, 上海普陀区, 普陀区, 上海普陀 …)."""
    province, city, district = (
        _forms(part) for part in (region.province, region.city, region.district)
    )
    if region.district:
        # A district's bare short form (普陀) is left to the caller's vocabulary: many are words.
        alone = district[:1]
        return _unique(*(c + d for c in city or province for d in district), *alone)
    if region.city and region.city != region.province:
        return _unique(*city, *(p + c for p in province for c in city))
    return _unique(*province)


def region_spans(text: str) -> list[RegionSpan]:
    """Regions named in a folded text, longest first from the left.

    Provinces and cities are found by full and short form (深圳), districts by their full form or
    right behind their city (普陀区, 上海普陀).
    """
    spans: list[RegionSpan] = []
    start = 0
    while start < len(text):
        region, rest = _gazetteer().longest(text[start:])
        end = len(text) - len(rest)
        if region != NOWHERE:
            spans.append(RegionSpan(region, start, end))
        start = max(end if region != NOWHERE else start + 1, start + 1)
    return spans


class Gazetteer:
    """Every form of every region, for longest match at one place."""

    def __init__(self, regions: tuple[Region, ...]) -> None:
        anywhere: defaultdict[str, list[Region]] = defaultdict(list)
        self._below: defaultdict[Region, dict[str, Region]] = defaultdict(dict)
        for region in regions:
            name = region.district or region.city or region.province
            forms = _forms(name)
            for form in forms:
                # A district without its 区 or 县 is taken only behind its city: 普陀 is a word.
                if not region.district or _KIND.search(form):
                    anywhere[form].append(region)
            for container in _containers(region):
                for form in forms:
                    self._below[container].setdefault(form, region)
        self._anywhere = {form: _one(found) for form, found in anywhere.items()}
        self._longest = max(map(len, self._anywhere))

    def longest(self, text: str) -> tuple[Region, str]:
        """The region that ``text`` begins with, followed down its levels, and what remains."""
        region, rest = self._step(text, self._anywhere)
        while region != NOWHERE and not region.district:
            below, after = self._step(rest, self._below.get(region, {}))
            if below == NOWHERE:
                break
            region, rest = below, after
        return region, rest

    def _step(self, text: str, forms: dict[str, Region]) -> tuple[Region, str]:
        for size in range(min(self._longest, len(text)), 1, -1):
            if found := forms.get(text[:size]):
                return found, text[size:]
        return NOWHERE, text


def _party_body(region: Region, rest: str) -> str:
    """The party organ's own name, without the 委 or 委员会 that belongs to the region."""
    body = rest.removeprefix("委员会") if rest.startswith("委员会") else rest.removeprefix("委")
    if body and not body.startswith(("办公", "研究室")):
        return body
    return f"{region_level(region)[-1:]}委{body}"


def _containers(region: Region) -> tuple[Region, ...]:
    province = Region(region.province)
    city = Region(region.province, region.city)
    if region.province == region.city:
        return (city,) if region.district else ()
    if region.district:
        return (city, province)
    return (province,) if region.city else ()


def _one(found: list[Region]) -> Region:
    """The region that a form means: the widest (吉林 the province), or only a district's name."""
    for part in ("province", "city", "district"):
        members = [r for r in found if _level_name(r) == part]
        if len(members) == 1:
            return members[0]
        if members:
            return Region(district=members[0].district) if part == "district" else members[0]
    return NOWHERE


def _level_name(region: Region) -> str:
    if region.district:
        return "district"
    return "city" if region.city and region.city != region.province else "province"


def _forms(name: str) -> tuple[str, ...]:
    """Full name, name without peoples (三江县, 黔南州), bare name (三江); [] for no name."""
    match = _KIND.search(name)
    if not match:
        return (name,) if name else ()
    bare = name[: match.start()]
    kind = match["kind"]
    short_kind = {"自治州": "州", "自治县": "县", "自治旗": "旗"}.get(kind, "")
    forms = [name]
    if short_kind:
        forms.append(bare + short_kind)
    if len(bare) > 1 and bare not in _WORDS and kind not in ("林区", "特区"):
        forms.append(bare)
    return tuple(forms)


def _unique(*forms: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in forms if form))


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer(all_regions())


@cache
def all_regions() -> tuple[Region, ...]:
    """Every region of the list."""
    regions = []
    for line in files(__package__).joinpath("regions.tsv").read_text("utf-8").splitlines():
        province, city, district = line.split("\t")
        regions.append(Region(province, city, district))
    return tuple(regions)
