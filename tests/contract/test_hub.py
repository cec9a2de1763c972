"""The hub's contract, run against each implementation."""

from __future__ import annotations

import asyncio

import pytest

from server.hub import Hub
from server.hub_memory import MemoryHub
from tests.contract.hub_contract import CONTRACT


async def memory() -> Hub:
    return MemoryHub()


@pytest.mark.parametrize("part", CONTRACT, ids=lambda part: part.__name__)
@pytest.mark.parametrize("make", [memory], ids=lambda make: make.__name__)
def test_hub(part, make) -> None:  # type: ignore[no-untyped-def]
    asyncio.run(part(make))
