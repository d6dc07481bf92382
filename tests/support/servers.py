"""Real servers for tests: a PostgreSQL and a Chroma of their own on loopback, ended with them."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

_HOST = "127.0.0.1"
_START_SECONDS = 60


@contextmanager
def running_postgres() -> Iterator[str]:
    """A new cluster; gives its URL without a database's name."""
    initdb, postgres = _binary("initdb"), _binary("postgres")
    # PostgreSQL refuses to run as root: then it gets a user that may do less, and a folder that
    # this user can reach (pytest's are closed to others).
    user = _harmless_user() if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="budget-qa-postgres-"))
    try:
        if user:
            shutil.chown(folder, user)
        subprocess.run(
            [initdb, "-D", folder / "data", "-U", "qa", "-A", "trust", "-E", "UTF8", "--locale=C"],
            check=True,
            capture_output=True,
            user=user,
            cwd=folder,
            timeout=_START_SECONDS,
        )
        port = _free_port()
        options = {"listen_addresses": _HOST, "port": port, "unix_socket_directories": ""}
        options |= {"fsync": "off", "max_connections": 60, "shared_buffers": "32MB"}
        settings = [part for k, v in options.items() for part in ("-c", f"{k}={v}")]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [postgres, "-D", folder / "data", *settings], stderr=log, user=user, cwd=folder
            )
        try:
            _wait(process, port, folder / "log")
            yield f"postgresql://qa@{_HOST}:{port}"
        finally:
            process.send_signal(signal.SIGINT)  # fast shutdown: clients are cut off
            process.wait(timeout=_START_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: str, name: str) -> str:
    """The URL of a new empty database."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return f"{server}/{name}"


@contextmanager
def running_chroma(folder: Path) -> Iterator[str]:
    """A new Chroma server that keeps its data in ``folder``; gives its URL."""
    program = Path(sys.executable).with_name("chroma")
    port = _free_port()
    folder.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"ANONYMIZED_TELEMETRY": "False"}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [program, "run", "--path", folder, "--host", _HOST, "--port", str(port)],
            stdout=log,
            stderr=log,
            env=environment,
        )
    try:
        _wait(process, port, folder / "log")
        yield f"http://{_HOST}:{port}"
    finally:
        process.terminate()
        process.wait(timeout=_START_SECONDS)


def _binary(name: str) -> str:
    """Path of a PostgreSQL program; the test is skipped where there is none."""
    found = shutil.which(name) or next(
        map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None
    )
    if found is None:
        pytest.skip(f"PostgreSQL is not installed: no {name} (apt package postgresql)")
    return found


def _harmless_user() -> str:
    import pwd

    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    pytest.skip("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _free_port() -> int:
    with closing(socket.create_server((_HOST, 0))) as server:
        return int(server.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Until the server takes connections; fails with its log where it does not."""
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection((_HOST, port), timeout=1):
            return
        time.sleep(0.05)
    process.kill()
    process.wait()
    raise RuntimeError(f"server did not start:\n{log.read_text(errors='replace')}")
