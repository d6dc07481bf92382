"""Arguments of the MCP tools. Names and descriptions are what a language model sees."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from disclosure.model import Kind
from qa_service.understanding.plan import Axis

#: What is asked for, in the document's own words or everyday ones.
ItemName = Annotated[
    str,
    Field(
        min_length=1,
        max_length=120,
        description="项目、科目、费用或收支的名称或编码，例如：三公经费、公务接待费、2060301、支出总预算",
    ),
]
MoneyUnit = Literal["元", "万元", "亿元"]


class Arguments(BaseModel):
    """Base of all arguments: unknown ones are refused, so that no limit is silently ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Whose(Arguments):
    """Whose figures are meant. Left out where only one disclosure is loaded."""

    department: str | None = Field(
        default=None,
        max_length=80,
        description="部门或其下属单位的名称、简称或代码；要部门本级时写“某某局本级”",
    )
    year: int | None = Field(default=None, ge=1949, le=2199, description="预算或决算年度")
    kind: Kind | None = Field(default=None, description="budget 部门预算；final_account 部门决算")
    disclosure_id: str | None = Field(
        default=None, max_length=200, description="list_disclosures给出的编号；给了它就不必再给部门"
    )


class AskArguments(Arguments):
    """A question in everyday words."""

    question: str = Field(
        min_length=1,
        max_length=500,
        description="中文问题，可以是追问，例如：三公经费比上年少了多少？",
    )
    conversation_id: str | None = Field(
        default=None, max_length=64, description="上一次回答的conversation_id；追问时带上"
    )
    disclosure_id: str | None = Field(default=None, max_length=200, description="只看这一份资料")
    department: str | None = Field(default=None, max_length=80, description="只看这个部门（全称）")
    city: str | None = Field(default=None, max_length=40, description="只看这个城市，例如：某某市")
    year: int | None = Field(default=None, ge=1949, le=2199, description="只看这一年")


class LookupArguments(Whose):
    """Published figures by name."""

    items: list[ItemName] = Field(min_length=1, max_length=20, description="要查的各项名称")
    unit: MoneyUnit | None = Field(default=None, description="换算成这个单位；不给则按公开的单位")


class Threshold(Arguments):
    """A condition on amounts."""

    comparator: Literal[">", ">=", "<", "<=", "=", "!="]
    value: Decimal = Field(description="数值", ge=0, allow_inf_nan=False, max_digits=30)
    unit: MoneyUnit = "万元"


class AggregateArguments(Whose):
    """A computation over several figures, or over all members of a group."""

    operation: Literal["total", "share", "average", "rank", "list", "count"] = Field(
        description="total 合计；share 占比；average 平均；rank 排名；list 逐个列出；count 个数"
    )
    items: list[ItemName] = Field(
        default=[],
        max_length=20,
        description="total、share：各部分；其他：恰好一项（不给则为支出总预算）",
    )
    minus: list[ItemName] = Field(default=[], max_length=20, description="total：从合计中扣除的项")
    whole: ItemName | None = Field(
        default=None, description="share：占谁的比例；不给则为其所属总额"
    )
    per: Literal["month", "quarter", "head"] | None = Field(
        default=None, description="average：每月、每季度、每人（按公布的编制数）"
    )
    by: Axis | None = Field(
        default=None,
        description="rank、list、count：按什么分。unit 单位；subject 功能科目；"
        "economic 经济分类科目；project 项目；fund 资金来源；kind 支出类别；"
        "procurement_kind 采购类型；department 各部门之间（可用city、year限定）",
    )
    level: Literal[3, 5, 7] | None = Field(
        default=None, description="subject、economic的层级：3 类，5 款，7 项"
    )
    city: str | None = Field(
        default=None, max_length=40, description="by=department时只比较这个城市"
    )
    top: int = Field(default=1, ge=1, le=50, description="rank：取前几名")
    ascending: bool = Field(default=False, description="rank：从小到大")
    condition: Threshold | None = Field(default=None, description="rank、list、count：金额条件")
    unit: MoneyUnit | None = Field(default=None, description="换算成这个单位")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """What an operation needs and what it cannot use, told in Chinese."""
        grouped = self.operation in ("rank", "list", "count")
        if grouped and self.by is None:
            raise ValueError(f"operation为{self.operation}时须给出by（按什么分）")
        if self.operation == "average" and self.per is None:
            raise ValueError("operation为average时须给出per（每月、每季度或每人）")
        if self.operation in ("total", "share") and not self.items:
            raise ValueError(f"operation为{self.operation}时须给出items")
        if self.operation not in ("total", "share") and len(self.items) > 1:
            raise ValueError(f"operation为{self.operation}时items至多一项")
        return self


class Operand(Whose):
    """One side of a comparison."""

    item: ItemName


class CompareArguments(Arguments):
    """Two figures, or one figure with the year before."""

    left: Operand = Field(description="被比较的数")
    right: Operand | None = Field(
        default=None, description="与之比较的数：另一项、另一单位、另一部门或另一年；change不需要"
    )
    operation: Literal["difference", "ratio", "change"] = Field(
        default="difference",
        description="difference 相差多少；ratio 是几倍；change 比上年增减（按公开的同比）",
    )
    unit: MoneyUnit | None = Field(default=None, description="换算成这个单位")

    @model_validator(mode="after")
    def _sides(self) -> Self:
        if (self.operation == "change") != (self.right is None):
            raise ValueError("difference、ratio须给出right；change只给left")
        return self


class SearchArguments(Whose):
    """Words to be found in the narrative."""

    query: str = Field(min_length=1, max_length=200, description="要找的内容，例如：农村科技培训")


class DefineArguments(Whose):
    """Terms to be explained."""

    terms: list[ItemName] = Field(
        min_length=1, max_length=10, description="名词，例如：机关运行经费"
    )


class ListArguments(Arguments):
    """Which disclosures to list."""

    department: str | None = Field(default=None, max_length=80, description="部门名称中的文字")
    city: str | None = Field(default=None, max_length=40, description="省、市或区县名称")
    year: int | None = Field(default=None, ge=1949, le=2199)
    kind: Kind | None = Field(default=None, description="budget 部门预算；final_account 部门决算")
    limit: int = Field(default=50, ge=1, le=200, description="一次最多几份")
    offset: int = Field(default=0, ge=0, le=1_000_000, description="从第几份开始，0为第一份")
