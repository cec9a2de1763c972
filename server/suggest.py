"""Suggestions while a reader types: titles, authors and places, with the question that each of them stands for."""

from __future__ import annotations

from dataclasses import dataclass

from library.store import Catalogue
from library.suggest import Suggested, suggest
from spatial.levels import fold
from spatial.locate import list_places
from spatial.mesh import STAFF_ONLY
from spatial.plan import Plan, level_text, text_in
from spatial.space import BLOCKED
from wire.messages.base import Lang
from wire.messages.suggest import Suggestion

_PLACES = 2
"""Most places among the suggestions: readers look for books more often."""

PASSED = frozenset({"walkway", "nonpublic"})
"""Categories of units that nobody wants to be led to."""

_ASK: dict[str, dict[Lang, str]] = {
    "title": {"en": "Where is “{text}”?", "zh": "《{text}》在哪里？"},
    "author": {"en": "Do you have books by {text}?", "zh": "有{text}的书吗？"},
    "place": {"en": "Where is {text}?", "zh": "{text}在哪里？"},
}


@dataclass(frozen=True, slots=True)
class _Named:
    """A place under one of its names, folded."""

    folded: str
    name: dict[str, str]
    levels: tuple[str, ...]


class Suggester:
    """Reads the catalogue and the names of the plan; blocking, safe to call from several threads."""

    def __init__(self, catalogue: Catalogue, plan: Plan | None) -> None:
        self._catalogue, self._plan = catalogue, plan
        self._named = _names(plan) if plan is not None else ()

    def suggest(self, text: str, lang: Lang, limit: int = 6) -> tuple[Suggestion, ...]:
        """The best few, places that begin so after the titles."""
        places = self._places(text, lang)[:_PLACES]
        books = [
            _suggestion(one.kind, one.text, _about(one, lang), lang)
            for one in suggest(self._catalogue, text, limit - len(places))
        ]
        titles = [one for one in books if one.kind == "title"]
        return (*titles, *places, *(one for one in books if one.kind == "author"))

    def _places(self, text: str, lang: Lang) -> list[Suggestion]:
        typed = fold(text)
        if not typed or (typed.isascii() and len(typed) < 2):
            return []
        found: dict[str, _Named] = {}
        for starts in (True, False):  # names that begin so before names of which a later word does
            for place in self._named:
                fits = place.folded.startswith(typed) if starts else f" {typed}" in f" {place.folded}"
                if fits or (not starts and not typed.isascii() and typed in place.folded):
                    found.setdefault(text_in(place.name, lang), place)
        return [_suggestion("place", name, self._where(place, lang), lang) for name, place in found.items() if name]

    def _where(self, place: _Named, lang: Lang) -> str:
        """The level of a place of which there is one."""
        if self._plan is None or len(place.levels) != 1:
            return ""
        return level_text(self._plan.get_level(place.levels[0]), lang)


def _about(one: Suggested, lang: Lang) -> str:
    """The other form of a title and who wrote it."""
    if one.kind == "author":
        return ""
    authors = ("、" if lang == "zh" else ", ").join(one.record.authors)
    return " · ".join(part for part in (one.also, authors) if part)


def _suggestion(kind: str, text: str, detail: str, lang: Lang) -> Suggestion:
    return Suggestion.model_validate(
        {"kind": kind, "text": text, "detail": detail, "ask": _ASK[kind][lang].format(text=text)}
    )


def _names(plan: Plan) -> tuple[_Named, ...]:
    """Every name of every place; places of one name together."""
    levels: dict[str, dict[str, None]] = {}
    names: dict[str, dict[str, str]] = {}
    shut = {
        unit.id for unit in plan.units
        if unit.restriction in STAFF_ONLY or unit.category in BLOCKED or unit.category in PASSED
    }  # fmt: skip
    for place in list_places(plan):
        if place.id in shut or place.unit_id in shut:
            continue
        for name in place.name.values():
            levels.setdefault(fold(name), {})[place.level_id] = None
            names.setdefault(fold(name), dict(place.name))
    return tuple(_Named(folded, names[folded], tuple(levels[folded])) for folded in sorted(names))
