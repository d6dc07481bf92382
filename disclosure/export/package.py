"""The whole export: a folder of CSV and Parquet files with its ``datapackage.json``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from disclosure.export.columns import DISCLOSURES, FACTS, PASSAGES, Column, fact_records
from disclosure.export.csv_files import write_csv
from disclosure.export.descriptor import Resource, descriptor
from disclosure.export.errors import ExportError
from disclosure.export.parquet import write_parquet
from disclosure.library import Library
from disclosure.model import Disclosure

R = TypeVar("R")

DESCRIPTOR = "datapackage.json"


def export_package(
    library: Library,
    target: Path,
    disclosure_ids: Sequence[str] = (),
    with_passages: bool = False,
) -> Path:
    """Write some disclosures, or all, to the folder ``target``; returns the descriptor's path.

    Each file is complete when it takes its name, the descriptor last. Raises ``ExportError`` for
    an id that is not held and where the folder cannot be written to.
    """
    held = {d.id: d for d in library.disclosures()}
    ids = tuple(dict.fromkeys(disclosure_ids)) or tuple(held)
    if missing := [i for i in ids if i not in held]:
        raise ExportError(
            f"没有编号为{'、'.join(missing)}的公开资料。编号见budget-qa check的输出。"
        )
    try:
        return _write(library, target, [held[i] for i in ids], with_passages)
    except OSError as error:
        raise ExportError(
            f"写不进“{target}”：{error.strerror}。请换一个可写的目录（--output）。"
        ) from error


def _write(
    library: Library, target: Path, disclosures: Sequence[Disclosure], with_passages: bool
) -> Path:
    target.mkdir(parents=True, exist_ok=True)
    # What described the files of an earlier export must not describe half of these.
    (target / DESCRIPTOR).unlink(missing_ok=True)
    ids = [d.id for d in disclosures]
    resources = [
        _csv(target, "disclosures", "公开资料", DISCLOSURES, disclosures),
        _csv(target, "facts", "公开的数", FACTS, fact_records(library, ids)),
        _parquet(target, "facts-parquet", "公开的数（Parquet）", FACTS, fact_records(library, ids)),
    ]
    if with_passages:
        passages = (p for i in ids for p in library.passages(i))
        resources.append(_csv(target, "passages", "公开的文字", PASSAGES, passages))
    content = descriptor(library.release_id, disclosures, resources)
    return _placed(
        target / DESCRIPTOR,
        lambda path: path.write_text(
            json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        ),
    )


def _csv(
    target: Path, name: str, title: str, columns: Sequence[Column[R]], records: Iterable[R]
) -> Resource:
    def write(path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as stream:
            write_csv(columns, records, stream)

    return Resource(name, title, columns, _placed(target / f"{name}.csv", write))


def _parquet(
    target: Path, name: str, title: str, columns: Sequence[Column[R]], records: Iterable[R]
) -> Resource:
    path = _placed(target / "facts.parquet", lambda p: write_parquet(columns, records, p))
    return Resource(name, title, columns, path)


def _placed(path: Path, write: Callable[[Path], object]) -> Path:
    """Write a file aside, then give it its name."""
    aside = path.with_name(path.name + ".new")
    write(aside)
    return aside.replace(path)
