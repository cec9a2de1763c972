"""``/staff/answers``: what a language model would answer, for staff to approve, change or refuse; a page, or JSON.

Who may: ``rights.py``. The name in ``by`` (or of the Basic login) goes into the audit.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import asdict
from html import escape
from typing import TYPE_CHECKING, Any, Final, get_args
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from avatars.reviewed import State
from server.audit import AuditError
from server.auth_http import identity_of
from server.review import Decision, Kept, Review
from server.telemetry import log

if TYPE_CHECKING:
    from server.parts import Parts

LONGEST: Final = 4_000
_BODY_MAX: Final = 65_536
_NO_STORE: Final = {"Cache-Control": "no-store"}


def review_router() -> APIRouter:
    """The paths of the review."""
    router = APIRouter()

    @router.get("/staff/answers")
    async def answers(request: Request, state: State = "pending") -> Response:
        """Questions with their answers in one state: waiting, approved or refused."""
        review = _review(request)
        if isinstance(review, Response):
            return review
        parts: Parts = request.app.state.parts
        kept = await parts.workers.run("thinking", lambda: review.list_kept(state))
        if _wants_json(request):
            return JSONResponse([_body(one) for one in kept], headers=_NO_STORE)
        return HTMLResponse(write_page(kept, state), headers=_NO_STORE)

    @router.get("/staff/answers/{number}/audit")
    async def audit(request: Request, number: int) -> Response:
        """Who did what about one answer, and when."""
        review = _review(request)
        if isinstance(review, Response):
            return review
        parts: Parts = request.app.state.parts
        entries = await parts.workers.run("thinking", lambda: review.list_audit(number))
        return JSONResponse([asdict(entry) for entry in entries], headers=_NO_STORE)

    @router.post("/staff/answers/{number}")
    async def decide(request: Request, number: int) -> Response:
        """Approve, refuse or reopen one: ``decision``, ``by``, and ``text`` where it is changed; JSON or a form."""
        review = _review(request)
        if isinstance(review, Response):
            return review
        asked = await _asked(request)
        decision = next((one for one in get_args(Decision) if one == asked.get("decision")), None)
        who = (asked.get("by") or _login(request)).strip()[:80]
        text = asked.get("text")
        if decision is None or not who or (text is not None and len(text) > LONGEST):
            told = f"decision: {', '.join(get_args(Decision))}; by: your name; text: at most {LONGEST} characters"
            return _refusal("bad_message", told, 422)
        parts: Parts = request.app.state.parts
        signed = identity_of(request).who
        try:
            parts.audit.write(signed, f"answers.{decision}", {"answer": number})
            kept = await parts.workers.run("thinking", lambda: review.decide(number, decision, who, text))
        except AuditError as fault:
            log.error("a decision cannot be written", exc_info=fault)
            return _refusal("internal", "it could not be written; the server's log has the cause", 500)
        except ValueError:
            return _refusal("bad_message", "write an answer before you approve it", 422)
        if kept is None:
            return _refusal("unknown_answer", f"there is no answer {number}", 404)
        if _wants_json(request):
            return JSONResponse(_body(kept), headers=_NO_STORE)
        return RedirectResponse("/staff/answers", 303, headers=_NO_STORE)

    return router


def _review(request: Request) -> Review | Response:
    """The home's review, or why whoever asks does not get it."""
    parts: Parts = request.app.state.parts
    if parts.review is None:
        return _refusal("not_ready", "the home reviews no answers; see the setting review_answers", 404)
    return parts.review


async def _asked(request: Request) -> dict[str, str]:
    """The members of a JSON object or a form that are texts; none when it is neither."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _BODY_MAX:
            return {}
    try:
        if "json" in request.headers.get("content-type", ""):
            found: Any = json.loads(body)
            members = found.items() if isinstance(found, dict) else ()
            return {name: value for name, value in members if isinstance(value, str)}
        return {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    except ValueError:
        return {}


def _login(request: Request) -> str:
    """The name of a Basic login, "" when there is none."""
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[0] if kind.lower() == "basic" else ""
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _body(kept: Kept) -> dict[str, Any]:
    draft = asdict(kept.draft)
    return {"id": kept.id, "state": kept.state, "asked": kept.asked, "first_day": kept.first_day, **draft}


def _refusal(code: str, message: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"code": code, "message": message}, status, headers={**_NO_STORE, **(headers or {})})


def write_page(kept: tuple[Kept, ...], state: State) -> str:
    """The page: a form for each answer. No script; everything that was said stands in it as text."""
    names = get_args(State)
    tabs = " · ".join(
        f"<b>{one}</b>" if one == state else f'<a href="/staff/answers?state={one}">{one}</a>' for one in names
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Answers to review · Shelfway</title>'
        "<style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem;max-width:52rem}form{border-top:1px solid #ccc;"
        "padding:1rem 0}textarea{width:100%;font:inherit}blockquote{margin:.3rem 0;color:#444}"
        "button{font:inherit;margin-right:.6rem}</style><h1>Answers to review</h1>"
        "<p>A language model wrote these from the library's own records and documents. Readers hear one only after it "
        f"has been approved. Questions are kept without who asked them.</p><p>{tabs}</p>"
        + ("".join(map(_form, kept)) or "<p>Nothing here.</p>")
        + "</html>"
    )


def _form(kept: Kept) -> str:
    draft = kept.draft
    rests = "".join(
        f"<blockquote>{escape(source.document or source.record_id or source.feature_id or '')}"
        f"{': ' + escape(source.quote) if source.quote else ''}</blockquote>"
        for source in draft.sources
    )
    acts = ("approve", "refuse") if kept.state == "pending" else ("approve", "refuse", "reopen")
    buttons = "".join(f'<button name="decision" value="{act}">{act}</button>' for act in acts)
    return (
        f'<form method="post" action="/staff/answers/{kept.id}"><h2 lang="{draft.lang}">{escape(draft.question)}</h2>'
        f"<p>asked {kept.asked} times since {kept.first_day} · "
        f'<a href="/staff/answers/{kept.id}/audit">who decided what</a></p>'
        f'<p><label>Answer<br><textarea name="text" rows="4" maxlength="{LONGEST}" lang="{draft.lang}">'
        f"{escape(draft.text)}</textarea></label></p>{rests}"
        f'<p><label>Your name <input name="by" maxlength="80"></label> {buttons}</p></form>'
    )
