"""Who somebody is to the server: a role, and a short name for logs and limits that is nobody's own name."""

from __future__ import annotations

from dataclasses import dataclass

from server.rights import Role


@dataclass(frozen=True, slots=True)
class Identity:
    """``key``: what let them in ("token", "kiosk-key", "tk_3f2a90c1"). ``reader``: a signed-in reader's pseudonym.

    ``until_s``: Unix seconds after which it no longer holds; None: for as long as the key does. ``quota``: requests a
    day; None: only the limits of rate.
    """

    role: Role
    key: str
    reader: str | None = None
    until_s: float | None = None
    quota: int | None = None

    @property
    def who(self) -> str:
        """As the audit log names them."""
        return f"{self.role}:{self.reader or self.key}"


ANYONE = Identity("anyone", "none")
VISITOR = Identity("visitor", "none")
ON_THIS_MACHINE = Identity("staff", "this-machine")
