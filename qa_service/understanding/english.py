"""English questions in Chinese words: sentences turned, then phrase by phrase, from a reviewed data
file. Names of departments and units are put together from their parts, places are pinyin."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from disclosure.lexicon import read_data
from disclosure.lexicon.characters import characters
from disclosure.lexicon.regions import all_regions, region_forms

_WORD = re.compile(r"[a-z'’-]+|[^a-z'’\s-]+")
#: the Bureau of Science and Technology → science and technology bureau.
_OF = re.compile(
    r"\b(?P<head>{heads}) (?:of|for) (?:the )?(?P<field>(?:{fields})(?: (?:and )?(?:{fields}))*)\b"
)
_DISTRICT = ("district", "county")
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _English:
    """The data file, by words: phrases with their Chinese, parts of names, words without meaning,
    places, and the pattern of names with *of*."""

    phrases: Mapping[Words, str]
    fields: Mapping[Words, str]
    heads: Mapping[str, str]
    stop: frozenset[str]
    places: Mapping[str, str]
    districts: Mapping[str, str]
    named_of: re.Pattern[str]
    frames: tuple[tuple[re.Pattern[str], str], ...]


@cache
def _english() -> _English:
    data = read_data("english.yaml")
    assert isinstance(data, dict)

    def split(part: str) -> dict[Words, str]:
        return {tuple(_WORD.findall(phrase)): said for phrase, said in data[part].items()}

    fields, heads = split("fields"), dict(data["heads"])
    longest_first = sorted((" ".join(words) for words in fields), key=len, reverse=True)
    pattern = _OF.pattern.replace("{heads}", "|".join(heads)).replace(
        "{fields}", "|".join(map(re.escape, longest_first))
    )
    places: dict[str, str] = {}
    districts: dict[str, str] = {}
    for region in all_regions():
        name = region_forms(region)[0]
        short = region_forms(region)[-1] if len(region_forms(region)[-1]) > 1 else name
        (districts if region.district else places).setdefault(
            "".join(characters().pinyin(short)), short
        )
    return _English(
        phrases=split("terms") | split("operations"),
        fields=fields,
        heads=heads,
        stop=frozenset(data["stop"]),
        places=places,
        districts=districts,
        named_of=re.compile(pattern),
        frames=tuple(
            (re.compile(frame.replace("{more}", f"(?:{data['more']})")), said)
            for frame, said in data["frames"]
        ),
    )


def in_chinese(text: str) -> str:
    """The question with every known English phrase in Chinese; unknown words stay as they are."""
    english = _english()
    lowered = " ".join(text.lower().split())
    for frame, said in english.frames:
        lowered = frame.sub(said, lowered)
    lowered = english.named_of.sub(lambda m: f"{m['field']} {m['head']}", lowered)
    words = _WORD.findall(lowered)
    out: list[str] = []
    at = 0
    while at < len(words):
        phrase, name = _phrase(words, at), _name(words, at)
        if phrase and name and phrase[1] >= name[1]:
            name = None  # information institute, a term of its own
        said, size = name or phrase or _place(words, at) or ("", 0)
        if size:
            out.append(said)
            at += size
            continue
        if words[at] not in english.stop:
            out.append(words[at])
        at += 1
    return "".join(out)


def _longest(words: list[str], at: int, known: Mapping[Words, str]) -> tuple[str, int] | None:
    longest = max(map(len, known))
    for size in range(min(longest, len(words) - at), 0, -1):
        found = known.get(tuple(words[at : at + size]))
        if found is not None:
            return found, size
    return None


def _phrase(words: list[str], at: int) -> tuple[str, int] | None:
    return _longest(words, at, _english().phrases)


def _name(words: list[str], at: int) -> tuple[str, int] | None:
    """A name of a department or unit: fields with a head behind them (finance bureau)."""
    english = _english()
    said, end = "", at
    while end < len(words):
        found = _longest(words, end, english.fields)
        if found is None:
            break
        said += found[0]
        end += found[1]
        if end < len(words) and words[end] == "and" and _longest(words, end + 1, english.fields):
            said += "和"
            end += 1
    if said and end < len(words) and words[end] in english.heads:
        return said + english.heads[words[end]], end + 1 - at
    return None


def _place(words: list[str], at: int) -> tuple[str, int] | None:
    """A place in pinyin; a district only where it says that it is one."""
    english = _english()
    following = words[at + 1] if at + 1 < len(words) else ""
    word = words[at]
    if word not in english.places and word not in english.districts:
        word = word.removesuffix("s")  # Liuzhou's, without its apostrophe
    if following in _DISTRICT and word in english.districts:
        return english.districts[word], 2
    return (english.places[word], 1) if word in english.places else None
