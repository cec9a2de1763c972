"""Stairs, escalators, lifts and ramps joined across levels.

What belongs together is told, in this order, by relationship features, by a shared correlation id of amenities, and
else by units of one category that lie over one another on neighbouring levels (at least a fifth of the smaller one).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from spatial.plan import Amenity, Connector, ConnectorKind, Labels, Level, Stop, Unit

KINDS: dict[str, ConnectorKind] = {
    "stairs": "stairs",
    "escalator": "escalator",
    "elevator": "elevator",
    "ramp": "ramp",
}
OVERLAP = 0.2


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship between features of several levels: ids in order from origin to destination."""

    id: str
    kind: ConnectorKind
    directed: bool
    feature_ids: tuple[str, ...]


def join_connectors(
    levels: Sequence[Level], units: Iterable[Unit], amenities: Iterable[Amenity], links: Iterable[Link]
) -> tuple[Connector, ...]:
    """All connectors that reach at least two ordinals, each with its stops in rising order."""
    ordinals = {level.id: level.ordinal for level in levels}
    nodes: dict[str, _Node] = {}
    for unit in units:
        kind = KINDS.get(unit.category)
        nodes[unit.id] = _Node(unit.id, kind, ordinals[unit.level_id], unit, None)
    for amenity in amenities:
        kind = KINDS.get(amenity.category)
        nodes[amenity.id] = _Node(amenity.id, kind, ordinals[amenity.level_id], None, amenity)

    made: list[Connector] = []
    groups = _Groups()
    spoken_for: set[str] = set()
    told_of: set[str] = set()  # what a relationship says something of
    for link in links:
        members = [nodes[i] for i in link.feature_ids if i in nodes]
        if len({node.ordinal for node in members}) < 2:
            continue
        spoken_for.update(node.id for node in members)
        told_of.update(node.id for node in members)
        if link.kind == "escalator" and link.directed:
            up = members[0].ordinal < members[-1].ordinal
            made.append(_connector(link.id, link.kind, members, nodes, "up" if up else "down"))
        else:
            for node in members:
                node.kind = node.kind or link.kind
                groups.join(members[0].id, node.id)
    by_correlation: dict[tuple[str, str], str] = {}
    for node in nodes.values():
        if (marker := node.amenity) is None or node.kind is None:
            continue
        if marker.correlation_id:
            first = by_correlation.setdefault((node.kind, marker.correlation_id), node.id)
            groups.join(first, node.id)
            if first != node.id:
                spoken_for.update((first, node.id))
        for unit_id in marker.unit_ids:
            if unit_id in nodes and nodes[unit_id].kind == node.kind and unit_id not in _taken(made):
                groups.join(node.id, unit_id)
                if marker.correlation_id and node.id in spoken_for:
                    spoken_for.add(unit_id)
    free = [n for n in nodes.values() if n.unit and n.kind and n.id not in spoken_for]
    _join_overlapping(free, sorted(set(ordinals.values())), groups)

    for members_ids in groups.members():
        members = [nodes[i] for i in members_ids]
        kinds = [n.kind for n in members if n.kind]
        if kinds and len({n.ordinal for n in members}) > 1:
            told = any(i in told_of for i in members_ids)
            made.append(_connector(min(members_ids), kinds[0], members, nodes, None, doubtful=not told))
    return tuple(sorted(made, key=lambda c: c.id))


@dataclass(slots=True)
class _Node:
    id: str
    kind: ConnectorKind | None
    ordinal: int
    unit: Unit | None
    amenity: Amenity | None

    @property
    def name(self) -> Labels:
        return self.unit.name if self.unit else self.amenity.name if self.amenity else {}


class _Groups:
    """Union-find over feature ids."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, i: str) -> str:
        self._parent.setdefault(i, i)
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, a: str, b: str) -> None:
        self._parent[self.find(a)] = self.find(b)

    def members(self) -> list[list[str]]:
        found: dict[str, list[str]] = {}
        for i in self._parent:
            found.setdefault(self.find(i), []).append(i)
        return list(found.values())


def _taken(made: Iterable[Connector]) -> set[str]:
    return {stop.unit_id for connector in made for stop in connector.stops if stop.unit_id}


def _join_overlapping(nodes: list[_Node], floors: list[int], groups: _Groups) -> None:
    above = dict(pairwise(floors))
    for low in nodes:
        for high in nodes:
            if high.kind != low.kind or high.ordinal != above.get(low.ordinal) or not (low.unit and high.unit):
                continue
            a, b = low.unit.geometry, high.unit.geometry
            if a.intersects(b) and a.intersection(b).area >= OVERLAP * min(a.area, b.area):
                groups.join(low.id, high.id)


def _connector(
    id_: str,
    kind: ConnectorKind,
    members: Sequence[_Node],
    nodes: dict[str, _Node],
    one_way: Literal["up", "down"] | None,
    doubtful: bool = False,
) -> Connector:
    """``doubtful``: nothing says which way it runs, which matters for an escalator only."""
    units = {node.id for node in members if node.unit}
    stops: list[tuple[int, Stop]] = []
    accessible = kind in ("elevator", "ramp")
    for node in members:
        if node.amenity:
            accessible = accessible or "wheelchair" in node.amenity.accessibility
            if any(u in units for u in node.amenity.unit_ids):
                continue  # its unit is the stop
            home = next((u for u in node.amenity.unit_ids if u in nodes), None)
            stops.append((node.ordinal, Stop(node.amenity.level_id, home, node.amenity.point)))
        elif node.unit:
            stops.append((node.ordinal, Stop(node.unit.level_id, node.unit.id, node.unit.display_point)))
    stops.sort(key=lambda s: (s[0], s[1].unit_id or "", s[1].point))
    name = next((node.name for node in members if node.name), {})
    return Connector(
        id_,
        kind,
        name,
        tuple(stop for _, stop in stops),
        accessible,
        one_way,
        doubtful=doubtful and kind == "escalator",
    )
