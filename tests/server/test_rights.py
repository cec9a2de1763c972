"""The table of rights is whole: every path and every message has a row, and what has none is staff's."""

from __future__ import annotations

from typing import get_args

import pytest
from fastapi.routing import APIRoute

from server.app import build_app
from server.rights import HTTP, MESSAGES, find_rule, may_ask, may_connect, may_send
from tests.server.world import make_parts
from wire.messages import FromClient


def test_every_path_has_its_own_row() -> None:
    without = []
    for route in _routes(build_app(make_parts)):
        for method in route.methods or ():
            if method != "HEAD" and not any(rule.method == method and rule.path == route.path for rule in HTTP):
                without.append(f"{method} {route.path}")
    assert without == [], "give each a row in server/rights.py"


def _routes(app: object) -> list[APIRoute]:
    """Every route, also of included routers."""
    found, waiting = [], [app]
    while waiting:
        one = waiting.pop()
        for route in getattr(one, "routes", ()):
            if isinstance(route, APIRoute):
                found.append(route)
            else:
                waiting += [
                    getattr(route, name) for name in ("app", "router", "original_router") if hasattr(route, name)
                ]
    assert len(found) > 10
    return found


def test_every_message_has_a_row() -> None:
    types = {m.model_fields["type"].default for m in get_args(FromClient)}
    assert types - set(MESSAGES) == set(), "give each a row in server/rights.py"


def test_what_has_no_row_is_for_staff() -> None:
    for method, path in (("GET", "/v1/secret"), ("POST", "/anything"), ("GET", "/staff/new")):
        assert may_ask("staff", method, path)
        for role in ("anyone", "data", "kiosk", "visitor", "reader", "robot"):
            assert not may_ask(role, method, path)  # type: ignore[arg-type]
    assert not may_send("reader", "teleport")


@pytest.mark.parametrize("path", ["/v1/plan/../../staff/turns", "/v1/plan/close/", "//v1/plan/close", "/V1/PLAN/CLOSE"])
def test_paths_in_disguise_open_nothing(path: str) -> None:
    assert not may_ask("visitor", "POST", path)


def test_roles() -> None:
    assert may_ask("anyone", "HEAD", "/v1/find")
    assert find_rule("GET", "/store/abc.glb") is not None
    assert may_send("kiosk", "ask")
    assert not may_send("kiosk", "chat")
    assert not may_send("robot", "listen")
    assert not may_send("data", "hello")
    assert may_connect("kiosk", "staff") == "not_allowed"
    assert may_connect("robot", "robot") == "admitted"
    assert may_connect("data", "kiosk") == "not_allowed"
