"""The closed list of error codes and of close codes, each with its meaning.

A code is added, never renamed or reused. ``retryable``: the same message may succeed later without being changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

VERSION = 1
"""The protocol version this package speaks."""

SUBPROTOCOL = "shelfway.v1"
MAX_FRAME_BYTES = 65_536
"""A longer frame closes the connection with 1009."""

ErrorCode = Literal[
    "hello_expected",
    "hello_repeated",
    "version_unsupported",
    "bad_message",
    "unknown_type",
    "bad_audio",
    "audio_unexpected",
    "bad_pose",
    "not_entered",
    "text_refused",
    "muted",
    "unknown_person",
    "unknown_note",
    "no_tour",
    "rate_limited",
    "busy",
    "not_authorised",
    "not_allowed",
    "unknown_place",
    "ambiguous_place",
    "unknown_record",
    "no_shelf",
    "listening_unavailable",
    "speaking_unavailable",
    "nothing_understood",
    "too_long",
    "timed_out",
    "not_ready",
    "blocked",
    "in_review",
    "cannot_paint",
    "internal",
]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code says, for the reference page and for people who read logs."""

    text: str
    retryable: bool


MEANINGS: dict[ErrorCode, Meaning] = {
    "hello_expected": Meaning("A frame came before hello was accepted; say hello first.", False),
    "hello_repeated": Meaning("Hello was already accepted on this connection.", False),
    "version_unsupported": Meaning("The protocol version in hello is not spoken here.", False),
    "bad_message": Meaning("A text frame is not a message: not JSON, or a field is missing or wrong.", False),
    "unknown_type": Meaning("The message's type is not known here; other messages still work.", False),
    "bad_audio": Meaning("A binary frame is not an audio frame of this protocol, or differs from its listen.", False),
    "audio_unexpected": Meaning("Audio came for a stream that no listen has announced.", False),
    "bad_pose": Meaning("A binary frame is not a pose frame of this protocol, or holds not one pose.", False),
    "not_entered": Meaning("Only who has entered can do this; send enter first.", False),
    "text_refused": Meaning("The text may not be said here; others did not get it.", False),
    "muted": Meaning("Staff have asked this person to be silent for a while; others did not get it.", False),
    "unknown_person": Meaning("Nobody in the room has this number.", False),
    "unknown_note": Meaning("There is no such note in the room.", False),
    "no_tour": Meaning("No tour is under way in this room, or there is none of that name.", False),
    "rate_limited": Meaning("Messages come faster than the server accepts; some were dropped.", True),
    "busy": Meaning("Too much work is waiting on this connection or in this server.", True),
    "not_authorised": Meaning("The token in hello is unknown.", False),
    "not_allowed": Meaning("The client may not do this.", False),
    "unknown_place": Meaning("No place, shelf or item of this home has that name or id.", False),
    "ambiguous_place": Meaning("Several places have that name.", False),
    "unknown_record": Meaning("The catalogue holds no record with this id.", False),
    "no_shelf": Meaning("The item stands on no shelf of the shelf list.", False),
    "listening_unavailable": Meaning("Speech in this language cannot be heard here; typing works.", False),
    "speaking_unavailable": Meaning("The voice failed; the text has been sent.", True),
    "nothing_understood": Meaning("Speech was heard but could not be understood.", True),
    "too_long": Meaning("The spoken turn is longer than the server listens at once.", False),
    "timed_out": Meaning("The work took longer than its limit and was given up.", True),
    "not_ready": Meaning("The home has no building yet; import a venue.", True),
    "blocked": Meaning("What was asked for may not be shown here.", False),
    "in_review": Meaning("The world is made; staff must approve it before readers get it.", True),
    "cannot_paint": Meaning("The world could not be painted.", True),
    "internal": Meaning("A fault of the server; its log has the cause.", True),
}

CLOSE_NORMAL = 1000
CLOSE_TOO_BIG = 1009
CLOSE_FAULT = 1011
CLOSE_RESTART = 1012
CLOSE_NO_HELLO = 4400
CLOSE_UNKNOWN = 4401
CLOSE_NOT_ALLOWED = 4403
CLOSE_TOO_SLOW = 4408
CLOSE_FLOOD = 4429

CLOSE_CODES: dict[int, str] = {
    CLOSE_NORMAL: "The client or the server has finished.",
    CLOSE_TOO_BIG: "A frame was longer than 64 KiB; connect again and resume.",
    CLOSE_FAULT: "A fault of the server ended the connection; connect again and resume.",
    CLOSE_RESTART: "The server restarts; a goaway message came before; connect again and resume.",
    CLOSE_NO_HELLO: "No hello was accepted within 5 seconds.",
    CLOSE_UNKNOWN: "The token is unknown.",
    CLOSE_NOT_ALLOWED: "The client may not connect like this.",
    CLOSE_TOO_SLOW: "The client reads too slowly; connect again and resume.",
    CLOSE_FLOOD: "The client sent far more than is taken, and did not slow down; wait, connect again and resume.",
}


def list_codes() -> tuple[ErrorCode, ...]:
    """Every error code, in the order of the list."""
    return get_args(ErrorCode)


AUDIO_LAYOUT: dict[str, int] = {
    "kind": 1,
    "version": 1,
    "pcm16": 0,
    "headerBytes": 24,
    "channelsAt": 3,
    "streamAt": 4,
    "sequenceAt": 8,
    "firstSampleAt": 12,
    "sampleRateAt": 20,
}
"""Constants and byte offsets of ``wire/audio.py``, for generated clients."""
