"""Values ↔ messages: the only file that knows both, and the table of what clients are told when something fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from wire.codes import MEANINGS, ErrorCode
from wire.messages import ask, guide
from wire.messages.base import Lang, Point, Position
from wire.messages.session import ErrorMessage
from wire.messages.speech import Cue

if TYPE_CHECKING:
    import spatial.guide as core
    from avatars import gestures
    from avatars.values import Action, Located, PlanStep, Reply, Source
    from spatial.changes import Change
    from spatial.locate import Place
    from spatial.plan import Labels, Plan
    from spatial.route import NoRoute, Route
    from spatial.route import Position as MapPosition

Doing = Literal["hear", "speak", "think", "guide"]

CODES: dict[str, ErrorCode] = {
    "avatars.errors.PictureError": "bad_message",
    "server.workers.BusyError": "busy",
    "server.workers.LimitError": "timed_out",
    "server.workers.WorkError": "internal",
    "server.outbox.TooSlowError": "internal",
    "server.errors.ServerError": "internal",
    "server.errors.SettingsError": "internal",
    "server.errors.ReviewError": "internal",
    "server.errors.KeptError": "internal",
    "server.errors.CommandError": "internal",
    "server.rooms.FullError": "busy",
    "spatial.errors.PlaceError": "unknown_place",
    "spatial.errors.SpatialError": "internal",
    "spatial.shapes.ShapeError": "internal",
    "spatial.read_shelves._RowError": "internal",
    "library.marc_marc8.Marc8Error": "internal",
    "library.errors.LibraryError": "internal",
    "avatars.errors.EngineError": "internal",
    "avatars.engines.EngineError": "internal",
    "avatars.errors.AvatarError": "internal",
    "assets.errors.BlockedError": "blocked",
    "assets.errors.BriefError": "cannot_paint",
    "assets.errors.PainterError": "cannot_paint",
    "assets.errors.AssetError": "internal",
    "wire.audio.AudioError": "bad_audio",
    "wire.pose.PoseError": "bad_pose",
    "wire.text.MessageError": "bad_message",
}
"""Qualified name of an exception, or of a base of it, → code. A test proves that every exception is covered."""

SENTENCES: dict[ErrorCode, dict[Lang, str]] = {
    "busy": {"en": "I have too much to do just now. Please ask again in a moment.", "zh": "我现在有点忙，请稍后再问。"},
    "timed_out": {
        "en": "That took too long, so I gave it up. Please try again.",
        "zh": "用时太久，我先停下了，请再试一次。",
    },
    "text_refused": {
        "en": "That cannot be said here; nobody has got it.",
        "zh": "这样的内容不能在这里发送，别人没有收到。",
    },
    "unknown_place": {"en": "I know no place or shelf of that name here.", "zh": "这里没有叫这个名字的地方或书架。"},
    "ambiguous_place": {
        "en": "There are several places of that name. Which one?",
        "zh": "好几处叫这个名字，是哪一个？",
    },
    "unknown_record": {"en": "The catalogue holds no such record.", "zh": "目录里没有这条记录。"},
    "no_shelf": {"en": "That item stands on no shelf on my map.", "zh": "我的地图上没有存放它的书架。"},
    "listening_unavailable": {
        "en": "I cannot hear this language here yet. Please type your question.",
        "zh": "我在这里还听不懂这种语言，请打字提问。",
    },
    "speaking_unavailable": {
        "en": "My voice has failed; please read the text.",
        "zh": "我暂时说不出话来，请看文字。",
    },
    "nothing_understood": {
        "en": "I did not understand that. Please say it again, or type it.",
        "zh": "我没听清，请再说一遍，或者打字。",
    },
    "too_long": {"en": "That was too long for me. Please ask in one sentence.", "zh": "这段话太长了，请用一句话提问。"},
    "not_ready": {"en": "This library has no map yet.", "zh": "这个图书馆还没有地图。"},
    "blocked": {
        "en": "I do not show that here. Please choose something else.",
        "zh": "这里不展示这样的内容，请换一个。",
    },
    "in_review": {
        "en": "That world is painted; a librarian looks at it first.",
        "zh": "这个世界已经画好，馆员看过后就能进入。",
    },
    "cannot_paint": {"en": "I could not paint that. Please try another book.", "zh": "我没能画出来，请换一本书试试。"},
    "internal": {"en": "Something went wrong on my side. Please try again.", "zh": "我这边出了点问题，请再试一次。"},
}
"""What readers are told. Codes without a sentence here are for programmers and carry their meaning in English."""


def code_of(fault: BaseException, doing: Doing | None = None) -> ErrorCode:
    """The public code of an exception. ``doing``: the engine that was at work when an engine failed."""
    names = [f"{cls.__module__}.{cls.__qualname__}" for cls in type(fault).__mro__]
    if any(name.endswith(".EngineError") for name in names):
        if doing == "hear":
            return "listening_unavailable"
        if doing == "speak":
            return "speaking_unavailable"
    code: ErrorCode = next((CODES[name] for name in names if name in CODES), "internal")
    return "speaking_unavailable" if doing == "speak" and code == "internal" else code


def sentence(code: ErrorCode, lang: Lang) -> str:
    """What a client is told for a code, never the exception's own text."""
    return SENTENCES.get(code, {}).get(lang) or MEANINGS[code].text


