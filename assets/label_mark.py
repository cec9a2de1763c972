"""The mark that people see on a generated picture.

For what a model made: the words "AI" and "生成", at least 5 % of the picture's shortest side high (GB 45438-2025, 5.2).
What rules made says so in the same place and size; it does not say AI.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets.fonts import load_font
from assets.label_aigc import Kind

if TYPE_CHECKING:
    from PIL.Image import Image

TEXTS: dict[Kind, str] = {"ai": "AI 生成 · AI-generated", "algorithmic": "程序绘制 · Drawn by rules, not AI"}
SHARE = 0.052
"""Height of a character by the shortest side; the standard asks for 0.05."""


def mark_height_px(width: int, height: int) -> int:
    """How high the characters of the mark must be."""
    return max(9, -(-int(min(width, height) * SHARE * 1000) // 1000))


def mark_image(image: Image, kind: Kind) -> Image:
    """A copy with the mark in the lower right corner, light on a dark band so that it reads on any picture.

    Raises FontError.
    """
    from PIL import Image as Pictures
    from PIL import ImageDraw

    base = image.convert("RGBA")
    size = mark_height_px(*base.size)
    text = TEXTS[kind]
    font = load_font("sans-bold", size)
    while font.getlength(text) > base.width * 0.92 and " · " in text:
        text = text.split(" · ")[0]
    band = Pictures.new("RGBA", base.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(band)
    wide, pad = font.getlength(text), size * 0.45
    left, top = base.width - wide - 2 * pad, base.height - size * 1.3 - pad
    draw.rectangle((left - pad, top, base.width, base.height), fill=(10, 12, 18, 165))
    draw.text((left, base.height - pad), text, font=font, fill=(255, 255, 255, 235), anchor="ls")
    marked = Pictures.alpha_composite(base, band)
    return marked if image.mode == "RGBA" else marked.convert(image.mode)
