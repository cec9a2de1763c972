"""Limits and addresses, told the time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.limits import Limits, Proxies, limit_key


def test_a_burst_then_the_rate_and_the_wait_is_true() -> None:
    limits = Limits(per_s=2.0, burst=3.0)
    assert [limits.take("a", 10.0) for _ in range(3)] == [0.0, 0.0, 0.0]
    wait_s = limits.take("a", 10.0)
    assert wait_s == pytest.approx(0.5)
    assert limits.take("b", 10.0) == 0.0
    assert limits.take("a", 10.0 + wait_s) == 0.0
    assert limits.take("a", 10.0 + wait_s) > 0


@given(st.lists(st.floats(0, 5), max_size=300), st.floats(0.5, 50), st.integers(1, 40))
def test_never_more_than_burst_and_rate(pauses: list[float], per_s: float, burst: int) -> None:
    limits, now, granted = Limits(per_s, burst), 0.0, 0
    for pause in pauses:
        now += pause
        granted += limits.take("a", now) == 0.0
    assert granted <= burst + per_s * now + 1e-6


def test_a_clock_that_jumps_back_grants_nothing_extra() -> None:
    limits = Limits(1.0, 5.0)
    assert sum(limits.take("a", 1000.0) == 0.0 for _ in range(9)) == 5
    assert sum(limits.take("a", 0.0) == 0.0 for _ in range(9)) == 0


def test_a_hundred_thousand_addresses_cost_a_bounded_number() -> None:
    limits = Limits(1.0, 5.0, most=1000)
    for number in range(100_000):
        limits.take(str(number), number / 1e5)
    assert len(limits) <= 1000
    limits.take("late", 1e6)
    assert len(limits) == 1


def test_no_limit_is_no_limit() -> None:
    limits = Limits(0.0, 0.0)
    assert all(limits.take("a", 0.0) == 0.0 for _ in range(1000))
    assert limits.wait_s("a", 0.0) == 0.0


@pytest.mark.parametrize(
    ("peer", "told", "address"),
    [
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
        ("10.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("198.51.100.3", "203.0.113.9", "198.51.100.3"),
    ],
)
def test_only_trusted_proxies_say_for_whom_they_speak(peer: str, told: str, address: str) -> None:
    assert Proxies(("10.0.0.0/8",)).address(peer, told) == address


def test_one_household_is_one_key() -> None:
    assert limit_key("2001:db8:1:2:3::4") == limit_key("2001:db8:1:2:ffff::")
    assert limit_key("2001:db8:1:3::1") != limit_key("2001:db8:1:2::1")
    assert limit_key("::ffff:203.0.113.9") == limit_key("203.0.113.9")
    assert limit_key("somewhere") == "somewhere"
