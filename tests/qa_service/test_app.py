"""The service as a process: workers, their shared counters, an empty data folder."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

_SERVE = """
import sys
from pathlib import Path
from qa_service.app import serve
from qa_service.settings import Settings
if __name__ == "__main__":
    serve(Settings(data_dir=Path(sys.argv[1]), port=int(sys.argv[2]), workers=2, rate_per_minute=0))
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert isinstance(port, int)
    return port


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx2.get(url)
        except httpx2.TransportError:
            time.sleep(0.1)  # another process starts: there is nothing else to wait on
        else:
            return
    pytest.fail("the service did not start")


@pytest.fixture
def two_workers(tmp_path: Path) -> Iterator[str]:
    script = tmp_path / "run.py"
    script.write_text(_SERVE, encoding="utf-8")
    port = _free_port()
    command = [sys.executable, str(script), str(tmp_path / "data"), str(port)]
    process = subprocess.Popen(command)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url + "/healthz", process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_workers_on_an_empty_folder_say_what_to_do_and_count_together(two_workers: str) -> None:
    refused = httpx2.get(two_workers + "/readyz")
    assert refused.status_code == 503
    assert refused.json()["command"].startswith("budget-qa ingest")
    for _ in range(20):
        httpx2.post(two_workers + "/api/ask", json={"question": ""})
    counted = 'budget_qa_problems_total{code="empty_question"} 20.0'
    assert all(counted in httpx2.get(two_workers + "/metrics").text for _ in range(6))
