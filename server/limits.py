"""Limits core: how often somebody may do something, told the time (seconds of any steady clock).

A token bucket per key, kept as one number (the time at which it is full again, GCRA), so that a million addresses cost
no more than ``most`` numbers: those that have long been quiet go first.
"""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from dataclasses import dataclass, field

MOST = 20_000


@dataclass(slots=True)
class Limits:
    """``per_s``: sustained rate, 0 for no limit; ``burst``: how many at once after a pause."""

    per_s: float
    burst: float
    most: int = MOST
    _full_at: OrderedDict[str, float] = field(default_factory=OrderedDict)

    def take(self, key: str, now: float, cost: float = 1.0) -> float:
        """Take ``cost`` of the key's budget: 0 when it is granted, else seconds after which it would be."""
        if self.per_s <= 0:
            return 0.0
        full_at = max(now, self._full_at.get(key, now))
        wait_s = full_at + cost / self.per_s - (now + self.burst / self.per_s)
        if wait_s > 1e-9:
            return wait_s
        self._full_at[key] = full_at + cost / self.per_s
        self._full_at.move_to_end(key)
        self._forget(now)
        return 0.0

    def wait_s(self, key: str, now: float) -> float:
        """Seconds until one more would be granted, without taking it."""
        if self.per_s <= 0:
            return 0.0
        return max(0.0, max(now, self._full_at.get(key, now)) + (1.0 - self.burst) / self.per_s - now)

    def __len__(self) -> int:
        return len(self._full_at)

    def _forget(self, now: float) -> None:
        while self._full_at and (len(self._full_at) > self.most or next(iter(self._full_at.values())) <= now):
            self._full_at.popitem(last=False)


class Proxies:
    """Which peers may say for whom they speak. ``trusted``: addresses or networks. Raises ValueError for others."""

    def __init__(self, trusted: tuple[str, ...]) -> None:
        self._networks = tuple(ipaddress.ip_network(text, strict=False) for text in trusted)

    def address(self, peer: str, forwarded_for: str) -> str:
        """The client's address: the peer's, or what trusted proxies say, from the right, as far as they are trusted."""
        found = peer
        for part in reversed([part.strip() for part in forwarded_for.split(",") if part.strip()]):
            if not self._trusts(found):
                return found
            host = part.strip("[]") if _is_address(part.strip("[]")) else part.rpartition(":")[0].strip("[]")
            if not _is_address(host):
                return found
            found = host
        return found

    def trusts(self, peer: str) -> bool:
        """Is the peer a proxy of ours?"""
        return self._trusts(peer)

    def _trusts(self, text: str) -> bool:
        if not _is_address(text):
            return False
        address = ipaddress.ip_address(text)
        return any(address in network for network in self._networks if network.version == address.version)


def limit_key(address: str) -> str:
    """What is counted as one: an IPv4 address; of IPv6 the first 64 bits, which one household has whole."""
    if not _is_address(address):
        return address
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found) >> 64 << 64, 64)))
    return str(found)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
