"""Steps and places in English."""

from __future__ import annotations

from spatial.locate import Place, unit_at
from spatial.naming import telling_name
from spatial.plan import Plan, level_text, text_in
from spatial.steps import Landmark, Step
from spatial.wording.rounding import round_m

AMENITIES = {
    "restroom": "the toilets", "drinkingfountain": "the drinking fountain", "elevator": "the lift",
    "escalator": "the escalator", "stairs": "the stairs", "information": "the information desk",
    "reception.desk": "the reception desk", "copymachine": "the copier", "entry": "the entrance",
    "powerchargingstation": "the charging point", "vendingmachine": "the vending machine", "atm": "the cash machine",
    "coinlocker": "the lockers", "firstaid": "the first-aid point", "lostandfound": "the lost-property desk",
    "meetingpoint": "the meeting point", "seating": "the seats", "seat": "the seats", "library": "the library",
    "mothersroom": "the baby-care room", "prayerroom": "the prayer room", "defibrillator": "the defibrillator",
    "fireextinguisher": "the fire extinguisher", "photobooth": "the photo booth", "studentservices": "student services",
}  # fmt: skip

_SIDES = {"left": "on your left", "right": "on your right", "front": "in front of you", "behind": "behind you"}
_BY = {"take_stairs": "stairs", "take_elevator": "lift", "take_escalator": "escalator", "take_ramp": "ramp"}


def say_step(step: Step, plan: Plan) -> str:
    """One step as one sentence."""
    if step.kind == "arrive":
        return _arrive(step)
    if step.kind in _BY:
        level = level_text(plan.get_level(step.to_level_id or step.level_id), "en") or "the next level"
        return f"Take the {_BY[step.kind]} {'up' if step.rising else 'down'} to {_level(level)}."
    name = name_of(step.landmark) if step.landmark else ""
    if step.kind == "pass":
        return f"Pass {name} {_SIDES[step.side or 'left']}{_and_walk(step)}."
    if step.kind == "depart":
        metres = round_m(step.distance_m)
        walk = f"walk {metres} metres" if metres else "set off"
        return f"Start in {name} and {walk}." if name else f"{walk[0].upper()}{walk[1:]}."
    if step.kind == "enter":
        turn = _turn(step.angle_deg) if step.angle_deg is not None else ""
        way = f"{turn}{' and go' if turn == 'Turn around' else ''} through the door" if turn else "Go through the door"
        return f"{way} into {name}{_and_walk(step)}."
    at = f" at {name}" if name else ""
    return f"{_turn(step.angle_deg or 0.0)}{at}{_and_walk(step)}."


def say_where(plan: Plan, place: Place) -> str:
    """Where a place is: level and unit."""
    level = _level(level_text(plan.get_level(place.level_id), "en") or f"level {place.ordinal}")
    unit = unit_at(plan, place.point, place.ordinal)
    room = text_in(telling_name(plan, unit), "en") if unit and unit.id != place.id else ""
    name = _place_name(place)
    inside = f", in {_the(room)}" if room and room.casefold() != name.casefold() else ""
    subject = name[0].upper() + name[1:] if name else "That place"
    verb = "are" if name in ("the toilets", "the stairs", "the lockers", "the seats") else "is"
    return f"{subject} {verb} on {level}{inside}."


def name_of(mark: Landmark) -> str:
    """A landmark as it is called in the middle of a sentence."""
    if mark.kind == "shelf":
        return f"shelf {text_in(mark.name, 'en')}"
    name = text_in(mark.name, "en")
    if name:
        return _the(name) if mark.kind == "unit" else name
    return AMENITIES.get(mark.category) or AMENITIES.get(mark.category.split(".")[0]) or "your destination"


def _place_name(place: Place) -> str:
    if place.kind == "point":
        return ""
    return name_of(Landmark(place.id, place.kind, place.name, place.category))


def _the(name: str) -> str:
    """With an article where the name is a common one: the hall, but Room 3 and Café Page."""
    plain = name.casefold()
    common = (
        "hall",
        "lobby",
        "library",
        "office",
        "lounge",
        "corridor",
        "area",
        "desk",
        "entrance",
        "foyer",
        "gallery",
    )
    if plain.startswith("the ") or not plain.endswith(common):
        return name
    return f"the {name}"


def _level(name: str) -> str:
    return f"the {name}" if name.casefold().endswith("floor") or name.casefold() == "basement" else name


def _turn(angle: float) -> str:
    side, size = ("right" if angle > 0 else "left"), abs(angle)
    if size < 55:
        return f"Bear {side}"
    if size < 130:
        return f"Turn {side}"
    return f"Turn sharp {side}" if size < 165 else "Turn around"


def _and_walk(step: Step) -> str:
    metres = round_m(step.distance_m)
    return f" and walk {metres} metres" if metres else ""


def _arrive(step: Step) -> str:
    if step.landmark is None:
        return "You have arrived."
    name = name_of(step.landmark)
    subject = name[0].upper() + name[1:]
    bay = f", bay {step.bay}" if step.bay is not None else ""
    if step.side in (None, "here"):
        return f"You have arrived at {name}{bay}."
    verb = "are" if name in ("the toilets", "the stairs", "the lockers", "the seats") else "is"
    return f"{subject}{bay}{',' if bay else ''} {verb} {_SIDES[step.side or 'front']}."
