"""Builds ISO 2709 records for tests, byte by byte."""

from __future__ import annotations


def make_marc(fields: list[tuple[str, str | bytes]], encoding: str = "utf-8", flag: str = "a") -> bytes:
    """``fields``: (tag, text) where "$" starts a subfield and data fields begin with their two indicators."""
    directory, body = b"", b""
    for tag, text in fields:
        data = text if isinstance(text, bytes) else text.replace("$", "\x1f").encode(encoding)
        directory += tag.encode() + b"%04d%05d" % (len(data) + 1, len(body))
        body += data + b"\x1e"
    base = 24 + len(directory) + 1
    leader = b"%05dnam %s22%05d i 4500" % (base + len(body) + 1, flag.encode(), base)
    return leader + directory + b"\x1e" + body + b"\x1d"


def fixed(year: str = "2008", language: str = "eng", kind: str = "s") -> str:
    return f"260101{kind}{year}    xx            000 0 {language} d"
