"""A small real building, a scripted librarian and scripted engines, joined as a real server's parts."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from shapely.geometry import LineString, box

from avatars.engines import Capabilities, EngineError, Transcript
from avatars.turn import TurnSettings
from avatars.values import Located, Memory, Question, Reply
from library.values import Item, Record
from server.app import build_app
from server.ears import Ears
from server.hub_memory import MemoryHub
from server.parts import Parts
from server.serving import ShelfwayServer, bind, make_config
from server.settings import Settings
from server.telemetry import Telemetry
from server.turns import Turns
from server.workers import PoolSize, Workers
from spatial.locate import place_of_face
from spatial.mesh import build_building
from spatial.plan import Amenity, Level, Opening, Origin, Plan, ShelfFace, Unit
from spatial.route import Position, find_route
from tests.server.scripted import ScriptedSpeaker

HALL = Unit("hall", "L0", "room", {"en": "Hall", "zh": "大厅"}, {}, None, (), box(0, 0, 20, 10), (10.0, 5.0))
CELL = Unit("cell", "L0", "room", {"en": "Cell", "zh": "小室"}, {}, None, (), box(30, 0, 34, 4), (32.0, 2.0))
PLAN = Plan(
    revision="r1",
    name={"en": "Test Library", "zh": "测试图书馆"},
    language="en",
    origin=Origin(30.0, 120.0),
    levels=(Level("L0", 0, {"en": "Ground", "zh": "一层"}, {"en": "G"}, 0.0, False, box(0, 0, 40, 10)),),
    units=(HALL, CELL),
    openings=(
        Opening("door", "L0", "pedestrian.principal", (), (), None, None, {"en": "Door"}, LineString([(0, 4), (0, 6)])),
    ),
    amenities=(
        Amenity("toilet", "L0", "restroom", ("hall",), {"en": "Toilet", "zh": "洗手间"}, {}, (), None, None, (18, 8)),
    ),
    faces=(ShelfFace("S1", "S1", "L0", "ddc", "000", "999", "000", "9999", "", 4, (8.0, 9.0), (16.0, 9.0)),),
)
BOOK = Record(
    "b1", "Test Book", ("Test Book",), ("A. Writer",), ("A. Writer",), 2001, ("eng",), "", (), (), "",
    (Item("123.4", "ddc", "123.4"),),
)  # fmt: skip
HERE = Position((2.0, 5.0), 0)


class ScriptedMind:
    """Knows one book and the way to it; some questions break it in known ways."""

    def __init__(self, building: Any) -> None:
        self.building = building
        self.asked: list[tuple[Memory, Question]] = []
        self.gate = threading.Event()
        self.gate.set()

    def answer(self, question: Question, memory: Memory) -> Reply:
        self.asked.append((memory, question))
        self.gate.wait(10)
        if "explode" in question.text:
            raise RuntimeError("secret cause")
        lang = question.lang or memory.lang or "en"
        turns = (*memory.turns, (question.text, "It stands on shelf S1. Follow me."))
        after = replace(memory, lang=lang, turns=turns)
        located = FINDER.locate("b1")
        if "take me" in question.text and located is not None and located.stand is not None:
            at = question.at or HERE
            route = find_route(self.building, at, Position(located.stand.point, located.stand.ordinal))
            return Reply(
                "It stands on shelf S1. Follow me.", lang, "guide", items=(located,), place=located.stand,
                route=route, memory=after,
            )  # fmt: skip
        if "ß" in question.text:
            return Reply("Which language is that?", lang, "unclear", clarify=True, memory=after)
        return Reply("It stands on shelf S1. Follow me.", lang, "find_item", items=(located,), memory=after)  # type: ignore[arg-type]

    def heard(self, memory: Memory, text: str) -> Memory:
        return replace(memory, turns=(*memory.turns[:-1], (memory.turns[-1][0], text)))


class ScriptedFinder:
    def find(self, query: str, limit: int) -> tuple[Located, ...]:
        if query == "explode":
            raise RuntimeError("secret cause")
        return (self.locate("b1"),) if "book" in query.lower() else ()  # type: ignore[return-value]

    def locate(self, record_id: str) -> Located | None:
        if record_id == "b2":
            return Located(replace(BOOK, record_id="b2"), BOOK.items[0])
        face = PLAN.faces[0]
        found = Located(BOOK, BOOK.items[0], face, 2, True, place_of_face(PLAN, face, 2))
        return found if record_id == "b1" else None


FINDER = ScriptedFinder()


class ScriptedTranscriber:
    """Understands by loudness: faint is rejected, very loud breaks the engine, else the scripted text."""

    capabilities = Capabilities(("en",), 16_000, False)
    text = "where is the test book"

    def transcribe(self, samples: np.ndarray, lang: str | None = None) -> Transcript:
        peak = float(np.abs(samples).max())
        if peak > 0.9:
            raise EngineError("secret cause")
        if peak < 0.05:
            return Transcript("", "en", rejected=True)
        return Transcript(self.text, "en", confidence=0.9)


class LoudActivity:
    """Whatever is not quiet is voice."""

    capabilities = Capabilities((), 16_000, True)

    def feed(self, frame: np.ndarray) -> bool:
        return float(np.abs(frame).max()) > 0.005


def make_parts(**settings: Any) -> Parts:
    """The parts of a scripted server."""
    building = build_building(PLAN)
    find_route(building, HERE, Position((10.0, 5.0), 0))  # compiles the path search before a client waits for it
    size = PoolSize(2, 16, 20.0)
    return Parts(
        settings=Settings(port=0, **{"home": Path(tempfile.mkdtemp(prefix="shelfway-test-")), **settings}),
        plan=PLAN,
        building=building,
        mind=ScriptedMind(building),
        finder=FINDER,
        hub=MemoryHub(),
        workers=Workers({"speaking": size, "hearing": size, "thinking": size}),
        telemetry=Telemetry(),
        ears=Ears({"en": ScriptedTranscriber()}),
        speaker=ScriptedSpeaker(),
        make_turns=lambda clock: Turns(clock, LoudActivity(), TurnSettings()),
        library_name={"en": "Test Library", "zh": "测试图书馆"},
        librarian_name={"en": "Mei", "zh": "小梅"},
        here=HERE,
        here_name={"en": "Door"},
    )


@contextmanager
def running(parts: Parts) -> Iterator[int]:
    """A real server in a thread; its port."""
    listening, port = threading.Event(), [0]

    def on_listening(number: int) -> None:
        port[0] = number
        listening.set()

    taken = bind(parts.settings)
    server = ShelfwayServer(make_config(build_app(lambda: parts), log_level="critical"), on_listening)
    thread = threading.Thread(target=server.run, args=([taken],), daemon=True)
    thread.start()
    try:
        assert listening.wait(20)
        yield port[0]
    finally:
        server.should_exit = True
        thread.join(15)
        taken.close()
        assert not thread.is_alive()
