"""Steps and places in words. One module per language; nothing else in this room knows a sentence."""

from __future__ import annotations

from typing import Literal

from spatial.locate import Place
from spatial.plan import Plan
from spatial.route import Route
from spatial.steps import Step
from spatial.wording import en, zh

Lang = Literal["zh", "en"]

_WORDS = {"en": (en.say_step, en.say_where), "zh": (zh.say_step, zh.say_where)}


def say_step(step: Step, plan: Plan, lang: Lang) -> str:
    """One step as one sentence."""
    return _WORDS[lang][0](step, plan)


def say_route(route: Route, plan: Plan, lang: Lang) -> list[str]:
    """One sentence for each step of the route, in order."""
    return [say_step(step, plan, lang) for step in route.steps]


def say_where(plan: Plan, place: Place, lang: Lang) -> str:
    """A sentence that says on which level, and in which unit, a place is."""
    return _WORDS[lang][1](plan, place)
