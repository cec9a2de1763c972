"""Figures and logs. Nothing that people said, where they stand or what they borrow is ever written to either."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from server.turn_figures import MARKS, TurnBook, TurnFigures
from server.workers import BusyError

log = logging.getLogger("shelfway")

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.2, 2.0, 4.0, 8.0, 16.0)
FAILING_AFTER, FAILING_FOR_S = 3, 60.0
"""Failures in a row after which a stage counts as failing, until it succeeds or for so long."""
STAGES = ("hear", "think", "speak", "route", "question_to_sound")


class Telemetry:
    """The figures of one server, in a registry of its own, so that tests may run several."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._stages = Histogram(
            "shelfway_stage_seconds",
            "Time per stage of a journey.",
            ["stage"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        for stage in STAGES:
            self._stages.labels(stage)
        self._turns = Histogram(
            "shelfway_turn_seconds",
            "From the end of a reader's voice (of a text: its arrival) to each stage of the answer.",
            ["stage", "channel"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.turns = TurnBook(self._observe_turn)
        self.on_turn: Callable[[TurnFigures], None] = lambda _: None
        self._failed: dict[str, tuple[int, float]] = {}
        self.connections = Gauge("shelfway_connections", "Open websocket connections.", registry=self.registry)
        self.visits = Gauge("shelfway_visits", "Visits, connected or resumable.", registry=self.registry)
        self.errors = Counter("shelfway_errors", "Error messages sent, by code.", ["code"], registry=self.registry)
        self.closes = Counter("shelfway_closes", "Connections closed by us, by code.", ["code"], registry=self.registry)
        self.answers = Counter(
            "shelfway_answers",
            "Answers, by channel and intent.",
            ["channel", "intent", "refused"],
            registry=self.registry,
        )
        self.refused = Counter(
            "shelfway_refused", "Refused at the gate: connect, request, rights.", ["what"], registry=self.registry
        )
        self.dropped = Counter("shelfway_frames_dropped", "Frames that a newer one replaced.", registry=self.registry)
        self.resumed = Counter("shelfway_resumed", "Connections that resumed a visit.", registry=self.registry)

    def observe(self, stage: str, seconds: float) -> None:
        """Count one duration of a stage."""
        self._stages.labels(stage).observe(max(0.0, seconds))

    def _observe_turn(self, figures: TurnFigures) -> None:
        for stage in MARKS:
            seconds = figures.since(stage)
            if seconds is not None:
                self._turns.labels(stage, figures.channel).observe(max(0.0, seconds))
        self.on_turn(figures)
        log.debug("turn %s", figures.to_trace().model_dump(exclude={"type", "of"}))  # an id may hold anything

    def observe_played(self, figures: TurnFigures) -> None:
        """The client has told when the first sound came out."""
        self._turns.labels("played", figures.channel).observe(max(0.0, figures.since("played") or 0.0))

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Count how long the body takes."""
        begun = time.perf_counter()
        try:
            yield
            self._failed.pop(stage, None)
        except Exception as fault:
            if not isinstance(fault, BusyError):  # too much to do is no failure
                self._failed[stage] = self._failed.get(stage, (0, 0.0))[0] + 1, time.monotonic()
            raise
        finally:
            self.observe(stage, time.perf_counter() - begun)

    def failing(self, stage: str) -> int:
        """How many times in a row a stage has failed lately; 0 for less than three."""
        count, at = self._failed.get(stage, (0, 0.0))
        return count if count >= FAILING_AFTER and time.monotonic() - at < FAILING_FOR_S else 0

    def render(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self.registry)
