"""What the Whisper engines share: when to listen at all, which language, and when not to believe what came out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import numpy as np

from avatars.engines import Samples, Transcript, Word

SHORTEST_S: Final = 0.2
_QUIET: Final = 1e-3
_DOUBT: Final = -1.2  # mean log probability below which Whisper itself distrusts a text
# what Whisper writes when it is given noise: thanks to viewers and to makers of subtitles
_HALLUCINATED: Final = re.compile(
    r"^(thank(s| you)( so much)? for watching.*|please subscribe.*|subtitles by.*|"
    r"字幕.*|请不吝点赞.*|謝謝(大家)?(收看|觀看).*|谢谢(大家)?(收看|观看).*|.*amara\.org.*)$",
    re.IGNORECASE,
)


def check_speech(samples: Samples) -> bool:
    """Is there anything to hear? Not when it is shorter than 0.2 s or all but silent."""
    return len(samples) >= SHORTEST_S * 16_000 and float(np.abs(samples).max()) > _QUIET


def choose_language(scores: Mapping[str, float]) -> str:
    """The language with the highest score; English when there is none."""
    return max(scores, key=lambda lang: scores[lang], default="en")


@lru_cache(maxsize=1)
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def clean_text(text: str, lang: str) -> str:
    """Without outer blanks; Chinese in Simplified characters, as the catalogue's search takes both."""
    text = re.sub(r"\s+", " ", text).strip()
    return str(_simplifier().convert(text)) if lang.startswith("zh") else text


def is_looping(text: str) -> bool:
    """The same few letters over and over: a sign that nothing was understood."""
    return re.search(r"(.{1,12}?)\1{5,}", text) is not None


def judge(
    text: str, lang: str, mean_log_probability: float, words: tuple[Word, ...] = (), no_speech: float = 0.0
) -> Transcript:
    """A transcript, or a rejected one. ``no_speech``: probability that nobody spoke."""
    confidence = min(1.0, max(0.0, math.exp(min(0.0, mean_log_probability)) * (1 - 0.5 * no_speech)))
    doubted = (no_speech > 0.6 and mean_log_probability < _DOUBT / 1.5) or mean_log_probability < 3 * _DOUBT
    if not any(c.isalnum() for c in text) or _HALLUCINATED.match(text) or is_looping(text) or doubted:
        return Transcript("", lang, (), confidence, rejected=True)
    return Transcript(text, lang, words, confidence)
