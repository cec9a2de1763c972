"""Writes ``docs/images/worlds.jpg``: the procedural painter's worlds of books of the demo library, one per motif.

Run ``python docs/make_gallery.py`` in the checkout's root. Each cell is what a reader sees at the spawn point, 95°
wide; the words are the book's title and its motif. The picture carries the visible mark and the label like any other.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assets.brief import Brief  # noqa: E402
from assets.brief_compose import brief_of_record  # noqa: E402
from assets.brief_words import MOTIFS  # noqa: E402
from assets.fonts import load_font  # noqa: E402
from assets.label import label_bytes  # noqa: E402
from assets.label_aigc import Provenance  # noqa: E402
from assets.label_mark import mark_image  # noqa: E402
from assets.painters import Watch, load_painter  # noqa: E402
from assets.safety import BlockList  # noqa: E402
from assets.view import Picture, seen  # noqa: E402

OUT = ROOT / "docs" / "images" / "worlds.jpg"
CELL, COLUMNS, MOST_BYTES = (360, 225), 6, 600_000


def main() -> None:
    """Choose one book per motif, paint, and write the sheet."""
    painter = load_painter("procedural")
    cells = [_cell(brief, painter.paint(brief, 2048, Watch()).panorama) for brief in _briefs()]
    rows = -(-len(cells) // COLUMNS)
    sheet = Image.new("RGB", (CELL[0] * COLUMNS, CELL[1] * rows), "#f4efe4")
    for number, cell in enumerate(cells):
        sheet.paste(cell, (number % COLUMNS * CELL[0], number // COLUMNS * CELL[1]))
    for quality in range(88, 40, -4):
        out = io.BytesIO()
        sheet.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() < MOST_BYTES - 4000:
            break
    made = Provenance(painter.label, "shelfway-demo", "gallery-1", painter.name, painter.licence)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(label_bytes(out.getvalue(), made).data)
    print(f"{OUT.relative_to(ROOT)}: {len(cells)} worlds, {OUT.stat().st_size} bytes")


def _briefs() -> list[Brief]:
    from library.store import Catalogue
    from server.demo_home import make_demo_home

    found: dict[str, Brief] = {}
    with tempfile.TemporaryDirectory() as folder:
        make_demo_home(Path(folder), lambda step: None)
        catalogue = Catalogue.open(Path(folder) / "catalogue.sqlite")
        for number, record in enumerate(r for r in catalogue.records() if not r.synthetic):
            brief = brief_of_record(record, "zh" if number % 2 else "en", BlockList.of())
            found.setdefault(brief.motif, brief)
        catalogue.close()
    return [found[motif.key] for motif in MOTIFS if motif.key in found]


def _cell(brief: Brief, panorama: Picture) -> Image.Image:
    view = Image.fromarray(seen(panorama, (CELL[0] * 2, CELL[1] * 2))).resize(CELL, Image.Resampling.LANCZOS)
    cell = mark_image(view, "algorithmic")
    draw = ImageDraw.Draw(cell)
    text, font = f"{brief.title} · {brief.motif.replace('_', ' ')}", load_font("sans-bold", 13)
    while font.getlength(text) > CELL[0] - 16:
        text = text[:-2] + "…"
    draw.rectangle((0, 0, font.getlength(text) + 14, 21), fill="#17191f")
    draw.text((7, 10), text, font=font, fill="#f7f1e4", anchor="lm")
    draw.rectangle((0, 0, CELL[0] - 1, CELL[1] - 1), outline="#f4efe4", width=2)
    return cell


if __name__ == "__main__":
    main()
