"""``shelfway bench voice --peers SCRIPT``: this server's own overhead a turn, beside other voice servers in one run.

SCRIPT is a benchmark kept outside the project that starts its peers itself and measures any websocket that speaks bare
PCM16 (``run --peers … --url NAME=raw=URL --pid PID --json FILE``). Our part is ``voice_stub.py``: the whole turn path
of readers behind such a socket, with engines that cost nothing, the same pauses and the same voice gate as the peers.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def run(script: Path, python: str, peers: str, sessions: str, turns: int) -> list[dict[str, Any]]:
    """The rows of all peers and of ours. ``python``: an interpreter in which the peers are installed."""
    port = _free_port()
    stub = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("voice_stub.py")), "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        _wait_for(port)
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "rows.json"
            command = [python, str(script), "run", "--peers", peers, "--sessions", sessions, "--turns", str(turns)]
            ours = f"shelfway=raw=ws://127.0.0.1:{port}/ws?reply_ms=300"
            subprocess.run(
                [*command, "--url", ours, "--pid", str(stub.pid), "--json", str(out)], check=True, stdout=sys.stderr
            )
            rows: list[dict[str, Any]] = json.loads(out.read_text())
            return rows
    finally:
        stub.terminate()
        stub.wait(10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, within_s: float = 60.0) -> None:
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        with socket.socket() as probe:
            probe.settimeout(1.0)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("our own stub server did not start; run `python bench/voice_stub.py` to see why")
