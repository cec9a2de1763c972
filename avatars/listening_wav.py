"""A recorded question: a WAV file of any rate, width and number of channels → what the engines hear."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from avatars.engines import HEARING_RATE, EngineMissing, Samples, find_missing, load_class
from avatars.errors import AvatarError

LONGEST_S: Final = 60.0
SHORTEST_VOICE_S: Final = 0.15
_FRAME: Final = 320
_WAV: Final = ("WAV", "WAVEX", "RF64", "W64")


class SoundError(AvatarError):
    """The file cannot be heard. ``code``: not_wav, empty_sound, too_long or no_speech."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


def read_wav(path: Path) -> Samples:
    """float32 (n,), 16 kHz mono, −1…1. Raises SoundError, OSError, EngineMissing."""
    try:
        import soundfile
        import soxr
    except ImportError as error:
        raise EngineMissing(f"reading sound needs {error.name}: pip install 'shelfway[speech]'") from error
    with path.open("rb") as file:
        if not file.read(1):
            raise SoundError("the file is empty; record the question again", "empty_sound")
        file.seek(0)
        try:
            with soundfile.SoundFile(file) as sound:
                if sound.format not in _WAV:
                    raise SoundError(f"this is a {sound.format} file; convert it to WAV", "not_wav")
                rate = sound.samplerate
                if sound.frames == 0:
                    raise SoundError("the file holds no samples; record the question again", "empty_sound")
                if sound.frames / rate > LONGEST_S:
                    raise SoundError(
                        f"the recording lasts {sound.frames / rate:.0f} s; at most {LONGEST_S:.0f} s are heard at once",
                        "too_long",
                    )
                found = sound.read(dtype="float32", always_2d=True)
        except soundfile.LibsndfileError as error:
            raise SoundError("this is not a WAV file, or it is broken; convert it to WAV", "not_wav") from error
    samples = np.nan_to_num(found.mean(axis=1), nan=0.0, posinf=1.0, neginf=-1.0).astype(np.float32)
    if rate != HEARING_RATE:
        samples = np.asarray(soxr.resample(samples, rate, HEARING_RATE), dtype=np.float32)
    heard: Samples = np.clip(samples, -1.0, 1.0)
    return heard


def check_voice(samples: Samples) -> None:
    """Raises SoundError when nobody speaks."""
    detector = load_class("webrtc" if find_missing("webrtc") is None else "energy")()
    whole = len(samples) // _FRAME * _FRAME
    voiced = sum(detector.feed(samples[at : at + _FRAME]) for at in range(0, whole, _FRAME))
    if voiced * _FRAME / HEARING_RATE < SHORTEST_VOICE_S:
        raise SoundError("nobody speaks in this recording; speak closer to the microphone", "no_speech")
