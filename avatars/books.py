"""Books as readers name them: by title, author or subject; and the shelf each copy stands on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from avatars.language import fold, has_han
from avatars.topics import Topics, holds
from avatars.values import Located
from library.callnumber import key
from library.errors import CallNumberError
from library.search import LIKELY, match_title, search
from library.search_sql import rows_by_form
from library.store import Catalogue
from library.values import Record
from spatial.locate import place_of_face
from spatial.plan import Plan, ShelfFace
from spatial.shelves import find_face, locate_bay

SURE = 0.8
"""A title reading at least this good is taken as meant."""
MAYBE = LIKELY
"""A reading at least this good is worth asking back about."""


@dataclass(frozen=True, slots=True)
class TitleReading:
    """``meant``: records whose title was said; ``maybe``: near ones worth asking about, best first.

    ``wrong_author``: the title is held, but not by the author who was named with it.
    """

    meant: tuple[Record, ...] = ()
    maybe: tuple[Record, ...] = ()
    wrong_author: bool = False
    exact: bool = False


_PART = re.compile(
    r"第?[一二三四五六七八九十\d]+[部卷册集]$|(?<=[\u4e00-\u9fff])[一二三四五]$|,? (?:book|volume|vol\.?|part|no\.?)? ?(?:one|two|three|four|five|\d)$"
)
"""The number of a part behind a title."""


class Books:
    """The catalogue and the shelves together. Holds no state that changes but a cache of what is on each face."""

    def __init__(self, catalogue: Catalogue, plan: Plan) -> None:
        self.catalogue = catalogue
        self.plan = plan
        self.topics = Topics(catalogue)
        self.list_face = lru_cache(maxsize=512)(self._list_face)

    def by_title(self, phrase: str, by: str = "") -> TitleReading:
        """The records a phrase names as a title, narrowed by an author when one was named."""
        hits = match_title(self.catalogue, phrase)
        text = fold(phrase)
        exact = [h.record for h in hits if h.exact]
        meant = exact or [h.record for h in hits if h.score >= SURE]
        maybe = [h.record for h in hits if h.score >= MAYBE and h.record not in meant]
        if by and meant:
            named = [r for r in meant if wrote(r, by)]
            if named:
                return TitleReading(tuple(named), exact=bool(exact))
            return TitleReading(tuple(meant), wrong_author=True, exact=bool(exact))
        if not meant and not maybe and not by:
            maybe = self._misspelt(text) or self._called(text) or self._volume(text)
        if by:
            maybe = [r for r in maybe if wrote(r, by)]
            if len(maybe) == 1:
                return TitleReading(tuple(maybe))
        theirs = [r for r in maybe if _author_and_piece(text, r)]
        if not meant and len(theirs) == 1:
            return TitleReading(tuple(theirs))
        within = [r for r in maybe if any(_is_part(text, fold(t)) for t in r.titles)]
        if not meant and len(within) == 1 and len(maybe) == 1:
            return TitleReading(tuple(within))
        return TitleReading(tuple(meant), tuple(maybe[:3]), exact=bool(exact))

    def _misspelt(self, text: str) -> list[Record]:
        """Records found by search whose title, letter by letter, is close to what was written."""
        if has_han(text):
            return self._one_off(text)
        if len(text) < 8:
            return []
        scored = []
        for hit in search(self.catalogue, text, limit=8):
            close = max(fuzz.token_sort_ratio(text, fold(t)) for t in hit.record.titles)
            if close >= 78 and not hit.record.synthetic:
                scored.append((-close, hit.record.record_id, hit.record))
        return [record for _, _, record in sorted(scored, key=lambda row: row[:2])[:2]]

    def _called(self, text: str) -> list[Record]:
        """Records called so for short: lotr, SICP."""
        if not re.fullmatch(r"[a-z]{3,8}", text):
            return []
        records = self.catalogue.get_rows(row for row in rows_by_form(self.catalogue, "initials", text, 6)).values()
        return [r for r in records if not r.synthetic and not has_han(r.title)][:3]

    def _volume(self, text: str) -> list[Record]:
        """Records of a title that was named with the number of a part: 资本论第一卷, "harry potter 1"."""
        part = _PART.search(text)
        head = text[: part.start()].strip(" ,，") if part else ""
        if len(head) < 2:
            return []
        hits = match_title(self.catalogue, head)
        held = [h.record for h in hits if h.exact or h.score >= MAYBE]
        first = part is not None and re.search(r"[一1]|\bone$", part[0]) is not None
        return [] if not held else held[:1] if first else list(self.parts_beside(held[0]))

    def parts_beside(self, record: Record) -> tuple[Record, ...]:
        """The author's other books whose summary or series speaks of this one: the further parts of it."""
        written = self.by_author(record.authors[0]) if record.authors else ()
        titles = [fold(t) for t in record.titles if len(t) > 1]
        return tuple(
            r
            for r in written
            if r.record_id != record.record_id
            and any(t in fold(" ; ".join((r.summary, *r.series, *r.subjects))) for t in titles)
        )

    def _one_off(self, text: str) -> list[Record]:
        """Records of a Chinese title of four characters or more in which one character is another: 百年孤单."""
        wanted = re.sub(r"[^\u4e00-\u9fff]", "", text)
        if len(wanted) < 4:
            return []
        found = []
        for hit in search(self.catalogue, wanted, limit=12):
            titles = [re.sub(r"[^\u4e00-\u9fff]", "", fold(t)) for t in hit.record.titles]
            if any(len(t) == len(wanted) and Levenshtein.distance(t, wanted) == 1 for t in titles):
                found.append(hit.record)
        return [r for r in found if not r.synthetic][:2]

    def by_author(self, name: str, limit: int = 8) -> tuple[Record, ...]:
        """The records of an author, however the name is written."""
        if len(fold(name)) < 2:
            return ()
        found = search(self.catalogue, name, limit=60)
        return tuple(h.record for h in found if wrote(h.record, name) and not h.record.synthetic)[:limit]

    def by_isbn(self, text: str) -> tuple[Record, ...]:
        """The records with this ISBN, hyphens or not."""
        wanted = re.sub(r"isbn(?:-1[03])?[:\s]*|[^0-9x]", "", fold(text))
        found = search(self.catalogue, wanted, limit=5)
        return tuple(
            h.record for h in found if any(re.sub(r"[^0-9x]", "", i.lower()) == wanted for i in h.record.isbns)
        )

    def by_number(self, text: str) -> tuple[Record, ...]:
        """The records that have a copy with exactly this call number."""
        wanted = re.sub(r"\s+", "", fold(text))
        found = search(self.catalogue, text, limit=20)
        return tuple(
            h.record for h in found if any(re.sub(r"\s+", "", fold(i.call_number)) == wanted for i in h.record.items)
        )

    def knows_words(self, words: list[str]) -> bool:
        """Does any record hold one of these words? Tells an unknown title from noise."""
        return any(
            holds(fold(" ".join((h.record.title, *h.record.titles))), w)
            for w in words
            for h in search(self.catalogue, w, 3)
        )

    def locate(self, record: Record) -> tuple[Located, ...]:
        """Each copy with its shelf and bay; available ones on the map first. One entry without copy if it has none."""
        found = []
        for item in record.items:
            face = find_face(self.plan, item.scheme, item.sort_key, item.location) if item.sort_key else None
            if face is None:
                found.append(Located(record, item))
                continue
            keys = self.list_face(face.range_id)
            mine = (item.sort_key, record.record_id)
            rank = keys.index(mine) if mine in keys else None
            bay, estimated = locate_bay(face, item.sort_key, [k for k, _ in keys], rank)
            found.append(Located(record, item, face, bay, estimated, place_of_face(self.plan, face, bay)))
        found.sort(key=lambda x: (x.face is None, x.item is not None and x.item.status != "available"))
        return tuple(found) or (Located(record, None),)

    def face_of_number(self, text: str) -> tuple[ShelfFace, ...]:
        """The shelf faces whose range holds a call number, whatever its scheme; empty when none reads it."""
        faces: dict[str, ShelfFace] = {}
        for scheme in dict.fromkeys(face.scheme for face in self.plan.faces):
            try:
                number = key(scheme, text)
            except CallNumberError:
                continue
            for face in self.plan.faces:
                if face.scheme == scheme and face.low_key <= number < face.high_key:
                    faces[face.range_id] = face
        general = [face for face in faces.values() if not face.collection]
        return tuple(general or faces.values())

    def _list_face(self, range_id: str) -> tuple[tuple[str, str], ...]:
        """(sort key, record id) of all the home's items that stand on a face, in shelf order.

        Items of a collection that has a face of its own elsewhere do not stand on a face for any collection.
        """
        face = self.plan.get_face(range_id)
        bounds = (face.scheme, face.low_key, face.high_key)
        rows = [
            row
            for row in self.catalogue.keys_between(*bounds, face.collection)
            if find_face(self.plan, face.scheme, row[0], face.collection) == face
        ]
        if face.collection == "":
            for code in {f.collection for f in self.plan.faces if f.scheme == face.scheme and f.collection}:
                for row in self.catalogue.keys_between(*bounds, code):
                    if find_face(self.plan, face.scheme, row[0], code) != face and row in rows:
                        rows.remove(row)
        return tuple(rows)


