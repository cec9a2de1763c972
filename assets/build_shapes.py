"""Simple bodies for worlds, in glTF axes (metres, +Y up): boxes, lathed bodies, plates, the sky and the ground.

Each is (positions (n, 3), normals (n, 3), triangles (m, 3)), counter-clockwise seen from outside; ``faceted`` ones have
their own corners for every face.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Body = tuple[Floats, Floats, Ints]

EYE_M = 1.6


def faceted(points: Floats, triangles: Ints) -> Body:
    """The same triangles with a normal of their own each."""
    corners = points[triangles.reshape(-1)]
    faces = corners.reshape(-1, 3, 3)
    normals = np.cross(faces[:, 1] - faces[:, 0], faces[:, 2] - faces[:, 0])
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    kept = lengths[:, 0] > 1e-12
    faces, normals = faces[kept], normals[kept] / lengths[kept]
    count = len(faces)
    return faces.reshape(-1, 3), np.repeat(normals, 3, axis=0), np.arange(3 * count).reshape(-1, 3)


def box(size: Sequence[float], centre: Sequence[float] = (0, 0, 0)) -> Body:
    """A box."""
    corners = np.array([[x, y, z] for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)]) * size + centre
    faces = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    return faceted(corners, np.array([t for a, b, c, d in faces for t in ((a, b, c), (a, c, d))]))


def lathe(profile: Sequence[tuple[float, float]], sides: int = 10, turn: float = 0.0) -> Body:
    """A body of revolution round Y from (radius, height) pairs, bottom to top, faceted."""
    angle = np.arange(sides) * 2 * np.pi / sides + turn
    rings = np.array([[(r * np.cos(a), y, -r * np.sin(a)) for a in angle] for r, y in profile]).reshape(-1, 3)
    triangles = []
    for level in range(len(profile) - 1):
        for k in range(sides):
            a, b = level * sides + k, level * sides + (k + 1) % sides
            triangles += [(a, b, b + sides), (a, b + sides, a + sides)]
    return faceted(rings, np.array(triangles))


def ring(radius: float, thick: float, start: float, stop: float, parts: int = 28) -> Body:
    """An arch in the XY plane: a square bar bent from angle ``start`` to ``stop`` (radians)."""
    angle = np.linspace(start, stop, parts)
    points = []
    for a in angle:
        for r, z in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
            reach = radius + r * thick / 2
            points.append((reach * np.cos(a), reach * np.sin(a), z * thick / 2))
    triangles = []
    for k in range(parts - 1):
        for side in range(4):
            a, b = 4 * k + side, 4 * k + (side + 1) % 4
            triangles += [(a, a + 4, b + 4), (a, b + 4, b)]
    return faceted(np.array(points), np.array(triangles))


def moved(body: Body, by: Sequence[float]) -> Body:
    """The body somewhere else."""
    return body[0] + np.asarray(by, float), body[1], body[2]


def joined(bodies: Sequence[Body]) -> Body:
    """Several bodies as one."""
    starts = np.cumsum([0, *(len(b[0]) for b in bodies)])
    triangles = np.concatenate([b[2] + start for b, start in zip(bodies, starts, strict=False)])
    return np.concatenate([b[0] for b in bodies]), np.concatenate([b[1] for b in bodies]), triangles


def sky_sphere(radius: float, columns: int = 64, rows: int = 32) -> tuple[Floats, Floats, Ints]:
    """A sphere seen from inside, with uvs (n, 2) of an equirectangular picture whose middle looks along −Z."""
    u, v = np.meshgrid(np.linspace(0, 1, columns + 1), np.linspace(0, 1, rows + 1))
    azimuth, elevation = (u - 0.5) * 2 * np.pi, (0.5 - v) * np.pi
    points = np.stack(
        [np.sin(azimuth) * np.cos(elevation), np.sin(elevation), -np.cos(azimuth) * np.cos(elevation)], axis=-1
    )
    triangles = []
    for r in range(rows):
        for c in range(columns):
            a, b = r * (columns + 1) + c, (r + 1) * (columns + 1) + c
            if r < rows - 1:
                triangles.append((a, b, b + 1))
            if r > 0:
                triangles.append((a, b + 1, a + 1))
    uvs = np.stack([u, v], axis=-1).reshape(-1, 2)
    return points.reshape(-1, 3) * radius, uvs, np.array(triangles)


def ground_disc(radius: float, sides: int = 48) -> tuple[Floats, Floats, Ints]:
    """A disc on the floor with uvs of a picture from above: left is west (−X), top is north (−Z)."""
    angle = np.arange(sides) * 2 * np.pi / sides
    # rings: the corner right under the eye, where some renderers lose their footing, has only small triangles
    rings = [np.stack([r * np.cos(angle), np.zeros(sides), -r * np.sin(angle)], axis=1) for r in (0.4, 2.5, radius)]
    points = np.concatenate([np.zeros((1, 3)), *rings])
    uvs = np.stack([points[:, 0] / radius / 2 + 0.5, points[:, 2] / radius / 2 + 0.5], axis=1)
    triangles = [(0, 1 + k, 1 + (k + 1) % sides) for k in range(sides)]
    for inner in (1, 1 + sides):
        for k in range(sides):
            a, b, m = inner + k, inner + (k + 1) % sides, sides
            triangles += [(a, a + m, b + m), (a, b + m, b)]
    return points, uvs, np.array(triangles)


def plate(wide: float, tall: float) -> tuple[Floats, Floats, Floats, Ints]:
    """An upright rectangle that faces +Z, its middle at the origin: points, normals, uvs, triangles."""
    w, h = wide / 2, tall / 2
    points = np.array([(-w, -h, 0), (w, -h, 0), (w, h, 0), (-w, h, 0)], float)
    uvs = np.array([(0, 1), (1, 1), (1, 0), (0, 0)], float)
    return points, np.tile([0.0, 0.0, 1.0], (4, 1)), uvs, np.array([(0, 1, 2), (0, 2, 3)])


def seen_from_above(panorama: npt.NDArray[np.uint8], radius_m: float, size_px: int) -> npt.NDArray[np.uint8]:
    """The ground of the panorama as a picture from above: what the eye sees on the disc stays where it was."""
    height, width, _ = panorama.shape
    steps = ((np.arange(size_px) + 0.5) / size_px * 2 - 1) * radius_m
    east, south = np.meshgrid(steps, steps)
    away = np.hypot(east, south)
    column = (np.arctan2(east, -south) / (2 * np.pi) + 0.5) * width - 0.5
    row = np.clip((0.5 + np.arctan2(EYE_M, away) / np.pi) * height - 0.5, 0, height - 1.001)
    left, top = np.floor(column).astype(int), np.floor(row).astype(int)
    fx, fy = (column - left)[..., None], (row - top)[..., None]
    picture = panorama.astype(np.float32)
    upper = picture[top, left % width] * (1 - fx) + picture[top, (left + 1) % width] * fx
    lower = picture[top + 1, left % width] * (1 - fx) + picture[top + 1, (left + 1) % width] * fx
    made: npt.NDArray[np.uint8] = (upper * (1 - fy) + lower * fy + 0.5).astype(np.uint8)
    return made
