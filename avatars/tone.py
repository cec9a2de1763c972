"""The manner of a home's librarian in her own grounded sentences: brief, friendly or formal. Facts stay as they are.

Titles, quotations and what a document says word for word are never touched. Doing it twice changes nothing.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from avatars.language import Lang
from avatars.values import Reply

Tone = Literal["plain", "brief", "friendly", "formal"]
TONES: Final[tuple[Tone, ...]] = ("plain", "brief", "friendly", "formal")

_OFFERS: Final[dict[Lang, re.Pattern[str]]] = {
    "en": re.compile(
        r"\s*(?:Shall I [^.?!“”]*\?|Would you like [^.?!“”]*\?|Is there anything else[^.?!“”]*\?"
        r"|Which book or place shall I find for you\?|What shall we find next\?"
        r"|I can (?:also )?(?:try another word|look for[^.?!“”]*|take you [^.?!“”]*)\.)"
    ),
    "zh": re.compile(
        r"需要我[^。？！《》“”]*？|还想找点什么吗？|想找哪本书，还是去哪里？|接下来想找什么？|换个词我再试试。"
        r"|我(?:还)?可以(?:帮您找|带您去|给您带路)[^。？！《》“”]*。|我也可以带您去[^。？！《》“”]*。"
    ),
}
"""What is offered beside the answer; a brief librarian leaves it out."""
_WARM: Final[dict[Lang, tuple[str, str]]] = {
    "en": ("With pleasure! ", "I'm sorry about that. "),
    "zh": ("好呀！", "真抱歉。"),
}
"""How a friendly librarian begins: an answer, a refusal."""
_FULL: Final[tuple[tuple[str, str], ...]] = (
    (r"\bI'm\b", "I am"), (r"\bI'll\b", "I will"), (r"\bI'd\b", "I would"), (r"\bI've\b", "I have"),
    (r"\b([Yy])ou're\b", r"\1ou are"), (r"\b([Yy])ou'd\b", r"\1ou would"), (r"\b([Ii])t's\b", r"\1t is"),
    (r"\b([Tt])hat's\b", r"\1hat is"), (r"\b([Cc])an't\b", r"\1annot"), (r"\b([Ww])on't\b", r"\1ill not"),
    (r"n't\b", " not"), (r"^(?:Sure|OK)[,.!] ", ""),
)  # fmt: skip
_POLITE_ZH: Final[tuple[tuple[str, str], ...]] = (
    ("我不能乱猜", "恕不臆测"), ("换个词我再试试", "您可以换一个词，我再为您查找"), ("帮您找", "为您查找"),
    ("没听明白", "未能理解"), ("，好吗？", "。"), ("(?<!请问)您要找", "请问您要找"),
)  # fmt: skip
_QUOTED: Final = r"“[^”]*”|《[^》]*》|「[^」]*」|\"[^\"]*\""


def in_tone(reply: Reply, tone: Tone) -> str:
    """The reply's text in that tone."""
    if tone == "brief":
        return _brief(reply)
    if tone == "friendly":
        return _friendly(reply)
    return _formal(reply) if tone == "formal" else reply.text


def _brief(reply: Reply) -> str:
    if reply.clarify:
        return reply.text
    left = _OFFERS[reply.lang].sub("", reply.text).strip()
    return left if any(c.isalnum() for c in left) else reply.text


def _friendly(reply: Reply) -> str:
    if reply.intent in ("small_talk", "unclear") or reply.clarify:
        return reply.text
    lead = _WARM[reply.lang][1 if reply.refused else 0]
    return reply.text if reply.text.startswith(lead) else lead + reply.text


def _formal(reply: Reply) -> str:
    quotes = [re.escape(source.quote) for source in reply.sources if source.quote]
    kept = re.compile("|".join([*sorted(quotes, key=len, reverse=True), _QUOTED]))
    rules = _FULL if reply.lang == "en" else _POLITE_ZH
    parts, at = [], 0
    for quoted in kept.finditer(reply.text):
        parts += [_put(rules, reply.text[at : quoted.start()]), quoted[0]]
        at = quoted.end()
    return "".join([*parts, _put(rules, reply.text[at:])])


def _put(rules: tuple[tuple[str, str], ...], text: str) -> str:
    text = text.replace("’", "'")
    for pattern, instead in rules:
        text = re.sub(pattern, instead, text)
    return text
