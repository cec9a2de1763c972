"""Doing once what the first reader would wait for: compiling the path search, loading word lists, the voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from avatars.engines import EngineError
from server.parts import Parts
from server.telemetry import log

if TYPE_CHECKING:
    from wire.messages.base import Lang

QUESTIONS: tuple[tuple[Lang, str], ...] = (("en", "Where is the nearest toilet?"), ("zh", "最近的洗手间在哪里？"))


def warm_up(parts: Parts) -> tuple[str, ...]:
    """Try every part; a sentence for each that does not work. Blocking, seconds."""
    from avatars.speech import say
    from avatars.values import Memory, Question

    faults: list[str] = []
    if parts.plan is None:
        faults.append("no building: import a venue")
    for lang, text in QUESTIONS:
        parts.mind.answer(question=Question(text, lang, parts.here), memory=Memory(lang=lang))
    if parts.speaker is not None:
        try:
            for lang in parts.speaking:
                say(parts.speaker, "1", lang)
        except EngineError as fault:
            log.warning("no voice: %s", fault)
            faults.append(f"no voice: {fault}")
    return tuple(faults)
