"""``shelfway bench presence``: how many people one core carries who see one another move, beside other servers.

Ours is a whole server of a home as a process: hello, session, consent, interest, encoding. Every client sends its pose
ten times a second; about 27 people are near it. The time from sending a pose to its arrival at each who sees it is
measured, the wait for the tick (0…50 ms) included; that every pose is right, and that who is near is drawn, is checked
in the same run (``wrong``, ``near_missing``). The largest number of clients with p99 under 100 ms, at least 0.93 of 20
frames a second each, all alive and nothing wrong is looked for by doubling and halving.

The peers are run by the script named with ``--peers`` (``presence_peers.py``), one number of clients at a time, in
turn with ours; those that are not installed are named under ``skipped``. Server and load have a core each; ``load1`` in
each row says how busy the machine was.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from presence_server import BenchError, load, server, use_of

CELL_M, PER_CELL = 12.0, 3.0
SURE_M = 10.0
FIRST, LARGEST = 400, 6000
FRAMES_SHARE = 0.93
WITHIN_MS = 100.0
DEFAULT_PEERS = Path(__file__).resolve().parents[2] / "shared" / "bench" / "presence_peers.py"
PEERS = ("colyseus-bytes", "colyseus-view", "fastapi-sansio")
TARGETS = {"colyseus-bytes": 0.85, "colyseus-view": 2.0, "fastapi-sansio": 1.7}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This bench's options."""
    parser.add_argument("--clients", help="numbers of clients to run, with commas; without: find the largest")
    parser.add_argument("--runs", type=int, default=1, help="find the largest so many times; the median counts")
    parser.add_argument("--secs", type=float, default=4.0, help="seconds measured in each run")
    parser.add_argument("--wander", type=float, default=0.2, help="metres a pose strays from its place: 0.2 is walking")
    parser.add_argument("--peers", type=Path, default=DEFAULT_PEERS, help="script that runs other servers")
    parser.add_argument("--peers-python", default=sys.executable, help="interpreter that has the Python peers")
    parser.add_argument("--only", default=",".join(PEERS), help="peers to run, with commas; empty: none")
    parser.add_argument("--node", default="node", help="Node 22 or newer, for the peers that need it")
    parser.add_argument("--node-modules", default="node_modules", help="folder with @colyseus/core and ws-transport")
    parser.add_argument("--idle", type=int, default=1000, help="sessions that do nothing, for their memory; 0: none")
    parser.add_argument("--two", type=int, default=300, help="clients on two servers over Redis; 0: leave out")


def run(args: argparse.Namespace) -> int:
    """Measure and print; 1 when something could not be measured or was wrong."""
    with tempfile.TemporaryDirectory() as folder:
        home = args.home
        if home is None:
            from server.demo_home import make_demo_home

            home = Path(folder) / "home"
            make_demo_home(home, lambda step: None)
        try:
            result = measure(args, home)
        except BenchError as fault:
            print(str(fault), file=sys.stderr)
            return 1
    print(json.dumps(result) if args.json else json.dumps(result, indent=2))
    return 1 if result["wrong"] else 0


def measure(args: argparse.Namespace, home: Path) -> dict[str, Any]:
    """Everything that this bench knows."""
    rows: list[dict[str, Any]] = []
    names = [name for name in args.only.split(",") if name]
    skipped = {name: why for name in names if (why := absent(args, name))}
    servers = ["shelfway", *(name for name in names if name not in skipped)]
    result: dict[str, Any] = {"skipped": skipped, "rows": rows}
    if args.clients:
        for clients in map(int, args.clients.split(",")):
            rows += [one(args, home, name, clients) for name in servers]
    else:
        most = {name: [find_most(args, home, name, rows) for _ in range(args.runs)] for name in servers}
        result["most"] = {name: statistics.median(found) for name, found in most.items()}
        ours = result["most"]["shelfway"]
        result["ratio"] = {n: round(ours / m, 2) for n, m in result["most"].items() if n != "shelfway" and m}
        result["wanted"] = {name: TARGETS[name] for name in result["ratio"] if name in TARGETS}
    if args.idle:
        result["idle"] = idle(home, args.idle)
    if args.two:
        result["two_servers"] = two_servers(args, home)
    result["wrong"] = sum(r.get("wrong", 0) + r.get("stale", 0) + r.get("near_missing", 0) for r in rows)
    return result


def one(args: argparse.Namespace, home: Path, name: str, clients: int) -> dict[str, Any]:
    """One run of one server with so many clients."""
    row = _ours(args, home, clients) if name == "shelfway" else _peer(args, name, clients)
    row["server"] = name
    told = ("server", "clients", "frames_per_s", "p99_ms", "us_per_frame", "server_cpu", "load1", "good", "error")
    print({key: row[key] for key in told if key in row}, file=sys.stderr, flush=True)
    return row