def wrote(record: Record, name: str) -> bool:
    """Is ``name`` one of the record's authors, in any script, order or common spelling?"""
    wanted = fold(name).strip(" .,·")
    if not wanted:
        return False
    compact = re.sub(r"[\s·.,・-]", "", wanted)
    for form in (*record.author_forms, *record.authors):
        known = fold(form)
        if has_han(wanted) or has_han(known):
            bare = re.sub(r"[\s·.,・\-\[\]()（）]", "", known)
            if compact and (
                compact == bare
                or (len(compact) >= 2 and (compact in bare or bare in compact) and has_han(bare) and has_han(compact))
            ):
                return True
            continue
        mine = [w for w in re.findall(r"[a-z']+", wanted) if len(w) > 1]
        theirs = [w for w in re.findall(r"[a-z']+", known) if len(w) > 1]
        if mine and theirs and all(any(_same_name(m, t) for t in theirs) for m in mine):
            return True
    return False


def _author_and_piece(text: str, record: Record) -> bool:
    """Is the phrase made of the author's name and a telling piece of the title: "arendt eichmann", 余华活着?"""
    words = re.findall(r"[a-z0-9']+", text)
    if has_han(text) or len(words) < 2:
        return False
    titled = {w for t in record.titles for w in re.findall(r"[a-z0-9']+", fold(t))}
    names = [w for w in words if w not in titled]
    pieces = [w for w in words if w in titled and len(w) > 3]
    return bool(names and pieces) and all(wrote(record, name) for name in names)


