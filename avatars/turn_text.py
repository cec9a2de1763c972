"""What a transcript is, beside a question: a listener's sound, the librarian's own echo, something said to others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from avatars.values import Reply

_SOUNDS: Final = frozenset(
    "mm mhm mmhm mmhmm hm hmm mmm uh huh um ah oh er erm aha 嗯 唔 哦 噢 喔 啊 呃 额 哎 唉 诶".split()  # noqa: SIM905
)
_AGREED: Final = frozenset(
    "ok okay yeah yep yes right sure fine good great thanks i see got it well 好 的 好的 好啊 行 对 是 是的 对的 "  # noqa: SIM905
    "可以 明白 知道 了 明白了 知道了 谢谢 这样 原来如此".split()
)
_PHRASES: Final = frozenset({"i see", "got it", "all right", "alright", "go on", "right right", "of course"})
_COMMANDS: Final = re.compile(
    r"\b(?:stop|wait|no|nope|pause|quiet|silence|enough|cancel|sorry|excuse me|hold on|hang on|shut up|never ?mind|"
    r"one moment|hey|hello)\b|停|等等|等一下|等下|慢着|不对|不是|不要|不用|别说|够了|安静|打住|打断|对不起|抱歉|请问|喂"
)
_ECHO_MATCH: Final = 0.75
_TOKEN: Final = re.compile(r"[\u3400-\u9fff]|[a-z0-9']+")


def fold(text: str) -> str:
    """Without marks, case and doubled blanks."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return " ".join(re.sub(r"[^\w\s']|_", " ", folded.replace("-", " ")).split())


def list_tokens(text: str) -> list[str]:
    """Latin words and Chinese characters."""
    return _TOKEN.findall(fold(text))


def is_back_channel(text: str, speaking: bool = False) -> bool:
    """Is it only a sound or word by which a listener shows that they listen?

    ``speaking``: said into the librarian's speech, where agreement ("好的", "yeah", "I see") is no turn either; after
    a question of hers it is an answer.
    """
    folded = fold(text)
    words = folded.split()
    if not words:
        return False
    sound = all(word in _SOUNDS or set(word) <= _SOUNDS for word in words)
    if sound or not speaking:
        return sound
    return folded in _PHRASES or (
        len(words) <= 3 and all(w in _AGREED or w in _SOUNDS or set(w) <= _SOUNDS for w in words)
    )


def is_interruption(text: str) -> bool:
    """Would somebody say only this, and as short as a hum, to interrupt? A word that stops, or a small sentence.

    Recognisers hear words in hums; a bare word or two in half a second of voice are rather that than a question.
    """
    return _COMMANDS.search(fold(text)) is not None or len(list_tokens(text)) >= 4


def is_echo(text: str, said: Sequence[str]) -> bool:
    """Is it what the librarian is saying herself, come back through the microphone?

    Three words or characters at least, three quarters of them in a row of what she said. Fewer are too few to tell.
    """
    tokens = list_tokens(text)
    if len(tokens) < 3:
        return False
    for answer in said:
        blocks = SequenceMatcher(None, tokens, list_tokens(answer), autojunk=False).get_matching_blocks()
        near = [block for block in blocks if block.size]
        if not near:
            continue
        matched = sum(block.size for block in near)
        spread = near[-1].b + near[-1].size - near[0].b
        if matched >= _ECHO_MATCH * len(tokens) and spread <= 1.5 * len(tokens):
            return True
    return False


def after_wake(text: str, phrases: Sequence[str]) -> str | None:
    """What follows the wake phrase, "" when nothing does, None when the text does not begin with one of them.

    A greeting or filler before the phrase does not matter; marks and case do not either.
    """
    for phrase in phrases:
        letters = [re.escape(c) for c in fold(phrase) if not c.isspace()]
        if not letters:
            continue
        pattern = r"^\W*(?:(?:hey|hi|hello|ok|okay|um|uh|oh|嗨|你好|喂|嗯)\W+)?" + r"[\W_]*".join(letters)
        pattern += r"(?![a-z0-9])" if letters[-1].isascii() else ""
        found = re.match(pattern, unicodedata.normalize("NFKC", text), re.IGNORECASE)
        if found is not None:
            return text[found.end() :].strip(" \t,.!?:;，。！？：；、…-")
    return None


def is_settled(reply: Reply) -> bool:
    """Can what was said be answered as it is? If not, it may be only the beginning of a question."""
    return not (reply.refused or reply.clarify or reply.intent in ("unclear", "out_of_scope"))
