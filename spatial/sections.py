"""Sections: parts of a floor with a use and a name of their own, without walls (a story corner, an exhibition)."""

from __future__ import annotations

import shapely

from spatial.plan import XY, Plan, Section, Unit

IN_M2 = 0.05
"""A section that shares less floor than this with a unit only touches it."""


def sections_at(plan: Plan, point: XY, ordinal: int) -> tuple[Section, ...]:
    """Sections of that floor in which the point lies, the smallest first."""
    floor = {level.id for level in plan.levels if level.ordinal == ordinal}
    around = [s for s in plan.sections if s.level_id in floor and shapely.intersects_xy(s.geometry, *point)]
    return tuple(sorted(around, key=lambda s: (s.geometry.area, s.id)))


def sections_of(plan: Plan, unit: Unit) -> tuple[Section, ...]:
    """Sections that lie in the unit, wholly or in part, those with most of their floor in it first."""
    shared = [(s.geometry.intersection(unit.geometry).area, s) for s in plan.sections if s.level_id == unit.level_id]
    return tuple(s for area, s in sorted(shared, key=lambda pair: (-pair[0], pair[1].id)) if area > IN_M2)
