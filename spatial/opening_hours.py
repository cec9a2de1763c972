"""When places are open, as the venue file says it (the syntax of OSM ``opening_hours``, as IMDF asks for)."""

from __future__ import annotations

from spatial.plan import Amenity, Occupant, Plan


def hours_of(plan: Plan, place_id: str) -> str | None:
    """The hours of an occupant or amenity; of a unit or kiosk those of whoever uses it. None when nobody says.

    A unit's own occupant counts before an amenity in it; two that disagree say nothing.
    """
    users: tuple[Occupant | Amenity, ...] = (*plan.occupants, *plan.amenities)
    for feature in users:
        if feature.id == place_id:
            return feature.hours
    occupants = {o.hours for o in plan.occupants if o.unit_id == place_id and o.hours}
    amenities = {a.hours for a in plan.amenities if place_id in a.unit_ids and a.hours}
    for said in (occupants, amenities):
        if said:
            return next(iter(said)) if len(said) == 1 else None
    return None
