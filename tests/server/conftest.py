"""One scripted server for all tests of the socket that do not change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from server.parts import Parts
from tests.server.client import Client
from tests.server.world import make_parts, running


@pytest.fixture(scope="session")
def parts() -> Parts:
    return make_parts()


@pytest.fixture(scope="session")
def port(parts: Parts) -> Iterator[int]:
    with running(parts) as number:
        yield number


@pytest.fixture
def connect(port: int) -> Iterator[Callable[..., Client]]:
    clients: list[Client] = []

    def make(**fields: Any) -> Client:
        clients.append(Client(port, **fields))
        return clients[-1]

    yield make
    for client in clients:
        client.close()
