"""The copies of a record: call number, scheme, location and status from its holdings.

852 $h $i with the scheme by first indicator or $2; 905 $d/$e; 952 $o (Koha); 999 $a $w (SirsiDynix); without a holding
090 (scheme of 084 $2, else LCC), 084, 050, 082, and 690, 680, 676 in UNIMARC. CLC is written ``class/book number``.
"""

from __future__ import annotations

import re

from library.callnumber import key
from library.errors import CallNumberError
from library.marc_record import MarcField, MarcRecord
from library.values import Item

_SCHEME_WORDS = {
    "clc": "clc", "cclc": "clc", "zt": "clc", "ztf": "clc", "lcc": "lcc", "lc": "lcc", "lcper": "lcc", "z": "local",
    "ddc": "ddc", "dewey": "ddc", "dew": "ddc", "title": "title", "alphanum": "local", "other": "local",
    "local": "local",
}  # fmt: skip
_INDICATORS = {
    "0": "lcc",
    "1": "ddc",
    "5": "title",
    "2": "local",
    "3": "local",
    "4": "local",
    "6": "local",
    "8": "local",
}


def read_items(record: MarcRecord, title: str) -> tuple[Item, ...]:
    """One item for each holding, one for a record without."""
    spare = _class_of_record(record)
    items: list[Item] = []
    for tag, reader in _HOLDINGS.items():
        for field in record.list_fields(tag):
            item = reader(field, spare, title)
            if item is not None:
                items.append(item)
        if items:
            break
    return tuple(items) or (_item(*spare),)


def guess_scheme(text: str) -> str:
    """The scheme whose form a call number without any mark of its scheme has; "local" when it has none's."""
    text = text.strip()
    forms = (
        ("ddc", r"\d{3}(?:[./]\d+)*(?:[\s/].*)?$"),
        ("clc", r"[A-KN-VXZ][A-Z]?\d[\d.()=\"<>:+-]*(?:/.*)$"),
        ("lcc", r"[A-Z]{1,3} ?\d{1,4}(?:\.\d+)?[\s.]+\.?[A-Z]\d"),
        ("clc", r"[A-KN-VXZ][A-Z]?\d[\d.()=\"<>:+-]*$"),
    )
    return next((scheme for scheme, form in forms if re.match(form, text)), "local")


def scheme_of(word: str) -> str:
    """Our scheme for a source code such as "clc", "ddc23" or "DEWEY"; "" when it names none of ours."""
    plain = re.sub(r"[\d\W_]+", "", word).lower()
    return _SCHEME_WORDS.get(plain, "")


def _item(call: str, scheme: str, location: str = "", barcode: str = "", status: str = "available") -> Item:
    try:
        sort_key = key(scheme, call) if call else ""
    except CallNumberError:
        sort_key = ""
    return Item(call, scheme, sort_key, location, barcode, status)


def _join(scheme: str, head: str, tail: str) -> str:
    head, tail = head.strip(), tail.strip()
    if scheme == "clc":
        return f"{head}/{tail}" if head and tail else head or tail
    return f"{head} {tail}".strip()


def _class_of_record(record: MarcRecord) -> tuple[str, str]:
    """(call number, scheme) from the record's own class fields; ("", "local") without."""
    named = next((scheme_of(field.first("2")) for field in record.list_fields("084") if field.first("2")), "")
    unimarc = record.has("200") and not record.has("245")
    ways = (("690", "clc"), ("680", "lcc"), ("676", "ddc")) if unimarc else ()
    marc21 = (("090", named or "lcc"), ("084", ""), ("050", "lcc"), ("082", "ddc"))
    for tag, scheme in (*ways, *marc21):
        for field in record.list_fields(tag):
            if not field.first("a"):
                continue
            call = field.first("a")
            found = scheme or scheme_of(field.first("2")) or ("local" if field.first("2") else guess_scheme(call))
            if tag == "084" and found == "local" and record.has("050", "082"):
                continue  # a scheme that no shelf list knows; the other classes do better
            if tag == "082":
                call = call.replace("/", "")
            tail = "" if tag in {"690", "680", "676"} else " ".join(field.all("b"))
            return _join(found, call, tail), found
    return "", "local"


def _read_852(field: MarcField, spare: tuple[str, str], title: str) -> Item | None:
    if not field.all("bchijp"):
        return None
    place, barcode = field.first("b"), field.first("p")
    head, tail = " ".join(field.all("h")), " ".join(field.all("i"))
    mark = field.indicators[:1]
    scheme = _INDICATORS.get(mark) or scheme_of(field.first("2"))
    if scheme == "title":
        return _item(f"{head} {tail}".strip() or field.first("l") or title, scheme, place, barcode)
    if not head and not tail:
        call = field.first("j")
        return _item(call, "local", place, barcode) if call else _item(*spare, place, barcode)
    if not scheme:
        scheme = "local" if field.first("2") else guess_scheme(_join("clc", head, tail))
    return _item(_join(scheme, head, tail), scheme, place, barcode)


def _read_905(field: MarcField, spare: tuple[str, str], title: str) -> Item | None:
    if not field.first("d"):
        return None
    return _item(_join("clc", field.first("d"), field.first("e")), "clc", barcode=field.first("b"))


def _read_952(field: MarcField, spare: tuple[str, str], title: str) -> Item | None:
    call = field.first("o")
    if not call and not (field.first("p") and field.all("abc")):
        return None
    scheme = scheme_of(field.first("2")) or (guess_scheme(call) if call else "")
    status = "available"
    for code, word in (
        ("q", "checked out"),
        ("1", "lost"),
        ("0", "withdrawn"),
        ("4", "damaged"),
        ("7", "not for loan"),
    ):
        if field.first(code) not in {"", "0"}:
            status = word
            break
    pair = (call, scheme) if call else spare
    return _item(*pair, field.first("c"), field.first("p"), status)


def _read_999(field: MarcField, spare: tuple[str, str], title: str) -> Item | None:
    call = field.first("a")
    if not call or not field.all("wli"):
        return None
    scheme = scheme_of(field.first("w")) or guess_scheme(call)
    status = field.first("k").casefold().replace("_", " ")
    gone = {"checkedout": "checked out", "on-order": "on order", "missing": "missing", "lost": "lost"}
    return _item(call, scheme, field.first("l"), field.first("i"), gone.get(status, "available"))


_HOLDINGS = {"852": _read_852, "905": _read_905, "952": _read_952, "999": _read_999}
