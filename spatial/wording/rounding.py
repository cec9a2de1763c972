"""Distances as people say them."""

from __future__ import annotations

WORTH_SAYING_M = 2.0
"""Shorter stretches are not counted out in metres."""


def round_m(distance_m: float) -> int | None:
    """Whole metres below 20, fives above; None when too short to mention."""
    if distance_m < WORTH_SAYING_M:
        return None
    return round(distance_m) if distance_m < 20 else 5 * round(distance_m / 5)
