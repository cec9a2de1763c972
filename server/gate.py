"""Who is asking? The token, the lesser keys made from it, keys that staff handed out, sign-in, tickets: one answer.

A token that proves nothing is refused, not taken for none, wherever the server could have known it; guesses are
limited per address.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import time
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, Literal
from urllib.parse import urlsplit

from server.identity import ANYONE, ON_THIS_MACHINE, VISITOR, Identity
from server.issued import FILE, Issued
from server.keys import kiosk_key, reader_key
from server.limits import Limits, Proxies, limit_key
from server.settings import Settings
from server.sign_in import KeysError, SignIn, SignInError
from server.telemetry import log
from server.tickets import MemoryTickets, RedisTickets, Tickets
from server.workers import WorkError, Workers

LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
PROXIED: Final = ("x-forwarded-for", "forwarded", "x-real-ip", "via")
GUESSES_PER_S: Final = 0.2
GUESSES: Final = 20.0
KNOWN_MOST: Final = 4096

Refused = Literal["unknown", "too_many"]


class Gate:
    """Everything that lets somebody in. All calls from the event loop."""

    def __init__(self, settings: Settings, workers: Workers) -> None:
        self._settings, self._workers = settings, workers
        self.issued = Issued(settings.home / FILE)
        self.tickets: Tickets = MemoryTickets() if settings.hub_url is None else RedisTickets(settings.hub_url)
        self.sign_in = None
        if settings.oidc_issuer:
            found = (settings.oidc_issuer, settings.oidc_audience, settings.oidc_keys, settings.oidc_staff_role)
            self.sign_in = SignIn(*found)
        self.proxies = Proxies(settings.trusted_proxies)
        many = max(32, settings.sessions_max)
        self.attempts = Limits(many / 2.0, 2.0 * many)
        """Connection attempts of one address: half the house in a second, the whole house twice at once."""
        self.requests = Limits(settings.requests_per_s, max(1.0, 10.0 * settings.requests_per_s))
        self._guesses = Limits(GUESSES_PER_S, GUESSES)
        self._verified: dict[str, Identity] = {}
        self._reading: asyncio.Task[None] | None = None

    async def identify(self, shown: str, address: str) -> Identity | Refused:
        """Who shows this token; "" is nobody in particular, which is for the caller to judge."""
        return self._at_once(shown, address) or await self._by_sign_in(shown) or self._guessed(shown, address)

    def identify_now(self, shown: str, address: str) -> Identity | Refused:
        """As ``identify``, without waiting: a sign-in is verified with the keys that are known.

        One that names a new key is refused once, while the keys are read again; a ticket is not.
        """
        found = self._at_once(shown, address)
        if found is None and self.sign_in is not None and shown.count(".") == 2:
            try:
                return self.sign_in.verify(shown, may_fetch=False)
            except KeysError:
                self._reading = asyncio.get_running_loop().create_task(self.read_keys())
                return "unknown"
            except SignInError:
                pass
        return found or self._guessed(shown, address)

    def _at_once(self, shown: str, address: str) -> Identity | Refused | None:
        """What a look at our own keys tells; None: nothing."""
        if not shown:
            return ANYONE
        if self._guesses.wait_s(limit_key(address), time.monotonic()) > 0:
            return "too_many"
        return self._by_token(shown) or self.issued.find(shown, time.time())

    def _guessed(self, shown: str, address: str) -> Identity | Refused:
        """Nobody's key: it counts as a guess where there was something to be guessed."""
        if not self._could_know(shown):
            return ANYONE
        self._guesses.take(limit_key(address), time.monotonic())
        return "unknown"

    async def read_keys(self) -> None:
        """Read the provider's keys again, when it is time; what goes wrong stands in the log."""
        if self.sign_in is None or not self.sign_in.stale:
            return
        try:
            await self._workers.run("thinking", self.sign_in.check)
        except (KeysError, WorkError) as fault:
            log.warning("the identity provider's keys cannot be read: %s", fault)

    async def identify_request(self, peer: str, headers: Mapping[str, str], address: str) -> Identity | Refused:
        """Who makes an HTTP request. Without a token set, programs and pages on this machine are staff."""
        found = await self.identify(shown_in(headers), address)
        if found is ANYONE and self._settings.token is None and on_this_machine(peer, headers):
            return ON_THIS_MACHINE
        return self.unnamed() or ANYONE if found is ANYONE else found

    def unnamed(self) -> Identity | None:
        """Who a client of the socket is that shows nothing; None: it must show something."""
        return VISITOR if self._settings.token is None else None

    async def close(self) -> None:
        """Write what was counted and let go of files."""
        self.issued.flush(time.time())
        self.issued.close()
        await self.tickets.close()

    def _by_token(self, shown: str) -> Identity | None:
        token = self._settings.token
        if token is None:
            return None
        if _same(shown, token):
            return Identity("staff", "token")
        if _same(shown, kiosk_key(token)):
            return Identity("kiosk", "kiosk-key")
        days = (date.today(), date.today() - timedelta(days=1))
        if any(_same(shown, reader_key(token, day)) for day in days):
            return Identity("visitor", "day-key")
        return None

    async def _by_sign_in(self, shown: str) -> Identity | None:
        """Raises KeysError when the provider's keys cannot be had; WorkError."""
        sign_in = self.sign_in
        if sign_in is None or shown.count(".") != 2:
            return None
        known = self._verified.get(shown)
        if known is not None and known.until_s is not None and time.time() < known.until_s:
            return known
        try:
            found = await self._workers.run("thinking", lambda: sign_in.verify(shown))
        except SignInError:
            return None
        if len(self._verified) >= KNOWN_MOST:
            self._verified.clear()
        self._verified[shown] = found
        return found

    def _could_know(self, shown: str) -> bool:
        """Whether this server would know such a token if it were good."""
        signed = self.sign_in is not None and shown.count(".") == 2
        return self._settings.token is not None or signed or shown.startswith("sw_")


def shown_in(headers: Mapping[str, str]) -> str:
    """The token in a request: a bearer, the password of a Basic login, or ``X-API-Key``."""
    kind, _, value = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return value.strip()
    if kind.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return "?"
    return headers.get("x-api-key", "").strip() if not kind else "?"


def on_this_machine(peer: str, headers: Mapping[str, str]) -> bool:
    """Does a program or page on the server's own machine ask, and not through a proxy?"""
    asked = urlsplit(f"//{headers.get('host', '')}").hostname
    return peer in LOOPBACK and asked in LOOPBACK and not any(name in headers for name in PROXIED)


def _same(shown: str, wanted: str) -> bool:
    return hmac.compare_digest(shown.encode("utf-8", "surrogatepass"), wanted.encode())
