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


class _Subscription:
    def __init__(self, topics: frozenset[str]) -> None:
        self.topics = topics
        self.waiting: deque[Publication] = deque()
        self.missed = 0
        self.closed = False
        self.news = asyncio.Event()

    def put(self, publication: Publication) -> None:
        if len(self.waiting) >= KEPT:
            self.waiting.popleft()
            self.missed += 1
        self.waiting.append(publication)
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


class MemoryHub:
    """Hub for a server that is one process. All calls from its event loop."""

    def __init__(self) -> None:
        self._subscriptions: set[_Subscription] = set()

    async def publish(self, topic: str, body: Mapping[str, Any]) -> None:
        publication = Publication(topic, dict(body))
        for subscription in self._subscriptions:
            if topic in subscription.topics:
                subscription.put(publication)

    @asynccontextmanager
    async def subscribe(self, *topics: str) -> AsyncIterator[AsyncIterator[Publication]]:
        subscription = _Subscription(frozenset(topics))
        self._subscriptions.add(subscription)
        try:
            yield aiter(subscription)
        finally:
            self._subscriptions.discard(subscription)

    async def close(self) -> None:
        for subscription in self._subscriptions:
            subscription.closed = True
            subscription.news.set()
