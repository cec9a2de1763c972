"""What was heard of a spoken turn → the message that tells the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wire.messages.base import Lang
from wire.messages.speech import Heard

if TYPE_CHECKING:
    from avatars.engines import Transcript

_WORTH_ASKING: Final = 0.1  # less likely readings are nothing to show a reader
_MOST_MAYBE: Final = 3


def lang_of(heard: Transcript) -> Lang:
    """The language that was spoken, of the two we answer in."""
    return "zh" if heard.lang.startswith("zh") else "en"


def heard_message(of: str, stream: int, heard: Transcript) -> Heard:
    """The transcript of a turn. What was not believed is not told as its text, only as what it may have been."""
    rejected = heard.rejected or not heard.text.strip()
    return Heard(
        of=of,
        stream=stream,
        text="" if rejected else heard.text,
        lang=lang_of(heard),
        final=True,
        rejected=rejected,
        confidence=min(1.0, max(0.0, float(heard.confidence))),
        maybe=_maybe(heard) if rejected else (),
    )


def _maybe(heard: Transcript) -> tuple[str, ...]:
    likely = (other.text for other in heard.alternatives if other.confidence >= _WORTH_ASKING)
    return tuple(list(dict.fromkeys(likely))[:_MOST_MAYBE])
