"""Which weights of the fusion do best: chosen on ``dev``, confirmed on ``heldout``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console

from disclosure.store.fusion import FUSION, Weights
from disclosure.store.library import ReleaseLibrary
from eval.cases import Part
from eval.retrieval.cases import RetrievalFile
from eval.retrieval.metrics import Quality, quality
from eval.retrieval.report import quality_cells, quality_table
from eval.retrieval.runner import run, weighted

#: The shares of meaning that are tried, words having the rest.
SHARES = tuple(share / 20 for share in range(21))


@dataclass(frozen=True, slots=True)
class Tried:
    """What one share of meaning achieves on each part."""

    share: float
    dev: Quality
    heldout: Quality


def share_of(weights: Weights) -> float:
    """Weights as the share of meaning."""
    return weights.meaning / (weights.meaning + weights.words)


def sweep(files: Sequence[RetrievalFile], library: ReleaseLibrary) -> tuple[Tried, ...]:
    """Every share on both parts."""
    named = {str(s): weighted(library, Weights(s, 1 - s)) for s in SHARES}
    found = run(files, Part, library, named)
    return tuple(
        Tried(
            share,
            *(
                quality([f.ranking for f in found if f.retriever == str(share) and f.part is part])
                for part in Part
            ),
        )
        for share in SHARES
    )


def print_sweep(tried: Sequence[Tried], console: Console) -> None:
    """A row for each share and part; the one in use is marked."""
    for part in Part:
        table = quality_table(f"融合权重（{part.value}）", "向量的份额", "")
        for t in tried:
            used = "在用" if abs(t.share - share_of(FUSION)) < 1e-9 else ""
            measured = t.dev if part is Part.DEV else t.heldout
            table.add_row(f"{t.share:.2f}", used, *quality_cells(measured))
        console.print(table)
