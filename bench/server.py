"""``budget-qa serve`` as a process of its own on the loopback interface, and its memory."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

COMMAND = Path(sys.executable).with_name("budget-qa")
HOST = "127.0.0.1"
_PATIENCE = 90.0


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, and how long it took to its first 200 of ``/readyz``."""

    pid: int
    port: int
    seconds_to_ready: float

    def worker_megabytes(self) -> float:
        """Resident memory of the largest of its processes, in MB."""
        return max(_resident(pid) for pid in _family(self.pid))


@contextmanager
def serving(data_dir: Path, workers: int = 1) -> Iterator[Server]:
    """A server on a free port, stopped at the end whatever happens."""
    port = _free_port()
    command = [str(COMMAND), "serve", "--host", HOST, "--port", str(port)]
    command += ["--workers", str(workers), "--data-dir", str(data_dir)]
    # One client asks more than a person would: the limit for a client is not what is measured.
    environment = os.environ | {"BUDGET_QA_RATE_PER_MINUTE": "0", "BUDGET_QA_LOG_LEVEL": "error"}
    start = time.perf_counter()
    with TemporaryFile() as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            while not _ready(port):
                waited = time.perf_counter() - start
                if process.poll() is not None or waited > _PATIENCE:
                    log.seek(0)
                    raise RuntimeError(f"not ready after {waited:.0f} s:\n{log.read().decode()}")
                time.sleep(0.02)
            yield Server(process.pid, port, time.perf_counter() - start)
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a server with its workers: politely, and if that does not help, at once."""
    family = _family(process.pid)
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def _ready(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _family(pid: int) -> list[int]:
    """A process and its descendants; none where it is gone."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(member for child in children for member in _family(int(child)))]


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))
