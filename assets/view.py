"""What an eye sees of a world: a flat picture cut out of its panorama, for galleries, posters and staff."""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt

from assets.errors import GlbError
from assets.glb_container import unpack_glb
from assets.label_aigc import Kind
from assets.label_mark import mark_image

Picture = npt.NDArray[np.uint8]


def seen(panorama: Picture, size: tuple[int, int], across_deg: float = 95.0, up_deg: float = 5.0) -> Picture:
    """What an eye looking along −Z sees of a panorama, as a flat picture of (width, height) pixels."""
    height, width, _ = panorama.shape
    x, y = np.meshgrid(np.arange(size[0]) - size[0] / 2 + 0.5, size[1] / 2 - np.arange(size[1]) - 0.5)
    far, tilt = size[0] / 2 / np.tan(np.radians(across_deg / 2)), np.radians(up_deg)
    up, ahead = y * np.cos(tilt) + far * np.sin(tilt), far * np.cos(tilt) - y * np.sin(tilt)
    column = ((np.arctan2(x, ahead) / (2 * np.pi) + 0.5) * width).astype(int) % width
    row = np.clip(((0.5 - np.arctan2(up, np.hypot(x, ahead)) / np.pi) * height).astype(int), 0, height - 1)
    made: Picture = panorama[row, column]
    return made


def panorama_of(world: bytes) -> Picture:
    """The panorama of a finished world. Raises GlbError when the file holds none."""
    from PIL import Image

    document, binary = unpack_glb(world)
    for image in document.get("images", ()):
        if image.get("name") == "sky":
            view = document["bufferViews"][image["bufferView"]]
            start = view.get("byteOffset", 0)
            with Image.open(io.BytesIO(binary[start : start + view["byteLength"]])) as picture:
                return np.asarray(picture.convert("RGB"))
    raise GlbError("the world has no sky; make it anew")


def picture_of(world: bytes, kind: Kind, size: tuple[int, int] = (480, 300)) -> bytes:
    """A JPEG of what one sees on entering a world, with the visible mark. Raises GlbError, FontError."""
    from PIL import Image

    large = Image.fromarray(seen(panorama_of(world), (size[0] * 2, size[1] * 2)))
    marked = mark_image(large.resize(size, Image.Resampling.LANCZOS), kind)
    out = io.BytesIO()
    marked.save(out, "JPEG", quality=86)
    return out.getvalue()