def error(code: ErrorCode, lang: Lang, of: str | None = None, text: str | None = None) -> ErrorMessage:
    """The error message for a code. ``text``: a more exact sentence of ours."""
    return ErrorMessage(code=code, message=text or sentence(code, lang), retryable=MEANINGS[code].retryable, of=of)


def error_message(fault: BaseException, lang: Lang, of: str | None = None, doing: Doing | None = None) -> ErrorMessage:
    """The error message for an exception."""
    return error(code_of(fault, doing), lang, of)


def labels(names: Labels) -> dict[str, str]:
    """Names by language; texts of no known language ("und") as they are."""
    return dict(names)


def to_point(point: tuple[float, float], ordinal: int) -> Point:
    """A map point, millimetres exact."""
    return Point(east_m=_mm(point[0]), north_m=_mm(point[1]), level=ordinal)


def cue(made: gestures.Cue) -> Cue:
    """A gesture as it travels."""
    points = tuple(to_point((east, north), level) for east, north, level in made.points)
    return Cue(
        kind=made.kind,
        at=made.at,
        start_s=made.start_s,
        end_s=made.end_s,
        points=points,
        range_id=made.range_id,
        bay=made.bay,
    )


def to_position(position: MapPosition) -> Position:
    """A place to stand, as the wire says it."""
    return Position(east_m=_mm(position.point[0]), north_m=_mm(position.point[1]), level=position.ordinal)


def from_position(position: Position | guide.Pose) -> MapPosition:
    """A place to stand, as the building's room says it."""
    from spatial.route import Position as MapPosition

    return MapPosition((position.east_m, position.north_m), position.level)


def place_body(place: Place) -> ask.PlaceBody:
    """A place of an answer."""
    return ask.PlaceBody(
        id=place.id,
        name=labels(place.name),
        kind=place.kind,
        level=place.ordinal,
        point=to_point(place.point, place.ordinal),
    )


def item_body(located: Located, plan: Plan | None) -> ask.ItemBody:
    """A record with the copy that was looked at and its shelf."""
    record, item, face = located.record, located.item, located.face
    shelf = None
    if face is not None:
        ordinal = plan.get_level(face.level_id).ordinal if plan is not None else 0
        shelf = ask.ShelfBody(
            range_id=face.range_id,
            label=face.label,
            level=ordinal,
            bay=located.bay,
            bay_estimated=located.bay_estimated,
            point=to_point(located.stand.point, located.stand.ordinal) if located.stand is not None else None,
        )
    return ask.ItemBody(
        record_id=record.record_id,
        title=record.title,
        authors=record.authors,
        call_number=item.call_number if item is not None else "",
        scheme=item.scheme if item is not None else "",
        status=item.status if item is not None else "",
        shelf=shelf,
    )


def source_body(source: Source) -> ask.SourceBody:
    """What a sentence rests on."""
    return ask.SourceBody(
        document=source.document,
        heading=source.heading,
        start=source.start,
        end=source.end,
        quote=source.quote,
        record_id=source.record_id,
        feature_id=source.feature_id,
    )


