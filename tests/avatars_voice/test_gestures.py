"""Where she looks and points: what the clause says, and only that."""

from __future__ import annotations

import pytest

from avatars.engines import Word
from avatars.gestures import LEAST_S, find_cues, next_points
from avatars.values import Located, Reply
from library.values import Item, Record
from spatial.locate import Place
from spatial.plan import ShelfFace
from wire.visemes import FACES, VISEMES

FACE = ShelfFace("2-07-A", "2-07-A", "L1", "ddc", "000", "999", "000", "9999", "", 4, (8.0, 9.0), (16.0, 9.0))
STAND = Place("2-07-A", "shelf", {"en": "2-07-A"}, "L1", 1, (9.0, 8.0))
BOOK = Record("b1", "Emma", ("Emma",), (), (), 1815, ("eng",), "", (), (), "", (Item("823", "ddc", "823"),))
ON_SHELF = Reply("…", "en", "find_item", items=(Located(BOOK, BOOK.items[0], FACE, 3, False, STAND),))


def words(text: str, start_s: float = 0.0) -> tuple[Word, ...]:
    """0.3 s each."""
    parts = text.split() if " " in text else list(text)
    return tuple(Word(part, start_s + 0.3 * i, start_s + 0.3 * (i + 1)) for i, part in enumerate(parts))


@pytest.mark.parametrize(("text", "at_s"), [("It stands on shelf 2-07-A, bay 3.", 0.9), ("它在书架上第三格。", 0.6)])
def test_naming_the_shelf_looks_at_it_first_and_then_points(text: str, at_s: float) -> None:
    said = words(text, 5.0)
    look, point = find_cues(text, said, 5.0, said[-1].end_s, ON_SHELF)
    assert (look.kind, point.kind, look.at, look.range_id, look.bay) == ("look", "point", "shelf", "2-07-A", 3)
    assert point.start_s == pytest.approx(5.0 + at_s)
    assert 5.0 <= look.start_s < point.start_s < point.end_s == look.end_s == said[-1].end_s
    assert point.points == ((9.0, 8.0, 1),)


def test_a_question_looks_at_the_reader_and_a_clause_about_nothing_is_still() -> None:
    asked = find_cues("Shall I take you there?", words("Shall I take you there?"), 0.0, 1.5, ON_SHELF)
    assert [(cue.kind, cue.at) for cue in asked] == [("look", "reader")]
    assert find_cues("Jane Austen wrote it.", words("Jane Austen wrote it."), 0.0, 1.2, ON_SHELF) == ()
    assert find_cues("On a shelf.", words("On a shelf."), 0.0, LEAST_S / 2, ON_SHELF) == ()


def test_nothing_is_pointed_at_that_the_answer_does_not_hold() -> None:
    nothing = Reply("…", "en", "ask_fact")
    for text in ("It is on a shelf.", "Turn left at the desk.", "It is on level two."):
        assert find_cues(text, words(text), 0.0, 2.0, nothing) == ()


def test_a_place_is_shown_when_its_level_is_named() -> None:
    reply = Reply("…", "en", "guide", place=STAND)
    cues = find_cues("It is on level one.", words("It is on level one."), 0.0, 1.5, reply)
    assert [cue.at for cue in cues] == ["place", "place"]


def test_a_hand_shows_the_beginning_of_the_way_on_its_level() -> None:
    way = [(0.0, 0.0, 0), (10.0, 0.0, 0), (10.0, 9.0, 0), (10.0, 30.0, 0), (10.0, 30.0, 1)]
    assert next_points(way) == ((0.0, 0.0, 0), (10.0, 0.0, 0), (10.0, 9.0, 0))
    assert next_points([(0.0, 0.0, 0), (1.0, 0.0, 1)]) == ()
    assert next_points([]) == ()


def test_every_mouth_shape_has_weights_on_every_face() -> None:
    for table in FACES.values():
        assert tuple(table) == VISEMES
        assert all(0 < weight <= 1 for weights in table.values() for weight in weights.values())
    assert {shape for weights in FACES["vrm"].values() for shape in weights} == {"aa", "ih", "ou", "ee", "oh"}
