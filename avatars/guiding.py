"""Answers that lead: the way to a place or shelf, how far it is, where the reader is and what is around."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any

from avatars.amenities import KINDS, find_kind, is_kind
from avatars.desk import Desk, source_of
from avatars.values import Intent, Located, Reply, Source
from spatial.locate import Place, list_places, unit_at
from spatial.naming import telling_name
from spatial.plan import Level, text_in
from spatial.route import NoRoute, Position, Route
from spatial.wording import say_route

_THIS_FLOOR = re.compile(r"\bthis (?:floor|level)\b|这一?层|本层|这个楼层", re.IGNORECASE)
NEAR_M = 15.0
"""What "around here" reaches."""


def lead_to(
    desk: Desk,
    place: Place,
    route: Route | NoRoute | None = None,
    located: Located | None = None,
    before: str = "",
    called: str = "",
) -> Reply:
    """The way to ``place``, spoken as its first steps; the reason when there is no way."""
    words = desk.words
    intent: Intent = "guide"
    route = desk.route(place, located.bay if located else None) if route is None else route
    name = desk.book(located) if located else called or desk.place(place)
    memory = replace(desk.memory, place=None if located else place, candidates=(), pending="")
    if located:
        memory = replace(memory, chosen=located, items=memory.items or (located,))
    sources = source_of(located) if located else (Source(feature_id=place.id),)
    more: dict[str, Any] = {
        "place": place,
        "memory": memory,
        "sources": sources,
        "items": (located,) if located else (),
    }
    level = desk.level(place.ordinal)
    if route is None:
        return desk.reply(f"{before} {words.where_place(name, level)}", intent, **more)
    if isinstance(route, NoRoute):
        text = words.NO_WAY.format(reason=text_in(route.message, desk.lang))
        return desk.refuse(f"{before} {text} {{desk}}", intent, route=route, **more)
    if route.length_m < 1.0:
        return desk.reply(f"{before} {words.already(name)}", intent, route=route, **more)
    if located and located.face:
        label = located.face.label
        told = f"{name}, shelf {label}," if desk.lang == "en" else f"{words.shelf('', label)}找{name}"
    else:
        told, level = name, "" if place.category == "level" else level
    lift = desk.profile != "walk" and any(step.kind == "take_elevator" for step in route.steps)
    after = f" {words.BY_LIFT}" if lift else ""
    text = words.way(told, level, route.length_m, route.duration_s, say_route(route, desk.tools.plan, desk.lang)[:2])
    return desk.reply(f"{before} {text}{after}", intent, route=route, **more)


def about_places(desk: Desk, places: tuple[Place, ...], sure: bool = True) -> Reply:
    """The answer of the frame's act about one place or the nearest of several alike; a question back when unlike."""
    words = desk.words
    names = {desk.place(p) for p in places}
    if len(places) > 1 and len(names) > 1 and not _alike(places):
        shown = places[:4]
        text = words.WHICH if sure else words.DID_YOU_MEAN
        told = [
            f"{desk.place(p)} ({desk.level(p.ordinal)})"
            if desk.lang == "en"
            else f"{desk.level(p.ordinal)}的{desk.place(p)}"
            for p in shown
        ]
        return desk.ask_back(text.format(choices=words.choices(told)), "guide", shown)
    allowed = tuple(p for p in places if not _staff_only(desk, p))
    if not allowed:
        return desk.refuse(f"{words.STAFF_ONLY.format(place=desk.place(places[0]))} {{desk}}", "guide", place=places[0])
    place, route = desk.nearest(allowed)
    memory = replace(desk.memory, place=place, chosen=None, candidates=(), pending="", items=())
    desk = replace(desk, memory=memory)
    if desk.frame.act == "how_far" and isinstance(route, Route):
        text = words.far(desk.place(place), route.length_m, route.duration_s)
        return desk.reply(text, "guide", place=place, route=route, sources=(Source(feature_id=place.id),))
    if desk.frame.act == "which_level":
        text = words.where_place(desk.place(place), desk.level(place.ordinal))
        return desk.reply(text, "guide", place=place, route=route, sources=(Source(feature_id=place.id),))
    return lead_to(desk, place, route, called=_together(desk, place, places))


def no_such(desk: Desk, phrase: str, series: tuple[Place, ...]) -> Reply:
    """A room whose number there is not, and the numbers there are."""
    names = [desk.place(p) for p in series]
    shown = names if len(names) < 5 else [names[0], names[-1]]
    text = desk.words.no_such(phrase.strip(" ?？"), shown, len(names) >= 5)
    memory = replace(desk.memory, candidates=series[:5], pending="guide", chosen=None, place=None, items=())
    sources = tuple(Source(feature_id=p.id) for p in series)
    return desk.refuse(text, "guide", candidates=series[:5], memory=memory, sources=sources)


def where_am_i(desk: Desk) -> Reply:
    """Room and floor where the reader stands."""
    if desk.at is None:
        return desk.refuse("{desk}", "where_am_i")
    unit = unit_at(desk.tools.plan, desk.at.point, desk.at.ordinal)
    return desk.reply(
        desk.words.HERE.format(where=_where(desk)), "where_am_i", place=_here(desk),
        sources=(Source(feature_id=unit.id),) if unit else (),
    )  # fmt: skip


