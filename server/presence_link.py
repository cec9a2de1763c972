"""People of other servers: what one server tells the others of those who may be seen there, and takes from them.

Poses go by the hub's droppable lane, gathered for ``GATHER_S``, so that somebody on another server is seen as soon as
somebody here. Every ``REPEAT_S`` a server tells everybody it has, which mends what was lost and says that it lives; of
one that is silent for ``DEAD_S`` nobody is there any more. Who may be seen by nobody is never told of.

What people say to those near by goes by the reliable lane, and each server hands it to its own who see the speaker.
What is told twice (a client repeats what it said after its server died) is known by its mark.

    a cast: one line of JSON {node, room, full, people: {number: [name, world, shown, role]}, gone: [number]},
    then for each pose its level (i16) and its 16 bytes as in pose frames
"""

from __future__ import annotations

import asyncio
import json
import secrets
import struct
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from server.hub import RENEWED, Hub
from server.telemetry import log
from wire.messages.meet import PersonBody
from wire.pose import POSE, PoseError, decode_one

if TYPE_CHECKING:
    from server.rooms import Member, Room, Rooms

GATHER_S = 0.004
REPEAT_S = 1.5
DEAD_S = 5.0
TOPIC = "meet"
SAID_TOPIC = "meet/said"
EARLY_S, EARLY_MOST = 5.0, 256
"""What is said by somebody who is not known here yet waits so long, and so much of it."""
MARKS_KEPT = 4096
_LEVEL = struct.Struct("<h")
_SIZE = _LEVEL.size + POSE.size


