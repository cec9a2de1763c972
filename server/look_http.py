"""``POST /v1/look``: a picture in, what its codes mean out. The picture is neither kept nor logged."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Header, Query, Request, Response

from server import translate
from server.look_fix import Lens, fix_by_tag
from server.telemetry import log
from wire.messages.base import Lang, Position
from wire.messages.look import CodeBody, FixBody, LookBody

if TYPE_CHECKING:
    from avatars.seeing import Code, Seen
    from avatars.values import Located
    from server.parts import Parts

MARK_M = 0.05
"""Printed height of a shelf's mark, in metres, when the client does not say."""
_COARSE_M = 1.5


def look_router() -> APIRouter:
    """The path for pictures."""
    router = APIRouter()

    @router.post("/v1/look")
    async def look(
        request: Request,
        lang: Lang = "en",
        focal_px: Annotated[float | None, Query(gt=1, le=20_000, description="Focal length in pixels")] = None,
        mark_m: Annotated[float, Query(gt=0.005, le=1.0, description="Printed height of the mark in metres")] = MARK_M,
        centre_px: Annotated[str | None, Query(description="Middle of the lens: x,y in pixels")] = None,
        tag_m: Annotated[float | None, Query(gt=0.005, le=3.0, description="Edge of an AprilTag in metres")] = None,
        session: Annotated[str | None, Header(alias="X-Shelfway-Session", description="Whose place it is")] = None,
    ) -> Response:
        """Codes of a JPEG, PNG or WebP picture: the book and where it belongs, or where the camera is."""
        from avatars.seeing import MOST_BYTES
        from avatars.values import Memory

        parts: Parts = request.app.state.parts
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                return _refusal("bad_message", 413, lang)
        try:
            lens = Lens(focal_px, _point(centre_px), mark_m, tag_m)
            found = await parts.workers.run("thinking", lambda: _look(parts, bytes(body), lang, lens))
            read = parts.read_book
            if read is not None and not found.codes:
                book = await parts.workers.run("composing", lambda: read(bytes(body)))
                found = _belongs(parts, book, lang) if book is not None else found
        except Exception as fault:  # a shell edge: clients get a code and a sentence
            code = translate.code_of(fault)
            if code != "bad_message":
                log.error("a picture could not be looked at", exc_info=fault)
            return _refusal(code, {"bad_message": 415, "busy": 503, "timed_out": 503}.get(code, 500), lang)
        visit = parts.sessions.find(session or "")
        at = position_of(found)
        if visit is not None and found.items:  # "is there another copy?" is about this book
            seen = parts.finder.locate(found.items[0].record_id)
            if seen is not None:
                visit.memory = replace(visit.memory or Memory(lang=lang), items=(seen,), chosen=seen, candidates=())
        if visit is not None and at is not None:  # "where am I?" is answered from here
            visit.at = translate.from_position(at)
        return Response(found.model_dump_json(), media_type="application/json", headers={"Cache-Control": "no-store"})

    return router


def _look(parts: Parts, picture: bytes, lang: Lang, lens: Lens) -> LookBody:
    from avatars.seeing import read_codes

    seen = read_codes(picture)
    codes = tuple(CodeBody(kind=code.kind, text=code.text) for code in seen.codes)
    for code in seen.codes:
        if code.kind == "isbn":
            return _book(parts, code, codes, lang)
        if code.kind == "shelf":
            shelf = _shelf(parts, code, seen, codes, lang, lens)
            if shelf is not None:
                return shelf
        if code.tag is not None:
            hung = fix_by_tag(parts.plan, parts.tags, code.tag, (seen.width_px, seen.height_px), lens)
            if hung is not None:
                fix, place, name = hung
                told = _TEXT["at_tag"][lang].format(name=name.get(lang) or next(iter(name.values()), ""))
                return LookBody(codes=codes, place=translate.place_body(place), fix=fix, text=told)
    return LookBody(codes=codes, text=_TEXT["nothing"][lang])


def _book(parts: Parts, code: Code, codes: tuple[CodeBody, ...], lang: Lang) -> LookBody:
    """The book of an ISBN, every copy with its shelf."""
    copies = tuple(hit for hit in parts.finder.find(code.text, 8) if code.text in _isbns(hit.record.isbns))
    if not copies:
        return LookBody(codes=codes, text=_TEXT["not_held"][lang].format(isbn=code.text))
    items = tuple(translate.item_body(copy, parts.plan) for copy in copies)
    shelf = next((item.shelf for item in items if item.shelf is not None), None)
    told = _TEXT["belongs"][lang].format(title=items[0].title, shelf=shelf.label) if shelf else _TEXT["no_shelf"][lang]
    return LookBody(codes=codes, items=items, text=told.format(title=items[0].title))


