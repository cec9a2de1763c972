"""The building as pages draw it: ``Plan`` → ``PlanBody``."""

from __future__ import annotations

from shapely.geometry import MultiPolygon, Polygon

from spatial.plan import XY, Plan
from wire.messages.plan import (
    Coordinate,
    FaceBody,
    FixtureBody,
    LevelBody,
    OpeningBody,
    PinBody,
    PlanBody,
    Ring,
    Shape,
    UnitBody,
)


def build_plan_body(plan: Plan) -> PlanBody:
    """Everything a page draws, coordinates in the map frame, millimetres exact."""
    ordinals = {level.id: level.ordinal for level in plan.levels}
    return PlanBody(
        revision=plan.revision,
        name=dict(plan.name),
        levels=tuple(
            LevelBody(
                id=level.id,
                ordinal=level.ordinal,
                name=dict(level.name),
                short_name=dict(level.short_name),
                elevation_m=level.elevation_m,
                outline=_shape(level.outline),
            )
            for level in sorted(plan.levels, key=lambda level: (level.ordinal, level.id))
        ),
        units=tuple(
            UnitBody(
                id=unit.id,
                level=ordinals[unit.level_id],
                category=unit.category,
                name=dict(unit.name),
                restricted=unit.restriction is not None,
                shape=_shape(unit.geometry),
                label_at=_coordinate(unit.display_point),
            )
            for unit in plan.units
        ),
        openings=tuple(
            OpeningBody(
                id=opening.id,
                level=ordinals[opening.level_id],
                category=opening.category,
                line=tuple(_coordinate((x, y)) for x, y, *_ in opening.line.coords),
            )
            for opening in plan.openings
        ),
        fixtures=_fixtures(plan, ordinals),
        pins=_pins(plan, ordinals),
        faces=tuple(
            FaceBody(
                range_id=face.range_id,
                label=face.label,
                level=ordinals[face.level_id],
                scheme=face.scheme,
                first=face.from_text,
                last=face.to_text,
                collection=face.collection,
                bays=face.bays,
                start=_coordinate(face.start),
                end=_coordinate(face.end),
            )
            for face in plan.faces
        ),
    )


def _fixtures(plan: Plan, ordinals: dict[str, int]) -> tuple[FixtureBody, ...]:
    things = [(f.id, f.level_id, f.category, f.name, f.geometry) for f in plan.fixtures]
    things += [(k.id, k.level_id, "kiosk", k.name, k.geometry) for k in plan.kiosks]
    return tuple(
        FixtureBody(id=i, level=ordinals[level], category=category, name=dict(name), shape=_shape(geometry))
        for i, level, category, name, geometry in things
    )


def _pins(plan: Plan, ordinals: dict[str, int]) -> tuple[PinBody, ...]:
    things = [(a.id, a.level_id, "amenity", a.category, a.name, a.point) for a in plan.amenities]
    things += [(o.id, o.level_id, "occupant", o.category, o.name, o.point) for o in plan.occupants]
    return tuple(
        PinBody(id=i, level=ordinals[level], kind=kind, category=category, name=dict(name), point=_coordinate(point))
        for i, level, kind, category, name, point in things
    )


def _shape(geometry: Polygon | MultiPolygon) -> Shape:
    polygons = geometry.geoms if isinstance(geometry, MultiPolygon) else (geometry,)
    return tuple(
        tuple(_ring(ring.coords) for ring in (polygon.exterior, *polygon.interiors))
        for polygon in polygons
        if not polygon.is_empty
    )


def _ring(coords: object) -> Ring:
    return tuple(_coordinate((x, y)) for x, y, *_ in coords)  # type: ignore[attr-defined]


def _coordinate(point: XY) -> Coordinate:
    return (round(point[0], 3), round(point[1], 3))
