"""MARCXML, alone or inside OAI-PMH, with any prefix or none. Document types (and so entity bombs) are refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from library.marc_record import MarcFaultError, MarcField, MarcRecord


def iter_xml(file: BinaryIO) -> Iterator[tuple[int, MarcRecord | MarcFaultError]]:
    """Each record with the line where it starts. A fault with line 0 concerns the whole file."""
    found = checked = False
    line = 0
    try:
        for event, node in etree.iterparse(
            file, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        ):
            if not checked and node.getroottree().docinfo.doctype:
                yield 0, MarcFaultError("the XML declares a document type; remove it (entities are not read)")
                return
            checked = True
            if event == "start" or not isinstance(node.tag, str) or etree.QName(node).localname != "record":
                continue
            line = node.sourceline or 0
            record = _record(node)
            if record is not None:
                found = True
                yield line, record
            _forget(node)
    except etree.XMLSyntaxError as error:
        yield line if found else 0, MarcFaultError(f"broken XML at line {error.lineno}: {error.msg}")
        return
    if not found:
        yield 0, MarcFaultError("the XML holds no MARC record (no record with a leader or data fields)")


def _record(node: etree._Element) -> MarcRecord | MarcFaultError | None:
    leader, fields = "", []
    marked = False
    for child in node:
        if not isinstance(child.tag, str):
            continue
        name = etree.QName(child).localname
        if name == "leader":
            leader, marked = child.text or "", True
        elif name == "controlfield":
            fields.append(MarcField(_tag(child), data=_text(child)))
        elif name == "datafield":
            marks = ((child.get("ind1") or " ")[:1] + (child.get("ind2") or " ")[:1]).ljust(2)
            subfields = tuple(
                ((sub.get("code") or " ")[:1], _text(sub))
                for sub in child
                if isinstance(sub.tag, str) and etree.QName(sub).localname == "subfield"
            )
            fields.append(MarcField(_tag(child), indicators=marks, subfields=subfields))
    if not marked and not fields:
        return None
    if not fields:
        return MarcFaultError("the record has no fields")
    return MarcRecord(leader.ljust(24), tuple(fields))


def _tag(node: etree._Element) -> str:
    return (node.get("tag") or "").strip().zfill(3)


def _text(node: etree._Element) -> str:
    return "".join(str(text) for text in node.itertext())


def _forget(node: etree._Element) -> None:
    """Free what has been read, so that memory does not grow with the file."""
    node.clear()
    parent = node.getparent()
    while parent is not None and node.getprevious() is not None:
        del parent[0]
