"""An answer service in memory with a small invented disclosure and a written answer for each of
its questions: what the HTTP interface and the page are tested with."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from disclosure.document import Locator
from disclosure.library import FactQuery, Hit, PublishedNames
from disclosure.model import (
    Aspect,
    Coordinates,
    Disclosure,
    Fact,
    Finding,
    Kind,
    Level,
    Measure,
    OrgUnit,
    Passage,
    PassageKind,
    PublishedTable,
    Region,
    SourceFile,
    TableKind,
)
from qa_service.answering.answer import (
    Answer,
    Chart,
    ChartPoint,
    Citation,
    Derivation,
    Figure,
    Filters,
    InputFigure,
    LocatorOut,
    Operation,
    Status,
)

TITLE = "云山市园林局2031年部门预算公开说明"
TOTAL = "云山市园林局2031年支出总预算是多少？"
SHARE = "项目支出占支出总预算的比重是多少？"
WHY = "收入预算为什么减少？"
CLARIFY = "机构运行支出多少？"
OPTION_A = "园林养护（款）机构运行支出多少？"
OPTION_B = "园林规划（款）机构运行支出多少？"
NOT_DISCLOSED = "2029年的支出总预算是多少？"
OUT_OF_SCOPE = "今天天气怎么样？"
HOSTILE = "请显示一段带标记的原文"
MANY = "各处绿地的养护费是多少？"
TWINS = "东园和西园的养护费各是多少？"
RANKING = "养护费最多的三个公园是哪些？"
COMPOSITION = "支出由哪些部分构成？"
SERIES = "近三年的支出总预算是多少？"
KEPT = "园林局有几个下属单位？"
FAILING = "请让服务出错"
STARTERS = [TOTAL, SHARE, WHY, CLARIFY]

_FILE = "云山市园林局2031.txt"
_TABLE = PublishedTable(
    id="t3",
    disclosure_id="d1",
    ordinal=3,
    label="表3",
    title="部门支出总体情况表",
    kind=TableKind.EXPENDITURE,
    unit="万元",
    columns=(("科目编码",), ("科目名称",), ("合计",), ("支出", "基本支出"), ("支出", "项目支出")),
    rows=(
        ("", "合计", "3,200.50", "1,200.10", "2,000.40"),
        ("212", "城乡社区支出", "3,200.50", "1,200.10", "2,000.40"),
    ),
    row_locators=(
        Locator(file=_FILE, line=210, table=3, row=3),
        Locator(file=_FILE, line=211, table=3, row=4),
    ),
)


def _fact(identity: str, column: int, value: str) -> Fact:
    return Fact(
        id=identity,
        disclosure_id="d1",
        measure=Measure.EXPENDITURE,
        aspect=Aspect.AMOUNT,
        coordinates=Coordinates(),
        value=Decimal(value.replace(",", "")),
        unit="万元",
        year=2031,
        label="合计",
        locator=Locator(file=_FILE, line=210, table=3, row=3, column=column),
        printed=value,
        places=2,
        table_id="t3",
    )


_FACTS = (_fact("f-total", 3, "3,200.50"), _fact("f-project", 5, "2,000.40"))


_REASON = "2031年收入预算总体减少的主要原因：是压减了一次性绿化项目。"
_PARAGRAPH = Passage(
    id="p1",
    disclosure_id="d1",
    kind=PassageKind.REASON,
    section=("第二部分", "二、部门收入总体情况说明"),
    text=f"2031年部门收入总预算3,200.50万元。{_REASON}其中财政拨款收入3,000.00万元。",
    locator=Locator(file=_FILE, line=96),
)


class ScriptedLibrary:
    """One invented disclosure, and as many copies of its list entry as asked for."""

    release_id = "r1"

    def __init__(self, copies: int = 1) -> None:
        self._disclosures = [_disclosure(number) for number in range(1, copies + 1)]

    def disclosures(self) -> Sequence[Disclosure]:
        return self._disclosures

    def facts(self, disclosure_id: str) -> Sequence[Fact]:
        return _FACTS if disclosure_id == "d1" else ()

    def find_facts(self, query: FactQuery) -> Sequence[Fact]:
        return ()

    def passages(self, disclosure_id: str) -> Sequence[Passage]:
        return (_PARAGRAPH,) if disclosure_id == "d1" else ()

    def tables(self, disclosure_id: str) -> Sequence[PublishedTable]:
        return (_TABLE,) if disclosure_id == "d1" else ()

    def findings(self, disclosure_id: str) -> Sequence[Finding]:
        return ()

    def mismatches(self, disclosure_id: str) -> Sequence[Finding]:
        return ()

    def names(self) -> PublishedNames:
        return PublishedNames((), (), frozenset())

    def search(self, text: str, disclosure_ids: Sequence[str], limit: int = 8) -> Sequence[Hit]:
        return ()


def _disclosure(number: int) -> Disclosure:
    return Disclosure(
        id=f"d{number}",
        department="云山市园林局",
        code="701",
        region=Region(province="海东省", city="云山市"),
        year=2031,
        kind=Kind.BUDGET,
        level=Level.DEPARTMENT,
        title=TITLE,
        units=(
            OrgUnit("701001", "701001", "云山市园林局", head_office=True),
            OrgUnit("701002", "701002", "云山市植物园"),
        ),
        subjects=(),
        files=(SourceFile(_FILE, "text/plain", "0" * 64),),
    )


def _cell(identity: int, fact_id: str, column: str, quote: str) -> Citation:
    return Citation(
        id=identity,
        kind="cell",
        disclosure=TITLE,
        disclosure_id="d1",
        title=f"表3《部门支出总体情况表》合计行，{column}",
        table="表3《部门支出总体情况表》",
        row="合计",
        column=column,
        quote=quote,
        locator=LocatorOut(file=_FILE, line=210, table=3, row=3, column=3),
        fact_id=fact_id,
        table_id="t3",
        url=f"/d/d1?fact={fact_id}",
    )


_QUOTE = "合计 | 3,200.50 | 1,200.10 | 2,000.40"
_PASSAGE = Citation(
    id=1,
    kind="passage",
    disclosure=TITLE,
    disclosure_id="d1",
    title="第二部分 二、部门收入总体情况说明",
    section="第二部分 > 二、部门收入总体情况说明",
    quote=_REASON,
    locator=LocatorOut(file=_FILE, line=96),
    passage_id="p1",
)


def _listed(heading: str, values: dict[str, str], chart: Chart | None = None) -> Answer:
    """Members with a figure each, as lists and rankings give them."""
    return Answer(
        status=Status.ANSWERED,
        answer="\n".join([heading, *(f"- {name}：{value}万元" for name, value in values.items())]),
        figures=[
            Figure(
                label=name,
                value=value,
                unit="万元",
                derivation=Derivation(operation=Operation.LOOKUP, formula="表3"),
                citations=[number],
            )
            for number, (name, value) in enumerate(values.items(), start=1)
        ],
        citations=[
            _cell(number, "f-total", "合计", _QUOTE) for number in range(1, len(values) + 1)
        ],
        chart=chart,
    )


def _chart(
    kind: Literal["composition", "comparison", "ranking", "series"],
    title: str,
    values: dict[str, str],
) -> Chart:
    points = [ChartPoint(label=name, value=value) for name, value in values.items()]
    return Chart(kind=kind, title=title, unit="万元", points=points)


_PARKS = {"东园": "310.50", "名称很长的城市中央森林体育公园养护管理项目": "120.25", "西园": "80.00"}
_HALVES = {"基本支出": "1200.10", "项目支出": "2000.40"}
_YEARS = {"2029年": "2900.00", "2030年": "3100.20", "2031年": "3200.50"}

ANSWERS = {
    TWINS: _listed("各园的养护费：", {"东园": "50.00", "西园": "50.00"}),
    RANKING: _listed(
        "养护费从多到少排列的前3个公园：",
        _PARKS,
        _chart("ranking", "2031年养护费：公园排名", _PARKS),
    ),
    COMPOSITION: _listed(
        "支出按类别分列，共3个：",
        {**_HALVES, "经营支出": "0.00"},
        _chart("composition", "2031年支出构成", _HALVES),
    ),
    KEPT: Answer(
        status=Status.ANSWERED,
        answer="云山市园林局有2个单位。",
        citations=[_PASSAGE],
        answer_id="kept1",
    ),
    SERIES: _listed("各年支出总预算：", _YEARS, _chart("series", "支出总预算", _YEARS)),
    TOTAL: Answer(
        status=Status.ANSWERED,
        answer="云山市园林局（全部门）2031年支出总预算为3,200.50万元。",
        figures=[
            Figure(
                label="支出总预算",
                value="3200.50",
                unit="万元",
                derivation=Derivation(operation=Operation.LOOKUP, formula="表3合计"),
                citations=[1],
            )
        ],
        citations=[_cell(1, "f-total", "合计", _QUOTE)],
        follow_ups=[SHARE, WHY],
    ),
    SHARE: Answer(
        status=Status.ANSWERED,
        answer="项目支出2,000.40万元，占支出总预算的62.50%。",
        figures=[
            Figure(
                label="项目支出占比",
                value="62.50",
                unit="%",
                derivation=Derivation(
                    operation=Operation.SHARE,
                    formula="2,000.40 ÷ 3,200.50 × 100% = 62.50%",
                    inputs=[
                        InputFigure(label="项目支出", value="2000.40", unit="万元", citations=[1]),
                        InputFigure(
                            label="支出总预算", value="3200.50", unit="万元", citations=[2]
                        ),
                    ],
                ),
                citations=[1, 2],
            )
        ],
        citations=[
            _cell(1, "f-project", "支出 / 项目支出", _QUOTE),
            _cell(2, "f-total", "合计", _QUOTE),
        ],
        follow_ups=[WHY],
    ),
    WHY: Answer(
        status=Status.ANSWERED,
        answer="收入预算减少，公开说明给出的原因是：压减了一次性绿化项目。",
        citations=[_PASSAGE],
        follow_ups=[TOTAL],
    ),
    CLARIFY: Answer(
        status=Status.CLARIFY,
        answer="“机构运行”在两个款下都有，请选择要问的一个：",
        options=[OPTION_A, OPTION_B],
    ),
    OPTION_A: Answer(
        status=Status.ANSWERED,
        answer="园林养护（款）机构运行支出为700.00万元。",
        figures=[
            Figure(
                label="机构运行",
                value="700.00",
                unit="万元",
                derivation=Derivation(operation=Operation.LOOKUP, formula="表3"),
                citations=[1],
            )
        ],
        citations=[_cell(1, "f-gone", "合计", "机构运行 | 700.00")],
        follow_ups=[TOTAL],
    ),
    NOT_DISCLOSED: Answer(
        status=Status.NOT_DISCLOSED,
        answer="已载入的资料没有2029年的数据。现有云山市园林局2031年部门预算。",
        follow_ups=[TOTAL],
    ),
    OUT_OF_SCOPE: Answer(
        status=Status.OUT_OF_SCOPE,
        answer="这个问题与部门预算公开资料无关。可以问收支、项目、三公经费等。",
        follow_ups=[TOTAL],
    ),
    MANY: Answer(
        status=Status.ANSWERED,
        answer="\n".join(f"第{n}处：{n}0.5万元。" for n in range(1, 9)),
        figures=[
            Figure(
                label=f"第{n}处",
                value=f"{n}0.50",
                unit="万元",
                derivation=Derivation(operation=Operation.LOOKUP, formula="表3"),
                citations=[n],
            )
            for n in range(1, 9)
        ],
        citations=[_cell(n, "f-total", "合计", _QUOTE) for n in range(1, 9)],
    ),
    HOSTILE: Answer(
        status=Status.ANSWERED,
        answer="原文是“<img src=x onerror=alert(1)>”。",
        citations=[_PASSAGE.model_copy(update={"quote": "<script>alert(1)</script><b>粗体</b>"})],
        follow_ups=["<i>再问</i>"],
    ),
}


class ScriptedService:
    """Answers what ``ANSWERS`` holds and says of anything else that it is not disclosed."""

    def __init__(self, *, loaded: bool = True, copies: int = 1) -> None:
        self._library = ScriptedLibrary(copies) if loaded else None
        self._conversations: set[str] = set()
        self.asked: list[tuple[str, str | None, Filters | None]] = []
        self.earlier: list[Sequence[str] | None] = []

    def ask(
        self,
        question: str,
        conversation_id: str | None = None,
        filters: Filters | None = None,
        *,
        channel: str = "api",
        earlier: Sequence[str] | None = None,
    ) -> Answer:
        self.asked.append((question, conversation_id, filters))
        if question == FAILING:
            raise RuntimeError("scripted failure")
        self.earlier.append(earlier)
        if earlier is not None:
            return ANSWERS.get(question.strip(), ANSWERS[NOT_DISCLOSED])
        if conversation_id not in self._conversations:
            conversation_id = secrets.token_urlsafe(12)
            self._conversations.add(conversation_id)
        answer = ANSWERS.get(question.strip(), ANSWERS[NOT_DISCLOSED])
        return answer.model_copy(update={"conversation_id": conversation_id})

    def again(self, question: str, memory: str, filters: str, *, approved: bool = True) -> Answer:
        return ANSWERS.get(question.strip(), ANSWERS[NOT_DISCLOSED])

    def starters(self) -> list[str]:
        return STARTERS

    def ready(self) -> bool:
        return self._library is not None

    def library(self) -> ScriptedLibrary | None:
        return self._library
