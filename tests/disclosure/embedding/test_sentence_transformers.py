"""Any sentence-transformers model embeds, under the name of what it is."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from disclosure.embedding.cache import CachedEmbedder
from disclosure.embedding.errors import ModelLoadError
from disclosure.embedding.llama import LlamaEmbedding
from disclosure.embedding.sentence_transformers import SentenceEmbedder
from disclosure.settings import ModelSettings
from tests.support.models import MINILM, static_model

TEXTS = ["公务接待费减少的主要原因是厉行节约", "机构运行支出", "渔业资源监测站的日常运转" * 40]
SETTINGS = ModelSettings()


@pytest.fixture(scope="module")
def minilm() -> SentenceEmbedder:
    return SentenceEmbedder(str(MINILM), SETTINGS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return static_model(tmp_path_factory.mktemp("models") / "characters", TEXTS)


@pytest.fixture
def prompted(folder: Path, tmp_path: Path) -> Path:
    """A model with prompts of its own."""
    path = shutil.copytree(folder, tmp_path / "prompted")
    config = path / "config_sentence_transformers.json"
    own = json.loads(config.read_text()) | {"prompts": {"query": "机构", "document": "渔业"}}
    config.write_text(json.dumps(own))
    return path


def test_vectors_are_normalised_and_of_the_stated_dimension(minilm: SentenceEmbedder) -> None:
    vectors = minilm.embed_passages(TEXTS)
    assert vectors.shape == (3, minilm.dimension) == (3, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert minilm.embed_passages([]).shape == (0, 384)


def test_a_pretrained_model_knows_what_it_has_learnt(minilm: SentenceEmbedder) -> None:
    passages = minilm.embed_passages(
        ["Money for receiving guests", "New office computers", "Pensions of retired staff"]
    )
    assert int(np.argmax(passages @ minilm.embed_query("hospitality expenses"))) == 0


def test_vectors_do_not_depend_on_the_batch(folder: Path, minilm: SentenceEmbedder) -> None:
    together = minilm.embed_passages(TEXTS)
    one_by_one = SentenceEmbedder(str(MINILM), ModelSettings(inference_batch=1))
    assert np.allclose(together, one_by_one.embed_passages(TEXTS), atol=1e-5)


def test_threads_share_one_model(folder: Path) -> None:
    model = SentenceEmbedder(str(folder), SETTINGS)
    questions = [f"{n}渔业机构" for n in range(12)]
    expected = [model.embed_query(q) for q in questions]
    shared = SentenceEmbedder(str(folder), SETTINGS)  # loaded by whichever thread comes first
    with ThreadPoolExecutor(6) as threads:
        got = list(threads.map(shared.embed_query, questions * 2))
    assert all(np.array_equal(a, b) for a, b in zip(got, expected * 2, strict=True))


@pytest.mark.parametrize("text", ["", "\0", "前\0后", "\ud800", "未收录的字：龘"])
def test_any_text_has_a_vector(folder: Path, minilm: SentenceEmbedder, text: str) -> None:
    for model in (minilm, SentenceEmbedder(str(folder), SETTINGS)):
        assert np.isfinite(model.embed_query(text)).all()
        assert np.isfinite(model.embed_passages([text, "后"])).all()


def test_prompts_are_the_models_own_unless_others_are_set(folder: Path, prompted: Path) -> None:
    plain = SentenceEmbedder(str(folder), SETTINGS)
    own = SentenceEmbedder(str(prompted), SETTINGS)
    assert np.array_equal(own.embed_query("支出"), plain.embed_query("机构支出"))
    assert np.array_equal(own.embed_passages(["支出"]), plain.embed_passages(["渔业支出"]))
    other = SentenceEmbedder(
        str(prompted),
        ModelSettings(embedding_query_prompt="", embedding_passage_prompt="资源"),
    )
    assert np.array_equal(other.embed_query("支出"), plain.embed_query("支出"))
    assert np.array_equal(other.embed_passages(["支出"]), plain.embed_passages(["资源支出"]))


def test_the_identity_is_that_of_the_files(folder: Path, tmp_path: Path) -> None:
    first = SentenceEmbedder(str(folder), SETTINGS).identity
    copy = shutil.copytree(folder, tmp_path / "characters")
    (copy / "README.md").write_text("notes")
    (copy / "training.json").write_text("{}")
    assert SentenceEmbedder(str(copy), SETTINGS).identity == first
    assert first.startswith("st-characters-")
    shutil.rmtree(copy)
    static_model(copy, TEXTS, seed=1)
    assert SentenceEmbedder(str(copy), SETTINGS).identity != first


def test_only_the_passages_prompt_makes_another_identity(folder: Path) -> None:
    first = SentenceEmbedder(str(folder), SETTINGS).identity
    queries = ModelSettings(embedding_query_prompt="问：")
    passages = ModelSettings(embedding_passage_prompt="段：")
    assert SentenceEmbedder(str(folder), queries).identity == first
    assert SentenceEmbedder(str(folder), passages).identity != first


def test_vectors_are_cached_by_identity(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "embeddings.sqlite"
    first = CachedEmbedder(SentenceEmbedder(str(folder), SETTINGS), path)
    vectors = first.embed_passages(TEXTS)
    again = CachedEmbedder(SentenceEmbedder(str(folder), SETTINGS), path)
    assert np.array_equal(again.embed_passages(TEXTS), vectors)
    assert (first.embedded, again.embedded) == (3, 0)


def test_llama_index_gets_the_same_vectors(folder: Path) -> None:
    model = SentenceEmbedder(str(folder), SETTINGS)
    llama = LlamaEmbedding(model)
    got = np.array(llama.get_text_embedding_batch(TEXTS), dtype=np.float32)
    assert np.array_equal(got, model.embed_passages(TEXTS))


def test_a_device_that_is_not_there_is_named(folder: Path) -> None:
    model = SentenceEmbedder(str(folder), ModelSettings(inference_device="不存在"))
    with pytest.raises(ModelLoadError, match=r"不存在.*BUDGET_QA_INFERENCE_DEVICE"):
        model.embed_query("支出")


def test_damaged_files_are_told(folder: Path, tmp_path: Path) -> None:
    broken = shutil.copytree(folder, tmp_path / "broken")
    (broken / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelLoadError, match="检查模型文件是否完整"):
        SentenceEmbedder(str(broken), SETTINGS).embed_query("支出")
