"""The outbox core of one connection: what to send next, without sockets and without a clock.

Three lanes. *Reliable*: messages that must arrive in order; bounded, and a client too slow to take them is let go
(4408). *Latest*: only the newest message of each key matters (progress, loudness); an older one is overwritten.
*Speech*: clauses and audio frames of utterances, in order, sent as they will be heard with a lead of 400 ms, so that
an interruption has little to take back; a whole utterance can be dropped at once.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

LEAD_S = 0.4
"""Audio that may lie at the client before it is heard, seconds."""
MAX_MESSAGES = 256
MAX_BYTES = 1_048_576
MAX_SPEECH_S = 120.0
"""Audio that may wait here, seconds; the speaker must be held back long before."""

Frame = str | bytes


class TooSlowError(Exception):
    """The client does not take its messages: close with 4408."""


@dataclass(slots=True)
class _Speech:
    utterance: int
    frame: Frame
    duration_s: float


class Outbox:
    """Frames waiting for one client. Times are seconds of any steady clock."""

    def __init__(self) -> None:
        self._reliable: deque[Frame] = deque()
        self._bytes = 0
        self._latest: dict[str, Frame] = {}
        self._speech: deque[_Speech] = deque()
        self._waiting_s = 0.0
        self._heard_until = 0.0
        self._held_at: float | None = None
        self.sounding: int | None = None
        """The utterance whose audio was taken last."""
        self.dropped = 0

    def put(self, frame: Frame) -> None:
        """Queue a frame that must arrive. Raises TooSlowError when the client has fallen too far behind."""
        self._reliable.append(frame)
        self._bytes += len(frame)
        if len(self._reliable) > MAX_MESSAGES or self._bytes > MAX_BYTES:
            raise TooSlowError(f"{len(self._reliable)} messages, {self._bytes} bytes wait for the client")

    def put_latest(self, key: str, frame: Frame) -> None:
        """Queue a frame of which only the newest per key matters."""
        if key in self._latest:
            self.dropped += 1
            del self._latest[key]
        self._latest[key] = frame

    def holds(self, key: str) -> bool:
        """Whether a frame of this key waits."""
        return key in self._latest

    def put_speech(self, utterance: int, frame: Frame, duration_s: float = 0.0) -> None:
        """Queue a clause (no duration) or its audio. Raises TooSlowError beyond 120 s of waiting audio."""
        self._speech.append(_Speech(utterance, frame, duration_s))
        self._waiting_s += duration_s
        if self._waiting_s > MAX_SPEECH_S:
            raise TooSlowError(f"{self._waiting_s:.0f} s of speech wait for the client")

    def drop_speech(self, utterance: int, now: float) -> None:
        """Forget everything of the utterance that has not been sent; what the client holds of it is flushed there."""
        kept = [piece for piece in self._speech if piece.utterance != utterance]
        self.dropped += len(self._speech) - len(kept)
        self._speech = deque(kept)
        self._waiting_s = sum(piece.duration_s for piece in kept)
        if self.sounding == utterance:
            self._heard_until = min(self._heard_until, now)

    def hold_speech(self, now: float) -> None:
        """The client waits in silence: send it no more speech."""
        if self._held_at is None:
            self._held_at = now

    def release_speech(self, now: float) -> None:
        """The client plays on from where it waited."""
        if self._held_at is not None:
            self._heard_until += now - self._held_at if self._heard_until > self._held_at else 0.0
            self._held_at = None

    def ahead_s(self, now: float) -> float:
        """Seconds of speech between now and the last sample known here: waiting here and lying at the client."""
        now = now if self._held_at is None else self._held_at
        return self._waiting_s + max(0.0, self._heard_until - now)

    @property
    def empty(self) -> bool:
        """Nothing waits, of any lane."""
        return not (self._reliable or self._latest or self._speech)

    @property
    def pressing(self) -> bool:
        """Something waits that could be sent at once."""
        return bool(self._reliable or self._latest)

    @property
    def owes(self) -> bool:
        """Messages that must arrive wait."""
        return bool(self._reliable)

    def take(self, now: float) -> Frame | None:
        """The next frame that may be sent now, None when there is none (see ``wait_s``)."""
        if self._reliable:
            frame = self._reliable.popleft()
            self._bytes -= len(frame)
            return frame
        if self._speech and self._speech_wait(now) <= 0.0:
            piece = self._speech.popleft()
            self._waiting_s = max(0.0, self._waiting_s - piece.duration_s)
            if piece.duration_s:
                self._heard_until = max(self._heard_until, now) + piece.duration_s
                self.sounding = piece.utterance
            return piece.frame
        if self._latest:
            return self._latest.pop(next(iter(self._latest)))
        return None

    def wait_s(self, now: float) -> float | None:
        """Seconds until ``take`` gives a frame; None when only a new frame can change that."""
        if self._reliable or self._latest:
            return 0.0
        return max(0.0, self._speech_wait(now)) if self._speech and self._held_at is None else None

    def _speech_wait(self, now: float) -> float:
        """A clause may go when its first sample may; so it is bound by the same lead."""
        return self._heard_until - now - LEAD_S if self._held_at is None else math.inf
