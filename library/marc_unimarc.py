"""UNIMARC and CNMARC → Record. CNMARC keeps pinyin in $9 or $A; its classes are in 690 (CLC), copies in 905."""

from __future__ import annotations

import re

from library.marc_holdings import read_items
from library.marc_names import clean_isbn, clean_name, clean_title, find_year, unique
from library.marc_record import MarcFaultError, MarcField, MarcRecord
from library.marc_record21 import is_synthetic
from library.values import Record

_HAN = re.compile(r"[\u3400-\u9fff]")
_NAMES = ("700", "710", "701", "711", "702", "712")


def to_unimarc_record(marc: MarcRecord, record_id: str) -> Record:
    """MarcFaultError when 200 holds no title."""
    titles = _titles(marc)
    if not titles:
        raise MarcFaultError("the record has no title (200 $a)")
    fields = list(marc.list_fields(*_NAMES))
    names = [name for name in map(_name, fields) if name]
    pinyin = [clean_name(text) for field in fields for text in field.all("9A")]
    inverted = [_inverted(field) for field in fields]
    coded = next((field.first("a") for field in marc.list_fields("100")), "")
    dates = [text for field in marc.list_fields("210", "214") for text in field.all("d")]
    year = int(coded[9:13]) if re.fullmatch(r"(?:1\d|20)\d\d", coded[9:13]) else find_year(*dates)
    imprint = [clean_title(text) for field in marc.list_fields("210", "214") for text in field.all("c")]
    return Record(
        record_id=record_id,
        title=titles[0],
        titles=titles,
        authors=unique(names) or unique(clean_name(t) for f in marc.list_fields("200") for t in f.all("f")),
        author_forms=unique([*names, *inverted, *pinyin]),
        year=year,
        languages=unique(text for field in marc.list_fields("101") for text in field.all("a")),
        publisher=imprint[0] if imprint else "",
        isbns=unique(clean_isbn(text) for field in marc.list_fields("010") for text in field.all("a")),
        subjects=_subjects(marc),
        summary=" ".join(text for field in marc.list_fields("330") for text in field.all("a")),
        items=read_items(marc, titles[0]),
        synthetic=is_synthetic(marc),
        series=_series(marc),
    )


def _titles(marc: MarcRecord) -> tuple[str, ...]:
    forms: list[str] = []
    for field in marc.list_fields("200"):
        title = ""
        for code, text in field.subfields:
            plain = clean_title(text)
            if code == "a" and plain:
                title = title or plain
                forms.append(plain)
            elif code in "ehi" and title and plain:
                joint = ": " if code == "e" else " "
                forms.append(f"{title}{joint}{plain}")
            elif code in "d9A" and plain:
                forms.append(plain)
    for field in marc.list_fields("500", "510", "512", "517", "540", "541"):
        forms.append(clean_title(" ".join(field.all("ahi"))))
    return unique(forms)


def _name(field: MarcField) -> str:
    family, given = clean_name(field.first("a")), field.first("b").strip(" ,")
    if not given:
        return family
    return family + given if _HAN.search(family) else f"{given} {family}"


def _inverted(field: MarcField) -> str:
    family, given = clean_name(field.first("a")), field.first("b").strip(" ,")
    return f"{family}, {given}" if given and not _HAN.search(family) else ""


def _series(marc: MarcRecord) -> tuple[str, ...]:
    """Series (225, 410) and the set a volume belongs to (461, 462): $t, or $a of an embedded field."""
    texts = [text for field in marc.list_fields("225") for text in field.all("ai")]
    for field in marc.list_fields("410", "461", "462"):
        texts += field.all("t") or (field.all("a") if field.first("1") else [])
    return unique(map(clean_title, texts))


def _subjects(marc: MarcRecord) -> tuple[str, ...]:
    tags = ("600", "601", "602", "604", "605", "606", "607", "610")
    subjects = []
    for field in marc.list_fields(*tags):
        parts = [clean_title(text) for code, text in field.subfields if code in "abxyz"]
        if field.tag == "610":
            subjects += parts
        else:
            subjects.append(" — ".join(part for part in parts if part))
    return unique(subjects)
