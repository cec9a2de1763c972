"""One readable example of every message; ``tests/golden/<type>.json`` holds their text on the wire.

Run ``python tests/wire/examples.py`` in the checkout's root to write the golden files anew.
"""

from __future__ import annotations

import json
from pathlib import Path

from wire.messages import ask, guide, meet, rooms, scene, session, speech
from wire.messages.base import Message, Point, Position

GOLDEN = Path(__file__).resolve().parents[1] / "golden"

ADA = meet.PersonBody(number=9, name="Ada", role="reader", world="virtual")
NOTE = rooms.NoteBody(
    id="5f0c2a9e41d3b7a8",
    kind="exhibit",
    text="Read this one",
    east_m=12.5,
    north_m=7.25,
    level=1,
    record_id="demo-0001",
    title="三体",
    author="a9c2e5f7d0b1c3e4",
    author_name={"en": "Quiet Heron", "zh": "安静的鹭"},
    written_at="2026-11-24T18:00:00Z",
)
SHELF = ask.ShelfBody(
    range_id="2-07-A",
    label="2-07-A",
    level=1,
    bay=3,
    bay_estimated=True,
    point=Point(east_m=12.5, north_m=7.25, level=1),
)
ITEM = ask.ItemBody(
    record_id="demo-0001",
    title="三体",
    authors=("刘慈欣",),
    call_number="I247.55/1",
    scheme="clc",
    status="available",
    shelf=SHELF,
)
PLACE = ask.PlaceBody(
    id="amenity-toilet-1",
    name={"en": "Toilet", "zh": "洗手间"},
    kind="amenity",
    level=0,
    point=Point(east_m=3.0, north_m=-1.5, level=0),
)
ROUTE = guide.RouteBody(
    length_m=18.4,
    duration_s=14.2,
    levels=(0, 1),
    points=((0.0, 0.0, 0), (9.0, 2.0, 0), (9.0, 2.0, 1), (12.5, 7.25, 1)),
    steps=(
        guide.StepBody(
            text="Take the stairs up to level 2.",
            kind="take_stairs",
            level=0,
            at_m=9.2,
            distance_m=9.2,
            east_m=9.0,
            north_m=2.0,
        ),
    ),
)

FROM_CLIENT_EXAMPLES: tuple[Message, ...] = (
    session.Hello(
        version=1,
        client="kiosk",
        capabilities=("speech_in", "speech_out", "visemes", "captions", "map", "poses"),
        name="Entrance kiosk",
        at=Position(east_m=1.0, north_m=2.0, level=0),
        resume="5f2d1c",
    ),
    ask.Ask(id="q1", text="《三体》在哪里？", lang="zh", at=Position(east_m=1.0, north_m=2.0, level=0)),
    guide.Guide(id="g1", to="toilet", profile="step-free"),
    guide.StopGuide(),
    guide.Pose(east_m=1.25, north_m=-2.5, level=0, heading_deg=90.0),
    scene.OpenWorld(id="w1", record_id="demo-0001", lang="zh", level="easy"),
    scene.CancelWorld(of="w1"),
    speech.Listen(stream=1, mode="push", sample_rate=16000, lang="en"),
    speech.ListenEnd(stream=1),
    speech.Interrupt(),
    speech.Playback(utterance=3, played_s=1.5),
    session.SetLanguage(lang="zh"),
    session.SetSpeech(on=False),
    meet.Enter(name="小林", visible="all", world="building"),
    meet.Leave(),
    meet.Visibility(visible="own"),
    meet.Chat(id="c1", text="Here it is!"),
    meet.Pin(id="p1", east_m=12.5, north_m=7.25, level=1, text="this shelf"),
    meet.Emote(name="wave"),
    rooms.Who(id="r1"),
    rooms.Unpin(id="u1", pin="p1"),
    rooms.Moderate(id="m1", act="mute", number=9, for_s=300.0),
    rooms.Note(
        id="n1", kind="exhibit", text="Read this one", east_m=12.5, north_m=7.25, level=1, record_id="demo-0001"
    ),
    rooms.RemoveNote(id="x1", note="5f0c2a9e41d3b7a8"),
    rooms.LeadTour(id="t1", stops=("Café", "record:demo-0001"), led_by="person", title="A short walk"),
    rooms.FollowTour(on=True),
    rooms.SteerTour(to="next"),
    session.Reset(),
    session.Ping(id="p1"),
)

