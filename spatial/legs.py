"""The way itself as values: stretches on one floor, and the crossings that join them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from spatial.plan import XY, ConnectorKind


@dataclass(frozen=True, slots=True)
class Position:
    """A point on a floor: metres in the map frame and the level's ordinal."""

    point: XY
    ordinal: int


@dataclass(frozen=True, slots=True)
class Leg:
    """A walk on one floor; at least two points, which may coincide."""

    level_id: str
    ordinal: int
    points: tuple[XY, ...]

    @property
    def length_m(self) -> float:
        return length_of(self.points)


@dataclass(frozen=True, slots=True)
class Crossing:
    """Going from one floor to another between two legs. ``run_m``: metres covered in plan meanwhile."""

    connector_id: str
    kind: ConnectorKind
    from_ordinal: int
    to_ordinal: int
    run_m: float
    duration_s: float


def length_of(points: Sequence[XY]) -> float:
    """Length of a polyline in metres."""
    return sum(math.dist(a, b) for a, b in pairwise(points))
