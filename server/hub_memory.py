"""The hub inside one process."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from server.hub import Publication

KEPT = 256
"""Publications a subscriber may lag behind before it loses the oldest."""


class Subscription:
    """What waits for one subscriber."""

    def __init__(self, topics: frozenset[str]) -> None:
        self.topics = topics
        self.waiting: deque[Publication] = deque()
        self.missed = 0
        self.closed = False
        self.news = asyncio.Event()

    def put(self, publication: Publication) -> None:
        """One more; the oldest makes room."""
        if len(self.waiting) >= KEPT:
            self.waiting.popleft()
            self.missed += 1
        self.waiting.append(publication)
        self.news.set()

    def end(self) -> None:
        """No more will come."""
        self.closed = True
        self.news.set()

    async def __aiter__(self) -> AsyncIterator[Publication]:
        while True:
            while self.waiting:
                publication = replace(self.waiting.popleft(), missed=self.missed)
                self.missed = 0
                yield publication
            if self.closed:
                return
            self.news.clear()
            await self.news.wait()


class Casts:
    """The droppable lane inside one process."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Subscription]] = {}

    def give(self, topic: str, data: bytes) -> None:
        """Hand bytes to whoever listens here."""
        for listener in self._listeners.get(topic, ()):
            listener.put(Publication(topic, {"data": data}))

    @asynccontextmanager
    async def listen(self, topic: str) -> AsyncIterator[AsyncIterator[bytes]]:
        """What is cast on a topic."""
        listener = Subscription(frozenset((topic,)))
        self._listeners.setdefault(topic, set()).add(listener)
        try:
            yield _bytes_of(listener)
        finally:
            self._listeners[topic].discard(listener)
            if not self._listeners[topic]:
                del self._listeners[topic]

    def end(self) -> None:
        """No more will come."""
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.end()


async def _bytes_of(listener: Subscription) -> AsyncIterator[bytes]:
    async for publication in listener:
        yield publication.body["data"]


class MemoryHub:
    """Hub for a server that is one process. All calls from its event loop."""

    def __init__(self) -> None:
        self._subscriptions: set[Subscription] = set()
        self._casts = Casts()

    async def publish(self, topic: str, body: Mapping[str, Any]) -> None:
        publication = Publication(topic, dict(body))
        for subscription in self._subscriptions:
            if topic in subscription.topics:
                subscription.put(publication)

    @asynccontextmanager
    async def subscribe(self, *topics: str) -> AsyncIterator[AsyncIterator[Publication]]:
        subscription = Subscription(frozenset(topics))
        self._subscriptions.add(subscription)
        try:
            yield aiter(subscription)
        finally:
            self._subscriptions.discard(subscription)

    def cast(self, topic: str, data: bytes) -> None:
        self._casts.give(topic, data)

    @asynccontextmanager
    async def listen(self, topic: str) -> AsyncIterator[AsyncIterator[bytes]]:
        async with self._casts.listen(topic) as news:
            yield news

    async def settled(self) -> None:
        return

    async def close(self) -> None:
        for subscription in self._subscriptions:
            subscription.end()
        self._casts.end()