def _is_part(text: str, title: str) -> bool:
    """Is the phrase a piece of the title that nothing else would be called by?"""
    if has_han(text):
        return len(text) >= 3 and text in title
    words = re.findall(r"[a-z0-9']+", text)
    long = [w for w in words if len(w) > 3]
    return ((len(words) > 1 and bool(long)) or any(len(w) > 6 for w in long)) and set(words) <= set(
        re.findall(r"[a-z0-9']+", title)
    )


def title_in(record: Record, lang: str) -> str:
    """The title to say in a language: a form in its script when the record has one, else the display title."""
    if has_han(record.title) == (lang == "zh"):
        return record.title
    return next((t for t in record.titles if has_han(t) == (lang == "zh")), record.title)


def authors_in(record: Record, lang: str) -> tuple[str, ...]:
    """The authors' names to say in a language."""
    names = []
    for author in record.authors[:3]:
        names.append(author if has_han(author) == (lang == "zh") else "")
    if names and not any(names):
        other = [f for f in record.author_forms if has_han(f) == (lang == "zh") and "," not in f]
        return tuple(other[:1]) or record.authors[:3]
    return tuple(n for n in names if n) or record.authors[:3]


def _same_name(said: str, known: str) -> bool:
    return said == known or (len(said) >= 5 and fuzz.ratio(said, known) >= 84)


def describe(items: Sequence[Located]) -> tuple[str, ...]:
    """Record ids, for traces and tests."""
    return tuple(located.record.record_id for located in items)
