"""Answers about books: where one stands, whether it is in, who wrote it, what there is on a subject."""

from __future__ import annotations

import re
from dataclasses import replace

from avatars.books import authors_in, title_in, wrote
from avatars.desk import Desk, source_of
from avatars.guiding import lead_to
from avatars.language import fold, has_han
from avatars.values import Intent, Located, Memory, Reply
from library.values import Record
from spatial.locate import unit_at
from spatial.naming import telling_name
from spatial.plan import text_in
from spatial.route import Route

_LOAN = re.compile(r"\b(?:borrow|loan|lend|lent|take (?:it )?(?:home|out)|check out)\b|借", re.IGNORECASE)
_STAYS = re.compile(r"\b(?:cannot|can't|not|only|never)\b|不能|不可|不外借|不得|不予|仅限|仅供", re.IGNORECASE)
_STAYING: tuple[tuple[tuple[str, str], re.Pattern[str]], ...] = (
    (("reference books", "工具书"), re.compile(r"\bref(?:erence)?\b|工具书|参考|dictionar|encyclop|handbooks, manuals|字典|词典|辞典|百科全书")),
    (("dictionaries", "字典"), re.compile(r"dictionar|字典|词典|辞典")),
    (("rare books", "古籍"), re.compile(r"\brare\b|\bspec(?:ial)?\b|善本|古籍|特藏")),
    (("local history materials", "地方文献"), re.compile(r"\bloc(?:al)?\b|地方文献|家谱|族谱|方志|地方志")),
)  # fmt: skip
"""Kinds of books that libraries often do not lend, by the code of their place or by their subjects."""
SHOWN = 5
"""How many books a list says in one breath."""


def about_book(desk: Desk, records: tuple[Record, ...], wrong_author: str = "") -> Reply:
    """The answer of the frame's act about the book that was named; a question back when several were."""
    located = tuple(place for record in records for place in desk.tools.books.locate(record)[:1])
    works = {(fold(r.title), fold(r.authors[0]) if r.authors else "") for r in records}
    if len(records) > 1 and len(works) > 1 and desk.frame.act != "author_of":
        return choose_book(desk, records)
    return about_located(desk, located[0], wrong_author=wrong_author)


def choose_book(desk: Desk, records: tuple[Record, ...]) -> Reply:
    """A question back between several books."""
    located = tuple(desk.tools.books.locate(record)[0] for record in records[:5])
    names = [_told_apart(desk, each, located) for each in located]
    reply = desk.ask_back(desk.words.WHICH.format(choices=desk.words.choices(names)), "find_item", located)
    return replace(reply, memory=replace(reply.memory, pending="guide" if desk.frame.act == "guide" else "find_item"))


def about_year(desk: Desk, located: Located) -> Reply:
    """When a book first came out."""
    memory = replace(desk.memory, items=(located,), chosen=located, place=None, candidates=(), pending="")
    year = located.record.year
    if year is None:
        text = desk.words.NO_YEAR.format(title=desk.title(located), desk=desk.help_desk())
        return desk.refuse(text, "find_item", items=(located,), memory=memory)
    text = desk.words.YEAR.format(title=desk.title(located), year=year)
    return desk.reply(text, "find_item", items=(located,), sources=source_of(located)[:1], memory=memory)


def about_edition(desk: Desk, located: Located) -> Reply:
    """Is it held in a language? A record's languages and the script of its title tell."""
    said = desk.frame.by.lower()
    wants = "zh" if said in ("chinese", "中文", "汉语") else "en" if said in ("english", "英文", "英语") else ""
    memory = replace(desk.memory, items=(located,), chosen=located, place=None, candidates=(), pending="")
    desk = replace(desk, memory=memory)
    codes = set(located.record.languages)
    held = (
        bool(codes & ({"chi", "zho"} if wants == "zh" else {"eng"}))
        if codes
        else has_han(located.record.title) == (wants == "zh")
    )
    if held:
        return desk.reply(where_book(desk, located), "find_item", items=(located,), sources=source_of(located))
    text = desk.words.NO_EDITION.format(
        title=desk.title(located), language=desk.words.LANGUAGE.get(wants, said.capitalize())
    )
    return desk.refuse(f"{text} {where_book(desk, located)}", "find_item", items=(located,), sources=source_of(located))


