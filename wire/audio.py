"""Audio frames: a fixed header, then PCM16 samples, all little-endian.

    offset  size  field
    0       1     kind, 1
    1       1     version, 1
    2       1     codec, 0 = PCM16
    3       1     channels, 1 or 2
    4       4     stream id (u32)
    8       4     sequence (u32), one more with each frame of the stream
    12      8     first sample (u64), counted per channel from the start of the stream
    20      4     sample rate (u32)
    24      …     samples (i16), interleaved when there are two channels

Errors: AudioError(ValueError), naming the byte and the value that is wrong.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

HEADER = struct.Struct("<BBBBIIQI")
KIND_AUDIO = 1
AUDIO_VERSION = 1
CODEC_PCM16 = 0
MIN_RATE = 8_000
MAX_RATE = 96_000


class AudioError(ValueError):
    """A binary frame that is not an audio frame of this protocol."""


@dataclass(frozen=True, slots=True)
class AudioFrame:
    """A piece of one stream. ``samples``: PCM16 little-endian bytes; ``first_sample`` counts per channel."""

    stream: int
    sequence: int
    first_sample: int
    sample_rate: int
    samples: bytes
    channels: int = 1

    @property
    def count(self) -> int:
        """Samples per channel in this frame."""
        return len(self.samples) // (2 * self.channels)

    @property
    def duration_s(self) -> float:
        """How long this frame sounds, seconds."""
        return self.count / self.sample_rate


def encode_audio(frame: AudioFrame) -> bytes:
    """The frame's bytes. Raises AudioError when a field does not fit."""
    _check(frame.channels, frame.sample_rate, len(frame.samples))
    try:
        head = HEADER.pack(
            KIND_AUDIO,
            AUDIO_VERSION,
            CODEC_PCM16,
            frame.channels,
            frame.stream,
            frame.sequence,
            frame.first_sample,
            frame.sample_rate,
        )
    except struct.error as fault:
        raise AudioError(f"a header field does not fit its width: {fault}") from fault
    return head + frame.samples


def decode_audio(data: bytes) -> AudioFrame:
    """Read a binary frame. Raises AudioError for anything that is not an audio frame of this protocol."""
    if len(data) < HEADER.size:
        raise AudioError(f"the frame has {len(data)} bytes, its header needs {HEADER.size}")
    kind, version, codec, channels, stream, sequence, first, rate = HEADER.unpack_from(data)
    if kind != KIND_AUDIO:
        raise AudioError(f"byte 0 is kind {kind}; only kind {KIND_AUDIO} (audio) is accepted")
    if version != AUDIO_VERSION:
        raise AudioError(f"byte 1 is version {version}; only {AUDIO_VERSION} is spoken")
    if codec != CODEC_PCM16:
        raise AudioError(f"byte 2 is codec {codec}; only {CODEC_PCM16} (PCM16) is accepted")
    samples = data[HEADER.size :]
    _check(channels, rate, len(samples))
    return AudioFrame(stream, sequence, first, rate, samples, channels)


def _check(channels: int, rate: int, size: int) -> None:
    if channels not in (1, 2):
        raise AudioError(f"channel count {channels} is neither 1 nor 2")
    if not MIN_RATE <= rate <= MAX_RATE:
        raise AudioError(f"sample rate {rate} is outside {MIN_RATE}…{MAX_RATE}")
    if size == 0 or size % (2 * channels):
        raise AudioError(f"{size} bytes of samples are not a whole number of {channels}-channel PCM16 samples")
