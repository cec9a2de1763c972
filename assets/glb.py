"""A small writer of glTF 2.0 binary files (``.glb``): meshes, instances, materials, morphs, skins, animations, images.

Axes are glTF's: right-handed, metres, +Y up; a place in the map frame becomes (E, U, −N), see ``spatial/frames.py``.
Colours are linear; ``linear("#e8dcc4")`` turns an sRGB hex text into one. Equal calls in equal order give equal bytes.

Use::

    glb = Glb()
    oak = glb.add_material(Material("oak", linear("#b08a5b"), roughness=0.7))
    box = glb.add_mesh("box", [Primitive(points, triangles, oak, normals=normals)])
    floor = glb.add_node("L1", extras={"level": 0})
    glb.add_node("desk", mesh=box, parent=floor, translation=(3, 0, -2))
    glb.add_instances("shelves", box, places, extras={"ids": ["3-12", "3-13"]}, parent=floor)
    data = glb.to_bytes()

Parents are made before their children. Errors: GlbError (``assets/errors.py``). Source: glTF 2.0 (ISO/IEC 12113).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from assets.errors import GlbError
from assets.glb_buffer import GlbBuffer, short
from assets.glb_container import pack_glb
from assets.glb_mesh import Primitive, mesh_json

Colour = tuple[float, float, float, float]
"""Red, green, blue, alpha, linear, 0…1."""

INSTANCING = "EXT_mesh_gpu_instancing"


def linear(hex_text: str, alpha: float = 1.0) -> Colour:
    """The linear colour of an sRGB text such as ``#e8dcc4``."""
    parts = np.array([int(hex_text.lstrip("#")[i : i + 2], 16) for i in (0, 2, 4)]) / 255.0
    values = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    red, green, blue = (round(float(v), 5) for v in values)
    return red, green, blue, alpha


@dataclass(frozen=True, slots=True)
class Material:
    """How a surface looks. ``emissive``: linear light of its own, with ``emissive_strength`` over 1 for lamps.

    ``texture``, ``emissive_texture``, ``normal_texture``: indices from ``add_texture``. ``unlit``: the colour as it is,
    for skies and signs. ``extensions``: further KHR_materials_* by name (sheen, clearcoat, transmission, …).
    """

    name: str
    color: Colour = (1.0, 1.0, 1.0, 1.0)
    metallic: float = 0.0
    roughness: float = 0.9
    emissive: tuple[float, float, float] = (0.0, 0.0, 0.0)
    emissive_strength: float = 1.0
    texture: int | None = None
    emissive_texture: int | None = None
    normal_texture: int | None = None
    alpha: Literal["OPAQUE", "MASK", "BLEND"] = "OPAQUE"
    alpha_cutoff: float = 0.5
    double_sided: bool = False
    unlit: bool = False
    extensions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    extras: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """How one property of a node moves. ``times_s``: (n,) rising seconds; ``values``: (n, 3), (n, 4) or, for morph
    ``weights``, (n, morphs)."""

    node: int
    path: Literal["translation", "rotation", "scale", "weights"]
    times_s: npt.ArrayLike
    values: npt.ArrayLike
    interpolation: Literal["LINEAR", "STEP"] = "LINEAR"