def about_located(desk: Desk, located: Located, wrong_author: str = "") -> Reply:
    """The answer of the frame's act about one book."""
    words, memory = (
        desk.words,
        replace(desk.memory, items=(located,), chosen=located, place=None, candidates=(), pending=""),
    )
    desk = replace(desk, memory=memory)
    act = desk.frame.act
    correction = ""
    if wrong_author and located.record.authors:
        names = words.join(list(authors_in(located.record, desk.lang)))
        correction = words.CORRECTION_AUTHOR.format(title=desk.title(located), author=names, claimed=wrong_author)
    if act == "guide":
        return lead_to_book(desk, located, correction)
    if act == "author_of":
        return _author(desk, located)
    if act == "which_level" and _asks_same_floor(desk):
        return _same_floor(desk, located)
    if act == "tell_about":
        return _summary(desk, located)
    if act == "call_number":
        return _call_number(desk, located)
    if act == "how_far" and located.stand is not None:
        route = desk.route(located.stand)
        if isinstance(route, Route):
            text = words.far(desk.book(located), route.length_m, route.duration_s)
            return desk.reply(text, "find_item", items=(located,), route=route, sources=source_of(located))
    ruled = _loan_rule(desk, located) if act == "available" else None
    if ruled is not None:
        return ruled
    text = " ".join(part for part in (correction, where_book(desk, located), _copies(desk, located)) if part)
    if located.face is not None and located.item is not None and located.item.status == "available":
        text = f"{text} {words.OFFER_GUIDE}"
    return desk.reply(text, "find_item", items=_all_copies(desk, located), sources=source_of(located))


def _loan_rule(desk: Desk, located: Located) -> Reply | None:
    """The rule that keeps the books of this book's room in the library; None when no rule says so."""
    if located.face is None or located.stand is None or not _LOAN.search(desk.question.text):
        return None
    unit = unit_at(desk.tools.plan, located.stand.point, located.stand.ordinal)
    room = text_in(telling_name(desk.tools.plan, unit), desk.lang) if unit else ""
    asked = f"Can I borrow books from the {room}?" if desk.lang == "en" else f"{room}的书可以外借吗"
    rule = desk.tools.facts.answer(replace(desk, memory=Memory()), asked) if room else None
    if rule is None or fold(room) not in fold(rule.text) or not _STAYS.search(rule.text):
        rule = _kind_rule(desk, located)
    if rule is None:
        return None
    where = where_book(replace(desk, frame=replace(desk.frame, act="locate")), located)
    sources = (*rule.sources, *source_of(located))
    return desk.reply(f"{rule.text} {where}", "find_item", items=(located,), sources=sources)


def _kind_rule(desk: Desk, located: Located) -> Reply | None:
    """The rule that keeps books of this kind in the library: works of reference, rare books; None for others."""
    code = f"{located.item.location if located.item else ''} {located.face.collection if located.face else ''}".lower()
    about = fold(" ; ".join(located.record.subjects))
    kinds = [kind for kind, marks in _STAYING if marks.search(code) or marks.search(about)]
    for kind in kinds:
        asked = f"Can {kind[0]} be borrowed?" if desk.lang == "en" else f"{kind[1]}能外借吗"
        rule = desk.tools.facts.answer(replace(desk, memory=Memory()), asked)
        if rule is not None and not rule.refused and _STAYS.search(rule.text):
            return rule
    return None


def where_book(desk: Desk, located: Located) -> str:
    """One or two sentences: available or not, level, shelf, bay, call number; or why there is no shelf."""
    words, item = desk.words, located.item
    if item is None or not item.call_number:
        return str(words.NO_CALL_NUMBER.format(title=desk.title(located), desk=desk.help_desk()))
    if located.face is None:
        return str(
            words.NO_SHELF.format(title=desk.title(located), call_number=item.call_number, desk=desk.help_desk())
        )
    face = located.face
    level = desk.level(desk.tools.plan.get_level(face.level_id).ordinal)
    where = words.where_book(desk.book(located), level, face.label, located.bay, item.call_number)
    if item.status != "available":
        return f"{words.not_available(desk.book(located), item.status)} {where}"
    if desk.frame.act == "available":
        return f"{words.AVAILABLE} {where}"
    return str(where)


