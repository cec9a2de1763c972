"""What local models write between tags: thoughts, which nobody is told, and tool calls, which are no text.

``<think>…</think>`` is dropped; ``<tool_call>{"name": …, "arguments": {…}}</tool_call>`` (Hermes, Qwen and others)
becomes a call. Works on pieces that may be cut anywhere, within a tag too.
"""

from __future__ import annotations

import json
from typing import Final

from avatars.engines import CallPart, Delta, EngineError
from avatars.engines.calls import LONGEST_ARGUMENTS

_OPENING: Final = ("<think>", "<tool_call>")


class Tagged:
    """Reads one turn of a model."""

    def __init__(self) -> None:
        self._held = ""
        self._inside = ""
        self._calls = 0
        self._begun = False

    @property
    def called(self) -> bool:
        """Has the model called a tool?"""
        return self._calls > 0

    def feed(self, text: str) -> list[Delta]:
        """What can be passed on now. Raises a retryable EngineError: a call that cannot be read."""
        self._held += text
        found: list[Delta] = []
        while self._held:
            if self._inside:
                before, tag, after = self._held.partition(f"</{self._inside}>")
                if not tag:
                    if self._inside == "tool_call" and len(self._held) > LONGEST_ARGUMENTS:
                        raise EngineError("the model writes a tool call without end", retryable=True)
                    break
                if self._inside == "tool_call":
                    found.append(Delta(call=self._read_call(before)))
                self._held, self._inside = after.lstrip("\n"), ""
                continue
            opened = min((at for tag in _OPENING if (at := self._held.find(tag)) >= 0), default=-1)
            if opened < 0:
                keep = self._open_end()
                found += self._say(self._held[: len(self._held) - keep])
                self._held = self._held[len(self._held) - keep :]
                break
            found += self._say(self._held[:opened].rstrip("\n"))
            tag = next(tag for tag in _OPENING if self._held.startswith(tag, opened))
            self._held, self._inside = self._held[opened + len(tag) :], tag[1:-1]
        return found

    def finish(self) -> list[Delta]:
        """The rest. Raises a retryable EngineError: the turn ends within a call."""
        if self._inside == "tool_call":
            raise EngineError("the model's turn ends within a tool call", retryable=True)
        rest, self._held = ("" if self._inside else self._held), ""
        return self._say(rest)

    def _say(self, text: str) -> list[Delta]:
        """Text, without the blanks that follow a thought or stand before a call."""
        if not self._begun:
            text = text.lstrip()
        self._begun = self._begun or bool(text)
        return [Delta(text)] if text and not (self._calls and not text.strip()) else []

    def _open_end(self) -> int:
        """How many of the last characters may be the beginning of a tag."""
        return max((n for tag in _OPENING for n in range(1, len(tag)) if self._held.endswith(tag[:n])), default=0)

    def _read_call(self, text: str) -> CallPart:
        try:
            call = json.loads(text)
            name, arguments = call["name"], call.get("arguments", call.get("parameters", {}))
            if isinstance(arguments, str):
                arguments = json.loads(arguments)
            if not isinstance(name, str) or not isinstance(arguments, dict):
                raise TypeError
        except (ValueError, KeyError, TypeError, AttributeError):
            raise EngineError("the model's tool call cannot be read: it is no JSON object", retryable=True) from None
        self._calls += 1
        text = json.dumps(arguments, ensure_ascii=False)
        return CallPart(self._calls - 1, f"call_{self._calls}", name, text)
