"""A language model in transformers' format through its real loading and writing, on one of half a megabyte."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from avatars.engines import Delta, EngineError, EngineMissing, Message, ToolCall, ToolSpec, find_missing, load_class
from avatars.engines.calls import Calls
from avatars.engines.transformers_lm import TransformersModel, TransformersSettings
from tests.avatars.engines.tiny_lm import make_lm, teach

pytestmark = pytest.mark.skipif(find_missing("transformers") is not None, reason=str(find_missing("transformers")))

ASK = [Message("system", "You are a librarian."), Message("user", "三体在哪里？")]
FIND = ToolSpec("find", "Search the catalogue.", {"type": "object", "properties": {"query": {"type": "string"}}})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_lm(tmp_path_factory.mktemp("lm"))


def open_model(folder: Path, longest: int = 40) -> TransformersModel:
    made: TransformersModel = load_class("transformers")(folder, TransformersSettings("cpu", longest))
    return made


def test_it_writes_the_same_again_and_ends_at_its_limit(folder: Path) -> None:
    model = open_model(folder)
    first, second = list(model.chat(ASK, [])), list(model.chat(ASK, []))
    assert first == second
    assert "".join(delta.text for delta in first)
    assert first[-1].ended == "length"


def test_text_and_tool_calls_are_told_apart(folder: Path) -> None:
    model = open_model(folder, 200)
    said = '<think>so</think>One moment. <tool_call>{"name": "find", "arguments": {"query": "三体"}}</tool_call>'
    teach(model, said)
    deltas = list(model.chat(ASK, [FIND]))
    assert "".join(delta.text for delta in deltas).strip() == "One moment."
    calls = Calls()
    for delta in deltas:
        if delta.call is not None:
            calls.add(delta.call)
    (call,) = calls.finish()
    assert (call.name, json.loads(call.arguments)) == ("find", {"query": "三体"})
    assert deltas[-1].ended == "calls"


def test_an_answer_that_ends_by_itself_says_so_and_streams(folder: Path) -> None:
    model = open_model(folder, 200)
    teach(model, "It stands on level two, left of the stairs.")
    deltas = list(model.chat(ASK, []))
    assert "".join(delta.text for delta in deltas) == "It stands on level two, left of the stairs."
    assert len(deltas) > 5
    assert deltas[-1] == Delta(ended="stop")


def test_the_conversation_reaches_the_template_with_calls_and_tools(folder: Path) -> None:
    model = open_model(folder)
    told: list[str] = []
    call = ToolCall("c1", "find", '{"query": "三体"}')
    messages = [*ASK, Message("assistant", "", (call,)), Message("tool", "[]", call_id="c1")]
    told.append(model._tokenizer.decode(model._encode(messages, [FIND])["input_ids"][0]))
    assert '"name": "find"' in told[0]
    assert "<tool_call>find" in told[0]
    assert told[0].endswith("<|im_start|>assistant\n")
    assert "tool\n[]" in told[0]


def test_stop_ends_the_model_within_a_token(folder: Path) -> None:
    """The model takes a step only when the test lets it; once told to stop it takes no more than the one it is in."""
    model = open_model(folder, 400)
    teach(model, "It stands on level two, left of the stairs, on the third shelf.")
    gate, told, steps = threading.Semaphore(20), threading.Event(), []
    inner = model._model.forward

    def wait(*args: Any, **kwargs: Any) -> Any:
        assert gate.acquire(timeout=20)
        steps.append(1)
        return inner(*args, **kwargs)

    model._model.forward = wait
    answer = model.chat(ASK, [], told.is_set)
    begun = next(answer).text  # how much a first piece holds is the library's business
    assert begun
    assert "It ".startswith(begun)
    told.set()
    for _ in range(400):
        gate.release()
    assert list(answer) == []
    assert len(steps) <= 21
    assert not [thread for thread in threading.enumerate() if thread.name == "language-model"]


def test_a_reader_who_leaves_frees_the_model(folder: Path) -> None:
    model = open_model(folder, 400)
    answer = model.chat(ASK, [])
    next(answer)
    answer.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "language-model"]
    teach(model, "Yes.")
    assert "".join(delta.text for delta in model.chat(ASK, [])) == "Yes."


def test_who_waits_for_the_model_can_leave(folder: Path) -> None:
    model = open_model(folder, 400)
    answer = model.chat(ASK, [])
    next(answer)
    assert list(model.chat(ASK, [], lambda: True)) == []
    answer.close()


def test_what_goes_wrong_is_named(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match="nowhere"):
        load_class("transformers")(tmp_path / "nowhere")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EngineError, match="cannot be loaded"):
        load_class("transformers")(tmp_path)
    with pytest.raises(EngineError, match="no chat template"):
        load_class("transformers")(make_lm(tmp_path / "bare", None))
    model = open_model(folder, 40)
    with pytest.raises(EngineError, match="tokens; the model takes 512"):
        list(model.chat([Message("user", "书" * 400)], []))
    model._model.forward = lambda *_, **__: 1 / 0
    with pytest.raises(EngineError, match="ZeroDivisionError"):
        list(model.chat(ASK, []))
