"""Everything that a home and its server hold on one reader: given out and erased on request, and let go in time.

A room that keeps something on readers joins with one ``Holder`` in ``Parts.holders``; nothing else has to know of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from server.agreed import Kept
    from server.sessions import Sessions


class Holder(Protocol):
    """Holds something on readers. ``name``: as the export calls it. Blocking; called from threads."""

    name: str

    def export(self, reader: str) -> Any:
        """What is held on this reader, JSON-ready."""
        ...

    def erase(self, reader: str) -> int:
        """Forget the reader; how many things."""
        ...

    def expire(self, now_s: float) -> int:
        """Let go of what is too old. ``now_s``: Unix seconds."""
        ...


@dataclass(slots=True)
class KeptHolder:
    """What readers agreed to be kept."""

    kept: Kept
    name: str = "readers"

    def export(self, reader: str) -> Any:
        return self.kept.export(reader)

    def erase(self, reader: str) -> int:
        return self.kept.erase(reader)

    def expire(self, now_s: float) -> int:
        return self.kept.expire(now_s)


@dataclass(slots=True)
class VisitsHolder:
    """Visits in memory: what was said in them, where the reader stands."""

    sessions: Sessions
    name: str = "visits"

    def export(self, reader: str) -> Any:
        rows = []
        for visit in self.sessions.of_reader(reader):
            turns = visit.memory.turns if visit.memory is not None else ()
            at = visit.at
            place = {"east_m": at.point[0], "north_m": at.point[1], "level": at.ordinal} if at is not None else None
            said = [{"question": asked, "answer": told} for asked, told in turns]
            rows.append({"lang": visit.lang, "said": said, "at": place})
        return rows

    def erase(self, reader: str) -> int:
        visits = self.sessions.of_reader(reader)
        for visit in visits:
            visit.forget()
            visit.reader = None
        return len(visits)

    def expire(self, now_s: float) -> int:
        return 0  # by the clock of the sessions, 120 s after the connection is gone


def export_reader(holders: Iterable[Holder], reader: str) -> dict[str, Any]:
    """Everything held on a reader, by holder."""
    return {"reader": reader, **{holder.name: holder.export(reader) for holder in holders}}


def erase_reader(holders: Iterable[Holder], reader: str) -> dict[str, int]:
    """Forget a reader everywhere; how many things, by holder."""
    return {holder.name: holder.erase(reader) for holder in holders}


def expire_all(holders: Iterable[Holder], now_s: float) -> dict[str, int]:
    """Let go of what is too old; how many things, by holder."""
    return {holder.name: holder.expire(now_s) for holder in holders}
