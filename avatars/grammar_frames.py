"""Questions that readers ask in any library: sentences with one gap, and whole sentences. English.

In the tables ``_`` is the gap, the first column how usual the question is; brackets hold the endings it may have,
parted by ``|`` (an empty one is: no ending).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Words = tuple[str, ...]
Kind = Literal["title", "author", "topic", "place", "phrase"]


@dataclass(frozen=True, slots=True)
class Frame:
    """A question with one gap: ``before`` the gap, then one of ``after`` (() is: nothing). ``weight``: how usual."""

    kind: Kind
    before: tuple[str, ...]
    after: tuple[tuple[str, ...], ...] = ((),)
    weight: float = 1.0


POLITE_BEFORE: Final = ("please",)
POLITE_AFTER: Final = ("please",)

_TITLE_FRAMES: Final = """
6 where is _
3 where's _
3 where can i find _
1 where do i find _
1 where would i find _
1 where do you keep _
1 where is the book _
2 where is the novel _
3 do you have _
1 do you have the book _
1 do you have a copy of _
1 have you got _
1 have you got a copy of _
4 take me to _
1 can you take me to _
1 could you take me to _
2 show me _
1 show me the way to _
1 guide me to _
1 lead me to _
2 find _
1 find me _
1 can you find _
1 could you find _
1 help me find _
3 i'm looking for _
1 i am looking for _
1 i'm looking for the book _
1 i need _
1 i want _
1 i want to read _
1 i'd like to read _
1 i would like to read _
1 i want to borrow _
1 i'd like to borrow _
1 can i borrow _
1 can i get _
1 how do i get to _
3 who wrote _
1 who is the author of _
1 who's the author of _
1 tell me about _
1 what shelf is _ [on]
1 which floor is _ [on]
1 what floor is _ [on]
1 which shelf is _ [on]
3 is _ [available|in|on the shelf|checked out|here|available now]
1 what is _ [about]
1 what's _ [about]
1 open the world of _
1 how many copies of _ [do you have]
1 _
"""
_AUTHOR_FRAMES: Final = """
2 books by _
3 do you have books by _
1 do you have any books by _
2 do you have anything by _
1 have you got anything by _
2 what do you have by _
1 what books do you have by _
2 where are the books by _
1 where can i find books by _
1 where is _
1 i'm looking for books by _
1 i'm looking for something by _
1 show me books by _
1 show me the books by _
1 find books by _
1 anything by _
1 novels by _
1 who is _
1 what did _ [write]
1 what else did _ [write]
1 what has _ [written]
1 other books by _
"""
_TOPIC_FRAMES: Final = """
3 books on _
3 books about _
2 do you have books on _
2 do you have books about _
1 do you have any books on _
1 do you have any books about _
1 do you have anything on _
1 do you have anything about _
1 do you have something about _
2 where are the books on _
2 where are the books about _
2 where can i find books on _
2 where can i find books about _
2 i'm looking for books on _
2 i'm looking for books about _
1 i'm looking for a book about _
1 i'm looking for a book on _
1 i'm looking for something about _
1 i need a book about _
1 i need a book on _
1 show me books on _
1 show me books about _
1 find books about _
1 find me a book about _
1 what do you have on _
1 what do you have about _
1 can you recommend a book about _
1 recommend a book about _
1 something about _
1 where is the _ [section|shelf]
1 where are the _ [books]
1 take me to the _ [section|books]
"""
_PLACE_FRAMES: Final = """
3 where is _
1 where's _
1 where are _
3 where is the _
1 where's the _
1 where are the _
1 where can i find _
1 where can i find the _
1 where can i find a _
1 is there a _ [|here|nearby|on this floor]
1 are there any _ [|here|nearby]
1 do you have a _
3 take me to the _
1 take me to _
1 can you take me to the _
1 could you take me to the _
2 how do i get to the _
1 how do i get to _
1 show me the way to the _
1 show me the _
1 guide me to the _
1 i'm looking for the _
1 i'm looking for a _
1 i need the _
1 i need a _
2 where is the nearest _
1 where's the nearest _
1 where is the closest _
1 take me to the nearest _
1 take me to the closest _
1 the nearest _
1 nearest _
1 i need the nearest _
1 find the nearest _
1 how far is the _
1 which floor is the _ [on]
1 what floor is the _ [on]
1 is the _ [open|free]
1 when does the _ [open|close]
1 what can i do in the _
1 the _
"""
PHRASES: Final = """
take me there
please take me there
can you take me there
lead me there
guide me there
show me the way
show me the way there
let's go
yes
yes please
no
no thank you
the first one
the second one
the third one
the last one
take me to the first one
take me to the second one
take me to the third one
where is the first one
where is the second one
tell me more
tell me more about it
who wrote it
is it available
where is it
how far is it
how do i get there
which floor is it on
what is it about
do you have anything similar
stop
stop talking
be quiet
cancel
go back
start again
say that again
repeat that
pardon
what did you say
speak louder
speak chinese
speak english
where am i
what floor am i on
what is here
what is near me
what can i see here
what's around here
what time do you open
what time do you close
what time does the library open
what time does the library close
when do you open
when do you close
when does the library open
when does the library close
are you open today
are you open on sunday
are you open on saturday
are you open on monday
are you open tomorrow
are you open now
what are your opening hours
what are the opening hours
what time do you close today
when do you close tonight
what time do you close on sunday
what time do you close on saturday
how do i get a library card
how can i get a library card
how do i join the library
can i get a library card
how many books can i borrow
how long can i borrow a book
how long can i keep a book
how do i renew a book
can i renew my books
renew my books
how do i return a book
where do i return books
where can i return books
where can i return my books
where do i return my books
what happens if i return a book late
is there a fine for late books
how much is the fine
how much does it cost to print
how much does printing cost
how much does it cost to copy a page
where can i print
where can i print something
how do i print
where can i make a copy
can i make copies
do you have wifi
is there wifi
what is the wifi password
how do i connect to the wifi
can i eat here
can i drink here
can i eat in the library
can i bring food
can i use my phone
can i bring my dog
do you have computers
can i use a computer
where can i study
where can i sit
where can i work
where can i charge my phone
is there a quiet place to study
book a study room
book a room
i want to book a room
i'd like to book a room
i would like to book a study room
book a seat
i want to book a seat
can i reserve a room
can i reserve a book
what can you do
what can i ask you
who are you
what is your name
how are you
are you a robot
hello
hi
hello there
good morning
good afternoon
good evening
thank you
thanks
thank you very much
thanks a lot
goodbye
bye
help
help me
i need help
can you help me
i'm lost
what do you recommend
recommend a book
can you recommend a book
recommend me something
what should i read
what should i read next
is there a lift
where is the way out
how do i get out
where is the exit
where do i pay a fine
can i speak to a librarian
i want to talk to a librarian
can i borrow magazines
do you have children's books
do you have audio books
do you have newspapers
what new books do you have
"""


def _read_frames(kind: Kind, table: str) -> Iterator[Frame]:
    for line in table.strip().splitlines():
        weight, _, pattern = line.partition(" ")
        before, _, rest = pattern.partition("_")
        choices = rest.strip().strip("[]").split("|")
        yield Frame(kind, tuple(before.split()), tuple(tuple(choice.split()) for choice in choices), float(weight))


FRAMES: Final[tuple[Frame, ...]] = (
    *_read_frames("title", _TITLE_FRAMES),
    *_read_frames("author", _AUTHOR_FRAMES),
    *_read_frames("topic", _TOPIC_FRAMES),
    *_read_frames("place", _PLACE_FRAMES),
)
