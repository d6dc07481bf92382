"""The budgets of speed and memory on two cores with the seed corpus and the embedded stores."""

from __future__ import annotations

from bench.figure import Budget

QUESTION_P50 = Budget("≤", 40)  # ms, one client
QUESTION_P95 = Budget("≤", 120)  # ms, however many clients
THROUGHPUT = Budget("≥", 60)  # questions a second, sustained on two workers
FIRST_START = Budget("≤", 30)  # s, with ingest of the seed
LATER_START = Budget("≤", 5)  # s
WORKER_MEMORY = Budget("≤", 350)  # MB
