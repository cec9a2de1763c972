"""``make soak``: the same as the chaos test for as long as is asked for: python -m tests.chaos.soak --minutes 30.

Prints what was found after each round of five kills; ends with 1 at the first fault and keeps its history.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.history import check, write_history
from tests.chaos.play import play


def main() -> int:
    """Play until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--visitors", type=int, default=12)
    args = parser.parse_args()
    until, seed = time.monotonic() + 60 * args.minutes, 0
    while time.monotonic() < until:
        seed += 1
        with tempfile.TemporaryDirectory() as folder:
            events = asyncio.run(play(Path(folder), args.visitors, 20, seed))
        faults = check(events)
        got = sum(event.event == "got" for event in events)
        breaks = sum(event.event == "broke" for event in events)
        print(f"play {seed}: {got} messages, {breaks} broken lines, {len(faults)} faults", flush=True)
        if faults:
            kept = Path(tempfile.gettempdir()) / f"shelfway-history-{seed}.jsonl"
            write_history(kept, events)
            print(f"{kept}\n" + "\n".join(faults[:20]), file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
