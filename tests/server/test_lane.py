"""Frames cut without a parser: the same messages however the bytes arrive, and what is wrong is still refused."""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame
from websockets.streams import StreamReader

from server.lane import FrameCutter, make_ready, unmask
from tests.server.client import Client
from wire.codes import MAX_FRAME_BYTES
from wire.pose import PoseFrame, PoseRecord, encode_poses

Connect = Callable[..., Client]
TEXT, BINARY, PING, CONTINUED = 1, 2, 9, 0


def frame(opcode: int, payload: bytes, fin: bool = True, mask: bytes = b"\x01\x02\x03\x04") -> bytes:
    """A client's frame."""
    head = bytes([(0x80 if fin else 0) | opcode])
    size = len(payload)
    if size < 126:
        head += bytes([0x80 | size])
    elif size < 65_536:
        head += struct.pack("!BH", 0x80 | 126, size)
    else:
        head += struct.pack("!BQ", 0x80 | 127, size)
    return head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


frames = st.one_of(
    st.binary(max_size=40).map(lambda data: (BINARY, data)),
    st.binary(min_size=120, max_size=300).map(lambda data: (BINARY, data)),
    st.binary(max_size=40).map(lambda data: (TEXT, data)),
    st.binary(max_size=20).map(lambda data: (PING, data)),
)


@given(sent=st.lists(frames, max_size=12), data=st.data())
def test_however_the_bytes_arrive_the_same_frames_are_cut(sent: list[tuple[int, bytes]], data: st.DataObject) -> None:
    whole = b"".join(frame(opcode, payload) for opcode, payload in sent)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=6)))
    cutter, got = FrameCutter(), []
    for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True):
        piece = whole[start:end]
        if (message := cutter.whole(piece)) is not None:
            got.append((BINARY, message))
            continue
        for payload_at, one in cutter.cut(piece):
            got.append((BINARY, unmask(one, payload_at)) if payload_at else (-1, one))
    wanted = [(BINARY, p) if opcode == BINARY else (-1, frame(opcode, p)) for opcode, p in sent]
    assert got == wanted


def test_fragments_go_to_the_parser_until_the_last_one() -> None:
    cutter = FrameCutter()
    parts = [frame(BINARY, b"ab", fin=False), frame(PING, b"p"), frame(CONTINUED, b"cd"), frame(BINARY, b"ef")]
    assert [at for at, _ in cutter.cut(b"".join(parts))] == [0, 0, 0, 6]


def test_of_a_frame_that_is_too_long_all_goes_to_the_parser() -> None:
    cutter = FrameCutter()
    long = frame(BINARY, bytes(MAX_FRAME_BYTES + 1))
    assert list(cutter.cut(long[:100])) == [(0, long[:100])]


@pytest.mark.parametrize("size", [0, 1, 125, 126, 300, 65_535, 65_536])
def test_what_is_made_ready_is_a_whole_message(size: int) -> None:
    payload = os.urandom(size)
    reader = StreamReader()
    reader.feed_data(make_ready(payload))
    parsing = Frame.parse(reader.read_exact, mask=False)
    with pytest.raises(StopIteration) as done:
        next(parsing)
    assert bytes(done.value.value.data) == payload


@pytest.mark.parametrize(
    ("bytes_", "code"),
    [
        (frame(BINARY, b"ab", fin=False) + frame(BINARY, b"cd"), 1002),  # a new message within another
        (b"\x82\x02ab", 1002),  # not masked
        (frame(BINARY | 0x40, b"ab"), 1002),  # a reserved bit
        (frame(TEXT, b"\xff\xfe"), 1007),
        (frame(BINARY, bytes(MAX_FRAME_BYTES + 1)), 1009),
        (frame(3, b""), 1002),  # no such opcode
        (frame(PING, bytes(126)), 1002),  # a control frame that is too long
        (frame(CONTINUED, b"ab"), 1002),  # nothing to go on with
    ],
)
def test_broken_frames_are_refused_on_the_short_way_too(connect: Connect, bytes_: bytes, code: int) -> None:
    one = connect()
    one.say(type="ping", id="on the lane")
    one.wait("pong")
    raw: socket.socket = one.socket.socket
    raw.sendall(bytes_)
    assert one.code_when_closed() == code


def test_messages_in_pieces_and_many_at_once_arrive(connect: Connect) -> None:
    one = connect()
    one.say(type="enter", room="lane", visible="all")
    number = one.wait("entered")["number"]
    raw: socket.socket = one.socket.socket
    poses = b"".join(
        frame(BINARY, encode_poses(PoseFrame(0, (PoseRecord(0, 1.0 + n / 100, 2.0, 0.0),))), mask=os.urandom(4))
        for n in range(100)
    )
    text = b'{"type":"ping","id":"parts"}'
    fragments = frame(TEXT, text[:9], fin=False) + frame(PING, b"") + frame(CONTINUED, text[9:])
    whole = poses + fragments
    for at in range(0, len(whole), 37):
        raw.sendall(whole[at : at + 37])
    one.wait("pong", id="parts")
    while not one.poses or not any(p.number == number and p.east_m == 1.99 for p in one.poses[-1].poses):
        one.take(one.socket.recv(timeout=20))