def lead_to_book(desk: Desk, located: Located, before: str = "") -> Reply:
    """The way to a book's shelf, or why there is none."""
    if located.face is None or located.stand is None or located.item is None:
        return desk.reply(where_book(desk, located), "find_item", items=(located,), sources=source_of(located))
    return lead_to(desk, located.stand, located=located, before=before)


def not_held(desk: Desk, title: str, by: str = "", maybe: tuple[Record, ...] = ()) -> Reply:
    """We do not hold it; near titles are offered as a question back."""
    if maybe:
        located = tuple(desk.tools.books.locate(record)[0] for record in maybe[:3])
        names = [desk.book(each) for each in located]
        return desk.ask_back(desk.words.DID_YOU_MEAN.format(choices=desk.words.choices(names)), "find_item", located)
    text = desk.words.NOT_HELD_BY if by else desk.words.NOT_HELD
    clean = title[:80].strip('“”"《》 ').replace("{", "(").replace("}", ")")
    return desk.refuse(text.replace("{title}", clean).replace("{author}", by), "find_item")


def list_topic(desk: Desk, topic: str, records: tuple[Record, ...], intent: Intent = "find_topic") -> Reply:
    """Books on a subject, each with its shelf."""
    words = desk.words
    located = tuple(desk.tools.books.locate(record)[0] for record in records)
    located, rest = located[:SHOWN], located[SHOWN:]
    names = [with_shelf(desk, each) for each in located]
    if intent == "recommend":
        text = words.recommend(topic, names)
    else:
        text = words.found(len(names), topic, names)
    return listed(desk, text, located, intent, rest)


def list_author(desk: Desk, author: str, records: tuple[Record, ...]) -> Reply:
    """An author's books."""
    located = tuple(desk.tools.books.locate(record)[0] for record in records)
    name = next(
        (n for n in authors_in(records[0], desk.lang) if wrote(records[0], author) and wrote(records[0], n)), author
    )
    names = [desk.words.book(title_in(e.record, desk.lang), ()) + _at(desk, e) for e in located]
    return listed(desk, desk.words.by_author(name, names), located, "find_item" if len(located) == 1 else "find_topic")


def list_like(desk: Desk, record: Record) -> Reply:
    """Books like one."""
    near = desk.tools.books.topics.like(record) or _beside(desk, record) or _by_the_same(desk, record)
    if not near:
        return desk.refuse(desk.words.NO_TOPIC.replace("{topic}", title_in(record, desk.lang)), "recommend")
    located = tuple(desk.tools.books.locate(each)[0] for each in near)
    names = [with_shelf(desk, each) for each in located]
    return listed(desk, desk.words.like(title_in(record, desk.lang), names), located, "recommend")


def _by_the_same(desk: Desk, record: Record, most: int = 4) -> tuple[Record, ...]:
    """Other books of the author."""
    written = desk.tools.books.by_author(record.authors[0]) if record.authors else ()
    return tuple(other for other in written if other.record_id != record.record_id)[:most]


def _beside(desk: Desk, record: Record, most: int = 4) -> tuple[Record, ...]:
    """What stands next to a book: the same class, by other authors."""
    located = desk.tools.books.locate(record)[0]
    if located.face is None:
        return ()
    order = [record_id for _, record_id in desk.tools.books.list_face(located.face.range_id)]
    if record.record_id not in order:
        return ()
    here = order.index(record.record_id)
    near = sorted(dict.fromkeys(order), key=lambda other: abs(order.index(other) - here))
    books = (desk.tools.books.catalogue.get(other) for other in near[: most * 10])
    return tuple(b for b in books if b and not b.synthetic and b.authors[:1] != record.authors[:1])[:most]


