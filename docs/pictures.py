"""Draws the pictures of the 3-D models in ``docs/images`` with three.js in a real Chromium.

``python docs/pictures.py`` needs the packages of ``web/``, playwright and a browser. Look at them after a change.
"""

from __future__ import annotations

import math
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
WEB, IMAGES = ROOT / "web", ROOT / "docs" / "images"
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
KINDS = {".js": "text/javascript", ".html": "text/html", ".glb": "model/gltf-binary", ".png": "image/png"}
AT_EASE = {
    "leftUpperArm": [0.1, 0, -1.22], "rightUpperArm": [0.1, 0, 1.22],
    "leftLowerArm": [0, -0.35, -0.1], "rightLowerArm": [0, 0.35, 0.1],
}  # fmt: skip
POINTING = AT_EASE | {"rightUpperArm": [0.0, 0.55, 0.15], "rightLowerArm": [0.0, 0.2, -0.1]}


class Studio:
    """A page that draws models; pictures come back as PNG."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.model = b""

    def serve(self, route: Route) -> None:
        """Files of ``web/`` and the model of the moment."""
        path = route.request.url.split("model.test", 1)[1].partition("?")[0]
        if path == "/model.glb":
            route.fulfill(body=self.model, content_type=KINDS[".glb"])
            return
        file = WEB / ("tests/gltf/view.html" if path == "/" else path.lstrip("/"))
        if file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=KINDS.get(file.suffix, "text/plain"))
        else:
            route.fulfill(status=404)

    def load(self, data: bytes) -> None:
        """Show this model from now on."""
        self.model = data
        self.page.evaluate("load('/model.glb')")

    def draw(self, width: int, height: int, **options: Any) -> bytes:
        """One picture."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.evaluate("o => draw(o)", {"width": width, "height": height, **options})
        return self.page.locator("canvas").screenshot()


@contextmanager
def studio() -> Iterator[Studio]:
    """A browser for pictures."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page()
        made = Studio(page)
        page.route("**/*", made.serve)
        page.goto("http://model.test/")
        page.wait_for_function("window.ready")
        yield made
        browser.close()


def portrait(
    made: Studio, size: tuple[int, int], yaw: float, far: float, height: float = 1.41, **options: Any
) -> bytes:
    """Her from ``far`` metres, turned by ``yaw`` radians."""
    eye = [far * math.sin(yaw), height + 0.06 * far, far * math.cos(yaw)]
    light = {"sun": [1.2, 2.2, 2.6], "reach": 1.3, "light": 1.9, "ambient": 0.45, "fov": 22}
    return made.draw(*size, eye=eye, at=[0, height, 0.02], **{"turn": AT_EASE, **light, **options})


def join_pictures(made: Studio, rows: list[list[bytes]], width: int, out: Path) -> None:
    """Pictures in rows, each row as wide as the sheet."""
    from base64 import b64encode

    html = ""
    for row in rows:
        images = "".join(
            f'<img style="width:{width / len(row)}px" src="data:image/png;base64,{b64encode(p).decode()}">' for p in row
        )
        html += f'<div style="display:flex">{images}</div>'
    page = made.page.context.browser.new_page()  # type: ignore[union-attr]
    page.set_viewport_size({"width": width, "height": 100})
    page.set_content(f'<body style="margin:0;width:{width}px;background:#dfe7e2">{html}')
    page.screenshot(path=out, full_page=True)
    page.close()


def draw_librarian(made: Studio) -> None:
    """Every look, a few views, a few mouth shapes."""
    from assets.librarian import build_librarian
    from assets.librarian_look import LOOKS

    heads, bodies = [], []
    for look in LOOKS.values():
        made.load(build_librarian(look))
        heads.append(portrait(made, (400, 420), 0.35, 1.15, morphs={"smile": 0.7}))
        turn = POINTING if look.name == "jon" else AT_EASE
        bodies.append(portrait(made, (400, 620), 0.25, 4.7, 0.82, turn=turn, morphs={"smile": 0.5}))
    made.load(build_librarian(LOOKS["lin"]))
    views = [portrait(made, (400, 420), yaw, 1.15, morphs={"smile": 0.4}) for yaw in (0.0, 1.0, 1.57, 2.7)]
    mouths = [
        portrait(made, (260, 260), 0.2, 0.74, 1.39, morphs={f"viseme_{name}": 1.0})
        for name in ("sil", "PP", "FF", "TH", "SS", "CH", "ih", "E", "aa", "oh", "ou")
    ]
    mouths.append(portrait(made, (260, 260), 0.2, 0.74, 1.40, morphs={"blink_left": 1, "blink_right": 1, "smile": 0.8}))
    join_pictures(made, [heads, bodies, views, mouths[:6], mouths[6:]], 900, IMAGES / "librarian.png")


def draw_twin(made: Studio) -> None:
    """The demo library without its roof, and from before a shelf."""
    from tempfile import TemporaryDirectory

    from assets.twin import build_twin
    from server.demo_home import make_demo_home
    from spatial.twin_file import load_twin

    with TemporaryDirectory() as folder:
        make_demo_home(Path(folder) / "home", lambda step: None)
        plan = load_twin(Path(folder) / "home" / "twin")
    made.load(build_twin(plan).data)
    top = max(level.elevation_m for level in plan.levels)
    near = made.draw(600, 420, eye=[-17.0, top + 1.65, 4.2], at=[-21.5, top + 1.15, -3.0], fov=62, reach=30)
    hall = made.draw(600, 420, eye=[5, 6.0, 19.5], at=[-1, 1.2, 6], fov=58, hide=["level_1", "level_2"], reach=30)
    made.page.evaluate("model.traverse(o => { o.visible = true; })")
    whole = made.draw(1200, 760, eye=[32, 43, 53], at=[1, 1, 4], fov=38)
    join_pictures(made, [[whole], [near, hall]], 900, IMAGES / "twin.png")


def main() -> int:
    """Draw both."""
    with studio() as made:
        draw_twin(made)
        draw_librarian(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
