"""Settings of the LLM planner, from environment variables with the prefix ``BUDGET_QA_``."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from qa_service.llm.errors import EndpointUnsetError

Mode = Literal["embedded", "llm", "auto"]


class LlmSettings(BaseSettings):
    """Which planner answers, and the endpoint of the model. Constructor arguments win."""

    model_config = SettingsConfigDict(env_prefix="BUDGET_QA_", extra="forbid", frozen=True)

    planner: Mode = Field(
        default="embedded",
        description="Who plans: embedded (no model), llm, or auto (the model only where the "
        "embedded planner does not understand the question)",
    )
    llm_base_url: str = Field(
        default="", description="OpenAI-compatible endpoint, such as http://127.0.0.1:8080/v1"
    )
    llm_model: str = Field(default="", description="Name of the model at that endpoint")
    llm_api_key: SecretStr = Field(
        default=SecretStr(""), description="Key of that endpoint, where it wants one"
    )
    llm_budget_seconds: float = Field(
        default=20.0,
        gt=0,
        le=300,
        description="Time for all that a question asks of the model; then the embedded answer is "
        "served",
    )
    llm_first_token_seconds: float = Field(
        default=10.0, gt=0, le=300, description="Time until a reply of the model must begin"
    )
    llm_retries: int = Field(
        default=2, ge=0, le=10, description="Further attempts after a failed request"
    )
    llm_backoff_seconds: float = Field(
        default=0.3, ge=0, le=30, description="Wait before the first of them; doubled each time"
    )
    llm_concurrency: int = Field(
        default=2,
        ge=1,
        le=64,
        description="Questions with the model at the same time in one worker; others get the "
        "embedded answer. Fewer than BUDGET_QA_ANSWER_THREADS, so that those go on quickly",
    )
    llm_max_steps: int = Field(
        default=6, ge=1, le=20, description="Requests to the model for one question"
    )
    llm_max_tokens: int = Field(
        default=1200, ge=64, le=16000, description="Longest reply of the model, in tokens"
    )
    llm_failures: int = Field(
        default=5, ge=1, description="Failures in a row after which the model is left alone"
    )
    llm_rest_seconds: float = Field(
        default=30.0, gt=0, description="How long it is left alone before it is tried again"
    )
    llm_confidence: float = Field(
        default=0.7,
        ge=0,
        le=1,
        description="In mode auto: confidence of the embedded plan below which the model is asked",
    )

    @model_validator(mode="after")
    def _endpoint_is_named(self) -> Self:
        if self.planner != "embedded" and not (self.llm_base_url and self.llm_model):
            raise EndpointUnsetError(
                f"BUDGET_QA_PLANNER={self.planner} 需要模型服务："
                "请设置 BUDGET_QA_LLM_BASE_URL（OpenAI 兼容接口的地址）和 BUDGET_QA_LLM_MODEL"
            )
        return self
