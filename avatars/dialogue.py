"""The grounded librarian: a question and the memory of the visit in, a reply with its sources out. No model needed.

A turn becomes frames (``asking``); a phrase is looked up as a title, an author, a place, a kind of thing, a call
number, a subject and a rule (``reading``); the act decides which reading wins. What no reading supports is refused. The
same question on the same home and memory always gives the same reply.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from avatars import sounds_like
from avatars.about_books import (
    about_book,
    about_edition,
    about_year,
    choose_book,
    list_author,
    list_like,
    list_topic,
    not_held,
)
from avatars.asking import TALK, WHOLE, clean, parser, plain_phrases, read_frames
from avatars.desk import Desk, Tools
from avatars.errands import run_errands
from avatars.follow_up import follow_up
from avatars.frame import Frame
from avatars.guiding import about_places, lead_to_level, what_is_here, what_is_on, where_am_i
from avatars.known import about_known
from avatars.language import Lang, detect, fold, has_han
from avatars.last_resort import last_resort
from avatars.manner import in_manner
from avatars.needs import about_need, asks_where
from avatars.reading import Reading, read_phrase
from avatars.refusing import beyond, no_account, no_booking, shown, unknown
from avatars.remembering import PENDING, about_memory
from avatars.sentences import unsupported
from avatars.spoken_of import about_before, say_yes
from avatars.spotting import spot
from avatars.storeys import about_storeys
from avatars.translating import say_in_other_language
from avatars.vague import asked_of_what, for_the_young
from avatars.values import Located, Memory, Question, Reply
from avatars.world_of import open_world
from library.values import Record
from spatial.locate import list_places

_SAYINGS = {
    "greet": "GREETING", "thanks": "THANKS", "bye": "BYE", "how_are_you": "HOW", "who_are_you": "WHO", "help": "HELP",
    "praise": "PRAISE", "rude": "RUDE", "no": "NO",
}  # fmt: skip
_FINAL = ("injection", "account", "book_space", "world")
"""Acts whose refusal stands, whatever else was said."""
_VAGUE = ("unclear", "out_of_scope", "small_talk")
_TURNS_KEPT = 20
_SAME_AUTHOR = frozenset(
    (
        "him", "her", "them", "the same author", "he", "she", "they", "the author's", "the author", "this writer",
        "the same writer", "that writer", "this author", "that author", "他", "她", "这个作者", "这位作者", "同一作者",
        "作者",
    )
)  # fmt: skip


class Dialogue:
    """The librarian of one home. Holds no state of any visit: that is ``Memory``, handed in and out."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools

    def answer(self, question: Question, memory: Memory) -> Reply:
        """The reply; its ``memory`` goes into the next call. Blocking, milliseconds; safe from several threads."""
        reply = self._answer(memory, question)
        desk = Desk(self.tools, question, Frame("bare"), reply.lang, memory)
        of_keeping = reply.action is not None and reply.action.kind == "remember"  # days and code rest on no source
        if not of_keeping and unsupported(reply, (*self._names, question.text, clean(question.text))):
            reply = desk.refuse(desk.words.NO_FACT, "ask_fact")
        reply = in_manner(desk, reply)
        turns = (*reply.memory.turns, (question.text, reply.text))[-_TURNS_KEPT:]
        last = replace(reply, memory=Memory())
        if reply.intent == "ask_fact" and reply.sources and reply.memory.place == memory.place:
            named = self.tools.places.named_in(question.text) or self.tools.places.named_in(reply.text)
            reply = replace(reply, memory=replace(reply.memory, place=named, chosen=None)) if named else reply
        return replace(reply, memory=replace(reply.memory, lang=reply.lang, turns=turns, last=last))

    @staticmethod
    def heard(memory: Memory, text: str) -> Memory:
        """The memory with its last answer cut to what the reader heard of it."""
        if not memory.turns:
            return memory
        return replace(memory, turns=(*memory.turns[:-1], (memory.turns[-1][0], text)))

    @cached_property
    def _names(self) -> tuple[str, ...]:
        plan = self.tools.plan
        labels = [level.name for level in plan.levels] + [place.name for place in list_places(plan)]
        names = [name for label in labels for name in label.values()]
        return (*names, *(text for face in plan.faces for text in (face.label, face.range_id)))

    def _answer(self, memory: Memory, question: Question) -> Reply:
        text = clean(question.text)
        found = detect(text)
        lang: Lang = found or question.lang or memory.lang or "en"
        if question.lang and not (found and found != question.lang and _clearly(text, found)):
            lang = question.lang
        lang = question.answer_in or lang
        if lang not in self.tools.persona.languages:
            lang = self.tools.persona.languages[0]
        tongue: Lang = "zh" if (found or lang) == "zh" else "en"
        parse = parser(tongue)
        read = parse(text)
        plain = Frame("bare", phrase=text, whole=text, step_free=read.step_free)
        desk = Desk(self.tools, question, plain, lang, memory)
        if not re.search(r"\w", text):
            return desk.ask_back(desk.words.UNCLEAR, "unclear")
        chooses = bool(memory.candidates or memory.items) and re.fullmatch(r"[1-5]\W*", text) is not None
        if found is None and not chooses and not _held_title(desk, text):
            if re.search(r"[^\W\d_]{2,}", text):
                return desk.ask_back(desk.words.OTHER_LANGUAGE, "unclear")
            if not re.fullmatch(r"[\w .\-/]{2,20}", text):
                return desk.ask_back(desk.words.UNCLEAR, "unclear")
        if sounds_like.is_other_library(desk, text):
            return desk.refuse(desk.words.OTHER_LIBRARY, "find_item" if "《" in text else "out_of_scope")
        act = read.act
        again = about_memory(desk, text)
        if again is None and memory.pending == PENDING:  # whatever is said instead of yes is no consent
            memory = replace(memory, pending="")
            desk = replace(desk, memory=memory)
        if again is None and memory.turns:
            again = say_in_other_language(self, desk, text)
        if again is not None:
            return again
        again = None if act in _FINAL else follow_up(self, desk, text)
        if again is not None:
            return again
        desk = replace(desk, spotted=spot(text, self.tools.books, self.tools.places))
        if act in WHOLE and act not in _FINAL:
            again = self._plain_title(desk, text)
        if act not in WHOLE:
            again = self._at_once(desk, text, parse)
        if again is not None:
            return again
        frames = read_frames(text, tongue)
        first: Reply | None = None
        for frame in frames[:5]:
            reply = self._act(replace(desk, frame=frame))
            if not reply.refused and not reply.clarify:
                return reply
            if first is None or (first.intent in _VAGUE and reply.intent not in _VAGUE):
                first = reply
            if frame.act in _FINAL:
                break
        assert first is not None
        if frames[0].act in _FINAL or frames[0].act in TALK or not (first.refused or first.clarify):
            return first
        return last_resort(desk, text, frames[0], first) or first

    def _at_once(self, desk: Desk, text: str, parse: Callable[[str], Frame]) -> Reply | None:
        """The reply to a sentence that is understood without taking it apart, None when it is not."""
        reply = about_storeys(desk, text) or about_known(desk) or run_errands(desk, text, parse, self._answer)
        reply = reply or self._plain_title(desk, text)
        if reply is not None:
            return reply
        vague = asked_of_what(desk, text) or for_the_young(desk, text)
        if vague is not None:
            return vague
        need = about_need(desk, text) if asks_where(text) else None
        if need is not None and not need.refused:
            return need
        return self.tools.facts.answer(desk, text) if self.tools.facts.is_sure(desk, text) else None

    def _plain_title(self, desk: Desk, text: str) -> Reply | None:
        """The reply about a title asked for word for word ("Where is I Am a Cat?"), None when there is none."""
        for plain in plain_phrases(text):
            if self._is_title(plain.phrase):
                return self._act(replace(desk, frame=plain))
        return None

    def _is_title(self, phrase: str) -> bool:
        """Is it word for word a title, and not the name of a place?"""
        title = self.tools.books.by_title(phrase)
        return title.exact and not self.tools.places.understand(phrase).sure

    def _act(self, desk: Desk) -> Reply:
        frame, words = desk.frame, desk.words
        names = {"name": _name(desk), "library": _library(desk)}
        if frame.act in _SAYINGS:
            return desk.reply(getattr(words, _SAYINGS[frame.act]).format(**names), "small_talk")
        match frame.act:
            case "injection":
                return desk.refuse(words.INJECTION, "out_of_scope")
            case "out_of_scope":
                return beyond(desk)
            case "account":
                return no_account(desk)
            case "book_space" if desk.memory.chosen is not None and re.search(r"\b(?:it|that|this)\b", frame.whole):
                return no_account(desk)
            case "book_space":
                return no_booking(desk)
            case "world":
                return open_world(desk)
            case "where_am_i":
                return where_am_i(desk)
            case "what_is_here":
                return what_is_here(desk)
            case "what_is_on":
                return what_is_on(desk)
            case "yes":
                return say_yes(desk)
            case "recommend":
                return self._recommend(desk)
            case "more_like":
                return self._more_like(desk)
            case "topic":
                return self._topic(desk)
            case "by_author":
                return self._author(desk)
            case "year_of":
                return self._titled(desk, about_year)
            case "edition":
                return self._titled(desk, about_edition)
            case "fact":
                return self._fact(desk)
        if frame.ordinal is not None or frame.pronoun or not frame.phrase:
            return about_before(desk)
        return self._named(desk, read_phrase(desk))

    # what was named

    def _named(self, desk: Desk, reading: Reading) -> Reply:
        """The reply about what the phrase most likely means, by the act's order of preference."""
        words, frame = desk.words, desk.frame
        match reading.kind:
            case "book":
                return about_book(desk, reading.records, frame.by if reading.wrong_author else "")
            case "place":
                return about_places(desk, reading.places, sure=reading.sure)
            case "level":
                return lead_to_level(desk, reading.ordinal)
            case "author":
                return self._written(desk, reading.records)
            case "topic":
                return list_topic(desk, frame.phrase, reading.records)
            case "faces":
                return self._faces(desk, reading)
            case "fact":
                fact = self.tools.facts.answer(desk, frame.whole or frame.phrase)
                if fact is not None:
                    return fact
            case "maybe":
                return not_held(desk, frame.phrase, frame.by, reading.records)
            case "no_kind":
                kind = reading.thing
                name = (kind.en if desk.lang == "en" else kind.zh) if kind else frame.phrase
                return desk.refuse(words.NO_KIND.replace("{kind}", name), "guide")
        return unknown(desk)

    @staticmethod
    def _faces(desk: Desk, reading: Reading) -> Reply:
        faces = reading.faces
        places = tuple(desk.tools.places.shelf(face.range_id, None) for face in faces)
        if desk.frame.act == "call_number":
            level = desk.level(places[0].ordinal)
            text = desk.words.call_number("", desk.frame.phrase, faces[0].scheme, level, faces[0].label)
            memory = replace(desk.memory, place=places[0], chosen=None, items=(), candidates=(), pending="")
            return desk.reply(text, "find_item", place=places[0], memory=memory)
        return about_places(desk, places)

    def _titled(self, desk: Desk, answer: Callable[[Desk, Located], Reply]) -> Reply:
        """An answer about the book that was named or spoken of."""
        if desk.frame.pronoun or not desk.frame.phrase:
            if desk.memory.chosen is not None:
                return answer(desk, desk.memory.chosen)
            return about_before(desk)
        title = self.tools.books.by_title(desk.frame.phrase)
        if title.meant:
            return answer(desk, self.tools.books.locate(title.meant[0])[0])
        return not_held(desk, desk.frame.phrase, maybe=title.maybe)

    # subjects, authors, suggestions

    def _topic(self, desk: Desk) -> Reply:
        phrase = desk.frame.phrase
        if re.fullmatch(r"(?:her|him|them|me|us|it|that|this|my \w+|kids?)", phrase, re.IGNORECASE) or not phrase:
            return desk.ask_back(desk.words.RECOMMEND_WHAT, "recommend")
        named = re.search(r"[\w' ]*\b(?:section|collection|library|room)\b", desk.frame.whole, re.IGNORECASE)
        place = self.tools.places.understand(re.sub(r"^.*\b(?:the|your|to|is|are)\b ", "", named[0])) if named else None
        if place is not None and place.sure and place.places:
            return about_places(replace(desk, frame=replace(desk.frame, act="guide")), place.places)
        title = self.tools.books.by_title(desk.frame.phrase) if desk.frame.quoted else None
        if title and title.meant:
            return about_book(desk, title.meant)
        found = self.tools.books.topics.about(phrase) or self.tools.books.topics.for_readers(phrase)
        if found:
            return list_topic(desk, phrase, found)
        described = self.tools.books.topics.described(phrase)
        if described:
            return list_topic(desk, phrase, described)
        written = self.tools.books.by_author(phrase)
        if written:
            return list_author(desk, phrase, written)
        reading = read_phrase(desk)
        if reading.kind == "place" or (reading.kind in ("book", "level") and reading.sure):
            return self._named(desk, reading)
        return desk.refuse(desk.words.NO_TOPIC.replace("{topic}", shown(phrase)), "find_topic")

    def _author(self, desk: Desk) -> Reply:
        phrase = desk.frame.phrase
        if desk.frame.pronoun or fold(phrase) in _SAME_AUTHOR:
            return about_before(replace(desk, frame=replace(desk.frame, pronoun=True)))
        found = self.tools.books.by_author(phrase)
        if found:
            return self._written(desk, found)
        title = self.tools.books.by_title(phrase)
        if title.exact and title.meant:
            return about_book(desk, title.meant)
        return desk.refuse(desk.words.NO_AUTHOR.replace("{author}", shown(phrase)), "find_topic")

    @staticmethod
    def _written(desk: Desk, records: tuple[Record, ...]) -> Reply:
        """An author's books; a question back when one of several was meant, or several authors share the name."""
        authors = {fold(r.authors[0]) for r in records if r.authors}
        if len(records) > 1 and (
            desk.frame.single or desk.frame.act == "guide" or (len(authors) > 1 and desk.frame.act == "bare")
        ):
            return choose_book(desk, records)
        if len(records) == 1 and (desk.frame.single or desk.frame.act in ("guide", "which_level", "available")):
            return about_book(desk, records)
        return list_author(desk, desk.frame.phrase, records)

    def _recommend(self, desk: Desk) -> Reply:
        phrase = re.sub(
            r"^(?:about|on|for|to read|books?|novels?|something|to me)\b\s*|\b(?:books?|novels?|to read|for me)$",
            "",
            desk.frame.phrase,
            flags=re.IGNORECASE,
        ).strip(" ,.?!的书")
        if desk.frame.pronoun:
            return about_before(replace(desk, frame=replace(desk.frame, act="more_like")))
        if not phrase:
            return desk.ask_back(desk.words.RECOMMEND_WHAT, "recommend")
        found = self.tools.books.topics.about(phrase) or self.tools.books.topics.for_readers(phrase)
        if found:
            return list_topic(desk, phrase, found, "recommend")
        written = self.tools.books.by_author(phrase)
        if written:
            return replace(list_author(desk, phrase, written), intent="recommend")
        return desk.refuse(desk.words.NO_TOPIC.replace("{topic}", shown(phrase)), "recommend")

    def _more_like(self, desk: Desk) -> Reply:
        if desk.frame.pronoun or desk.frame.ordinal is not None or not desk.frame.phrase:
            return about_before(desk)
        title = self.tools.books.by_title(desk.frame.phrase)
        if title.meant:
            return list_like(desk, title.meant[0])
        return not_held(desk, desk.frame.phrase, maybe=title.maybe)

    def _fact(self, desk: Desk) -> Reply:
        asked = desk.frame.whole
        if desk.memory.chosen is not None:
            asked = re.sub(r"\b(?:it|them|this one|that one)\b", "a book", asked, count=1)
            asked = re.sub(r"它|这本书?|那本书?", "图书", asked, count=1)
        if desk.memory.place is not None:
            name = self.tools.places.name(desk.memory.place, desk.lang)
            asked = re.sub(r"\b(?:it|there)\b|它|那里|那儿", name, asked, count=1)
        fact = self.tools.facts.answer(desk, asked) or self.tools.facts.answer(desk, desk.frame.phrase)
        if fact is not None:
            return fact
        reading = read_phrase(desk)
        if reading.kind in ("book", "place", "level", "faces") and reading.sure:
            return self._named(desk, reading)
        if self.tools.facts.is_about_library(desk.frame.whole):
            return desk.refuse(desk.words.NO_FACT, "ask_fact")
        return beyond(desk)


def _name(desk: Desk) -> str:
    name = desk.tools.persona.name
    return name.get(desk.lang) or next(iter(name.values()), "")


def _library(desk: Desk) -> str:
    library = desk.tools.persona.library
    return (
        library.get(desk.lang) or next(iter(library.values()), "") or ("the library" if desk.lang == "en" else "本馆")
    )


def _clearly(text: str, found: Lang) -> bool:
    """Is a text so plainly in a language that the one the client named is a mistake?"""
    return (found == "zh" and not re.search(r"[A-Za-z]", text)) or (
        found == "en" and not has_han(text) and len(text.split()) > 3
    )


def _held_title(desk: Desk, text: str) -> bool:
    return bool(desk.tools.books.by_title(text).exact)