class Glb:
    """A glTF document being made. Every ``add_`` returns the index that other calls take."""

    def __init__(self, generator: str = "Shelfway", asset_extras: Mapping[str, Any] | None = None) -> None:
        self.asset: dict[str, Any] = {"version": "2.0", "generator": generator}
        if asset_extras:
            self.asset["extras"] = dict(asset_extras)
        self.scene_extras: dict[str, Any] = {}
        self.buffer = GlbBuffer()
        self._lists: dict[str, list[dict[str, Any]]] = {
            key: [] for key in ("nodes", "meshes", "materials", "textures", "images", "samplers", "skins", "animations")
        }
        self._extensions: dict[str, Any] = {}
        self._used: set[str] = set()
        self._required: set[str] = set()
        self._roots: list[int] = []

    def add_material(self, material: Material) -> int:
        """Add a material."""
        surface: dict[str, Any] = {"metallicFactor": short(material.metallic)}
        if material.color != (1.0, 1.0, 1.0, 1.0):
            surface["baseColorFactor"] = list(material.color)
        if material.roughness != 1.0:
            surface["roughnessFactor"] = material.roughness
        if material.texture is not None:
            surface["baseColorTexture"] = {"index": material.texture}
        made: dict[str, Any] = {"name": material.name, "pbrMetallicRoughness": surface}
        if any(material.emissive):
            made["emissiveFactor"] = list(material.emissive)
        if material.emissive_texture is not None:
            made["emissiveTexture"] = {"index": material.emissive_texture}
        if material.normal_texture is not None:
            made["normalTexture"] = {"index": material.normal_texture}
        if material.alpha != "OPAQUE":
            made["alphaMode"] = material.alpha
        if material.alpha == "MASK":
            made["alphaCutoff"] = material.alpha_cutoff
        if material.double_sided:
            made["doubleSided"] = True
        extensions = {name: dict(body) for name, body in material.extensions.items()}
        if material.unlit:
            extensions["KHR_materials_unlit"] = {}
        if material.emissive_strength != 1.0:
            extensions["KHR_materials_emissive_strength"] = {"emissiveStrength": material.emissive_strength}
        if extensions:
            made["extensions"] = {name: extensions[name] for name in sorted(extensions)}
            self._used.update(extensions)
        return self._append("materials", made, material.extras)

    def add_texture(
        self,
        data: bytes,
        mime: Literal["image/png", "image/jpeg"] = "image/png",
        *,
        name: str = "",
        wrap_s: Literal["repeat", "clamp"] = "repeat",
        wrap_t: Literal["repeat", "clamp"] = "clamp",
        smooth: bool = True,
    ) -> int:
        """Add an encoded PNG or JPEG, embedded; the texture's index for ``Material.texture``."""
        image: dict[str, Any] = {"bufferView": self.buffer.add_bytes(data), "mimeType": mime}
        if name:
            image["name"] = name
        wraps = {"repeat": 10497, "clamp": 33071}
        sampler: dict[str, Any] = {"magFilter": 9729, "minFilter": 9987} if smooth else {"magFilter": 9728}
        sampler |= {key: wraps[way] for key, way in (("wrapS", wrap_s), ("wrapT", wrap_t)) if way != "repeat"}
        samplers = self._lists["samplers"]
        at = samplers.index(sampler) if sampler in samplers else self._append("samplers", sampler)
        return self._append("textures", {"source": self._append("images", image), "sampler": at})

    def add_mesh(self, name: str, primitives: Sequence[Primitive], extras: Mapping[str, Any] | None = None) -> int:
        """Add a mesh. All primitives with morphs must have the same morphs in the same order."""
        made, used = mesh_json(name, primitives, self.buffer)
        self._used |= used
        self._required |= used
        return self._append("meshes", made, extras)

    def add_node(
        self,
        name: str = "",
        *,
        parent: int | None = None,
        mesh: int | None = None,
        skin: int | None = None,
        translation: Sequence[float] | None = None,
        rotation: Sequence[float] | None = None,
        scale: Sequence[float] | None = None,
        extras: Mapping[str, Any] | None = None,
        extensions: Mapping[str, Any] | None = None,
    ) -> int:
        """Add a node under ``parent`` (None: at the root). ``rotation``: unit quaternion x, y, z, w."""
        node: dict[str, Any] = {"name": name} if name else {}
        for key, index in (("mesh", mesh), ("skin", skin)):
            if index is not None:
                node[key] = index
        for key, values in (("translation", translation), ("rotation", rotation), ("scale", scale)):
            if values is not None:
                node[key] = [short(v) for v in values]
        if extensions:
            node["extensions"] = dict(extensions)
            self._used.update(extensions)
        index = self._append("nodes", node, extras)
        if parent is not None:
            self._lists["nodes"][parent].setdefault("children", []).append(index)
        else:
            self._roots.append(index)
        return index

    def add_instances(
        self,
        name: str,
        mesh: int,
        translations: npt.ArrayLike,
        rotations: npt.ArrayLike | None = None,
        scales: npt.ArrayLike | None = None,
        *,
        parent: int | None = None,
        extras: Mapping[str, Any] | None = None,
    ) -> int:
        """Add one node that draws ``mesh`` n times: ``translations`` (n, 3), ``rotations`` (n, 4) quaternions,
        ``scales`` (n, 3). Put what tells them apart into ``extras`` as lists of n, in the same order: a picked
        instance comes back as its number."""
        given = {"TRANSLATION": (translations, 3), "ROTATION": (rotations, 4), "SCALE": (scales, 3)}
        attributes: dict[str, int] = {}
        for key, (values, width) in given.items():
            if values is not None:
                array = np.asarray(values, np.float32).reshape(-1, width)
                if len(array) != len(np.asarray(translations)):
                    raise GlbError(f"{name}: {len(array)} {key} for {len(np.asarray(translations))} instances")
                attributes[key] = self.buffer.add(array, "values")
        self._required.add(INSTANCING)
        body = {INSTANCING: {"attributes": attributes}}
        return self.add_node(name, mesh=mesh, parent=parent, extras=extras, extensions=body)

    def add_skin(self, name: str, joints: Sequence[int], inverse_binds: npt.ArrayLike, skeleton: int) -> int:
        """Add a skin over joint nodes. ``inverse_binds``: (n, 4, 4), row by row as numpy writes matrices."""
        matrices = np.asarray(inverse_binds, np.float32).transpose(0, 2, 1).reshape(-1, 16)
        at = self.buffer.add(np.ascontiguousarray(matrices), "binds")
        return self._append(
            "skins", {"name": name, "joints": list(joints), "inverseBindMatrices": at, "skeleton": skeleton}
        )

    def add_animation(self, name: str, channels: Sequence[Channel]) -> int:
        """Add an animation."""
        samplers, parts = [], []
        for channel in channels:
            values = np.asarray(channel.values, np.float32)
            values = values.reshape(-1) if channel.path == "weights" else values
            times = self.buffer.add(np.asarray(channel.times_s, np.float32), "values", bounds=True)
            sampler = {"input": times, "output": self.buffer.add(values, "values")}
            samplers.append({**sampler, "interpolation": channel.interpolation})
            parts.append({"sampler": len(samplers) - 1, "target": {"node": channel.node, "path": channel.path}})
        return self._append("animations", {"name": name, "channels": parts, "samplers": samplers})

    def add_extension(self, name: str, body: Mapping[str, Any], *, required: bool = False) -> None:
        """Add an extension of the whole document, such as VRMC_vrm."""
        self._extensions[name] = dict(body)
        self._used.add(name)
        if required:
            self._required.add(name)

    def to_bytes(self) -> bytes:
        """The file. Raises GlbError when a value cannot be written."""
        views, binary = self.buffer.views()
        scene: dict[str, Any] = {"nodes": self._roots} if self._roots else {}
        if self.scene_extras:
            scene["extras"] = self.scene_extras
        document: dict[str, Any] = {"asset": self.asset, "scene": 0, "scenes": [scene]}
        if self._used:
            document["extensionsUsed"] = sorted(self._used)
        if self._required:
            document["extensionsRequired"] = sorted(self._required)
        document |= {key: made for key, made in self._lists.items() if made}
        if views:
            document |= {"accessors": self.buffer.accessors, "bufferViews": views}
            document["buffers"] = [{"byteLength": len(binary)}]
        if self._extensions:
            document["extensions"] = {name: self._extensions[name] for name in sorted(self._extensions)}
        return pack_glb(document, binary)

    def _append(self, key: str, made: dict[str, Any], extras: Mapping[str, Any] | None = None) -> int:
        if extras:
            made["extras"] = dict(extras)
        self._lists[key].append(made)
        return len(self._lists[key]) - 1
