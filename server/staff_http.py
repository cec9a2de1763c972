"""``GET /staff/turns``: how long the newest turns took, as a plain page or as JSON. No word that was said is kept.

Who may see it: ``rights.py``; a browser is asked for the token as the password (``guard.py``).
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from server.turn_figures import MARKS, Mark, TurnFigures

if TYPE_CHECKING:
    from server.parts import Parts

TITLES: Final[dict[Mark, str]] = {
    "turn_end": "turn over",
    "heard": "transcript",
    "first_token": "first words",
    "thought": "answer",
    "sent": "first audio sent",
    "played": "first sound at the client",
}


def staff_router() -> APIRouter:
    """The staff's paths."""
    router = APIRouter()

    @router.get("/staff/turns")
    async def turns(request: Request) -> Response:
        """The newest turns: seconds from the end of the reader's voice to each stage."""
        parts: Parts = request.app.state.parts
        newest = tuple(reversed(parts.telemetry.turns.newest))
        no_store = {"Cache-Control": "no-store"}
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse(
                [turn.to_trace().model_dump(exclude={"type", "of"}) for turn in newest], headers=no_store
            )
        return HTMLResponse(write_page(newest), headers=no_store)

    return router


def write_page(newest: Sequence[TurnFigures]) -> str:
    """The table, newest first, with medians and 95th percentiles on top. Turn ids and times only."""
    head = "".join(f"<th>{TITLES[mark]}</th>" for mark in MARKS)
    rows = "".join(
        f"<tr><td>{number}</td><td>{turn.channel}{', ahead' if turn.guessed else ''}</td>"
        + "".join(f"<td>{_ms(turn.since(mark))}</td>" for mark in MARKS)
        + "</tr>"
        for number, turn in enumerate(newest, 1)
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5">'
        "<title>Turns · Shelfway</title><style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem}"
        "table{border-collapse:collapse}td,th{padding:.2rem .8rem;text-align:right;border-bottom:1px solid #ddd}"
        "th{font-weight:600}tfoot td,thead td{font-weight:600}</style>"
        f"<h1>The newest {len(newest)} turns</h1>"
        "<p>Milliseconds from the end of the reader's voice (of a typed question: from its arrival). “Ahead”: it was "
        "thought about before the turn was over. Nothing that was said is kept.</p>"
        f"<table><thead><tr><th>no.</th><th>asked by</th>{head}</tr>{_summary(newest, 0.5, 'median')}"
        f"{_summary(newest, 0.95, '95 of 100')}</thead><tbody>{rows}</tbody></table></html>"
    )


def _summary(newest: Sequence[TurnFigures], share: float, title: str) -> str:
    cells = []
    for mark in MARKS:
        values = sorted(value for turn in newest if (value := turn.since(mark)) is not None)
        if len(values) < 2:
            cells.append(f"<td>{_ms(values[0] if values else None)}</td>")
        elif share == 0.5:
            cells.append(f"<td>{_ms(statistics.median(values))}</td>")
        else:
            cells.append(f"<td>{_ms(values[min(len(values) - 1, round(share * (len(values) - 1)))])}</td>")
    return f"<tr><td></td><td>{title}</td>{''.join(cells)}</tr>"


def _ms(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds * 1000:.0f}"
