"""The session core: what each frame of one connection means, without sockets and without a clock.

The shell tells it which frames came and what time it is (seconds of any steady clock); it answers with things to do,
in order: ``Reply`` (send this), ``Open`` (hello was accepted), ``Take`` (a message for the journeys), ``TakeAudio``,
``Close``. Rules: hello within 5 s; before it every other frame gets an error message; an unknown type or a broken
message gets an error, never a hang-up; a frame over 64 KiB closes with 1009; audio belongs to the stream that the last
``listen`` announced; a flood is dropped with one error a second,
and ends the connection with 4429 when it does not stop.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from wire.audio import AudioError, AudioFrame, decode_audio
from wire.codes import (
    CLOSE_FLOOD,
    CLOSE_NO_HELLO,
    CLOSE_NOT_ALLOWED,
    CLOSE_TOO_BIG,
    CLOSE_UNKNOWN,
    MAX_FRAME_BYTES,
    MEANINGS,
    VERSION,
    ErrorCode,
)
from wire.messages import FromClient
from wire.messages.session import ErrorMessage, Hello
from wire.messages.speech import Listen, ListenEnd
from wire.pose import KIND_POSES, PoseError, PoseRecord, decode_own
from wire.text import BadFieldsError, MessageError, UnknownTypeError, decode_from_client

HELLO_WITHIN_S = 5.0
FRAMES_PER_S = 200.0
"""Sustained rate above which frames are dropped: 20 ms audio (50), poses (20) and room for chunks of 10 ms."""
BURST = 400.0
DROPPED_MAX = 10_000
"""Frames dropped in one flood before the connection is ended. A flood is over when half the burst is free again."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Send this message."""

    message: ErrorMessage


@dataclass(frozen=True, slots=True)
class Open:
    """Hello was accepted: answer with welcome. ``hello.resume`` names the session to go on with, if any."""

    hello: Hello


@dataclass(frozen=True, slots=True)
class Take:
    """A message for the journeys."""

    message: FromClient


@dataclass(frozen=True, slots=True)
class TakeAudio:
    """A piece of the stream that is being listened to."""

    frame: AudioFrame


@dataclass(frozen=True, slots=True)
class Close:
    """End the connection with this code."""

    code: int
    reason: str


class TakePose(NamedTuple):  # a tuple, because thousands are made in a second
    """Where the client is now."""

    level: int
    pose: PoseRecord


Do = Reply | Open | Take | TakeAudio | TakePose | Close
POSES = bytes([KIND_POSES])
Admission = Literal["admitted", "unknown", "not_allowed"]


def admit_all(_: Hello) -> Admission:
    """Let everybody in."""
    return "admitted"


