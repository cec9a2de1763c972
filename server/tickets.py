"""Tickets for the websocket: who has shown a key by HTTP gets one, good for 30 s and for one connection.

So that no lasting key stands in the address of a socket, where proxies write it down. Inside one process they are kept
in memory; with several servers in Redis, where taking one out is a single step, so that a ticket opens one connection
on all servers together.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Final, Protocol

from server.identity import Identity

if TYPE_CHECKING:
    from redis.asyncio import Redis

GOOD_FOR_S: Final = 30
MOST: Final = 10_000


class Tickets(Protocol):
    """Issue and spend. A spent, old or made-up ticket is None."""

    async def issue(self, identity: Identity) -> str: ...

    async def spend(self, ticket: str) -> Identity | None: ...

    async def close(self) -> None: ...


class MemoryTickets:
    """Tickets of one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open: OrderedDict[str, tuple[float, Identity]] = OrderedDict()

    async def issue(self, identity: Identity) -> str:
        """A new ticket; where too many are open the oldest is void."""
        now, ticket = self._clock(), secrets.token_urlsafe(24)
        while self._open and (len(self._open) >= MOST or next(iter(self._open.values()))[0] <= now):
            self._open.popitem(last=False)
        self._open[_key(ticket)] = (now + GOOD_FOR_S, identity)
        return ticket

    async def spend(self, ticket: str) -> Identity | None:
        """Who got it; it is void afterwards."""
        until, identity = self._open.pop(_key(ticket), (0.0, None))
        return identity if identity is not None and self._clock() < until else None

    async def close(self) -> None:
        """Nothing is held."""


class RedisTickets:
    """Tickets that any server of the library takes, each once. Raises redis.RedisError while Redis is away."""

    def __init__(self, url: str, name: str = "shelfway") -> None:
        self._url, self._name = url, name
        self._redis: Redis | None = None

    async def issue(self, identity: Identity) -> str:
        """A new ticket."""
        ticket = secrets.token_urlsafe(24)
        await self._connection().set(self._at(ticket), json.dumps(asdict(identity)), ex=GOOD_FOR_S)
        return ticket

    async def spend(self, ticket: str) -> Identity | None:
        """Who got it, taken out in one step."""
        body = await self._connection().getdel(self._at(ticket))
        return Identity(**json.loads(body)) if body else None

    async def close(self) -> None:
        """Let go of the connection."""
        if self._redis is not None:
            await self._redis.aclose()

    def _connection(self) -> Redis:
        from redis.asyncio import Redis

        if self._redis is None:
            self._redis = Redis.from_url(self._url, socket_timeout=2.0, socket_connect_timeout=2.0)
        return self._redis

    def _at(self, ticket: str) -> str:
        return f"{self._name}:ticket:{_key(ticket)}"


def _key(ticket: str) -> str:
    return hashlib.sha256(ticket.encode("utf-8", "surrogatepass")).hexdigest()
