"""Notes and exhibits: left at a place, found later and after a restart, taken away by their author or staff."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from server.notebook import DAY_S, FILE, Notebook, NotesHolder
from spatial.rooms.notes import MOST_OF_ONE, Note
from tests.server.test_company import TOKEN
from tests.server.test_meet import Person
from tests.server.world import make_parts, running

ROOM = {"room": "building", "visible": "nobody"}
HELLO = {"client": "browser", "token": TOKEN}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def serve(home: Path) -> Callable[[], Any]:
    return lambda: running(make_parts(token=TOKEN, home=home))


@pytest.fixture
def port(serve: Callable[[], Any]) -> Iterator[int]:
    with serve() as number:
        yield number


def leave(one: Person, id_: str, **fields: Any) -> dict[str, Any]:
    one.say(type="note", id=id_, **{"text": "The light is best here", "east_m": 3.0, "north_m": 4.5, **fields})
    noted: dict[str, Any] = one.wait("noted", of=id_)["note"]
    return noted


def test_a_note_is_found_later_and_after_a_restart(serve: Callable[[], Any]) -> None:
    with serve() as port:
        ann, ben = Person(port, {**ROOM, "name": "Ann Real-Name"}, **HELLO), Person(port, ROOM, **HELLO)
        assert ben.wait("notes")["notes"] == []
        note = leave(ann, "n1")
        assert ben.wait("noted")["note"] == note
        assert (note["east_m"], note["north_m"], note["level"], note["kind"]) == (3.0, 4.5, 0, "note")
        entered = next(m for m in ann.got if m["type"] == "entered")
        assert note["author"] == entered["author"]
        assert set(note["author_name"]) == {"en", "zh"}
        assert leave(ann, "n1", text="again") == note  # the same message again has no second effect
        for one in (ann, ben):
            one.close()
    with serve() as port:
        cem = Person(port, ROOM, **HELLO)
        assert cem.wait("notes")["notes"] == [note]
        other = Person(port, {**ROOM, "room": "group"}, **HELLO)
        assert other.wait("notes")["notes"] == []
        assert "Real-Name" not in str(cem.got)
        cem.close()
        other.close()


def test_only_the_author_and_staff_take_a_note_away(port: int, home: Path) -> None:
    ann, ben = Person(port, ROOM, **HELLO), Person(port, ROOM, **HELLO)
    first, second = leave(ann, "n1"), leave(ann, "n2", text="The chair creaks")
    ben.say(type="remove_note", id="x", note=first["id"])
    assert ben.wait("error", of="x")["code"] == "not_allowed"
    ben.say(type="remove_note", id="y", note="nothing")
    assert ben.wait("error", of="y")["code"] == "unknown_note"
    session = ann.welcome["session"]
    ann.socket.socket.close()
    back = Person(port, None, resume=session, **HELLO)
    back.wait("notes")
    back.say(type="remove_note", id="x", note=first["id"])
    assert ben.wait("note_removed")["note"] == first["id"]
    staff = Person(port, ROOM, client="staff", token=TOKEN)
    staff.say(type="remove_note", id="x", note=second["id"])
    assert ben.wait("note_removed", note=second["id"])
    with closing(sqlite3.connect(home / FILE)) as book:
        book.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"creaks" not in (home / FILE).read_bytes()
    for one in (ben, back, staff):
        one.close()


def test_exhibits_show_a_book_and_in_the_building_only_staff_put_them_there(port: int) -> None:
    reader, staff = Person(port, ROOM, **HELLO), Person(port, ROOM, client="staff", token=TOKEN)
    reader.say(type="note", id="e", kind="exhibit", text="Read me", east_m=1, north_m=1, record_id="b1")
    assert reader.wait("error", of="e")["code"] == "not_allowed"
    note = leave(staff, "e", kind="exhibit", record_id="b1")
    assert (note["title"], note["record_id"]) == ("Test Book", "b1")
    assert reader.wait("noted")["note"] == note
    staff.say(type="note", id="f", kind="exhibit", text="Read me", east_m=1, north_m=1, record_id="nothing")
    assert staff.wait("error", of="f")["code"] == "unknown_record"
    staff.say(type="note", id="g", kind="exhibit", text="Read me", east_m=1, north_m=1)
    assert staff.wait("error", of="g")["code"] == "bad_message"
    reader.say(type="enter", room="study", visible="all")
    reader.wait("entered")
    assert leave(reader, "e2", kind="exhibit", record_id="b1")["kind"] == "exhibit"
    for one in (reader, staff):
        one.close()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"level": 7}, "unknown_place"),
        ({"text": ""}, "bad_message"),
        ({"text": "a\u202eb"}, "text_refused"),
        ({"east_m": 1e9}, "bad_message"),
        ({"kind": "bomb"}, "bad_message"),
    ],
)
def test_bad_notes_are_named(port: int, fields: dict[str, Any], code: str) -> None:
    one = Person(port, ROOM, **HELLO)
    one.say(type="note", id="n", **{"text": "hello", "east_m": 1.0, "north_m": 1.0, **fields})
    assert one.wait("error")["code"] == code
    one.close()


def test_what_is_held_on_a_reader_is_given_out_erased_and_let_go(home: Path) -> None:
    book = Notebook(home / FILE, keep_days=10)
    holder = NotesHolder(book)
    assert (holder.export("reader"), holder.erase("reader"), holder.expire(0.0)) == ([], 0, 0)
    author = book.author("reader")
    book.add(note(1, author), "m1")
    book.add(note(2, "somebody else"), "m2")
    (kept,) = holder.export("reader")
    assert (kept["text"], kept["room"], kept["east_m"]) == ("text", "r", 1.0)
    assert holder.erase("reader") == 1
    assert holder.export("reader") == []
    assert len(book.list_of("somebody else")) == 1
    assert holder.expire(1001.0 + 10 * DAY_S) == 1


def note(number: int, author: str = "a", written_s: float = 1000.0, room: str = "r") -> Note:
    return Note(f"id{number}", room, "note", "text", (1.0, 2.0), 0, author, written_s)


def test_the_book_has_bounds_forgets_and_tells_what_it_keeps(home: Path) -> None:
    book = Notebook(home / FILE, keep_days=10)
    assert book.list("r", 0.0, 9) == book.list_of("a") == ()
    assert not (home / FILE).exists()
    before = book.author("visit")
    for number in range(MOST_OF_ONE):
        assert book.add(note(number), f"m{number}") == (note(number), True)
    assert book.author("visit") == before == Notebook(home / FILE).author("visit")
    assert book.add(note(99), "m99") == "author"
    assert book.add(note(99), "m3") == (note(3), False)
    assert book.add(note(100, "b", 1500.0), "m") == (note(100, "b", 1500.0), True)
    assert book.list("r", 1500.0, 2)[0].author == "b"
    assert len(book.list_of("a")) == MOST_OF_ONE
    assert book.list("r", 1200.0 + 10 * DAY_S, 99) == (note(100, "b", 1500.0),)
    assert book.add(note(101, "c", 1200.0 + 10 * DAY_S), "m") == (note(101, "c", 1200.0 + 10 * DAY_S), True)
    assert book.list_of("a") == ()  # too old: gone for good
    assert book.remove_of("b") == 1
    assert not book.remove("id100")
    assert book.find("id101") is not None
