"""End of turn: sentences left hanging wait, whole ones do not; and a classifier in their place."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avatars.engines import EngineError, EngineMissing, find_missing, load_class
from avatars.engines.turn_model import TurnModel
from avatars.engines.turn_rules import TurnRules, judge_sentence
from tests.avatars.engines.tiny_onnx import FLOAT, INT64, node, save, value

WHOLE = """
Where is the children's room?|en
where can I find books about whales|en
Do you have Emma|en
what time do you close today|en
Find me a quiet seat near the window.|en
I want a book about bees|en
Take me to the lift please|en
The librarian's office.|en
yes|en
Thank you.|en
三体在哪里|zh
请问洗手间怎么走|zh
你们几点关门？|zh
有没有关于鲸鱼的书|zh
我想借《三体》这本书|zh
带我去儿童阅览室。|zh
这本书是谁写的|zh
谢谢|zh
"""
HANGING = """
Where is the|en
I'm looking for a book about|en
I want to find a book and|en
Can you take me to|en
Where can I find books by um|en
I would like|en
So|en
Do you have any|en
find me a quiet seat, and then|en
我想找一本关于|zh
请问三体的|zh
我想找|zh
带我去|zh
三体和|zh
有没有|zh
帮我找一下那个|zh
因为|zh
嗯|zh
"""
UNCLEAR = """
the three body problem|en
whales|en
Moby Dick|en
三体|zh
儿童阅览室|zh
鲸鱼…|zh
|zh
"""


def rows(table: str) -> list[tuple[str, str]]:
    return [(text, lang) for text, _, lang in (line.partition("|") for line in table.splitlines() if line)]


@pytest.mark.parametrize(
    ("text", "lang", "kind"),
    [
        (*row, kind)
        for kind, table in (("whole", WHOLE), ("hanging", HANGING), ("unclear", UNCLEAR))
        for row in rows(table)
    ],
)
def test_sentences_are_judged(text: str, lang: str, kind: str) -> None:
    assert judge_sentence(text, lang) == kind


def test_a_hanging_sentence_is_waited_for_longer() -> None:
    rules = load_class("turn-rules")()
    assert rules.ended("Where is Emma on the shelf?", "en", 0.4) > 0.5
    assert rules.ended("Where is the", "en", 0.7) < 0.5
    assert rules.ended("Where is the", "en", 2.0) > 0.5
    assert rules.ended("我想找一本关于", "zh", 1.0) < 0.5
    assert rules.ended("三体在哪里", "zh", 0.4) > 0.5


@given(st.text(max_size=40), st.sampled_from(["en", "zh"]), st.floats(0, 20), st.floats(0, 20))
def test_more_silence_is_never_less_sure(text: str, lang: str, one: float, other: float) -> None:
    rules = TurnRules()
    low, high = sorted((rules.ended(text, lang, one), rules.ended(text, lang, other)))
    assert 0 <= low <= high <= 1
    assert (low, high) == (rules.ended(text, lang, min(one, other)), rules.ended(text, lang, max(one, other)))


def make_classifier(folder: Path, labels: dict[str, str] | None = None) -> Path:
    """Two logits: the first grows with each word that is "the", the second with each other word."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    folder.mkdir(parents=True, exist_ok=True)
    words = Tokenizer(models.WordLevel({"[UNK]": 0, "the": 1, "where": 2, "is": 3, "emma": 4}, unk_token="[UNK]"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    words.save(str(folder / "tokenizer.json"))
    table = np.array([[0, 1], [9, 0], [0, 1], [0, 1], [0, 1]], np.float32)
    nodes = [
        node("Gather", ["table", "input_ids"], ["each"], axis=0),
        node("Cast", ["attention_mask"], ["seen"], to=FLOAT),
        node("Unsqueeze", ["seen", "last"], ["weight"]),
        node("Mul", ["each", "weight"], ["counted"]),
        node("ReduceSum", ["counted", "middle"], ["logits"], keepdims=0),
    ]
    save(
        folder / "model.onnx",
        nodes,
        [value("input_ids", INT64, ["n", "t"]), value("attention_mask", INT64, ["n", "t"])],
        [value("logits", FLOAT, ["n", 2])],
        {"table": table, "last": np.array([2], np.int64), "middle": np.array([1], np.int64)},
    )
    if labels is not None:
        (folder / "config.json").write_text(json.dumps({"id2label": labels}))
    return folder


@pytest.mark.skipif(find_missing("turn-model") is not None, reason=str(find_missing("turn-model")))
def test_a_classifier_decides_how_long_to_wait(tmp_path: Path) -> None:
    model: TurnModel = load_class("turn-model")(make_classifier(tmp_path / "a"))
    assert model.ended("where is emma", "en", 0.4) > 0.5
    assert model.ended("where is the", "en", 0.4) < 0.2
    assert model.ended("where is the", "en", 2.0) > 0.5
    assert 0 < model.ended("", "en", 0.4) < 0.5
    turned = load_class("turn-model")(make_classifier(tmp_path / "b", {"0": "COMPLETE", "1": "INCOMPLETE"}))
    assert turned.ended("where is the", "en", 0.4) > turned.ended("where is emma", "en", 0.4)
    named = load_class("turn-model")(make_classifier(tmp_path / "c", {"0": "unfinished", "1": "finished"}))
    assert named.ended("where is emma", "en", 0.4) > named.ended("where is the", "en", 0.4)


@pytest.mark.skipif(find_missing("turn-model") is not None, reason=str(find_missing("turn-model")))
def test_a_folder_that_is_no_classifier_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match=r"model\.onnx and tokenizer\.json missing"):
        TurnModel(tmp_path)
    folder = make_classifier(tmp_path / "a")
    (folder / "config.json").write_text("{")
    with pytest.raises(EngineError, match="no JSON object"):
        TurnModel(folder)
    (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(EngineError, match="no table of tokens"):
        TurnModel(folder)
    other = make_classifier(tmp_path / "b")
    save(other / "model.onnx", [node("Identity", ["x"], ["y"])], [value("x", FLOAT, [1])], [value("y", FLOAT, [1])])
    with pytest.raises(EngineError, match="it takes x"):
        TurnModel(other)
