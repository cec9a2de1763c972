"""Several requests in one breath, done as a plan: "find a book on bees, then take me to a quiet seat near it".

Each part is answered like a question of its own, in order; a part starts where an earlier one has led. "Near it" leads to
the book first. It counts as a plan only when two parts or more have an answer: a comma alone does not make two requests.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from avatars.about_books import lead_to_book
from avatars.asking import TALK, WHOLE
from avatars.desk import Desk
from avatars.frame import Frame
from avatars.values import Memory, PlanStep, Question, Reply
from spatial.route import Position, Route

_REQUEST = (
    r"(?:please |can you |could you |also |then |maybe )*(?:take|lead|guide|bring|show|find|tell|where|what|when|how|who|which|is|are|do|does|can|"
    r"could|books? (?:on|about)|i (?:need|want|would|'d)|i'd|get|help|look|recommend|suggest|for how (?:long|much|many)|at what|until when)\b"
)
_SPLIT_EN = re.compile(
    rf"[.;]\s+|\?\s*|,?\s+(?:and )?(?:then|after that|afterwards|and also)[, ]+|,\s*(?:and\s+)?(?={_REQUEST})|\s+and\s+(?={_REQUEST})",
    re.IGNORECASE,
)
_SPLIT_ZH = re.compile(
    r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])|[？?。；;！!]|[，,]?(?:然后|接着|之后|随后|顺便|顺路|最后|完了)|[，,、](?=再|还|也|帮|请|带|领|我|去|找|问|有|怎|哪|多|咖|打|[\u4e00-\u9fff]{2,})|(?<=[去找看借问])[，,]?再(?=去|找|带|看|问)"
)
_LIST = re.compile(r"^(?P<lead>(?:i|we) (?:need|want|have|would like|'d like)(?: to)?) ", re.IGNORECASE)
_NEAR_IT = re.compile(
    r"\s*\b(?:near(?: to|by)?|close to|next to|beside|around|by) (?:it|them|there|that|the book|that shelf)\b|(?:离)?(?:它|那里|那儿|书架|那本书)(?:最近|附近|旁边|边上)的?|就近的?",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"(?:i|we) (?:just )?(?:need|want|have) (?:it|this|that|them)\b|it(?:'s| is) (?:for|about)\b|because\b|since\b|as\b|so that\b|for (?:a|my|our|the)\b|i(?:'m| am) (?:new|a|an|in|here|writing|doing|researching)\b|"
    r"因为|我是|我需要它|我急|用来|是给|写论文|做作业",
    re.IGNORECASE,
)
"""Why something is asked for: not a request of its own."""
_MOST = 5
_BESIDE = ("out_of_scope", "account", "book_space")
_BESIDE_ACTS = ("out_of_scope", "account", "book_space")
_SOUGHT = ("find_topic", "find_item")
_SOUGHT_ACTS = ("topic", "locate", "have", "written", "author")
"""What was looked for and is not held, said beside what is."""
"""What cannot be done, said beside what can: "tell me a joke and then where's the toilet"."""


def run_errands(
    desk: Desk, text: str, parse: Callable[[str], Frame], answer: Callable[[Memory, Question], Reply]
) -> Reply | None:
    """The replies to the parts of a request as one reply; None when there are not two requests in it.

    ``answer``: the reply to one part with the memory of the parts before it.
    """
    parts = _parts(text, zh=desk.lang == "zh")
    if not 2 <= len(parts) <= _MOST:
        return None
    if parse(text).act in WHOLE and not any(parse(part).act not in (*WHOLE, *TALK, "bare") for part in parts):
        return None
    frames = [parse(part) for part in parts]
    pairs = zip(parts, frames, strict=True)
    wanted = [(part, frame) for part, frame in pairs if frame.act not in TALK and not _REASON.match(part)]
    if len(wanted) < 2 or all(f.pronoun and f.act in ("guide", "how_far") for _, f in wanted[1:]):
        return None
    memory, at = desk.memory, desk.question.at
    done: list[tuple[str, Reply]] = []
    for part, _ in wanted:
        if done and _NEAR_IT.search(part):
            done[-1] = (done[-1][0], _led(desk, done[-1][1]))
            at = _reached(done[-1][1]) or at
        question = replace(desk.question, text=_NEAR_IT.sub("", part), at=at, lang=desk.lang)
        reply = answer(memory, question)
        done.append((part, reply))
        if not (reply.refused or reply.clarify):
            memory = replace(
                reply.memory, turns=(*memory.turns, (part, reply.text)), last=replace(reply, memory=Memory())
            )
            at = _reached(reply) or at
    said: dict[str, tuple[str, Reply]] = {}
    for part, reply in done:
        if not (reply.refused or reply.clarify):
            said.setdefault(reply.text, (part, reply))
    held = list(said.values())
    if len(held) == 1 and len(done) == 2 and len(text) < 120:
        beside = next(reply for part, reply in done if reply is not held[0][1])
        act = parse(_other(done, held[0])).act
        cannot = beside.intent in _BESIDE and act in _BESIDE_ACTS
        absent = beside.intent in _SOUGHT and act in _SOUGHT_ACTS and not beside.clarify
        if beside.refused and (cannot or absent):
            return replace(held[0][1], text=desk.words.JOINED.join(reply.text for _, reply in done), memory=memory)
    if len(held) < 2:
        return None
    return _together(desk, held, memory)


def _other(done: list[tuple[str, Reply]], held: tuple[str, Reply]) -> str:
    return next(part for part, reply in done if reply is not held[1])


def _parts(text: str, *, zh: bool) -> list[str]:
    if zh and text.startswith("先"):
        text = re.sub(r"(?<=.{2})(?<![，,])再(?=[去到找带看问])", "，再", text)
    pieces = [p.strip(" ,，、.。?？!！") for p in (_SPLIT_ZH if zh else _SPLIT_EN).split(text)]
    parts = [
        re.sub(r"^(?:先|再|还|and |then |also )+", "", p, flags=re.IGNORECASE).strip()
        for p in pieces
        if len(p.strip()) > 1
    ]
    if zh or not parts:
        return [p for p in parts if len(p) > 1]
    lead = _LIST.match(parts[0])
    if lead is None:
        return parts
    listed = [p.strip() for p in re.split(r",\s*(?:and\s+)?|\s+and\s+", parts[0][lead.end() :]) if p.strip()]
    return [f"{lead['lead']} {p}" for p in listed] + parts[1:] if len(listed) > 1 else parts


def _led(desk: Desk, reply: Reply) -> Reply:
    """The reply with the way to its first book, so that what is near the book is near the reader."""
    if isinstance(reply.route, Route) or not reply.items:
        return reply
    way = lead_to_book(replace(desk, memory=reply.memory), reply.items[0])
    if not isinstance(way.route, Route):
        return reply
    text = desk.words.JOINED.join((reply.text, way.text))
    return replace(reply, text=text, place=way.place, route=way.route, sources=(*reply.sources, *way.sources))


def _reached(reply: Reply) -> Position | None:
    """Where the reader stands when this part is done; None when it led nowhere."""
    if reply.place is None or not isinstance(reply.route, Route):
        return None
    return Position(reply.place.point, reply.place.ordinal)


def _together(desk: Desk, done: list[tuple[str, Reply]], memory: Memory) -> Reply:
    first = next((r for _, r in done if isinstance(r.route, Route)), done[0][1])
    items = {(x.record.record_id, x.item): x for _, reply in done for x in reply.items}
    return replace(
        first,
        text=desk.words.JOINED.join(reply.text.strip() for _, reply in done),
        intent=first.intent,
        items=tuple(items.values()),
        sources=tuple(source for _, reply in done for source in reply.sources),
        steps=tuple(PlanStep(part, reply.intent, reply.text, reply.place, reply.route) for part, reply in done),
        memory=replace(memory, turns=desk.memory.turns),
    )
