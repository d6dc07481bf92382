"""A scripted OpenAI-compatible endpoint: real HTTP on loopback, every corner of the protocol.

A script is a list of steps, one for each request; the last one repeats. A step is what the endpoint
does, or a function of the request that tells it (to copy the tokens that it was shown).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any, Self

MODEL = "scripted"
#: What the endpoint says a request took.
PROMPT_TOKENS, COMPLETION_TOKENS = 100, 10


@dataclass(frozen=True)
class Request:
    """One request as it came in."""

    body: dict[str, Any]
    authorization: str

    @property
    def shown(self) -> str:
        """All that the model is shown: messages and tools."""
        return json.dumps(self.body, ensure_ascii=False)

    @property
    def told(self) -> list[str]:
        """The contents of the messages, in order."""
        return [message.get("content") or "" for message in self.body["messages"]]

    @property
    def last(self) -> str:
        """The last message."""
        return self.told[-1]


@dataclass(frozen=True)
class Does:
    """What the endpoint does with a request. ``chunks`` are sent as events; after ``until`` of them
    it stalls, cuts the line, or just ends."""

    chunks: tuple[dict[str, Any], ...] = ()
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    raw: bytes | None = None
    until: int | None = None
    then: str = "ends"
    endless: bool = False


Step = Does | Callable[[Request], Does]


def calls(*wanted: tuple[str, dict[str, Any] | str], finish: str | None = "tool_calls") -> Does:
    """Tool calls, their arguments in pieces, as servers stream them."""
    chunks: list[dict[str, Any]] = [_delta({"role": "assistant", "content": None})]
    for index, (name, arguments) in enumerate(wanted):
        text = (
            arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
        )
        head = {"index": index, "id": f"call_{index}", "type": "function"}
        chunks.append(
            _delta({"tool_calls": [head | {"function": {"name": name, "arguments": ""}}]})
        )
        for start in range(0, len(text), 16):
            piece = {"index": index, "function": {"arguments": text[start : start + 16]}}
            chunks.append(_delta({"tool_calls": [piece]}))
    return Does((*chunks, *_end(finish)))


def says(text: str, finish: str | None = "stop") -> Does:
    """A text, in pieces."""
    pieces = [text[i : i + 8] for i in range(0, len(text), 8)] or [""]
    head = _delta({"role": "assistant", "content": ""})
    return Does((head, *(_delta({"content": piece}) for piece in pieces), *_end(finish)))


def fails(status: int, **headers: str) -> Does:
    """An error of the endpoint's own."""
    given = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Does(status=status, headers=given, raw=b'{"error": {"message": "scripted failure"}}')


def sends(raw: bytes) -> Does:
    """A body of any bytes."""
    return Does(raw=raw)


def cut(step: Does, after: int) -> Does:
    """The line breaks after some chunks."""
    return replace(step, until=after, then="cuts")


def ended(step: Does, after: int) -> Does:
    """The stream ends in good order after some chunks, in the middle of the reply."""
    return replace(step, until=after)


def stalls(step: Does, after: int = 0) -> Does:
    """Nothing comes any more after some chunks, until the endpoint is closed."""
    return replace(step, until=after, then="stalls")


def rambles() -> Does:
    """A text that never ends."""
    return Does((_delta({"content": "还有，" * 50}),), endless=True)


@dataclass
class ScriptedEndpoint:
    """The endpoint while it is open. ``requests`` is what it was asked."""

    script: Sequence[Step] = ()
    requests: list[Request] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._closing = Event()
        self._lock = Lock()
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                body = json.loads(self.rfile.read(size))
                request = Request(body, self.headers.get("Authorization", ""))
                endpoint._serve(self, endpoint._next(request))
                self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                """Nothing on the terminal."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = False
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Its base URL."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def _next(self, request: Request) -> Does:
        with self._lock:
            self.requests.append(request)
            step = self.script[min(len(self.requests), len(self.script)) - 1]
        return step(request) if callable(step) else step

    def _serve(self, handler: BaseHTTPRequestHandler, does: Does) -> None:
        try:
            if does.raw is not None:
                self._whole(handler, does)
            else:
                self._stream(handler, does)
        except (BrokenPipeError, ConnectionResetError):
            return  # the client has had enough, as it should

    def _whole(self, handler: BaseHTTPRequestHandler, does: Does) -> None:
        assert does.raw is not None
        kind = "application/json" if does.status != 200 else "text/event-stream"
        handler.send_response(does.status)
        for name, value in (("Content-Type", kind), ("Connection", "close"), *does.headers):
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(does.raw)))
        handler.end_headers()
        handler.wfile.write(does.raw)

    def _stream(self, handler: BaseHTTPRequestHandler, does: Does) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.send_header("Connection", "close")
        handler.end_headers()
        for number, chunk in enumerate(self._chunks(does)):
            if number == does.until:
                break
            _write(handler, f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n")
        else:
            if does.until is None:
                _write(handler, "data: [DONE]\n\n")
        if does.then == "stalls":
            self._closing.wait()
        if does.then != "cuts":
            handler.wfile.write(b"0\r\n\r\n")

    def _chunks(self, does: Does) -> Iterator[dict[str, Any]]:
        yield from does.chunks
        while does.endless and not self._closing.is_set():
            yield from does.chunks


def _write(handler: BaseHTTPRequestHandler, event: str) -> None:
    data = event.encode()
    handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
    handler.wfile.flush()


def _delta(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    return _chunk([{"index": 0, "delta": delta, "finish_reason": finish}])


def _end(finish: str | None) -> tuple[dict[str, Any], ...]:
    usage = {
        "prompt_tokens": PROMPT_TOKENS,
        "completion_tokens": COMPLETION_TOKENS,
        "total_tokens": PROMPT_TOKENS + COMPLETION_TOKENS,
    }
    return (_delta({}, finish), _chunk([]) | {"usage": usage})


def _chunk(choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": MODEL,
        "choices": choices,
    }
