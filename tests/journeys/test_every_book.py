"""Every book of the demo library is found by every language it has a title in, on the shelf its call number says."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from avatars.language import has_han
from avatars.values import Memory, Question
from library.callnumber import key
from server.home import Home

BOOKS = Path(__file__).resolve().parents[2] / "demo" / "books"


def rows() -> list[dict[str, str]]:
    found = []
    for file in sorted(BOOKS.glob("*.csv")):
        with file.open(encoding="utf-8") as lines:
            found += list(csv.DictReader(lines))
    return found


def expected_face(home: Home, record_id: str) -> str:
    """The face by plain comparison of keys, not by the code under test."""
    record = home.catalogue.get(record_id)
    assert record is not None
    item = record.items[0]
    number = key(item.scheme, item.call_number)
    assert home.plan is not None
    faces = [f for f in home.plan.faces if f.scheme == item.scheme and f.low_key <= number < f.high_key]
    own = [f for f in faces if f.collection and f.collection == item.location] or [f for f in faces if not f.collection]
    assert len(own) == 1, (record_id, own)
    return own[0].range_id


def test_there_are_three_hundred() -> None:
    assert len(rows()) >= 300


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_where_is_every_title(home: Home, lang: str) -> None:
    wrong = []
    for row in rows():
        title = row[f"title_{lang}"]
        if not title:
            continue
        text = f"Where is {title}?" if lang == "en" else f"{title}在哪里？"
        reply = home.dialogue.answer(Question(text, lang), Memory())
        face = expected_face(home, row["id"])
        first = reply.items[0] if reply.items else None
        found = first is not None and first.record.record_id == row["id"]
        placed = found and first.face is not None and first.face.range_id == face and face in reply.text
        if not placed or (lang == "en" and has_han(reply.text[:1])):
            wrong.append((row["id"], text, reply.text))
    assert not wrong, f"{len(wrong)} wrong: {wrong[:10]}"
