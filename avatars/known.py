"""Questions that name what the home knows and leave nothing over: one title, several, an author, a shelf, a floor."""

from __future__ import annotations

import re
from dataclasses import replace

from avatars.about_books import about_book, about_edition, about_year, list_author, list_like, where_book
from avatars.asking_words import left_over
from avatars.books import wrote
from avatars.cues import act_of
from avatars.desk import Desk, source_of
from avatars.frame import Frame
from avatars.guiding import about_places
from avatars.language import Lang, fold
from avatars.lists import is_in
from avatars.spoken_book import count_copies, lacking
from avatars.spotting import Mention, Spotted
from avatars.values import Located, Reply, Source
from library.values import Record
from spatial.plan import ShelfFace

_WRITINGS = re.compile(
    r"\b(?:books?|works?|novels?|stories|plays|write|wrote|written|anything|something|what|read)\b|书|作品|文章|小说|写|什么|哪些|[几多]少?[本部种]",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"\bwhat(?:'s| is| are|books)?\b|\bwhich books\b|\bbooks\b|什么书|哪些书|什么|哪些|有.*书", re.IGNORECASE
)
_CLAIM = re.compile(
    r"^\W*(?:is|was|are|did|isn't|wasn't|didn't)\b|\b(?:by|wrote|written)\b|写的|的作者|著", re.IGNORECASE
)
_YES_NO_LEVEL = re.compile(r"^\W*(?:is|are|isn't|so)\b|\bright\b|吗|是不是|是否|对吧|没错", re.IGNORECASE)
_ONE_OF = re.compile(r"\b(?:the|that|a|one)\b[^,.?]*\b(?:book|novel|play|one)\b|[那这]一?[本部]|by\s*$", re.IGNORECASE)
"""One book of an author is meant: which one has to be asked."""
_SUBJECT = re.compile(
    r"\b(?:about|on|regarding|covering|learn|learning|subject)\s*$|(?:关于|有关|讲|介绍|学习|学|了解|研究)\s*$",
    re.IGNORECASE,
)
_OF_SUBJECT = re.compile(
    r"^\s*(?:books|novels|section|textbooks)\b|^\s*(?:方面|类|领域|相关|专业|入门)?的?(?:书籍|图书|书|教材|资料)(?!名|在|放|是)",
    re.IGNORECASE,
)
_LIKE = re.compile(
    r"(?<!called )(?<!something called )\b(?:like|similar to)\s*[“\"《]?\s*$|[像似]\s*《?\s*$", re.IGNORECASE
)
_EDITION = re.compile(
    r"\b(?:in|the|an?) (?P<x>english|chinese)(?: (?:edition|version|translation|copy))?\s*(?:please)?\W*$|"
    r"(?P<y>英文|中文|英语|汉语)(?:的|版本?|原版|版的)?",
    re.IGNORECASE,
)
_FOR_SEVERAL = ("bare", "locate", "have", "available", "which_level", "guide")
_SHOWN = 6


def about_known(desk: Desk) -> Reply | None:
    """The reply when known things and the words of asking explain the whole sentence; None when they do not."""
    spotted = desk.spotted
    if not (spotted.titles or spotted.authors or spotted.faces):
        return None
    if len(spotted.titles) == 1:
        missing = lacking(desk, desk.tools.books.locate(spotted.titles[0].records[0])[0], spotted.rest)
        if missing is not None:
            return missing
    if spotted.leaves(zh=desk.lang == "zh"):
        return _in_edition(desk, spotted)
    if spotted.titles:
        return _titled(desk, spotted)
    if spotted.faces:
        return _on_shelf(desk, spotted)
    authors = {fold(m.author) for m in spotted.authors}
    if len(authors) == 1 and _WRITINGS.search(spotted.rest) and not _ONE_OF.search(spotted.rest):
        return _by_author(desk, spotted.authors[0])
    return None


