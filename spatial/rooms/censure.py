"""Who must be silent, and who may not come in, for a while, by order of staff. Told the time."""

from __future__ import annotations

KEPT = 4096
"""People remembered; the order that would end first is forgotten beyond that."""


class Censure:
    """Orders about people, by a key that outlives their connections. Seconds of any steady clock."""

    def __init__(self) -> None:
        self._muted: dict[str, float] = {}
        self._removed: dict[tuple[str, str], float] = {}

    def mute(self, key: str, until: float) -> None:
        """Somebody must be silent, in every room."""
        self._muted[key] = until
        _bound(self._muted)

    def unmute(self, key: str) -> None:
        """Somebody may speak again."""
        self._muted.pop(key, None)

    def remove(self, key: str, room: str, until: float) -> None:
        """Somebody may not come into a room."""
        self._removed[key, room] = until
        _bound(self._removed)

    def is_muted(self, key: str, now: float) -> bool:
        """Must they be silent?"""
        return self._muted.get(key, now) > now

    def is_removed(self, key: str, room: str, now: float) -> bool:
        """Must they stay out of the room?"""
        return self._removed.get((key, room), now) > now

    def forget(self, now: float) -> None:
        """Let go of orders whose time is over."""
        for orders in (self._muted, self._removed):
            _drop(orders, now)


def _drop(orders: dict, now: float) -> None:  # type: ignore[type-arg]
    for key in [key for key, until in orders.items() if until <= now]:
        del orders[key]


def _bound(orders: dict) -> None:  # type: ignore[type-arg]
    if len(orders) > KEPT:
        del orders[min(orders, key=lambda key: orders[key])]
