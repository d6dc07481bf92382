"""Which documents the cases need, and which files can be asked of one release together."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from eval.cases import CaseFile

ROOT = Path(__file__).resolve().parent.parent
#: The disclosures shipped with the project; files without ``documents`` ask about them.
SHIPPED = ROOT / "data" / "disclosures"
#: Environment variable that says where the corpus of real disclosures lies.
CORPUS_VARIABLE = "BUDGET_QA_CORPUS"

MAIN = "main"
REAL = "real"


def corpus_folder() -> Path:
    """The folder of real disclosures (need not exist)."""
    configured = os.environ.get(CORPUS_VARIABLE)
    return Path(configured) if configured else ROOT.parent / "shared" / "disclosures"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Case files that are asked of one release, and the documents that it is made of."""

    name: str
    files: tuple[CaseFile, ...]
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A case file that cannot be asked, and which of its documents are not there."""

    file: CaseFile
    missing: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"跳过“{self.file.theme}”（{len(self.file.cases)} 题）：缺少 {self.missing[0]} 等文件"
        )


def arrange(files: Iterable[CaseFile], folder: Path) -> tuple[list[Corpus], list[Skipped]]:
    """Sort files into the shipped corpus and the real one, all of whose documents are loaded
    together: a question must find its own department among many."""
    main: list[CaseFile] = []
    real: list[CaseFile] = []
    skipped: list[Skipped] = []
    paths: dict[Path, None] = {}
    for file in files:
        missing = tuple(name for name in file.documents if not (folder / name).is_file())
        if missing:
            skipped.append(Skipped(file, missing))
        elif file.documents:
            real.append(file)
            paths.update(dict.fromkeys(folder / name for name in file.documents))
        else:
            main.append(file)
    corpora = []
    if main:
        corpora.append(Corpus(MAIN, tuple(main), (SHIPPED,)))
    if real:
        corpora.append(Corpus(REAL, tuple(real), tuple(sorted(paths))))
    return corpora, skipped
