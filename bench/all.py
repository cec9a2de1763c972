"""``make bench``: every benchmark once; one line of results is appended to bench/results/<machine>.jsonl.

python bench/all.py [--only NAME …]
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
BENCHES: dict[str, list[str]] = {
    "questions": ["--json"],
    "dialogue": ["--json"],
    "listen": ["--json"],
    "voice": ["--json"],
    "voice-pauses": ["--json", "--pauses", "--sessions", "1", "--turns", "12"],
    "voice-barge": ["--json", "--barge", "--turns", "2"],
    "routing": [],
    "twin": [],
    "worlds": [],
    "presence": ["--json"],
    "catalogue": ["--records", "20000", "--queries", "60"],
}


def main() -> int:
    """Run them one after another; 1 when one failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=sorted(BENCHES), default=sorted(BENCHES))
    names = parser.parse_args().only
    results: dict[str, Any] = {}
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        _make_home(home)
        for name in names:
            options = BENCHES[name]
            given = [] if name in ("catalogue", "twin", "worlds") else ["--home", str(home)]
            print(f"{name} …", file=sys.stderr, flush=True)
            command = [sys.executable, "-m", "server", "bench", name.partition("-")[0], *given, *options]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                failed = True
                print(done.stderr[-2000:], file=sys.stderr)
                continue
            results[name] = json.loads(done.stdout)
            for long in ("failures", "pairs", *(() if name.startswith("voice") else ("rows",))):
                results[name].pop(long, None)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout
    line = {
        "when": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "commit": commit.strip(),
        "results": results,
    }
    (HERE / "results").mkdir(exist_ok=True)
    with (HERE / "results" / "results.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
    print(json.dumps(line, ensure_ascii=False, indent=2))
    return 1 if failed else 0


def _make_home(home: Path) -> None:
    from server.demo_home import make_demo_home

    make_demo_home(home, lambda step: None)


if __name__ == "__main__":
    sys.exit(main())
