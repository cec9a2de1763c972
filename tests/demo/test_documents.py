"""The documents say the same in both languages and agree with the building."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from demo import data_folder
from demo.plan import build_drawing

TOPICS = (
    "accessibility", "borrowing", "children", "hours", "house-rules", "lost-property", "membership", "printing",
    "rooms",
)  # fmt: skip
NUMBER = re.compile(r"(?<![A-Za-z\d])\d+(?:[:.]\d+)?")


def text(name: str) -> str:
    return (data_folder() / "documents" / name).read_text(encoding="utf-8")


def figures(words: str) -> Counter[str]:
    """Times, prices and counts of a text; the level's number is left out, since Chinese writes it in words."""
    plain = re.sub(r"Levels? \d(?: (?:and|or) Level \d)?", "", words)
    return Counter(NUMBER.findall(plain.replace("1台", "").replace("全部3层", "3 ")))


def test_each_topic_stands_in_both_languages() -> None:
    names = {path.name for path in (data_folder() / "documents").iterdir()}
    assert names == {f"{topic}.{lang}.md" for topic in TOPICS for lang in ("en", "zh")}


@pytest.mark.parametrize("topic", TOPICS)
def test_both_languages_give_the_same_headings_and_figures(topic: str) -> None:
    english, chinese = text(f"{topic}.en.md"), text(f"{topic}.zh.md")
    assert english.count("\n## ") == chinese.count("\n## ")
    for one, other in zip(english.split("\n## "), chinese.split("\n## "), strict=True):
        assert figures(one) == figures(other), one.splitlines()[0]


def test_there_is_enough_to_ask_about() -> None:
    assert sum(len(text(f"{topic}.en.md").split()) for topic in TOPICS) > 2000


@pytest.mark.parametrize("topic", TOPICS)
def test_places_named_are_places_of_the_building(topic: str) -> None:
    drawing = build_drawing()
    known = {room.en for room in drawing.rooms} | {spot.en for spot in drawing.spots} | {z.en for z in drawing.zones}
    known |= {thing.en for thing in drawing.things}
    found = re.findall(
        r"\b(?:[A-Z][a-z]+ )+(?:Room|Hall|Office|Studio|Desk|Stairs)\b(?: \d{3})?", text(f"{topic}.en.md")
    )
    for place in found:
        name = place.removeprefix("The ").removeprefix("Each ")
        assert name in known or any(k.endswith(name) for k in known), name


def test_opening_hours_of_rooms_are_those_of_the_plan() -> None:
    hours = {room.en: room.hours for room in build_drawing().rooms if room.hours}
    assert hours["Children's Library"] == "Mo-Fr 09:00-19:00; Sa,Su 09:00-20:00; PH 10:00-18:00"
    assert "from 9:00 to 19:00 on Monday to Friday, and from 9:00 to 20:00 on Saturday and Sunday" in text(
        "hours.en.md"
    )
    assert hours["Local History Room"] == "Tu-Sa 09:30-17:00"
    assert "from 9:30 to 17:00, Tuesday to Saturday" in text("hours.en.md")


def test_persona_and_settings_are_toml(tmp_path: Path) -> None:
    persona = tomllib.loads((data_folder() / "persona.toml").read_text(encoding="utf-8"))
    assert persona["name"] == {"en": "Lin", "zh": "小林"}
    settings = tomllib.loads((data_folder() / "shelfway.toml").read_text(encoding="utf-8"))
    assert settings["here"] == "Kiosk"
    assert settings["elevations"] == {"0": 0.0, "1": 4.8, "2": 9.6}