def listed(
    desk: Desk, text: str, located: tuple[Located, ...], intent: Intent, rest: tuple[Located, ...] = ()
) -> Reply:
    """A list of books, remembered for "the second one" and "more"."""
    chosen = located[0] if len(located) == 1 else None
    memory = replace(desk.memory, items=located, chosen=chosen, place=None, candidates=(), pending="", rest=rest)
    sources = tuple(source for each in located for source in source_of(each))
    return desk.reply(text, intent, items=located, sources=sources, memory=memory)


def with_shelf(desk: Desk, located: Located) -> str:
    """A book's name and its shelf."""
    return desk.book(located) + _at(desk, located)


def _at(desk: Desk, located: Located) -> str:
    if located.face is None:
        return ""
    level = desk.level(desk.tools.plan.get_level(located.face.level_id).ordinal)
    where = desk.words.shelf(level, located.face.label)
    return f" ({where})" if desk.lang == "en" else f"（{where}）"


def _told_apart(desk: Desk, located: Located, among: tuple[Located, ...]) -> str:
    name = desk.book(located)
    if sum(desk.book(other) == name for other in among) > 1 and located.record.year:
        return f"{name} ({located.record.year})" if desk.lang == "en" else f"{name}{located.record.year}年"
    return name


def _all_copies(desk: Desk, located: Located) -> tuple[Located, ...]:
    others = [c for c in desk.tools.books.locate(located.record) if c.item != located.item]
    return (located, *others)


def _copies(desk: Desk, located: Located) -> str:
    mine = located.face.range_id if located.face else None
    places = []
    for copy in desk.tools.books.locate(located.record):
        if copy.face is not None and copy.face.range_id != mine:
            level = desk.level(desk.tools.plan.get_level(copy.face.level_id).ordinal)
            places.append(desk.words.shelf(level, copy.face.label))
    return str(desk.words.copies(places)) if places else ""


def _author(desk: Desk, located: Located) -> Reply:
    words, record, claimed = desk.words, located.record, desk.frame.by
    title = desk.title(located)
    if not record.authors:
        text = words.UNKNOWN_AUTHOR.format(title=title)
        return desk.refuse(text, "find_item", items=(located,), sources=source_of(located))
    author = words.join(list(authors_in(record, desk.lang)))
    if claimed and not wrote(record, claimed):
        text = words.CORRECTION_AUTHOR.format(title=title, author=author, claimed=claimed)
    else:
        text = words.AUTHOR.format(title=title, author=author)
    return desk.reply(text, "find_item", items=(located,), sources=source_of(located)[:1])


def _summary(desk: Desk, located: Located) -> Reply:
    record = located.record
    if record.summary:
        said = [s for s in re.split(r"(?<=[。.!?！？])\s*", record.summary) if s and has_han(s) == (desk.lang == "zh")]
        text = desk.words.summary(desk.book(located), " ".join(said) or record.summary)
    else:
        text = desk.words.no_summary(desk.book(located), record.subjects)
    return desk.reply(text, "find_item", items=(located,), sources=source_of(located)[:1])


def _call_number(desk: Desk, located: Located) -> Reply:
    item = located.item
    if item is None or not item.call_number:
        return desk.reply(where_book(desk, located), "find_item", items=(located,), sources=source_of(located))
    face = located.face
    level = desk.level(desk.tools.plan.get_level(face.level_id).ordinal) if face else ""
    text = desk.words.call_number(desk.book(located), item.call_number, item.scheme, level, face.label if face else "")
    return desk.reply(text, "find_item", items=(located,), sources=source_of(located))


def _asks_same_floor(desk: Desk) -> bool:
    asked = fold(desk.question.text)
    return any(
        w in asked for w in ("this floor", "this level", "same floor", "same level", "这层", "这一层", "同一层", "本层")
    )


def _same_floor(desk: Desk, located: Located) -> Reply:
    if located.face is None or desk.at is None:
        return desk.reply(where_book(desk, located), "find_item", items=(located,), sources=source_of(located))
    ordinal = desk.tools.plan.get_level(located.face.level_id).ordinal
    text = desk.words.same_level(desk.book(located), desk.level(ordinal), ordinal == desk.at.ordinal)
    return desk.reply(text, "find_item", items=(located,), sources=source_of(located))
