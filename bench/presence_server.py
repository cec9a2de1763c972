"""Servers and load for ``bench/presence.py``: our own as processes, pinned to one core, with what they use.

The load comes from ``presence_load.c``, compiled at the first run; a Python client could not load a server of its own
language with two thousand websockets.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
HELLO = {"type": "hello", "version": 1, "client": "ar", "languages": ["en"], "capabilities": ["poses"]}
ENTER = {"type": "enter", "visible": "all", "name": ""}
SERVER_CORE, LOAD_CORE = 0, 1
READY_WITHIN_S = 120.0


class BenchError(Exception):
    """Something that the bench needs is not there; the text says what."""


def load_program() -> Path:
    """The compiled load generator. Raises BenchError without a C compiler."""
    source = HERE / "presence_load.c"
    program = Path(tempfile.gettempdir()) / f"shelfway_presence_load_{os.getuid()}"
    if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
        compiler = shutil.which("cc") or shutil.which("gcc")
        if compiler is None:
            raise BenchError("a C compiler (cc) is needed for the load generator")
        subprocess.run([compiler, "-O2", "-o", str(program), str(source), "-lm"], check=True)
    return program


def pinned(core: int) -> list[str]:
    """The words before a command that keep it on one core, where the machine has several."""
    return ["taskset", "-c", str(core)] if shutil.which("taskset") and (os.cpu_count() or 1) > core else []


def use_of(pid: int) -> tuple[float, float]:
    """CPU seconds and megabytes (resident) of a process and its living children."""
    ticks, pages, todo = 0, 0, [pid]
    while todo:
        one = todo.pop()
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
            ticks, pages = ticks + int(fields[11]) + int(fields[12]), pages + int(fields[21])
            for task in Path(f"/proc/{one}/task").iterdir():
                todo += [int(child) for child in (task / "children").read_text().split()]
    return ticks / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextlib.contextmanager
def server(home: Path, core: int = SERVER_CORE, **settings: str) -> Iterator[tuple[int, int]]:
    """A whole server of a home as a process; its port and its pid once it is ready."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    environ = {k: v for k, v in os.environ.items() if not k.startswith("SHELFWAY_")}
    environ |= {"SHELFWAY_SESSIONS_MAX": "100000", **{f"SHELFWAY_{k.upper()}": v for k, v in settings.items()}}
    command = [*pinned(core), sys.executable, "-m", "server", "serve", "--home", str(home), "--port", str(port)]
    # a session of its own, as the peers have: the kernel shares a busy core out by sessions
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environ, cwd=HERE.parent, start_new_session=True)
    try:
        until = time.monotonic() + READY_WITHIN_S
        while not _ready(port):
            if process.poll() is not None or time.monotonic() > until:
                raise BenchError("the server did not become ready")
            time.sleep(0.2)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()


def _ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def load(ports: list[int], pid: int | None, clients: int, **options: Any) -> dict[str, Any]:
    """One run of the generator against ports in turn; its figures, with what the server used meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        mark = Path(folder) / "measuring"
        command = [*pinned(LOAD_CORE), str(load_program()), "--clients", str(clients), "--sig", str(mark)]
        command += ["--hello", json.dumps(HELLO), "--enter", json.dumps(ENTER)]
        for port in ports:
            command += ["--port", str(port)]
        for name, value in options.items():
            command += [f"--{name}"] if value is True else [f"--{name}", str(value)]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        while not mark.exists() and running.poll() is None:
            time.sleep(0.02)
        before, begun = use_of(pid)[0] if pid else 0.0, time.monotonic()
        out, _ = running.communicate(timeout=300)
        after, megabytes = use_of(pid) if pid else (0.0, 0.0)
        row: dict[str, Any] = json.loads(out or '{"error": "no result"}')
        spent_s = time.monotonic() - begun
    if "error" not in row and pid:
        row["server_cpu"] = round((after - before) / spent_s, 3)
        row["rss_mb"] = round(megabytes, 1)
        if row["frames_per_s"]:
            # the generator watches half a second longer than it sends
            row["us_per_frame"] = round(1e6 * (after - before) / (row["frames_per_s"] * row["secs"]), 2)
    row["load1"] = round(os.getloadavg()[0], 2)
    return row
