"""Words in a world: the title, quotations with their sources, names on portals, the notice of how it was made.

Pictures as PIL images; sizes in pixels. Where no font with Chinese is installed, Latin letters are drawn and the rest
is left out: the words stand in the file's extras all the same.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from assets.errors import FontError
from assets.fonts import Face, load_font
from assets.label_aigc import Kind
from assets.label_mark import TEXTS

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

PAPER, INK, SOFT, RED = (247, 241, 228), (38, 34, 32), (92, 82, 74), (170, 46, 38)
_WORDS = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+|\s+")
_CLOSERS = "，。！？；：、）》」』…"


def title_plate(title: str, byline: str) -> Image:
    """A title page: 640 × 840."""
    image, draw = _sheet(640, 840)
    draw.rectangle((28, 28, 611, 811), outline=RED, width=5)
    draw.rectangle((42, 42, 597, 797), outline=RED, width=1)
    face, lines = fitted(title, 500, 430, 96, "serif-bold")
    top = 150 + max(0, (430 - len(lines) * face.size * 1.3) / 2)
    for number, line in enumerate(lines):
        draw.text((320, top + number * face.size * 1.3), line, font=face, fill=INK, anchor="ma")
    draw.line((250, 640, 390, 640), fill=RED, width=3)
    if byline:
        small, names = fitted(byline, 500, 90, 38, "serif")
        for number, line in enumerate(names[:2]):
            draw.text((320, 665 + number * small.size * 1.25), line, font=small, fill=SOFT, anchor="ma")
    return image


def quote_plate(text: str, source: str) -> Image:
    """A quotation with its source: 720 × 400."""
    image, draw = _sheet(720, 400)
    draw.rectangle((0, 0, 12, 400), fill=RED)
    face, lines = fitted(f"“{text}”" if text.isascii() else f"「{text}」", 640, 270, 50, "serif")
    for number, line in enumerate(lines):
        draw.text((44, 34 + number * face.size * 1.36), line, font=face, fill=INK)
    small, where = fitted(f"— {source}", 640, 48, 30, "sans")
    draw.text((676, 364), where[0], font=small, fill=SOFT, anchor="rs")
    return image


def name_plate(text: str) -> Image:
    """A name over a portal: 640 × 150."""
    image, draw = _sheet(640, 150)
    face, lines = fitted(text, 600, 120, 54, "serif-bold")
    top = (150 - len(lines) * face.size * 1.2) / 2
    for number, line in enumerate(lines):
        draw.text((320, top + number * face.size * 1.2), line, font=face, fill=INK, anchor="ma")
    return image


def notice_plate(kind: Kind) -> Image:
    """How this was made, for the opening view: 900 × 110, light on dark."""
    from PIL import Image as Pictures
    from PIL import ImageDraw

    image = Pictures.new("RGB", (900, 110), (22, 24, 30))
    face, lines = fitted(TEXTS[kind], 860, 80, 52, "sans-bold")
    ImageDraw.Draw(image).text((450, 55), lines[0], font=face, fill=(255, 255, 255), anchor="mm")
    return image


def to_texture(image: Image, quality: int = 88) -> bytes:
    """The picture as JPEG with sides of powers of two, which every graphics card takes; the plate keeps its shape."""
    from PIL import Image as Pictures

    wide, tall = (1 << (side - 1).bit_length() for side in image.size)
    out = io.BytesIO()
    image.convert("RGB").resize((wide, tall), Pictures.Resampling.LANCZOS).save(
        out, "JPEG", quality=quality, optimize=True
    )
    return out.getvalue()


def wrapped(text: str, face: FreeTypeFont, wide: float) -> list[str]:
    """Lines no wider than ``wide`` pixels, broken between words and between Chinese characters."""
    lines, line = [], ""
    for piece in _WORDS.findall(text):
        if face.getlength(line + piece) <= wide or piece in _CLOSERS:
            line += piece
            continue
        if line.strip():
            lines.append(line.strip())
        line = piece.lstrip()
        while face.getlength(line) > wide:
            fits = max(1, int(len(line) * wide / face.getlength(line)) - 1)
            lines.append(line[:fits])
            line = line[fits:]
    return [*lines, line.strip()] if line.strip() or not lines else lines


def fitted(text: str, wide: float, tall: float, largest: int, name: Face) -> tuple[FreeTypeFont, list[str]]:
    """The largest font in which the text fits, and its lines; cut when it fits in none."""
    for size in range(largest, 15, -4):
        face = _font(name, size)
        lines = wrapped(_drawable(text), face, wide)
        whole = all(face.getlength(word) <= wide for word in _WORDS.findall(_drawable(text)))
        if whole and len(lines) * size * 1.34 <= tall:
            return face, lines
    kept = lines[: max(1, int(tall / (face.size * 1.34)))]
    return face, [*kept[:-1], kept[-1][:-1] + "…"]


def _font(name: Face, size: int) -> FreeTypeFont:
    try:
        return load_font(name, size)
    except FontError:
        from PIL import ImageFont

        return ImageFont.load_default(size)  # type: ignore[return-value]


def _drawable(text: str) -> str:
    try:
        load_font("sans", 16)
    except FontError:
        return re.sub(r"[^\x20-\x7eÀ-ɏ]+", " ", text).strip() or "·"
    return text


def _sheet(width: int, height: int) -> tuple[Image, ImageDraw]:
    from PIL import Image as Pictures
    from PIL.ImageDraw import Draw

    image = Pictures.new("RGB", (width, height), PAPER)
    return image, Draw(image)
