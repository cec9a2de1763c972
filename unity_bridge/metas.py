"""``python -m unity_bridge.metas [--check]``: the .meta files that Unity wants beside every file of a package.

A package that is installed from git cannot be written to: Unity ignores each file of it that has no .meta. An id comes
from the file's path, so that it is the same wherever it is made; one that exists is never changed, because scenes refer
to it.
Folders whose name ends with ``~`` are invisible to Unity and have none, except that samples are copied into a project
whole: files under ``Samples~`` have theirs.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent / "unity"

_TAIL = "  externalObjects: {}\n  userData: \n  assetBundleName: \n  assetBundleVariant: \n"
_SCRIPT = (
    "MonoImporter:\n  externalObjects: {}\n  serializedVersion: 2\n  defaultReferences: []\n  executionOrder: 0\n"
    "  icon: {instanceID: 0}\n  userData: \n  assetBundleName: \n  assetBundleVariant: \n"
)
_PLUGIN = (
    "PluginImporter:\n  externalObjects: {}\n  serializedVersion: 2\n  iconMap: {}\n  executionOrder: {}\n"
    "  defineConstraints: []\n  isPreloaded: 0\n  isOverridable: 0\n  isExplicitlyReferenced: 0\n"
    "  validateReferences: 1\n"
    "  platformData:\n  - first:\n      Any: \n    second:\n      enabled: 0\n      settings: {}\n"
    "  - first:\n      Editor: Editor\n    second:\n      enabled: 0\n"
    "      settings:\n        DefaultValueInitialized: true\n"
    "  - first:\n      WebGL: WebGL\n    second:\n      enabled: 1\n      settings: {}\n"
    "  userData: \n  assetBundleName: \n  assetBundleVariant: \n"
)
_IMPORTERS = {
    ".cs": _SCRIPT,
    ".jslib": _PLUGIN,
    ".asmdef": f"AssemblyDefinitionImporter:\n{_TAIL}",
    ".md": f"TextScriptImporter:\n{_TAIL}",
    ".json": f"TextScriptImporter:\n{_TAIL}",
}


def list_assets(package: Path = PACKAGE) -> list[Path]:
    """Files and folders that need a .meta."""
    found = []
    for path in sorted(package.rglob("*")):
        parts = path.relative_to(package).parts
        hidden = [i for i, part in enumerate(parts) if part.startswith(".") or part.endswith("~")]
        if path.suffix != ".meta" and (not hidden or (parts[0] == "Samples~" and hidden == [0] and len(parts) > 1)):
            found.append(path)
    return found


def meta_text(path: Path, package: Path = PACKAGE) -> str:
    """The .meta of a file or folder of the package."""
    name = path.relative_to(package).as_posix()
    guid = hashlib.md5(f"com.shelfway.unity/{name}".encode(), usedforsecurity=False).hexdigest()
    if path.is_dir():
        body = f"folderAsset: yes\nDefaultImporter:\n{_TAIL}"
    elif name == "package.json":
        body = f"PackageManifestImporter:\n{_TAIL}"
    else:
        body = _IMPORTERS.get(path.suffix, f"DefaultImporter:\n{_TAIL}")
    return f"fileFormatVersion: 2\nguid: {guid}\n{body}"


def main(arguments: list[str] | None = None) -> int:
    """Write what is missing and remove what belongs to nothing; with ``--check`` only tell. 0 when all is well."""
    parser = argparse.ArgumentParser(prog="python -m unity_bridge.metas", description=".meta files of the package.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when one is missing or left over")
    options = parser.parse_args(arguments)
    assets = list_assets()
    missing = [path for path in assets if not _meta(path).is_file()]
    orphans = sorted(set(PACKAGE.rglob("*.meta")) - {_meta(path) for path in assets})
    if not options.check:
        for path in missing:
            _meta(path).write_text(meta_text(path), encoding="utf-8")
        for path in orphans:
            path.unlink()
    for path in (*missing, *orphans):
        print(
            f"{path.relative_to(PACKAGE)}: {'has no .meta' if path in missing else 'belongs to no file'}",
            file=sys.stderr,
        )
    return 1 if options.check and (missing or orphans) else 0


def _meta(path: Path) -> Path:
    return path.with_name(path.name + ".meta")


if __name__ == "__main__":
    sys.exit(main())
