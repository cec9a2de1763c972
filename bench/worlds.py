"""Worlds of books: seconds to paint and build, sizes, seam, cache hits, one painting for many, the diffusion painter.

Checks what it times: worlds must be fit, seams must be whole, pictures of mixed jobs must be the right ones. The
diffusion figures use the tiny random pipeline of the tests and are left out where diffusers is not installed. Prints
one JSON document.

    python bench/worlds.py [--width 2048]
"""

from __future__ import annotations

import argparse
import importlib.util
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


def measure_diffusion(steps: int = 8) -> dict[str, Any]:
    """Overhead over a raw call, first preview, stop, 64 mixed jobs from eight threads."""
    import torch
    from diffusers import DiffusionPipeline

    from assets.painters.diffusion import DiffusionPainter, make_round
    from tests.assets.tiny_pipeline import save_tiny_pipeline

    with tempfile.TemporaryDirectory() as folder:
        model = save_tiny_pipeline(Path(folder))
        painter = DiffusionPainter(model, steps=steps, device="cpu")
        brief = brief_of("sea")
        painter.paint(brief, 256, Watch())
        raw = DiffusionPipeline.from_pretrained(str(model), local_files_only=True)
        raw.set_progress_bar_config(disable=True)
        make_round(raw.unet)
        make_round(raw.vae)

        def raw_call() -> None:
            raw(brief.prompt, negative_prompt="", width=256, height=128, num_inference_steps=steps,
                generator=torch.Generator("cpu").manual_seed(brief.seed), output_type="np")  # fmt: skip

        ours, theirs = [], []
        for _ in range(5):
            theirs.append(_timed(raw_call))
            ours.append(_timed(lambda: painter.paint(brief, 256, Watch())))
        step_s = min(theirs) / (steps + 1)
        previews: list[float] = []
        begun = time.perf_counter()
        painter.paint(brief, 256, Watch(lambda d, o, p: previews.append(time.perf_counter() - begun) if p else None))
        seen: list[float] = []
        try:
            painter.paint(brief, 256, Watch(lambda d, o, p: seen.append(time.perf_counter()), lambda: len(seen) > 3))
        except StoppedError:
            stop_s = time.perf_counter() - seen[-1]
        quick = DiffusionPainter(model, steps=2, device="cpu")
        right = {seed: quick.paint(replace(brief, seed=seed), 128, Watch()).panorama for seed in range(8)}
        wrong: list[int] = []

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
    return {
        "diffusion": {
            "overhead_percent": round(100 * (min(ours) / min(theirs) - 1), 1),
            "step_s": round(step_s, 3),
            "first_preview_s": round(previews[0], 3),
            "stop_s": round(stop_s, 3),
            "mixed_jobs": 64,
            "wrong_pictures": len(wrong),
        }
    }


def _timed(call: Any) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
