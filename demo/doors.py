"""The doorways of the demo library: every room is reached through openings on its edges, 0.9 to 2.0 m wide."""

from __future__ import annotations

from collections.abc import Iterator

from demo.drawing import ORDINALS, Door

STAFF = ("badgereader",)
GLASS = {"kind": "sliding", "automatic": True, "material": "glass"}
FREE = {"kind": "open", "material": None}
"""A doorway without a leaf."""


def _across(key: str, n: int, y: float, x: float, width: float, **more: object) -> Door:
    """A door in an east-west wall, centred on x."""
    return Door(key, n, (round(x - width / 2, 3), y), (round(x + width / 2, 3), y), **more)  # type: ignore[arg-type]


def _along(key: str, n: int, x: float, y: float, width: float, **more: object) -> Door:
    """A door in a north-south wall, centred on y."""
    return Door(key, n, (x, round(y - width / 2, 3)), (x, round(y + width / 2, 3)), **more)  # type: ignore[arg-type]


def build_doors() -> tuple[Door, ...]:
    """All doorways of the three levels."""
    doors = [*_ground(), *_second(), *_third()]
    for n in ORDINALS:
        doors += _core(n)
    return tuple(doors)


def _core(n: int) -> Iterator[Door]:
    for side, x in (("w", 23.2), ("m", 30.0), ("e", 36.8)):
        yield _across(f"hall-corridor.{side}.{n}", n, 22, x, 2.0, **FREE)
    yield _across(f"stairs.main.{n}", n, 25, 24.75, 1.8, material="glass", kind="swinging")
    yield _across(f"stairs.east.{n}", n, 25, 57.5, 1.8, material="glass", kind="swinging")
    yield _across(f"lift.{n}", n, 25, 28.75, 1.2, kind="sliding", automatic=True, material="metal")
    yield _across(f"wc.passage.{n}", n, 25, 31.0, 1.8, **FREE)
    yield _along(f"wc.women.{n}", n, 32, 26.0, 0.9)
    yield _along(f"wc.men.{n}", n, 32, 34.0, 0.9)
    yield _along(f"wc.accessible.{n}", n, 30, 30.0, 1.0, kind="sliding", automatic=True)
    yield _along(f"plant.{n}", n, 30, 33.5, 0.9, category="service", access=STAFF, material="metal")
    yield _across(f"north.{n}", n, 35, 31.0, 1.2, access=STAFF)


def _ground() -> Iterator[Door]:
    yield _across("entrance", 0, 0, 30, 2.0, category="pedestrian.principal", en="Main Entrance", zh="正门", **GLASS)
    yield _across("vestibule-hall", 0, 3, 30, 2.0, **GLASS)
    yield _across("escalator.0", 0, 6, 25.25, 1.1, **FREE)
    yield _along("hall-children", 0, 22, 9, 2.0, **GLASS)
    yield _across("children-corridor", 0, 22, 18, 1.8)
    yield _along(
        "children.exit", 0, 0, 9, 1.2, category="emergencyexit", material="metal", en="Emergency Exit", zh="紧急出口"
    )
    yield _along("hall-cafe", 0, 38, 5, 2.0, **GLASS)
    yield _along("cafe-kitchen", 0, 54, 5.2, 0.9, category="service", access=STAFF)
    yield _along("kitchen.yard", 0, 60, 5.2, 1.2, category="service", access=STAFF, material="metal")
    yield _along("hall-exhibition", 0, 38, 15, 2.0, **GLASS)
    yield _across("exhibition-corridor", 0, 22, 49, 1.8)
    yield _along(
        "exhibition.exit",
        0,
        60,
        16,
        1.2,
        category="emergencyexit",
        material="metal",
        en="Emergency Exit",
        zh="紧急出口",
    )
    yield _along(
        "corridor.exit.w",
        0,
        0,
        23.5,
        1.6,
        category="emergencyexit",
        material="metal",
        en="West Emergency Exit",
        zh="西侧紧急出口",
    )
    yield _along(
        "corridor.exit.e",
        0,
        60,
        23.5,
        1.6,
        category="emergencyexit",
        material="metal",
        en="East Emergency Exit",
        zh="东侧紧急出口",
    )
    yield _along(
        "stairs.exit",
        0,
        60,
        30,
        1.2,
        category="emergencyexit",
        material="metal",
        en="Stair Emergency Exit",
        zh="楼梯紧急出口",
    )
    yield _across("parents", 0, 25, 2.5, 1.0)
    yield _across("papers", 0, 25, 14, 1.8, **GLASS)
    yield _across("lecture", 0, 25, 46.5, 2.0)
    yield _across(
        "lecture.exit", 0, 40, 39, 1.6, category="emergencyexit", material="metal", en="Emergency Exit", zh="紧急出口"
    )
    yield _along("store.0", 0, 55, 36, 1.2, access=STAFF)


def _halls(n: int, west: str, east: str) -> Iterator[Door]:
    """The two large halls of an upper level, each with two doors to the gallery and one to the corridor."""
    for name, wall, north in ((west, 22, 9.95), (east, 38, 50.05)):
        yield _along(f"gallery-{name}.s", n, wall, 3.2, 2.0, **GLASS)
        yield _along(f"gallery-{name}.n", n, wall, 19.4, 2.0, **GLASS)
        yield _across(f"corridor-{name}", n, 22, north, 1.8)


def _second() -> Iterator[Door]:
    yield from _halls(1, "2A", "2B")
    yield _across("escalator.1", 1, 18, 25.25, 1.1, **FREE)
    yield _across("group.passage", 1, 25, 11, 1.8, **FREE)
    yield _along("quiet", 1, 10, 29, 1.2, material="glass")
    for i in range(4):
        yield _along(f"group.{201 + i}", 1, 12, 26.2 + 3.75 * i, 1.0, material="glass")
    yield _across("computers", 1, 25, 42.5, 1.8, **GLASS)
    yield _across("media", 1, 25, 51, 1.8, **GLASS)
    yield _along("recording", 1, 55, 36, 1.0)


def _third() -> Iterator[Door]:
    yield from _halls(2, "3A", "3B")
    yield _across("reference", 2, 25, 6.5, 1.8, **GLASS)
    yield _across("local", 2, 25, 17.5, 1.4)
    yield _across("study.passage", 2, 25, 46.5, 1.8, **FREE)
    for i in range(4):
        yield _along(f"study.{301 + i}", 2, 45.5, 26.2 + 3.75 * i, 1.0, material="glass")
    for i in range(2):
        yield _along(f"study.{305 + i}", 2, 47.5, 26.2 + 3.5 * i, 1.0, material="glass")
    yield _along("seminar", 2, 47.5, 36, 1.2, material="glass")
