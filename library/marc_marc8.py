"""MARC-8 to Unicode, strictly: a byte without a meaning is a fault, never a blank.

Source: LC, MARC 21 Specifications for Record Structure, part "Character sets and encoding: MARC-8"; the mapping tables
are pymarc's. Combining marks precede their letter in MARC-8 and follow it in Unicode.
"""

from __future__ import annotations

import re
import unicodedata

from pymarc import marc8_mapping

_ESC = 0x1B
_LATIN, _ANSEL, _EAST_ASIAN = 0x42, 0x45, 0x31
_REFERENCE = re.compile(r"&#x([0-9A-Fa-f]{2,6});")


class Marc8Error(ValueError):
    """``at``: offset of the byte that has no meaning."""

    def __init__(self, at: int, why: str) -> None:
        super().__init__(why)
        self.at = at


def decode_marc8(data: bytes) -> str:
    """One subfield's bytes as NFC text. Marc8Error names the offset."""
    if data.isascii() and _ESC not in data:
        return _references(data.decode("ascii"))
    out: list[str] = []
    marks: list[str] = []
    g0, g1, at = _LATIN, _ANSEL, 0
    while at < len(data):
        if data[at] == _ESC:
            g0, g1, at = _escape(data, at, g0, g1)
            continue
        width = 3 if g0 == _EAST_ASIAN and data[at] < 0x80 and data[at] != 0x20 else 1
        if at + width > len(data):
            raise Marc8Error(at, "an East Asian character is cut off")
        code = int.from_bytes(data[at : at + width], "big")
        char, combines = _lookup(code, width, g0, g1, at)
        if combines:
            marks.append(char)
        else:
            if marks and not (char.isalpha() or char.isdigit()):
                raise Marc8Error(at, f"an accent stands before {char!r}, which cannot carry one")
            out.append(char)
            out += marks
            marks = []
        at += width
    if marks:
        raise Marc8Error(len(data) - 1, "an accent stands at the end, before no letter")
    return _references(unicodedata.normalize("NFC", "".join(out)))


def _escape(data: bytes, at: int, g0: int, g1: int) -> tuple[int, int, int]:
    rest = data[at + 1 : at + 4]
    if not rest:
        raise Marc8Error(at, "an escape sequence is cut off")
    if rest[0] == 0x73:
        return _LATIN, g1, at + 2
    if rest[0] in (0x67, 0x62, 0x70):  # Greek symbols, subscripts, superscripts
        return rest[0], g1, at + 2
    size = 1
    if rest[0] == 0x24 and rest[1:2] in (b",", b"-", b")", b"("):
        size = 2
    final = rest[size : size + 1]
    if final == b"!" and rest[size + 1 : size + 2] == b"E":
        size, final = size + 1, b"E"
    if not final or final[0] not in marc8_mapping.CODESETS:
        raise Marc8Error(at, f"unknown escape sequence 1b {rest.hex(' ')}")
    second = rest[0] in (0x29, 0x2D) or (rest[0] == 0x24 and rest[1:2] in (b"-", b")"))
    if rest[0] not in (0x28, 0x2C, 0x29, 0x2D, 0x24):
        raise Marc8Error(at, f"unknown escape sequence 1b {rest.hex(' ')}")
    after = at + 1 + size + 1
    return (g0, final[0], after) if second else (final[0], g1, after)


def _lookup(code: int, width: int, g0: int, g1: int, at: int) -> tuple[str, bool]:
    if width == 1 and (code < 0x20 or code in (0x88, 0x89, 0x8D, 0x8E)):
        return {0x8D: "\u200d", 0x8E: "\u200c"}.get(code, " " if code in (9, 10, 13) else ""), False
    if code == 0x20:
        return " ", False
    charset = g1 if width == 1 and code > 0x80 else g0
    found = marc8_mapping.CODESETS[charset].get(code)
    if found is not None:
        return chr(found[0]), bool(found[1])
    odd = marc8_mapping.ODD_MAP.get(code)
    if odd is not None:
        return chr(odd), False
    raise Marc8Error(at, f"byte 0x{code:0{2 * width}x} has no meaning in MARC-8 character set 0x{charset:02x}")


def _references(text: str) -> str:
    """Characters that MARC-8 lacks are written &#xNNNN; (LC's lossless conversion)."""

    def char(found: re.Match[str]) -> str:
        code = int(found[1], 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else found[0]

    return _REFERENCE.sub(char, text)
