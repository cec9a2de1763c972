"""The label in a glTF binary: ``asset.extras`` and one XMP packet as KHR_xmp_json_ld.

There is no practice guide of TC260 for glTF. We put exactly one object ``AIGC`` with the standard's fields into
``asset.extras``, beside our own ``xmp``; IPTC's DigitalSourceType goes into KHR_xmp_json_ld, where other programs
look for it. Both pass the Khronos validator and survive gltf-transform.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from typing import Any

from assets.errors import FormatError, GlbError
from assets.glb_container import pack_glb, unpack_glb
from assets.label_values import Packet

XMP = "KHR_xmp_json_ld"


class _Glb:
    name, mime, embeds_c2pa = "glb", "model/gltf-binary", False

    def matches(self, data: bytes) -> bool:
        return data.startswith(b"glTF")

    def put(self, data: bytes, packet: Packet) -> bytes:
        document, binary = self._read(data)
        self._strip(document)
        asset = document["asset"]
        extras = dict(asset.get("extras", {}))
        if packet.aigc is not None:
            extras["AIGC"] = json.loads(packet.aigc)
        extras["xmp"] = packet.xmp.decode()
        asset["extras"] = extras
        kind = "trainedAlgorithmicMedia" if packet.aigc is not None else "algorithmicMedia"
        entry = {
            "@context": {"Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"},
            "Iptc4xmpExt:DigitalSourceType": f"http://cv.iptc.org/newscodes/digitalsourcetype/{kind}",
        }
        asset["extensions"] = {**asset.get("extensions", {}), XMP: {"packet": 0}}
        document["extensions"] = {**document.get("extensions", {}), XMP: {"packets": [entry]}}
        document["extensionsUsed"] = sorted({*document.get("extensionsUsed", ()), XMP})
        return pack_glb(document, binary)

    def get(self, data: bytes) -> Packet | None:
        document, _ = self._read(data)
        extras = document.get("asset", {}).get("extras", {})
        xmp, aigc = extras.get("xmp"), extras.get("AIGC")
        if xmp is None and aigc is None:
            return None
        text = json.dumps(aigc, separators=(",", ":")) if aigc is not None else None
        return Packet(str(xmp or "").encode(), text)

    def content(self, data: bytes) -> Iterator[bytes]:
        document, binary = self._read(data)
        self._strip(document)
        yield json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        yield binary

    @staticmethod
    def _strip(document: dict[str, Any]) -> None:
        """Take the label out, wherever ``put`` has put it."""
        asset = document.setdefault("asset", {})
        for holder in (asset, document):
            extensions = holder.get("extensions", {})
            extensions.pop(XMP, None)
            if not extensions:
                holder.pop("extensions", None)
        extras = asset.get("extras", {})
        for key in ("AIGC", "xmp"):
            extras.pop(key, None)
        if not extras:
            asset.pop("extras", None)
        used = [name for name in document.get("extensionsUsed", ()) if name != XMP]
        document.pop("extensionsUsed", None)
        if used:
            document["extensionsUsed"] = used

    @staticmethod
    def _read(data: bytes) -> tuple[dict[str, Any], bytes]:
        try:
            document, binary = unpack_glb(data)
        except GlbError as fault:
            raise FormatError(str(fault)) from fault
        if struct.unpack_from("<I", data, 8)[0] != len(data):
            raise FormatError("bytes follow the end of the glTF binary")
        if not isinstance(document.get("asset"), dict):
            raise FormatError("the glTF document has no asset")
        return document, binary


GLB = _Glb()
