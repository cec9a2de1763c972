"""Worlds of books: seconds to paint and build, sizes, seam, cache hits, one painting for many, the diffusion painter.

Checks what it times: worlds must be fit, seams must be whole, pictures of mixed jobs must be the right ones. The
diffusion figures use random networks of the tests' shape (a wider one where times are compared) and are left out where
diffusers is not installed. Prints one JSON document.

    python bench/worlds.py [--width 2048]
"""

from __future__ import annotations

import argparse
import importlib.util
import inspect
import itertools
import json
import platform
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from assets.brief import Brief, seed_of
from assets.brief_words import MOTIFS
from assets.build import build_world
from assets.check import find_world_faults
from assets.errors import StoppedError
from assets.job import Jobs, Place
from assets.label import label_bytes
from assets.label_aigc import Provenance
from assets.painters import Watch, load_painter
from assets.store import Facts, Store
from assets.store_files import FolderFiles


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--width", type=int, default=2048)
    parser.add_argument("--only", choices=("procedural", "diffusion"), help="default: both")
    given = parser.parse_args()
    width = given.width
    report: dict[str, Any] = {"machine": platform.machine(), "width_px": width}
    if given.only != "diffusion":
        report |= measure_procedural(width) | measure_store() | measure_queue()
    if given.only != "procedural" and importlib.util.find_spec("diffusers") is not None:
        report |= measure_diffusion()
    print(json.dumps(report))


def brief_of(key: str) -> Brief:
    """The brief of a motif."""
    motif = next(m for m in MOTIFS if m.key == key)
    return Brief(key, "", "en", key, "", motif.time, motif.weather, motif.style, 0.1, seed_of(key), motif.prompt, "")


def measure_procedural(width: int) -> dict[str, Any]:
    """Every motif once."""
    painter = load_painter("procedural")
    made = Provenance(painter.label, "bench", "b1", painter.name, painter.licence)
    paint, build, sizes, seams = [], [], [], []
    for motif in MOTIFS:
        brief = brief_of(motif.key)
        begun = time.perf_counter()
        panorama = painter.paint(brief, width, Watch()).panorama
        painted = time.perf_counter()
        world = label_bytes(build_world(brief, panorama, made).data, made)
        paint.append(painted - begun)
        build.append(time.perf_counter() - painted)
        assert find_world_faults(world.data, painter.label) == (), motif.key
        sizes.append(len(world.data))
        steps = np.abs(np.diff(panorama.astype(float), axis=1)).mean(axis=(0, 2))
        seams.append(np.abs(panorama[:, 0].astype(float) - panorama[:, -1]).mean() / max(0.5, steps.max()))
    return {
        "motifs": len(MOTIFS),
        "paint_s": {"median": round(statistics.median(paint), 2), "most": round(max(paint), 2)},
        "build_and_label_s": {"median": round(statistics.median(build), 2), "most": round(max(build), 2)},
        "world_kb": {"median": round(statistics.median(sizes) / 1000), "most": round(max(sizes) / 1000)},
        "seam_to_largest_step_most": round(float(max(seams)), 2),
    }


