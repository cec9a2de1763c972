"""Labels of generated files: who made it, how, and whether it is still as it was made.

``label_bytes`` writes the label into a finished file, in this order: metadata (``label_aigc.py``), a digest over
content and label, then a C2PA signature where the format can carry one, else as a sidecar. ``read_label`` reads it.
What people see (``label_mark.py``) is drawn before, by whoever makes the picture.

``ai``: a trained model made it; GB 45438-2025 fields and IPTC ``trainedAlgorithmicMedia``. ``algorithmic``: rules made
it, no model was trained; IPTC ``algorithmicMedia`` and no AIGC label, because calling it AI would be false.

Errors: LabelError, FormatError.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assets.errors import FormatError, LabelError
from assets.label_aigc import SOURCE_TYPES, Kind, Provenance, build_packet, read_packet
from assets.label_glb import GLB
from assets.label_images import JPEG, PNG
from assets.label_pages import PDF, SVG
from assets.label_riff import WAV, WEBP
from assets.label_values import Carrier, Packet

if TYPE_CHECKING:
    from assets.label_c2pa import SignatureRead, Signing

CARRIERS: tuple[Carrier, ...] = (PNG, JPEG, WEBP, WAV, GLB, SVG, PDF)
UNSIGNED = ("application/pdf",)
"""Formats for which the C2PA library can neither embed nor check a sidecar: digest only."""

Seen = Literal["ai", "algorithmic", "none"]


@dataclass(frozen=True, slots=True)
class Labelled:
    """The file with its label. ``sidecar``: what belongs into FILE.c2pa, for formats that C2PA cannot embed into."""

    data: bytes
    sidecar: bytes | None = None


@dataclass(frozen=True, slots=True)
class LabelRead:
    """What a file says about itself. ``intact``: None when it carries nothing that could be checked.

    ``faults``: what does not fit, ``notes``: what could not be checked; one sentence each.
    """

    format: str
    label: Seen
    intact: bool | None
    provenance: Provenance | None
    signature: SignatureRead | None
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def find_carrier(data: bytes) -> Carrier | None:
    """The format of a file by its first bytes."""
    return next((carrier for carrier in CARRIERS if carrier.matches(data)), None)


def label_bytes(data: bytes, provenance: Provenance, signing: Signing | None = None) -> Labelled:
    """The file with its label in place of any former one. Without ``signing`` only metadata and digest are written.

    Raises FormatError (no such format) and LabelError.
    """
    carrier = find_carrier(data)
    if carrier is None:
        raise FormatError(
            f"a file that begins with {data[:4]!r} cannot be labelled; use PNG, JPEG, WebP, WAV, GLB, SVG or PDF"
        )
    if carrier.mime in UNSIGNED:
        signing = None
    empty = build_packet(provenance, "", signing is not None)
    digest = _digest(carrier, carrier.put(data, empty), empty)
    labelled = carrier.put(data, build_packet(provenance, digest, signing is not None))
    if signing is None:
        return Labelled(labelled)
    return Labelled(*signing.sign(labelled, carrier.mime, provenance, embed=carrier.embeds_c2pa))


def read_label(data: bytes, sidecar: bytes | None = None, signing: Signing | None = None) -> LabelRead:
    """What the file says and whether it is as it was when it was labelled.

    ``signing``: reads signatures; None where C2PA is not installed. Raises FormatError when the bytes are of no known
    format.
    """
    carrier = find_carrier(data)
    if carrier is None:
        raise FormatError(f"a file that begins with {data[:4]!r} carries no label that could be read")
    signature = None
    if signing is not None and carrier.mime not in UNSIGNED:
        signature = signing.read(data, carrier.mime, sidecar)
    faults: list[str] = []
    try:
        packet = carrier.get(data)
        provenance, digest = read_packet(packet) if packet is not None else (None, None)
        if packet is not None and provenance is not None and digest is not None:
            faults += _changes(carrier, data, packet, provenance, digest)
    except LabelError as fault:
        return LabelRead(carrier.name, _said_by(signature), False, None, signature, (str(fault),))
    if signature is not None and signature.state == "invalid":
        faults.append(f"the signature does not fit: {', '.join(signature.failures)}")
    notes: list[str] = []
    if provenance is not None and provenance.signed and signing is not None and signature is None:
        if carrier.embeds_c2pa:
            faults.append("the file was signed when it was made, but its manifest was taken out")
        else:
            notes.append("the sidecar is not here: only the digest was checked")
    if provenance is not None and signing is None:
        notes.append("signatures cannot be read here: pip install 'shelfway[labels]'")
    if provenance is None and signature is None:
        return LabelRead(carrier.name, "none", None, None, None)
    label = provenance.kind if provenance is not None else _said_by(signature)
    checked = signature is not None or digest is not None or bool(faults)
    intact = not faults if checked else None
    return LabelRead(carrier.name, label, intact, provenance, signature, tuple(faults), tuple(notes))


def describe_label(read: LabelRead) -> Mapping[str, object]:
    """The reading as the JSON document of ``shelfway verify``."""
    made, signed = read.provenance, read.signature
    return {
        "format": read.format,
        "label": read.label,
        "intact": read.intact,
        "producer": made.producer if made else None,
        "produce_id": made.produce_id if made else None,
        "generator": made.generator if made else None,
        "licence": made.licence if made else None,
        "source_type": SOURCE_TYPES[made.kind].rsplit("/", 1)[1] if made else None,
        "signature": {
            "state": signed.state,
            "where": signed.where,
            "issuer": signed.issuer,
            "failures": list(signed.failures),
        }
        if signed
        else None,
        "faults": list(read.faults),
        "notes": list(read.notes),
    }


def _said_by(signature: SignatureRead | None) -> Seen:
    if signature is None:
        return "none"
    kinds: dict[str, Kind] = {"trainedAlgorithmicMedia": "ai", "algorithmicMedia": "algorithmic"}
    kinds["compositeWithTrainedAlgorithmicMedia"] = "ai"
    return kinds.get(signature.source_type.rsplit("/", 1)[-1], "none")


def _changes(carrier: Carrier, data: bytes, packet: Packet, provenance: Provenance, digest: str) -> list[str]:
    """What differs from the file that ``label_bytes`` wrote."""
    written = build_packet(provenance, digest, provenance.signed)
    if packet.xmp != written.xmp or packet.aigc not in (None, written.aigc):
        return ["the label was changed after it was written"]
    if digest != _digest(carrier, data, build_packet(provenance, "", provenance.signed)):
        return ["the content or its label was changed after it was labelled: the digest differs"]
    if not carrier.embeds_c2pa and carrier.put(data, packet) != data:
        return ["the file was written anew after it was labelled"]
    return []


def _digest(carrier: Carrier, data: bytes, packet: Packet) -> str:
    """SHA-256 over what the file shows and over its label, without the places that labels and signatures lie in."""
    total = hashlib.sha256()
    for part in carrier.content(data):
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    total.update((packet.aigc or "").encode())
    total.update(packet.xmp)
    return total.hexdigest()
