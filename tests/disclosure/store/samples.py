"""Small hand-made bundles for the tests of stores and publishing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from disclosure.document import Locator
from disclosure.model import (
    Aspect,
    Bundle,
    Coordinates,
    Disclosure,
    Fact,
    Finding,
    Fund,
    Kind,
    Level,
    Measure,
    OrgUnit,
    Outcome,
    Passage,
    PassageKind,
    PublishedTable,
    Region,
    SourceFile,
    Subject,
    TableKind,
)

TEXTS = (
    "贯彻执行国家有关渔业发展的方针政策，拟订全市渔业发展规划并组织实施。",
    "公务接待费减少的主要原因是严格执行中央八项规定，压减接待批次。",
    "机构运行支出主要用于渔业资源监测站的日常运转。",
    "政府性基金预算支出：本单位没有安排。",
)


def sample(name: str = "渔业局", amount: str = "9050.10", year: int = 2031) -> Bundle:
    """A department with one table, three facts, four passages and a finding."""
    disclosure_id = f"{name}-{year}"
    file = SourceFile(f"{name}.txt", "text/plain", f"{name}{amount}{year}")
    disclosure = Disclosure(
        id=disclosure_id,
        department=name,
        code="777",
        region=Region("海东省", "临海市"),
        year=year,
        kind=Kind.BUDGET,
        level=Level.DEPARTMENT,
        title=f"临海市{name}{year}年部门预算",
        units=(OrgUnit("777001", "777001", name, head_office=True),),
        subjects=(Subject("subject", "2060301", "2060301", "机构运行", "20603"),),
        files=(file,),
        remarks=("由一个文件读出",),
    )
    table = PublishedTable(
        id=f"{disclosure_id}:t1",
        disclosure_id=disclosure_id,
        ordinal=1,
        label="表1",
        title="部门支出总体情况表",
        kind=TableKind.EXPENDITURE,
        unit="万元",
        columns=(("科目",), ("支出", "合计"), ("支出", "其中：一般公共预算")),
        rows=(("机构运行", amount, amount),),
        row_locators=(Locator(file.name, line=12),),
    )
    cell = Fact(
        id=f"{disclosure_id}:f1",
        disclosure_id=disclosure_id,
        measure=Measure.EXPENDITURE,
        aspect=Aspect.AMOUNT,
        coordinates=Coordinates(subject="2060301"),
        value=Decimal(amount),
        unit="万元",
        year=year,
        label="机构运行",
        locator=Locator(file.name, line=12, table=1, row=1, column=2),
        printed=amount,
        places=2,
        header=("支出", "合计"),
        table_id=table.id,
    )
    facts = (
        cell,
        replace(
            cell,
            id=f"{disclosure_id}:f2",
            coordinates=Coordinates(subject="2060301", fund=Fund.GENERAL),
            header=("支出", "其中：一般公共预算"),
        ),
        replace(
            cell,
            id=f"{disclosure_id}:f3",
            measure=Measure.TARGET,
            coordinates=Coordinates(project="渔政执法"),
            value=None,
            unit="",
            text_value="年底前",
            indicator_class="时效指标",
            indicator="完成时间",
            confidence=0.75,
        ),
    )
    passages = tuple(
        Passage(
            id=f"{disclosure_id}:p{n}",
            disclosure_id=disclosure_id,
            kind=PassageKind.PARAGRAPH,
            section=("第一部分", "概况"),
            text=text,
            locator=Locator(file.name, line=n),
        )
        for n, text in enumerate(TEXTS, 1)
    )
    finding = Finding(
        disclosure_id,
        "合计等于各部分之和",
        Outcome.ROUNDING,
        "相差0.01万元，在四舍五入范围内",
        Decimal("9050.10"),
        Decimal("9050.11"),
        "万元",
        (cell.id,),
    )
    return Bundle(disclosure, (table,), facts, passages, (finding,))
