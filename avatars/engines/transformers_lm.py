"""A language model in transformers' format on this machine; it can be told to stop within a token."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from avatars.engines import ENGINES, Delta, EngineError, EngineMissing, Message, Stop, ToolSpec, find_missing
from avatars.engines.calls import Calls
from avatars.engines.device import torch_device
from avatars.engines.tagged import Tagged

_LOOK_S: Final = 0.02


@dataclass(frozen=True, slots=True)
class TransformersSettings:
    """``device``: torch's name; "auto" takes CUDA when it is there. ``longest_tokens``: of one answer."""

    device: str = "auto"
    longest_tokens: int = 400


class TransformersModel:
    """One model, one answer at a time; calls from threads queue. The likeliest token is always taken."""

    capabilities = ENGINES["transformers"].capabilities

    def __init__(self, model: Path, settings: TransformersSettings | None = None) -> None:
        """``model``: folder with config.json, weights and tokenizer. Raises EngineError, EngineMissing."""
        missing = find_missing("transformers")
        if missing:
            raise EngineMissing(missing)
        if not (model / "config.json").is_file():
            raise EngineMissing(f"{model} is not a folder of transformers: it has no config.json")
        from transformers import AutoModelForCausalLM, AutoTokenizer

        self.settings = settings or TransformersSettings()
        self._device = torch_device(self.settings.device)
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(str(model), local_files_only=True)
            loaded: Any = AutoModelForCausalLM.from_pretrained(str(model), local_files_only=True, dtype="auto")
        except (OSError, ValueError, RuntimeError, KeyError, TypeError, AttributeError) as error:
            raise EngineError(f"the folder {model} cannot be loaded as a language model: {error}") from error
        if not self._tokenizer.chat_template:
            raise EngineError(f"the model {model} is not made for conversation: its tokenizer has no chat template")
        self._model = loaded.to(self._device).eval()
        self._longest = int(getattr(self._model.config, "max_position_embeddings", 0) or 1 << 30)
        self._lock = threading.Lock()

    def chat(self, messages: Sequence[Message], tools: Sequence[ToolSpec], stop: Stop | None = None) -> Iterator[Delta]:
        """The model's turn, a word or so at a time. Raises EngineError."""
        while not self._lock.acquire(timeout=_LOOK_S):
            if stop is not None and stop():
                return
        try:
            yield from self._write(self._encode(messages, tools), stop)
        finally:
            self._lock.release()

    def _encode(self, messages: Sequence[Message], tools: Sequence[ToolSpec]) -> Any:
        try:
            tokens = self._tokenizer.apply_chat_template(
                [_write_message(one) for one in messages],
                tools=[_write_tool(one) for one in tools] or None,
                add_generation_prompt=True, return_tensors="pt", return_dict=True,
            )  # fmt: skip
        except Exception as error:  # templates raise jinja's errors, which have no place of their own here
            if type(error).__module__.partition(".")[0] not in ("jinja2", "builtins"):
                raise
            raise EngineError("the model's chat template cannot write this conversation") from error
        count = int(tokens["input_ids"].shape[1])
        if count + self.settings.longest_tokens > self._longest:
            raise EngineError(f"the conversation has {count} tokens; the model takes {self._longest} with its answer")
        return tokens.to(self._device)

    def _write(self, tokens: Any, stop: Stop | None) -> Iterator[Delta]:
        run = _Run(self._model, self._tokenizer, tokens, self.settings.longest_tokens, stop)
        calls, tagged = Calls(), Tagged()
        try:
            for text in run.read():
                if stop is not None and stop():
                    return
                for piece in tagged.feed(text):
                    if piece.call is not None:
                        calls.add(piece.call)
                    yield piece
        finally:
            run.end()
        if run.fault is not None:
            full = type(run.fault).__name__ == "OutOfMemoryError"
            why = "the graphics card's memory is full" if full else type(run.fault).__name__
            raise EngineError(f"the language model failed: {why}", retryable=full) from run.fault
        yield from tagged.finish()
        yield Delta(ended="calls" if calls.finish() else "length" if run.cut else "stop")


class _Run:
    """The thread in which the model writes one answer."""

    def __init__(self, model: Any, tokenizer: Any, tokens: Any, longest: int, stop: Stop | None) -> None:
        from transformers import StoppingCriteriaList, TextIteratorStreamer

        self.fault: Exception | None = None
        self.cut = False
        self._over = threading.Event()
        self._streamer: Any = TextIteratorStreamer(
            tokenizer, skip_prompt=True, timeout=_LOOK_S, skip_special_tokens=True
        )

        def look(ids: Any, scores: Any, **_: Any) -> Any:
            import torch

            over = self._over.is_set() or (stop is not None and stop())
            return torch.full((ids.shape[0],), over, dtype=torch.bool, device=ids.device)

        def work() -> None:
            import torch

            try:
                with torch.inference_mode():
                    made = model.generate(
                        **tokens, streamer=self._streamer, max_new_tokens=longest, do_sample=False,
                        stopping_criteria=StoppingCriteriaList([look]),
                    )  # fmt: skip
                ends = model.generation_config.eos_token_id
                known = ends if isinstance(ends, list) else [ends]
                full = made.shape[1] - tokens["input_ids"].shape[1] >= longest
                self.cut = full and int(made[0, -1]) not in known
            except Exception as fault:  # the edge of a thread: handed over to whoever reads
                self.fault = fault
                self._streamer.end()

        self._thread = threading.Thread(target=work, name="language-model", daemon=True)
        self._thread.start()

    def read(self) -> Iterator[str]:
        """The text as it is written; "" now and then, so that the reader can look whether to stop."""
        while True:
            try:
                yield next(self._streamer)
            except queue.Empty:
                yield ""
            except StopIteration:
                self._thread.join()
                return

    def end(self) -> None:
        """Stop at the next token and wait for that."""
        self._over.set()
        self._thread.join()


def _write_message(message: Message) -> dict[str, Any]:
    body: dict[str, Any] = {"role": message.role, "content": message.text}
    if message.calls:
        body["tool_calls"] = [
            {"type": "function", "id": one.id, "function": {"name": one.name, "arguments": json.loads(one.arguments)}}
            for one in message.calls
        ]
    if message.call_id is not None:
        body["tool_call_id"] = message.call_id
    return body


def _write_tool(tool: ToolSpec) -> dict[str, Any]:
    told = {"name": tool.name, "description": tool.description, "parameters": dict(tool.parameters)}
    return {"type": "function", "function": told}
