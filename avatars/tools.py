"""What a language model may do here: look things up in the home. Every tool only reads; none acts for the reader.

A tool's result is plain text for the model and evidence for the check of what it then says (``grounding``).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from avatars.desk import Desk, source_of
from avatars.engines.values import ToolCall, ToolSpec
from avatars.values import Intent, Located, Reply, Source
from library.passages import search_passages
from library.search import search
from spatial.locate import Place
from spatial.opening_hours import hours_of
from spatial.plan import text_in
from spatial.route import Route
from spatial.wording import say_route

_TEXT = {"type": "string"}
_MOST = 5


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a tool found. ``text``: for the model; "" with nothing found is never given, a sentence says so."""

    text: str
    found: bool
    intent: Intent = "ask_fact"
    items: tuple[Located, ...] = ()
    place: Place | None = None
    route: Route | None = None
    sources: tuple[Source, ...] = ()


def _spec(name: str, description: str, **parameters: Any) -> ToolSpec:
    schema = {"type": "object", "properties": parameters, "required": list(parameters), "additionalProperties": False}
    return ToolSpec(name, description, schema)


SPECS: tuple[ToolSpec, ...] = (
    _spec("find", "Books by title, author, subject, ISBN or call number, each with its shelf.", query=_TEXT),
    _spec("locate", "Every copy of one book, with call number, status, floor and shelf.", title=_TEXT),
    _spec("recommend", "Books like one, or on a subject, that the library holds.", like=_TEXT),
    _spec("world", "Whether the 3-D world of a book can be opened here.", title=_TEXT),
    _spec("route", "The way on foot from the reader to a room, desk, thing or shelf of the library.", place=_TEXT),
    _spec("nearest", "The nearest thing of a kind: toilet, lift, printer, café, quiet seat …", kind=_TEXT),
    _spec("hours", "Opening hours of the library or of one of its rooms.", place=_TEXT),
    _spec("passages", "What the library's own documents say about a question.", question=_TEXT),
    _spec("ask", "The library's exact answer to one simple question of a reader.", question=_TEXT),
)  # fmt: skip


