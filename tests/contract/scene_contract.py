"""What every queue of worlds does, told as little plays. ``Stage``: one queue, a painter that waits at a gate."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

from assets.brief import Brief
from assets.errors import AssetError, MemoryShortError, PainterError
from assets.job import Place, Refused
from assets.store import Entry
from server.scenes import SceneQueue, Watcher

BRIEF = Brief("The Sea", "", "en", "sea", "", "day", "clear", "plain", 0.0, 1, "open sea", "text")


def brief(seed: int) -> Brief:
    return replace(BRIEF, seed=seed, title=f"The Sea {seed}")


@dataclass
class Reader:
    """Who asks, and what he is told."""

    queue: SceneQueue
    name: str
    places: list[Place] = field(default_factory=list)
    steps: list[tuple[int, int, bytes | None]] = field(default_factory=list)
    end: asyncio.Future[Entry] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    ends: int = 0

    async def ask(self, seed: int, request: str = "1") -> Refused | None:
        made = brief(seed)
        watcher = Watcher(self.places.append, lambda *one: self.steps.append(one), self._ready, self._failed)
        return await self.queue.request(self.queue.worlds.key(made), made, (self.name, request), watcher)

    def _ready(self, entry: Entry) -> None:
        self.ends += 1
        self.end.set_result(entry)

    def _failed(self, fault: BaseException) -> None:
        self.ends += 1
        self.end.set_exception(fault)


@dataclass
class Stage:
    """``open``: let paintings pass the gate. ``begun``: wait until so many have come to it. ``painted``: how many were
    finished or failed; ``fail``: a fault for the next one; ``called_off``: has whoever paints been told to stop?"""

    queue: SceneQueue
    open: Callable[[], None]
    begun: Callable[[int], Coroutine[Any, Any, None]]
    painted: Callable[[], int]
    fail: Callable[[AssetError], None]
    called_off: Callable[[], bool]


async def thirty_two_equal_requests_are_one_painting(stage: Stage) -> None:
    readers = [Reader(stage.queue, f"v{number}") for number in range(32)]
    for reader in readers:
        assert await reader.ask(7) is None
    await stage.begun(1)
    stage.open()
    entries = await asyncio.gather(*(reader.end for reader in readers))
    assert len({entry.hash for entry in entries}) == 1
    assert entries[0].facts.title == "The Sea 7"
    assert stage.painted() == 1
    assert all(reader.ends == 1 and reader.places for reader in readers)
    assert readers[-1].places[0].shared


async def places_and_waits_are_told_and_progress_comes(stage: Stage) -> None:
    one, two, three = (Reader(stage.queue, name) for name in "abc")
    assert await one.ask(1) is None
    await stage.begun(1)
    assert await two.ask(2) is None
    assert await three.ask(3) is None
    assert (two.places[-1].position, three.places[-1].position) == (1, 2)
    assert 0 < two.places[-1].wait_s < three.places[-1].wait_s
    stage.open()
    hashes = [(await reader.end).hash for reader in (one, two, three)]
    assert len(set(hashes)) == 3
    assert one.steps
    assert any(preview for _, _, preview in one.steps)
    assert [done for done, _, _ in one.steps] == sorted(done for done, _, _ in one.steps)


async def cancel_touches_nobody_else(stage: Stage) -> None:
    one, two, other = (Reader(stage.queue, name) for name in "abc")
    assert await one.ask(1) is None
    assert await two.ask(1) is None
    assert await other.ask(2) is None
    await stage.begun(1)
    assert stage.queue.cancel(("a", "1"))
    assert not stage.queue.cancel(("a", "1"))
    stage.open()
    await two.end
    await other.end
    assert (one.ends, stage.painted()) == (0, 2)


async def the_last_one_to_leave_stops_the_painting(stage: Stage) -> None:
    one, other = Reader(stage.queue, "a"), Reader(stage.queue, "b")
    assert await one.ask(1) is None
    await stage.begun(1)
    assert await other.ask(2) is None
    stage.queue.leave("a")
    while not stage.called_off():
        await asyncio.sleep(0)
    stage.open()
    await other.end
    assert (one.ends, stage.painted()) == (0, 1)
    again = Reader(stage.queue, "a")
    assert await again.ask(1) is None
    await again.end


async def quotas_are_kept(stage: Stage) -> None:
    one = Reader(stage.queue, "a")
    for number in range(3):
        assert await one.ask(number, str(number)) is None
    refused = await one.ask(9, "9")
    assert isinstance(refused, Refused)
    assert refused.reason == "too_many"
    repeated = await one.ask(0, "0")
    assert isinstance(repeated, Refused)
    assert repeated.reason == "repeated"
    others = [Reader(stage.queue, f"v{number}") for number in range(40)]
    answers = [await reader.ask(100 + number) for number, reader in enumerate(others)]
    full = [answer for answer in answers if answer is not None]
    assert full
    assert all(answer.reason == "queue_full" and answer.wait_s > 1 for answer in full)
    assert len(answers) - len(full) in (21, 22)  # of 24 places one's own take two, or three before the first is begun
    stage.queue.leave("a")
    for reader in others:
        stage.queue.leave(reader.name)
    stage.open()


async def faults_that_may_pass_are_tried_again_and_others_told(stage: Stage) -> None:
    stage.open()
    stage.fail(PainterError("secret cause"))
    one = Reader(stage.queue, "a")
    assert await one.ask(1) is None
    assert (await one.end).facts.title == "The Sea 1"
    stage.fail(MemoryShortError("secret cause"))
    two = Reader(stage.queue, "b")
    assert await two.ask(2) is None
    try:
        await two.end
        raise AssertionError("it must fail")
    except MemoryShortError:
        assert two.ends == 1


CONTRACT = (
    thirty_two_equal_requests_are_one_painting,
    places_and_waits_are_told_and_progress_comes,
    cancel_touches_nobody_else,
    the_last_one_to_leave_stops_the_painting,
    quotas_are_kept,
    faults_that_may_pass_are_tried_again_and_others_told,
)
