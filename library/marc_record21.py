"""MARC 21 → Record: the field map of titles, names, dates, subjects."""

from __future__ import annotations

import re

from library.marc_holdings import read_items
from library.marc_names import (
    clean_isbn,
    clean_name,
    clean_title,
    direct_name,
    find_year,
    is_collective,
    name_forms,
    unique,
)
from library.marc_record import MarcFaultError, MarcField, MarcRecord
from library.values import Record

_NAMES = ("100", "110", "111", "700", "710", "711", "720")
_PERSONS = ("100", "700", "720")


def to_record21(marc: MarcRecord, record_id: str) -> Record:
    """MarcFaultError when the record has no title in any field."""
    titles = _titles(marc)
    if not titles:
        raise MarcFaultError("the record has no title (245 or another title field)")
    names = [(_name(field), field.tag in _PERSONS) for field in marc.list_fields(*_NAMES)]
    other = [(_name(field), field.first("6")[:3] in _PERSONS) for field in _linked(marc, _NAMES)]
    title = titles[0]
    return Record(
        record_id=record_id,
        title=title,
        titles=titles,
        authors=unique(direct_name(name) if person else name for name, person in names or other),
        author_forms=unique(
            form for name, person in [*names, *other] for form in (name_forms(name) if person else (name,))
        ),
        year=_year(marc),
        languages=_languages(marc),
        publisher=_publisher(marc),
        isbns=unique(clean_isbn(text) for field in marc.list_fields("020") for text in field.all("a")),
        subjects=_subjects(marc),
        summary=" ".join(text for field in marc.list_fields("520") for text in field.all("ab")),
        items=read_items(marc, title),
        synthetic=is_synthetic(marc),
        series=_series(marc),
    )


def is_synthetic(marc: MarcRecord) -> bool:
    """Records made for volume say so: 599 $a SYNTHETIC, or a note "synthetic record"."""
    local = (field.first("a").upper().startswith("SYNTHETIC") for field in marc.list_fields("599"))
    notes = ("synthetic record" in field.first("a").casefold() for field in marc.list_fields("500", "300"))
    return any(local) or any(notes)


def _linked(marc: MarcRecord, tags: tuple[str, ...]) -> list[MarcField]:
    """880 fields that give one of these tags in another script."""
    return [field for field in marc.list_fields("880") if field.first("6")[:3] in tags]


def _titles(marc: MarcRecord) -> tuple[str, ...]:
    forms: list[str] = []
    for field in [*marc.list_fields("245"), *_linked(marc, ("245",))]:
        forms += title_forms(field, sorting=True)
    for field in [*marc.list_fields("246", "242", "247"), *_linked(marc, ("246",))]:
        forms += title_forms(field)
    for field in [*marc.list_fields("240", "130", "730"), *_linked(marc, ("240", "130", "730"))]:
        forms.append(clean_title(" ".join(field.all("anp"))))
    forms += [clean_title(" ".join(field.all("anp"))) for field in marc.list_fields("740")]
    forms = [form for form in forms if form and not is_collective(form)]
    return unique(forms) or unique(clean_title(" ".join(f.all("abcdefghknpst"))) for f in marc.list_fields("245"))


def title_forms(field: MarcField, sorting: bool = False) -> list[str]:
    """Title; title and subtitle; parallel titles; without the article that the second indicator counts."""
    groups: list[list[str]] = []
    mark = ""
    for code, text in field.subfields:
        if code in "anpkfs" and code != "f":
            if not groups or mark == "=":
                groups.append([text])
            else:
                groups[-1].append(text)
        elif code == "b":
            if not groups or mark == "=":
                groups.append([text])
            else:
                groups[-1].append("\0" + text)
        if code in "abnp":
            mark = text.rstrip()[-1:]
    forms: list[str] = []
    for group in groups:
        for number, parallel in enumerate(re.split(r"\s+=\s+", " ".join(group))):
            head, _, rest = parallel.partition("\0")
            if not rest:
                head, _, rest = head.partition(" : ")
            title, subtitle = clean_title(head), clean_title(rest.replace("\0", ""))
            if number and not title:
                title, subtitle = subtitle, ""
            forms.append(title)
            if title and subtitle:
                forms.append(f"{title}: {subtitle}")
    skip = field.indicators[1:2]
    if sorting and forms and skip.isdigit() and 0 < int(skip) < len(forms[0]) and forms[0][int(skip) - 1] in " '’-":
        forms.append(forms[0][int(skip) :].strip())
    return forms


def _name(field: MarcField) -> str:
    codes = "ab" if field.tag[1:] != "11" else "ac"
    return clean_name(
        " ".join(clean_name(text) if code > "a" else text for code, text in field.subfields if code in codes)
    )


def _year(marc: MarcRecord) -> int | None:
    fixed = marc.control("008").ljust(40)
    kind, first, second = fixed[6], fixed[7:11], fixed[11:15]
    if kind == "r" and re.fullmatch(r"[12]\d{3}", second):
        return int(second)
    if kind not in "nb|" and re.fullmatch(r"(?:1\d|20)\d\d", first):
        return int(first)
    dates = [text for field in marc.list_fields("264", "260") for text in field.all("c")]
    return find_year(*dates)


def _languages(marc: MarcRecord) -> tuple[str, ...]:
    codes = [marc.control("008")[35:38]]
    for field in marc.list_fields("041"):
        for text in field.all("ad"):
            codes += re.findall(r"...", text) if len(text) % 3 == 0 else [text]
    return unique(code for code in codes if re.fullmatch(r"[a-z]{3}", code) and code not in {"zxx", "und"})


def _publisher(marc: MarcRecord) -> str:
    imprints = [*(f for f in marc.list_fields("264") if f.indicators[1] == "1"), *marc.list_fields("260")]
    return next((clean_title(field.first("b")) for field in imprints if field.first("b")), "")


def _series(marc: MarcRecord) -> tuple[str, ...]:
    """Series as the book says them (490, 440) and as they are traced (830, 800 $t), each script."""
    plain, named = ("490", "440", "830"), ("800", "810", "811")
    texts = [" ".join(field.all("anp")) for field in [*marc.list_fields(*plain), *_linked(marc, plain)]]
    texts += [" ".join(field.all("tnp")) for field in [*marc.list_fields(*named), *_linked(marc, named)]]
    return unique(map(clean_title, texts))


def _subjects(marc: MarcRecord) -> tuple[str, ...]:
    tags = ("600", "610", "611", "630", "648", "650", "651", "653", "655")
    subjects = []
    for field in [*marc.list_fields(*tags), *_linked(marc, tags)]:
        parts = [clean_title(text) for code, text in field.subfields if code in "abctvxyz"]
        subjects.append(" — ".join(part for part in parts if part))
    return unique(subjects)
