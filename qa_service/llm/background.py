"""One event loop in a thread of its own: asynchronous work for callers that are not."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeout
from threading import Lock, Thread
from typing import TypeVar

from qa_service.llm.errors import OutOfTime

T = TypeVar("T")


class Background:
    """Runs coroutines for other threads, all on one loop, which starts with the first."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None

    def run(self, work: Coroutine[object, object, T], seconds: float) -> T:
        """The coroutine's result. Raises ``OutOfTime`` where it takes longer than ``seconds``."""
        future = asyncio.run_coroutine_threadsafe(_within(work, seconds), self._started())
        try:
            return future.result(seconds + 1)
        except (FutureTimeout, CancelledError) as error:
            future.cancel()
            raise OutOfTime(f"模型在 {seconds:g} 秒内没有答完") from error

    def close(self) -> None:
        """Stop the loop. What still runs is cancelled."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is None or thread is None:
            return
        asyncio.run_coroutine_threadsafe(_cancel_all(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = Thread(target=self._loop.run_forever, name=self._name, daemon=True)
                self._thread.start()
            return self._loop


async def _within(work: Coroutine[object, object, T], seconds: float) -> T:
    async with asyncio.timeout(seconds):
        return await work


async def _cancel_all() -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
