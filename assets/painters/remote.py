"""The painter in another process or on another machine: any HTTP service that takes a prompt and gives a picture.

``POST {url}`` with ``{"prompt", "negative_prompt", "width", "height", "seed"}``; the answer is a PNG or JPEG, or JSON
with the picture in base64 under ``image`` or ``images[0]`` (as Stable Diffusion web UIs and ComfyUI front ends answer).
A stop is heard before and after the call, not during it. Errors: PainterError, ModelError.
"""

from __future__ import annotations

import base64
import io
import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from assets.brief import Brief
from assets.errors import ModelError, PainterError
from assets.label_aigc import Kind
from assets.painters import Painting, Watch

LARGEST_BYTES = 80_000_000


class RemotePainter:
    """``url``: where the service takes prompts. ``timeout_s``: for one picture."""

    label: Kind = "ai"

    def __init__(self, url: str, timeout_s: float = 300.0, licence: str = "") -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise ModelError(f"{url!r} is no address of an HTTP painter; begin it with http:// or https://")
        self._url, self._timeout_s = url, timeout_s
        self.name = f"remote-1:{urlsplit(url).netloc}"
        self.licence = licence or "see the service's terms"

    def paint(self, brief: Brief, width_px: int, watch: Watch) -> Painting:
        """Ask for the panorama and scale it to size."""
        from PIL import Image

        watch.step(0, 2)
        wanted = {
            "prompt": brief.prompt, "negative_prompt": brief.negative, "width": width_px, "height": width_px // 2,
            "seed": brief.seed,
        }  # fmt: skip
        request = urllib.request.Request(
            self._url, json.dumps(wanted).encode(), {"Content-Type": "application/json"}, method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=self._timeout_s) as answer:
                data = answer.read(LARGEST_BYTES)
        except (urllib.error.URLError, OSError, ValueError) as fault:
            raise PainterError(f"the painter at {urlsplit(self._url).netloc} does not answer") from fault
        watch.step(1, 2)
        try:
            with Image.open(io.BytesIO(_picture(data))) as image:
                picture = np.asarray(image.convert("RGB").resize((width_px, width_px // 2)))
        except (OSError, ValueError, KeyError, TypeError, IndexError) as fault:
            raise PainterError(f"the painter at {urlsplit(self._url).netloc} answers with no picture") from fault
        watch.step(2, 2)
        return Painting(np.ascontiguousarray(picture), {"painter": self.name})


def _picture(data: bytes) -> bytes:
    if not data.lstrip().startswith(b"{"):
        return data
    body: dict[str, Any] = json.loads(data)
    text = body["image"] if "image" in body else body["images"][0]
    return base64.b64decode(str(text).rsplit(",", 1)[-1])
