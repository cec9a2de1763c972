"""The librarian with a language model: what she knows exactly she says as ever; the model is for the rest.

A question that the grounded librarian answers needs no model and gets none: it is quicker and exact. For one that she
would refuse as not understood or not found, the model may look things up (``tools``) in a few rounds; what it then says
counts only sentence by sentence, as far as the tools' results support it (``grounding``), and each sentence is given on
as soon as it has passed, while the model still writes. A model that fails, hangs, garbles its calls or is gone leaves
the grounded reply, or, when something has been said, a sentence that says so. What a document or record says is
evidence, never an order: the tools only read, whatever a text asks for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from avatars.asking import beyond_words, clean, parser
from avatars.desk import WORDS, Desk
from avatars.dialogue import Dialogue
from avatars.engines import LanguageModel, Stop
from avatars.engines.calls import Calls
from avatars.engines.values import Delta, Message, ToolCall, ToolSpec
from avatars.errors import EngineError
from avatars.frame import Frame
from avatars.grounding import even
from avatars.never import says_never
from avatars.prompts import system_prompt
from avatars.thinking_checked import Checked
from avatars.thinking_cut import Cutter
from avatars.tools import SPECS, ToolBox, ToolResult
from avatars.values import Located, Memory, PlanStep, Question, Reply
from spatial.route import Route

ROUNDS = 4
"""How often the model may look things up for one question."""
_CALLS_A_ROUND = 4
_FOR_THE_MODEL = ("find_item", "find_topic", "guide", "ask_fact", "recommend", "unclear", "out_of_scope")
"""Refusals of these kinds may be thought about; acts, accounts and bookings never are."""
_TURNS_TOLD = 4

Told = Callable[[Reply], None]
"""Told the reply so far each time that a sentence has passed; what was told once is never taken back."""


class ThinkingMind:
    """A grounded librarian with a language model behind her. Safe to call from several threads if the model is."""

    def __init__(
        self, grounded: Dialogue, model: LanguageModel, on_fault: Callable[[EngineError], None] = lambda fault: None
    ) -> None:
        """``on_fault``: told of each failure of the model; the reader gets the grounded reply and does not notice."""
        self.grounded = grounded
        self.model = model
        self._on_fault = on_fault

    def answer(self, question: Question, memory: Memory) -> Reply:
        """The reply; blocking, for as long as the model takes when it is needed. Never raises what the model raises."""
        reply = self.grounded.answer(question, memory)
        if question.tentative or not self.wants_model(question, reply):
            return reply
        return self.compose(question, memory, reply)

    def plain(self, question: Question, memory: Memory) -> Reply:
        """The reply without the model."""
        return self.grounded.answer(question, memory)

    def heard(self, memory: Memory, text: str) -> Memory:
        """As ``Dialogue.heard``."""
        return self.grounded.heard(memory, text)

    def wants_model(self, question: Question, plain: Reply) -> bool:
        """May the model be asked, beyond what the grounded librarian says?"""
        if not (plain.refused or plain.clarify) or plain.action is not None:
            return False
        said = clean(question.text)
        if plain.intent not in _FOR_THE_MODEL or plain.candidates or beyond_words(said):
            return False
        return parser(plain.lang)(said).act != "injection"

    def compose(
        self,
        question: Question,
        memory: Memory,
        plain: Reply,
        told: Told = lambda reply: None,
        stop: Stop | None = None,
    ) -> Reply:
        """The model's answer, as far as it is supported; ``plain`` when nothing is, or when it fails before that.

        ``stop``: gives up at once; what was told by then stands, with a sentence that it is not whole.
        """
        writing = _Writing(self.grounded, question, memory, plain, told)
        try:
            whole = self._rounds(writing, stop)
        except EngineError as fault:
            self._on_fault(fault)
            whole = False
        return writing.end(whole)

    def _rounds(self, writing: _Writing, stop: Stop | None) -> bool:
        """Let the model look things up and write; False when it was stopped, or looked up without end."""
        for round_number in range(ROUNDS + 1):
            tools = SPECS if round_number < ROUNDS else ()
            ended, calls = self._turn(writing, tools, stop)
            if not ended or not calls:
                return bool(ended)
            writing.look_up(calls)
        return False

    def _turn(self, writing: _Writing, tools: Sequence[ToolSpec], stop: Stop | None) -> tuple[str, Sequence[ToolCall]]:
        """One turn of the model; why it ended, "" when it was stopped."""
        calls, ended = Calls(), ""
        writing.begin()
        for delta in self.model.chat(writing.messages, tools, stop):
            writing.take(delta)
            if delta.call is not None:
                calls.add(delta.call)
            ended = delta.ended or ended
        made = calls.finish()
        if ended and ended != "length":  # a sentence cut off at the limit is none
            writing.finish_turn()
        return ended, made


class _Writing:
    """One answer while it is written: the conversation with the model, what it looked up, what may be said."""

    def __init__(self, grounded: Dialogue, question: Question, memory: Memory, plain: Reply, told: Told) -> None:
        self._question, self._plain, self._told = question, plain, told
        persona = grounded.tools.persona
        desk = Desk(grounded.tools, question, Frame("bare", whole=question.text), plain.lang, memory)
        self._desk, self._words = desk, desk.words
        self._box = ToolBox(
            desk, lambda text: grounded.answer(replace(question, text=text, answer_in=plain.lang), memory)
        )
        self._checked = Checked(question.text, plain.lang, lambda text: says_never(text, persona.never_say))
        self._found: list[ToolResult] = []
        self._asked: list[ToolCall] = []
        self._cutter = Cutter()
        self._turn_text = ""
        self.messages = [Message("system", system_prompt(persona, plain.lang))]
        for asked, said in memory.turns[-_TURNS_TOLD:]:
            self.messages += [Message("user", asked), Message("assistant", said)]
        self.messages.append(Message("user", question.text))

    def begin(self) -> None:
        """The model begins a turn."""
        told = " ".join(result.text for result in self._found)
        self._cutter = Cutter(lambda figure: re.search(rf"(?<!\d){re.escape(figure)}\.\d", told) is not None)
        self._turn_text = ""

    def take(self, delta: Delta) -> None:
        """The next piece; each sentence that passes is told."""
        self._turn_text += delta.text
        self._check(self._cutter.feed(delta.text))

    def finish_turn(self) -> None:
        """The model has ended its turn in good order."""
        self._check(self._cutter.finish())

    def look_up(self, calls: Sequence[ToolCall]) -> None:
        """Carry out the calls of the turn and tell the model what they found."""
        self.messages.append(Message("assistant", self._turn_text.strip(), calls=tuple(calls)))
        for call in calls[:_CALLS_A_ROUND]:
            result = self._box.run(call)
            if result.found:
                self._found.append(result)
                self._asked.append(call)
            self.messages.append(Message("tool", result.text[:4000], call_id=call.id))
        for call in calls[_CALLS_A_ROUND:]:
            told = "Too many calls at once; ask again if it is still needed."
            self.messages.append(Message("tool", told, call_id=call.id))

    def end(self, whole: bool) -> Reply:
        """The reply. ``whole``: the model has said all it wanted."""
        if not self._checked.text:
            return self._plain
        if not whole:
            self._checked.add(self._words.BROKEN_OFF)
        elif self._checked.left_out:
            self._checked.add(self._words.LEFT_OUT)
        return self._reply()

    def _check(self, sentences: Sequence[str]) -> None:
        evidence = [result.text for result in self._found]
        for sentence in sentences:
            if evidence and self._checked.take(sentence, evidence):
                self._told(self._reply())

    def _steps(self) -> tuple[PlanStep, ...]:
        """What was looked up for a request of several parts, and what was found, as a trace."""
        steps = []
        for call, result in zip(self._asked, self._found, strict=True):
            sought = next((v for v in json.loads(call.arguments or "{}").values() if isinstance(v, str)), "")
            names = [self._desk.title(item) for item in result.items]
            names += [self._desk.place(result.place)] if result.place is not None else []
            text = self._words.join(names) or " › ".join(
                dict.fromkeys(filter(None, (s.heading for s in result.sources)))
            )
            steps.append(PlanStep(sought, result.intent, text, result.place, result.route))
        return tuple(steps)

    def _reply(self) -> Reply:
        """What has been said so far with what it rests on."""
        plain, found, said = self._plain, self._found, self._checked.text
        items: dict[str, Located] = {x.record.record_id: x for r in found for x in r.items if _named(x, said)}
        last = next((r for r in reversed(found) if r.place is not None), None)
        listed = tuple(items.values())
        memory = replace(
            plain.memory,
            items=listed,
            chosen=listed[0] if len(listed) == 1 else None,
            place=last.place if last else None,
            candidates=(),
            turns=(*plain.memory.turns[:-1], (self._question.text, said)),
        )
        reply = replace(
            plain,
            text=said,
            intent=found[-1].intent,
            refused=False,
            clarify=False,
            items=listed,
            place=last.place if last else None,
            route=last.route if last and isinstance(last.route, Route) else None,
            sources=tuple(dict.fromkeys(source for r in found for source in r.sources)),
            steps=self._steps() if len(found) > 1 else (),
            memory=memory,
        )
        return replace(reply, memory=replace(memory, last=replace(reply, memory=Memory())))


def broken_off(reply: Reply) -> Reply:
    """A reply so far whose model was given up, with a sentence that it is not whole."""
    words = WORDS[reply.lang]
    text = f"{reply.text}{words.JOINED}{words.BROKEN_OFF}"
    turns = (*reply.memory.turns[:-1], *((asked, text) for asked, _ in reply.memory.turns[-1:]))
    return replace(reply, text=text, memory=replace(reply.memory, turns=turns))


def _named(located: Located, text: str) -> bool:
    said = even(text)
    return any(title and even(title) in said for title in located.record.titles)
