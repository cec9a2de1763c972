"""A name that most rooms carry tells nothing."""

from __future__ import annotations

from dataclasses import replace

from shapely.geometry import box

from spatial.naming import telling_name
from spatial.plan import Level, Origin, Plan, Unit


def unit(number: int, name: str) -> Unit:
    return Unit(
        f"u{number}", "l", "room", {"en": name}, {}, None, (), box(number, 0, number + 1, 1), (number + 0.5, 0.5)
    )


def test_placeholders_are_not_told() -> None:
    rooms = (*(unit(n, "input name here") for n in range(6)), unit(7, "Map Room"))
    level = Level("l", 0, {"en": "Ground"}, {"en": "G"}, 0.0, False, box(0, 0, 9, 1))
    plan = Plan("r", {}, "en", Origin(0, 0), (level,), rooms)
    assert telling_name(plan, rooms[0]) == {}
    assert telling_name(plan, rooms[-1]) == {"en": "Map Room"}
    few = replace(plan, units=rooms[:2] + rooms[-1:])
    assert telling_name(few, rooms[0]) == {"en": "input name here"}
