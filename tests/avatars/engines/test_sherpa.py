"""sherpa-onnx through its real loading code, and the refusals that keep it from ending the process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest

from avatars.engines import EngineError, EngineMissing, Samples, find_missing, load_class
from avatars.engines.onnx_facts import read_facts
from avatars.engines.sherpa import list_words
from avatars.engines.sherpa_files import read_folder
from tests.avatars.engines import tiny_sherpa
from tests.avatars.engines.tiny_onnx import FLOAT, node, save, value

pytestmark = pytest.mark.skipif(find_missing("sherpa") is not None, reason=str(find_missing("sherpa")))

_RNG = np.random.default_rng(1)
LOUD = (0.3 * _RNG.standard_normal(16_000)).astype(np.float32)
QUIET = np.zeros(8_000, np.float32)
MAKERS: dict[str, Callable[[Path], Path]] = {
    "sense-voice": tiny_sherpa.sense_voice,
    "paraformer": tiny_sherpa.paraformer,
    "streaming-zipformer": tiny_sherpa.zipformer,
    "streaming-ctc": tiny_sherpa.zipformer_ctc,
    "streaming-paraformer": tiny_sherpa.streaming_paraformer,
}


def sound(*parts: Samples) -> Samples:
    return np.concatenate(parts)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    base = tmp_path_factory.mktemp("sherpa")
    return {kind: make(base / kind) for kind, make in MAKERS.items()}


def test_every_kind_of_folder_is_told_apart(folders: dict[str, Path]) -> None:
    assert {kind: read_folder(path).kind for kind, path in folders.items()} == {kind: kind for kind in MAKERS}


def test_sense_voice_hears_and_names_the_language(folders: dict[str, Path], tmp_path: Path) -> None:
    engine = load_class("sherpa")(folders["sense-voice"])
    heard = engine.transcribe(sound(LOUD, QUIET, LOUD))
    assert (heard.text, heard.lang, heard.rejected) == ("好好", "zh", False)
    assert [word.text for word in heard.words] == ["好", "好"]
    assert heard.words[1].start_s == pytest.approx(1.5, abs=0.13)
    assert engine.transcribe(np.zeros(16_000, np.float32)).rejected
    english = load_class("sherpa")(tiny_sherpa.sense_voice(tmp_path / "en", lang="<|en|>"))
    assert english.transcribe(LOUD).lang == "en"
    music = load_class("sherpa")(tiny_sherpa.sense_voice(tmp_path / "music", event="<|BGM|>"))
    assert music.transcribe(LOUD).rejected


def test_paraformer_hears(folders: dict[str, Path]) -> None:
    engine = load_class("sherpa")(folders["paraformer"])
    assert engine.transcribe(LOUD).text == "你好"
    assert engine.transcribe(sound(QUIET, QUIET, 0.01 * LOUD[:1000], QUIET)).rejected


def test_an_offline_model_hears_while_somebody_speaks(folders: dict[str, Path]) -> None:
    stream = load_class("sherpa")(folders["sense-voice"]).open()
    partials = [stream.feed(part) for part in (LOUD, QUIET, LOUD, QUIET)]
    assert partials[0].text == "好"
    assert partials[-1].text == "好好"
    assert stream.finish().text == "好好"


@pytest.mark.parametrize(
    ("kind", "text", "lang"),
    [
        ("streaming-zipformer", "where is emma by jane austen and", "en"),
        ("streaming-ctc", "书书", "zh"),
        ("streaming-paraformer", "二三二三二二三二", "zh"),
    ],
)
def test_streams_hear_each_sound_once_and_keep_what_they_said(
    folders: dict[str, Path], kind: str, text: str, lang: str
) -> None:
    engine = load_class("sherpa-streaming")(folders[kind])
    whole = sound(QUIET, LOUD, QUIET, LOUD, QUIET)
    stream, other = engine.open(lang), engine.open(lang)
    partials = []
    for start in range(0, len(whole), 1_600):
        partials.append(stream.feed(whole[start : start + 1_600]))
        other.feed(np.zeros(1_600, np.float32))
    for one, after in pairwise(partials):
        assert after.text.startswith(one.text[: one.stable])
    assert 0 < partials[len(partials) // 2].stable <= len(partials[len(partials) // 2].text)
    heard = stream.finish()
    assert heard.lang == lang
    assert heard.text == text
    assert "".join(word.text for word in heard.words) == heard.text.replace(" ", "") or not heard.words
    assert other.finish().rejected
    assert engine.transcribe(whole, lang).text == heard.text


def test_an_abandoned_utterance_is_forgotten(folders: dict[str, Path]) -> None:
    stream = load_class("sherpa-streaming")(folders["streaming-ctc"]).open("zh")
    assert stream.feed(sound(LOUD, QUIET, QUIET)).text == "书"
    stream.abandon()
    assert stream.feed(sound(QUIET, QUIET)).text == ""


def test_folders_for_the_other_engine_are_sent_there(folders: dict[str, Path]) -> None:
    with pytest.raises(EngineError, match="sherpa-streaming"):
        load_class("sherpa")(folders["streaming-ctc"])
    with pytest.raises(EngineError, match="the engine sherpa"):
        load_class("sherpa-streaming")(folders["sense-voice"])
    with pytest.raises(EngineMissing, match="nowhere"):
        load_class("sherpa")(Path("nowhere"))


def spoil_facts(folder: Path) -> str:
    path = next(folder.glob("model*.onnx"))
    model = onnx.load(str(path))
    kept = [one for one in model.metadata_props if one.key != "neg_mean"]
    del model.metadata_props[:]
    model.metadata_props.extend(kept)
    onnx.save(model, str(path))
    return "lacks neg_mean"


def spoil_model(folder: Path) -> str:
    next(folder.glob("model*.onnx")).write_bytes(b"<html>404</html>")
    return "no ONNX model"


def cut_model(folder: Path) -> str:
    path = next(folder.glob("model*.onnx"))
    path.write_bytes(path.read_bytes()[:-700])
    return "no ONNX model"


def spoil_tokens(folder: Path) -> str:
    (folder / "tokens.txt").write_text("a b c d\n", encoding="utf-8")
    return "line 1"


def cut_tokens(folder: Path) -> str:
    (folder / "tokens.txt").write_text("<blank> 0\n", encoding="utf-8")
    return "no token 1"


def drop_tokens(folder: Path) -> str:
    (folder / "tokens.txt").unlink()
    return r"tokens\.txt is missing"


@pytest.mark.parametrize("spoil", [spoil_facts, spoil_model, cut_model, spoil_tokens, cut_tokens, drop_tokens])
@pytest.mark.parametrize("kind", ["sense-voice", "paraformer"])
def test_a_broken_folder_is_refused_before_the_library_sees_it(
    tmp_path: Path, spoil: Callable[[Path], str], kind: str
) -> None:
    folder = MAKERS[kind](tmp_path / "model")
    said = spoil(folder)
    with pytest.raises(EngineError, match=said):
        load_class("sherpa")(folder)


def test_why_folders_are_looked_at_first(tmp_path: Path) -> None:
    """sherpa-onnx ends the whole process over an absent fact; if it stops doing so this file can be simplified."""
    folder = tiny_sherpa.sense_voice(tmp_path)
    spoil_facts(folder)
    code = "import sherpa_onnx, sys; sherpa_onnx.OfflineRecognizer.from_sense_voice(sys.argv[1], sys.argv[2])"
    arguments = [str(folder / "model.onnx"), str(folder / "tokens.txt")]
    ended = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, timeout=60, check=False)
    assert ended.returncode == 255
    assert b"Traceback" not in ended.stderr


def test_facts_are_read_without_loading(tmp_path: Path) -> None:
    weights: dict[str, Any] = {"w": np.zeros((512, 512), np.float32)}
    long = ",".join(["0.125"] * 4000)
    path = save(
        tmp_path / "m.onnx",
        [node("MatMul", ["x", "w"], ["y"])],
        [value("x", FLOAT, [1, 512])],
        [value("y", FLOAT, [1, 512])],
        weights,
        {"neg_mean": long, "作者": "书", "empty": ""},
    )
    assert read_facts(path) == {"neg_mean": long, "作者": "书", "empty": ""}


def test_tokens_become_words() -> None:
    words = list_words(["▁where", "▁is", "▁em", "ma", "在", "哪", "里"], [0.0, 0.2, 0.4, 0.5, 0.8, 0.9, 1.0], 1.1)
    assert [word.text for word in words] == ["where", "is", "emma", "在", "哪", "里"]
    assert (words[2].start_s, words[2].end_s) == (0.4, 0.8)
    assert words[-1].end_s == 1.1
    assert [word.text for word in list_words(["em@@", "ma", "书"], [0.0, 0.1, 0.2], 1.0)] == ["emma", "书"]
    assert list_words(["<|zh|>"], [0.0], 1.0) == ()
