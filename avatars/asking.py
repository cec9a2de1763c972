"""From a reader's words to frames: cleaning, and the parts of what was said in one breath."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace

from avatars import frames_en, frames_zh
from avatars.frame import Act, Frame
from avatars.language import Lang, has_han, simplified

_TAGS = re.compile(r"<[^<>]{0,80}>(?:[^<>]{0,80}</[^<>]{0,20}>)?")
_MARKS = re.compile(r"[*^_~`|\\{}<>#]+|\"\"|“”|\((?:the )?(?:book|novel)\)", re.IGNORECASE)
_HEAT = re.compile(
    r"\b(?:the hell|the heck|on earth|the fuck(?:ing)?|bloody|damn)\b\s*|到底|究竟|他妈的?", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[?？。!！])\s*|(?<=[a-z)\"”])\.\s+")
_CLAUSE = re.compile(r"[,，;；、]\s*|\s+(?:and|but|so)\s+(?=(?:where|how|what|can|take|is|when|who)\b)|…+|\.{3,}")
_THEN_LEAD = re.compile(
    r",? (?:and|then) (?=(?:then )?(?:please )?(?:take|lead|guide|show) me)|"
    r"[，,](?=(?:请|然后|再)?(?:带|领)我)|(?<=[哪里儿])[，, ](?=带|领)"
)
TALK = frozenset(("greet", "thanks", "bye", "how_are_you", "who_are_you", "help", "praise", "rude", "no", "yes"))
"""Acts that ask for nothing in the library."""
WHOLE = frozenset(("injection", "account", "book_space", "where_am_i", "what_is_here", "what_is_on"))


_PLAIN: tuple[tuple[Act, re.Pattern[str]], ...] = (
    ("locate", re.compile(r"^where(?:'s| is| are| can i find| do i find) (?P<x>.+?)[?.! ]*$", re.IGNORECASE)),
    ("have", re.compile(r"^(?:do you have|have you got) (?P<x>.+?)[?.! ]*$", re.IGNORECASE)),
    ("author_of", re.compile(r"^who (?:wrote|is the author of) (?P<x>.+?)[?.! ]*$", re.IGNORECASE)),
    ("guide", re.compile(r"^(?:please )?take me to (?P<x>.+?)[?.! ]*$", re.IGNORECASE)),
    ("available", re.compile(r"^is (?P<x>.+?) available[?.! ]*$", re.IGNORECASE)),
    (
        "locate",
        re.compile(r"^(?:请问)?(?P<x>.+?)(?:这本书)?(?:放|摆)?在(?:哪里|哪儿|哪|什么地方|几楼|哪个书架)[?？。 ]*$"),
    ),
    ("locate", re.compile(r"^(?:我想找|我要找|帮我找|我想借|我想看)(?P<x>.+?)[。.! ]*$")),
    ("have", re.compile(r"^(?:有没有|你们有)(?P<x>.+?)(?:这本书)?(?:吗)?[?？。 ]*$")),
    ("author_of", re.compile(r"^谁写(?:了|的)(?P<x>.+?)[?？。 ]*$")),
    ("author_of", re.compile(r"^(?P<x>.+?)(?:是谁写的|的作者是谁)[?？。 ]*$")),
    ("guide", re.compile(r"^(?:请)?带我去(?:找)?(?P<x>.+?)[。.! ]*$")),
    ("bare", re.compile(r"^(?P<x>.+?)[?？。.! ]*$")),
)


def plain_phrases(text: str) -> Iterator[Frame]:
    """The simplest readings, nothing trimmed: only good for a phrase that is a title word for word ("I Am a Cat")."""
    if re.search(r"[《》“”\"「」]", text):
        return
    for act, pattern in _PLAIN:
        found = pattern.match(text)
        if found and not found["x"].endswith(("的书", "的图书", " books", " book")):
            yield Frame(act, found["x"], quoted=True, whole=text)


_APOSTROPHE = {
    "whats": "what's", "wheres": "where's", "whos": "who's", "theres": "there's", "hows": "how's", "im": "I'm", "ive": "I've",
    "dont": "don't", "cant": "can't", "isnt": "isn't", "doesnt": "doesn't", "didnt": "didn't", "arent": "aren't",
    "wont": "won't", "thats": "that's", "id like": "I'd like", "lets": "let's", "youre": "you're", "wasnt": "wasn't",
}  # fmt: skip
_BARE = re.compile(rf"\b(?:{'|'.join(_APOSTROPHE)})\b", re.IGNORECASE)
"""What a speech transcript or a hurried reader writes without its apostrophe."""


def clean(text: str) -> str:
    """The words alone: NFKC, Simplified, no mark-up, no curses, single spaces."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    text = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    text = re.sub(r"(?i)\b(do|can|could|will|would|are|have) u\b", r"\1 you", text)
    text = _BARE.sub(lambda hit: _APOSTROPHE[hit[0].lower()], text)
    text = _HEAT.sub("", _MARKS.sub(" ", _TAGS.sub(" ", text)))
    text = " ".join(text.split())
    return simplified(text) if has_han(text) else text


