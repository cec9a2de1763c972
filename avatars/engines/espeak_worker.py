"""The process in which espeak-ng runs: GPL-3 code on the far side of a pipe, with its global state to itself.

Started by ``espeak.py`` as a script. It reads one JSON line a request from standard input and writes framed replies to
standard output: ``<B kind><I json length><I pcm length>`` little-endian, then JSON, then int16 samples.

Requests: ``{"do": "speak", "id", "text", "voice", "rate", "pitch"}``, ``{"do": "phonemes", "id", "texts", "voice"}``
and ``{"do": "stop", "id"}``, which takes effect while request ``id`` is being spoken. Reply kinds: 0 ready
(``sample_rate``), 1 a chunk of speech (``words`` as [start, length, ms], ``phonemes`` as [ipa, ms]), 2 done, 3 failed
(``error``), 4 ``phonemes``. The end of standard input ends the process, so it never outlives its parent.
"""

from __future__ import annotations

import ctypes
import json
import os
import queue
import struct
import sys
import threading
from typing import Any

_SYNCHRONOUS, _UTF8, _POS_CHARACTER, _ENDPAUSE = 2, 1, 1, 0x1000
_PHONEME_EVENTS, _PHONEME_IPA, _DONT_EXIT = 0x1, 0x2, 0x8000
_EVENT_END, _EVENT_WORD, _EVENT_PHONEME = 0, 1, 7
_RATE, _PITCH = 1, 3


class _Id(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_id", ctypes.c_uint),
        ("position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_ms", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user", ctypes.c_void_p),
        ("id", _Id),
    ]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class _Espeak:
    """espeak-ng's library; one request at a time."""

    def __init__(self) -> None:
        import espeakng_loader

        self.lib = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path().encode()
        self.rate = self.lib.espeak_Initialize(_SYNCHRONOUS, 0, data, _PHONEME_EVENTS | _PHONEME_IPA | _DONT_EXIT)
        if self.rate <= 0:
            raise RuntimeError("espeak-ng did not start: its data files are missing or broken")
        self.lib.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self._callback = _Callback(self._on_samples)
        self.lib.espeak_SetSynthCallback(self._callback)
        self.request = 0
        self.stopped: set[int] = set()
        self.aborted = False

    def _on_samples(self, samples: Any, count: int, events: Any) -> int:
        if self.request in self.stopped:
            self.aborted = True
            return 1
        words, phonemes, i = [], [], 0
        while events[i].type != _EVENT_END:
            event = events[i]
            if event.type == _EVENT_WORD:
                words.append([event.position - 1, event.length, event.audio_ms])
            elif event.type == _EVENT_PHONEME:
                phonemes.append([event.id.string.decode("utf-8", "ignore"), event.audio_ms])
            i += 1
        pcm = ctypes.string_at(samples, count * 2) if samples and count else b""
        if pcm or words or phonemes:
            _reply(1, {"id": self.request, "words": words, "phonemes": phonemes}, pcm)
        return 0

    def set_voice(self, name: str) -> None:
        if self.lib.espeak_SetVoiceByName(name.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice {name!r}")

    def speak(self, request: dict[str, Any]) -> None:
        self.set_voice(request["voice"])
        self.lib.espeak_SetParameter(_RATE, int(request["rate"]), 0)
        self.lib.espeak_SetParameter(_PITCH, int(request["pitch"]), 0)
        text = request["text"].encode("utf-8")
        self.lib.espeak_Synth(text, len(text) + 1, 0, _POS_CHARACTER, 0, _UTF8, None, None)

    def phonemes(self, text: str) -> str:
        """IPA with "_" between sounds and a blank between words.

        A speech that was stopped leaves a piece of itself to the first call: another text fetches that away.
        """
        if self.aborted:
            self.aborted = False
            self.phonemes("a")
        raw = ctypes.c_char_p(text.encode("utf-8"))
        at = ctypes.cast(raw, ctypes.c_void_p)
        parts = []
        while at.value:
            said = self.lib.espeak_TextToPhonemes(ctypes.byref(at), _UTF8, _PHONEME_IPA | (ord("_") << 8))
            parts.append((said or b"").decode("utf-8", "ignore"))
        return " ".join(parts)


_out = os.fdopen(os.dup(1), "wb")


def _reply(kind: int, head: dict[str, Any], pcm: bytes = b"") -> None:
    body = json.dumps(head, ensure_ascii=False).encode("utf-8")
    _out.write(struct.pack("<BII", kind, len(body), len(pcm)) + body + pcm)
    _out.flush()


def _read(requests: queue.Queue[dict[str, Any]], espeak: _Espeak) -> None:
    """Reads requests; a stop overtakes the queue. Leaves the process when the parent closes the pipe."""
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if request["do"] == "stop":
            espeak.stopped.add(request["id"])
        else:
            requests.put(request)
    os._exit(0)


def main() -> None:
    os.dup2(2, 1)  # whatever the library prints must not fall among the frames
    espeak = _Espeak()
    requests: queue.Queue[dict[str, Any]] = queue.Queue()
    threading.Thread(target=_read, args=(requests, espeak), daemon=True).start()
    _reply(0, {"sample_rate": espeak.rate})
    while True:
        request = requests.get()
        espeak.request = request["id"]
        try:
            if request["do"] == "speak":
                espeak.speak(request)
            else:
                espeak.set_voice(request["voice"])
                _reply(4, {"id": espeak.request, "phonemes": [espeak.phonemes(text) for text in request["texts"]]})
            _reply(2, {"id": espeak.request})
        except (ValueError, KeyError, TypeError, ctypes.ArgumentError) as error:
            _reply(3, {"id": espeak.request, "error": str(error)})
        espeak.stopped.clear()


if __name__ == "__main__":
    main()
