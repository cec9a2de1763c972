"""Where a token guards the socket: who gets in with which key, and as what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from server.keys import admit, handoff_address, kiosk_key, reader_key
from server.serving import address
from tests.server.client import Client
from tests.server.world import make_parts, running
from wire.messages.session import Hello

TODAY = date(2026, 11, 24)


def hello(client: str, token: str | None = None) -> Hello:
    return Hello(version=1, client=client, token=token)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("token", "kiosk", "staff"),
    [
        ("letmein", "admitted", "admitted"),
        (kiosk_key("letmein"), "admitted", "not_allowed"),
        (reader_key("letmein", TODAY), "admitted", "not_allowed"),
        (reader_key("letmein", TODAY - timedelta(days=1)), "admitted", "not_allowed"),
        (reader_key("letmein", TODAY - timedelta(days=2)), "unknown", "unknown"),
        (kiosk_key("another"), "unknown", "unknown"),
        (None, "unknown", "unknown"),
    ],
)
def test_keys_open_what_they_are_for(token: str | None, kiosk: str, staff: str) -> None:
    assert admit(hello("kiosk", token), "letmein", TODAY) == kiosk
    assert admit(hello("staff", token), "letmein", TODAY) == staff


def test_without_a_token_everybody_reads_and_nobody_is_staff() -> None:
    assert admit(hello("kiosk"), None, TODAY) == "admitted"
    assert admit(hello("robot"), None, TODAY) == "not_allowed"
    assert handoff_address("", None, TODAY) == ""


def test_the_printed_address_and_the_handoff_let_in() -> None:
    with running(make_parts(token="letmein", public_url="https://library.example/")) as port:
        printed = address("127.0.0.1", port, "letmein")
        kiosk = Client(port, token=printed.partition("#key=")[2])
        page, _, key = kiosk.welcome["handoff"].partition("#key=")
        assert page == "https://library.example/"
        phone = Client(port, client="browser", token=key)
        assert phone.welcome["session"] != kiosk.welcome["session"]
        stranger = Client(port, hello=False)
        stranger.say(type="hello", version=1, client="browser")
        assert stranger.code_when_closed() == 4401
        for client in (kiosk, phone):
            client.close()
