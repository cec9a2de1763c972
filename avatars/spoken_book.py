"""What is asked of the book just spoken of, in words that name nothing: "call number?", 讲什么的, "what else did she write".

Some of it no catalogue record says (pages, translator, for what age); that is said plainly, for a book named in the same
sentence too.
"""

from __future__ import annotations

import re
from dataclasses import replace

from avatars.about_books import about_book, about_located, about_year, list_author, not_held, where_book
from avatars.asking_words import left_over
from avatars.cues import act_of
from avatars.desk import Desk, source_of
from avatars.language import has_han
from avatars.refusing import shown
from avatars.values import Located, Reply
from library.values import Record

_LACKING: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (en, zh, re.compile(pattern, re.IGNORECASE))
    for en, zh, pattern in (
        ("how many pages it has", "页数", r"\bhow many pages\b(?: does| has| have)?|\bhow (?:thick|long) is (?:it|this|that|the book)\b|\bpage count\b|多少页|几页|页数|有多厚"),
        ("who translated it", "译者", r"\b(?:who )?(?:translated|translator)\b|谁翻译|翻译(?:的|者)|译者|谁译"),
        ("who published it", "出版社", r"\b(?:who (?:published|publishes)|publisher|publishing house)\b|哪个?(?:家)?出版社|什么出版社|出版社"),
        ("for what age it is", "适合的年龄", r"\b(?:for |from )?(?:what|which) age(?:s| group)?\b(?: is)?|\bhow old (?:must|should|do)\b.*\bread\b|\b(?:suitable|appropriate|okay|ok|too hard|too scary) for (?:a |my |an )?(?:\w+[- ])?(?:child|children|kids?|son|daughter|\d+[- ]years?[- ]olds?|teen\w*)\b|适合(?:给)?(?:几岁|多大|什么年龄|孩子|小孩|儿童|\S{0,3}岁)(?:的?(?:孩子|小孩|人))?(?:看|读)?|几岁(?:的?孩子)?(?:能|可以)?[看读]"),
        ("what it costs to buy", "定价", r"\bwhat does (?:the|this) book cost\b|\bhow much (?:is|does) the book\b|定价|书价"),
        ("who drew the pictures", "绘者", r"\b(?:who )?(?:illustrated|illustrator)\b|\bwho drew\b|谁画的|插图作者|绘者"),
    )
)  # fmt: skip
_JUDGE = re.compile(
    r"\b(?:is|was) (?:it|this|that)(?: one)? (?:any |a )?(?:good|boring|difficult|hard|easy|scary|funny|sad|worth|interesting|nice)\b.*|\bany good\b|"
    r"\bworth (?:reading|it|a read)\b|\bdid you (?:like|read|enjoy) (?:it|this|that)\b|\b(?:would|do) you recommend (?:it|this|that)\b|"
    r"好看[吗么不]|好不好看|值得(?:一)?[看读]|好读吗|难[吗不]|难懂|有意思吗|有趣吗|精彩吗",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:else|others?|more|another)\b.*\b(?:he|she|they|him|her|them|(?:the|this|that)(?: same)? (?:author|writer|guy|woman|man|poet))\b|"
    r"\b(?:his|her|their|(?:the|this|that) (?:author|writer)'?s) (?:other|further|remaining)\b|"
    r"(?:他|她|作者|作家|同一个?人)(?:的?(?:其他|其它|别的|另外)|还)(?=.*(?:书|写|作品|什么|有|吗|哪))|(?:作者|他|她)的?(?:其他|其它|别的)|(?:还有|别的|其他|另外).{0,5}(?:他|她|作者|同一)",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\bhow (?:long|many|much|often|late|soon)\b|\bdue\b|\brenew|\breserve|\bfee\b|\bfine\b|多久|几天|多少|几次|几本|续|预约|罚|逾期|期限",
    re.IGNORECASE,
)
_COPIES = re.compile(r"\bcop(?:y|ies)\b|几本|多少本|几册", re.IGNORECASE)
_NEXT_PART = re.compile(
    r"^(?:and |what about |is there |do you have |have you got )*(?:the |a )?(?:sequel|next (?:one|book|part|volume)(?: in the series)?|(?:second|third) (?:book|part|volume)|(?:book|part|volume) (?:two|three|2|3))[?.! ]*$|"
    r"^(?:那)?(?:有没有|有)?(?:第[二三四五]|下一?|续)[部卷集本篇](?:呢|有吗|在哪里?|吗)?[?？。 ]*$|^(?:有)?续集(?:吗|呢|有吗)?[?？。 ]*$",
    re.IGNORECASE,
)
_HERE = re.compile(r"\b(?:desk|card|room|toilet|book drop|library)\b|台|证|室|厕所", re.IGNORECASE)
_ASKED = (
    "author_of", "year_of", "tell_about", "call_number", "copies", "available", "which_level", "locate",
)  # fmt: skip
_LONGEST = 60


