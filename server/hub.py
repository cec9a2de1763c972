"""The hub: how parts of the server, and later several servers, tell each other that something changed.

Topics are short names ("plan", "robots/r1"). A publication is a small JSON-ready mapping; it reaches every subscriber
of its topic in the order published. A subscriber that does not keep up loses the oldest publications and is told so by
``missed``: it must then look the state up anew. Nothing is kept for those who subscribe later.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol

RENEWED = "hub/renewed"
"""Topic on which a hub tells its own server that others may have lost what was published: announce your state anew."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Something that changed. ``missed``: how many publications before it this subscriber has lost."""

    topic: str
    body: Mapping[str, Any]
    missed: int = 0


class Hub(Protocol):
    """Publish and subscribe. Every implementation passes ``tests/contract/hub_contract.py``."""

    async def publish(self, topic: str, body: Mapping[str, Any]) -> None:
        """Tell every subscriber of the topic; returns when it is handed over, not when it is read."""
        ...

    def subscribe(self, *topics: str) -> AbstractAsyncContextManager[AsyncIterator[Publication]]:
        """Publications of these topics from the moment the context is entered, without end."""
        ...

    def cast(self, topic: str, data: bytes) -> None:
        """Send bytes that may be lost (poses) to whoever listens to the topic; never waits."""
        ...

    def listen(self, topic: str) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """What is cast on a topic from the moment the context is entered; who is slow loses the oldest."""
        ...

    async def settled(self) -> None:
        """Wait until what was published by now cannot be lost with this server; not for long, and not in vain."""
        ...

    async def close(self) -> None:
        """End every subscription; their iterators stop."""
        ...
