"""Whole tool calls from the parts in which a language model writes them; half a call is an error, never a guess."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from avatars.engines import CallPart, EngineError, ToolCall

LONGEST_ARGUMENTS = 16_384  # characters; more is a model that has lost its way


@dataclass(slots=True)
class Calls:
    """Collects the parts of one turn."""

    _parts: dict[int, list[str]] = field(default_factory=dict)

    def add(self, part: CallPart) -> None:
        """Raises EngineError: the arguments grow without end."""
        held = self._parts.setdefault(part.index, ["", "", ""])
        held[0] = held[0] or part.id
        held[1] = held[1] or part.name
        held[2] += part.arguments
        if len(held[2]) > LONGEST_ARGUMENTS:
            raise EngineError(f"the model writes a call of more than {LONGEST_ARGUMENTS} characters", retryable=True)

    def finish(self) -> tuple[ToolCall, ...]:
        """The calls in order. Raises a retryable EngineError: one has no name, or its arguments are no JSON object."""
        found = []
        for index in sorted(self._parts):
            call_id, name, text = self._parts[index]
            if not name:
                raise EngineError(f"the model's tool call {index + 1} has no name", retryable=True)
            try:
                whole = isinstance(json.loads(text or "{}"), dict)
            except ValueError:
                whole = False
            if not whole:
                raise EngineError(
                    f"the model's call of {name} is broken off or garbled after {len(text)} characters", retryable=True
                )
            found.append(ToolCall(call_id or f"call_{index + 1}", name, text or "{}"))
        return tuple(found)
