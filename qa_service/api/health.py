"""Whether the process lives and whether it can answer: ``/healthz`` and ``/readyz``."""

from __future__ import annotations

import shlex
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from qa_service.api.problems import NOT_READY, ApiError, Problem
from qa_service.service import AnswerService
from qa_service.settings import Settings


class Health(BaseModel):
    """The process lives."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """The service can answer."""

    status: Literal["ready"] = "ready"


def require_ready(service: AnswerService, settings: Settings) -> None:
    """Raise the problem that names the command to run, unless something is loaded."""
    if service.ready():
        return
    command = f"budget-qa ingest data/disclosures --data-dir {shlex.quote(str(settings.data_dir))}"
    raise ApiError(
        NOT_READY,
        f"{NOT_READY.title}。请先导入部门预算公开资料，运行：{command}",
        command=command,
        headers={"Retry-After": "5"},
    )


def health_router(service: AnswerService, settings: Settings) -> APIRouter:
    """The routes that a supervisor or load balancer asks."""
    router = APIRouter(tags=["运行"])

    @router.get("/healthz", summary="进程是否存活")
    async def healthz() -> Health:
        return Health()

    @router.get("/readyz", summary="是否可以回答问题", responses={503: {"model": Problem}})
    def readyz() -> Readiness:
        require_ready(service, settings)
        return Readiness()

    return router
