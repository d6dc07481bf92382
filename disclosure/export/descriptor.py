"""The descriptor of an export: a Frictionless Data Package with fiscal column types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

from disclosure.export.columns import Column
from disclosure.model import Disclosure

#: Which field refers to which resource.
_REFERENCES = {"disclosure_id": "disclosures"}
_TYPES = {"decimal": "number", "money": "number"}


@dataclass(frozen=True, slots=True)
class Resource:
    """One written file with the columns that it holds."""

    name: str
    title: str
    columns: Sequence[Column[Any]]
    path: Path

    def described(self) -> dict[str, object]:
        """Its entry in the descriptor."""
        kind = self.path.suffix.removeprefix(".")
        with self.path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        return {
            "name": self.name,
            "title": self.title,
            "type": "table",
            "path": self.path.name,
            "scheme": "file",
            "format": kind,
            "mediatype": {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}[kind],
            **({"encoding": "utf-8"} if kind == "csv" else {}),
            "bytes": self.path.stat().st_size,
            "hash": f"sha256:{digest}",
            "schema": {
                "fields": [_field(column, kind) for column in self.columns],
                "primaryKey": ["id"],
                "foreignKeys": [
                    {"fields": [c.name], "reference": {"resource": resource, "fields": ["id"]}}
                    for c in self.columns
                    if (resource := _REFERENCES.get(c.name))
                ],
                "missingValues": [""],
            },
        }


def descriptor(
    release_id: str, disclosures: Sequence[Disclosure], resources: Sequence[Resource]
) -> dict[str, object]:
    """The whole descriptor. It names no time of writing: the same release, the same bytes."""
    years = [d.year for d in disclosures]
    content: dict[str, object] = {
        "name": "budget-disclosures",
        "title": "政府部门预算、决算公开数据",
        "description": "由公开文件逐表逐句读出的数，每个数都有出处。`amount`是换算为元的精确金额，"
        "`value`与`unit`是原文的数值和单位；坐标列的ALL表示不限。合计与其组成部分都在其中，"
        "求和时请用`total`区分。",
        "version": release_id,
        "countryCode": "CN",
        "licenses": [
            {
                "name": "other-pd",
                "title": "国家机关依法公开的文件，不适用著作权保护"
                "（《中华人民共和国著作权法》第五条）",
            }
        ],
        "sources": [
            {"title": f"{d.title}（{'、'.join(f.name for f in d.files)}）"} for d in disclosures
        ],
        "resources": [r.described() for r in resources],
        # Constant columns of the Fiscal Data Package: they would be the same in every row.
        "extraFields": [
            {
                "name": "currency",
                "type": "string",
                "columnType": "value-currency:code",
                "constant": "CNY",
            }
        ],
    }
    if years:
        content["fiscalPeriod"] = {"start": f"{min(years)}-01-01", "end": f"{max(years)}-12-31"}
    return content


def _field(column: Column[Any], kind: str) -> dict[str, object]:
    # Parquet has the printed digits as text (see ``parquet``).
    as_text = kind == "parquet" and column.type == "decimal"
    constraints: dict[str, object] = {"required": True} if column.required else {}
    if column.values:
        constraints["enum"] = list(column.values)
    return {
        "name": column.name,
        "type": "string" if as_text else _TYPES.get(column.type, column.type),
        "title": column.title,
        **({"columnType": column.column_type} if column.column_type else {}),
        **({"constraints": constraints} if constraints else {}),
    }
