"""Which encoding a record's bytes are in, and their text; never mojibake.

The leader may lie, so bytes decide: strict UTF-8 first; else strict GB18030 when the record is of the CNMARC family and
its bytes look like Chinese; else Windows-1251 when
it says and looks Russian; else MARC-8, strictly. What reads cleanly in none of them is refused.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from library.marc_marc8 import Marc8Error, decode_marc8
from library.marc_record import MarcFaultError

RawField = tuple[str, bytes]
_ACCENTS = {  # combining marks in use, for languages whose Latin-1 text would otherwise pass as MARC-8
    "fre": "\u0300\u0301\u0302\u0308\u0327", "spa": "\u0301\u0303\u0308", "ger": "\u0308\u0301\u0300",
    "ita": "\u0300\u0301\u0302\u0308", "por": "\u0300\u0301\u0302\u0303\u0308\u0327", "dut": "\u0300\u0301\u0302\u0308",
    "eng": "\u0300\u0301\u0302\u0303\u0304\u0308\u030a\u0327\u0306\u030c",
}  # fmt: skip


def is_chinese_family(tags: set[str]) -> bool:
    """UNIMARC and CNMARC put the title in 200; MARC 21 in 245."""
    return "245" not in tags and "200" in tags


def choose_encoding(leader: str, fields: Sequence[RawField]) -> str:
    """One of utf-8, gb18030, cp1251, marc-8; MarcFaultError when the leader says UTF-8 and the bytes are nothing."""
    blob = b"\n".join(data for _, data in fields)
    if blob.isascii() and b"\x1b" not in blob:
        return "utf-8"
    broken = _utf8_fault(fields)
    if broken is None and (leader[9:10] == "a" or not blob.isascii()):
        return "utf-8"
    if is_chinese_family({tag for tag, _ in fields}) and _looks_chinese(blob):
        return "gb18030"
    if _looks_russian(fields, blob):
        return "cp1251"
    if leader[9:10] == "a" and b"\x1b" not in blob:
        raise MarcFaultError(f"the leader says UTF-8 but {broken}; convert the file to UTF-8 and import it again")
    return "marc-8"


def decode_text(encoding: str, tag: str, data: bytes) -> str:
    """The text of one subfield or control field."""
    if encoding == "marc-8":
        try:
            return decode_marc8(data)
        except Marc8Error as error:
            raise MarcFaultError(
                f"field {tag}, byte {error.at + 1} of its text: {error} (neither UTF-8 nor clean MARC-8)"
            ) from None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise MarcFaultError(f"field {tag}: byte 0x{data[error.start]:02x} is not {encoding}") from None
    return unicodedata.normalize("NFC", text)


def check_language(language: str, text: str) -> None:
    """Refuse MARC-8 text with accents that its language lacks: it is probably Latin-1."""
    allowed = _ACCENTS.get(language)
    if allowed is None:
        return
    for char in unicodedata.normalize("NFD", text):
        if unicodedata.combining(char) and char not in allowed:
            raise MarcFaultError(
                f"the title reads {text!r} in MARC-8, with accents that {language} lacks; probably Latin-1: convert it"
            )


def check_twice_encoded(text: str) -> None:
    """Refuse text that was UTF-8, read as Latin-1 and encoded again."""
    if text.isascii():
        return
    for codec in ("latin-1", "cp1252"):
        try:
            once = text.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
        raise MarcFaultError(f"the title {text!r} was encoded twice (it should read {once!r}); export it again")


def _utf8_fault(fields: Sequence[RawField]) -> str | None:
    for tag, data in fields:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            return f"byte 0x{data[error.start]:02x} at offset {error.start} of field {tag} is not UTF-8"
    return None


def _looks_russian(fields: Sequence[RawField], blob: bytes) -> bool:
    """The record says Russian, and its high bytes are Cyrillic letters of Windows-1251, mostly small ones."""
    if not any(tag == "008" and data[35:38] == b"rus" for tag, data in fields):
        return False
    high = [byte for byte in blob if byte >= 0x80]
    letters = sum(byte >= 0xC0 or byte in (0xA8, 0xB8) for byte in high)
    small = sum(byte >= 0xE0 for byte in high)
    return 0x98 not in high and letters >= 0.9 * len(high) and small >= 0.6 * len(high)


def _looks_chinese(blob: bytes) -> bool:
    """Strict GB18030, and mostly pairs of two high bytes: an accent before a plain letter is ISO 5426, not Chinese."""
    try:
        blob.decode("gb18030")
    except UnicodeDecodeError:
        return False
    pairs = plain = at = 0
    while at < len(blob):
        if blob[at] < 0x80:
            at += 1
            continue
        pairs += 1
        plain += at + 1 < len(blob) and blob[at + 1] >= 0xA1
        at += 2
    return pairs > 0 and plain >= 0.7 * pairs
