"""What happened to each visitor, written down as it happened, and whether that may happen.

A history is a list of events in the order in which each visitor met them:

    asked     the visitor sent a command for the first time: kind (ask, chat), id
    welcome   a connection was opened: resumed, missed
    broke     a connection ended
    got       a message that must arrive was read: seq, type, of (the command's id), by (who said it)
    ended     the visitor has nothing open any more

``check`` names what must not happen: a message lost or doubled, out of order, a visit forgotten, a question without an
answer or with two, something said that a visitor near by, connected all the while, did not hear, or heard twice.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

STEADY_S = 3.0
"""A visitor must hear what is said when both it and the speaker have been connected for so long before, and after."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event; ``t``: seconds of one clock for all."""

    t: float
    client: str
    event: Literal["asked", "welcome", "broke", "got", "ended"]
    kind: str = ""
    of: str = ""
    by: str = ""
    seq: int = 0
    resumed: bool = True
    missed: bool = False


def write_history(path: Path, events: Iterable[Event]) -> None:
    """One JSON object a line."""
    path.write_text("".join(json.dumps(asdict(event)) + "\n" for event in events), encoding="utf-8")


def read_history(path: Path) -> list[Event]:
    """What ``write_history`` wrote."""
    return [Event(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def check(events: Iterable[Event]) -> list[str]:
    """Every fault, one sentence each; none when all is well."""
    by_client: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda one: one.t):
        by_client[event.client].append(event)
    faults: list[str] = []
    for client, own in by_client.items():
        faults += _check_visit(client, own)
        faults += _check_numbers(client, own)
        faults += _check_answers(client, own)
    return faults + _check_said(by_client)


def _check_visit(client: str, own: list[Event]) -> list[str]:
    faults = [
        f"{client}: its visit was forgotten at {event.t:.2f}"
        for event in [e for e in own if e.event == "welcome"][1:]
        if not event.resumed
    ]
    faults += [f"{client}: messages were given up at {e.t:.2f}" for e in own if e.event == "welcome" and e.missed]
    if own[-1].event != "ended":
        faults.append(f"{client}: did not get to its end")
    return faults


def _check_numbers(client: str, own: list[Event]) -> list[str]:
    last, faults = 0, []
    for event in own:
        if event.event == "got":
            if event.seq != last + 1:
                faults.append(f"{client}: message {event.seq} came after {last}")
            last = event.seq
    return faults


def _check_answers(client: str, own: list[Event]) -> list[str]:
    answers = Counter(e.of for e in own if e.event == "got" and e.kind == "answer")
    asked = [e.of for e in own if e.event == "asked" and e.kind == "ask"]
    faults = [f"{client}: question {of} has {answers[of]} answers" for of in asked if answers[of] != 1]
    return faults + [f"{client}: an answer to {of}, which was not asked" for of in answers if of not in asked]


def _check_said(by_client: dict[str, list[Event]]) -> list[str]:
    faults = []
    connected = {client: _connected(own) for client, own in by_client.items()}
    for speaker, own in by_client.items():
        said = {e.of: e.t for e in own if e.event == "asked" and e.kind == "chat"}
        told = {e.of: e.t for e in reversed(own) if e.event == "got" and e.kind == "said" and e.by == speaker}
        order = list(said)
        faults += [f"{speaker}: was never told that {of} was said" for of in order if of not in told]
        for listener, theirs in by_client.items():
            if listener == speaker:
                continue
            heard = [e.of for e in theirs if e.event == "got" and e.kind == "said" and e.by == speaker]
            faults += [f"{listener}: heard {of} of {speaker} {n} times" for of, n in Counter(heard).items() if n > 1]
            if [of for of in order if of in heard] != list(dict.fromkeys(heard)):
                faults.append(f"{listener}: heard {speaker} in the order {heard}")
            for of, at in said.items():
                steady = (at - STEADY_S, told.get(of, at) + STEADY_S)
                if of not in heard and all(_holds(connected[who], steady) for who in (speaker, listener)):
                    faults.append(f"{listener}: never heard {of} of {speaker}, though both were there")
    return faults


def _connected(own: list[Event]) -> list[tuple[float, float]]:
    """The times during which a visitor was connected."""
    spans, since = [], None
    for event in own:
        if event.event == "welcome":
            since = event.t
        elif event.event in ("broke", "ended") and since is not None:
            spans.append((since, event.t))
            since = None
    return spans


def _holds(spans: list[tuple[float, float]], span: tuple[float, float]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)