class Session:
    """One connection. ``admit`` judges a hello's token, ``may_send`` a type of message; neither may block."""

    def __init__(
        self,
        now: float,
        admit: Callable[[Hello], Admission] = admit_all,
        may_send: Callable[[str], bool] = lambda _: True,
    ) -> None:
        self._admit, self._may_send = admit, may_send
        self._may_speak = self._may_move = False
        self._deadline = now + HELLO_WITHIN_S
        self._listen: Listen | None = None
        self._told_streams: set[int] = set()
        self._budget = BURST
        self._filled_at = now
        self._flood_told_at = float("-inf")
        self._dropped = 0
        self.opened = False
        self.closed = False
        self.flooded = False
        """The last frame was dropped because too many came."""

    @property
    def deadline(self) -> float | None:
        """When ``tick`` must be called next, None when no time limit runs."""
        return None if self.opened or self.closed else self._deadline

    def tick(self, now: float) -> list[Do]:
        """Time has passed."""
        if self.deadline is not None and now >= self._deadline:
            return [self._close(CLOSE_NO_HELLO, "no hello within 5 s")]
        return []

    def on_text(self, data: str | bytes, now: float) -> list[Do]:
        """A text frame came."""
        if self.closed:
            return []
        if _size(data) > MAX_FRAME_BYTES:
            return [self._close(CLOSE_TOO_BIG, f"a frame is longer than {MAX_FRAME_BYTES} bytes")]
        late = self.tick(now)
        if late:
            return late
        if not self._within_rate(now):
            return self._flooded(now)
        try:
            message = decode_from_client(data)
        except MessageError as fault:
            return [_error(self._code_of(fault), str(fault), fault.of)]
        return self._on_message(message)

    def on_binary(self, data: bytes, now: float) -> list[Do]:
        """A binary frame came."""
        if self.closed:
            return []
        if len(data) > MAX_FRAME_BYTES:
            return [self._close(CLOSE_TOO_BIG, f"a frame is longer than {MAX_FRAME_BYTES} bytes")]
        late = [] if self.opened else self.tick(now)
        if late:
            return late
        if not self._within_rate(now):
            return self._flooded(now)
        if not self.opened:
            return [_error("hello_expected", "say hello before sending audio", "audio")]
        if not (self._may_move if data[:1] == POSES else self._may_speak):
            return [_not_allowed("pose" if data[:1] == POSES else "audio")]
        if data[:1] == POSES:
            return _on_poses(data)
        try:
            frame = decode_audio(data)
        except AudioError as fault:
            return [_error("bad_audio", str(fault), "audio")]
        return self._on_audio(frame)

    def _on_message(self, message: FromClient) -> list[Do]:
        if isinstance(message, Hello):
            return self._on_hello(message)
        if not self.opened:
            return [_error("hello_expected", f"say hello before {message.type}", message.type)]
        if not self._may_send(message.type):
            return [_not_allowed(getattr(message, "id", None) or message.type)]
        if isinstance(message, Listen):
            self._listen = message
            self._told_streams.discard(message.stream)
        elif isinstance(message, ListenEnd):
            if self._listen is None or self._listen.stream != message.stream:
                return [_error("audio_unexpected", f"stream {message.stream} is not being listened to", "listen_end")]
            self._listen = None
            self._told_streams.add(message.stream)  # frames already under way are no news
        return [Take(message)]

    def _on_hello(self, hello: Hello) -> list[Do]:
        if self.opened:
            return [_error("hello_repeated", MEANINGS["hello_repeated"].text, "hello")]
        if hello.version != VERSION:
            text = f"version {hello.version} is not spoken here; this server speaks {VERSION}"
            return [_error("version_unsupported", text, "hello")]
        verdict = self._admit(hello)
        if verdict == "unknown":
            refusal = _error("not_authorised", MEANINGS["not_authorised"].text, "hello")
            return [refusal, self._close(CLOSE_UNKNOWN, "unknown token")]
        if verdict == "not_allowed":
            refusal = _error("not_allowed", MEANINGS["not_allowed"].text, "hello")
            return [refusal, self._close(CLOSE_NOT_ALLOWED, "not allowed")]
        self.opened = True
        self._may_speak, self._may_move = self._may_send("audio"), self._may_send("pose")
        return [Open(hello)]

    def _on_audio(self, frame: AudioFrame) -> list[Do]:
        heard = self._listen
        if heard is None or heard.stream != frame.stream:
            if frame.stream in self._told_streams:
                return []
            if len(self._told_streams) < 64:
                self._told_streams.add(frame.stream)
            text = f"stream {frame.stream} is not being listened to; send listen first"
            return [_error("audio_unexpected", text, "audio")]
        if frame.sample_rate != heard.sample_rate:
            text = f"the frame has {frame.sample_rate} samples a second, listen announced {heard.sample_rate}"
            return [_error("bad_audio", text, "audio")]
        return [TakeAudio(frame)]

    def _within_rate(self, now: float) -> bool:
        if now > self._filled_at:
            budget = self._budget + (now - self._filled_at) * FRAMES_PER_S
            self._budget = budget if budget < BURST else BURST
        self._filled_at = now
        self.flooded = self._budget < 1.0
        if self.flooded:
            return False
        if self._budget > BURST / 2:
            self._dropped = 0
        self._budget -= 1.0
        return True

    def _flooded(self, now: float) -> list[Do]:
        self._dropped += 1
        if self._dropped > DROPPED_MAX:
            return [self._close(CLOSE_FLOOD, f"more than {FRAMES_PER_S:.0f} frames a second for too long")]
        if now - self._flood_told_at < 1.0:
            return []
        self._flood_told_at = now
        return [_error("rate_limited", f"more than {FRAMES_PER_S:.0f} frames a second; some were dropped", None)]

    def _close(self, code: int, reason: str) -> Close:
        self.closed = True
        return Close(code, reason)

    def _code_of(self, fault: MessageError) -> ErrorCode:
        if isinstance(fault, UnknownTypeError):
            return "unknown_type" if self.opened else "hello_expected"
        if isinstance(fault, BadFieldsError) and not self.opened and fault.of != "hello":
            return "hello_expected"
        return "bad_message"


def _on_poses(data: bytes) -> list[Do]:
    try:
        return [TakePose(*decode_own(data))]
    except PoseError as fault:
        return [_error("bad_pose", str(fault), "pose")]


def _error(code: ErrorCode, text: str, of: str | None) -> Reply:
    return Reply(ErrorMessage(code=code, message=text, retryable=MEANINGS[code].retryable, of=of))


def _not_allowed(of: str) -> Reply:
    return _error("not_allowed", MEANINGS["not_allowed"].text, of)


def _size(data: str | bytes) -> int:
    """Bytes on the wire; text that is surely too long is not encoded just to be counted."""
    if isinstance(data, bytes) or len(data) > MAX_FRAME_BYTES:
        return len(data)
    return len(data.encode("utf-8", "surrogatepass"))
