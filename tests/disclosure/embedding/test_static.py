"""A model from scratch: one vector a character."""

from __future__ import annotations

import numpy as np
import pytest

from disclosure.embedding.sentence_transformers import SentenceEmbedder
from disclosure.embedding.static import save_static
from disclosure.settings import ModelSettings

TEXTS = ["支出预算 ABC", "收入预算", "预算说明"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> SentenceEmbedder:
    folder = tmp_path_factory.mktemp("models") / "static"
    save_static(TEXTS, 64, folder)
    return SentenceEmbedder(str(folder), ModelSettings())


def test_the_dimension_is_that_asked_for(model: SentenceEmbedder) -> None:
    assert model.dimension == 64


@pytest.mark.parametrize("text", ["支 出\n预算　abc", "支出预算ＡＢＣ"])
def test_width_case_and_space_do_not_matter(model: SentenceEmbedder, text: str) -> None:
    assert np.array_equal(model.embed_query(text), model.embed_query("支出预算ABC"))


def test_untrained_it_is_a_bag_of_characters(model: SentenceEmbedder) -> None:
    passages = model.embed_passages(TEXTS)
    assert int(np.argmax(passages @ model.embed_query("收入"))) == 1
    assert np.allclose(model.embed_query("收入"), model.embed_query("入收"), atol=1e-6)


def test_rare_characters_weigh_more_than_common_ones(model: SentenceEmbedder) -> None:
    assert model.embed_query("入算") @ model.embed_query("入") > model.embed_query(
        "入算"
    ) @ model.embed_query("算")


def test_characters_never_seen_say_nothing(model: SentenceEmbedder) -> None:
    assert not model.embed_query("龘").any()
