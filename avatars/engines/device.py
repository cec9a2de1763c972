"""Where engines compute: the one place that decides between a graphics card and the processor.

"auto" takes CUDA where the package at hand can use it; "cpu" and "cuda" are taken at their word.
"""

from __future__ import annotations

from typing import Any

from avatars.errors import EngineError


def torch_device(wanted: str = "auto") -> str:
    """torch's name of the device. Raises EngineError: CUDA is asked for and torch sees none."""
    import torch

    there = bool(torch.cuda.is_available())
    if wanted == "auto":
        return "cuda" if there else "cpu"
    if wanted.startswith("cuda") and not there:
        raise EngineError(f"the device {wanted!r} is asked for, but torch sees no CUDA card")
    return wanted


def ctranslate_device(wanted: str = "auto") -> str:
    """CTranslate2's name of the device; it sees cards without torch. Raises EngineError: CUDA is asked for in vain."""
    import ctranslate2

    there = ctranslate2.get_cuda_device_count() > 0
    if wanted == "auto":
        return "cuda" if there else "cpu"
    if wanted == "cuda" and not there:
        raise EngineError("the device 'cuda' is asked for, but CTranslate2 sees no CUDA card")
    return wanted


def sherpa_provider(wanted: str = "auto") -> str:
    """sherpa-onnx's name of the device; its CUDA build is another package, told by its version ("2.0.1+cuda12…")."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        there = "cuda" in version("sherpa-onnx")
    except PackageNotFoundError:
        there = False
    if wanted == "auto":
        return "cuda" if there else "cpu"
    if wanted == "cuda" and not there:
        raise EngineError("the device 'cuda' is asked for, but this sherpa-onnx is built for processors only")
    return wanted


def open_onnx(path: str, wanted: str = "auto", threads: int = 1) -> Any:
    """An onnxruntime session. ``threads``: 1 for small models that many share. Raises EngineError."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    there = onnxruntime.get_available_providers()
    cuda = "CUDAExecutionProvider"
    if wanted == "cuda" and cuda not in there:
        raise EngineError("the device 'cuda' is asked for, but this onnxruntime has no CUDA")
    providers = [cuda] if wanted in ("auto", "cuda") and cuda in there else []
    try:
        return onnxruntime.InferenceSession(path, options, providers=[*providers, "CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors share no public base
        if not type(error).__module__.startswith("onnxruntime"):
            raise
        raise EngineError(f"the ONNX model {path} cannot be loaded: it is broken or not of ONNX") from error
