"""OpenTelemetry traces: one per turn, from the end of a reader's voice to the first sound of the answer.

Spans are made of the turn's figures (``server/turn_figures.py``) when it is over: how long, which channel, nothing that
was said, nobody's id. They go to the setting ``otlp_url`` by OTLP over HTTP; the extra ``[traces]`` holds the packages.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from server.turn_figures import MARKS, Mark, TurnFigures

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

SPANS: Final[dict[Mark, str]] = {
    "turn_end": "wait for the end",
    "heard": "hear",
    "first_token": "begin to think",
    "thought": "think",
    "sent": "speak",
    "played": "play",
}


class Tracing:
    """Writes turns as traces. ``export``: where spans go, if not to an OTLP server. Raises ImportError."""

    def __init__(self, url: str, version: str, export: Any = None) -> None:
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor

        self._provider = TracerProvider(resource=Resource({"service.name": "shelfway", "service.version": version}))
        if export is None:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

            self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=url)))
        else:
            self._provider.add_span_processor(SimpleSpanProcessor(export))
        self._tracer: Tracer = self._provider.get_tracer("shelfway.server")

    def turn(self, figures: TurnFigures) -> None:
        """A turn is over."""
        from opentelemetry.trace import set_span_in_context

        behind_ns = time.time_ns() - round(time.monotonic() * 1e9)  # the line's clock → time of day

        def at(seconds: float) -> int:
            return round(seconds * 1e9) + behind_ns

        begin = figures.voice_end
        end = max([begin, *figures.marks.values()])
        about: dict[str, str | bool] = {"shelfway.channel": figures.channel, "shelfway.thought_ahead": figures.guessed}
        root = self._tracer.start_span("turn", start_time=at(begin), attributes=about)
        inside, before = set_span_in_context(root), begin
        for mark in MARKS:
            reached = figures.marks.get(mark)
            if reached is None:
                continue
            reached = max(before, reached)  # what was thought in advance took no time of the reader's
            span = self._tracer.start_span(SPANS[mark], context=inside, start_time=at(before))
            span.end(end_time=at(reached))
            before = reached
        root.end(end_time=at(end))

    def close(self) -> None:
        """Send what waits; seconds at most."""
        self._provider.force_flush(2_000)
        self._provider.shutdown()


def open_tracing(url: str | None, faults: list[str]) -> Tracing | None:
    """Traces where an address is set; ``faults`` gets a sentence when they cannot be had."""
    if not url:
        return None
    from server.http import program_version

    try:
        return Tracing(url, program_version())
    except ImportError:
        faults.append("no traces: the packages of the extra [traces] are not installed")
        return None
