"""Models learn from questions and passages, and what they learnt is saved."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from disclosure.embedding.errors import ModelLoadError
from disclosure.embedding.sentence_transformers import SentenceEmbedder
from disclosure.embedding.training import Recipe, batches, fine_tune
from disclosure.settings import ModelSettings
from tests.support.models import MINILM, static_model

#: Questions that share no character with what answers them: only learning finds it.
PAIRS = [("甲乙", "山水"), ("丙丁", "花鸟"), ("戊己", "风云"), ("庚辛", "日月"), ("壬癸", "江河")]
QUESTIONS, PASSAGES = zip(*PAIRS, strict=True)
RECIPE = Recipe(epochs=20, batch=5, learning_rate=0.05)
SETTINGS = ModelSettings()


@pytest.fixture(scope="module")
def untrained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return static_model(tmp_path_factory.mktemp("models") / "start", [*QUESTIONS, *PASSAGES])


def found(folder: Path, settings: ModelSettings = SETTINGS) -> int:
    """How many questions are nearest to their own passage."""
    model = SentenceEmbedder(str(folder), settings)
    similarities = model.embed_passages(PASSAGES) @ np.stack(
        [model.embed_query(q) for q in QUESTIONS], axis=1
    )
    return int((similarities.argmax(axis=0) == np.arange(len(PAIRS))).sum())


def test_what_was_learnt_is_found(untrained: Path, tmp_path: Path) -> None:
    losses = fine_tune(untrained, tmp_path / "trained", PAIRS, RECIPE, SETTINGS)
    assert found(untrained) < len(PAIRS)
    assert found(tmp_path / "trained") == len(PAIRS)
    assert len(losses) == RECIPE.epochs
    assert losses[-1] < losses[0]


def test_the_same_recipe_gives_the_same_model(untrained: Path, tmp_path: Path) -> None:
    names = []
    for place in ("a", "b"):
        target = tmp_path / place / "model"
        fine_tune(untrained, target, PAIRS, RECIPE, SETTINGS)
        names.append(SentenceEmbedder(str(target), SETTINGS).identity)
    assert names[0] == names[1]


def test_a_pretrained_model_goes_on_learning(tmp_path: Path) -> None:
    pairs = [("hospitality", "receiving guests"), ("pensions", "retired staff")]
    steps: list[int] = []
    (loss,) = fine_tune(
        MINILM, tmp_path / "model", pairs, Recipe(1, 2, 1e-5), SETTINGS, steps.append
    )
    before = SentenceEmbedder(str(MINILM), SETTINGS)
    after = SentenceEmbedder(str(tmp_path / "model"), SETTINGS)
    assert np.isfinite(loss)
    assert steps == [2]
    similarity = float(before.embed_query("pensions") @ after.embed_query("pensions"))
    assert 0.9 < similarity < 0.999999


def test_prompts_trained_with_become_the_models_own(untrained: Path, tmp_path: Path) -> None:
    prompts = ModelSettings(embedding_query_prompt="甲", embedding_passage_prompt="山")
    fine_tune(untrained, tmp_path / "model", PAIRS, RECIPE, prompts)
    own = SentenceEmbedder(str(tmp_path / "model"), SETTINGS)
    given = SentenceEmbedder(str(tmp_path / "model"), prompts)
    assert np.array_equal(own.embed_query("丙"), given.embed_query("丙"))
    assert np.array_equal(own.embed_passages(["花"]), given.embed_passages(["花"]))


def test_a_model_can_be_read_by_another_user(untrained: Path) -> None:
    assert all(path.stat().st_mode & 0o044 == 0o044 for path in untrained.rglob("*"))


def test_a_training_that_diverges_is_told_not_saved(untrained: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelLoadError, match="--learning-rate"):
        fine_tune(untrained, tmp_path / "model", PAIRS, Recipe(5, 5, float("inf")), SETTINGS)
    assert not (tmp_path / "model").exists()


def test_a_batch_holds_no_question_and_no_passage_twice() -> None:
    pairs = [(f"问{n % 7}", f"段{n % 5}") for n in range(35)]
    made = list(batches(pairs, 4, random.Random(0)))
    for batch in made:
        assert 1 < len(batch) <= 4
        assert len({q for q, _ in batch}) == len({p for _, p in batch}) == len(batch)
    used = [pair for batch in made for pair in batch]
    assert len(used) == len(set(used))
    assert len(used) >= len(pairs) - 4
