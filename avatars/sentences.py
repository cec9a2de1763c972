"""A last look at every reply: numbers, times and addresses in it must stand in what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from avatars.values import Located, Reply
from spatial.locate import Place
from spatial.route import NoRoute, Route

_FIGURE = re.compile(r"https?://\S+|[\w.+-]+@[\w-]+\.[\w.]+|\d+(?:[:.,/]\d+)*")


def unsupported(reply: Reply, names: Iterable[str] = ()) -> tuple[str, ...]:
    """Figures, times, URLs and e-mail addresses of the text that none of its items, place, route or sources holds.

    ``names``: what rooms and floors are called.
    """
    evidence = " ".join([*_evidence(reply), *names])
    return loose_figures(reply.text, evidence)


def loose_figures(text: str, evidence: str) -> tuple[str, ...]:
    """Figures, times, URLs and e-mail addresses of a text that its evidence does not hold, not even as a part."""
    known = set(_FIGURE.findall(evidence))
    parts = {part for figure in known for part in re.findall(r"\d+", figure)}
    return tuple(f for f in _FIGURE.findall(text) if f not in known and f not in parts and f not in evidence)


def _evidence(reply: Reply) -> list[str]:
    told: list[str] = []
    for located in (*reply.items, *(c for c in reply.candidates if isinstance(c, Located))):
        record = located.record
        told += [
            record.title,
            *record.titles,
            *record.authors,
            record.summary,
            *record.subjects,
            str(record.year or ""),
        ]
        for item in record.items:
            told.append(item.call_number)
        if located.face:
            told += [located.face.label, located.face.range_id, str(located.bay or "")]
    places = [
        x for x in (reply.place, *reply.candidates, *(step.place for step in reply.steps)) if isinstance(x, Place)
    ]
    for place in places:
        told += [*place.name.values(), str(place.ordinal), place.id]
    for route in (reply.route, *(step.route for step in reply.steps)):
        if isinstance(route, Route):
            told += [str(max(1, round(route.length_m))), str(max(1, round(route.duration_s / 60)))]
            told += [str(round(step.distance_m)) for step in route.steps]
        if isinstance(route, NoRoute):
            told += list(route.message.values())
    told += [source.quote for source in reply.sources if source.quote]
    told += [question for question, _ in reply.memory.turns[-1:]]
    return told
