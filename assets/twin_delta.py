"""What a changed plan changes in the model: the parts that are new or other, and the names of those that are gone.

A client holds the model of the old revision. It removes the nodes named in ``removed`` and ``changed``, then loads the
small file and hangs its nodes under the levels of the same name. A closed door is a few hundred bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assets.twin import build_parts, write_twin
from assets.twin_parts import Part
from spatial.plan import Plan

FORMAT = "shelfway-twin-delta/1"


@dataclass(frozen=True, slots=True)
class TwinDelta:
    """From one revision to another. ``glb``: the changed and added parts; None when there are none.

    ``rebuilt``: levels came, went or moved, so a client must load the whole model again.
    """

    old: str
    new: str
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    added: tuple[str, ...]
    rebuilt: bool
    glb: bytes | None

    def to_json(self) -> dict[str, Any]:
        """The delta without its file, for a message."""
        return {
            "format": FORMAT,
            "from": self.old,
            "to": self.new,
            "rebuilt": self.rebuilt,
            "removed": list(self.removed),
            "changed": list(self.changed),
            "added": list(self.added),
            "bytes": len(self.glb or b""),
        }


def delta(old: Plan, new: Plan) -> TwinDelta:
    """What to change in the model of ``old`` so that it shows ``new``. Equal plans give equal deltas."""
    before, after = build_parts(old), build_parts(new)
    was, now = _digests(before), _digests(after)
    removed = tuple(key for key in was if key not in now)
    changed = tuple(key for key in now if key in was and was[key] != now[key])
    added = tuple(key for key in now if key not in was)
    rebuilt = _levels(old) != _levels(new) or old.origin != new.origin
    fresh = [part for part in after if part.key in {*changed, *added}]
    glb = write_twin(new, fresh, {part.ordinal for part in fresh}).data if fresh else None
    return TwinDelta(old.revision, new.revision, removed, changed, added, rebuilt, glb)


def _digests(parts: Sequence[Part]) -> dict[str, str]:
    return {part.key: part.digest() for part in parts}


def _levels(plan: Plan) -> set[tuple[int, float]]:
    return {(level.ordinal, level.elevation_m) for level in plan.levels}
