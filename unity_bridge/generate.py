"""``python -m unity_bridge.generate [--check]``: write the C# messages of the Unity package from the wire's schema.

Files: Messages.cs and Protocol.cs in unity_bridge/unity/Runtime/Core/Messages. With ``--check`` nothing is written and
the exit code is 1 when a file differs from what the schema says. The schema comes from ``python -m wire.generate``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from unity_bridge.csharp import write_messages, write_protocol

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = Path("wire/schema/shelfway.schema.json")
FOLDER = Path("unity_bridge/unity/Runtime/Core/Messages")


def build_files(schema_text: str) -> dict[Path, str]:
    """Path below the checkout → text, for each generated file."""
    schema = json.loads(schema_text)
    return {FOLDER / "Messages.cs": write_messages(schema), FOLDER / "Protocol.cs": write_protocol(schema)}


def main(arguments: list[str] | None = None) -> int:
    """Write or compare the files below ``--root``; 0 when they agree."""
    parser = argparse.ArgumentParser(prog="python -m unity_bridge.generate", description="C# from the wire's schema.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file differs")
    parser.add_argument("--root", type=Path, default=ROOT, help="checkout to write to")
    options = parser.parse_args(arguments)
    stale = []
    for name, text in build_files((ROOT / SCHEMA).read_text(encoding="utf-8")).items():
        path: Path = options.root / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name in stale:
        told = "differs; run `python -m unity_bridge.generate`" if options.check else "written"
        print(f"{name.as_posix()} {told}", file=sys.stderr)
    return 1 if stale and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
