"""Colours and materials of the twin: rice paper, oak and celadon, as on the pages, with a little seal red."""

from __future__ import annotations

from assets.glb import Colour, Material, linear

WALL = linear("#f6f2e8")
WALL_TOP = linear("#8f9a92")
SILL = linear("#e9e3d4")
SLAB = linear("#c9c6ba")
GLASS = linear("#bfd8d6", 0.28)
RAIL = linear("#6f7f7a")
OAK = linear("#c39a6b")
OAK_DARK = linear("#94704a")
PAPER = linear("#f3ecd9")
FRAME = linear("#a98a63")
DOOR = linear("#d3b78e")
EXIT = linear("#4f8a68")
SHUT = linear("#ad3522")
METAL = linear("#b9c0be")
METAL_DARK = linear("#7d8785")
STONE = linear("#d8d5ca")
SOFT = linear("#7fa08f")
TABLE = linear("#d9bd92")
CABINET = linear("#c8b28d")
MACHINE = linear("#aeb8b8")
COLUMN = linear("#ece7db")
STAGE = linear("#b89468")
KIOSK = linear("#3c6a70")
SCREEN = linear("#cfe9e4")
SHADE = linear("#10201c", 0.34)

FLOORS: dict[str, Colour] = {
    "library": linear("#dcc9a8"),
    "room": linear("#ddd0b8"),
    "lobby": linear("#e3ddd0"),
    "walkway": linear("#dddcd2"),
    "auditorium": linear("#dcc9b4"),
    "conferenceroom": linear("#dfe0cd"),
    "huddleroom": linear("#dfe0cd"),
    "office": linear("#dde2df"),
    "foodservice": linear("#e3c8a4"),
    "kitchen": linear("#e2dccf"),
    "mothersroom": linear("#f1ddd5"),
    "elevator": linear("#c3cbc8"),
    "stairs": linear("#d5d8d0"),
    "escalator": linear("#c9cfcb"),
    "nonpublic": linear("#cfd2cc"),
    "storage": linear("#cfd2cc"),
}
FLOOR = linear("#dad7ca")
WET = linear("#d3e1e3")


def floor_color(category: str) -> Colour:
    """The floor of a unit of this IMDF category."""
    return WET if category.startswith("restroom") else FLOORS.get(category, FLOOR)


def shaded(color: Colour, shade: float) -> Colour:
    """The colour under less light."""
    return color[0] * shade, color[1] * shade, color[2] * shade, color[3]


def build_materials(signs: int | None, spines: int | None) -> dict[str, Material]:
    """Every material by name; colours come from the vertices. ``signs``, ``spines``: indices of their textures."""
    plain = {"floor": 0.82, "wall": 0.95, "wood": 0.7, "metal": 0.45, "fabric": 1.0, "stone": 0.9}
    made = {name: Material(name, roughness=roughness) for name, roughness in plain.items()}
    made["glass"] = Material("glass", roughness=0.08, alpha="BLEND", double_sided=True)
    made["shade"] = Material("shade", roughness=1.0, alpha="BLEND", unlit=True)
    made["sign"] = Material("sign", texture=signs, unlit=True)
    made["books"] = Material("books", texture=spines, roughness=0.8, alpha="MASK", alpha_cutoff=0.4)
    return made