def _in_edition(desk: Desk, spotted: Spotted) -> Reply | None:
    """One title, or one author's books, in the language that was named with it: "camus the stranger in english"."""
    named = _EDITION.search(spotted.rest)
    if named is None or len(spotted.titles) > 1 or left_over(_EDITION.sub(" ", spotted.rest), zh=desk.lang == "zh"):
        return None
    wants: Lang = "zh" if (named["x"] or named["y"]).lower() in ("chinese", "中文", "汉语") else "en"
    if spotted.titles:
        by = spotted.authors[0].author if spotted.authors else ""
        records = tuple(r for r in spotted.titles[0].records if not by or wrote(r, by))
        if not records:
            return None
        located = [desk.tools.books.locate(record)[0] for record in records]
        fitting = next((one for one in located if is_in(one, wants)), located[0])
        said = "chinese" if wants == "zh" else "english"
        frame = Frame("edition", fitting.record.title, by=said, whole=desk.question.text)
        return about_edition(replace(desk, frame=frame), fitting)
    authors = {fold(m.author) for m in spotted.authors}
    if len(authors) != 1:
        return None
    author = spotted.authors[0].author
    held = desk.tools.books.by_author(author, limit=30)
    kept = tuple(r for r in held if is_in(desk.tools.books.locate(r)[0], wants))
    if not kept:
        text = desk.words.NO_EDITION.format(title=author, language=desk.words.LANGUAGE[wants])
        return desk.refuse(text, "find_topic")
    return list_author(replace(desk, frame=Frame("by_author", author, whole=desk.question.text)), author, kept)


def _titled(desk: Desk, spotted: Spotted) -> Reply | None:
    act = act_of(spotted.rest)
    title = spotted.titles[0]
    if _LIKE.search(spotted.rest[: title.start]):
        act = "more_like"
    if act in ("locate", "have", "bare") and _is_subject(spotted.rest, title):
        return None
    by = spotted.authors[0].author if spotted.authors else ""
    frame = Frame(act, title.records[0].title, by=by, whole=desk.question.text, step_free=desk.frame.step_free)
    desk = replace(desk, frame=frame)
    works = {fold(m.records[0].title): m for m in spotted.titles}
    if len(works) > 1:
        return _several(desk, tuple(works.values())) if act in _FOR_SEVERAL else None
    records = title.records
    if by:
        by_them = tuple(r for r in records if wrote(r, by))
        if _CLAIM.search(spotted.rest) and (act in ("author_of", "bare", "locate", "have") and _asks_whether(spotted)):
            return about_book(replace(desk, frame=replace(frame, act="author_of")), by_them or records)
        if not by_them and any(wrote(r, by) for r in desk.tools.books.by_title(title.records[0].title).maybe):
            return None
        if not by_them:
            return about_book(desk, records, wrong_author=by)
        records = by_them
    if act == "copies":
        return count_copies(desk, records)
    if act == "more_like":
        return list_like(desk, records[0])
    if act == "year_of":
        return about_year(desk, desk.tools.books.locate(records[0])[0])
    if spotted.levels and _YES_NO_LEVEL.search(spotted.rest):
        return _on_level(desk, records[0], spotted.levels[0])
    return about_book(desk, records)


def _is_subject(rest: str, title: Mention) -> bool:
    """Is the title only the subject of the books asked for: "books about machine learning", 讲人工智能的书?"""
    marked = "《" in rest or "“" in rest or '"' in rest
    before, after = rest[: title.start], rest[title.end :]
    return not marked and (_SUBJECT.search(before) is not None or _OF_SUBJECT.search(after) is not None)


def _asks_whether(spotted: Spotted) -> bool:
    return (
        re.search(
            r"^\W*(?:is|was|are|did|isn't|wasn't|didn't)\b|\bright\b|\bcorrect\b|吗|是不是|是否|对吧|难道",
            spotted.rest,
            re.IGNORECASE,
        )
        is not None
    )


