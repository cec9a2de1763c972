"""What a server tells of itself: a log without readers' words, traces of turns, readiness that is true."""

from __future__ import annotations

import io
import json
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from avatars.errors import EngineError
from server.build import build_parts
from server.errors import CommandError
from server.logs import LogForm, set_up_log
from server.settings import Settings
from server.telemetry import FAILING_AFTER, Telemetry
from tests.contract.redis_server import redis_server
from tests.server.client import Client
from tests.server.world import make_parts, running

SECRET = "where-is-my-lover"


def told(form: Any, write: Callable[[logging.Logger], None]) -> str:
    out, log = io.StringIO(), logging.Logger("shelfway")
    handler = logging.StreamHandler(out)
    handler.setFormatter(LogForm(form))
    log.addHandler(handler)
    write(log)
    return out.getvalue()


def fail(log: logging.Logger) -> None:
    try:
        try:
            {}[SECRET]
        except KeyError as fault:
            raise ValueError(f"cannot think about {SECRET}") from fault
    except ValueError as fault:
        log.error("a question could not be answered", exc_info=fault)
        log.warning("the language model failed: %s", EngineError(f"prompt {SECRET} too long"))
        log.warning("the audit log: %s", CommandError("the disk is full", "x"))


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_text_of_an_exception_is_told_only_where_it_is_ours(form: str) -> None:
    text = told(form, fail)
    assert SECRET not in text
    assert "ValueError from KeyError" in text
    assert "tests/server/test_telling.py" in text
    assert "in fail" in text
    assert "EngineError" in text
    assert "the disk is full" in text
    if form == "json":
        lines = [json.loads(line) for line in text.splitlines()]
        assert [line["level"] for line in lines] == ["error", "warning", "warning"]
        assert lines[0]["at"].endswith("+00:00")


def test_a_lost_task_is_told_without_what_it_failed_of() -> None:
    text = told("json", lambda log: log.error("Task exception was never retrieved\nfuture: ValueError('%s')", SECRET))
    assert SECRET in text  # of our own loggers we know what they write
    record = logging.LogRecord(
        "asyncio", logging.ERROR, "x", 1, f"Task exception\nfuture: ValueError('{SECRET}')", (), None
    )
    assert SECRET not in LogForm("text").format(record)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_server_logs_no_words_when_its_mind_breaks(form: Any, capfd: pytest.CaptureFixture[str]) -> None:
    handler = set_up_log(form)
    try:
        with running(make_parts()) as port:
            client = Client(port)
            client.say(type="ask", id="q", text=f"explode {SECRET}")
            assert client.wait("error")["code"] == "internal"
            client.close()
    finally:
        logging.getLogger().removeHandler(handler)
    err = capfd.readouterr().err
    assert "a question could not be answered" in err
    assert "RuntimeError" in err
    assert SECRET not in err
    assert "secret cause" not in err


def test_a_turn_is_one_trace_without_words() -> None:
    exporting = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")
    from server.tracing import Tracing

    spans = exporting.InMemorySpanExporter()
    parts = make_parts()
    tracing = Tracing("", "1", spans)
    parts.telemetry.on_turn = tracing.turn
    begun = time.time_ns()
    with running(parts) as port:
        client = Client(port)
        client.speak(1, 0.3, 1.0)
        client.wait("speech_end")
        while not spans.get_finished_spans():
            client.say(type="ping")
            client.wait("pong")
        client.close()
    tracing.close()
    found = {span.name: span for span in spans.get_finished_spans()}
    root = found["turn"]
    assert {"turn", "hear", "think", "speak"} <= set(found)
    assert root.parent is None
    assert {span.context.trace_id for span in found.values()} == {root.context.trace_id}
    assert all(span.parent.span_id == root.context.span_id for name, span in found.items() if name != "turn")
    assert begun - 2e9 < root.start_time <= found["hear"].end_time <= found["think"].end_time <= found["speak"].end_time
    assert found["speak"].end_time <= root.end_time <= time.time_ns()
    assert dict(root.attributes) == {"shelfway.channel": "push", "shelfway.thought_ahead": False}
    assert "test book" not in "".join(span.to_json() for span in found.values())


