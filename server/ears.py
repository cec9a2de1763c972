"""Which engine hears which language, and what a reader is told when none does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avatars.engines import EngineError, find_missing, load_class
from server.engines import hearing_engine
from wire.messages.base import Lang
from wire.messages.session import ListeningState

if TYPE_CHECKING:
    from avatars.engines import Speaker, Transcriber
    from avatars.grammar import Vocabulary

NOTES: dict[Lang, str] = {
    "en": "I cannot hear English here yet: please type your question.",
    "zh": "我在这里还听不懂普通话，请打字提问。",
}


@dataclass(frozen=True, slots=True)
class Ears:
    """Transcribers by language."""

    by_lang: Mapping[Lang, Transcriber] = field(default_factory=dict)

    def find(self, lang: Lang) -> Transcriber | None:
        """The engine that hears this language."""
        return self.by_lang.get(lang)

    def state(self) -> ListeningState:
        """What can be heard, for the welcome."""
        deaf: list[Lang] = [lang for lang in NOTES if lang not in self.by_lang]
        return ListeningState(
            en="en" in self.by_lang, zh="zh" in self.by_lang, note={lang: NOTES[lang] for lang in deaf}
        )


def find_ears(
    model: Path | None, vocabulary: Callable[[], Vocabulary], speaker: Speaker | None, faults: list[str]
) -> Ears:
    """The model when one is set, else the English grammar engine when it is installed. Blocking, seconds.

    ``faults`` gets a sentence for each engine that was asked for and cannot hear. That nothing hears Chinese without a
    model is no fault: readers are told and can type.
    """
    found: dict[Lang, Transcriber] = {}
    if model is not None:
        try:
            heard: Transcriber = load_class(hearing_engine(model))(model)
        except EngineError as fault:
            faults.append(f"no hearing by {model}: {fault}")
        else:
            for lang in NOTES:
                if lang in heard.capabilities.languages:
                    found[lang] = heard
    if "en" not in found and find_missing("sphinx") is None and speaker is not None:
        try:
            found["en"] = load_class("sphinx")(vocabulary(), _say_ipa(speaker))
        except EngineError as fault:
            faults.append(f"no hearing in English: {fault}")
    return Ears(found)


def _say_ipa(speaker: Speaker) -> Any:
    return getattr(speaker, "list_phonemes", None)
