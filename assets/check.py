"""Is a finished world fit to be entered? Looked at before it is kept; faults are sentences."""

from __future__ import annotations

from typing import Any

from assets.errors import GlbError
from assets.glb_container import unpack_glb
from assets.label import read_label

LARGEST_BYTES = 60_000_000


def find_world_faults(data: bytes, label: str) -> tuple[str, ...]:
    """What is wrong with a labelled world; empty when it is fit. ``label``: what its label must say."""
    if len(data) > LARGEST_BYTES:
        return (f"the world is {len(data)} bytes long; {LARGEST_BYTES} are the most that headsets take",)
    try:
        document, _ = unpack_glb(data)
    except GlbError as fault:
        return (str(fault),)
    nodes: list[dict[str, Any]] = document.get("nodes", [])
    names = {str(node.get("name", "")) for node in nodes}
    faults = [f"the world has no {name}" for name in ("sky", "ground", "spawn", "notice") if name not in names]
    hotspots = [node["extras"]["hotspot"] for node in nodes if "hotspot" in node.get("extras", {})]
    for hotspot in hotspots:
        if hotspot.get("kind") == "quote" and not (hotspot.get("text") and hotspot.get("source")):
            faults.append("a quotation has no source")
        if hotspot.get("kind") == "portal" and hotspot.get("to") not in ("record", "shelf"):
            faults.append("a portal leads nowhere")
    if not any(hotspot.get("to") == "shelf" for hotspot in hotspots):
        faults.append("no portal leads back to the shelf")
    read = read_label(data)
    if read.label != label:
        faults.append(f"the label says {read.label}, the painter is {label}")
    if read.intact is False:
        faults += read.faults
    return tuple(faults)