TO_CLIENT_EXAMPLES: tuple[Message, ...] = (
    session.Welcome(
        version=1,
        session="5f2d1c",
        resumed=False,
        library={"en": "Riverside Library", "zh": "河畔图书馆"},
        librarian={"en": "Mei", "zh": "小梅"},
        languages=("en", "zh"),
        lang="en",
        plan_revision="9b1c",
        here=Position(east_m=1.0, north_m=2.0, level=0),
        here_name={"en": "Entrance", "zh": "入口"},
        listening=session.ListeningState(en=True, zh=False, note={"zh": "这里还听不懂中文，请打字。"}),
        speaking=("en", "zh"),
        max_frame_bytes=65536,
        idle_reset_s=90.0,
        handoff="https://riverside.example/#key=0123456789abcdef0123456789abcdef",
        schema_hash="3b1f08c7d2aa",
    ),
    ask.Answer(
        of="q1",
        text="《三体》在二层 2-07-A 架第 3 列。",
        lang="zh",
        intent="find_item",
        refused=False,
        clarify=False,
        items=(ITEM,),
        place=PLACE,
        route=ROUTE,
        sources=(
            ask.SourceBody(record_id="demo-0001"),
            ask.SourceBody(document="rules.md", heading="Opening hours", start=10, end=42, quote="Open from nine."),
        ),
        candidates=(ITEM, PLACE),
        action=ask.ActionBody(kind="guide", state="proposed", detail={"to": "2-07-A"}),
        steps=(
            ask.StepBody(asked="三体在哪里", intent="find_item", text="《三体》在二层。", place=PLACE, length_m=38.5),
        ),
        utterance=3,
    ),
    ask.Thinking(state="listening", level=0.25),
    guide.Route(
        revision=2,
        of="g1",
        reason="off_route",
        goal={"en": "Shelf 2-07-A", "zh": "2-07-A 架"},
        range_id="2-07-A",
        bay=3,
        route=ROUTE,
    ),
    scene.WorldQueued(of="w1", position=2, wait_s=7.5, shared=False),
    scene.WorldProgress(of="w1", done=3, steps=20),
    scene.WorldPreview(of="w1", jpeg="/9j/4AAQSkZJRg=="),
    scene.WorldReady(
        of="w1",
        url=f"/store/{'ab' * 32}.glb",
        hash="ab" * 32,
        bytes=505476,
        title="三体",
        record_id="demo-0001",
        label="algorithmic",
        licence="CC0-1.0",
        painter="procedural-1",
        cached=False,
        room=f"world-{'ab' * 16}",
    ),
    scene.WorldCancelled(of="w1"),
    guide.NoWay(of="g1", reason="There is no step-free way to level 3."),
    guide.Progress(revision=2, along_m=4.5, remaining_m=13.9, remaining_s=10.7, step=0, off_m=0.2),
    guide.StepDue(revision=2, step=0, text="Take the stairs up to level 2."),
    guide.Arrived(revision=2, text="Here is shelf 2-07-A, bay 3.", range_id="2-07-A", bay=3, level=1),
    guide.GuideStopped(of="g1", reason="asked"),
    guide.PlanChanged(
        changes=(guide.ChangeBody(id="lift-1", name={"en": "Lift"}, closed=True, text="Lift is closed at the moment."),)
    ),
    meet.Entered(
        number=7,
        room="building",
        world="building",
        visible="all",
        most=48,
        tick_s=0.05,
        silent_s=30.0,
        author="a9c2e5f7d0b1c3e4",
        name="小林",
    ),
    meet.Left(),
    meet.Neighbours(people=(ADA,)),
    meet.Said(of="c1", number=9, name="Ada", text="Here it is!"),
    meet.Pinned(of="p1", number=9, name="Ada", east_m=12.5, north_m=7.25, level=1, text="this shelf", lasts_s=20.0),
    meet.Emoted(number=9, name="wave"),
    rooms.People(of="r1", people=(ADA,), total=1),
    rooms.Joined(person=ADA),
    rooms.Parted(number=9),
    rooms.Unpinned(of="p1", number=9),
    rooms.Moderated(of="m1", act="mute", number=9, for_s=300.0),
    rooms.Notes(room="building", notes=(NOTE,)),
    rooms.Noted(of="n1", note=NOTE),
    rooms.NoteRemoved(of="x1", note=NOTE.id),
    rooms.Tour(
        of="t1",
        title={"en": "A short walk", "zh": "走一走"},
        led_by="librarian",
        leader=None,
        stops=(rooms.StopBody(name={"en": "Café", "zh": "咖啡厅"}, east_m=3.5, north_m=4.0, level=0),),
        at=0,
        phase="there",
        followers=3,
        gathered=3,
        text={"en": "Here you may talk.", "zh": "这里可以聊天。"},
    ),
    rooms.Overheard(number=9, name="Ada", text="It stands on level 2.", lang="en", utterance=4),
    speech.Heard(of="t1", stream=1, text="where is three body problem", lang="en", final=True, confidence=0.9),
    speech.HeardPartial(of="t1", stream=1, text="where is three body", stable=8),
    speech.SpeechStart(utterance=3, of="t1", lang="en", sample_rate=22050),
    speech.SpeechClause(
        utterance=3,
        index=0,
        text="On level 2.",
        start_s=0.0,
        end_s=0.9,
        words=(
            speech.TimedWord(text="On", start_s=0.0, end_s=0.2),
            speech.TimedWord(text="level", start_s=0.2, end_s=0.5),
            speech.TimedWord(text="2", start_s=0.5, end_s=0.9),
        ),
        visemes=(speech.TimedViseme(name="oh", start_s=0.0, end_s=0.2),),
    ),
    speech.SpeechEnd(utterance=3, duration_s=0.9),
    speech.Duck(utterance=3, gain=0.25),
    speech.Flush(utterance=3, reason="interrupted"),
    speech.TurnTrace(of="t1", channel="open", turn_end_s=0.31, heard_s=0.24, thought_s=0.28, sent_s=0.32),
    session.Pong(id="p1"),
    session.GoAway(reconnect_in_s=2.0, elsewhere=True),
    session.ErrorMessage(code="unknown_place", message="No place here is called “Narnia”.", retryable=False, of="g1"),
)


def golden_text(message: Message) -> str:
    """The text of a message's golden file."""
    return json.dumps(message.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def golden_path(message: Message) -> Path:
    """The path of a message's golden file: its type is its name."""
    return GOLDEN / f"{message.model_dump()['type']}.json"


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for example in (*FROM_CLIENT_EXAMPLES, *TO_CLIENT_EXAMPLES):
        golden_path(example).write_text(golden_text(example), encoding="utf-8")
