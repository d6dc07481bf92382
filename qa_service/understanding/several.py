"""这3家谁最少, 两家差多少, 前者是后者的几倍: the departments that the last turns were about, named
again in the words of the question."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: So many departments of the last turns are remembered.
KEPT = 8
_KIND = "(?:家|个?(?:局|部门|委办局|委|单位|城市|市|区|地方))"
_NUMBERED = re.compile(
    f"(?:以上|上述|上面|刚才|前面)?(?:说?的)?[这那]?(?P<n>\\d+){_KIND}(?:单位|部门)?"
)
_ALL = re.compile(
    f"(?:以上|上述|上面|刚才|前面)(?:说?的)?(?:这|那)?(?:几|些){_KIND}|[这那](?:几|些){_KIND}"
    "|两者|二者|它们|他们|她们|[它他]?俩"
)
_FORMER, _LATTER = "前者", "后者"
#: 谁最少, 哪家最高: asked of those that were spoken of.
_WHO = re.compile(
    "^(?:那么?|请问|所以|那到底|到底|究竟)?(?:是)?(?:谁|哪[1一]?家|哪[1一]?个(?:局|部门|委|城市|市)|哪边)"
)
_WHO_ENDS = re.compile(
    "(?:最|更)?[多少高低大小](?:的?是?(?:谁|哪[1一]?家|哪[1一]?个(?:局|部门|委)))"
)
_APART = re.compile(
    "^(?:那么?|他们|它们)?(?:之间)?(?:相差|差多少|差了?多少|差距|差额|差几多|差多大)"
)
_TOGETHER = re.compile("^(?:那么?)?(?:一共|加起来|合起来|合计|总共|加一起|加在一起|合在一起)")
_ORDERED = re.compile(
    "^(?:按|从|由)(?:金额)?[高低大小多少]到|^(?:排个序|排一下|排序|排名|从高到低)"
)


def named_again(words: str, names: Sequence[str]) -> str:
    """The words with the departments of the last turns, oldest first, where they point at them."""
    if len(names) < 2:
        return words
    if _FORMER in words or _LATTER in words:
        return words.replace(_FORMER, names[-2]).replace(_LATTER, names[-1])
    if (match := _NUMBERED.search(words)) is not None:
        n = int(match["n"])
        if not 2 <= n <= len(names):
            return words
        return words[: match.start()] + "、".join(names[-n:]) + words[match.end() :]
    if (match := _ALL.search(words)) is not None:
        taken = names[-2:] if match[0].endswith(("者", "俩")) else names
        return words[: match.start()] + "、".join(taken) + words[match.end() :]
    if _APART.match(words):
        return "、".join(names[-2:]) + words
    if (
        _WHO.match(words)
        or _WHO_ENDS.search(words)
        or _TOGETHER.match(words)
        or _ORDERED.match(words)
    ):
        return "、".join(names) + words
    return words
