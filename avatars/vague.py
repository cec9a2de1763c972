"""Questions that name nothing yet ("how much?", 我要预约), and books for children of an age."""

from __future__ import annotations

import re

from avatars.about_books import list_topic
from avatars.desk import Desk
from avatars.topics import is_for_young
from avatars.values import Reply

_OF_WHAT = re.compile(
    r"^\W*(?:and )?(?:how much(?: (?:is it|does it cost|for it))?|how long(?: is it)?|what does it cost|when|until when|how many|room|rooms|the room|a room|the desk|desk|"
    r"i (?:want|need|would like|'d like) to (?:book|reserve|borrow|return)(?: something)?|can i book)\W*$|"
    r"^(?:请问)?(?:多少钱|要多少钱|多久|几点|几天|我要预约|我想预约|预约|我要借|房间|我想借)[?？。 ]*$",
    re.IGNORECASE,
)
_A_BOOK = re.compile(
    r"^\W*(?:i(?:'m| am) looking for|i (?:want|need|'d like|would like)|find me|give me|show me|got)? ?(?:a|some|any) (?:good )?(?:novels?|books?)(?: to read)?\W*$|"
    r"^(?:我)?(?:想|要|想要)?(?:找|看|借|读)(?:一?本|点)?(?:书|小说)[。 ]*$",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\bbooks?\b.*\bfor\b|\bsomething for\b|给.{1,8}(?:看|读)的?|(?:有|看|读|找)(?:什么|啥|哪些)书|适合.{1,8}(?:看|读)的?|绘本",
    re.IGNORECASE,
)
_RULE = re.compile(r"\b(?:how many|can|may|borrow|allowed|card|alone)\b|几本|多少|能|可以|借", re.IGNORECASE)


def asked_of_what(desk: Desk, text: str) -> Reply | None:
    """A question back to a question about nothing named; None when something was named or spoken of before."""
    memory = desk.memory
    spoken_of = memory.chosen or memory.place or memory.items or memory.candidates or (memory.turns and memory.last)
    if spoken_of:
        return None
    if _A_BOOK.match(text):
        return desk.ask_back(desk.words.RECOMMEND_WHAT, "recommend")
    return desk.ask_back(desk.words.OF_WHAT, "unclear") if _OF_WHAT.match(text) else None


def for_the_young(desk: Desk, text: str) -> Reply | None:
    """Books for children when somebody asks for such, and not for a rule about them."""
    if not is_for_young(text) or not _FOR.search(text) or _RULE.search(text):
        return None
    found = desk.tools.books.topics.for_readers(text)
    topic = "children" if desk.lang == "en" else "儿童读物"
    return list_topic(desk, topic, found, "recommend") if found else None
