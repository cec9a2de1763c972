"""One event of a model server → deltas; whatever is not of OpenAI's shape is an error, never a guess."""

from __future__ import annotations

import json
from typing import Any, Final, Literal

from avatars.engines import CallPart, Delta, EngineError
from avatars.engines.openai_call import Event

_ENDED: Final[dict[str, Literal["stop", "length", "calls"]]] = {
    "length": "length", "tool_calls": "calls", "function_call": "calls",
}  # fmt: skip


def read_deltas(event: Event) -> tuple[Delta, ...]:
    """The event's pieces; none of one that only counts tokens. Raises a retryable EngineError: it cannot be read."""
    try:
        body = json.loads(event.data)
        if "error" in body:
            raise EngineError("the model server failed in mid-answer", retryable=True)
        choices = body["choices"]
        if not choices:
            return ()
        delta = choices[0].get("delta") or {}
        ended = choices[0].get("finish_reason")
        found = [_read_call(one, i) for i, one in enumerate(delta.get("tool_calls") or ())]
        text = delta.get("content") or ""
        if not isinstance(text, str) or not isinstance(ended, str | None):
            raise TypeError
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise EngineError("the model server writes what cannot be read", retryable=True) from None
    if text or ended:
        found.insert(0, Delta(text, ended=_ENDED.get(ended, "stop") if ended else ""))
    return tuple(found)


def _read_call(part: Any, place: int) -> Delta:
    told = part.get("function") or {}
    arguments = told.get("arguments") or ""
    if isinstance(arguments, dict):  # some servers write the object itself
        arguments = json.dumps(arguments, ensure_ascii=False)
    name, call_id, index = told.get("name") or "", part.get("id") or "", part.get("index", place)
    if not (isinstance(name, str) and isinstance(call_id, str) and isinstance(arguments, str) and type(index) is int):
        raise TypeError
    return Delta(call=CallPart(index, call_id, name, arguments))