def parser(lang: Lang) -> Callable[[str], Frame]:
    """The reader of one sentence of a language."""
    return frames_zh.parse if lang == "zh" else frames_en.parse


def beyond_words(text: str) -> bool:
    """Does a sentence speak of what no library answers: weather, shares, a lottery?"""
    return (frames_zh.SCOPE if has_han(text) else frames_en.SCOPE).search(text) is not None


def read_frames(text: str, lang: Lang) -> list[Frame]:
    """Readings of one turn, the likeliest first; the later ones are tried when an earlier one finds nothing.

    "Where is X? Take me there." is one frame that leads to X. Of several sentences the informative ones count, in order;
    a sentence that leads nowhere as a whole is read clause by clause.
    """
    parse = parser(lang)
    whole = parse(text)
    if whole.act in WHOLE:
        return [whole]
    parts = [p.strip() for p in _SENTENCE.split(text) if p and p.strip(" .?!。？！")]
    parts = [part.strip() for p in parts for part in _THEN_LEAD.split(p) if part.strip()]
    if len(parts) > 1:
        return [*_ordered([parse(p) for p in parts], text), whole, *_clauses(parts, parse)]
    clauses = [replace(f, step_free=whole.step_free or f.step_free) for f in _clauses(parts or [text], parse)]
    if whole.act in ("fact", "bare", *TALK):
        pointed = [f for f in clauses if f.act not in ("fact", "bare", *TALK)]
        return [*pointed, whole, *(f for f in clauses if f not in pointed and f.act not in TALK)]
    spoken = [f for f in clauses if f.act not in TALK]
    if lang == "zh" and re.search(r"[,，]", whole.phrase) and not whole.quoted:
        pointed = [f for f in spoken if f.act not in ("fact", "bare")]
        return [*pointed, whole, *(f for f in spoken if f not in pointed)]
    return [whole, *spoken]


def _ordered(frames: list[Frame], text: str) -> list[Frame]:
    wanted = [f for f in frames if f.act not in TALK]
    if not wanted:
        return frames[-1:]
    step_free = any(f.step_free for f in frames)
    named = [f for f in wanted if f.phrase]
    if wanted[-1].act in ("guide", "how_far") and wanted[-1].pronoun and named:
        return [replace(named[-1], act="guide", step_free=step_free)]
    wanted.sort(key=lambda f: f.act in ("bare", "fact"))
    return [replace(f, step_free=step_free, whole=text if f.act == "fact" else f.whole) for f in wanted]


def _clauses(parts: list[str], parse: object) -> list[Frame]:
    pieces = [c.strip() for part in parts for c in _CLAUSE.split(part) if c and len(c.strip(" .?!。？！")) > 1]
    return [parse(c) for c in pieces] if len(pieces) > len(parts) else []  # type: ignore[operator]