class PresenceLink:
    """One server's part. All calls from its event loop."""

    def __init__(self, rooms: Rooms, hub: Hub, clock: Callable[[], float]) -> None:
        self._rooms, self._hub, self._clock = rooms, hub, clock
        self.node = secrets.token_hex(8)
        self.others: dict[str, float] = {}
        """Other servers, and when they were heard last."""
        self._guests: dict[tuple[str, str], set[int]] = {}
        self._moved: dict[Room, dict[int, Member]] = {}
        self._news: dict[Room, dict[int, Member]] = {}
        self._gone: dict[Room, list[int]] = {}
        self._stirred = asyncio.Event()
        self._marks: dict[str, None] = {}
        self._early: list[tuple[float, Any]] = []
        self._sending: set[asyncio.Task[None]] = set()

    def moved(self, member: Member) -> None:
        """A member has another pose."""
        if member.room.presence.is_shown(member.number):
            self._moved.setdefault(member.room, {})[member.number] = member
            self._stirred.set()

    def changed(self, member: Member) -> None:
        """A member has come, or chosen anew who may see it."""
        if member.room.presence.is_shown(member.number):
            self._news.setdefault(member.room, {})[member.number] = member
            self.moved(member)
        else:
            self.left(member)

    def left(self, member: Member) -> None:
        """A member is gone, or may be seen by nobody."""
        for waiting in (self._moved, self._news):
            waiting.get(member.room, {}).pop(member.number, None)
        self._gone.setdefault(member.room, []).append(member.number)
        self._stirred.set()

    def opened(self, room: Room) -> None:
        """A room has its first member here: ask who is there."""
        self._hub.cast(TOPIC, json.dumps({"node": self.node, "ask": room.name}).encode() + b"\n")

    def said(self, room: Room, number: int, frame: str, mark: str) -> bool:
        """What a member told those near by goes to the others' people; False when it was told before."""
        if mark and not self._is_new(mark):
            return False
        body = {"node": self.node, "room": room.name, "number": number, "frame": frame, "mark": mark}
        sending = asyncio.ensure_future(self._hub.publish(SAID_TOPIC, body))
        self._sending.add(sending)
        sending.add_done_callback(self._sending.discard)
        return True

    def alive(self) -> bool:
        """Is there another server that could take our visitors?"""
        now = self._clock()
        return any(now - heard < DEAD_S for heard in self.others.values())

    def goodbye(self) -> None:
        """This server ends: the others need not wait until it is silent for long."""
        self._hub.cast(TOPIC, json.dumps({"node": self.node, "bye": True}).encode() + b"\n")

    async def run(self) -> None:
        """Tell and take, as long as the server runs."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._tell())
            group.create_task(self._repeat())
            group.create_task(self._take_casts())
            group.create_task(self._take_said())

    async def _tell(self) -> None:
        while True:
            await self._stirred.wait()
            await asyncio.sleep(GATHER_S)
            self._stirred.clear()
            rooms = {**self._moved, **self._news, **self._gone}
            moved, news, gone = self._moved, self._news, self._gone
            self._moved, self._news, self._gone = {}, {}, {}
            for room in rooms:
                self._cast(room, moved.get(room, {}), news.get(room, {}), gone.get(room, []))

    async def _repeat(self) -> None:
        while True:
            for room in list(self._rooms.all()):
                self._cast_all(room)
            self._hub.cast(TOPIC, json.dumps({"node": self.node}).encode() + b"\n")
            now = self._clock()
            for node in [node for node, heard in self.others.items() if now - heard > DEAD_S]:
                self._forget(node)
            await asyncio.sleep(REPEAT_S)

    def _cast_all(self, room: Room) -> None:
        shown = {number: m for number, m in room.members.items() if room.presence.is_shown(number)}
        self._cast(room, shown, shown, [], full=True)

    def _cast(
        self, room: Room, moved: dict[int, Member], news: dict[int, Member], gone: list[int], full: bool = False
    ) -> None:
        told = {
            number: (m.body.name, m.body.world, room.presence.shown(number), m.body.role) for number, m in news.items()
        }
        head = {"node": self.node, "room": room.name, "full": full, "people": told, "gone": gone}
        parts = [json.dumps(head).encode(), b"\n"]
        for number in moved:
            seen = room.presence.seen(number)
            if seen is not None:
                parts += (_LEVEL.pack(seen.ordinal), room.presence.pose_of(number))
        self._hub.cast(TOPIC, b"".join(parts))

    async def _take_casts(self) -> None:
        async with self._hub.listen(TOPIC) as casts:
            async for data in casts:
                try:
                    self._take(data)
                except (ValueError, KeyError, TypeError, PoseError) as fault:
                    log.info("another server told something that is not understood here (%s)", type(fault).__name__)

    def _take(self, data: bytes) -> None:
        line, _, poses = data.partition(b"\n")
        head = json.loads(line)
        node = head["node"]
        if node == self.node:
            return
        if "bye" in head:
            self._forget(node)
            return
        self.others[node] = self._clock()
        room = self._rooms.find(head.get("room") or head.get("ask") or "")
        if room is None:
            return
        if "ask" in head:
            self._cast_all(room)
            return
        guests = self._guests.setdefault((node, room.name), set())
        told = {int(number): facts for number, facts in head["people"].items()}
        for number in [*head["gone"], *(guests - told.keys() if head["full"] else ())]:
            if number in guests:
                guests.discard(number)
                room.leave_guest(number)
        for number, (name, world, shown, role) in told.items():
            body = PersonBody(number=number, name=name, role=role, world=world)
            if number in guests or number not in room.presence:
                guests.add(number)
                room.enter_guest(body, shown, self._clock())
        now = self._clock()
        for at in range(0, len(poses) - _SIZE + 1, _SIZE):
            (ordinal,) = _LEVEL.unpack_from(poses, at)
            pose = decode_one(poses[at + _LEVEL.size : at + _SIZE])
            if pose.number in guests:
                point = (pose.east_m, pose.north_m)
                room.presence.move(pose.number, point, ordinal, now, pose.heading_deg, pose.gesture)
        if self._early:
            self._retry_early()

    async def _take_said(self) -> None:
        async with self._hub.subscribe(SAID_TOPIC, RENEWED) as news:
            async for publication in news:
                if publication.topic == SAID_TOPIC:
                    self._take_one_said(publication.body)

    def _take_one_said(self, body: Any) -> None:
        if body["node"] != self.node and (not body["mark"] or self._is_new(body["mark"])):
            self._hand_out(body)

    def _hand_out(self, body: Any) -> None:
        room = self._rooms.find(body["room"])
        if room is None:
            return
        if body["number"] not in room.guests:
            self._early.append((self._clock() + EARLY_S, body))  # its speaker's pose is still on its way
            return
        for member in room.life.hearers(body["number"]):
            member.tell(body["frame"], body["mark"])

    def _retry_early(self) -> None:
        """Hand out what was said by people who are known by now."""
        now, early, self._early = self._clock(), self._early, []
        for until, body in early:
            room = self._rooms.find(body["room"])
            if room is not None and body["number"] in room.guests:
                self._hand_out(body)
            elif now < until and len(self._early) < EARLY_MOST:
                self._early.append((until, body))

    def _forget(self, node: str) -> None:
        """A server is gone, and its people with it."""
        self.others.pop(node, None)
        for key in [key for key in self._guests if key[0] == node]:
            room = self._rooms.find(key[1])
            for number in self._guests.pop(key):
                if room is not None:
                    room.leave_guest(number)

    def closed(self, room: Room) -> None:
        """A room has nobody left here."""
        for waiting in (self._moved, self._news):
            waiting.pop(room, None)
        for key in [key for key in self._guests if key[1] == room.name]:
            del self._guests[key]

    def _is_new(self, mark: str) -> bool:
        if mark in self._marks:
            return False
        self._marks[mark] = None
        if len(self._marks) > MARKS_KEPT:
            del self._marks[next(iter(self._marks))]
        return True
