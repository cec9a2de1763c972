"""What a reader is told of what was heard."""

from __future__ import annotations

from avatars.engines import Alternative, Transcript
from server.journeys.heard import heard_message


def test_what_is_believed_is_told_alone() -> None:
    heard = Transcript("where is Dune", "en", (), 0.8, False, (Alternative("where is June", 0.4),))
    message = heard_message("t1", 3, heard)
    assert (message.of, message.stream, message.text, message.rejected, message.maybe) == (
        "t1",
        3,
        "where is Dune",
        False,
        (),
    )


def test_what_is_not_believed_is_offered_when_it_is_likely_enough() -> None:
    others = [("where is Dune", 0.4), ("where is Dune", 0.3), ("where is June", 0.2), ("who wrote Dune", 0.15)]
    others += [("take me to Dune", 0.15), ("what is Dune", 0.09)]
    heard = Transcript("", "en", (), 0.4, True, tuple(Alternative(*other) for other in others))
    message = heard_message("t1", 3, heard)
    assert message.rejected
    assert message.text == ""
    assert message.maybe == ("where is Dune", "where is June", "who wrote Dune")


def test_noise_offers_nothing() -> None:
    heard = Transcript("", "zh-CN", (), 1.5, True, (Alternative("where is Dune", 0.05),))
    message = heard_message("t1", 3, heard)
    assert (message.lang, message.confidence, message.maybe) == ("zh", 1.0, ())
