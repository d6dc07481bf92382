"""Which year, and which comparison, a label speaks of: 2025年执行数, 上年预算数, 增减变化情况."""

from __future__ import annotations

import re

from disclosure.model import Aspect
from ingest.tables.folding import fold

_YEAR = re.compile(r"(20\d\d)年?")
_COMPARISON = re.compile(r"(?:比|较)(20\d\d年|上年)?度?([\u4e00-\u9fff]{0,8}?数)?")
_PRIOR = re.compile(r"^上年(?:度)?$|上年(?:度)?(?:预算|执行|决算|年初)|上年数")
_CURRENT = re.compile(r"^(?:当年|本年)(?:度)?$|(?:当年|本年)(?:度)?预算数")


def read_period(label: str, year: int) -> dict[str, str]:
    """What a label says of the period: ``aspect``, ``year``, ``base``; {} for this year's figures.

    For 2026: ``2025年执行数`` is aspect prior with that base, ``2026年预算数比2025年执行数`` sets
    the base of the changes under it, ``2024年预算数`` (older still) another year.
    """
    text = fold(label)
    if re.search("增.?减", text) or "比20" in text or "比上年" in text or "较上年" in text:
        found = _COMPARISON.search(text)
        words = found[0].lstrip("比较") if found else ""
        return {"base": words} if words else {}
    if _PRIOR.search(text):
        return {"aspect": Aspect.PRIOR, "base": text}
    if _CURRENT.search(text):
        return {"aspect": Aspect.AMOUNT}
    match = _YEAR.search(text)
    if match and not text.startswith(match[0] + "政府采购"):
        said = int(match[1])
        if said == year - 1:
            return {"aspect": Aspect.PRIOR, "base": text}
        if said == year:
            return {"aspect": Aspect.AMOUNT}
        if said < year and text in (match[0], f"{match[0]}预算数", f"{match[0]}决算数"):
            return {"year": str(said)}
    return {}
