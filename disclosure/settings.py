"""Settings of the stores, from environment variables with the prefix ``BUDGET_QA_``."""

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
