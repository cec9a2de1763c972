"""The stops of a tour: from a file in the home, from a list of places and books, or from the librarian's last answer.

``tours/NAME.toml`` in the home::

    title = {en = "First visit", zh = "初次到馆"}

    [[stop]]
    place = "Café"             # as people write places, or record = "demo-0001"
    text = {en = "Here you may talk.", zh = "这里可以聊天。"}
    stay_s = 20                # absent: as long as the text takes to be read aloud
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spatial.plan import Labels
from spatial.rooms.tour import Stop
from wire.codes import ErrorCode

if TYPE_CHECKING:
    from avatars.values import Located, Reply
    from spatial.locate import Place

FOLDER = "tours"
MOST_STOPS = 24
_RECORD = "record:"


@dataclass(frozen=True, slots=True)
class NoTour:
    """Why there is none; ``text``: an exact sentence, empty for the code's own."""

    code: ErrorCode
    text: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """How places and books are found in this home."""

    places: Callable[[str], tuple[Place, ...]]
    locate: Callable[[str], Located | None]


Stops = tuple[Labels, tuple[Stop, ...]]


def read_tour(home: Path, name: str, finding: Finding) -> Stops | NoTour:
    """Title and stops of a tour that the home keeps."""
    path = home / FOLDER / f"{name}.toml"
    if not path.is_file():
        return NoTour("no_tour")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        return NoTour("no_tour", f"the file of tour {name} is not readable: {fault}")
    rows = data.get("stop")
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_STOPS:
        return NoTour("no_tour", f"tour {name} needs 1 to {MOST_STOPS} entries [[stop]]")
    stops: list[Stop] = []
    for number, row in enumerate(rows, 1):
        stop = _stop(row, finding) if isinstance(row, Mapping) else NoTour("no_tour", "it is no table")
        if isinstance(stop, NoTour):
            return NoTour(stop.code, f"tour {name}, stop {number}: {stop.text or 'it names no place here'}")
        stops.append(stop)
    return _labels(data.get("title")), tuple(stops)


def list_tours(home: Path) -> tuple[str, ...]:
    """Names of the tours that the home keeps."""
    return tuple(sorted(path.stem for path in (home / FOLDER).glob("*.toml")))


def stops_of_list(texts: tuple[str, ...], finding: Finding) -> tuple[Stop, ...] | NoTour:
    """Stops from places as people write them, or ``record:`` and a record's id."""
    stops: list[Stop] = []
    for text in texts:
        is_record = text.startswith(_RECORD)
        stop = _stop({"record": text[len(_RECORD) :]} if is_record else {"place": text}, finding)
        if isinstance(stop, NoTour):
            return NoTour(stop.code, stop.text or f"“{text}” names no place here")
        stops.append(stop)
    return tuple(stops)


def stops_of_answer(reply: Reply | None) -> tuple[Stop, ...] | NoTour:
    """Stops from what the librarian answered last: the parts of a plan, else the books, else the one place."""
    if reply is None:
        return NoTour("no_tour", "nothing has been asked yet")
    stops = [
        Stop(step.place.name, step.place.point, step.place.ordinal, step.place.id, {reply.lang: step.text})
        for step in reply.steps
        if step.place is not None
    ]
    stops = stops or [stop for located in reply.items if (stop := _of_book(located)) is not None]
    if not stops and reply.place is not None:
        place = reply.place
        stops = [Stop(place.name, place.point, place.ordinal, place.id, {reply.lang: reply.text})]
    return tuple(stops[:MOST_STOPS]) or NoTour("no_tour", "the last answer leads nowhere")


def _stop(row: Mapping[str, Any], finding: Finding) -> Stop | NoTour:
    text, stay_s = _labels(row.get("text")), row.get("stay_s", 0)
    if not isinstance(stay_s, int | float) or not 0 <= stay_s <= 3600:
        return NoTour("no_tour", "stay_s is no number of seconds from 0 to 3600")
    record, place = row.get("record"), row.get("place")
    if isinstance(record, str):
        located = finding.locate(record)
        if located is None:
            return NoTour("unknown_record")
        stop = _of_book(located, text, float(stay_s))
        return stop or NoTour("no_shelf")
    found = finding.places(place) if isinstance(place, str) else ()
    if len(found) != 1:
        return NoTour("ambiguous_place" if found else "unknown_place")
    one = found[0]
    return Stop(
        one.name, one.point, one.ordinal, one.id if one.kind != "point" else str(place), text, None, float(stay_s)
    )


def _of_book(located: Located, text: Labels | None = None, stay_s: float = 0.0) -> Stop | None:
    stand = located.stand
    if stand is None:
        return None
    title, authors = located.record.title, ", ".join(located.record.authors)
    by = (f" by {authors}", f"，{authors}著") if authors else ("", "")
    said = text or {"en": f"Here stands {title}{by[0]}.", "zh": f"《{title}》就在这里{by[1]}。"}
    return Stop(
        {"en": title, "zh": title}, stand.point, stand.ordinal, stand.id, said, located.record.record_id, stay_s
    )


def _labels(value: Any) -> Labels:
    """A text, or a table of language and text."""
    if isinstance(value, str):
        return {"en": value, "zh": value}
    if isinstance(value, Mapping):
        return {str(lang): str(text)[:500] for lang, text in value.items()}
    return {}
