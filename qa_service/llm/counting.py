"""What the LLM planner counts: questions, requests, refused sentences, tokens."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from prometheus_client import CollectorRegistry, Counter, Histogram

_BUCKETS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 40.0)


@dataclass(frozen=True, slots=True)
class Usage:
    """What a number of questions cost: requests to the model, and tokens as it counted them."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.requests + other.requests,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
        )


class LlmCounts:
    """Counters of one worker, in a registry that the service's metrics show beside their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._lock = Lock()
        self._usage = Usage()
        self._questions = Counter(
            "budget_qa_llm_questions",
            "Questions taken to the model, by what came of it (used, or why not)",
            ["outcome"],
            registry=self.registry,
        )
        self._requests = Counter(
            "budget_qa_llm_requests",
            "Requests to the model's endpoint, by how they ended",
            ["outcome"],
            registry=self.registry,
        )
        self._sentences = Counter(
            "budget_qa_llm_sentences_replaced",
            "Sentences of the model that were replaced by the plain rendering, by what was wrong",
            ["reason"],
            registry=self.registry,
        )
        self._tokens = Counter(
            "budget_qa_llm_tokens",
            "Tokens as the endpoint counts them",
            ["kind"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "budget_qa_llm_question_seconds",
            "Time that a question spent with the model",
            buckets=_BUCKETS,
            registry=self.registry,
        )

    def question(self, outcome: str, seconds: float) -> None:
        """Count one question taken to the model."""
        self._questions.labels(outcome).inc()
        self._seconds.observe(seconds)

    def request(self, outcome: str, prompt_tokens: int = 0, completion_tokens: int = 0) -> None:
        """Count one request, with the tokens it took."""
        self._requests.labels(outcome).inc()
        self._tokens.labels("prompt").inc(prompt_tokens)
        self._tokens.labels("completion").inc(completion_tokens)
        with self._lock:
            self._usage += Usage(1, prompt_tokens, completion_tokens)

    def replaced(self, reason: str) -> None:
        """Count one sentence that was not let through."""
        self._sentences.labels(reason).inc()

    def usage(self) -> Usage:
        """All requests and tokens so far."""
        with self._lock:
            return self._usage
