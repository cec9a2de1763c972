"""A client for tests over a real websocket: sends anything, waits for what it is told to wait for."""

from __future__ import annotations

import json
import time
from typing import Any

import numpy as np
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from wire.audio import AudioFrame, decode_audio, encode_audio
from wire.pose import KIND_POSES, PoseFrame, decode_poses
from wire.text import decode_to_client

EVERYTHING = ("speech_in", "speech_out", "visemes", "captions", "map", "poses")


class Client:
    """One connection. Every message that arrives is checked against the wire's own description."""

    def __init__(self, port: int, hello: bool = True, **fields: Any) -> None:
        self._opening = connect(
            f"ws://127.0.0.1:{port}/v1/ws",
            subprotocols=["shelfway.v1"],  # type: ignore[list-item]
            max_size=None,
            max_queue=None,
            compression=None,
            origin=fields.pop("origin", None),
        )
        self.socket: ClientConnection = self._opening.__enter__()
        self.got: list[dict[str, Any]] = []
        self.audio: list[AudioFrame] = []
        self.poses: list[PoseFrame] = []
        self.welcome: dict[str, Any] = {}
        if hello:
            body = {"type": "hello", "version": 1, "client": "kiosk", "capabilities": EVERYTHING, **fields}
            self.say(**body)
            self.welcome = self.wait("welcome")

    def say(self, **message: Any) -> None:
        self.socket.send(json.dumps(message))

    def wait(self, kind: str, within_s: float = 60.0, **fields: Any) -> dict[str, Any]:
        """The next message of a type with these fields; everything before it is kept in ``got``."""
        until = time.monotonic() + within_s
        while True:
            frame = self.socket.recv(timeout=max(0.01, until - time.monotonic()))
            message = self.take(frame)
            if message is None:
                continue
            if message["type"] == kind and all(message.get(k) == v for k, v in fields.items()):
                return message

    def take(self, frame: str | bytes) -> dict[str, Any] | None:
        """Keep a frame; the message, if it is one."""
        if isinstance(frame, bytes) and frame[0] == KIND_POSES:
            self.poses.append(decode_poses(frame))
            self.on_poses(self.poses[-1])
            return None
        if isinstance(frame, bytes):
            self.audio.append(decode_audio(frame))
            return None
        assert "Traceback" not in frame
        assert "secret" not in frame
        decode_to_client(frame)
        message: dict[str, Any] = json.loads(frame)
        self.got.append(message)
        self.on_message(message)
        return message

    def on_poses(self, frame: PoseFrame) -> None:
        """Poses have come; for clients that draw them."""

    def on_message(self, message: dict[str, Any]) -> None:
        """A message has come; for clients that keep something of it."""

    def code_when_closed(self, within_s: float = 60.0) -> int | None:
        """The close code, after reading everything that comes before it."""
        until = time.monotonic() + within_s
        try:
            while True:
                frame = self.socket.recv(timeout=max(0.01, until - time.monotonic()))
                if isinstance(frame, str):
                    self.got.append(json.loads(frame))
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd is not None else None

    def codes(self) -> list[str]:
        return [m["code"] for m in self.got if m["type"] == "error"]

    def speak(self, stream: int, level: float, seconds: float, mode: str = "push", rate: int = 16_000) -> None:
        """Send a tone as if from a microphone that has just been switched on."""
        self.say(type="listen", stream=stream, mode=mode, sample_rate=rate, lang="en")
        self.rate, self.number, self.at = rate, 0, 0
        self.tone(stream, level, seconds)
        if mode == "push":
            self.say(type="listen_end", stream=stream)

    def tone(self, stream: int, level: float, seconds: float) -> None:
        """Go on sending sound, without waiting between frames."""
        at = np.arange(int(self.rate * seconds)) / self.rate
        pcm = (np.sin(2 * np.pi * 300 * at) * level * 32767).astype("<i2")
        size = self.rate // 10
        for start in range(0, len(pcm), size):
            piece = pcm[start : start + size].tobytes()
            self.socket.send(encode_audio(AudioFrame(stream, self.number, self.at, self.rate, piece)))
            self.number, self.at = self.number + 1, self.at + len(piece) // 2

    def silence(self, stream: int, seconds: float) -> None:
        """Go on sending nothing but silence."""
        self.tone(stream, 0.0, seconds)

    def close(self) -> None:
        self._opening.__exit__(None, None, None)
