"""Pins: "look here", in the map frame, each for a while. Told the time; keeps what is shown, for who comes later."""

from __future__ import annotations

from dataclasses import dataclass

from spatial.plan import XY

MOST = 64
"""Pins in one room; the one that would end first gives way."""
MOST_OF_ONE = 4


@dataclass(frozen=True, slots=True)
class Pin:
    """Somebody points at ``point`` (map metres) on a level, until ``until`` (seconds of the room's clock)."""

    owner: int
    id: str
    name: str
    point: XY
    ordinal: int
    text: str
    until: float


class Pins:
    """The pins of one room."""

    def __init__(self) -> None:
        self._pins: dict[tuple[int, str], Pin] = {}

    def __len__(self) -> int:
        return len(self._pins)

    def put(self, pin: Pin) -> tuple[Pin, ...]:
        """Show a pin; those which give way to it, because somebody or everybody together has too many."""
        self._pins[pin.owner, pin.id] = pin
        gone: list[Pin] = []
        own = [one for one in self._pins.values() if one.owner == pin.owner]
        if len(own) > MOST_OF_ONE:
            gone.append(own[0])  # the oldest
        elif len(self._pins) > MOST:
            gone.append(min((one for one in self._pins.values() if one is not pin), key=lambda one: one.until))
        for one in gone:
            del self._pins[one.owner, one.id]
        return tuple(gone)

    def take(self, owner: int, id_: str) -> Pin | None:
        """Show a pin no longer; None when it is not shown."""
        return self._pins.pop((owner, id_), None)

    def take_all(self, owner: int) -> tuple[Pin, ...]:
        """Show none of somebody's pins any longer; which they were."""
        own = tuple(pin for pin in self._pins.values() if pin.owner == owner)
        for pin in own:
            del self._pins[pin.owner, pin.id]
        return own

    def shown(self, now: float) -> tuple[Pin, ...]:
        """The pins that are shown now, oldest first; those whose time is over are forgotten."""
        for key in [key for key, pin in self._pins.items() if pin.until <= now]:
            del self._pins[key]
        return tuple(self._pins.values())
