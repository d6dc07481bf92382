"""The composition root of the HTTP service: builds its parts once and runs it."""

from __future__ import annotations

import os
from contextlib import ExitStack
from tempfile import TemporaryDirectory

import uvicorn
from fastapi import FastAPI

from disclosure.store.servers import Servers
from qa_service.answering.service import open_service
from qa_service.api.application import create_app
from qa_service.api.metrics import SHARED_FOLDER_VARIABLE
from qa_service.records.answers import Answers
from qa_service.records.database import open_records
from qa_service.settings import Settings
from qa_service.staff.console import open_wordings

#: A worker that imports its libraries on a busy machine is slow to answer its supervisor's ping.
_WORKER_START_SECONDS = 60


def application() -> FastAPI:
    """The application of one worker process, from the environment's settings."""
    settings = Settings()
    records = open_records(settings.data_dir, settings.records_url, quick=True)
    answers = Answers(records, settings.answers_kept_days)
    wordings = open_wordings(records)
    service = open_service(
        settings.data_dir,
        settings.own_department,
        answers,
        wordings,
        servers=Servers(settings.database_url, settings.chroma_url),
    )
    return create_app(service, settings, records)


def serve(settings: Settings) -> None:
    """Serve until stopped. Workers are new processes: they read the settings from the environment,
    and keep their counters in one folder so that any of them can report the sum."""
    os.environ.update(settings.as_environment())
    with ExitStack() as stack:
        if settings.workers > 1:
            folder = stack.enter_context(TemporaryDirectory(prefix="budget-qa-metrics-"))
            os.environ[SHARED_FOLDER_VARIABLE] = folder
        uvicorn.run(
            "qa_service.app:application",
            factory=True,
            host=settings.host,
            port=settings.port,
            workers=settings.workers,
            log_level=settings.log_level,
            proxy_headers=True,
            forwarded_allow_ips=settings.trusted_proxies,
            server_header=False,
            timeout_worker_healthcheck=_WORKER_START_SECONDS,
            timeout_graceful_shutdown=10,
        )
