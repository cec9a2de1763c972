"""Codes in a camera's picture: ISBN bar codes, shelf marks, AprilTags. It is looked at once and kept nowhere."""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass
from typing import Literal

from avatars.errors import EngineMissing, PictureError
from avatars.seeing_tags import FAMILY, TagSeen, find_tags

MOST_BYTES = 6_000_000
MOST_PIXELS = 24_000_000
_SHELF = re.compile(
    r"(?:^shelfway:shelf:|[#?&]shelf=)(?P<face>[^:&#\s]{1,80}?)(?:[:.]bay(?P<bay>\d{1,3}))?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Code:
    """One code. ``text``: an ISBN-13, a shelf face's id, or what it says. ``bay``: of a shelf's mark, if it tells.

    ``centre_px``: (x, y) from the picture's upper left corner; ``height_px``: mean length of the mark's upright sides.
    ``tag``: of an AprilTag, its number and corners.
    """

    kind: Literal["isbn", "shelf", "tag", "other"]
    text: str
    centre_px: tuple[float, float]
    height_px: float
    bay: int | None = None
    tag: TagSeen | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """The codes of a picture of ``width_px`` × ``height_px``, the largest first."""

    codes: tuple[Code, ...]
    width_px: int
    height_px: int


def read_codes(picture: bytes) -> Seen:
    """Every code in a JPEG, PNG or WebP picture.

    Raises:
        PictureError: too large, or no picture that can be read.
        EngineMissing: zxing-cpp is not installed.
    """
    try:
        import zxingcpp
    except ImportError as error:
        raise EngineMissing("reading codes needs zxing-cpp: pip install 'shelfway[see]'") from error
    import numpy as np
    from PIL import Image, UnidentifiedImageError

    if len(picture) > MOST_BYTES:
        raise PictureError(f"the picture has {len(picture)} bytes; at most {MOST_BYTES} are taken: send a smaller one")
    try:
        image = Image.open(io.BytesIO(picture), formats=("JPEG", "PNG", "WEBP"))
        if image.width * image.height > MOST_PIXELS:
            raise PictureError(
                f"the picture has {image.width} × {image.height} pixels; at most {MOST_PIXELS} are taken"
            )
        grey = np.asarray(image.convert("L"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise PictureError("the body is no JPEG, PNG or WebP picture that can be read") from error
    found = [code for code in map(_code, zxingcpp.read_barcodes(grey)) if code is not None]
    found += map(_tag, find_tags(grey))
    found.sort(key=lambda code: -code.height_px)
    return Seen(tuple(found), grey.shape[1], grey.shape[0])


def distance_m(code: Code, focal_px: float, size_m: float) -> float:
    """How far a mark of this printed height is from a pinhole camera, in metres."""
    return focal_px * size_m / max(code.height_px, 1.0)


def bearing_deg(code: Code, seen: Seen, focal_px: float) -> float:
    """Degrees clockwise from the middle of the picture to the mark."""
    return math.degrees(math.atan2(code.centre_px[0] - seen.width_px / 2, focal_px))


def _tag(seen: TagSeen) -> Code:
    centre = (sum(x for x, _ in seen.corners) / 4, sum(y for _, y in seen.corners) / 4)
    return Code("tag", f"tag{FAMILY}:{seen.id}", centre, seen.height_px, tag=seen)


def _code(found: object) -> Code | None:
    text = str(getattr(found, "text", "")).strip()
    if not text:
        return None
    corners = found.position  # type: ignore[attr-defined]
    points = [(c.x, c.y) for c in (corners.top_left, corners.top_right, corners.bottom_right, corners.bottom_left)]
    centre = (sum(x for x, _ in points) / 4, sum(y for _, y in points) / 4)
    height = (math.dist(points[0], points[3]) + math.dist(points[1], points[2])) / 2
    shelf = _SHELF.search(text)
    if shelf:
        return Code("shelf", shelf["face"], centre, height, int(shelf["bay"]) if shelf["bay"] else None)
    digits = re.sub(r"[^0-9Xx]", "", text)
    if re.fullmatch(r"97[89]\d{10}", digits):
        return Code("isbn", digits, centre, height)
    return Code("other", text[:200], centre, height)
