"""``python -m wire.generate [--check]``: write every file that is derived from the messages.

Files: wire/schema/shelfway.schema.json, wire/schema/asyncapi.json, web/src/messages.ts. With ``--check`` nothing is
written and the exit code is 1 when a file differs from what the messages say.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from wire.asyncapi import build_asyncapi
from wire.schemas import build_schema
from wire.typescript import write_typescript

ROOT = Path(__file__).resolve().parents[1]


def build_files() -> dict[str, str]:
    """Path below the checkout → text, for each generated file."""
    schema = build_schema()
    return {
        "wire/schema/shelfway.schema.json": _json(schema),
        "wire/schema/asyncapi.json": _json(build_asyncapi(schema)),
        "web/src/messages.ts": write_typescript(schema),
    }


def main(arguments: list[str] | None = None) -> int:
    """Write or compare the files below ``--root``; 0 when they agree."""
    parser = argparse.ArgumentParser(prog="python -m wire.generate", description="Files derived from wire/messages/.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file differs")
    parser.add_argument("--root", type=Path, default=ROOT, help="checkout to write to")
    options = parser.parse_args(arguments)
    stale = []
    for name, text in build_files().items():
        path: Path = options.root / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"{name} {'differs; run `python -m wire.generate`' if options.check else 'written'}", file=sys.stderr)
    return 1 if stale and options.check else 0


def _json(body: object) -> str:
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(main())
