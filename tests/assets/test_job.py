"""The queue core: one painting for equal briefs, honest places, cancelling, quotas, another try."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assets.job import Jobs, JobSettings, Place, Refused


def place(jobs: Jobs, key: str, owner: str, number: str = "1", now: float = 0.0) -> Place:
    made = jobs.request(key, (owner, number), now)
    assert isinstance(made, Place)
    return made


def test_thirty_two_equal_requests_are_one_painting() -> None:
    jobs = Jobs()
    first = place(jobs, "k", "v0")
    assert all(place(jobs, "k", f"v{n}").shared for n in range(1, 32))
    assert not first.shared
    assert jobs.begin(0.0) is not None
    assert place(jobs, "k", "late").position == 0
    assert len(jobs.finished(3.0)) == 33
    assert jobs.begin(4.0) is None


def test_places_and_waits_are_honest_and_learn() -> None:
    jobs = Jobs(JobSettings(guess_s=4.0))
    assert place(jobs, "a", "v1") == Place(0, 4.0, False)
    jobs.begin(0.0)
    assert place(jobs, "b", "v2").position == 1
    assert place(jobs, "c", "v3").position == 2
    assert place(jobs, "d", "v4", now=1.0).wait_s == 3.0 + 3 * 4.0
    jobs.finished(20.0)
    jobs.begin(20.0)
    found = jobs.place(("v3", "1"), 20.0)
    assert found is not None
    assert found.position == 1
    assert found.wait_s > 12


def test_cancel_touches_nobody_else() -> None:
    jobs = Jobs()
    place(jobs, "a", "v1")
    place(jobs, "a", "v2")
    place(jobs, "b", "v3")
    jobs.begin(0.0)
    assert jobs.cancel(("v1", "1")) == "withdrawn"
    assert jobs.cancel(("v3", "1")) == "withdrawn"
    assert jobs.cancel(("v2", "1")) == "stop"
    assert jobs.cancel(("v2", "1")) == "unknown"
    assert jobs.finished(1.0) == ()
    assert jobs.begin(1.0) is None


def test_quotas_and_a_full_queue_say_when_to_come_back() -> None:
    jobs = Jobs(JobSettings(waiting_max=2, per_owner=2))
    place(jobs, "a", "v1", "1")
    place(jobs, "b", "v1", "2")
    assert jobs.request("c", ("v1", "3"), 0.0) == Refused("too_many", 4.0)
    full = jobs.request("c", ("v2", "1"), 0.0)
    assert isinstance(full, Refused)
    assert (full.reason, full.wait_s) == ("queue_full", 12.0)
    assert place(jobs, "a", "v2").shared
    assert jobs.request("a", ("v2", "1"), 0.0) == Refused("repeated", 0.0)


def test_a_fault_that_may_pass_is_tried_again_first_and_then_told() -> None:
    jobs = Jobs(JobSettings(attempts=2))
    place(jobs, "a", "v1")
    place(jobs, "b", "v2")
    jobs.begin(0.0)
    assert jobs.failed(may_pass=True) == ()
    again = jobs.begin(1.0)
    assert again is not None
    assert again.key == "a"
    assert jobs.failed(may_pass=True) == (("v1", "1"),)
    jobs.begin(2.0)
    assert jobs.failed(may_pass=False) == (("v2", "1"),)


@given(st.lists(st.tuples(st.sampled_from("rcbf"), st.integers(0, 4), st.integers(0, 5)), max_size=60))
def test_every_request_ends_exactly_once(moves: list[tuple[str, int, int]]) -> None:
    jobs = Jobs(JobSettings(per_owner=99))
    waiting: set[tuple[str, str]] = set()
    running = False
    for number, (move, key, owner) in enumerate(moves):
        ticket = (f"v{owner}", str(key))
        if move == "r" and isinstance(jobs.request(f"k{key}", ticket, number), Place):
            assert ticket not in waiting
            waiting.add(ticket)
        elif move == "c":
            assert (jobs.cancel(ticket) != "unknown") == (ticket in waiting)
            waiting.discard(ticket)
        elif move == "b":
            running = jobs.begin(number) is not None or running
        elif move == "f" and running:
            ended, running = jobs.finished(number), False
            assert set(ended) <= waiting
            waiting -= set(ended)
        assert set(jobs.list_tickets()) == waiting
        assert all(jobs.place(one, number) is not None for one in waiting)
