"""Keys that admit readers where the setting ``token`` guards the socket.

The token opens everything. From it two lesser keys are made, which open what a reader may do (never staff or robots):
the kiosk's key, which stands in the fragment of the printed address and never expires while the token stays, and the
key of the day, which a kiosk hands to a reader's phone and which is good until the end of the next day. A fragment is
not sent to servers and does not come into their logs.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import date, timedelta

from wire.messages.session import Hello
from wire.session import Admission

TRUSTED = ("staff", "robot")
"""Kinds of client that need the token itself."""


def kiosk_key(token: str) -> str:
    """The key of the kiosks, the same after every start."""
    return _key(token, "kiosk")


def reader_key(token: str, today: date) -> str:
    """The key that a phone may use today and tomorrow."""
    return _key(token, f"reader {today.isoformat()}")


def admit(hello: Hello, token: str | None, today: date) -> Admission:
    """May this client enter? ``token``: the setting; ``today``: the server's date."""
    if token is None:
        return "not_allowed" if hello.client in TRUSTED else "admitted"
    shown = hello.token or ""
    if _same(shown, token):
        return "admitted"
    lesser = (kiosk_key(token), reader_key(token, today), reader_key(token, today - timedelta(days=1)))
    if not any(_same(shown, key) for key in lesser):
        return "unknown"
    return "not_allowed" if hello.client in TRUSTED else "admitted"


def handoff_address(public_url: str, token: str | None, today: date) -> str:
    """Where a reader's phone opens the page, with its key; "" when that is the page's own address without one."""
    return public_url + (f"#key={reader_key(token, today)}" if token is not None else "")


def _key(token: str, purpose: str) -> str:
    return hmac.new(token.encode(), purpose.encode(), hashlib.sha256).hexdigest()[:32]


def _same(shown: str, wanted: str) -> bool:
    return hmac.compare_digest(shown.encode(), wanted.encode())
