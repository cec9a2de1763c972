"""Staff's word on worlds: which of the kept ones readers may have, and taking one down for good.

Approved hashes stand in ``worlds-approved.txt`` of the home, one a line; servers that share a home share them. Each
word is written into the audit, with the hash of what it was about and the role of who said it. Blocking.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from assets.safety import Audited
from assets.store import Entry, Store
from server.labelling import write_whole

if TYPE_CHECKING:
    from server.worlds import Worlds

Act = Literal["approve", "withdraw", "remove"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A world in the store. ``shown``: readers get it."""

    entry: Entry
    shown: bool


class Review:
    """``worlds``: those of the home; ``store``: where they are kept."""

    def __init__(self, worlds: Worlds, store: Store) -> None:
        self._worlds, self._store = worlds, store
        self._lock = threading.Lock()

    def list(self) -> tuple[Kept, ...]:
        """Every world that is kept, those that wait first, then the newest."""
        kept = [Kept(one, self._worlds.may_be_shown(one)) for one in self._store.entries() if one.ext == "glb"]
        newest = sorted(kept, key=lambda one: one.entry.facts.made_at, reverse=True)
        return tuple(sorted(newest, key=lambda one: one.shown))

    def find(self, digest: str) -> Kept | None:
        """One of them; None when it is not kept."""
        entry = self._store.find_entry(digest)
        return Kept(entry, self._worlds.may_be_shown(entry)) if entry is not None and entry.ext == "glb" else None

    def act(self, digest: str, act: Act, reason: str = "") -> bool:
        """Do what staff say; was the world there? Raises StoreError, CommandError."""
        found = self.find(digest)
        if found is None:
            return False
        with self._lock:
            hashes = dict.fromkeys(self._worlds.approved())
            if act == "approve":
                hashes[digest] = None
            else:
                hashes.pop(digest, None)
            write_whole(self._worlds.approved_file, "".join(f"{one}\n" for one in hashes).encode())
        if act == "remove":
            self._store.take_down(digest, reason[:500], datetime.now(UTC).isoformat(timespec="seconds"))
        self._worlds.audit(Audited("review", digest, "allowed" if act == "approve" else "blocked", act), "staff")
        return True
