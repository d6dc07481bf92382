"""Questions over HTTP to real servers of one and two workers, against their pieces' own cost."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from bench import budgets
from bench.figure import Figure
from bench.load import Load, Request, asking, drive
from bench.pieces import pieces
from bench.questions import plain, questions, searches
from bench.server import Server, serving

CLIENTS = (1, 8)
_NO_OP = [Request("GET", "/healthz")] * 200
#: Round 0 is asked by one client, the others by eight.
_ALONE_ROUND, _BUSY_ROUND, _BUSY_ROUNDS = 0, 1, 7


def loads(data_dir: Path) -> list[Figure]:
    """Throughput and latency for every number of workers and clients, with ratios to pieces."""
    own = pieces(data_dir)
    figures = list(own)
    for workers in (1, 2):
        with serving(data_dir, workers) as server:
            _warm(server)
            for clients in CLIENTS:
                figures += _load(server, workers, clients, own)
            group = _group(workers)
            figures.append(
                Figure(
                    f"{group}, after the load",
                    "RSS of a worker",
                    server.worker_megabytes(),
                    "MB",
                    budgets.WORKER_MEMORY,
                )
            )
    return figures


def _warm(server: Server) -> None:
    """Let every worker load what it keeps, paid once; the searches stay new to it."""
    drive(server.port, [asking(text) for text in plain()], 8)


def _load(server: Server, workers: int, clients: int, own: list[Figure]) -> list[Figure]:
    alone = clients == 1
    texts = questions(_ALONE_ROUND) if alone else questions(_BUSY_ROUND, _BUSY_ROUNDS)
    no_op = drive(server.port, _NO_OP, clients)
    asked = drive(server.port, [asking(text) for text in texts], clients)
    group = f"{_group(workers)}, {clients} client{'' if alone else 's'}"
    embedding, facts = own
    p50 = asked.percentile(50)
    return [
        *_latencies(group, asked, alone),
        Figure(
            group,
            "questions a second",
            asked.per_second,
            "/s",
            None if alone or workers == 1 else budgets.THROUGHPUT,
        ),
        Figure(group, "of them answered", asked.answered(), "%"),
        Figure(group, "no-op /healthz, p50", no_op.percentile(50), "ms"),
        Figure(group, "no-op /healthz a second", no_op.per_second, "/s"),
        Figure(group, "question p50 to no-op", p50 / no_op.percentile(50), "×"),
        Figure(group, "question p50 to embedding", p50 / embedding.value, "×"),
        Figure(group, "question p50 to load of facts", p50 / facts.value, "×"),
    ]


def _latencies(group: str, asked: Load, alone: bool) -> list[Figure]:
    p50, p95 = asked.percentile(50), asked.percentile(95)
    figures = [
        Figure(group, "question p50", p50, "ms", budgets.QUESTION_P50 if alone else None),
        Figure(group, "question p95", p95, "ms", budgets.QUESTION_P95),
    ]
    if alone:  # one client is answered in the order of its questions
        searching = median(asked.latencies[-len(searches()) :])
        figures.append(Figure(group, "question that embeds, p50", 1e3 * searching, "ms"))
    return figures


def _group(workers: int) -> str:
    return f"{workers} worker{'' if workers == 1 else 's'}"
