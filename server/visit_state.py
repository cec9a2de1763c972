"""A visit as JSON, so that another server can go on with it: what was spoken of, asked, led to and not yet said.

Only what ``server/sessions.py`` keeps across a broken line anyway; a guidance is begun anew from where the reader was.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from server.asked import AskedOnce, Question
from server.replay import Replay
from server.sessions import Lead, Unsaid, Visit
from wire.messages.meet import Enter
from wire.messages.session import Hello
from wire.text import decode_to_client, encode

if TYPE_CHECKING:
    from avatars.values import Memory
    from server.journeys.guide import Goal
    from spatial.legs import Position


def to_state(visit: Visit) -> str:
    """What another server needs to go on with the visit."""
    lead = visit.lead
    if visit.guidance is not None:
        lead = Lead(visit.guidance.of, visit.guidance.goal, visit.guidance.profile)
    unsaid = visit.unsaid_now()
    state: dict[str, Any] = {
        "lang": visit.lang,
        "speech_on": visit.speech_on,
        "utterances": visit.utterances,
        "turns": visit.turns,
        "answered": visit.answered,
        "hello": visit.hello.model_dump(mode="json", exclude={"token", "resume"}),
        "entered": visit.entered.model_dump(mode="json") if visit.entered is not None else None,
        "acts": {act: encode(message) for act, message in visit.acts.items()},
        "heard": list(visit.heard),
        "asked": {id_: [q.text, q.lang, q.answer] for id_, q in visit.asked.questions.items()},
        "replay": [visit.replay.last, visit.replay.kept] if visit.replay is not None else None,
        "unsaid": [unsaid.of, unsaid.lang, unsaid.before, unsaid.text] if unsaid is not None else None,
        "memory": _memory().dump_python(visit.memory, mode="json") if visit.memory is not None else None,
        "at": _position().dump_python(visit.at, mode="json") if visit.at is not None else None,
        "lead": [lead.of, _goal().dump_python(lead.goal, mode="json"), lead.profile] if lead is not None else None,
    }
    return json.dumps(state, ensure_ascii=False)


def from_state(id_: str, text: str, now: float) -> Visit:
    """The visit; nobody holds it yet. Raises ValueError for what is no state of this version."""
    try:
        state = json.loads(text)
        visit = Visit(id_, state["lang"], Hello.model_validate({**state["hello"], "type": "hello"}), left_at=now)
        visit.speech_on, visit.answered = state["speech_on"], state["answered"]
        visit.utterances, visit.turns = state["utterances"], state["turns"]
        visit.entered = Enter.model_validate(state["entered"]) if state["entered"] else None
        visit.acts = {act: decode_to_client(frame) for act, frame in state["acts"].items()}
        visit.heard = dict.fromkeys(state["heard"])
        visit.asked = AskedOnce({key: Question(*fields) for key, fields in state["asked"].items()})
        visit.replay = Replay(*state["replay"]) if state["replay"] else None
        visit.unsaid = Unsaid(*state["unsaid"]) if state["unsaid"] else None
        visit.memory = _memory().validate_json(json.dumps(state["memory"])) if state["memory"] else None
        visit.at = _position().validate_json(json.dumps(state["at"])) if state["at"] else None
        if state["lead"]:
            of, goal, profile = state["lead"]
            visit.lead = Lead(of, _goal().validate_json(json.dumps(goal)), profile)
    except (KeyError, TypeError) as fault:
        raise ValueError(f"the state of a visit is not of this version: {fault}") from None
    return visit


@cache
def _memory() -> TypeAdapter[Memory]:
    from avatars.values import Memory

    return TypeAdapter(Memory)


@cache
def _position() -> TypeAdapter[Position]:
    from spatial.legs import Position

    return TypeAdapter(Position)


@cache
def _goal() -> TypeAdapter[Goal]:
    from server.journeys.guide import Goal

    return TypeAdapter(Goal)
