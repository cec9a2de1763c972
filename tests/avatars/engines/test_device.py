"""Graphics card or processor: what is asked for in vain is an error, and "auto" takes what is there."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable
from pathlib import Path

import pytest

from avatars.engines import EngineError
from avatars.engines.device import ctranslate_device, open_onnx, sherpa_provider, torch_device
from tests.avatars.engines.tiny_onnx import FLOAT, node, save, value


def tell_torch(monkeypatch: pytest.MonkeyPatch, there: bool) -> Callable[[str], str]:
    torch = pytest.importorskip("torch")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: there)
    return torch_device


def tell_ctranslate(monkeypatch: pytest.MonkeyPatch, there: bool) -> Callable[[str], str]:
    ctranslate2 = pytest.importorskip("ctranslate2")
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: int(there))
    return ctranslate_device


def tell_sherpa(monkeypatch: pytest.MonkeyPatch, there: bool) -> Callable[[str], str]:
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "2.0.1+cuda12.cudnn9" if there else "2.0.1")
    return sherpa_provider


@pytest.mark.parametrize("make", [tell_torch, tell_ctranslate, tell_sherpa])
def test_auto_takes_the_card_when_it_is_there(
    monkeypatch: pytest.MonkeyPatch, make: Callable[[pytest.MonkeyPatch, bool], Callable[[str], str]]
) -> None:
    assert make(monkeypatch, True)("auto") == "cuda"
    assert make(monkeypatch, True)("cuda") == "cuda"
    assert make(monkeypatch, True)("cpu") == "cpu"
    assert make(monkeypatch, False)("auto") == "cpu"
    with pytest.raises(EngineError, match="cuda"):
        make(monkeypatch, False)("cuda")


def test_onnx_runs_on_the_card_only_when_its_build_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    path = save(
        tmp_path / "m.onnx", [node("Identity", ["x"], ["y"])], [value("x", FLOAT, [1])], [value("y", FLOAT, [1])]
    )
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: ["CPUExecutionProvider"])
    assert open_onnx(str(path)).get_providers() == ["CPUExecutionProvider"]
    with pytest.raises(EngineError, match="no CUDA"):
        open_onnx(str(path), "cuda")
    asked: list[list[str]] = []
    monkeypatch.setattr(
        onnxruntime, "InferenceSession", lambda _path, _options, providers: asked.append(providers) or object()
    )
    monkeypatch.setattr(
        onnxruntime, "get_available_providers", lambda: ["CUDAExecutionProvider", "CPUExecutionProvider"]
    )
    open_onnx(str(path))
    open_onnx(str(path), "cpu")
    assert asked == [["CUDAExecutionProvider", "CPUExecutionProvider"], ["CPUExecutionProvider"]]