def _belongs(parts: Parts, book: Located, lang: Lang) -> LookBody:
    """A book that a vision model has read the title of."""
    item = translate.item_body(book, parts.plan)
    told = _TEXT["belongs"][lang] if item.shelf is not None else _TEXT["no_shelf"][lang]
    text = told.format(title=item.title, shelf=item.shelf.label if item.shelf is not None else "")
    return LookBody(codes=(), items=(item,), text=_TEXT["read"][lang] + text)


def _shelf(
    parts: Parts, code: Code, seen: Seen, codes: tuple[CodeBody, ...], lang: Lang, lens: Lens
) -> LookBody | None:
    """Where the camera is, from the mark of a shelf face; None when no face has that id."""
    from avatars.seeing import bearing_deg, distance_m
    from spatial.locate import place_of_face
    from spatial.shelves import shelf_point

    plan = parts.plan
    face = next((f for f in plan.faces if code.text in (f.range_id, f.label)), None) if plan is not None else None
    if plan is None or face is None:
        return None
    place = place_of_face(plan, face, code.bay)
    mark = shelf_point(face, code.bay)
    toward = math.degrees(math.atan2(mark[0] - place.point[0], mark[1] - place.point[1])) % 360
    east, north, heading, accuracy = *place.point, toward, _COARSE_M
    if lens.focal_px is not None:
        away, aside = distance_m(code, lens.focal_px, lens.mark_m), bearing_deg(code, seen, lens.focal_px)
        heading = (toward - aside) % 360
        east = mark[0] - away * math.sin(math.radians(toward))
        north = mark[1] - away * math.cos(math.radians(toward))
        accuracy = max(0.15, 0.1 * away)
    at = Position(east_m=round(east, 3), north_m=round(north, 3), level=place.ordinal)
    fix = FixBody(position=at, heading_deg=round(heading, 1), accuracy_m=round(accuracy, 2))
    return LookBody(
        codes=codes, place=translate.place_body(place), fix=fix, text=_TEXT["here"][lang].format(shelf=face.label)
    )


def position_of(found: LookBody) -> Position | None:
    """Where the camera is, by the fix or by the place of a mark."""
    if found.fix is not None:
        return found.fix.position
    point = found.place.point if found.place is not None else None
    return Position(east_m=point.east_m, north_m=point.north_m, level=point.level) if point is not None else None


def _point(text: str | None) -> tuple[float, float] | None:
    """``x,y`` in pixels; None for anything else."""
    try:
        x, y = (float(part) for part in (text or "").split(","))
    except ValueError:
        return None
    return (x, y) if math.isfinite(x) and math.isfinite(y) else None


def _isbns(isbns: tuple[str, ...]) -> set[str]:
    """The numbers as ISBN-13, without hyphens."""
    from library.store import isbn_forms

    return {form for isbn in isbns for form in isbn_forms(isbn.replace("-", "").upper())}


def _refusal(code: str, status: int, lang: Lang) -> Response:
    return Response(translate.error(code, lang).model_dump_json(), status, media_type="application/json")  # type: ignore[arg-type]


_TEXT: dict[str, dict[str, str]] = {
    "nothing": {"en": "I see no book's bar code and no shelf's mark.", "zh": "没有看到图书条码或书架标记。"},
    "not_held": {"en": "We do not hold the book with ISBN {isbn}.", "zh": "本馆没有 ISBN 为 {isbn} 的书。"},
    "belongs": {"en": "“{title}” belongs on shelf {shelf}.", "zh": "《{title}》应放在{shelf}号书架。"},
    "no_shelf": {
        "en": "We hold “{title}”, but its shelf is not on my map.",
        "zh": "本馆有《{title}》，但地图上没有它的书架。",
    },
    "read": {"en": "As far as I can read it: ", "zh": "我看到的书名如果没错："},
    "at_tag": {"en": "You are at {name}.", "zh": "您在{name}。"},
    "here": {"en": "You are in front of shelf {shelf}.", "zh": "您在{shelf}号书架前。"},
}
