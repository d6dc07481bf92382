"""Joining the lines of a paragraph that a line break or page break cut; shared by the readers.

Lexical evidence only. Geometry (is the line full?) is the PDF reader's, on top of this.
"""

from __future__ import annotations

import re

_NUMERAL = "一二三四五六七八九十百零〇"
#: The label lines between a table's caption and its grid: '部门名称：…', '单位：万元'.
_LABEL_WORDS = "(?:部门|单位|编制|填报|预算|金额|公开|主管)[^，。；：:]{0,12}[:：]"
_LABEL = re.compile(rf"^\s*{_LABEL_WORDS}")
#: A line that opens something new: a numbered item, a part, a list bullet, a table's caption or
#: label. Example: '（八）科学技术支出'; counter-example: '（项）支出35.50万元'.
_STARTS_BLOCK = re.compile(
    rf"""^\s*(?:
        第\s*[{_NUMERAL}\d]+\s*(?:部分|章|节|编|篇)
      | [{_NUMERAL}]{{1,3}}\s*[、．.]
      | [（(]\s*(?:[{_NUMERAL}]{{1,3}}|\d{{1,2}})\s*[）)]
      | \d{{1,2}}\s*[、．]
      | \d{{1,2}}\.(?!\d) | \d{{1,2}}\.(?=20\d\d年)
      | \d{{1,2}}\s*[）)]
      | [{_NUMERAL}]{{1,3}}是
      | [①-⑳⒈-⒛➀-➉]
      | [-•●·■◆★▲○*#]\s
      | (?:附件|附表|附\s*[:：]|表\s*[{_NUMERAL}\d]+|预算?公开\s*\d+\s*表|公开\s*\d+\s*表)
      | 注\s*\d*\s*[:：]|备注\s*[:：]|说明\s*[:：]
      | {_LABEL_WORDS}
      | 目\s*录\s*$
    )""",
    re.VERBOSE,
)
_STARTS_HEADING = re.compile(
    rf"^\s*(?:第\s*[{_NUMERAL}\d]+\s*(?:部分|章)|[{_NUMERAL}]{{1,3}}\s*[、．.]|[（(][{_NUMERAL}]{{1,3}}[）)])"
)
_ENDS_SENTENCE = re.compile(r"[。！？；：!?;:…][”’』」）)]*\s*$|\.{3,}\s*\d*\s*$")
_ENDS_OPEN = re.compile(r"[，、,（(《“‘「『—]\s*$|(?:和|与|及|或|的|为|将|对|在|以及)\s*$")
_BEGINS_MIDDLE = re.compile(
    r"^\s*(?:[，。；：、！？）)》”’」』,;%％]"
    r"|(?:亿|万|千|百)?元(?![^\W\d_])?|个百分点|[（(]\s*[类款项]\s*[）)])"
)
#: What a caption or a heading looks like: short, no sentence punctuation, a closing noun.
_CAPTION = re.compile(
    r"^[^，。；：！？]{2,40}(?:表|说明|情况|概况|目录|附件|解释|报告)(?:\s*[（(][^）)]*[）)])?\s*$"
)
_CLAUSE = re.compile(r"[，。；：]")
#: A page break cuts at the end of a printed line, and no page prints lines shorter than this.
_SHORTEST_CUT_LINE = 16
_PAIRS = (("（", "）"), ("《", "》"), ("“", "”"))


def starts_block(text: str) -> bool:
    """Whether a line opens an item, heading, caption or label of its own."""
    return bool(_STARTS_BLOCK.match(text) or _CAPTION.match(text.strip()))


def starts_heading(text: str) -> bool:
    """Whether a line opens a part or a numbered section: '第二部分', '二、', '（二）'."""
    return bool(_STARTS_HEADING.match(text))


def ends_sentence(text: str) -> bool:
    """Whether a line ends with terminal punctuation (also ； and ：, which close list items)."""
    return bool(_ENDS_SENTENCE.search(text))


def continues(previous: str, following: str) -> bool:
    """Whether ``following`` is the rest of the sentence that ``previous`` breaks off.

    ``continues('卫生健康支出8,215.52', '万元、住房保障')`` holds; a heading and the paragraph under
    it, two captions, or two items of a list never continue each other.
    """
    if not previous.strip() or not following.strip() or ends_sentence(previous):
        return False
    if _BEGINS_MIDDLE.match(following):
        return True
    if starts_block(following):
        return False
    if _ENDS_OPEN.search(previous) or unclosed(previous):
        return True
    return breaks_off(previous)


def breaks_off(text: str) -> bool:
    """Whether a line reads as a sentence that stops short: clauses, but no end.

    A heading ('（一）内设机构的数量、名称、职能等') has no clauses; an item that names
    类 and 款 but not yet its 项 is cut, too.
    """
    body = text.strip()
    if len(body) < _SHORTEST_CUT_LINE or ends_sentence(body):
        return False
    if re.search(r"（[类款]）", body) and not re.search(r"（项）", body[body.rfind("（款）") :]):
        return True
    return bool(_CLAUSE.search(body)) and not _LABEL.match(body)


def join(previous: str, following: str) -> str:
    """The two lines as one: a space only between two Latin words."""
    left, right = previous.rstrip(), following.lstrip()
    latin = left[-1:].isascii() and left[-1:].isalpha() and right[:1].isascii()
    return f"{left} {right}" if latin and right[:1].isalpha() else left + right


def unclosed(text: str) -> bool:
    """Whether a bracket, title mark or quotation opened in the text is still open at its end."""
    return any(text.count(a) > text.count(b) for a, b in _PAIRS)
