"""``budget-qa eval promote``: makes a case file of the candidates that reviewers accepted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer
import yaml
from rich.console import Console

from disclosure.settings import StoreSettings
from eval.cases import (
    CASES,
    Case,
    CaseError,
    CaseFile,
    Expectation,
    Part,
    load_cases,
    read_case_file,
)
from eval.corpus import SHIPPED, corpus_folder
from qa_service.records.audit import COMMAND_LINE, Audit
from qa_service.records.candidates import Candidate, Candidates, CandidateState
from qa_service.records.database import open_records
from qa_service.settings import Settings

#: Where promoted cases go, below the folder of cases.
FOLDER = "staff"
_NOTHING = 3


def promote(
    ids: Annotated[
        list[int] | None, typer.Argument(help="候选编号；缺省为所有已审核通过的候选")
    ] = None,
    cases: Annotated[Path, typer.Option(help="评测用例文件夹")] = CASES,
    part: Annotated[Part, typer.Option(help="放入开发部分或留出部分")] = Part.DEV,
    document: Annotated[
        list[str] | None,
        typer.Option(help="用例需要的公开文件（语料文件夹中的路径，可重复）；缺省由答案的出处得出"),
    ] = None,
    data_dir: Annotated[
        Path | None, typer.Option(help="数据目录；缺省为 BUDGET_QA_DATA_DIR，再缺省为 ./var")
    ] = None,
    show: Annotated[bool, typer.Option("--list", help="只列出候选，不写文件")] = False,
) -> None:
    """把审核通过的评测候选写成评测用例文件（cases/staff/…yaml）。没有可写的候选时状态为 3。"""
    console = Console(highlight=False)
    engine = open_records(data_dir or StoreSettings().data_dir, Settings().records_url)
    candidates = Candidates(engine)
    if show:
        for candidate in candidates.all():
            typer.echo(f"{candidate.id}\t{candidate.state}\t{candidate.question}")
        return
    chosen = _chosen(candidates, ids, console)
    if not chosen:
        console.print("没有审核通过的评测候选。请先在 /staff 的“评测候选”中审核。")
        raise typer.Exit(_NOTHING)
    try:
        written = write_cases(chosen, cases, part, corpus_folder(), document or ())
    except CaseError as error:
        console.print(str(error), style="red", markup=False)
        raise typer.Exit(1) from error
    audit = Audit(engine)
    for candidate in chosen:
        candidates.promoted(candidate.id, case_id(candidate))
        audit.note(
            COMMAND_LINE, "candidate.promoted", f"评测候选{candidate.id}", case_id(candidate)
        )
    for path in written:
        console.print(f"已写入 {path}", markup=False)


def _chosen(candidates: Candidates, ids: Sequence[int] | None, console: Console) -> list[Candidate]:
    accepted = sorted(candidates.all(CandidateState.ACCEPTED), key=lambda c: c.id)
    if not ids:
        return accepted
    known = {candidate.id: candidate for candidate in accepted}
    if missing := [i for i in ids if i not in known]:
        listed = "、".join(map(str, missing))
        console.print(f"没有审核通过的候选：{listed}（用 --list 查看）", style="red")
        raise typer.Exit(_NOTHING)
    return [known[i] for i in ids]


def case_id(candidate: Candidate) -> str:
    """The id of the case that a candidate becomes."""
    return f"staff-{candidate.id:04d}"


def write_cases(
    candidates: Iterable[Candidate],
    cases: Path,
    part: Part,
    corpus: Path,
    documents: Sequence[str] = (),
) -> list[Path]:
    """Add cases to files, one for each set of documents; the files. Raises ``CaseError``, and then
    writes nothing, where a document is neither shipped nor in the corpus."""
    folder = cases / FOLDER
    known = {case.id for file in load_cases(cases) for case in file.cases}
    files: dict[Path, CaseFile] = {}
    for candidate in candidates:
        needed = tuple(documents) or corpus_names(candidate.documents, corpus)
        path = folder / _file_name(part, needed)
        file = files.get(path) or _held(path, part, needed)
        if case_id(candidate) not in known:
            file = file.model_copy(update={"cases": (*file.cases, _case(candidate))})
        files[path] = file
    folder.mkdir(parents=True, exist_ok=True)
    for path, file in files.items():
        path.write_text(_text(file), encoding="utf-8")
    return list(files)


def corpus_names(names: Iterable[str], corpus: Path) -> tuple[str, ...]:
    """How a case file calls source files: by their paths in the corpus, those that the project
    ships not at all. Raises ``CaseError`` for one that is in neither."""
    names = [Path(name).name for name in names]
    shipped = {path.name for path in SHIPPED.rglob("*")}
    if all(name in shipped for name in names):
        return ()
    found = []
    for name in names:
        places = sorted(path for path in corpus.rglob("*") if path.name == name)
        if not places:
            raise CaseError(
                f"公开文件“{name}”既不随项目提供，也不在语料文件夹“{corpus}”中。"
                "请先把它放入语料文件夹，或用 --document 写明所需文件。"
            )
        found.append(places[0].relative_to(corpus).as_posix())
    return tuple(sorted(found))


def _file_name(part: Part, documents: Sequence[str]) -> str:
    if not documents:
        return f"{part.value}.yaml"
    digest = hashlib.sha256("\n".join(documents).encode()).hexdigest()[:8]
    return f"{part.value}-{digest}.yaml"


def _held(path: Path, part: Part, documents: tuple[str, ...]) -> CaseFile:
    if path.exists():
        return read_case_file(path)
    return CaseFile(theme="staff", part=part, documents=documents, cases=())


def _case(candidate: Candidate) -> Case:
    expected = candidate.expected.model_dump(mode="json", exclude_defaults=True)
    expected["status"] = candidate.expected.status.value
    return Case(
        id=case_id(candidate),
        question=candidate.question,
        expect=Expectation.model_validate(expected),
    )


def _text(file: CaseFile) -> str:
    data = file.model_dump(mode="json", exclude_defaults=True)
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
    return f"# Promoted from the staff console after review.\n{text}"
