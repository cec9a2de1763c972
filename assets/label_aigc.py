"""The fields of a label and their text: GB 45438-2025 (Annex E) for what a model made, IPTC and our own for all.

Fields, order and allowed characters after GB 45438-2025, Annex E: ``Label`` "1" (is generated), ``ContentProducer``
(who generates, a code), ``ProduceID``, ``ReservedCode1`` (the producer's own use: our digest), ``ContentPropagator``,
``PropagateID``, ``ReservedCode2`` (the propagator's). Values are printable ASCII without quotation mark, backslash or
space. The standard was read through practice guides that quote it (TC260-PG-20259A images, -202510A audio).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

from lxml import etree

from assets.errors import LabelError
from assets.label_values import Packet

Kind = Literal["ai", "algorithmic"]

SOURCE_TYPES: dict[Kind, str] = {
    "ai": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
    "algorithmic": "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia",
}
AIGC_NS = "http://www.tc260.org.cn/ns/AIGC/1.0/"
IPTC_NS = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
OUR_NS = "urn:shelfway:label:1.0"
_CODE = re.compile(r"[!#-\[\]-~]{1,200}")
_BEGIN, _END = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>', b'<?xpacket end="r"?>'


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who made a file and how.

    ``producer``: the library's code (001 + 1 + unified social credit code + 5 digits in China). ``produce_id``: number
    of this content at the producer. ``generator``: program or model. ``signed``: a C2PA manifest belongs to the file.
    """

    kind: Kind
    producer: str
    produce_id: str
    generator: str
    licence: str = ""
    signed: bool = False


def build_packet(provenance: Provenance, digest: str, signed: bool) -> Packet:
    """The label's text. Raises LabelError when a field holds what the standard does not allow."""
    for name, value in (("producer code", provenance.producer), ("produce id", provenance.produce_id)):
        if not _CODE.fullmatch(value):
            raise LabelError(
                f"the {name} {value!r} must be 1 to 200 printable ASCII characters without space, quotation mark or "
                "backslash (GB 45438-2025, Annex E); change the setting producer_code"
            )
    own = {
        "kind": provenance.kind,
        "producer": provenance.producer,
        "produce_id": provenance.produce_id,
        "generator": provenance.generator,
        "licence": provenance.licence,
        "signed": signed,
        "digest": digest,
    }
    aigc = None
    if provenance.kind == "ai":
        fields = {
            "Label": "1",
            "ContentProducer": provenance.producer,
            "ProduceID": provenance.produce_id,
            "ReservedCode1": digest,
            "ContentPropagator": provenance.producer,
            "PropagateID": provenance.produce_id,
            "ReservedCode2": "",
        }
        aigc = json.dumps(fields, separators=(",", ":"))
    lines = [
        f"<Iptc4xmpExt:DigitalSourceType>{SOURCE_TYPES[provenance.kind]}</Iptc4xmpExt:DigitalSourceType>",
        f"<shelfway:Label>{escape(json.dumps(own, ensure_ascii=False, separators=(',', ':')))}</shelfway:Label>",
    ]
    if aigc is not None:
        lines.insert(0, f"<TC260:AIGC>{escape(aigc)}</TC260:AIGC>")
    names = f'xmlns:Iptc4xmpExt="{IPTC_NS}" xmlns:shelfway="{OUR_NS}"'
    if aigc is not None:
        names += f' xmlns:TC260="{AIGC_NS}"'
    body = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {names}>' + "".join(lines) + "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    return Packet(_BEGIN + body.encode() + _END, aigc)


def read_packet(packet: Packet) -> tuple[Provenance | None, str | None]:
    """Who made it, and the digest; (None, None) for metadata that is no label. Raises LabelError for a broken one.

    A file that carries only the AIGC fields, as other producers write them, is read from those; its digest is None.
    """
    xmp, aigc = _texts(packet.xmp) if packet.xmp else (None, None)
    aigc = packet.aigc or aigc
    if xmp is not None:
        return _own(xmp, aigc)
    if aigc is None:
        return None, None
    fields = _object(aigc)
    if fields.get("Label") not in ("1", "2", "3"):
        return None, None
    producer, number = str(fields.get("ContentProducer") or "?"), str(fields.get("ProduceID") or "?")
    return Provenance("ai", producer, number, ""), None


def _own(text: str, aigc: str | None) -> tuple[Provenance, str]:
    own = _object(text)
    kind, signed = own.get("kind"), own.get("signed")
    values = [own.get(key) for key in ("producer", "produce_id", "generator", "licence", "digest")]
    if kind not in ("ai", "algorithmic") or not isinstance(signed, bool) or not all(isinstance(v, str) for v in values):
        raise LabelError("the label's fields are not those that it was written with")
    if (kind == "ai") != (aigc is not None):
        raise LabelError("the AIGC fields were taken out of the label, or put into it")
    producer, number, generator, licence, digest = map(str, values)
    return Provenance(kind, producer, number, generator, licence, signed), digest


def _texts(xmp: bytes) -> tuple[str | None, str | None]:
    """Our own label and the AIGC fields in an XMP packet."""
    start, stop = xmp.find(b"<x:xmpmeta"), xmp.rfind(b"</x:xmpmeta>")
    if start < 0 or stop < 0:
        raise LabelError("the file's XMP packet is broken, and with it the label")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        tree = etree.fromstring(xmp[start : stop + len(b"</x:xmpmeta>")], parser)
    except etree.XMLSyntaxError as fault:
        raise LabelError("the file's XMP packet is not XML, and with it the label is lost") from fault
    own, aigc = tree.findtext(f".//{{{OUR_NS}}}Label"), tree.findtext(f".//{{{AIGC_NS}}}AIGC")
    return own, aigc


def _object(text: str) -> dict[str, object]:
    try:
        value = json.loads(text)
    except ValueError as fault:
        raise LabelError("the label's JSON is broken") from fault
    if not isinstance(value, dict):
        raise LabelError("the label's JSON is no object")
    return value
