"""``shelfway say`` and ``shelfway listen`` as programs call them."""

from __future__ import annotations

import argparse
import json
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from avatars.engines import find_missing
from server.commands import listen, say
from server.errors import CommandError
from wire.visemes import VISEMES


def arguments(command: Any, *given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    table = parser.add_subparsers()
    command.add_parser(table)
    name = command.__name__.rpartition(".")[2]
    args = parser.parse_args([name, *given])
    args.json, args.home = True, None
    return args


@pytest.mark.parametrize(
    ("text", "lang", "spoken"),
    [
        ("It is at TP312 on level 2.", "en", "It is at T P three one two on level two."),
        ("《三体》在2层。", "zh", "三体 在二层。"),
    ],
)
def test_say_writes_sound_and_prints_its_times(
    text: str, lang: str, spoken: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if find_missing("espeak"):
        pytest.skip(str(find_missing("espeak")))
    path = tmp_path / "out.wav"
    args = arguments(say, text, "--out", str(path))
    assert args.run(args) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["spoken"] == spoken
    assert said["lang"] == lang
    with wave.open(str(path)) as sound:
        assert sound.getnframes() / sound.getframerate() == pytest.approx(said["duration_s"], abs=1e-3)
    assert said["visemes"][0]["start_s"] == 0
    assert said["visemes"][-1]["end_s"] == said["duration_s"]
    assert {v["name"] for v in said["visemes"]} <= set(VISEMES)
    assert "".join(w["text"] for w in said["words"]).replace(" ", "") == text.replace(" ", "")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("text", "out", "code"),
    [("…", "a.wav", "empty_text"), ("Hi", "nowhere/a.wav", "cannot_write"), ("a" * 20_001, "a.wav", "too_long")],
)
def test_say_refuses_with_a_code(text: str, out: str, code: str, tmp_path: Path) -> None:
    args = arguments(say, text, "--out", str(tmp_path / out))
    with pytest.raises(CommandError) as refused:
        args.run(args)
    assert refused.value.code == code
    assert refused.value.where


def test_listen_refuses_what_cannot_be_heard(tmp_path: Path) -> None:
    soundfile = pytest.importorskip("soundfile")
    text, silent = tmp_path / "text.wav", tmp_path / "silent.wav"
    text.write_text("no sound")
    soundfile.write(silent, np.zeros(16_000), 16_000)
    for path, code in ((text, "not_wav"), (silent, "no_speech")):
        args = arguments(listen, str(path))
        with pytest.raises(CommandError) as refused:
            args.run(args)
        assert (refused.value.code, refused.value.where) == (code, str(path))
