"""Fuzzing the socket: frames of every kind, broken in every way, by seed. ``python -m tests.server.fuzzing``.

Every frame is either answered, taken in silence, or ends the connection with a code of the protocol; the server never
answers with a fault of its own (``internal``, 1011), and a bystander is served all along. A seed that fails repeats.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import random
import struct
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from tests.server.client import Client
from tests.server.raw_socket import BINARY, CLOSE, CONTINUED, PING, PONG, TEXT, RawSocket, frame
from tests.server.world import make_parts, running
from wire.messages import FromClient

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
OURS = [m.model_fields["type"].default for m in get_args(FromClient)]
CODES = {None, 1000, 1001, 1002, 1007, 1008, 1009, 1012, 4400, 4401, 4403, 4408, 4429}
"""Codes with which a fuzzed connection may end."""
PER_CONNECTION = 250
ODD: list[Any] = [
    None, True, 0, -1, 2**31, 2**63, -(2**70), 1e308, 0.1, "", "x", "x" * 5000, "\u0000", "\ud800", "图书馆" * 50,
    [], [[]] * 9, {}, {"a": {}},
    ["en"] * 100, "NaN", "../../etc/passwd", "<script>", "'; DROP TABLE records; --", "\u202e\u200b", [None],
    {"type": "ask"},
]  # fmt: skip


def seeds() -> list[dict[str, Any]]:
    """A good example of every message that a client may send."""
    found = []
    for kind in OURS:
        path = GOLDEN / f"{kind}.json"
        found.append(json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"type": kind})
    return [body for body in found if body["type"] != "hello"]


def broken_message(random_: random.Random, examples: list[dict[str, Any]]) -> bytes:
    """A message with a few fields changed, left out or added; now and then its text is cut or mixed up."""
    body = dict(random_.choice(examples))
    for _ in range(random_.randint(0, 3)):
        name = random_.choice([*body, "extra", "type", "id"])
        if random_.random() < 0.25:
            body.pop(name, None)
        else:
            body[name] = random_.choice(ODD)
    data = json.dumps(body, ensure_ascii=random_.random() < 0.5).encode("utf-8", "replace")
    if random_.random() < 0.1:
        cut = random_.randrange(len(data) + 1)
        data = (
            data[:cut]
            + random_.choice([b"", b"}", b"\x00", b'"', b"[" * 900, data])
            + data[cut:][:: random_.choice([1, -1])]
        )
    return data.decode("utf-8", "ignore").encode()


def broken_binary(random_: random.Random) -> bytes:
    """An audio or pose frame with wrong heads, lengths and numbers; or noise."""
    kind = random_.randrange(4)
    if kind == 0:
        return random_.randbytes(random_.choice([0, 1, 2, 23, 24, 25, 100, 3000]))
    if kind == 1:
        pick = random_.choice
        version, codec, channels = pick([0, 1, 2, 255]), pick([0, 1, 9]), pick([0, 1, 2, 255])
        stream, rate = pick([0, 1, 2**32 - 1]), pick([0, 1, 8000, 16000, 2**32 - 1])
        numbers = random_.getrandbits(32), random_.getrandbits(64)
        head = struct.pack("<BBBBIIQI", 1, version, codec, channels, stream, *numbers, rate)
        return head + random_.randbytes(random_.choice([0, 1, 2, 640, 641]))
    head = bytes([2, random_.choice([1, 1, 1, 0, 7])])
    return head + random_.randbytes(random_.choice([0, 5, 20, 28, 40, 60, 200]))


def broken_frame(random_: random.Random, examples: list[dict[str, Any]]) -> bytes:
    """Bytes for the socket: mostly good frames around broken contents, now and then a broken frame."""
    roll = random_.random()
    if roll < 0.62:
        return frame(TEXT, broken_message(random_, examples))
    if roll < 0.9:
        return frame(BINARY, broken_binary(random_))
    if roll < 0.94:
        return frame(random_.choice([PING, PONG]), random_.randbytes(random_.randrange(126)))
    if roll < 0.97:
        data = broken_message(random_, examples)
        cut = random_.randrange(len(data) + 1)
        return frame(TEXT, data[:cut], fin=False) + frame(PING) + frame(CONTINUED, data[cut:])
    if roll < 0.996:
        return frame(TEXT, json.dumps({"type": random_.choice(OURS), "id": "x" * random_.randrange(300)}).encode())
    return random_.choice(
        [
            frame(TEXT, random_.randbytes(60)),
            frame(random_.randrange(16), b"x"),
            frame(CONTINUED, b"x"),
            frame(TEXT, b"x", masked=False),
            frame(TEXT, b"x", rsv=random_.randrange(1, 8)),
            frame(CLOSE, random_.randbytes(random_.randrange(4))),
            frame(BINARY, b"", length=random_.choice([65_537, 2**40])),
            random_.randbytes(50),
        ]
    )


def fuzz(port: int, frames: int, seed: int) -> Counter[str]:
    """Send so many frames over as many connections as it takes; what came back, counted.

    AssertionError with the seed when the server answers with a fault of its own, writes one into its log, or forgets a
    bystander.
    """
    with no_faults_logged(seed):
        return _fuzz(port, frames, seed)


@contextlib.contextmanager
def no_faults_logged(seed: int) -> Iterator[None]:
    """AssertionError when anything writes an error into a log, uvicorn's and the event loop's too."""
    told: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: told.append(logging.Formatter().format(record))  # type: ignore[method-assign]
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
    assert not told, f"seed {seed}: {told[0]}"


def _fuzz(port: int, frames: int, seed: int) -> Counter[str]:
    random_, examples, seen = random.Random(seed), seeds(), Counter[str]()
    bystander = Client(port)
    sent = 0
    while sent < frames:
        client = RawSocket(port, hello=random_.random() < 0.95)
        client.raw.settimeout(20)
        with contextlib.suppress(OSError):  # closed by the server while we write
            for _ in range(min(PER_CONNECTION, frames - sent)):
                client.send(broken_frame(random_, examples))
                sent += 1
            client.send(frame(TEXT, b'{"type": "ping", "id": "last word"}'))
            client.send(frame(CLOSE, struct.pack(">H", 1000)))
        for kind, detail in everything(client):
            seen[f"{kind} {detail}"] += 1
            assert (kind, detail) not in (("error", "internal"), ("close", "1011")), f"seed {seed} after {sent} frames"
            assert kind != "close" or detail == "None" or int(detail) in CODES, f"seed {seed}: closed with {detail}"
        client.end()
        bystander.say(type="ping", id=str(sent))
        assert bystander.wait("pong")["id"] == str(sent), f"seed {seed}: a bystander is not served"
    bystander.close()
    return seen


def everything(client: RawSocket) -> list[tuple[str, str]]:
    """(kind, detail) of each frame until the connection ends."""
    found: list[tuple[str, str]] = []
    with contextlib.suppress(EOFError, ConnectionError, TimeoutError):
        while True:
            got = client.next()
            if got.opcode == TEXT:
                body = json.loads(got.payload)
                found.append((body["type"], body.get("code", "")))
            elif got.opcode == CLOSE:
                found.append(("close", str(struct.unpack(">H", got.payload[:2])[0] if got.payload else None)))
                break
    return found


def main() -> int:
    """Fuzz a server of our own; what came back."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    with running(make_parts(sessions_max=5000)) as port:
        seen = fuzz(port, args.frames, args.seed)
    for what, count in sorted(seen.items()):
        print(f"{count:8} {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
