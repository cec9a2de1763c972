"""Audio frames: exact bytes, round trip, and a named error for anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire.audio import AudioError, AudioFrame, decode_audio, encode_audio

U32 = st.integers(0, 2**32 - 1)
FRAMES = st.builds(
    AudioFrame,
    stream=U32,
    sequence=U32,
    first_sample=st.integers(0, 2**64 - 1),
    sample_rate=st.integers(8000, 96000),
    samples=st.binary(min_size=4, max_size=400).map(lambda b: b[: len(b) // 4 * 4]),
    channels=st.sampled_from([1, 2]),
)


@given(FRAMES)
def test_a_frame_reads_back_as_it_was_written(frame: AudioFrame) -> None:
    assert decode_audio(encode_audio(frame)) == frame


@given(st.binary(max_size=80))
def test_any_bytes_give_a_frame_or_a_named_error(data: bytes) -> None:
    try:
        frame = decode_audio(data)
    except AudioError:
        return
    assert encode_audio(frame) == data


def test_the_layout_is_the_documented_one() -> None:
    data = encode_audio(
        AudioFrame(stream=2, sequence=3, first_sample=320, sample_rate=16000, samples=b"\x01\x00\xff\x7f")
    )
    assert data.hex() == "01010001" + "02000000" + "03000000" + "4001000000000000" + "803e0000" + "0100ff7f"


def test_duration_counts_samples_per_channel() -> None:
    assert AudioFrame(1, 0, 0, 16000, bytes(1280), channels=2).duration_s == pytest.approx(0.02)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({0: 2}, "byte 0 is kind 2"),
        ({1: 9}, "byte 1 is version 9"),
        ({2: 1}, "byte 2 is codec 1"),
        ({3: 0}, "channel count 0"),
        ({20: 0, 21: 0}, "sample rate 0"),
    ],
)
def test_each_wrong_byte_is_named(change: dict[int, int], says: str) -> None:
    data = bytearray(encode_audio(AudioFrame(1, 0, 0, 16000, b"\x00\x00")))
    for at, value in change.items():
        data[at] = value
    with pytest.raises(AudioError, match=says):
        decode_audio(bytes(data))


def test_half_a_sample_and_an_empty_frame_are_refused() -> None:
    head = encode_audio(AudioFrame(1, 0, 0, 16000, b"\x00\x00"))[:24]
    for samples in (b"", b"\x00"):
        with pytest.raises(AudioError, match="whole number"):
            decode_audio(head + samples)
    with pytest.raises(AudioError, match="header needs 24"):
        decode_audio(head[:23])
    with pytest.raises(AudioError, match="does not fit"):
        encode_audio(AudioFrame(2**32, 0, 0, 16000, b"\x00\x00"))