def _several(desk: Desk, titles: tuple[Mention, ...]) -> Reply:
    """Each of several books, in the order they were named."""
    ordered = sorted(titles, key=lambda m: m.start)[:_SHOWN]
    located = tuple(desk.tools.books.locate(m.records[0])[0] for m in ordered)
    text = " ".join(where_book(desk, each) for each in located)
    memory = replace(desk.memory, items=located, chosen=None, place=None, candidates=(), pending="")
    sources = tuple(source for each in located for source in source_of(each))
    return desk.reply(text, "find_item", items=located, sources=sources, memory=memory)


def _on_level(desk: Desk, record: Record, asked: Mention) -> Reply:
    """Is it on that floor?"""
    located = desk.tools.books.locate(record)[0]
    memory = replace(desk.memory, items=(located,), chosen=located, place=None, candidates=(), pending="")
    desk = replace(desk, memory=memory)
    if located.face is None or asked.level is None:
        return desk.reply(where_book(desk, located), "find_item", items=(located,), sources=source_of(located))
    level = desk.tools.plan.get_level(located.face.level_id)
    text = desk.words.on_that_level(desk.book(located), desk.level(level.ordinal), level.id == asked.level.id)
    text = f"{text} {where_book(desk, located)}"
    return desk.reply(text, "find_item", items=(located,), sources=source_of(located))


def _by_author(desk: Desk, author: Mention) -> Reply | None:
    records = desk.tools.books.by_author(author.author)
    if not records:
        return None
    desk = replace(desk, frame=Frame("by_author", author.author, whole=desk.question.text))
    return list_author(desk, author.author, records)


def _on_shelf(desk: Desk, spotted: Spotted) -> Reply | None:
    """What stands on a shelf, or whether a shelf is on a floor; None for anything else about it."""
    face = spotted.faces[0].face
    assert face is not None
    place = desk.tools.places.shelf(face.range_id, None)
    if spotted.levels and _YES_NO_LEVEL.search(spotted.rest):
        level = desk.tools.plan.get_level(face.level_id)
        asked = spotted.levels[0].level
        text = desk.words.on_that_level(
            desk.place(place), desk.level(level.ordinal), asked is not None and level.id == asked.id
        )
        memory = replace(desk.memory, place=place, chosen=None, items=(), candidates=(), pending="")
        return desk.reply(text, "guide", place=place, sources=(Source(feature_id=face.range_id),), memory=memory)
    if _CONTENTS.search(spotted.rest):
        return tell_shelf(desk, face)
    act = act_of(spotted.rest)
    if act in ("which_level", "how_far", "guide"):
        return about_places(replace(desk, frame=Frame(act, face.label, whole=desk.question.text)), (place,))
    return None


def tell_shelf(desk: Desk, face: ShelfFace) -> Reply:
    """The first books of a shelf face in shelf order."""
    place = desk.tools.places.shelf(face.range_id, None)
    located = tuple(on_face(desk, face))
    name, level = desk.place(place), desk.level(desk.tools.plan.get_level(face.level_id).ordinal)
    shown = located[:_SHOWN]
    text = desk.words.on_shelf(name, level, [desk.title(each) for each in shown], len(located))
    memory = replace(desk.memory, items=shown, place=place, chosen=None, candidates=(), pending="")
    sources = (Source(feature_id=face.range_id), *(Source(record_id=each.record.record_id) for each in shown))
    return desk.reply(text, "find_topic", items=shown, place=place, sources=sources, memory=memory)


def on_face(desk: Desk, face: ShelfFace) -> list[Located]:
    """The books of a face, in shelf order, records made up for volume last."""
    books = desk.tools.books
    found: list[Located] = []
    for record_id in dict.fromkeys(row[1] for row in books.list_face(face.range_id)):
        record = books.catalogue.get(record_id)
        if record is not None:
            here = [copy for copy in books.locate(record) if copy.face == face]
            found += here[:1]
    return [x for x in found if not x.record.synthetic] + [x for x in found if x.record.synthetic]
