"""Posters for reading promotion (阅读推广): picture, title, quotation, where it stands, a QR code to the way.

A4 portrait as PNG, PDF (150 dots per inch) or SVG (with the drawn page inside, so that it looks the same
everywhere). ``poster_script`` is what a librarian may read aloud beside it.

Errors: FontError, LabelError.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from assets.brief import Brief
from assets.build_plates import INK, PAPER, RED, SOFT, fitted
from assets.fonts import load_font
from assets.label_aigc import Kind
from assets.label_mark import mark_image

if TYPE_CHECKING:
    from PIL.Image import Image

WIDE, TALL, DPI = 1240, 1754, 150
PICTURE_TALL = 900
Format = Literal["png", "pdf", "svg"]

WORDS = {
    "en": {"where": "Find it: {shelf}", "scan": "Scan for the way", "nowhere": "Ask at the desk"},
    "zh": {"where": "在这里：{shelf}", "scan": "扫码带路", "nowhere": "请到服务台询问"},
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the book stands in words, and the address that the QR code leads to."""

    shelf: str
    url: str


def draw_poster(
    brief: Brief, panorama: npt.NDArray[np.uint8], place: Place, kind: Kind, books: Sequence[str] = ()
) -> Image:
    """The poster as a picture of 1240 × 1754 pixels. ``kind``: how the picture in it was made; ``books``: the titles to
    name on the poster of a theme."""
    from PIL import Image as Pictures
    from PIL import ImageDraw

    page = Pictures.new("RGB", (WIDE, TALL), PAPER)
    view = Pictures.fromarray(view_ahead(panorama, WIDE, PICTURE_TALL))
    page.paste(mark_image(view, kind), (0, 0))
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, PICTURE_TALL, WIDE, PICTURE_TALL + 10), fill=RED)
    face, lines = fitted(brief.title, WIDE - 160, 270, 128, "serif-bold")
    top = PICTURE_TALL + 56.0
    for line in lines:
        draw.text((80, top), line, font=face, fill=INK)
        top += face.size * 1.24
    if brief.byline:
        byline_face, bylines = fitted(brief.byline, WIDE - 160, 64, 46, "serif")
        draw.text((80, top + 6), bylines[0], font=byline_face, fill=SOFT)
        top += 78
    for book in books[:4]:
        book_face, named = fitted(book, WIDE - 520, 60, 42, "serif")
        draw.rectangle((80, top + 42, 92, top + 54), fill=RED)
        draw.text((116, top + 20), named[0], font=book_face, fill=INK)
        top += 66
    quotation = next((q for q in brief.quotations if q.lang == brief.lang), None)
    if quotation is not None:
        small, words = fitted(quotation.text, WIDE - 480, TALL - 130 - top - 40, 46, "serif")
        for number, line in enumerate(words):
            draw.text((80, top + 34 + number * small.size * 1.36), line, font=small, fill=INK)
    page.paste(_qr(place.url, 280), (WIDE - 360, TALL - 440))
    said = WORDS[brief.lang]
    draw.text((WIDE - 220, TALL - 140), said["scan"], font=load_font("sans", 32), fill=SOFT, anchor="ma")
    where = said["where"].format(shelf=place.shelf) if place.shelf else said["nowhere"]
    bold, place_lines = fitted(where, WIDE - 480, 60, 44, "sans-bold")
    draw.text((80, TALL - 84), place_lines[0], font=bold, fill=RED, anchor="ls")
    return page


def to_file(poster: Image, format_: Format, title: str) -> bytes:
    """The poster as a file, not yet labelled. Equal posters give equal bytes, but for a PDF's date."""
    out = io.BytesIO()
    if format_ == "png":
        poster.save(out, "PNG", dpi=(DPI, DPI))
    elif format_ == "pdf":
        poster.save(out, "PDF", resolution=DPI, title=title, producer="Shelfway", quality=92)
    else:
        poster.save(out, "JPEG", quality=92, subsampling=0)
        inside = base64.b64encode(out.getvalue()).decode()
        safe = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 {WIDE} {TALL}">'
            f"<title>{safe}</title>"
            f'<image width="{WIDE}" height="{TALL}" href="data:image/jpeg;base64,{inside}"/></svg>\n'
        ).encode()
    return out.getvalue()


def poster_script(brief: Brief, place: Place, books: Sequence[str] = ()) -> str:
    """A few sentences to read aloud, from the records' own words only. ``books``: the titles of a theme."""
    if books:
        return _theme_script(brief, place, tuple(books[:4]))
    quotation = next((q.text for q in brief.quotations if q.lang == brief.lang), "")
    if brief.lang == "zh":
        by = f"，作者{brief.byline}" if brief.byline else ""
        where = f"它在{place.shelf}，扫一扫海报上的二维码就能带您过去。" if place.shelf else "请到服务台询问。"
        return f"今天向您推荐《{brief.title}》{by}。{quotation}{where}"
    by = f" by {brief.byline}" if brief.byline else ""
    where = (
        f"It is at {place.shelf}; the code on the poster shows the way." if place.shelf else "Ask for it at the desk."
    )
    return " ".join(part for part in (f"Today we recommend “{brief.title}”{by}.", quotation, where) if part)


def _theme_script(brief: Brief, place: Place, books: tuple[str, ...]) -> str:
    if brief.lang == "zh":
        named = "".join(f"《{book}》" for book in books)
        where = f"它们大多在{place.shelf}，扫一扫海报上的二维码就能带您过去。" if place.shelf else "请到服务台询问。"
        return f"本期主题：{brief.title}。向您推荐{named}。{where}"
    named = ", ".join(f"“{book}”" for book in books[:-1])
    named = f"{named} and “{books[-1]}”" if named else f"“{books[-1]}”"
    where = f"Most stand at {place.shelf}; the code on the poster shows the way." if place.shelf else "Ask at the desk."
    return f"Our theme is {brief.title}. We recommend {named}. {where}"


def view_ahead(panorama: npt.NDArray[np.uint8], wide: int, tall: int) -> npt.NDArray[np.uint8]:
    """What an eye sees looking ahead, 90° wide, as a flat picture."""
    height, width, _ = panorama.shape
    x, y = np.meshgrid(np.arange(wide) - wide / 2 + 0.5, tall / 2 - np.arange(tall) - 0.5)
    y = y + tall * 0.14
    column = (np.arctan2(x, wide / 2) / (2 * np.pi) + 0.5) * width - 0.5
    row = np.clip((0.5 - np.arctan2(y, np.hypot(x, wide / 2)) / np.pi) * height - 0.5, 0, height - 1.001)
    left, top = np.floor(column).astype(int), np.floor(row).astype(int)
    fx, fy = (column - left)[..., None], (row - top)[..., None]
    picture = panorama.astype(np.float32)
    upper = picture[top, left % width] * (1 - fx) + picture[top, (left + 1) % width] * fx
    lower = picture[top + 1, left % width] * (1 - fx) + picture[top + 1, (left + 1) % width] * fx
    made: npt.NDArray[np.uint8] = (upper * (1 - fy) + lower * fy + 0.5).astype(np.uint8)
    return made


def _qr(url: str, side: int) -> Image:
    import segno
    from PIL import Image as Pictures

    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="png", scale=8, border=3)
    with Pictures.open(io.BytesIO(out.getvalue())) as code:
        return code.convert("RGB").resize((side, side), Pictures.Resampling.NEAREST)
