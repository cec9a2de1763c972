"""Small files of every format that can carry a label."""

from __future__ import annotations

import io
import wave

import numpy as np
from PIL import Image

from assets.glb import Glb, Primitive


def sample_files() -> dict[str, bytes]:
    """Name → bytes."""
    pixels = np.random.default_rng(1).integers(0, 255, (64, 96, 3), dtype=np.uint8)
    files = {}
    for name, options in (("png", {}), ("jpeg", {}), ("webp", {}), ("webp", {"lossless": True})):
        out = io.BytesIO()
        Image.fromarray(pixels).save(out, name, **options)
        files[name + ("-lossless" if options else "")] = out.getvalue()
    sound = io.BytesIO()
    with wave.open(sound, "wb") as out_wave:
        out_wave.setnchannels(1)
        out_wave.setsampwidth(2)
        out_wave.setframerate(16_000)
        out_wave.writeframes(b"\1\2" * 501)
    glb = Glb()
    glb.add_node("n", mesh=glb.add_mesh("t", [Primitive([[0, 0, 0], [1, 0, 0], [0, 1, 0]], [[0, 1, 2]])]))
    page = io.BytesIO()
    Image.fromarray(pixels).save(page, "PDF")
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    return {**files, "wav": sound.getvalue(), "glb": glb.to_bytes(), "svg": svg * 1, "pdf": page.getvalue()}
