"""Admission to the socket: who says hello, by a ticket in the address or the token in hello, and what it may send."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from server.identity import ANYONE, Identity
from server.rights import may_connect, may_send
from wire.messages.session import Hello
from wire.session import Admission

if TYPE_CHECKING:
    from server.parts import Parts


class Admitting:
    """One connection's. ``identity``: who it is, once hello was accepted."""

    def __init__(self, parts: Parts, address: str, by_ticket: Identity | None = None) -> None:
        self._parts, self._address = parts, address
        self._ticket = by_ticket
        self.identity: Identity | None = None

    def admit(self, hello: Hello) -> Admission:
        """May this client enter?"""
        gate = self._parts.gate
        found = self._ticket or gate.identify_now(hello.token or "", self._address)
        if found is ANYONE:
            found = gate.unnamed() or "unknown"
        if not isinstance(found, Identity):
            return "unknown"
        verdict = may_connect(found.role, hello.client)
        if verdict == "admitted":
            self.identity = found
        return verdict

    def may_send(self, kind: str) -> bool:
        """May this client send this type of message?"""
        return self.identity is not None and may_send(self.identity.role, kind)

    def left_s(self) -> float | None:
        """Seconds for which the identity still holds; None: without end."""
        if self.identity is None or self.identity.until_s is None:
            return None
        return max(0.0, self.identity.until_s - time.time())

    def holds(self) -> bool:
        """Whether the identity still holds: neither too old nor taken back."""
        left_s = self.left_s()
        return (left_s is None or left_s > 0) and (
            self.identity is None or self._parts.gate.issued.holds(self.identity)
        )
