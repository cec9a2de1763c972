"""The painter that uses a diffusion model: any folder of a diffusers text-to-image pipeline (extra ``diffusion``).

Whole around: convolutions are padded with the other side's columns, so that picture and latents have no edge at the
sides. That holds for UNets and their decoders; transformer models (Flux and the like) keep a seam, and say so in the
facts. One picture at a time on one device: pipelines are not safe to share between threads, so calls wait for one
another. A stop is heard within the step that runs (an exception from the step's callback; nothing is decoded).
The same brief, width and model give the same picture on the same machine.

Errors: ModelError, StoppedError, MemoryShortError, PainterError.
"""

from __future__ import annotations

import hashlib
import io
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assets.brief import Brief
from assets.errors import MemoryShortError, ModelError, PainterError, StoppedError
from assets.label_aigc import Kind
from assets.painters import Painting, Watch
from assets.painters.enlarge import FACTOR, Enlarger

_TURN = threading.Lock()
"""One executor per device: diffusers pipelines give wrong pictures or fail when two threads share one."""

TO_RGB = np.array([[0.298, 0.207, 0.208], [0.187, 0.286, 0.173], [-0.158, 0.189, 0.264], [-0.184, -0.271, -0.473]])
"""Rough colours of the four channels of Stable Diffusion's latents, for previews."""


