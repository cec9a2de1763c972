"""What reading a venue file gives, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass

from spatial.plan import Fault, Level, Plan


@dataclass(frozen=True, slots=True)
class VenueRead:
    """A plan, what was wrong with the file, and how many features of each type were kept."""

    plan: Plan
    faults: tuple[Fault, ...]
    counts: dict[str, int]


STOREY_M = 4.0
"""Height from floor to floor where nobody has told us."""


def elevation_of(ordinal: int, told: dict[int, float] | None) -> tuple[float, bool]:
    """Height of a level in metres, and whether it is assumed (``STOREY_M`` a storey) rather than told."""
    if told and ordinal in told:
        return float(told[ordinal]), False
    return STOREY_M * ordinal, True


def sort_levels(levels: list[Level]) -> tuple[Level, ...]:
    """Levels from the lowest up."""
    return tuple(sorted(levels, key=lambda level: (level.ordinal, level.id)))
