"""Labels with this home's name and certificate: where the clock, the keys and ``assets/label.py`` meet."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assets.errors import LabelError
from assets.label import LabelRead, label_bytes, read_label
from assets.label_aigc import Kind, Provenance
from server.errors import CommandError
from server.settings import Settings
from server.telemetry import log

if TYPE_CHECKING:
    from assets.label_c2pa import C2paSigning

KEYS = "keys"


def find_signing(home: Path, library: str, make: bool) -> C2paSigning | None:
    """What signs here; None where ``c2pa-python`` is not installed. ``make``: make a certificate if there is none."""
    from assets.label_c2pa import C2paSigning
    from assets.label_certificate import find_identity, make_identity

    try:
        folder = home / KEYS
        identity = find_identity(folder)
        if identity is None and make:
            identity = make_identity(folder, library, datetime.now(UTC))
        return C2paSigning(identity)
    except LabelError as fault:
        log.warning("files are labelled without a signature: %s", fault)
        return None


def label_file(path: Path, settings: Settings, kind: Kind, generator: str, produce_id: str = "") -> bool:
    """Label a finished file in place, with its sidecar at FILE.c2pa where one is needed; was it signed?

    Raises LabelError, FormatError, OSError.
    """
    import hashlib

    data = path.read_bytes()
    signing = find_signing(settings.home, next(iter(settings.library_name.values()), "Library"), make=True)
    number = produce_id or hashlib.sha256(data).hexdigest()[:32]
    made = label_bytes(data, Provenance(kind, settings.producer_code, number, generator), signing)
    if made.sidecar is not None:
        write_whole(sidecar_of(path), made.sidecar)
    write_whole(path, made.data)
    return signing is not None


def verify_file(path: Path, home: Path) -> LabelRead:
    """What a file says about itself; its sidecar is read if it lies there. Raises CommandError and FormatError."""
    if not path.is_file():
        raise CommandError("there is no such file", "not_found", str(path))
    side = sidecar_of(path)
    signing = find_signing(home, "", make=False)
    return read_label(path.read_bytes(), side.read_bytes() if side.is_file() else None, signing)


def sidecar_of(path: Path) -> Path:
    """Where the manifest lies that belongs to a file."""
    return path.with_name(path.name + ".c2pa")


def write_whole(path: Path, data: bytes) -> None:
    """Whole or not at all. Raises CommandError."""
    import os

    making = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        making.write_bytes(data)
        making.replace(path)
    except OSError as fault:
        making.unlink(missing_ok=True)
        raise CommandError(f"the file cannot be written: {fault.strerror}", "cannot_write", str(path)) from fault