def ready_of(port: int) -> tuple[int, dict[str, Any]]:
    answer = httpx.get(f"http://127.0.0.1:{port}/ready", timeout=20)
    return answer.status_code, answer.json()


def until(port: int, holds: Callable[[int, dict[str, Any]], bool]) -> dict[str, Any]:
    """Ask until it is so; the test's own time limit is the runner's."""
    for _ in range(20_000):
        status, body = ready_of(port)
        if holds(status, body):
            return body
    raise AssertionError(body)


def test_a_catalogue_that_is_gone_or_broken_is_told_and_so_is_that_it_is_back(demo_home: Path, tmp_path: Path) -> None:
    import shutil

    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    with running(build_parts(Settings(home=home, port=0, speaker="none"))) as port:
        until(port, lambda status, _: status == 200)
        (home / "catalogue.sqlite").rename(home / "away")
        body = until(port, lambda status, _: status == 503)
        assert "catalogue.sqlite is gone" in body["faults"][-1]
        (home / "away").rename(home / "catalogue.sqlite")
        until(port, lambda status, _: status == 200)


def test_redis_that_is_gone_is_told_and_readers_are_served(tmp_path: Path) -> None:
    with redis_server(tmp_path) as redis:
        parts = make_parts(hub_url=redis.url)
        with running(parts) as port:
            until(port, lambda status, body: status == 200 and not body["faults"])
            redis.kill()
            body = until(port, lambda _, body: bool(body["faults"]))
            assert "Redis does not answer" in body["faults"][0]
            assert body["ready"] is True
            assert httpx.post(f"http://127.0.0.1:{port}/v1/tickets").status_code == 503
            redis.start()
            until(port, lambda status, body: status == 200 and not body["faults"])
            given = httpx.post(f"http://127.0.0.1:{port}/v1/tickets").json()["ticket"]
            assert len(given) > 20


def test_a_ticket_opens_one_connection_on_two_servers_together(tmp_path: Path) -> None:
    import asyncio

    from server.identity import Identity
    from server.tickets import RedisTickets

    async def go(url: str) -> list[Identity | None]:
        here, there = RedisTickets(url), RedisTickets(url)
        ticket = await here.issue(Identity("reader", "sign-in", reader="r", until_s=7.5))
        found = await asyncio.gather(*((here, there)[n % 2].spend(ticket) for n in range(20)))
        await here.close()
        await there.close()
        return [one for one in found if one is not None]

    with redis_server(tmp_path) as redis:
        assert asyncio.run(go(redis.url)) == [Identity("reader", "sign-in", reader="r", until_s=7.5)]


def test_a_mind_that_fails_again_and_again_is_told_until_it_answers() -> None:
    with running(make_parts()) as port:
        until(port, lambda status, _: status == 200)
        client = Client(port)
        for number in range(FAILING_AFTER):
            client.say(type="ask", id=f"q{number}", text="explode")
            client.wait("error")
        body = until(port, lambda status, _: status == 503)
        assert "answering has failed 3 times in a row" in body["faults"][0]
        client.say(type="ask", id="good", text="Where is the test book?")
        client.wait("answer")
        until(port, lambda status, _: status == 200)
        client.close()


def test_what_has_failed_long_ago_counts_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    telemetry = Telemetry()
    for _ in range(FAILING_AFTER):
        with pytest.raises(EngineError), telemetry.timed("speak"):
            raise EngineError("x")
    assert telemetry.failing("speak") == FAILING_AFTER
    later = time.monotonic() + 61
    monkeypatch.setattr("server.telemetry.time.monotonic", lambda: later)
    assert telemetry.failing("speak") == 0
