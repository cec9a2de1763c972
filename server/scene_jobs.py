"""What servers and painting workers share when worlds are painted elsewhere: names in Redis, scripts, small codings.

The queue itself is SAQ's (https://saq-py.readthedocs.io): one job per brief, under the brief's key, so that equal
briefs are painted once on all nodes; a job whose worker has died is taken again. What SAQ does not know is kept beside
it: who waits for a key (``wait:…``, each until a time, so that a dead server's readers are forgotten), how many
requests an owner has (``owner:…``), the newest progress (``last:…`` and the channel ``told:…``), a word to stop (the
channel ``stop``), and how long a painting typically takes (``typical``).
"""

from __future__ import annotations

import asyncio
import logging
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assets import errors

if TYPE_CHECKING:
    from saq.queue.redis import RedisQueue

TICKET_S = 30
"""How long a request counts without being renewed by its server."""
LAST_S = 60
STEPS = struct.Struct("<II")

JOIN = """
local now = tonumber(redis.call('TIME')[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
if redis.call('ZSCORE', KEYS[2], ARGV[2]) then return 'repeated' end
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[3]) then return 'too_many' end
local others = redis.call('ZCARD', KEYS[1])
local known = redis.call('ZSCORE', KEYS[4], ARGV[6])
if not known and redis.call('LLEN', KEYS[3]) >= tonumber(ARGV[4]) then return 'queue_full' end
for i, member in ipairs({ARGV[1], ARGV[2]}) do
  redis.call('ZADD', KEYS[i], now + tonumber(ARGV[5]), member)
  redis.call('EXPIRE', KEYS[i], 4 * tonumber(ARGV[5]))
end
if others > 0 then return 'shared' end
return 'first'
"""
"""Wait for a key. Keys: who waits, the owner's requests, SAQ's queue, SAQ's unfinished jobs; arguments: ticket,
request, most of an owner, most in the queue, seconds, the job's id."""

LEAVE = """
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', tonumber(redis.call('TIME')[1]))
return redis.call('ZCARD', KEYS[1])
"""
"""Wait no longer; how many still do."""

RENEW = """
local till = tonumber(redis.call('TIME')[1]) + tonumber(ARGV[3])
for i = 1, 2 do
  redis.call('ZADD', KEYS[i], till, ARGV[i])
  redis.call('EXPIRE', KEYS[i], 4 * tonumber(ARGV[3]))
end
"""


@dataclass(frozen=True, slots=True)
class Names:
    """Names in Redis of one library's worlds."""

    name: str = "shelfway"

    @property
    def queue(self) -> str:
        return f"{self.name}-worlds"

    @property
    def stop(self) -> str:
        return f"{self.name}:worlds:stop"

    @property
    def typical(self) -> str:
        return f"{self.name}:worlds:typical"

    def wait(self, key: str) -> str:
        return f"{self.name}:worlds:wait:{key}"

    def owner(self, owner: str) -> str:
        return f"{self.name}:worlds:owner:{owner}"

    def last(self, key: str) -> str:
        return f"{self.name}:worlds:last:{key}"

    def told(self, key: str) -> str:
        return f"{self.name}:worlds:told:{key}"


def open_queue(url: str, names: Names) -> RedisQueue:
    """SAQ's queue. Its log is silent: it would write whole briefs, and with them what readers look for."""
    from saq.queue.redis import RedisQueue

    logging.getLogger("saq").setLevel(logging.CRITICAL + 1)
    queue: Any = RedisQueue.from_url(url, name=names.queue)
    found: RedisQueue = queue
    return found


async def end_tasks(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel tasks until they have ended. Redis' client may turn a cancellation into a fault of the connection, which
    a task that goes on over faults would not notice; the next one meets it elsewhere."""
    while left := [task for task in tasks if not task.done()]:
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=0.05)


def pack_progress(done: int, of: int, preview: bytes | None) -> bytes:
    """Steps done, steps in all, and a small JPEG or nothing."""
    return STEPS.pack(done, of) + (preview or b"")


def unpack_progress(data: bytes) -> tuple[int, int, bytes | None]:
    done, of = STEPS.unpack_from(data)
    return done, of, data[STEPS.size :] or None


FINAL: dict[str, type[errors.AssetError]] = {
    cls.__name__: cls
    for cls in (
        errors.StoppedError, errors.ModelError, errors.MemoryShortError, errors.StoreFullError, errors.StoreError,
        errors.BriefError,
    )
}  # fmt: skip
"""Faults that another try would not mend: they travel by name, and no word of theirs with them."""


def final_name(fault: Exception) -> str | None:
    """Under which name a fault ends its job; None when the job is to be tried again."""
    if isinstance(fault, errors.BlockedError):
        return "BlockedError"
    return next((name for name, cls in FINAL.items() if isinstance(fault, cls)), None)


def fault_of(result: Any) -> Exception | None:
    """The fault that a finished job tells of; None when it tells of a world."""
    name = result.get("fault") if isinstance(result, dict) else "nothing"
    if name is None:
        return None
    if name == "BlockedError":
        return errors.BlockedError("the worker refused the picture", None)
    return FINAL.get(name, errors.PainterError)(f"a painting worker ended with {name}")
