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
    known = set(_FIGURE.findall(evidence))
    loose = {part for figure in known for part in re.findall(r"\d+", figure)}
    return tuple(f for f in _FIGURE.findall(reply.text) if f not in known and f not in loose and f not in evidence)


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
    for place in (*([reply.place] if reply.place else []), *(c for c in reply.candidates if isinstance(c, Place))):
        told += [*place.name.values(), str(place.ordinal), place.id]
    if isinstance(reply.route, Route):
        told += [str(max(1, round(reply.route.length_m))), str(max(1, round(reply.route.duration_s / 60)))]
        told += [str(round(step.distance_m)) for step in reply.route.steps]
    if isinstance(reply.route, NoRoute):
        told += list(reply.route.message.values())
    told += [source.quote for source in reply.sources if source.quote]
    told += [question for question, _ in reply.memory.turns[-1:]]
    return told
