"""Kinds of rooms, how many people one holds, who sees whom in it, and who may do what there.

A room's kind is read from its name: ``building``; ``world-…`` is a book's world; ``tour-…`` a guided tour; any other
name is a group's own room. In the building people meet by nearness; in the others all who are there are together.
"""

from __future__ import annotations

from typing import Final, Literal

from spatial.presence import Shown, World

Kind = Literal["building", "world", "tour", "group"]
Role = Literal["visitor", "reader", "robot", "staff"]
"""visitor: at a device that everybody uses; reader: at one's own; robot and staff: have shown the token."""
Act = Literal["chat", "pin", "emote", "note", "exhibit", "lead", "moderate"]

MOST_TOGETHER: Final = 64
"""People in one room other than the building: more would not know one another."""
MOST_LISTED: Final = 100
"""People in one answer to "who is there"."""
EARSHOT_M: Final = 6.0
"""How near one must stand to hear what the librarian answers somebody else."""
MOST_LISTENERS: Final = 8
"""How many of those who stand near she is heard by; each needs a voice of their own."""

_EVERYBODY: Final[frozenset[Act]] = frozenset(("chat", "pin", "emote"))
_READERS: Final[frozenset[Act]] = _EVERYBODY | {"note", "exhibit", "lead"}
_MAY: Final[dict[Role, frozenset[Act]]] = {
    "visitor": _EVERYBODY,
    "reader": _READERS,
    "robot": _EVERYBODY | {"lead"},
    "staff": _READERS | {"moderate"},
}
_ONLY_STAFF_IN_BUILDING: Final[frozenset[Act]] = frozenset(("exhibit", "lead"))


def kind_of(name: str) -> Kind:
    """The kind of a room with this name."""
    if name == "building":
        return "building"
    first = name.partition("-")[0] if "-" in name else ""
    return "world" if first == "world" else "tour" if first == "tour" else "group"


def room_of_world(digest: str) -> str:
    """Name of the room of those who are in the world whose file has this SHA-256, hex."""
    return f"world-{digest[:32]}"


def holds(kind: Kind) -> int | None:
    """How many people a room of this kind takes; None: as many as the server."""
    return None if kind == "building" else MOST_TOGETHER


def permits(role: Role, act: Act, kind: Kind) -> bool:
    """May somebody in this role do this in a room of this kind?

    What is put on show in the building, and a tour through it that everybody there is told of, are the staff's (and a
    robot's, which leads); in a room of their own readers do both.
    """
    if act not in _MAY[role]:
        return False
    return kind != "building" or act not in _ONLY_STAFF_IN_BUILDING or role != "reader"


def may_see(world: World, shown: Shown, other_world: World, other_shown: Shown) -> bool:
    """May somebody of ``world`` who is ``shown`` see the other one? As in ``spatial.presence``."""
    if other_shown == "nobody":
        return False
    return world == other_world or (shown == "all" and other_shown == "all")
