"""Makes the demo's data from the sources in this package: ``python -m demo.make [--check]``.

Written by hand, and left alone: ``documents/``, ``tours/``, ``persona.toml`` and ``shelfway.toml``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from demo.marc import write_catalogue, write_synthetic
from demo.plan import build_venue, write_shelf_list

DATA = Path(__file__).parent / "data"
BY_HAND = ("documents/", "tours/", "persona.toml", "shelfway.toml")


def build_files() -> dict[str, bytes]:
    """Path below ``demo/data`` → content, the same bytes on every run."""
    files: dict[str, bytes] = {}
    for name, content in build_venue().items():
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n" if name == "manifest.json" else _lines(content)
        files[f"imdf/{name}"] = text.encode()
    files["shelves.csv"] = write_shelf_list().encode()
    files["catalogue.mrc"] = write_catalogue()
    files["synthetic.mrc"] = write_synthetic()
    return files


def _lines(collection: dict[str, object]) -> str:
    """A FeatureCollection with one feature a line, so that a change shows as changed lines."""
    features = collection["features"]
    assert isinstance(features, list)
    rows = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    return f'{{"type":"FeatureCollection","features":[\n{rows}\n]}}\n'


def find_differences(folder: Path) -> list[str]:
    """Paths below ``folder`` that differ from what would be made, are missing, or are left over."""
    files = build_files()
    different = [name for name, content in files.items() if not _same(folder / name, content)]
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    present = {name for name in present if not name.startswith(BY_HAND)}
    return sorted(set(different) | (present - set(files)))


def _same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def main(arguments: list[str] | None = None) -> int:
    """Write the data, or with ``--check`` compare it; 1 when it differs."""
    parser = argparse.ArgumentParser(prog="python -m demo.make", description="Make the data of the demo library.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when demo/data differs")
    if parser.parse_args(arguments).check:
        different = find_differences(DATA)
        for name in different:
            print(f"demo/data/{name} is not what `python -m demo.make` makes", file=sys.stderr)
        return 1 if different else 0
    files = build_files()
    for name in find_differences(DATA):
        path = DATA / name
        content = files.get(name)
        if content is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(f"wrote demo/data/{name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
