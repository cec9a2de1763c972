"""How a librarian looks: skin, hair, clothes, glasses; four looks of ours, and any other in a ``persona.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from assets.errors import LookError
from assets.librarian_hair import STYLES

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Look:
    """Colours are sRGB texts like ``#c98f6b``. ``hair``: one of ``STYLES``. ``lower``: ``trousers`` or ``skirt``."""

    name: str = "lin"
    hair: str = "bob"
    skin: str = "#f0c4a4"
    lips: str = "#c8645c"
    hair_color: str = "#432d24"
    eyes: str = "#5b3a22"
    cardigan: str = "#5d8a7c"
    blouse: str = "#f4efe2"
    lower: str = "trousers"
    lower_color: str = "#3f4d58"
    accent: str = "#ad3522"
    glasses: bool = True
    glasses_color: str = "#2a2523"


LOOKS: dict[str, Look] = {
    "lin": Look(),
    "amara": Look(
        "amara", "bun", skin="#8d5a3c", lips="#8c3f3c", hair_color="#2a1d1a", eyes="#3a2416", cardigan="#c58a2f",
        blouse="#f7f1e6", lower="skirt", lower_color="#5a2f3c", accent="#2f6074", glasses=False,
    ),
    "jon": Look(
        "jon", "short", skin="#eebd9c", lips="#c07a68", hair_color="#7a4a26", eyes="#3f6f86", cardigan="#49607f",
        blouse="#efe9da", lower_color="#4b453e", accent="#8a5a2b",
    ),
    "mei": Look(
        "mei", "long", skin="#f3cdb0", lips="#c65a64", hair_color="#54392a", eyes="#4a3020", cardigan="#a8586a",
        blouse="#fbf6ec", lower="skirt", lower_color="#4a5a52", accent="#3e7c5c", glasses=False,
    ),
}  # fmt: skip
"""Our own looks by name."""


def get_look(name: str) -> Look:
    """The look of this name. Raises LookError for one that we do not have."""
    if name not in LOOKS:
        raise LookError(f"there is no look “{name}”; the looks are {', '.join(LOOKS)}")
    return LOOKS[name]


def read_look(table: str | Mapping[str, Any]) -> Look:
    """The look that ``persona.toml`` asks for: a name, or a table of ``base`` and what differs from it.

    Raises LookError for an unknown word, style or colour.
    """
    if isinstance(table, str):
        return get_look(table)
    base = get_look(str(table.get("base", "lin")))
    known = {f.name: f.type for f in fields(Look)}
    given = {key: value for key, value in table.items() if key != "base"}
    for key, value in given.items():
        if key not in known or key == "name":
            words = ", ".join(k for k in known if k != "name")
            raise LookError(f"look.{key} is not known; the words are base, {words}")
        _check(key, value)
    return replace(base, name="own", **given)


def read_persona_look(path: Path) -> Look:
    """The look under ``look`` in a ``persona.toml``; our first look when the file or the word is absent.

    Raises LookError: the file is not TOML, or the look is not one of ours.
    """
    if not path.is_file():
        return LOOKS["lin"]
    try:
        asked = tomllib.loads(path.read_text(encoding="utf-8")).get("look", "lin")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LookError(f"{path.name} is not readable as TOML: {error}; correct the file") from error
    if not isinstance(asked, str | dict):
        raise LookError(f'{path.name}: "look" must be a name or a table')
    return read_look(asked)


def _check(key: str, value: Any) -> None:
    if key == "glasses":
        if not isinstance(value, bool):
            raise LookError("look.glasses must be true or false")
    elif key == "hair":
        if value not in STYLES:
            raise LookError(f"look.hair must be one of {', '.join(STYLES)}")
    elif key == "lower":
        if value not in ("trousers", "skirt"):
            raise LookError("look.lower must be trousers or skirt")
    elif not isinstance(value, str) or not _HEX.fullmatch(value):
        raise LookError(f"look.{key} must be a colour like #5d8a7c")