class DiffusionPainter:
    """``model``: folder with ``model_index.json``. ``steps``, ``guidance``: the pipeline's own when None.

    ``loras``: files or folders of LoRA weights;
    ``upscaler``: folder of a pipeline that makes pictures four times larger. ``device``: "cuda", "cpu", …; None: what is there.
    """

    label: Kind = "ai"

    def __init__(
        self, model: Path, steps: int | None = None, guidance: float | None = None, loras: tuple[Path, ...] = (),
        device: str | None = None, licence: str = "", upscaler: Path | None = None,
    ) -> None:  # fmt: skip
        self._folder, self._steps, self._guidance, self._loras = Path(model), steps, guidance, loras
        self._index = _read_index(self._folder)
        self._device = device
        self._pipe: Any = None
        self._enlarger: Enlarger | None = None
        if upscaler is not None:
            _read_index(Path(upscaler))
            self._enlarger = Enlarger(upscaler, steps, device)
            loras = (*loras, Path(upscaler))  # for the name: another upscaler paints other pictures
        self.licence = licence or "see the model's licence"
        self.name = f"diffusion-1:{self._index['_class_name']}:{_fingerprint(self._folder, steps, guidance, loras)}"

    def paint(self, brief: Brief, width_px: int, watch: Watch) -> Painting:
        """Paint the brief's prompt, twice as wide as high; with an upscaler a quarter as large first."""
        if self._enlarger is None:
            return self._run(brief, width_px, watch, {})
        small = self._run(brief, width_px // FACTOR, watch, {}).panorama
        with _TURN, _faults_of(self._folder, width_px):
            large = self._enlarger.enlarge(small, brief.prompt, brief.seed, watch)
        return Painting(large, self._facts())

    def paint_over(self, brief: Brief, start: npt.NDArray[np.uint8], strength: float, watch: Watch) -> Painting:
        """Paint over a panorama (image to image): uint8 (h, 2 h, 3); ``strength`` 0 keeps it, 1 forgets it."""
        from PIL import Image

        return self._run(brief, start.shape[1], watch, {"image": Image.fromarray(start), "strength": strength})

    def _run(self, brief: Brief, width_px: int, watch: Watch, more: dict[str, Any]) -> Painting:
        if width_px % 64 or not 64 <= width_px <= 8192:
            raise PainterError(f"{width_px} px is no width for a diffusion panorama: a multiple of 64, 64 to 8192")
        with _TURN:
            watch.step(0, 1)
            import torch

            pipe = self._load()
            if "image" in more:
                from diffusers import AutoPipelineForImage2Image

                pipe = AutoPipelineForImage2Image.from_pipe(pipe)
            size = {} if "image" in more else {"width": width_px, "height": width_px // 2}
            steps = {"num_inference_steps": self._steps} if self._steps is not None else {}
            guidance = {"guidance_scale": self._guidance} if self._guidance is not None else {}
            negative = {"negative_prompt": brief.negative} if _takes(pipe, "negative_prompt") else {}
            with _faults_of(self._folder, width_px):
                made = pipe(
                    prompt=brief.prompt,
                    generator=torch.Generator("cpu").manual_seed(brief.seed),
                    callback_on_step_end=_Listener(watch, self._steps or 0),
                    output_type="np",
                    **size,
                    **steps,
                    **guidance,
                    **negative,
                    **more,
                ).images[0]
        picture = (np.clip(np.asarray(made, np.float32), 0, 1) * 255 + 0.5).astype(np.uint8)
        return Painting(picture, self._facts())

    def _load(self) -> Any:
        """The pipeline, loaded on first use, with convolutions whole around."""
        if self._pipe is not None:
            return self._pipe
        try:
            import torch
            from diffusers import DiffusionPipeline
        except ImportError as fault:
            raise ModelError("the painter diffusion needs packages: pip install 'shelfway[diffusion]'") from fault
        device = self._device or ("cuda" if torch.cuda.is_available() else "cpu")
        half = {"torch_dtype": torch.float16} if device.startswith("cuda") else {}
        try:
            load: Any = DiffusionPipeline.from_pretrained
            pipe = load(str(self._folder), local_files_only=True, **half)
            for lora in self._loras:
                pipe.load_lora_weights(str(lora), local_files_only=True)
            pipe = pipe.to(device)
        except (OSError, ValueError, TypeError, AttributeError, KeyError, RuntimeError) as fault:
            raise ModelError(
                f"{self._folder} cannot be loaded as a diffusers pipeline ({type(fault).__name__}); fetch it again"
            ) from fault
        pipe.set_progress_bar_config(disable=True)
        for part in ("unet", "vae"):
            if getattr(pipe, part, None) is not None:
                make_round(getattr(pipe, part))
        self._pipe = pipe
        return pipe

    def _facts(self) -> Mapping[str, Any]:
        return {"painter": self.name, "model": self._folder.name, "whole_around": "unet" in self._index}


class _Listener:
    """What a pipeline calls after each step: tells progress with a preview, and stops by raising."""

    def __init__(self, watch: Watch, steps: int) -> None:
        self._watch, self._steps = watch, steps

    def __call__(self, pipe: Any, step: int, timestep: Any, values: dict[str, Any]) -> dict[str, Any]:
        of = int(getattr(pipe, "num_timesteps", 0) or self._steps or step + 1)
        self._watch.step(step + 1, of, preview_of(values.get("latents")))
        return {}


def preview_of(latents: Any) -> bytes | None:
    """A JPEG of a few kilobytes from latents (1, 4, h, w); None for latents of another kind."""
    if latents is None or latents.ndim != 4 or latents.shape[1] != 4:
        return None
    from PIL import Image

    values = latents[0].detach().float().cpu().numpy()
    picture = np.tensordot(values, TO_RGB, axes=([0], [0])) * 0.5 + 0.5
    small = Image.fromarray((np.clip(picture, 0, 1) * 255).astype(np.uint8)).resize((256, 128))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=70)
    return out.getvalue()


def make_round(module: Any) -> int:
    """Pad every convolution of a network with the other side's columns; how many there were. Rows stay as they are."""
    import torch
    import torch.nn.functional as functional

    def forward(self: Any, values: Any, weight: Any, bias: Any) -> Any:
        across, down = self._reversed_padding_repeated_twice[:2], self._reversed_padding_repeated_twice[2:]
        wide = functional.pad(values, (*across, 0, 0), mode="circular") if any(across) else values
        tall = functional.pad(wide, (0, 0, *down)) if any(down) else wide
        return functional.conv2d(tall, weight, bias, self.stride, 0, self.dilation, self.groups)

    count = 0
    for part in module.modules():
        if isinstance(part, torch.nn.Conv2d) and part.padding_mode == "zeros" and not isinstance(part.padding, str):
            part._conv_forward = forward.__get__(part)  # type: ignore[method-assign]
            count += 1
    return count


def _read_index(folder: Path) -> dict[str, Any]:
    path = folder / "model_index.json"
    try:
        index = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ModelError(f"{folder} is no diffusers pipeline: it has no readable model_index.json") from fault
    if not isinstance(index, dict) or not isinstance(index.get("_class_name"), str):
        raise ModelError(f"{path} names no pipeline class; give the folder of a diffusers pipeline")
    return index


def _fingerprint(folder: Path, steps: int | None, guidance: float | None, loras: tuple[Path, ...]) -> str:
    """What tells two models or settings apart: names, sizes and ends of all files; reading gigabytes would take minutes."""
    total = hashlib.sha256(f"{steps} {guidance}".encode())
    for root in (folder, *loras):
        paths = sorted(p for p in root.rglob("*") if p.is_file()) if root.is_dir() else [root]
        for path in paths:
            size = path.stat().st_size
            with path.open("rb") as file:
                head = file.read(65_536)
                file.seek(max(0, size - 65_536))
                total.update(f"{path.relative_to(root) if root.is_dir() else path.name} {size}".encode())
                total.update(head + file.read(65_536))
    return total.hexdigest()[:16]


@contextmanager
def _faults_of(folder: Path, width_px: int) -> Iterator[None]:
    """Faults of a pipeline under our own names."""
    import torch

    try:
        yield
    except StoppedError:
        raise
    except (torch.OutOfMemoryError, MemoryError) as fault:
        _forget(torch)
        raise MemoryShortError(f"not enough memory for {width_px} px; ask for a narrower panorama") from fault
    except (RuntimeError, ValueError, TypeError) as fault:
        if "out of memory" in str(fault).lower() or "can't allocate memory" in str(fault).lower():
            _forget(torch)
            raise MemoryShortError(f"not enough memory for {width_px} px; ask for a narrower panorama") from fault
        raise PainterError(f"the model in {folder.name} failed: {type(fault).__name__}") from fault


def _takes(pipe: Any, name: str) -> bool:
    import inspect

    return name in inspect.signature(pipe.__call__).parameters


def _forget(torch: Any) -> None:
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