def route_body(route: Route | NoRoute, plan: Plan, lang: Lang) -> guide.RouteBody:
    """A way with its steps in words, or the reason why there is none."""
    from spatial.plan import text_in
    from spatial.route import NoRoute
    from spatial.wording import say_route

    if isinstance(route, NoRoute):
        return guide.RouteBody(
            length_m=None, duration_s=None, levels=(), points=(), reason=text_in(route.message, lang)
        )
    texts = say_route(route, plan, lang)
    return guide.RouteBody(
        length_m=round(route.length_m, 3),
        duration_s=round(route.duration_s, 1),
        levels=tuple(route.levels),
        points=tuple((_mm(east), _mm(north), ordinal) for east, north, ordinal in route.points),
        steps=tuple(
            guide.StepBody(
                text=text,
                kind=step.kind,
                level=step.ordinal,
                at_m=_mm(step.at_m),
                distance_m=_mm(step.distance_m),
                east_m=_mm(step.point[0]),
                north_m=_mm(step.point[1]),
            )
            for step, text in zip(route.steps, texts, strict=True)
        ),
        start_moved_m=_mm(route.start_moved_m),
        goal_moved_m=_mm(route.goal_moved_m),
    )


def answer(reply: Reply, of: str, plan: Plan | None, utterance: int | None = None) -> ask.Answer:
    """The librarian's answer."""
    from avatars.values import Located

    return ask.Answer(
        of=of,
        text=reply.text,
        lang=reply.lang,
        intent=reply.intent,
        refused=reply.refused,
        clarify=reply.clarify,
        items=tuple(item_body(located, plan) for located in reply.items),
        place=place_body(reply.place) if reply.place is not None else None,
        route=route_body(reply.route, plan, reply.lang) if reply.route is not None and plan is not None else None,
        sources=tuple(source_body(source) for source in reply.sources),
        candidates=tuple(
            item_body(one, plan) if isinstance(one, Located) else place_body(one) for one in reply.candidates
        ),
        action=action_body(reply.action) if reply.action is not None else None,
        steps=tuple(step_body(step) for step in reply.steps),
        utterance=utterance,
    )


def action_body(action: Action) -> ask.ActionBody:
    """What was done or is proposed; ``detail.record_id`` names the book."""
    detail = {"record_id": action.record_id} if action.record_id is not None else {}
    return ask.ActionBody(kind=action.kind, state=action.state, detail=detail)


def step_body(step: PlanStep) -> ask.StepBody:
    """One part of a plan."""
    from spatial.route import Route

    return ask.StepBody(
        asked=step.asked,
        intent=step.intent,
        text=step.text,
        place=place_body(step.place) if step.place is not None else None,
        length_m=_mm(step.route.length_m) if isinstance(step.route, Route) else None,
    )


def goal_name(place: Place) -> dict[str, str]:
    """What a goal is called; a shelf has one label for all languages."""
    if place.kind == "shelf":
        label = next(iter(place.name.values()), place.id)
        return {"en": f"shelf {label}", "zh": f"{label} 号书架"}
    return labels(place.name) or {"en": "your goal", "zh": "目的地"}


def progress(event: core.Progress) -> guide.Progress:
    """How far the reader is."""
    return guide.Progress(
        revision=event.revision,
        along_m=_mm(event.along_m),
        remaining_m=_mm(event.remaining_m),
        remaining_s=round(event.remaining_s, 1),
        step=event.step,
        off_m=_mm(event.off_m),
    )


def arrived(event: core.Arrived, goal: Place, range_id: str | None, bay: int | None) -> guide.Arrived:
    """The reader is there; what to light up."""
    return guide.Arrived(revision=event.revision, text=event.text, range_id=range_id, bay=bay, level=goal.ordinal)


def plan_changed(changes: Sequence[Change], lang: Lang) -> guide.PlanChanged:
    """What was closed or opened."""
    from spatial.changes import say_change

    return guide.PlanChanged(
        changes=tuple(
            guide.ChangeBody(id=one.what.id, name=labels(one.what.name), closed=one.closed, text=say_change(one, lang))
            for one in changes
        )
    )


def both(text: Mapping[str, str], fallback: str = "") -> dict[str, str]:
    """Names for a welcome: never empty."""
    return dict(text) or {"en": fallback}


def _mm(metres: float) -> float:
    return round(float(metres), 3)
