"""RFC 6455 on our endpoint, case by case as Autobahn's fuzzing client orders them (its groups stand in the names).

Autobahn itself needs Python 2; these are the same cases on raw sockets. The endpoint is no echo: a message ``ping``
comes back as ``pong`` with its id, so what travels in the id travels both ways.
"""

from __future__ import annotations

import contextlib
import json
import socket
import struct
from collections.abc import Iterator

import pytest

from tests.server.raw_socket import ACCEPT, BINARY, CLOSE, CONTINUED, KEY, PING, PONG, TEXT, RawSocket, frame
from tests.server.world import make_parts, running


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server for many connections a second."""
    with running(make_parts(sessions_max=5000)) as number:
        yield number


@pytest.fixture
def raw(port: int) -> Iterator[RawSocket]:
    client = RawSocket(port)
    yield client
    client.end()


def ping_message(text: str, size: int = 0) -> bytes:
    """A message of ours that comes back with ``text``; padded to ``size`` bytes."""
    body = json.dumps({"type": "ping", "id": text, "pad": ""}, ensure_ascii=False).encode()
    return body[:-2] + b"x" * max(0, size - len(body)) + body[-2:]


def came_back(client: RawSocket, text: str) -> bool:
    got = client.next_data()
    return got.opcode == TEXT and got.fin and json.loads(got.payload) == {"type": "pong", "id": text}


def failed_with(client: RawSocket, code: int) -> bool:
    return client.close_code() == code


# 1 framing


@pytest.mark.parametrize("size", [40, 125, 126, 127, 128, 65_535, 65_536])
@pytest.mark.parametrize("slowly", [False, True])
def test_1_1_text_of_every_length(size: int, slowly: bool, raw: RawSocket) -> None:
    data = frame(TEXT, ping_message("a", size))
    if slowly and size > 1000:
        for at in range(0, len(data), 997):  # chops
            raw.send(data[at : at + 997])
    else:
        (raw.send_slowly if slowly else raw.send)(data)
    assert came_back(raw, "a")


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 128, 65_535, 65_536])
def test_1_2_binary_of_every_length(size: int, raw: RawSocket) -> None:
    raw.send(frame(BINARY, b"\xfe" * size))
    assert json.loads(raw.next_data().payload)["code"] == "bad_audio"
    assert raw.alive()


def test_1_1_an_empty_text_is_an_error_message(raw: RawSocket) -> None:
    raw.send(frame(TEXT))
    assert json.loads(raw.next_data().payload)["code"] == "bad_message"
    assert raw.alive()


# 2 pings and pongs


@pytest.mark.parametrize("payload", [b"", b"Hello", b"\x00\xff\xfe\xfd", b"\xfe" * 125])
@pytest.mark.parametrize("slowly", [False, True])
def test_2_a_ping_comes_back_with_its_payload(payload: bytes, slowly: bool, raw: RawSocket) -> None:
    (raw.send_slowly if slowly else raw.send)(frame(PING, payload))
    got = raw.next()
    assert (got.opcode, got.payload) == (PONG, payload)


def test_2_5_a_ping_too_long_fails(raw: RawSocket) -> None:
    raw.send(frame(PING, b"\xfe" * 126))
    assert failed_with(raw, 1002)


@pytest.mark.parametrize("payload", [b"", b"unsolicited"])
def test_2_7_pongs_that_nobody_asked_for_are_nothing(payload: bytes, raw: RawSocket) -> None:
    raw.send(frame(PONG, payload) * 3 + frame(PING, b"now"))
    assert raw.next().payload == b"now"


def test_2_10_ten_pings_come_back_in_order(raw: RawSocket) -> None:
    raw.send(b"".join(frame(PING, f"payload-{n}".encode()) for n in range(10)))
    assert [raw.next().payload for _ in range(10)] == [f"payload-{n}".encode() for n in range(10)]


# 3 reserved bits, 4 reserved opcodes


@pytest.mark.parametrize("rsv", range(1, 8))
@pytest.mark.parametrize("opcode", [TEXT, BINARY, PING, CLOSE])
def test_3_reserved_bits_fail_and_what_came_before_is_answered(rsv: int, opcode: int, raw: RawSocket) -> None:
    raw.send(frame(TEXT, ping_message("before")) + frame(opcode, b"", rsv=rsv) + frame(PING))
    assert failed_with(raw, 1002)


@pytest.mark.parametrize("opcode", [3, 4, 5, 6, 7, 11, 12, 13, 14, 15])
@pytest.mark.parametrize("payload", [b"", b"payload"])
def test_4_reserved_opcodes_fail(opcode: int, payload: bytes, raw: RawSocket) -> None:
    raw.send(frame(opcode, payload))
    assert failed_with(raw, 1002)


# 5 fragmentation


@pytest.mark.parametrize("opcode", [PING, PONG, CLOSE])
def test_5_1_control_frames_are_never_fragmented(opcode: int, raw: RawSocket) -> None:
    raw.send(frame(opcode, b"", fin=False))
    assert failed_with(raw, 1002)


@pytest.mark.parametrize("pieces", [2, 3, 50])
@pytest.mark.parametrize("between", [b"", frame(PING, b"between"), frame(PONG)], ids=["nothing", "a ping", "a pong"])
@pytest.mark.parametrize("slowly", [False, True])
def test_5_3_a_message_in_fragments_is_one_message(pieces: int, between: bytes, slowly: bool, raw: RawSocket) -> None:
    body = ping_message("fragments", 200)
    cuts = [round(len(body) * n / pieces) for n in range(pieces + 1)]
    data = b""
    for number in range(pieces):
        last = number == pieces - 1
        data += frame(CONTINUED if number else TEXT, body[cuts[number] : cuts[number + 1]], fin=last)
        data += b"" if last else between
    (raw.send_slowly if slowly else raw.send)(data)
    if between == frame(PING, b"between") or (between and between[0] & 15 == PING):
        assert raw.next().payload == b"between"
    assert came_back(raw, "fragments")


def test_5_3_empty_fragments_count_too(raw: RawSocket) -> None:
    body = ping_message("empty")
    raw.send(frame(TEXT, b"", fin=False) + frame(CONTINUED, body, fin=False) + frame(CONTINUED, b"", fin=True))
    assert came_back(raw, "empty")


@pytest.mark.parametrize("fin", [True, False])
def test_5_9_a_continuation_of_nothing_fails(fin: bool, raw: RawSocket) -> None:
    raw.send(frame(CONTINUED, b"of nothing", fin=fin))
    assert failed_with(raw, 1002)


@pytest.mark.parametrize("opcode", [TEXT, BINARY])
def test_5_18_a_new_message_inside_another_fails(opcode: int, raw: RawSocket) -> None:
    raw.send(frame(TEXT, b"fragment", fin=False) + frame(opcode, b"new", fin=True))
    assert failed_with(raw, 1002)


# 6 UTF-8

VALID = [
    "κόσμε", "\u0080", "\u0800", "\U00010000", "\u007f", "\u07ff", "\uffff", "\U0010ffff", "\ud7ff", "\ue000", "\ufffd",
    "\ufffe", "\U0001fffe", "图书馆 📚", "e\u0301",
]  # fmt: skip
INVALID = [
    b"\x80", b"\xbf", b"\x80\xbf", b"\xc0", b"\xc1\xbf", b"\xf5", b"\xfe", b"\xff", b"\xc0\xaf", b"\xe0\x80\xaf",
    b"\xf0\x80\x80\xaf", b"\xf8\x80\x80\x80\xaf", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xed\xa0\x80\xed\xb0\x80",
    b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xfc\x84\x80\x80\x80\x80", b"\xce", b"\xe2\x82", b"\xf0\x9f\x93",
    b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80edited",
]  # fmt: skip


@pytest.mark.parametrize("text", VALID)
def test_6_valid_text_comes_back(text: str, raw: RawSocket) -> None:
    raw.send(frame(TEXT, ping_message(text)))
    assert came_back(raw, text)


@pytest.mark.parametrize("text", ["κόσμε", "图书馆 📚"])
def test_6_2_text_cut_within_a_character_is_whole_again(text: str, raw: RawSocket) -> None:
    body = ping_message(text)
    pieces = [frame(CONTINUED if at else TEXT, body[at : at + 1], fin=at == len(body) - 1) for at in range(len(body))]
    raw.send(b"".join(pieces))
    assert came_back(raw, text)


@pytest.mark.parametrize("bad", INVALID)
def test_6_invalid_text_fails_with_1007(bad: bytes, raw: RawSocket) -> None:
    raw.send(frame(TEXT, b'{"type": "ping", "id": "' + bad + b'"}'))
    assert failed_with(raw, 1007)


@pytest.mark.parametrize("bad", INVALID[-5:])
def test_6_3_invalid_text_in_fragments_fails_with_1007(bad: bytes, raw: RawSocket) -> None:
    raw.send(frame(TEXT, b'{"id": "', fin=False) + frame(CONTINUED, bad, fin=False) + frame(CONTINUED, b'"}'))
    assert failed_with(raw, 1007)


# 7 closing


def test_7_1_what_comes_after_close_is_nothing(raw: RawSocket) -> None:
    goodbye = frame(CLOSE, struct.pack(">H", 1000))
    raw.send(goodbye + frame(PING, b"late") + frame(TEXT, ping_message("late")) + goodbye)
    got = raw.next()
    assert (got.opcode, got.payload[:2]) == (CLOSE, struct.pack(">H", 1000))
    with pytest.raises((EOFError, ConnectionResetError)):
        raw.next()


def test_7_1_close_between_fragments(raw: RawSocket) -> None:
    raw.send(frame(TEXT, b"fragment", fin=False) + frame(CLOSE, struct.pack(">H", 1000)))
    assert raw.close_code() in (1000, 1002)  # the websockets package holds the unfinished message against the client


def test_7_3_close_without_a_code(raw: RawSocket) -> None:
    raw.send(frame(CLOSE))
    assert raw.close_code() in (None, 1000)


@pytest.mark.parametrize("payload", [b"\x03", struct.pack(">H", 1000) + b"x" * 124])
def test_7_3_close_with_half_a_code_or_too_much_reason_fails(payload: bytes, raw: RawSocket) -> None:
    raw.send(frame(CLOSE, payload))
    assert failed_with(raw, 1002)


@pytest.mark.parametrize("reason", ["", "bye", "再见", "x" * 123])
def test_7_3_close_with_a_reason(reason: str, raw: RawSocket) -> None:
    raw.send(frame(CLOSE, struct.pack(">H", 1000) + reason.encode()))
    assert failed_with(raw, 1000)


def test_7_5_a_reason_that_is_no_text_fails(raw: RawSocket) -> None:
    raw.send(frame(CLOSE, struct.pack(">H", 1000) + b"\xce\xba\xed\xa0\x80"))
    assert raw.close_code() in (1002, 1007)


@pytest.mark.parametrize("code", [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999])
def test_7_7_codes_that_may_be_sent(code: int, raw: RawSocket) -> None:
    raw.send(frame(CLOSE, struct.pack(">H", code)))
    assert raw.close_code() in (code, 1000)


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535])
def test_7_9_codes_that_may_not(code: int, raw: RawSocket) -> None:
    raw.send(frame(CLOSE, struct.pack(">H", code)))
    assert failed_with(raw, 1002)


# 9 limits


def test_9_fragments_that_are_too_long_together_fail_with_1009(raw: RawSocket) -> None:
    with contextlib.suppress(ConnectionError):
        raw.send(frame(TEXT, b"x" * 30_000, fin=False) + frame(CONTINUED, b"x" * 30_000, fin=False))
        raw.send(frame(CONTINUED, b"x" * 30_000))
    assert failed_with(raw, 1009)


@pytest.mark.parametrize("length", [65_537, 2**31, 2**62])
def test_9_a_length_that_is_only_told_fails_at_once(length: int, raw: RawSocket) -> None:
    raw.send(frame(BINARY, b"", length=length))
    assert failed_with(raw, 1009)


def test_9_a_thousand_empty_fragments_harm_nobody(raw: RawSocket) -> None:
    raw.send(frame(TEXT, b"", fin=False) + frame(CONTINUED, b"", fin=False) * 1000)
    raw.send(frame(CONTINUED, ping_message("end")))
    assert came_back(raw, "end")


# masks, extensions, the handshake


@pytest.mark.parametrize("opcode", [TEXT, BINARY, PING, CLOSE])
def test_5_1_of_the_rfc_a_frame_without_a_mask_fails(opcode: int, raw: RawSocket) -> None:
    raw.send(frame(opcode, b"", masked=False))
    assert failed_with(raw, 1002)


@pytest.mark.parametrize(
    "offer", ["permessage-deflate", "permessage-deflate; client_max_window_bits", "x-webkit-deflate-frame", "made-up"]
)
def test_12_no_extension_is_taken_and_compressed_frames_fail(offer: str, port: int) -> None:
    client = RawSocket(port, headers=f"Sec-WebSocket-Extensions: {offer}\r\n")
    assert "sec-websocket-extensions" not in client.head.lower()
    client.send(frame(TEXT, b"\xaa\x56\x2a", rsv=4))
    assert failed_with(client, 1002)


def test_the_handshake_proves_that_it_was_read(port: int) -> None:
    client = RawSocket(port, headers="Sec-WebSocket-Protocol: other, shelfway.v1\r\n")
    assert client.head.startswith("HTTP/1.1 101 ")
    assert f"sec-websocket-accept: {ACCEPT}".lower() in client.head.lower()
    assert "sec-websocket-protocol: shelfway.v1" in client.head.lower()
    client.end()


GOOD = {
    "Host": "127.0.0.1", "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": KEY,
    "Sec-WebSocket-Version": "13",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "statuses"),
    [
        ({"Sec-WebSocket-Key": None}, {400}),
        ({"Sec-WebSocket-Key": "short"}, {400}),
        ({"Sec-WebSocket-Key": "not base64 at all!!!!!!!"}, {400}),
        ({"Sec-WebSocket-Version": "8"}, {400, 426}),
        ({"Sec-WebSocket-Version": None}, {400, 426}),
        ({"Connection": "keep-alive"}, {404, 400, 426}),
        ({"Upgrade": "h2c"}, {404, 400, 426}),
    ],
)
def test_4_2_of_the_rfc_a_handshake_that_is_none_is_refused(
    change: dict[str, str | None], statuses: set[int], port: int
) -> None:
    headers = {**GOOD, **change}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value is not None)
    with socket.create_connection(("127.0.0.1", port), timeout=20) as plain:
        plain.sendall(f"GET /v1/ws HTTP/1.1\r\n{lines}\r\n".encode())
        assert int(plain.recv(4096)[9:12]) in statuses


def test_a_half_open_connection_and_bytes_that_are_no_http_harm_nobody(port: int) -> None:
    half = RawSocket(port)
    half.raw.shutdown(socket.SHUT_WR)
    for nonsense in (b"\x16\x03\x01\x02\x00\x01", b"\x00" * 4096, b"GET / HTTP/9.9\r\n\r\n", b"GET /v1/ws HT"):
        with socket.create_connection(("127.0.0.1", port), timeout=20) as plain, contextlib.suppress(OSError):
            plain.sendall(nonsense)
    other = RawSocket(port)
    assert other.alive()
    for client in (half, other):
        client.end()
