"""Classification subjects named in a label: by 类, 款 and 项, by code, or by name alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from ingest.narrative.vocabulary import Vocabulary

#: '（类）', '（06款）'; the digits are the level's own part of the code.
_LEVEL = re.compile(r"\((\d{2,3})?([类款项])\)")
_CODE = r"\d{7}|\d{5}|\d{3}"
_NAME_CODE = re.compile(
    rf"^(?P<name>[^\d()]*(?:\([^\d()]+\))?[^\d()]*)\((?P<code>{_CODE})\)(?P<rest>.*)$"
)
_CODE_NAME = re.compile(rf"^\[?(?P<code>{_CODE})\]?[-—]?(?P<name>[^\d年].*)$")
_LENGTH = {"类": 3, "款": 5, "项": 7}
_AXES = {"2": "subject", "3": "economic", "5": "gov_economic"}
#: How alike (0 to 100) a printed 类 or 款 must be to a candidate's, misprints included.
_ALIKE = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A subject in a label: axis, code (or name), printed names outermost first, and what is left
    of the label around it."""

    axis: str
    key: str
    names: tuple[str, ...]
    rest: str


def find_subject(label: str, vocabulary: Vocabulary, within: str = "") -> Found | None:
    """The subject that a folded label names with its level or code. ``within`` is the code of the
    containing 类 where a heading names it."""
    levels = list(_LEVEL.finditer(label))
    if levels:
        return _by_level(label, levels, vocabulary, within)
    return _by_code(label, vocabulary)


def _by_level(
    label: str, levels: list[re.Match[str]], vocabulary: Vocabulary, within: str
) -> Found | None:
    names: dict[str, str] = {}
    digits: dict[str, str] = {}
    start = 0
    before = ""
    for number, found in enumerate(levels):
        name = label[start : found.start()]
        if number == 0:
            before, name = _split_prefix(name, vocabulary)
        names[found[2]] = name
        if found[1]:
            digits[found[2]] = found[1]
        start = found.end()
    deepest = max(names, key=lambda level: _LENGTH[level])
    rest = before + label[start:]
    printed = tuple(names[level] for level in "类款项" if level in names)
    code = "".join(digits.get(level, "") for level in "类款项")
    if len(code) == _LENGTH[deepest] and _agrees(code, names[deepest], vocabulary):
        return Found("subject", code, printed, rest)
    key = _resolve(names, deepest, vocabulary, within)
    return Found("subject", key, printed, rest) if key else None


def _split_prefix(segment: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Words before the first subject name, and that name."""
    for start in range(len(segment)):
        known = vocabulary.codes_named("subject", segment[start:])
        if known and (start == 0 or vocabulary.words(segment[:start]) is not None):
            return segment[:start], segment[start:]
    return "", segment


def _resolve(
    names: dict[str, str], deepest: str, vocabulary: Vocabulary, within: str
) -> str | None:
    """The code of the deepest name, told apart from namesakes by the names that contain it."""
    wanted = _LENGTH[deepest]
    national = vocabulary.classification("subject").by_name(names[deepest])
    codes = [
        code
        for code in dict.fromkeys((*vocabulary.codes_named("subject", names[deepest]), *national))
        if len(code) == wanted and code.startswith(within)
    ]
    if not codes:
        return names[deepest] if not within and names[deepest] else None
    scored = sorted(((_kinship(code, names, vocabulary), code) for code in codes), reverse=True)
    best, code = scored[0]
    if len(names) > 1 and best < _ALIKE:
        return None
    if len(scored) > 1 and scored[1][0] == best:
        published = [c for score, c in scored if score == best and _published(c, vocabulary)]
        return published[0] if len(published) == 1 else None
    return code


def _kinship(code: str, names: dict[str, str], vocabulary: Vocabulary) -> float:
    """How well the printed 类 and 款 agree with those of ``code``: the worse of the two."""
    scores = []
    for level, length in (("类", 3), ("款", 5)):
        if level in names and len(code) > length:
            known = {
                vocabulary.subject_name("subject", code[:length]),
                *vocabulary.classification("subject").names(code[:length]),
            }
            scores.append(max(_similarity(names[level], name) for name in known))
    return min(scores, default=100.0)


def _similarity(left: str, right: str) -> float:
    return fuzz.ratio(left.removesuffix("支出"), right.removesuffix("支出"))


def _published(code: str, vocabulary: Vocabulary) -> bool:
    return any(known.startswith(code) for known in vocabulary.published["subject"])


def _by_code(label: str, vocabulary: Vocabulary) -> Found | None:
    found = _NAME_CODE.match(label) or _CODE_NAME.match(label)
    if found is None:
        return None
    code, name = found["code"], found["name"]
    axis = _AXES.get(code[0])
    if axis is None:
        return None
    rest = found.groupdict().get("rest") or ""
    before, known = _known_part(code, axis, name, vocabulary)
    if known is None:
        return None
    return Found(axis, code, (known,), before + rest)


def _known_part(code: str, axis: str, name: str, vocabulary: Vocabulary) -> tuple[str, str | None]:
    """The subject name inside ``name`` and the words around it; None if it names another code."""
    for size in range(len(name), 1, -1):
        for start in range(len(name) - size + 1):
            part = name[start : start + size]
            if _agrees(code, part, vocabulary, axis):
                return name[:start] + name[start + size :], part
    if vocabulary.codes_named(axis, name):
        return "", None
    return "", name


def _agrees(code: str, name: str, vocabulary: Vocabulary, axis: str = "subject") -> bool:
    known = {
        vocabulary.subject_name(axis, code),
        *vocabulary.classification(axis).names(code),
    }
    bare = name.removesuffix("支出")
    return any(
        bare == other.replace("（", "(").replace("）", ")").removesuffix("支出") for other in known
    )
