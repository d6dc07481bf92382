"""A CrossEncoder reads question and passage together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from disclosure.embedding.cross_encoder import CrossEncoderReranker
from disclosure.embedding.errors import ModelLoadError
from disclosure.settings import ModelSettings
from tests.support.models import cross_encoder, teach

QUESTION = "公务接待费为什么减少"
REASON, PURCHASE, AMOUNT = "减少的原因是厉行节约", "购买办公电脑", "公务接待费是多少"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that has learnt that a reason answers a why."""
    path = tmp_path_factory.mktemp("models") / "reranker"
    cross_encoder(path, [QUESTION, REASON, PURCHASE, AMOUNT])
    return teach(
        path, [(QUESTION, REASON, 1.0), (QUESTION, PURCHASE, 0.0), (QUESTION, AMOUNT, 0.0)]
    )


def test_the_passage_that_answers_is_the_most_relevant(folder: Path) -> None:
    reranker = CrossEncoderReranker(str(folder), ModelSettings())
    relevances = reranker.relevances(QUESTION, [AMOUNT, REASON, PURCHASE])
    assert relevances.dtype == np.float32
    assert int(np.argmax(relevances)) == 1


def test_relevances_do_not_depend_on_the_batch(folder: Path) -> None:
    passages = [AMOUNT, REASON, PURCHASE * 20, "", "\ud800"]
    together = CrossEncoderReranker(str(folder), ModelSettings()).relevances(QUESTION, passages)
    small = CrossEncoderReranker(str(folder), ModelSettings(inference_batch=1))
    assert np.allclose(together, small.relevances(QUESTION, passages), atol=1e-4)


def test_nothing_to_judge_gives_nothing(folder: Path) -> None:
    reranker = CrossEncoderReranker(str(folder), ModelSettings(rerank_depth=7))
    assert reranker.relevances(QUESTION, []).shape == (0,)
    assert reranker.depth == 7


def test_a_classifier_is_no_reranker(tmp_path: Path) -> None:
    path = cross_encoder(tmp_path / "classifier", [QUESTION], labels=3)
    reranker = CrossEncoderReranker(str(path), ModelSettings())
    with pytest.raises(ModelLoadError, match="3 个分类，不是重排模型"):
        reranker.relevances(QUESTION, [REASON])