class ToolBox:
    """The tools of one question. ``ask``: the grounded librarian, for one simple question."""

    def __init__(self, desk: Desk, ask: Callable[[str], Reply]) -> None:
        self._desk = desk
        self._grounded = ask
        self._tools: dict[str, Callable[[str], ToolResult]] = {
            "find": self._find, "locate": self._locate, "recommend": self._recommend, "world": self._world,
            "route": self._route, "nearest": self._route, "hours": self._hours,
            "passages": self._passages, "ask": self._ask,
        }  # fmt: skip

    def run(self, call: ToolCall) -> ToolResult:
        """Carry out a call; an unknown tool or a missing argument is told to the model, never raised."""
        arguments = json.loads(call.arguments or "{}")
        spec = next((s for s in SPECS if s.name == call.name), None)
        if spec is None:
            return ToolResult(f"There is no tool {call.name!r}. There are: {', '.join(s.name for s in SPECS)}.", False)
        wanted = next(iter(spec.parameters["properties"]))
        value = arguments.get(wanted)
        if not isinstance(value, str) or not value.strip():
            return ToolResult(f"{call.name} needs {wanted!r}, a text.", False)
        return self._tools[call.name](value.strip()[:300])

    def _find(self, query: str) -> ToolResult:
        hits = [hit for hit in search(self._desk.tools.books.catalogue, query, limit=_MOST) if not hit.record.synthetic]
        if not hits:
            return ToolResult("The catalogue has nothing for this.", False, "find_item")
        located = tuple(self._desk.tools.books.locate(hit.record)[0] for hit in hits)
        lines = [self._book(each) for each in located]
        sources = tuple(source for each in located for source in source_of(each))
        return ToolResult("\n".join(lines), True, "find_topic", items=located, sources=sources)

    def _locate(self, title: str) -> ToolResult:
        books = self._desk.tools.books
        found = books.by_title(title)
        if not found.meant:
            return ToolResult("The catalogue has no book of this title.", False, "find_item")
        copies = books.locate(found.meant[0])
        sources = tuple(source for each in copies for source in source_of(each))
        return ToolResult("\n".join(map(self._book, copies)), True, "find_item", items=copies[:1], sources=sources)

    def _recommend(self, like: str) -> ToolResult:
        lead = "Can you recommend something like {}?" if self._desk.lang == "en" else "推荐几本和《{}》类似的书"
        result = self._ask(lead.format(like))
        return result if result.found else self._find(like)

    def _world(self, title: str) -> ToolResult:
        found = self._desk.tools.books.by_title(title)
        if not found.meant:
            return ToolResult("The library holds no such book, and opens the worlds of its own books only.", False)
        located = self._desk.tools.books.locate(found.meant[0])[0]
        text = str(self._desk.words.WORLD).format(title=self._desk.title(located))
        return ToolResult(text, True, "find_item", items=(located,), sources=source_of(located)[:1])

    def _book(self, located: Located) -> str:
        record, item, face = located.record, located.item, located.face
        told = f"“{' / '.join(record.titles[:3])}” by {', '.join(record.authors) or 'nobody named'}"
        if record.year:
            told += f", {record.year}"
        if item is not None:
            told += f"; call number {item.call_number}, {item.status}"
        if face is not None:
            level = self._desk.level(self._desk.tools.plan.get_level(face.level_id).ordinal)
            told += f"; {level}, shelf {face.label}" + (f", bay {located.bay}" if located.bay else "")
        if record.subjects:
            told += f"; subjects: {', '.join(record.subjects[:6])}"
        return told + (f". {record.summary}" if record.summary else ".")

    def _route(self, place: str) -> ToolResult:
        understood = self._desk.tools.places.understand(place)
        if not understood.places:
            return ToolResult(f"The map has no {place!r}.", False, "guide")
        return self._way(understood.places)

    def _way(self, places: tuple[Place, ...]) -> ToolResult:
        nearest, route = self._desk.nearest(places)
        name, level = self._desk.place(nearest), self._desk.level(nearest.ordinal)
        text = f"{name} is on {level}."
        if isinstance(route, Route):
            steps = " ".join(say_route(route, self._desk.tools.plan, self._desk.lang))
            text += (
                f" The way is {round(route.length_m)} metres, {max(1, round(route.duration_s / 60))} minutes: {steps}"
            )
        sources = (Source(feature_id=nearest.id),)
        held = route if isinstance(route, Route) else None
        return ToolResult(text, True, "guide", place=nearest, route=held, sources=sources)

    def _hours(self, place: str) -> ToolResult:
        understood = self._desk.tools.places.understand(place)
        for one in understood.places:
            said = hours_of(self._desk.tools.plan, one.id)
            if said:
                name = text_in(one.name, self._desk.lang)
                return ToolResult(f"{name}: {said}", True, place=one, sources=(Source(feature_id=one.id, quote=said),))
        lead = "When is {} open?" if self._desk.lang == "en" else "{}几点开门？"
        return self._passages(lead.format(place))

    def _passages(self, question: str) -> ToolResult:
        hits = search_passages(self._desk.tools.books.catalogue, question, limit=3)
        if not hits:
            return ToolResult("The documents say nothing about this.", False)
        sources = tuple(
            Source(document=p.document, heading=p.heading, start=p.start, end=p.start + len(p.text), quote=p.text)
            for p in (hit.passage for hit in hits)
        )
        text = "\n\n".join(f"[{s.document} › {s.heading}]\n{s.quote}" for s in sources)
        return ToolResult(text, True, sources=sources)

    def _ask(self, question: str) -> ToolResult:
        reply = self._grounded(question)
        found = not (reply.refused or reply.clarify)
        route = reply.route if isinstance(reply.route, Route) else None
        return ToolResult(reply.text, found, reply.intent, reply.items, reply.place, route, reply.sources)
