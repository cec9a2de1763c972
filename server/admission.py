"""Admission to the socket: who says hello, by a ticket in the address or the token in hello, and what it may send."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from server.identity import ANYONE, Identity
from server.rights import may_connect, may_send
from server.sign_in import KeysError
from server.telemetry import log
from server.workers import WorkError
from wire.codes import MAX_FRAME_BYTES
from wire.messages.session import Hello
from wire.session import Admission

if TYPE_CHECKING:
    from server.parts import Parts

HELLO = '"hello"'


class Admitting:
    """One connection's. ``identity``: who it is, once hello was accepted."""

    def __init__(self, parts: Parts, address: str, by_ticket: Identity | None = None) -> None:
        self._parts, self._address = parts, address
        self._ticket = by_ticket
        self._shown: tuple[str, Identity | str] | None = None
        self.identity: Identity | None = None

    async def read(self, text: str) -> None:
        """Look at a frame before the session core does: the token of a hello may take a moment to verify."""
        if self.identity is not None or self._ticket is not None or len(text) > MAX_FRAME_BYTES or HELLO not in text:
            return
        try:
            body = json.loads(text)
        except (ValueError, RecursionError):
            return  # the core tells what is wrong with it
        shown = body.get("token") if isinstance(body, dict) and body.get("type") == "hello" else None
        if not isinstance(shown, str):
            return
        try:
            self._shown = shown, await self._parts.gate.identify(shown, self._address)
        except (KeysError, WorkError) as fault:
            log.warning("a sign-in cannot be verified now: %s", fault)
            self._shown = shown, "unknown"

    def admit(self, hello: Hello) -> Admission:
        """May this client enter?"""
        found: Identity | str | None = self._ticket
        if found is None and self._shown is not None and self._shown[0] == hello.token:
            found = self._shown[1]
        if found is None or found is ANYONE:
            found = self._parts.gate.unnamed()
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
