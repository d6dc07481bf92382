"""Questions with the passages that answer them, as data.

A file of ``gold/`` holds one theme with its two parts: weights are chosen on ``dev`` only. A gold
passage is named by words of its section and of its text, so that it survives a change of how
passages are cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from disclosure.library import Library
from disclosure.model import Passage
from disclosure.text import fold
from eval.cases import CaseError, Part

#: The questions shipped with the project, over the shipped disclosure.
GOLD = Path(__file__).parent / "gold"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Gold(_Data):
    """A passage that answers: ``section`` is part of a title on its path, ``phrase`` of its text.
    Spaces, quotation marks and widths of characters do not matter."""

    section: str = Field(min_length=1)
    phrase: str = Field(min_length=1)

    def names(self, passage: Passage) -> bool:
        """Whether the passage is meant."""
        section = fold(self.section)
        return fold(self.phrase) in fold(passage.text) and any(
            section in fold(title) for title in passage.section
        )


class RetrievalCase(_Data):
    """A question, and the passages any of which is right."""

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    gold: tuple[Gold, ...] = Field(min_length=1)

    def passages(self, library: Library) -> tuple[Passage, ...]:
        """The gold passages of a release. Raises ``CaseError`` where a gold names none of them."""
        held = [p for d in library.disclosures() for p in library.passages(d.id)]
        found: dict[str, Passage] = {}
        for gold in self.gold:
            named = {p.id: p for p in held if gold.names(p)}
            if not named:
                raise CaseError(
                    f"检索用例“{self.id}”：数据中没有章节含“{gold.section}”、"
                    f"文字含“{gold.phrase}”的段落。请确认数据目录中有用例所问的公开文件。"
                )
            found |= named
        return tuple(found.values())


class RetrievalFile(_Data):
    """The cases of one theme."""

    theme: str
    dev: tuple[RetrievalCase, ...] = ()
    heldout: tuple[RetrievalCase, ...] = ()

    def of(self, part: Part) -> tuple[RetrievalCase, ...]:
        """The cases of one part."""
        return self.dev if part is Part.DEV else self.heldout


def load_gold(folder: Path = GOLD) -> Sequence[RetrievalFile]:
    """All files of ``folder``, in a stable order. Raises ``CaseError``."""
    files = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            data = yaml.safe_load(path.read_text(encoding="utf-8"))
            files.append(RetrievalFile.model_validate(data))
        except (OSError, yaml.YAMLError, ValidationError) as error:
            raise CaseError(f"检索用例文件“{path}”无法读取：{error}") from error
    if not files:
        raise CaseError(f"“{folder}”中没有检索用例文件（*.yaml）")
    return files
