"""Which engine hears which language, and what a reader is told when none does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wire.messages.base import Lang
from wire.messages.session import ListeningState

if TYPE_CHECKING:
    from avatars.engines import Transcriber

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
