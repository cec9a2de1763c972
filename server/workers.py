"""Threads for blocking work: bounded pools with time limits and a way to stop.

Speaking, hearing, thinking and waiting for a language model (composing) have their own threads, so that a long
transcription holds up no answer. A pool takes a
limited number of waiting jobs; more is refused at once (BusyError) instead of piling up. A job that overruns its limit
is given up (LimitError): Python cannot kill its thread, so it is told through ``Stop`` and its result is dropped.

Errors: WorkError > BusyError, LimitError.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal, TypeVar

T = TypeVar("T")
PoolName = Literal["speaking", "hearing", "thinking", "composing", "painting"]


class WorkError(Exception):
    """Root of the errors of this file."""


class BusyError(WorkError):
    """The pool has as many waiting jobs as it takes."""


class LimitError(WorkError):
    """The job took longer than its limit."""


@dataclass(frozen=True, slots=True)
class PoolSize:
    """Threads of a pool, jobs that may wait, and the limit of one job in seconds."""

    threads: int
    waiting: int
    limit_s: float


SIZES: dict[PoolName, PoolSize] = {
    "speaking": PoolSize(2, 64, 20.0),
    "hearing": PoolSize(2, 16, 30.0),
    "thinking": PoolSize(2, 64, 15.0),
    "composing": PoolSize(8, 32, 90.0),
    "painting": PoolSize(1, 1, 900.0),
}


class Stop:
    """A flag that a running job looks at: ``stop()`` is true once the job should end."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def __call__(self) -> bool:
        return self._event.is_set()

    def set(self) -> None:
        """Ask the job to end."""
        self._event.set()


class Workers:
    """All pools of a server. Calls from its event loop only."""

    def __init__(self, sizes: dict[PoolName, PoolSize] | None = None) -> None:
        self._sizes = {**SIZES, **(sizes or {})}
        self._pools = {
            name: ThreadPoolExecutor(size.threads, thread_name_prefix=name) for name, size in self._sizes.items()
        }
        self._inside = dict.fromkeys(self._sizes, 0)

    async def run(self, pool: PoolName, job: Callable[[], T], stop: Stop | None = None) -> T:
        """The job's result, or its exception. ``stop`` is set when the caller is cancelled or the limit passes.

        Raises BusyError and LimitError.
        """
        size = self._sizes[pool]
        if self._inside[pool] >= size.threads + size.waiting:
            raise BusyError(f"{self._inside[pool]} jobs wait for {pool}")
        self._inside[pool] += 1
        future = self._pools[pool].submit(job)
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: self._leave(loop, pool))
        try:
            async with asyncio.timeout(size.limit_s):
                return await asyncio.wrap_future(future)
        except TimeoutError:
            if future.done() and not future.cancelled():
                raise  # the job itself raised it
            raise LimitError(f"{pool} took more than {size.limit_s:g} s") from None
        finally:
            if not future.done() and stop is not None:
                stop.set()
            future.cancel()

    def waiting(self, pool: PoolName) -> int:
        """Jobs in the pool, running or waiting."""
        return self._inside[pool]

    def close(self) -> None:
        """Take no more jobs; do not wait for running ones."""
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)

    def _leave(self, loop: asyncio.AbstractEventLoop, pool: PoolName) -> None:
        """Runs in the job's thread."""

        def count() -> None:
            self._inside[pool] -= 1

        if not loop.is_closed():
            loop.call_soon_threadsafe(count)
