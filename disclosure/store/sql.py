"""The SQL side of a release: one table a noun of the domain model.

Amounts are stored as the decimal text that was published, never as floats. A fact has a column for
each axis; see ``FactRow`` for how a question across thousands of disclosures finds its rows.
"""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from sqlalchemy import Boolean, Dialect, Float, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from disclosure.model import ALL, AXES

#: The Alembic revision that this code reads and writes (``migrations/versions``).
REVISION = "0001"


class ExactDecimal(TypeDecorator[Decimal]):
    """A ``Decimal`` as its own text: SQLite has no exact decimals, and 4,074.00 is not 4,074."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Base(DeclarativeBase):
    """All tables of a release."""

    type_annotation_map: ClassVar = {str: Text, bool: Boolean, int: Integer, float: Float}


class DisclosureRow(Base):
    """A current disclosure. ``key`` is what other tables refer to, short for their indexes.

    ``units``, ``subjects``, ``files`` and ``remarks`` are JSON: they are read whole, with the row.
    """

    __tablename__ = "disclosure"

    key: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str]
    department: Mapped[str]
    code: Mapped[str]
    province: Mapped[str]
    city: Mapped[str]
    district: Mapped[str]
    year: Mapped[int]
    kind: Mapped[str]
    level: Mapped[str]
    title: Mapped[str]
    version: Mapped[int]
    supersedes: Mapped[str]
    units: Mapped[str]
    subjects: Mapped[str]
    files: Mapped[str]
    remarks: Mapped[str]


class _Part(Base):
    """What belongs to a disclosure, in document order (``position``)."""

    __abstract__ = True

    key: Mapped[int] = mapped_column(primary_key=True)
    disclosure_key: Mapped[int] = mapped_column(ForeignKey("disclosure.key"))
    position: Mapped[int]


class TableRow(_Part):
    """A published table; ``columns``, ``rows`` and ``row_locators`` are JSON as printed."""

    __tablename__ = "published_table"
    __table_args__ = (Index("ix_published_table_disclosure", "disclosure_key", "position"),)

    id: Mapped[str]
    ordinal: Mapped[int]
    label: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str]
    unit: Mapped[str]
    columns: Mapped[str]
    rows: Mapped[str]
    row_locators: Mapped[str]
    note: Mapped[str]
    empty: Mapped[bool]
    confidence: Mapped[float]
    weakness: Mapped[str]


class PassageRow(_Part):
    """A passage; ``section`` is JSON."""

    __tablename__ = "passage"
    __table_args__ = (Index("ix_passage_disclosure", "disclosure_key", "position"),)

    id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    section: Mapped[str]
    text: Mapped[str]
    locator: Mapped[str]
    subject_label: Mapped[str]


class FindingRow(_Part):
    """A reconciliation finding; ``fact_ids`` is JSON."""

    __tablename__ = "finding"
    __table_args__ = (Index("ix_finding_disclosure", "disclosure_key", "position"),)

    rule: Mapped[str]
    outcome: Mapped[str]
    message: Mapped[str]
    expected: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    actual: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    unit: Mapped[str]
    fact_ids: Mapped[str]


#: The column of each axis. The axis ``unit`` (who) and a figure's unit (of what) are two things.
AXIS_COLUMNS: dict[str, str] = {axis: "org_unit" if axis == "unit" else axis for axis in AXES}


def _axis_index(column: str) -> Index:
    """An index on the rows that an axis narrows: most rows are ALL on most axes."""
    narrowed = text(f"{column} <> '{ALL}'")
    return Index(
        f"ix_fact_{column}",
        column,
        "measure",
        "aspect",
        "year",
        sqlite_where=narrowed,
        postgresql_where=narrowed,
    )


class FactRow(_Part):
    """A fact. ``header``, ``row_path`` and ``inputs`` are JSON.

    ``narrowed`` spells the axes that are not ALL ('economic=30217;fund=general'): a question that
    fixes every axis finds its rows by this one index, a question that leaves axes open by the
    index of the rarest axis that it narrows.
    """

    __tablename__ = "fact"
    __table_args__ = (
        Index("ix_fact_disclosure", "disclosure_key", "position"),
        Index("ix_fact_narrowed", "measure", "aspect", "narrowed", "year"),
        *(_axis_index(column) for column in AXIS_COLUMNS.values()),
    )

    id: Mapped[str]
    measure: Mapped[str]
    aspect: Mapped[str]
    narrowed: Mapped[str]
    org_unit: Mapped[str]
    subject: Mapped[str]
    economic: Mapped[str]
    gov_economic: Mapped[str]
    project: Mapped[str]
    item: Mapped[str]
    fund: Mapped[str]
    kind: Mapped[str]
    nature: Mapped[str]
    carry: Mapped[str]
    procurement_kind: Mapped[str]
    procurement_mode: Mapped[str]
    value: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    unit: Mapped[str]
    year: Mapped[int]
    label: Mapped[str]
    locator: Mapped[str]
    printed: Mapped[str]
    places: Mapped[int]
    origin: Mapped[str]
    header: Mapped[str]
    row_path: Mapped[str]
    total: Mapped[bool]
    table_id: Mapped[str | None]
    passage_id: Mapped[str | None]
    ordinal: Mapped[int]
    stage: Mapped[str]
    as_of: Mapped[str]
    base: Mapped[str]
    comparator: Mapped[str]
    text_value: Mapped[str]
    indicator_class: Mapped[str]
    indicator: Mapped[str]
    formula: Mapped[str]
    inputs: Mapped[str]
    confidence: Mapped[float]
