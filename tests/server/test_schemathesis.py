"""Schemathesis on the HTTP API: requests made from its own OpenAPI document, good ones and bad ones, as every role.

No answer is a fault of the server; every answer has a status and a body that the document describes; what is refused
is refused with a code.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

schemathesis = pytest.importorskip("schemathesis")

from unittest import SkipTest  # noqa: E402

from hypothesis import HealthCheck, given, settings  # noqa: E402
from hypothesis.errors import Unsatisfiable  # noqa: E402
from schemathesis.generation.modes import GenerationMode  # noqa: E402

from server.app import build_app  # noqa: E402
from server.rights import find_rule  # noqa: E402
from tests.server.world import make_parts, running  # noqa: E402

TOKEN = "t0ken"
FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
SCHEMA = schemathesis.openapi.from_dict(build_app(make_parts).openapi())
OPERATIONS = {operation.label: operation for operation in (found.ok() for found in SCHEMA.get_all_operations())}


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with running(make_parts(token=TOKEN, requests_per_s=0, trusted_proxies=("127.0.0.1",))) as port:
        yield f"http://127.0.0.1:{port}"


described = schemathesis.checks.response_schema_conformance


def look_at(response: Any) -> None:
    """What holds for every answer."""
    assert response.status_code < 500 or response.status_code == 503, response.text
    for header in ("content-security-policy", "x-content-type-options", "referrer-policy"):
        assert header in response.headers
    assert "Traceback" not in response.text
    if response.status_code >= 400 and "application/json" in "".join(response.headers.get("content-type", "")):
        assert "code" in response.json() or "ready" in response.json(), response.text


@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_staff_get_answers_that_are_described(label: str, base: str) -> None:
    @FEW
    @given(case=OPERATIONS[label].as_strategy())
    def ask(case: schemathesis.Case) -> None:
        response = case.call(base_url=base, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=20)
        look_at(response)
        if response.status_code != 503:
            case.validate_response(response, checks=[schemathesis.checks.not_a_server_error, described])

    ask()


random_address = random.Random(7)


@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_strangers_get_no_more_than_they_may(label: str, base: str) -> None:
    @FEW
    @given(case=OPERATIONS[label].as_strategy())
    def ask(case: schemathesis.Case) -> None:
        address = ".".join(str(byte) for byte in random_address.randbytes(4))  # each has guesses of its own
        response = case.call(base_url=base, headers={"X-Forwarded-For": address}, timeout=20)
        look_at(response)
        rule = find_rule(case.method, case.formatted_path)
        if rule is None or "anyone" not in rule.roles:
            assert response.status_code in (401, 403, 404, 405, 413), response.status_code

    ask()


@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_requests_that_break_the_description_are_refused_not_crashed_on(label: str, base: str) -> None:
    modes = GenerationMode.NEGATIVE
    try:
        strategy = OPERATIONS[label].as_strategy(generation_mode=modes)

        @FEW
        @given(case=strategy)
        def ask(case: schemathesis.Case) -> None:
            look_at(case.call(base_url=base, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=20))

        ask()
    except (Unsatisfiable, SkipTest):
        pytest.skip("nothing in it can be wrong")
