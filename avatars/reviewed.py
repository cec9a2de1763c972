"""The librarian with a language model whose answers a person approves first: nothing generated is said before that.

A question that would go to the model gets the grounded reply at once and a sentence that tells how it goes on. The
model's answer, checked as ever, is kept with its question for staff; what they approve is then said to whoever asks the
same. A question that leans on what was said before, or tells who somebody is, is not kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from avatars.asking import clean, parser
from avatars.language import Lang, fold
from avatars.never import says_never
from avatars.personal import tells_who
from avatars.thinking import ThinkingMind
from avatars.values import Action, Intent, Located, Memory, Question, Reply, Source

State = Literal["pending", "approved", "refused"]
HELD = Action("review", "proposed")
"""What the reply to a question carries that staff will see."""

_LEANS = re.compile(
    r"\b(?:it|its|(?:this|that) one|those|these|them|they|he|she|him|her|there)\b|[它他她]|[这那](?:[本个部里边位]|儿)",
    re.IGNORECASE,
)
"""Words that point at what was said before, and words that may."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A question without its reader, and an answer to it. ``text`` "": there is none yet. ``records``: record ids."""

    question: str
    lang: Lang
    text: str = ""
    intent: Intent = "ask_fact"
    records: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


class Drafts(Protocol):
    """Where questions and answers wait (server/review.py). Safe to call from several threads."""

    def find(self, key: str, lang: Lang) -> tuple[State, Draft] | None:
        """What is known of a question."""
        ...

    def ask(self, key: str, question: str, lang: Lang) -> bool:
        """It was asked; True the first time, when an answer is wanted."""
        ...

    def put(self, key: str, draft: Draft) -> None:
        """An answer that waits to be approved."""
        ...


class ReviewedMind:
    """As ``ThinkingMind`` to those who ask; ``draft`` does the model's part without a reader who waits."""

    def __init__(self, thinking: ThinkingMind, drafts: Drafts, locate: Callable[[str], Located | None]) -> None:
        """``locate``: a record's best copy by its id."""
        self.thinking, self.drafts, self._locate = thinking, drafts, locate
        self.grounded = thinking.grounded

    def answer(self, question: Question, memory: Memory) -> Reply:
        """The reply: grounded, or approved by staff."""
        plain = self.grounded.answer(question, memory)
        if not self.thinking.wants_model(question, plain):
            return plain
        known = self.drafts.find(key_of(question.text), plain.lang)
        if known is not None and known[0] == "approved":
            return self._approved(question, known[1], plain)
        if (known is not None and known[0] == "refused") or not may_be_kept(question.text, plain.lang):
            return plain
        words = self.grounded.tools.words(plain.lang)
        text = f"{plain.text}{words.JOINED}{words.IN_REVIEW}"
        turns = (*plain.memory.turns[:-1], (question.text, text))
        if says_never(text, self.grounded.tools.persona.never_say):
            return replace(plain, action=HELD)
        return replace(plain, text=text, action=HELD, memory=replace(plain.memory, turns=turns))

    def heard(self, memory: Memory, text: str) -> Memory:
        """As ``Dialogue.heard``."""
        return self.grounded.heard(memory, text)

    def draft(self, question: Question, reply: Reply) -> None:
        """Keep a question that ``answer`` held, with the model's answer to it alone; blocking. Does so once."""
        if reply.action != HELD:
            return
        key, lang = key_of(question.text), reply.lang
        if not self.drafts.ask(key, question.text, lang):
            return
        alone = Question(question.text, lang)
        plain = self.grounded.answer(alone, Memory(lang=lang))
        made = self.thinking.compose(alone, Memory(lang=lang), plain)
        if made is plain or made.route is not None:  # a way is true for one place only
            return
        records = tuple(located.record.record_id for located in made.items)
        self.drafts.put(key, Draft(question.text, lang, made.text, made.intent, records, made.sources))

    def _approved(self, question: Question, draft: Draft, plain: Reply) -> Reply:
        if not draft.text or says_never(draft.text, self.grounded.tools.persona.never_say):
            return plain
        items = tuple(x for x in map(self._locate, draft.records) if x is not None)
        memory = replace(
            plain.memory, items=items, chosen=items[0] if len(items) == 1 else None, candidates=(), pending="",
            turns=(*plain.memory.turns[:-1], (question.text, draft.text)),
        )  # fmt: skip
        reply = replace(
            plain, text=draft.text, intent=draft.intent, refused=False, clarify=False, items=items,
            sources=draft.sources, memory=memory,
        )  # fmt: skip
        return replace(reply, memory=replace(memory, last=replace(reply, memory=Memory())))


def key_of(text: str) -> str:
    """The same for the same question, whatever its case, marks and blanks."""
    return re.sub(r"[\W_]+", " ", fold(clean(text))).strip()


def may_be_kept(text: str, lang: Lang) -> bool:
    """Does a question stand on its own, and tell nothing of who asks?"""
    said = clean(text)
    read = parser(lang)(said)
    long_enough = len(said.split()) > 2 or len(re.findall(r"[\u3400-\u9fff]", said)) > 4
    leans = read.pronoun or read.ordinal is not None or _LEANS.search(said) is not None
    return long_enough and len(text) <= 400 and not leans and not tells_who(text)
