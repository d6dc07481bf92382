"""Settings of the running service, from environment variables with the prefix ``BUDGET_QA_``."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "BUDGET_QA_"


class Settings(BaseSettings):
    """What an operator may set. Values passed to the constructor (flags) win over variables."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    data_dir: Path = Field(
        default=Path("var"), description="Folder that holds the releases and all other state"
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on")
    workers: int = Field(default=1, ge=1, le=64, description="Number of worker processes")
    own_department: str = Field(
        default="", description="Department meant where a question names none and several are held"
    )
    answer_threads: int = Field(
        default=4, ge=1, le=64, description="Questions answered at the same time in one worker"
    )
    max_waiting: int = Field(
        default=256, ge=1, description="Questions that may wait in one worker before it answers 503"
    )
    rate_per_minute: int = Field(
        default=6000,
        ge=0,
        description="Questions per minute and client in one worker, sustained; 0 sets no limit",
    )
    rate_burst: int = Field(
        default=1000, ge=1, description="Questions that a client may ask at once before that limit"
    )
    max_body_bytes: int = Field(default=1 << 20, ge=1024, description="Largest request body")
    trusted_proxies: str = Field(
        default="127.0.0.1",
        description="Addresses of reverse proxies whose X-Forwarded-For is believed, or *",
    )
    answers_kept_days: int = Field(
        default=30,
        ge=1,
        description="Days that an answer which nobody shared is kept, with its feedback",
    )
    log_level: Literal["critical", "error", "warning", "info", "debug"] = Field(
        default="info", description="Least severe message that is logged"
    )

    def as_environment(self) -> dict[str, str]:
        """The variables that give another process these settings."""
        return {
            PREFIX + name.upper(): str(value)
            for name, value in self.model_dump(mode="json").items()
        }
