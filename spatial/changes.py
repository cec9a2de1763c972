"""What staff have closed: doors, rooms, lifts and stairs, as values and as a file in the home's twin folder.

The file (``closed.json``) is the truth: who starts later reads it, who writes it takes turns by a lock. Ids that the
plan does not have (any more) are kept in the file and close nothing. Raises: PlaceError, TwinError.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from spatial.errors import TwinError
from spatial.levels import fold
from spatial.mesh import Building
from spatial.plan import Labels, Plan, text_in
from spatial.spacing import join
from spatial.wording import Lang

FILE = "closed.json"
FORMAT = "shelfway-closed/1"
REASON_LENGTH = 200

Kind = Literal["connector", "opening", "unit"]
Closed = Mapping[str, Labels]
"""Id of what is closed → why, by language; no text when nobody said why."""


@dataclass(frozen=True, slots=True)
class Closable:
    """Something that can be closed."""

    id: str
    kind: Kind
    name: Labels
    category: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was closed or opened."""

    what: Closable
    closed: bool
    reason: Labels = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Closures:
    """Everything that is closed. ``number`` grows with each change: of two states the higher one is newer."""

    number: int = 0
    closed: Closed = field(default_factory=dict)


def list_closable(plan: Plan) -> tuple[Closable, ...]:
    """Lifts, stairs and the like, doors, rooms; those first that lead on."""
    return (
        *(Closable(c.id, "connector", c.name, c.kind) for c in plan.connectors),
        *(Closable(o.id, "opening", o.name, "door") for o in plan.openings),
        *(Closable(u.id, "unit", u.name, u.category) for u in plan.units),
    )


def find_closable(plan: Plan, text: str) -> tuple[Closable, ...]:
    """What ``text`` may mean, by id or by name in any language: none, one, or several. A lift wins over its cabins."""
    things = list_closable(plan)
    for found in (
        [t for t in things if t.id == text.strip()],
        [t for t in things if fold(text) in {fold(name) for name in t.name.values()}],
    ):
        if found:
            first = found[0].kind
            same_id = [t for t in found if t.kind == first] if first == "connector" else found
            return tuple({t.id: t for t in reversed(same_id)}.values())[::-1]
    return ()


def change(
    now: Closures, close: Iterable[str] = (), open_: Iterable[str] = (), reason: Labels | None = None
) -> Closures:
    """What is closed afterwards; ids as the plan has them. The same value when nothing is different."""
    after = dict(now.closed)
    for id_ in close:
        after[id_] = dict(reason if reason is not None else now.closed.get(id_, {}))
    for id_ in open_:
        after.pop(id_, None)
    return now if after == now.closed else Closures(now.number + 1, after)


def compare(plan: Plan, before: Closed, after: Closed) -> tuple[Change, ...]:
    """Which of the plan's things were closed or opened between two states."""
    changes = []
    for id_ in dict.fromkeys((*before, *after)):
        if (id_ in before) != (id_ in after):
            what = next((thing for thing in list_closable(plan) if thing.id == id_), None)
            if what is not None:
                changes.append(Change(what, id_ in after, dict(after.get(id_, {}))))
    return tuple(changes)


def close_in(building: Building, closed: Closed) -> Building:
    """The view of the building in which exactly these are closed; meshes are shared, so it costs next to nothing."""
    return building.opening(building.closed).closing(closed)


def say_change(change: Change, lang: Lang) -> str:
    """The change in one sentence."""
    name = text_in(change.what.name, lang)
    why = text_in(change.reason, lang).strip().rstrip(".。")
    if lang == "zh":
        name = name or {"opening": "一扇门", "unit": "一个房间"}.get(change.what.kind, "一处通道")
        told = f"目前关闭{'：' + why if why else ''}。" if change.closed else "现已重新开放。"
        return join(name, told)
    name = name or {"opening": "a door", "unit": "a room"}.get(change.what.kind, "a passage")
    name = name[:1].upper() + name[1:]
    if not change.closed:
        return f"{name} is open again."
    return f"{name} is closed at the moment{': ' + why if why else ''}."


def load_closed(folder: Path) -> Closures:
    """What the file in ``folder`` says is closed; nothing when there is none. Raises TwinError when it is broken."""
    path = folder / FILE
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["format"] != FORMAT:
            raise KeyError(document["format"])
        closed = {str(row["id"]): _labels(row["reason"]) for row in document["closed"]}
        return Closures(int(document["number"]), closed)
    except FileNotFoundError:
        return Closures()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        text = f"{path} is not a {FORMAT} file ({type(fault).__name__}): delete it and close again what is closed"
        raise TwinError(text, where=str(path)) from fault


def update_closed(folder: Path, act: Callable[[Closures], Closures]) -> tuple[Closures, Closures]:
    """Change the file by ``act``, alone among all who do so; what was closed before and afterwards.

    Readers see the old file or the new one, never half. Raises TwinError, and what ``act`` raises.
    """
    with _alone(folder):
        before = load_closed(folder)
        after = act(before)
        if after != before:
            rows = [{"id": id_, "reason": dict(reason)} for id_, reason in after.closed.items()]
            draft = folder / f".{FILE}.{os.getpid()}"
            body = {"format": FORMAT, "number": after.number, "closed": rows}
            with draft.open("w", encoding="utf-8") as file:
                file.write(json.dumps(body, ensure_ascii=False, indent=1) + "\n")
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, folder / FILE)
    return before, after


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    try:
        lock = os.open(folder / f".{FILE}.lock", os.O_RDWR | os.O_CREAT, 0o644)
    except FileNotFoundError:
        raise TwinError(f"{folder} does not exist: import a venue first", where=str(folder)) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _labels(value: Any) -> Labels:
    return {str(lang): str(text)[:REASON_LENGTH] for lang, text in value.items()}