def find_most(args: argparse.Namespace, home: Path, name: str, rows: list[dict[str, Any]]) -> int:
    """The largest number of clients that one server carries, to about 6 %."""

    def good(clients: int) -> bool:
        for _ in range(2):  # a row that fails is run once more: others use this machine
            rows.append(one(args, home, name, clients))
            if rows[-1]["good"]:
                return True
        return False

    low, high = 0, FIRST
    while high <= LARGEST and good(high):
        low, high = high, high * 3 // 2
    while high - low > max(25, low * 0.06):
        middle = (low + high) // 2
        low, high = (middle, high) if good(middle) else (low, middle)
    return low


def _ours(args: argparse.Namespace, home: Path, clients: int) -> dict[str, Any]:
    with server(home) as (port, pid):
        row = load([port], pid, clients, **_walk(args, clients))
    right = not (row.get("wrong") or row.get("stale") or row.get("near_missing"))
    row["good"] = right and _good(row, clients)
    return row


def _walk(args: argparse.Namespace, clients: int) -> dict[str, Any]:
    side = max(1.0, (clients / PER_CELL) ** 0.5) * CELL_M
    return {"side": side, "wander": args.wander, "secs": args.secs, "warm": 3, "sure": SURE_M}


def _peer(args: argparse.Namespace, name: str, clients: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "rows.json"
        command = [args.peers_python, str(args.peers), "--servers", name, "--clients", str(clients), "--codec", "raw"]
        command += ["--secs", str(args.secs), "--warm", "3", "--wander", str(args.wander), "--retries", "0"]
        command += ["--node", args.node, "--node-modules", args.node_modules, "--json", str(out)]
        subprocess.run(command, capture_output=True, timeout=400, check=False)
        rows = json.loads(out.read_text())["rows"] if out.is_file() else []
    if not rows or "error" in rows[0]:
        return {"clients": clients, "good": False, "error": rows[0]["error"] if rows else "no result"}
    found = rows[0]
    row = {key: found[key] for key in ("clients", "alive", "p50_ms", "p99_ms", "gen_cpu", "rss_mb", "load1")}
    row |= {"frames_per_s": found["rx_per_s"], "us_per_frame": found["us_per_delivery"], "server_cpu": found["srv_cpu"]}
    row["good"] = _good(row, clients)
    return row


def _good(row: dict[str, Any], clients: int) -> bool:
    if "error" in row or row["alive"] < clients:
        return False
    return bool(0 <= row["p99_ms"] < WITHIN_MS and row["frames_per_s"] / clients >= FRAMES_SHARE * 20)


def absent(args: argparse.Namespace, name: str) -> str | None:
    """Why a peer cannot be run; None when it can."""
    if not args.peers.is_file():
        return f"there is no {args.peers}"
    if not name.startswith(("colyseus", "node")):
        return None
    if shutil.which(args.node) is None:
        return f"{args.node} is not installed"
    if not (Path(args.node_modules) / "@colyseus" / "core").is_dir():
        return f"{args.node_modules} has no @colyseus/core; npm install @colyseus/core @colyseus/ws-transport there"
    version = subprocess.run([args.node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    return None if int(version.lstrip("v").split(".")[0] or 0) >= 22 else f"Colyseus needs Node 22, this is {version}"


def idle(home: Path, sessions: int) -> dict[str, Any]:
    """What sessions that only said hello add to the server's memory."""
    with server(home) as (port, pid):
        before = use_of(pid)[1]
        row = load([port], pid, sessions, idle=True, warm=1, secs=3)
    if "error" in row:
        raise BenchError(f"{sessions} idle sessions: {row['error']}")
    return {"sessions": sessions, "added_mb": round(row["rss_mb"] - before, 1), "server_mb": row["rss_mb"]}


def two_servers(args: argparse.Namespace, home: Path) -> dict[str, Any]:
    """Delivery with half of the clients on each of two servers over Redis, beside all on one."""
    from presence_redis import redis

    if shutil.which("redis-server") is None:
        return {"skipped": "redis-server is not installed"}
    with redis() as url, server(home, hub_url=url) as (first, pid), server(home, core=1, hub_url=url) as (second, _):
        alone = load([first], pid, args.two, **_walk(args, args.two))
        both = load([first, second], pid, args.two, **_walk(args, args.two))
    keep = (
        "clients",
        "frames_per_s",
        "deliveries_per_s",
        "p50_ms",
        "p99_ms",
        "wrong",
        "stale",
        "near_missing",
        "error",
    )
    rows = {name: {k: row[k] for k in keep if k in row} for name, row in (("one", alone), ("two", both))}
    added = round(both["p99_ms"] - alone["p99_ms"], 2) if "error" not in alone | both else None
    return {**rows, "added_p99_ms": added}
