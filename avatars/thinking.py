"""The librarian with a language model: what she knows exactly she says as ever; the model is for the rest.

A question that the grounded librarian answers needs no model and gets none: it is quicker and exact. For one that she
would refuse as not understood or not found, the model may look things up (``tools``) in a few rounds; what it then says
counts only sentence by sentence, as far as the tools' results support it (``grounding``). A model that fails, hangs,
garbles its calls or is gone leaves the grounded reply. What a document or record says is evidence, never an order: the
tools only read, whatever a text asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from avatars.asking import beyond_words, clean, parser
from avatars.desk import Desk
from avatars.dialogue import Dialogue
from avatars.engines import LanguageModel
from avatars.engines.calls import Calls
from avatars.engines.values import Message, ToolCall, ToolSpec
from avatars.errors import EngineError
from avatars.frame import Frame
from avatars.grounding import even, supported
from avatars.prompts import system_prompt
from avatars.tools import SPECS, ToolBox, ToolResult
from avatars.values import Located, Memory, Question, Reply
from spatial.route import Route

ROUNDS = 4
"""How often the model may look things up for one question."""
_CALLS_A_ROUND = 4
_FOR_THE_MODEL = ("find_item", "find_topic", "guide", "ask_fact", "recommend", "unclear", "out_of_scope")
"""Refusals of these kinds may be thought about; acts, accounts and bookings never are."""
_TURNS_TOLD = 4


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
        if not (reply.refused or reply.clarify) or reply.action is not None or question.tentative:
            return reply
        said = clean(question.text)
        if reply.intent not in _FOR_THE_MODEL or reply.candidates or beyond_words(said):
            return reply
        if parser(reply.lang)(said).act == "injection":
            return reply
        try:
            return self._thought(question, memory, reply) or reply
        except EngineError as fault:
            self._on_fault(fault)
            return reply

    def heard(self, memory: Memory, text: str) -> Memory:
        """As ``Dialogue.heard``."""
        return self.grounded.heard(memory, text)

    def _thought(self, question: Question, memory: Memory, plain: Reply) -> Reply | None:
        desk = Desk(self.grounded.tools, question, Frame("bare", whole=question.text), plain.lang, memory)
        box = ToolBox(
            desk, lambda text: self.grounded.answer(replace(question, text=text, answer_in=plain.lang), memory)
        )
        told = [Message("system", system_prompt(self.grounded.tools.persona, plain.lang))]
        for asked, said in memory.turns[-_TURNS_TOLD:]:
            told += [Message("user", asked), Message("assistant", said)]
        told.append(Message("user", question.text))
        results: list[ToolResult] = []
        for round_number in range(ROUNDS + 1):
            tools = SPECS if round_number < ROUNDS else ()
            text, calls = self._turn(told, tools)
            if not calls:
                return self._reply(question, plain, text, results)
            told.append(Message("assistant", text, calls=calls))
            for call in calls[:_CALLS_A_ROUND]:
                result = box.run(call)
                results.append(result)
                told.append(Message("tool", result.text[:4000], call_id=call.id))
            for call in calls[_CALLS_A_ROUND:]:
                told.append(
                    Message("tool", "Too many calls at once; ask again if it is still needed.", call_id=call.id)
                )
        return None

    def _turn(self, told: list[Message], tools: tuple[ToolSpec, ...]) -> tuple[str, tuple[ToolCall, ...]]:
        parts, calls = [], Calls()
        for delta in self.model.chat(told, tools):
            parts.append(delta.text)
            if delta.call is not None:
                calls.add(delta.call)
        return "".join(parts).strip(), calls.finish()

    def _reply(self, question: Question, plain: Reply, text: str, results: list[ToolResult]) -> Reply | None:
        """The supported sentences with what they rest on; None when none is supported."""
        found = [result for result in results if result.found]
        said = supported(text, [result.text for result in found], question.text) if found else ""
        if not said or any(never in said for never in self.grounded.tools.persona.never_say):
            return None
        items: dict[str, Located] = {x.record.record_id: x for r in found for x in r.items if _named(x, said)}
        last = next((r for r in reversed(found) if r.place is not None), None)
        listed = tuple(items.values())
        memory = replace(
            plain.memory,
            items=listed,
            chosen=listed[0] if len(listed) == 1 else None,
            place=last.place if last else None,
            candidates=(),
            turns=(*plain.memory.turns[:-1], (question.text, said)),
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
            memory=memory,
        )
        return replace(reply, memory=replace(memory, last=replace(reply, memory=Memory())))


def _named(located: Located, text: str) -> bool:
    said = even(text)
    return any(title and even(title) in said for title in located.record.titles)
