"""Colours of a scene by time of day, weather and the book's own accent. sRGB 0…1 as float32 arrays of 3."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from assets.brief import Brief, Time, Weather

Colour = npt.NDArray[np.float32]


def rgb(text: str) -> Colour:
    """``#e8dcc4`` as numbers."""
    return np.array([int(text[i : i + 2], 16) / 255 for i in (1, 3, 5)], np.float32)


@dataclass(frozen=True, slots=True)
class Palette:
    """Sky from top to horizon, the sun's colour and glow, light on things, and what distance fades into.

    ``sun``: azimuth and elevation in degrees. ``stars``, ``clouds``: 0…1. ``haze_m``: at this distance things are two
    thirds faded.
    """

    zenith: Colour
    middle: Colour
    horizon: Colour
    glow: Colour
    disc: Colour
    light: Colour
    haze: Colour
    sun: tuple[float, float]
    stars: float = 0.0
    clouds: float = 0.35
    cloud: Colour = None  # type: ignore[assignment]
    haze_m: float = 700.0
    night: bool = False


def _sky(
    zenith: str, middle: str, horizon: str, glow: str, disc: str, light: str, cloud: str, **more: object
) -> Palette:
    return Palette(
        rgb(zenith), rgb(middle), rgb(horizon), rgb(glow), rgb(disc), rgb(light), rgb(horizon), (35.0, 30.0),
        cloud=rgb(cloud), **more,  # type: ignore[arg-type]
    )  # fmt: skip


TIMES: dict[Time, Palette] = {
    "day": _sky("#2a66ad", "#6aa6dc", "#d6e8f0", "#fff3d0", "#fffbe8", "#fffaf0", "#ffffff"),
    "dawn": replace(
        _sky("#4f76b0", "#b9a6c4", "#ffdcb8", "#ffcf94", "#fff0cc", "#fff0e2", "#ffe9df"), sun=(28.0, 9.0), clouds=0.3
    ),
    "dusk": replace(
        _sky("#22305f", "#8f4f7d", "#ffae6e", "#ff9850", "#ffe3ae", "#ffdcc0", "#f6a58c"), sun=(-32.0, 7.0), clouds=0.32
    ),
    "night": replace(
        _sky("#050818", "#0f1c42", "#2c4372", "#4d6aa5", "#f6f3df", "#7c8cba", "#2b3a63"),
        sun=(-30.0, 27.0), stars=1.0, clouds=0.22, night=True,
    ),
}  # fmt: skip


OTHERS: dict[Time, tuple[Palette, ...]] = {
    "dusk": (
        replace(_sky("#2f5d8a", "#86a7b5", "#ffd9a0", "#ffbf6b", "#fff0c4", "#ffe6c4", "#ffd2a8"), sun=(-26.0, 8.0)),
        replace(_sky("#35507f", "#b98f9e", "#ffc48f", "#ffab66", "#ffe9bd", "#ffe0c6", "#f9b79c"), sun=(-30.0, 6.5)),
    ),
    "dawn": (
        replace(_sky("#5f96c4", "#b5d0dc", "#fff0d0", "#ffe2a8", "#fff6dc", "#fff6e8", "#fff4e4"), sun=(26.0, 10.0)),
        replace(_sky("#6f7fb8", "#d3a9b4", "#ffd9c4", "#ffc4a0", "#ffeed8", "#fff0e6", "#ffe3dc"), sun=(30.0, 8.0)),
    ),
    "day": (replace(_sky("#3f86c4", "#8fc4e6", "#eaf3ee", "#fff6d8", "#fffdf0", "#fffcf2", "#ffffff"), clouds=0.45),),
}  # fmt: skip
"""Other skies of the same hour, chosen by the book's number."""


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """``share`` of the other colour."""
    made: Colour = (one * (1 - share) + other * share).astype(np.float32)
    return made


def turned(colour: Colour, degrees: float) -> Colour:
    """The same colour with its hue turned."""
    hue, light, strength = colorsys.rgb_to_hls(*(float(c) for c in colour))
    return np.array(colorsys.hls_to_rgb((hue + degrees / 360) % 1, light, strength), np.float32)


def palette_of(brief: Brief) -> Palette:
    """The palette of a brief."""
    kinds = (TIMES[brief.time], *OTHERS.get(brief.time, ()))
    made = _weathered(kinds[(brief.seed >> 4) % len(kinds)], brief.weather)
    turn = 9.0 * brief.accent
    azimuth = (made.sun[0] + (brief.seed >> 8) % 40 - 20, made.sun[1])
    names = ("zenith", "middle", "horizon", "glow", "haze", "cloud")
    colours: dict[str, Any] = {name: turned(getattr(made, name), turn) for name in names}
    return replace(made, sun=azimuth, **colours)


def _weathered(sky: Palette, weather: Weather) -> Palette:
    grey = rgb("#8f9cab") if not sky.night else rgb("#1c2540")
    white = rgb("#eef2f4") if not sky.night else rgb("#33426b")
    if weather == "cloudy":
        return replace(
            sky, clouds=0.62, zenith=mixed(sky.zenith, grey, 0.25), middle=mixed(sky.middle, grey, 0.2), haze_m=550.0
        )
    if weather == "mist":
        return replace(
            sky, haze=mixed(sky.horizon, white, 0.45), horizon=mixed(sky.horizon, white, 0.35),
            middle=mixed(sky.middle, white, 0.2), haze_m=160.0, clouds=0.2,
        )  # fmt: skip
    if weather == "storm":
        dark = rgb("#39434f") if not sky.night else rgb("#10141f")
        return replace(
            sky, clouds=0.85, zenith=mixed(sky.zenith, dark, 0.6), middle=mixed(sky.middle, dark, 0.5),
            cloud=mixed(sky.cloud, dark, 0.5), light=mixed(sky.light, grey, 0.3), haze_m=450.0,
        )  # fmt: skip
    if weather == "snow":
        return replace(
            sky, clouds=0.4, haze=mixed(sky.horizon, white, 0.5), middle=mixed(sky.middle, white, 0.15), haze_m=260.0
        )
    return sky