def measure_store() -> dict[str, Any]:
    """A hit: find by key, read a world of 500 kB."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(FolderFiles(Path(folder)))
        for number in range(100):
            store.put(number.to_bytes(4, "big") * 125_000, "glb", Facts("algorithmic", "", "b"), f"k{number}")
        took = []
        for number in range(400):
            begun = time.perf_counter()
            entry = store.find(f"k{number % 100}")
            assert entry is not None
            assert len(store.read(entry.hash, "glb") or b"") == 500_000
            took.append((time.perf_counter() - begun) * 1000)
    return {
        "cache_hit_ms": {
            "p50": round(statistics.median(took), 2),
            "p95": round(statistics.quantiles(took, n=20)[18], 2),
        }
    }


def measure_queue() -> dict[str, Any]:
    """32 equal requests: how many paintings."""
    jobs = Jobs()
    for number in range(32):
        assert isinstance(jobs.request("same", (f"v{number}", "1"), 0.0), Place)
    paintings = 0
    while jobs.begin(0.0) is not None:
        paintings += 1
        jobs.finished(1.0)
    return {"equal_requests": 32, "paintings": paintings}


def measure_diffusion(steps: int = 4, runs: int = 3) -> dict[str, Any]:
    """The painter around a pipeline of middle size; the seam of its networks; 64 mixed jobs with a tiny one."""
    from tests.assets.tiny_pipeline import save_tiny_pipeline

    with tempfile.TemporaryDirectory() as folder:
        middle = save_tiny_pipeline(Path(folder) / "middle", wide=4)
        tiny = save_tiny_pipeline(Path(folder) / "tiny")
        return {"diffusion": _measure_painter(middle, steps, runs) | _measure_seam(tiny) | _measure_mixed(tiny)}


def _measure_painter(model: Path, steps: int, runs: int, width: int = 512) -> dict[str, Any]:
    """What the painter adds to its pipeline's own time; when the first preview comes; how soon a stop is heard.

    Other work on a machine shifts whole runs by more than what is sought, so the painter's own time is measured inside
    each run: everything before and after the pipeline's call, and every callback. The same call without the painter is
    timed beside it, and must give the same picture.
    """
    import torch

    from assets.painters import diffusion

    painter, brief = diffusion.DiffusionPainter(model, steps=steps, device="cpu"), brief_of("sea")
    pipe = painter._load()
    plain_call, plain_listen = type(pipe).__call__, diffusion._Listener.__call__
    spent = {"call": 0.0, "listen": 0.0}
    ends: list[float] = []

    def call(self: Any, *args: Any, **given: Any) -> Any:
        took, made = _timed(lambda: plain_call(self, *args, **given))
        spent["call"] += took
        return made

    def listen(self: Any, *args: Any) -> Any:
        ends.append(time.perf_counter())
        took, made = _timed(lambda: plain_listen(self, *args))
        spent["listen"] += took
        return made

    def raw_call() -> Any:
        return plain_call(
            pipe, brief.prompt, negative_prompt=brief.negative, width=width, height=width // 2,
            num_inference_steps=steps, generator=torch.Generator("cpu").manual_seed(brief.seed), output_type="np",
        ).images[0]  # fmt: skip

    same = (np.clip(raw_call(), 0, 1) * 255 + 0.5).astype(np.uint8)
    assert np.array_equal(same, painter.paint(brief, width, Watch()).panorama)
    call.__signature__ = inspect.signature(plain_call)  # type: ignore[attr-defined]
    added, raw, ours, step, previews, stops = ([] for _ in range(6))
    try:
        type(pipe).__call__, diffusion._Listener.__call__ = call, listen
        for _ in range(runs):
            raw.append(_timed(raw_call)[0])
            spent.update(call=0.0, listen=0.0)
            ends.clear()
            told: list[float] = []
            watch = Watch(lambda done, of, jpeg, told=told: told.append(time.perf_counter()) if jpeg else None)
            ours.append(_timed(lambda watch=watch: painter.paint(brief, width, watch))[0])
            model_s = spent["call"] - spent["listen"]
            added.append((ours[-1] - model_s) / model_s)
            step += [b - a for a, b in itertools.pairwise(ends)]
            previews.append(told[0] - ends[0])
            ends.clear()
            seen: list[int] = []
            watch = Watch(lambda done, of, jpeg, seen=seen: seen.append(done), lambda seen=seen: len(seen) > steps - 2)
            try:
                painter.paint(brief, width, watch)
            except StoppedError:
                stops.append((time.perf_counter() - ends[-2]) / (ends[-1] - ends[-2]))
    finally:
        type(pipe).__call__, diffusion._Listener.__call__ = plain_call, plain_listen
    assert len(stops) == runs
    return {
        "width_px": width,
        "steps": steps,
        "step_s": round(statistics.median(step), 3),
        "overhead_percent": round(100 * statistics.median(added), 2),
        "least_raw_s": round(min(raw), 2),
        "least_painted_s": round(min(ours), 2),
        "first_preview_after_step_ms": round(1000 * max(previews), 1),
        "stop_in_steps": round(max(stops), 2),
    }


def _measure_seam(model: Path) -> dict[str, Any]:
    """How far a turned input is from giving a turned output: 0 where the network knows no edge."""
    import torch

    from assets.painters.diffusion import DiffusionPainter

    pipe = DiffusionPainter(model, steps=1, device="cpu")._load()
    torch.manual_seed(1)
    latents, words = torch.randn(1, 4, 16, 32), torch.randn(1, 5, 32)
    with torch.no_grad():
        plain = torch.roll(pipe.unet(latents, 10, words).sample, 8, -1)
        turned = pipe.unet(torch.roll(latents, 8, -1), 10, words).sample
    error = float((plain - turned).abs().max())
    assert error < 1e-5
    return {"seam_error": error}


def _measure_mixed(model: Path) -> dict[str, Any]:
    """64 jobs of eight briefs from eight threads."""
    from assets.painters.diffusion import DiffusionPainter

    quick, brief = DiffusionPainter(model, steps=2, device="cpu"), brief_of("sea")
    right = {seed: quick.paint(replace(brief, seed=seed), 128, Watch()).panorama for seed in range(8)}
    wrong: list[int] = []
    begun = time.perf_counter()

    def work(first: int) -> None:
        for seed in range(8):
            made = quick.paint(replace(brief, seed=(seed + first) % 8), 128, Watch()).panorama
            if not np.array_equal(made, right[(seed + first) % 8]):
                wrong.append(seed)

    threads = [threading.Thread(target=work, args=(first,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    return {"mixed_jobs": 64, "wrong_pictures": len(wrong), "mixed_jobs_s": round(time.perf_counter() - begun, 1)}


def _timed(call: Any) -> tuple[float, Any]:
    """Seconds, and what came of it."""
    begun = time.perf_counter()
    made = call()
    return time.perf_counter() - begun, made


if __name__ == "__main__":
    main()
