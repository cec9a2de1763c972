"""The last word on every grounded reply: the home's tone, and nothing that its librarian never says."""

from __future__ import annotations

from dataclasses import replace

from avatars.desk import Desk
from avatars.never import says_never
from avatars.tone import in_tone
from avatars.values import Reply

SILENCE = "…"
"""Said when a home forbids all that could be said instead."""


def in_manner(desk: Desk, reply: Reply) -> Reply:
    """The reply in the persona's tone; refused when it held something that is never said. ``desk``: of the question."""
    persona = desk.tools.persona
    reply = replace(reply, text=in_tone(reply, persona.tone))
    if not persona.never_say:
        return reply
    steps = tuple(step for step in reply.steps if not says_never(step.text, persona.never_say))
    if not says_never(reply.text, persona.never_say):
        return reply if steps == reply.steps else replace(reply, steps=steps)
    words = desk.words
    for text in (words.NO_FACT, words.OUT_OF_SCOPE, words.DESK_ANY):
        refused = desk.refuse(text, "ask_fact")
        refused = replace(refused, text=in_tone(refused, persona.tone))
        if not says_never(refused.text, persona.never_say):
            return refused
    return desk.refuse(SILENCE, "ask_fact")