def what_is_here(desk: Desk) -> Reply:
    """Named places and shelves near the reader, nearest first."""
    if desk.at is None:
        return desk.refuse("{desk}", "what_is_here")
    if _THIS_FLOOR.search(desk.question.text):
        level = next((lv for lv in desk.tools.plan.levels if lv.ordinal == desk.at.ordinal), None)
        if level is not None:
            return _rooms_of(desk, level)
    near: list[tuple[float, str, str]] = []
    for place in list_places(desk.tools.plan):
        distance = _distance(desk.at, place)
        if distance <= NEAR_M and desk.place(place):
            near.append((distance, desk.place(place).removeprefix("the "), place.id))
    for face in desk.tools.plan.faces:
        place = desk.tools.places.shelf(face.range_id, None)
        distance = _distance(desk.at, place)
        if distance <= NEAR_M / 2:
            near.append((distance, desk.place(place), place.id))
    near.sort()
    names: dict[str, str] = {}
    for _, name, feature_id in near:
        names.setdefault(name, feature_id)
    if not names:
        return desk.reply(desk.words.AROUND_NONE.format(where=_where(desk)), "what_is_here", place=_here(desk))
    shown = list(names)[:6]
    text = f"{desk.words.HERE.format(where=_where(desk))} {desk.words.AROUND.format(names=desk.words.join(shown))}"
    sources = tuple(Source(feature_id=names[name]) for name in shown)
    return desk.reply(text, "what_is_here", place=_here(desk), sources=sources)


def what_is_on(desk: Desk) -> Reply:
    """The named rooms of a floor."""
    level = desk.tools.places.find_level(desk.frame.phrase)
    if level is None:
        return desk.refuse(desk.words.NO_PLACE.replace("{phrase}", desk.frame.phrase), "what_is_here")
    return _rooms_of(desk, level)


def _rooms_of(desk: Desk, level: Level) -> Reply:
    rooms = [p for p in list_places(desk.tools.plan) if p.level_id == level.id and p.kind in ("unit", "occupant")]
    open_to_all = {u.id for u in desk.tools.plan.units if u.restriction is None}
    names = {text_in(p.name, desk.lang): p.id for p in rooms if p.unit_id is None or p.unit_id in open_to_all}
    shown = [name for name in names if name][:8]
    text = desk.words.on_level(desk.level(level.ordinal), shown)
    sources = tuple(Source(feature_id=names[name]) for name in shown)
    return desk.reply(text, "what_is_here", place=_level_place(level), sources=sources)


def what_is_there(desk: Desk, place: Place) -> Reply:
    """The rooms of a floor that was spoken of, or what is near a place."""
    if place.category == "level":
        return _rooms_of(desk, desk.tools.plan.get_level(place.level_id))
    there = replace(desk, question=replace(desk.question, at=Position(place.point, place.ordinal)))
    return what_is_here(there)


def lead_to_level(desk: Desk, ordinal: int) -> Reply:
    """The way to a floor: to the nearest stairs or lift that arrives there."""
    plan = desk.tools.plan
    level = next(lv for lv in plan.levels if lv.ordinal == ordinal)
    intent: Intent = "guide"
    if desk.at is not None and desk.at.ordinal == ordinal:
        here = _here(desk)
        return desk.reply(
            desk.words.already(desk.level(ordinal)), intent, place=here, sources=(Source(feature_id=level.id),)
        )
    stops = [
        Place(level.id, "point", level.name, level.id, ordinal, stop.point, "level")
        for connector in plan.connectors if not connector.out_of_service
        for stop in connector.stops if stop.level_id == level.id
    ]  # fmt: skip
    if not stops:
        stops = [_level_place(level)]
    place, route = desk.nearest(tuple(stops))
    return lead_to(desk, place, route)


def _staff_only(desk: Desk, place: Place) -> bool:
    unit = next((u for u in desk.tools.plan.units if u.id in (place.id, place.unit_id)), None)
    return unit is not None and (unit.restriction in ("employeesonly", "restricted") or unit.category == "nonpublic")


def _together(desk: Desk, place: Place, places: tuple[Place, ...]) -> str:
    """What to call things of one kind with several names side by side: "the toilets", not only the women's."""
    beside = {desk.place(p) for p in places if p.ordinal == place.ordinal and math.dist(p.point, place.point) <= NEAR_M}
    kind = find_kind(desk.frame.phrase)
    if kind is None or len(beside) < 2:
        return ""
    return f"the {kind.en}s" if desk.lang == "en" else kind.zh


def _alike(places: tuple[Place, ...]) -> bool:
    return any(all(p.category and is_kind(p.category, kind) for p in places) for kind in KINDS)


def _where(desk: Desk) -> str:
    assert desk.at is not None
    unit = unit_at(desk.tools.plan, desk.at.point, desk.at.ordinal)
    level = desk.level(desk.at.ordinal)
    room = text_in(telling_name(desk.tools.plan, unit), desk.lang) if unit else ""
    if not room:
        return f"on {level}" if desk.lang == "en" else level
    return f"in {room}, on {level}" if desk.lang == "en" else f"{level}的{room}"


def _here(desk: Desk) -> Place | None:
    at = desk.at
    if at is None:
        return None
    unit = unit_at(desk.tools.plan, at.point, at.ordinal)
    if unit:
        return Place(unit.id, "unit", unit.name, unit.level_id, at.ordinal, at.point, unit.category)
    level = next((lv for lv in desk.tools.plan.levels if lv.ordinal == at.ordinal), None)
    return Place(level.id, "point", level.name, level.id, at.ordinal, at.point, "level") if level else None


def _level_place(level: Level) -> Place:
    middle = level.outline.representative_point()
    return Place(level.id, "point", level.name, level.id, level.ordinal, (middle.x, middle.y), "level")


def _distance(at: Position, place: Place) -> float:
    return math.dist(at.point, place.point) if at.ordinal == place.ordinal else math.inf
