"""A language model on any server that speaks OpenAI's chat completions: vLLM, llama.cpp, Ollama, a cloud.

Answers stream in as server-sent events. The network is read by a thread of its own, so that ``stop`` and the time
limits hold even while the server says nothing. What the server writes into its errors is not passed on: it may repeat
what a reader said.
"""

from __future__ import annotations

import base64
import ipaddress
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from avatars.engines import ENGINES, Delta, EngineError, EngineMissing, Message, Stop, ToolSpec, find_missing
from avatars.engines.calls import Calls
from avatars.engines.openai_call import Call, Ended, Event
from avatars.engines.openai_parts import read_deltas
from avatars.engines.tagged import Tagged

_LOOK_S: Final = 0.02
_AFTER_S: Final = 0.5  # how long the server may take to say "[DONE]" once it has said why it stopped


@dataclass(frozen=True, slots=True)
class OpenAISettings:
    """``url``: up to and with "/v1". ``first_s``, ``gap_s``: until the first piece, between two; ``longest_s``: in all.

    ``temperature`` 0 and a fixed ``seed``: the same question gets the same answer, as far as the server can do that.
    ``extra``: further members of the request's body, as the server wants them.
    """

    url: str
    model: str
    key: str = ""
    connect_s: float = 3.0
    first_s: float = 15.0
    gap_s: float = 8.0
    longest_s: float = 60.0
    longest_tokens: int = 800
    temperature: float = 0.0
    seed: int = 7
    extra: Mapping[str, Any] = field(default_factory=dict)


class OpenAIModel:
    """May be used from several threads at once."""

    capabilities = ENGINES["openai"].capabilities

    def __init__(self, settings: OpenAISettings) -> None:
        """Does not connect yet. Raises EngineMissing."""
        missing = find_missing("openai")
        if missing:
            raise EngineMissing(missing)
        import httpx

        self.settings = settings
        limits = httpx.Timeout(10.0, connect=settings.connect_s, read=max(settings.first_s, settings.gap_s) + 1.0)
        headers = {"Authorization": f"Bearer {settings.key}"} if settings.key else {}
        url = settings.url.rstrip("/") + "/"
        self._client = httpx.Client(base_url=url, timeout=limits, headers=headers, trust_env=not _is_near(url))

    def chat(self, messages: Sequence[Message], tools: Sequence[ToolSpec], stop: Stop | None = None) -> Iterator[Delta]:
        """The model's turn, piece by piece. Raises EngineError."""
        body: dict[str, Any] = {
            "model": self.settings.model,
            "messages": [_write_message(one) for one in messages],
            "stream": True,
            "max_tokens": self.settings.longest_tokens,
            "temperature": self.settings.temperature,
            "seed": self.settings.seed,
            **self.settings.extra,
        }
        if tools:
            body["tools"] = [_write_tool(one) for one in tools]
        call = Call(self._client, body)
        try:
            yield from self._read(call, stop)
        finally:
            call.close()

    def list_models(self) -> list[str]:
        """What the server offers. Raises EngineError."""
        import httpx

        try:
            answer = self._client.get("models", timeout=self.settings.connect_s)
            if answer.status_code != 200:
                raise self._refused(answer.status_code)
            return [str(one["id"]) for one in answer.json()["data"]]
        except httpx.HTTPError as error:
            raise self._gone(error) from error
        except (ValueError, KeyError, TypeError):
            raise EngineError(f"{self.settings.url} is no server of OpenAI's kind: it lists no models") from None

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def _read(self, call: Call, stop: Stop | None) -> Iterator[Delta]:
        settings = self.settings
        began = last = time.monotonic()
        calls, tagged, ended = Calls(), Tagged(), ""
        begun = False
        while not (stop is not None and stop()):
            event = call.next(_LOOK_S)
            now = time.monotonic()
            if isinstance(event, Ended):
                if not ended:
                    raise self._broke(event)
                break
            deltas = read_deltas(event) if isinstance(event, Event) else ()
            for delta in deltas:
                last, begun = now, True
                if delta.call is not None:
                    calls.add(delta.call)
                    yield delta
                elif delta.text:
                    for piece in tagged.feed(delta.text):
                        if piece.call is not None:
                            calls.add(piece.call)
                        yield piece
                ended = delta.ended or ended
            if ended:
                if now - last > _AFTER_S:
                    break
            elif now - last > (settings.gap_s if begun else settings.first_s):
                what = "stopped in mid-answer" if begun else "has not begun to answer"
                raise EngineError(f"the model server {settings.url} {what} for {now - last:.0f} s", retryable=True)
            elif now - began > settings.longest_s:
                raise EngineError(f"the model still writes after {settings.longest_s:g} s", retryable=True)
        if not ended:
            return
        yield from tagged.finish()
        made = calls.finish()
        yield Delta(ended="calls" if made else "length" if ended == "length" else "stop")

    def _broke(self, event: Ended) -> EngineError:
        if event.status:
            return self._refused(event.status)
        if event.fault is not None:
            return self._gone(event.fault)
        return EngineError(f"the model server {self.settings.url} broke off in mid-answer", retryable=True)

    def _refused(self, status: int) -> EngineError:
        url, model = self.settings.url, self.settings.model
        why = {
            401: "wants another key", 403: "wants another key", 404: f"knows no model {model!r} at this address",
            429: "has too much to do", 503: "has too much to do or still loads its model",
        }.get(status, "refuses the request" if status < 500 else "failed")  # fmt: skip
        retryable = status in (408, 409, 425, 429) or status >= 500
        return EngineError(f"the model server {url} {why} (HTTP {status})", retryable=retryable)

    def _gone(self, fault: Exception) -> EngineError:
        kind = type(fault).__name__
        return EngineError(f"the model server {self.settings.url} cannot be reached ({kind})", retryable=True)


def _is_near(url: str) -> bool:
    """Is the server on this machine or network? Then the proxy that leads to the internet is not for it."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".localdomain", ".internal", ".lan"))


def _write_message(message: Message) -> dict[str, Any]:
    body: dict[str, Any] = {"role": message.role, "content": message.text}
    if message.images:
        pictures = [
            {"type": "image_url", "image_url": {"url": f"data:{_kind(one)};base64,{base64.b64encode(one).decode()}"}}
            for one in message.images
        ]
        body["content"] = [{"type": "text", "text": message.text}, *pictures]
    if message.calls:
        body["tool_calls"] = [
            {"id": one.id, "type": "function", "function": {"name": one.name, "arguments": one.arguments}}
            for one in message.calls
        ]
    if message.call_id is not None:
        body["tool_call_id"] = message.call_id
    return body


def _write_tool(tool: ToolSpec) -> dict[str, Any]:
    told = {"name": tool.name, "description": tool.description, "parameters": dict(tool.parameters)}
    return {"type": "function", "function": told}


def _kind(image: bytes) -> str:
    return "image/png" if image.startswith(b"\x89PNG") else "image/jpeg"
