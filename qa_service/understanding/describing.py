"""A clause that describes what it asks about: the question with the described thing's name in it,
or the sentences that tell its number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.understanding.clause import Clause
from qa_service.understanding.described import Descriptions
from qa_service.understanding.plan import Search
from qa_service.understanding.segment import PARTICLES, Token

#: 是哪个项目: the thing itself is asked for.
_WHICH = re.compile("(?:哪1?[个些笔]|哪几[个笔]|什么|啥)(?:项目|专项|工程)")
#: A noun behind a description that says that something with money of its own is meant.
_HEAD = re.compile(
    "的?(?:这|那|该)?[个块笔]?(?P<noun>专项(?:资金|经费)?|项目|平台|工程|课题|(?:专项|工作)?经费)(?!指标|目标)"
)
_OF = re.compile("的?(?:这|那|该)[个块笔](?:专项|项目|平台|工程)?|的?(?:专项|项目)")
_POINTING = re.compile("^(?:这|那|该)[个块笔家]|[这那该][个块笔家]$")
_MONEY = re.compile("补贴|补助|资金|经费|投入|扶持|支持|奖励|拨款|款项")
_MONEY_TAIL = re.compile("(?:专项|工作)?(?:经费|费用?|资金|的钱|的预算)")
#: What a question counts: 几场, 多少批次.
_COUNTED = re.compile(
    "(?:几|多少|若干)(?P<unit>批次|人次|公里|平方米|平米|立方米|万人|家次|[^\\W\\d_的是了要呢钱元万块亿])"
)
_TELLS = re.compile(
    "(?:目标|指标|计划|任务|要求|标准)(?:值|数|量)?(?:定)?(?:是|为|定)?(?:多少|几|多高|多大)"
)
_ANY_UNIT = ""
_GLUE = frozenset({"的", "来", "要", "去", "在", "给", "或者", "或", "还", "了"})


@dataclass(frozen=True, slots=True)
class Described:
    """The question with names in it, and which words were read as which name."""

    words: str
    echo: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Words of content that stand together, with an unknown one among them."""

    said: str
    start: int
    end: int


def described(clause: Clause, descriptions: Descriptions) -> Described | None:
    """发消费券的那个专项多少钱, with the name of the project in place of what is said of it."""
    if _WHICH.search(clause.text):
        content = "".join(t.text for t in clause.tokens if _is_content(t) or t.text.isascii())
        name = descriptions.named(content, which=True)
        owner = "".join(t.text for t in clause.tokens if t.word and t.word.scopes)
        return Described(f"{owner}{name}的绩效目标是什么", "") if name else None
    words, pairs, later = clause.text, [], []
    for group in reversed(_groups(clause)):
        found = _thing(clause.text, group, descriptions)
        if found is None:
            later.append(group)
            continue
        name, end = found
        words = f"{words[: group.start]}{name}{words[end:]}"
        pairs.append((clause.text[group.start : group.end], name))
    counts = bool(_COUNTED.search(clause.text)) or clause.has("target", "count", "events")
    for group in later:
        if pairs and counts:
            continue  # what is counted is left to the project's indicators
        said = clause.text[group.start : group.end]
        if _MONEY.fullmatch(group.said) or any(
            descriptions.speaks(name, group.said) for _, name in pairs
        ):
            at = words.rindex(said)
            tail = _MONEY_TAIL.match(words, at + len(said))
            words = words[:at] + words[tail.end() if tail else at + len(said) :]
        elif pairs and (name := descriptions.only(group.said)):
            words = words[: words.rindex(said)] + name + words[words.rindex(said) + len(said) :]
            pairs.append((said, name))
        else:
            return None
    if not pairs or words == clause.text:
        return None
    echo = "，".join(f"“{said}”按“{name}”理解" for said, name in reversed(pairs))
    return Described(words, f"（{echo}）")


def sentence_of(clause: Clause, descriptions: Descriptions) -> Search | None:
    """新增多少条航线 · 清淤目标是多少: the sentence that tells the number."""
    match = _COUNTED.search(clause.text)
    if match is None and not _TELLS.search(clause.text):
        return None
    unit = match["unit"] if match else _ANY_UNIT
    tokens = [t for t in clause.tokens if not (match and match.start() <= t.start < match.end())]
    content = _content(tokens)
    passages = descriptions.told(content, unit)
    if not passages:
        return None
    return Search(disclosure_ids=(clause.disclosure.id,), words=content, passages=passages)


def _thing(text: str, group: _Group, descriptions: Descriptions) -> tuple[str, int] | None:
    """What a group of words names or describes, and where the words for it end."""
    head = _HEAD.match(text, group.end)
    of = _OF.match(text, group.end)
    name = descriptions.named(group.said, by_name=True)
    if name is not None:
        return name, of.end() if of else group.end
    if head is None and not re.search("平台|项目|专项|工程$", group.said):
        return None
    name = descriptions.named(group.said)
    if name is None and head is not None:
        name = descriptions.named(f"{group.said}{head['noun']}")
    return (name, head.end() if head else group.end) if name else None


def _groups(clause: Clause) -> list[_Group]:
    groups: list[list[Token]] = []
    current: list[Token] = []
    for index, token in enumerate(clause.tokens):
        if _is_content(token) or _torn(clause.tokens, index):
            current.append(token)
        elif not (current and _is_glue(token)):
            groups.append(current)
            current = []
    groups.append(current)
    return [_group(tokens) for tokens in groups if any(t.unknown for t in tokens)]


def _group(tokens: Sequence[Token]) -> _Group:
    said = "".join(_POINTING.sub("", t.text) for t in tokens)
    return _Group(said, tokens[0].start, tokens[-1].end)


def _content(tokens: Sequence[Token]) -> str:
    """The words of content, with the single characters that an unknown word was torn at: 低空实|用|
    型航线."""
    return "".join(t.text for i, t in enumerate(tokens) if _is_content(t) or _torn(tokens, i))


def _torn(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    word = token.word
    if len(token.text) > 1 or word is None or not word.harmless or token.text in PARTICLES:
        return False
    beside = (*tokens[max(0, index - 1) : index], *tokens[index + 1 : index + 2])
    return any(t.unknown for t in beside)


def _is_content(token: Token) -> bool:
    if token.unknown:
        return True
    word = token.word
    return word is not None and bool(word.bindings) and not (word.scopes or word.cues)


def _is_glue(token: Token) -> bool:
    return token.text in _GLUE or (token.word is not None and token.word.harmless)
