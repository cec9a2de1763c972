"""Speech by espeak-ng: English and Mandarin, intelligible, small and quick, on any machine.

espeak-ng is GPL-3 and keeps global state, so it runs in worker processes of its own (``espeak_worker.py``), joined to
us by pipes. A worker starts when first needed, is replaced when it dies and ends with us.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import queue
import struct
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import numpy as np

from avatars.engines import ENGINES, EngineError, EngineMissing, Mark, Phoneme, SpeechChunk, Stop, find_missing

_WORKER: Final = Path(__file__).with_name("espeak_worker.py")
_READY, _CHUNK, _DONE, _FAILED, _PHONEMES = range(5)
_HEAD: Final = struct.Struct("<BII")
_live: weakref.WeakSet[_Worker] = weakref.WeakSet()


class _Worker:
    """One process. ``ask`` is for one caller at a time; the pool sees to that."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._last = 0
        self.sample_rate = 22_050
        _live.add(self)

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-P", str(_WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._process = process
        try:
            kind, head, _ = self._receive(process)
        except EOFError:
            self.close()
            raise EngineError("espeak-ng's worker process did not start", retryable=False) from None
        if kind != _READY:
            self.close()
            raise EngineError("espeak-ng's worker process answered out of turn")
        self.sample_rate = int(head["sample_rate"])
        return process

    @staticmethod
    def _receive(process: subprocess.Popen[bytes]) -> tuple[int, dict[str, Any], bytes]:
        assert process.stdout is not None
        start = process.stdout.read(_HEAD.size)
        if len(start) < _HEAD.size:
            raise EOFError
        kind, head_length, pcm_length = _HEAD.unpack(start)
        rest = process.stdout.read(head_length + pcm_length)
        if len(rest) < head_length + pcm_length:
            raise EOFError
        return kind, json.loads(rest[:head_length]), rest[head_length:]

    def _send(self, process: subprocess.Popen[bytes], request: dict[str, Any]) -> None:
        assert process.stdin is not None
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()

    def ask(self, request: dict[str, Any], stop: Stop | None = None) -> Iterator[tuple[int, dict[str, Any], bytes]]:
        """Replies to one request. A worker found dead before its first reply is replaced once."""
        self._last += 1
        request = {**request, "id": self._last}
        answered = finished = False
        for attempt in (1, 2):
            process = self._process
            if process is None or process.poll() is not None:
                self.close()
                process = self._start()
            try:
                self._send(process, request)
                while True:
                    kind, head, pcm = self._receive(process)
                    answered = True
                    if kind in (_DONE, _FAILED):
                        finished = True
                        if kind == _FAILED:
                            raise EngineError(f"espeak-ng: {head['error']}")
                        return
                    if stop is not None and stop():
                        return
                    yield kind, head, pcm
            except (EOFError, BrokenPipeError) as error:
                finished = True
                self.close()
                if answered or attempt == 2:
                    raise EngineError("espeak-ng's worker process died while speaking", retryable=True) from error
                finished = False
            finally:
                if answered and not finished:
                    self._abandon(process)

    def _abandon(self, process: subprocess.Popen[bytes]) -> None:
        """Tells the worker to stop and reads on to the end of the reply, so that the next request starts clean."""
        try:
            self._send(process, {"do": "stop", "id": self._last})
            while self._receive(process)[0] not in (_DONE, _FAILED):
                pass
        except (EOFError, BrokenPipeError):
            self.close()

    def close(self) -> None:
        """Ends the process and reaps it."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        try:
            process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@atexit.register
def _close_all() -> None:
    for worker in list(_live):
        worker.close()


@dataclass(frozen=True, slots=True)
class EspeakSettings:
    """``rate_wpm``: words a minute. ``pitch``: 0…100. ``workers``: processes, hence voices at one time."""

    voice_en: str = "en-us+f3"
    voice_zh: str = "cmn+f3"
    rate_wpm: int = 160
    rate_zh_wpm: int = 170
    pitch: int = 50
    workers: int = 2


class EspeakSpeaker:
    """Speaks; may be used from several threads, as many at once as there are workers."""

    capabilities = ENGINES["espeak"].capabilities
    mixes = True
    """Its Chinese voice reads Latin words among Chinese ones."""

    def __init__(self, settings: EspeakSettings | None = None) -> None:
        missing = find_missing("espeak")
        if missing:
            raise EngineMissing(missing)
        self.settings = settings or EspeakSettings()
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._workers = [_Worker() for _ in range(max(1, self.settings.workers))]
        for worker in reversed(self._workers):
            self._idle.put(worker)
        self._closing = threading.Lock()

    @contextlib.contextmanager
    def _worker(self) -> Iterator[_Worker]:
        worker = self._idle.get()
        try:
            yield worker
        finally:
            self._idle.put(worker)

    def speak(
        self, text: str, lang: str, stop: Stop | None = None, *, voice: str | None = None, rate_wpm: int | None = None
    ) -> Iterator[SpeechChunk]:
        """Speech as it is made, 60 ms or so a chunk. ``voice``: espeak-ng's name, instead of the language's."""
        chinese = lang.startswith("zh")
        request = {
            "do": "speak",
            "text": text.replace("\0", " "),
            "voice": voice or (self.settings.voice_zh if chinese else self.settings.voice_en),
            "rate": rate_wpm or (self.settings.rate_zh_wpm if chinese else self.settings.rate_wpm),
            "pitch": self.settings.pitch,
        }
        if not text.strip():
            return
        with self._worker() as worker, contextlib.closing(cast("Any", worker.ask(request, stop))) as replies:
            for _, head, pcm in replies:
                yield SpeechChunk(
                    np.frombuffer(pcm, dtype="<i2").astype(np.int16, copy=False),
                    worker.sample_rate,
                    tuple(Mark(at, at + max(1, length), ms / 1000) for at, length, ms in head["words"]),
                    tuple(Phoneme(ipa, ms / 1000) for ipa, ms in head["phonemes"]),
                )

    def list_phonemes(self, texts: Sequence[str], voice: str = "en-us") -> list[str]:
        """IPA of each text, "_" between sounds and a blank between words."""
        if not texts:
            return []
        with self._worker() as worker:
            for kind, head, _ in worker.ask({"do": "phonemes", "texts": list(texts), "voice": voice}):
                if kind == _PHONEMES:
                    found: list[str] = head["phonemes"]
                    return found
        raise EngineError("espeak-ng's worker gave no phonemes", retryable=True)

    def close(self) -> None:
        """Ends the worker processes; a later call starts new ones."""
        with self._closing:
            for worker in self._workers:
                worker.close()
