"""Open fonts with Chinese, from the system's packages: Noto (SIL Open Font License), else WenQuanYi or LXGW WenKai.

Errors: FontError.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assets.errors import FontError

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Face = Literal["sans", "sans-bold", "serif", "serif-bold"]
FOLDERS = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/share/fonts/truetype/lxgw-wenkai",
    "/usr/share/fonts/truetype/wqy",
    "/Library/Fonts",
    "/usr/local/share/fonts",
)
_SIMPLIFIED = 2
"""Place of the simplified Chinese font inside Noto's collections (Japanese, Korean, simplified, traditional, HK)."""

_SANS, _SANS_BOLD = ("NotoSansCJK-Regular.ttc", _SIMPLIFIED), ("NotoSansCJK-Bold.ttc", _SIMPLIFIED)
_LAST = ("wqy-microhei.ttc", 0)
FILES: dict[Face, tuple[tuple[str, int], ...]] = {
    "sans": (_SANS, _LAST),
    "sans-bold": (_SANS_BOLD, _SANS, _LAST),
    "serif": (("NotoSerifCJK-Regular.ttc", _SIMPLIFIED), ("LXGWWenKai-Regular.ttf", 0), _SANS, _LAST),
    "serif-bold": (("NotoSerifCJK-Bold.ttc", _SIMPLIFIED), ("LXGWWenKai-Bold.ttf", 0), _SANS_BOLD, _LAST),
}


@lru_cache(maxsize=8)
def find_font_file(face: Face) -> tuple[Path, int]:
    """The font file and the place in it. Raises FontError."""
    for name, index in FILES[face]:
        for folder in FOLDERS:
            path = Path(folder) / name
            if path.is_file():
                return path, index
    raise FontError("no font with Chinese is installed; run: apt-get install fonts-noto-cjk")


@lru_cache(maxsize=64)
def load_font(face: Face, size_px: int) -> FreeTypeFont:
    """The font at a size in pixels. Raises FontError."""
    from PIL import ImageFont

    path, index = find_font_file(face)
    return ImageFont.truetype(str(path), size_px, index=index, layout_engine=ImageFont.Layout.BASIC)
