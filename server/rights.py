"""Who may do what: one table for every HTTP path and every message of the socket. What stands in no row is staff's.

Roles: *anyone* (no key), *data* (an API key for open data), *kiosk* (a screen for everybody: it asks and leads, but is
nobody whom others meet), *visitor* (an unknown reader), *reader* (signed in), *robot*, *staff*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from wire.session import Admission

Role = Literal["anyone", "data", "kiosk", "visitor", "reader", "robot", "staff"]
ROLES: Final[tuple[Role, ...]] = ("anyone", "data", "kiosk", "visitor", "reader", "robot", "staff")

EVERYBODY: Final = frozenset(ROLES)
CONNECTED: Final = frozenset[Role](("kiosk", "visitor", "reader", "robot", "staff"))
PEOPLE: Final = frozenset[Role](("visitor", "reader", "staff"))
MEETING: Final = frozenset[Role](("visitor", "reader", "robot", "staff"))
ASKING: Final = frozenset[Role](("kiosk", "visitor", "reader", "staff"))
KNOWN: Final = frozenset[Role](("kiosk", "visitor", "reader", "robot", "staff"))
READERS: Final = frozenset[Role](("reader",))
STAFF: Final = frozenset[Role](("staff",))

KIB: Final = 1024
BODY_MAX: Final = 64 * KIB
PAGES: Final = "/{path:path}"
"""Everything else: the built pages."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One HTTP path. ``body_max``: bytes that a request may carry. ``counted``: whether limits of rate apply."""

    method: str
    path: str
    roles: frozenset[Role]
    body_max: int = BODY_MAX
    counted: bool = True
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        exact = re.sub(r"\\\{\w+:path\\\}", ".*", re.escape(self.path))
        object.__setattr__(self, "pattern", re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", exact)))


HTTP: Final = (
    Rule("GET", "/health", EVERYBODY, counted=False),
    Rule("GET", "/ready", EVERYBODY, counted=False),
    Rule("GET", "/metrics", EVERYBODY, counted=False),
    Rule("GET", "/v1/openapi.json", EVERYBODY),
    Rule("GET", "/v1/plan", EVERYBODY),
    Rule("GET", "/v1/find", EVERYBODY),
    Rule("GET", "/v1/suggest", EVERYBODY),
    Rule("GET", "/v1/plan/closed", EVERYBODY),
    Rule("GET", "/v1/tours", EVERYBODY),
    Rule("POST", "/v1/plan/close", STAFF),
    Rule("POST", "/v1/plan/open", STAFF),
    Rule("POST", "/v1/look", EVERYBODY, body_max=16 * KIB * KIB),
    Rule("POST", "/v1/tickets", KNOWN),
    Rule("GET", "/v1/me", EVERYBODY),
    Rule("GET", "/v1/me/consents", READERS),
    Rule("PUT", "/v1/me/consents", READERS),
    Rule("GET", "/v1/me/data", READERS),
    Rule("DELETE", "/v1/me/data", READERS),
    Rule("GET", "/twin/{revision}.glb", EVERYBODY),
    Rule("GET", "/librarian/{look}.glb", EVERYBODY),
    Rule("GET", "/store/{digest}.{ext}", EVERYBODY),
    Rule("GET", "/v1/worlds", EVERYBODY),
    Rule("GET", "/v1/worlds/{digest}.jpg", EVERYBODY),
    Rule("GET", "/staff/worlds", STAFF),
    Rule("POST", "/staff/worlds/{digest}", STAFF),
    Rule("GET", "/staff/answers", STAFF),
    Rule("POST", "/staff/answers/{number}", STAFF),
    Rule("GET", "/staff/answers/{number}/audit", STAFF),
    Rule("GET", "/staff/turns", STAFF),
    Rule("GET", "/staff/audit", STAFF),
    Rule("GET", PAGES, EVERYBODY),
)
"""The first row that fits holds. HEAD is judged as GET."""

MESSAGES: Final[dict[str, frozenset[Role]]] = {
    "hello": CONNECTED,
    "ask": ASKING | {"robot"},
    "guide": CONNECTED,
    "stop_guide": CONNECTED,
    "pose": CONNECTED,
    "listen": ASKING,
    "listen_end": ASKING,
    "audio": ASKING,
    "interrupt": ASKING,
    "playback": ASKING,
    "set_language": CONNECTED,
    "set_speech": CONNECTED,
    "enter": MEETING,
    "leave": MEETING,
    "visibility": MEETING,
    "chat": PEOPLE,
    "pin": MEETING,
    "emote": MEETING,
    "who": MEETING,
    "unpin": MEETING,
    "note": PEOPLE,
    "remove_note": PEOPLE,
    "lead_tour": MEETING,
    "follow_tour": MEETING,
    "steer_tour": MEETING,
    "moderate": STAFF,
    "reset": CONNECTED,
    "ping": CONNECTED,
    "open_world": ASKING,
    "cancel_world": ASKING,
}
"""Type of a message (and "audio") → who may send it."""

CLIENTS: Final[dict[str, frozenset[Role]]] = {"staff": STAFF, "robot": frozenset(("robot", "staff"))}
"""Kinds of client, as hello names them, that need a role; the others need none."""

_OURS: Final = ("/v1/", "/staff/")


def find_rule(method: str, path: str) -> Rule | None:
    """The row of a request; None: no row, so it is staff's. Our own paths do not fall through to the pages."""
    asked = "GET" if method == "HEAD" else method
    for rule in HTTP:
        if rule.method == asked and rule.pattern.fullmatch(path):
            caught = rule.path == PAGES and (path.startswith(_OURS) or methods_of(path) != ())
            return None if caught else rule
    return None


def methods_of(path: str) -> tuple[str, ...]:
    """The methods of one of our own paths; none for a path that is not in the table."""
    return tuple(sorted({rule.method for rule in HTTP if rule.path != PAGES and rule.pattern.fullmatch(path)}))


def may_ask(role: Role, method: str, path: str) -> bool:
    """May this role make this request?"""
    rule = find_rule(method, path)
    return role in (rule.roles if rule is not None else STAFF)


def may_send(role: Role, kind: str) -> bool:
    """May this role send this type of message?"""
    return role in MESSAGES.get(kind, STAFF)


def may_connect(role: Role, client: str) -> Admission:
    """May a client of this kind say hello in this role?"""
    return "admitted" if role in CLIENTS.get(client, CONNECTED) else "not_allowed"
