"""Worker pools: results, limits, refusals, stopping."""

from __future__ import annotations

import asyncio
import threading

import pytest

from server.workers import BusyError, LimitError, PoolSize, Stop, Workers


def small(limit_s: float = 5.0) -> Workers:
    size = PoolSize(1, 1, limit_s)
    return Workers({"speaking": size, "hearing": size, "thinking": size})


def test_a_job_gives_its_result_or_its_exception() -> None:
    async def go() -> None:
        workers = small()
        assert await workers.run("thinking", lambda: 6 * 7) == 42
        with pytest.raises(ZeroDivisionError):
            await workers.run("thinking", lambda: 1 // 0)
        with pytest.raises(TimeoutError, match="own"):
            await workers.run("thinking", _raise_own_timeout)
        workers.close()

    asyncio.run(go())


def _raise_own_timeout() -> None:
    raise TimeoutError("own")


def test_a_full_pool_refuses_at_once_and_frees_itself() -> None:
    async def go() -> None:
        workers, gate = small(), threading.Event()
        held = [asyncio.ensure_future(workers.run("hearing", gate.wait)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(BusyError):
            await workers.run("hearing", gate.wait)
        assert await workers.run("thinking", lambda: 1) == 1  # pools are apart
        gate.set()
        assert await asyncio.gather(*held) == [True, True]
        assert await workers.run("hearing", lambda: 2) == 2
        workers.close()

    asyncio.run(go())


def test_a_job_over_its_limit_is_given_up_and_told() -> None:
    async def go() -> None:
        workers, stop, ended = small(limit_s=0.02), Stop(), threading.Event()

        def job() -> None:
            while not stop():
                ended.wait(0.001)
            ended.set()

        with pytest.raises(LimitError, match="more than"):
            await workers.run("speaking", job, stop)
        assert ended.wait(5)
        workers.close()

    asyncio.run(go())


def test_a_cancelled_caller_stops_its_job() -> None:
    async def go() -> None:
        workers, stop, begun = small(), Stop(), threading.Event()

        def job() -> None:
            begun.set()
            while not stop():
                threading.Event().wait(0.001)

        task = asyncio.ensure_future(workers.run("speaking", job, stop))
        await asyncio.to_thread(begun.wait, 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert stop()
        workers.close()

    asyncio.run(go())