def spoken_book(desk: Desk) -> Located | None:
    """The one book that was spoken of last; None when there was none, or several."""
    memory = desk.memory
    if memory.chosen is not None:
        return memory.chosen
    listed = memory.candidates or memory.items
    return listed[0] if len(listed) == 1 and isinstance(listed[0], Located) else None


def about_spoken_book(desk: Desk, text: str) -> Reply | None:
    """The reply to a question about the book spoken of; None when there is none, or the question is about more."""
    book = spoken_book(desk)
    if book is None or len(text) > _LONGEST:
        return None
    if _OTHERS.search(text):
        return others_by(desk, book)
    missing = lacking(desk, book, text)
    if missing is not None:
        return missing
    if _NEXT_PART.match(text) and len(desk.memory.items) < 2:
        beside = desk.tools.books.parts_beside(book.record)
        return not_held(desk, text, maybe=beside) if beside else None
    zh = desk.lang == "zh"
    if _JUDGE.search(text) and not left_over(_JUDGE.sub(" ", text), zh=zh):
        told = about_located(replace(desk, frame=replace(desk.frame, act="tell_about")), book)
        return replace(told, text=f"{desk.words.NO_JUDGE} {told.text}")
    act = act_of(text)
    ruled = _RULE.search(text) is not None and act != "copies"
    if act not in _ASKED or ruled or _HERE.search(text) or left_over(text, zh=zh):
        return None
    if act in ("locate", "available", "which_level") and not has_han(text) and len(text.split()) > 7:
        return None
    asked = replace(desk, frame=replace(desk.frame, act=act, pronoun=True, whole=text))
    if act == "copies":
        return count_copies(asked, (book.record,)) if _COPIES.search(text) else None
    return about_year(asked, book) if act == "year_of" else about_located(asked, book)


def count_copies(desk: Desk, records: tuple[Record, ...]) -> Reply:
    """How many copies are held, of every edition that bears the title."""
    copies = tuple(copy for record in records for copy in desk.tools.books.locate(record) if copy.item is not None)
    if not copies:
        return about_book(desk, records)
    free = sum(copy.item is not None and copy.item.status == "available" for copy in copies)
    text = f"{desk.words.copy_count(desk.title(copies[0]), len(copies), free)} {where_book(desk, copies[0])}"
    memory = replace(desk.memory, items=copies[:1], chosen=copies[0], place=None, candidates=(), pending="")
    return desk.reply(text, "find_item", items=copies, sources=source_of(copies[0]), memory=memory)


def lacking(desk: Desk, book: Located, rest: str) -> Reply | None:
    """The plain word that the record does not say it; None when nothing such is asked. ``rest``: the words around."""
    for en, zh, pattern in _LACKING:
        if pattern.search(rest) and not left_over(pattern.sub(" ", rest), zh=desk.lang == "zh"):
            memory = replace(desk.memory, items=(book,), chosen=book, place=None, candidates=(), pending="")
            text = desk.words.not_given(desk.book(book), en if desk.lang == "en" else zh)
            return desk.refuse(text, "find_item", items=(book,), sources=source_of(book)[:1], memory=memory)
    return None


def others_by(desk: Desk, book: Located) -> Reply | None:
    """The author's other books; the plain word when there are none."""
    if not book.record.authors:
        return None
    author = book.record.authors[0]
    held = desk.tools.books.by_author(author)
    others = tuple(record for record in held if record.titles != book.record.titles)
    if not others:
        return desk.refuse(desk.words.NO_OTHER_BY.replace("{author}", shown(author)), "find_topic")
    return list_author(desk, author, others)
