"""Saying no: what the home does not hold, does not tell, or has no system for; always with what can be done instead."""

from __future__ import annotations

from dataclasses import replace

from avatars import sounds_like
from avatars.about_books import not_held
from avatars.desk import Desk
from avatars.values import Action, Intent, Reply

_ABOUT_BOOKS = ("available", "author_of", "tell_about", "locate", "have", "which_level")


def unknown(desk: Desk) -> Reply:
    """The phrase means nothing here: not held, no such place, a rule after all, out of scope, or not understood."""
    frame, words = desk.frame, desk.words
    no_place = words.NO_PLACE.replace("{phrase}", shown(frame.phrase))
    if frame.act in ("guide", "how_far") and not frame.quoted:
        return desk.refuse(no_place, "guide")
    if frame.act in ("have", "locate") and not frame.quoted and not frame.by and sounds_like.is_thing(frame.phrase):
        return desk.refuse(no_place, "ask_fact" if frame.act == "have" else "guide")
    if frame.quoted or frame.by or frame.act in _ABOUT_BOOKS:
        return not_held(desk, frame.phrase, frame.by)
    if frame.act == "call_number":
        return desk.refuse(no_place, "find_item")
    fact = desk.tools.facts.answer(desk, frame.whole)
    if fact is not None:
        return fact
    if frame.act == "bare" and sounds_like.is_title(desk, frame.phrase):
        return not_held(desk, frame.phrase)
    if sounds_like.is_talk(frame.phrase, desk.lang):
        return beyond(desk)
    return desk.ask_back(words.UNCLEAR, "unclear")


def beyond(desk: Desk) -> Reply:
    """Outside what a library answers."""
    return desk.refuse(desk.words.OUT_OF_SCOPE, "out_of_scope")


def no_account(desk: Desk) -> Reply:
    """No reader system is connected; the rule about it is told when the documents have one."""
    return _with_rule(desk, desk.words.ACCOUNT, "account")


def no_booking(desk: Desk) -> Reply:
    """No bookings yet; the rule about them is told when the documents have one."""
    return _with_rule(desk, desk.words.SPACE, "book_space")


def shown(phrase: str) -> str:
    """A reader's phrase as it may stand inside a sentence of ours."""
    return phrase.strip('“”"《》 ').replace("{", "(").replace("}", ")")[:80]


def _with_rule(desk: Desk, text: str, intent: Intent) -> Reply:
    rule = desk.tools.facts.answer(desk, desk.frame.whole)
    if rule is not None and desk.tools.facts.asks_rule(desk, desk.frame.whole):
        return rule
    refused = desk.refuse(text, intent, action=Action(intent, "not_available"))
    if rule is None or rule.refused:
        return refused
    return replace(refused, text=f"{refused.text} {rule.text}", sources=rule.sources)
