"""Questions that readers ask in any library: sentences with one gap, and whole sentences. English.

In the tables ``_`` is the gap, the first column how usual the question is; round brackets hold wordings to choose from,
parted by ``|`` (an empty one is: nothing); square brackets hold the endings that may stand behind the gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

Words = tuple[str, ...]
Kind = Literal["title", "author", "topic", "place", "phrase"]
GAPS: Final[tuple[Kind, ...]] = ("title", "author", "topic", "place")


@dataclass(frozen=True, slots=True)
class Frame:
    """A question with one gap: ``before`` the gap, then one of ``after`` (() is: nothing). ``weight``: how usual."""

    kind: Kind
    before: Words
    after: tuple[Words, ...] = ((),)
    weight: float = 1.0


OPENINGS: Final[tuple[Words, ...]] = (
    ("please",),
    ("excuse", "me"),
    ("hello",),
    ("hi",),
    ("sorry",),
    ("okay",),
    ("um",),
    ("uh",),
    ("well",),
    ("so",),
    ("and",),
)
"""What may come before any question and means nothing."""
CLOSINGS: Final[tuple[Words, ...]] = (("please",), ("thank", "you"), ("thanks",))
"""What may come behind any question and means nothing."""

_TITLE_FRAMES: Final = """
6 where is _
4 where's _
3 where (can|could|do|would|might|will) i find _
2 where is (the book|the novel|the play|my copy of|a copy of) _
1 where (do|would) you keep _
1 where (would|might|could) _ be
2 (do you know|can you tell me|could you tell me|tell me|i wonder) where _ is
1 (do you know|can you tell me|could you tell me|tell me) where (i can find|to find) _
4 do you have _
1 do you (have|keep|stock) (the book|the novel|a copy of|any copies of|the play) _
2 have you got (|a copy of|the book|the novel) _
1 (has the library got|does the library have|does this library have|is there a copy of|do we have) _
4 take me to _
1 (can|could|would|will) you (take me to|show me|find|find me|get me|help me find|guide me to|lead me to|\
bring me to) _
2 show me _
1 show me (the way to|where to find|the book|the novel) _
1 (guide|lead|bring|walk|direct) me to _
2 find _
1 (find me|help me find|help me to find|get me|give me|go to|look for|look up|search for) _
3 i'm looking for _
1 (i am looking for|i'm looking for the book|i'm looking for the novel|we're looking for|we are looking for) _
1 (i'm|i am) (looking for a copy of|trying to find|searching for|after) _
1 i (need|want|would like|came for|can't find|cannot find) _
1 (i'd like|i'll take|i need a copy of|i want a copy of|i'd like a copy of) _
1 (i want|i'd like|i would like|i need|we want|we'd like) to (read|borrow|find|get|see|take out) _
1 (my daughter|my son|my child|my wife|my husband|my friend) (wants|needs|would like|is looking for) _
1 (can|could|may) i (borrow|get|have|read|see|take out) _
1 (how do i get|how can i get|how do i find my way|which way|the way) to _
1 which way is _
1 (how do i|how can i|how would i) find _
3 who wrote _
1 (who is the author of|who's the author of|who was the author of|who is the writer of) _
1 (tell me about|tell me more about|what do you know about) _
2 (what|which) (shelf|floor|level|row|section) is _ [|on|in]
1 on (what|which) (shelf|floor|level) is _
4 is _ [available|in|on the shelf|checked out|here|available now|in stock|on loan|free|in the library|by any chance]
1 (what is|what's) _ [|about]
1 (open|show me) the world of _
1 how many copies of _ [|do you have|are there]
1 (what about|how about) _
2 _
"""
_AUTHOR_FRAMES: Final = """
3 (|the) books by _
3 do you have (books by|any books by|anything by|something by|novels by|the books of) _
1 have you got (books by|any books by|anything by|something by) _
2 what (do you have|have you got) by _
1 what (books|novels) do you have by _
2 where are (|the) (books|novels) by _
1 where (is|are|can i find|do i find) _
1 where (can|do) i find (|the) books by _
1 (i'm|i am) looking for (books by|something by|anything by|a book by|a novel by) _
1 (i need|i want|i'd like) (books by|something by|a book by) _
1 (show me|find|find me|take me to) (books by|the books by|something by|a book by) _
1 (anything by|something by|novels by|other books by|more by|more books by) _
1 (who is|who was|who's) _
1 what did _ [write]
1 what else did _ [write]
1 what has _ [written]
1 which books did _ [write]
"""
_TOPIC_FRAMES: Final = """
4 (|the) books (on|about) _
3 do you have (|any|some|good) books (on|about) _
2 do you have (anything|something|a book|a good book) (on|about) _
1 have you got (books|any books|anything|something|a book) (on|about) _
2 where are (|the) books (on|about) _
2 where (can|do) i find (|the|some) books (on|about) _
2 (i'm|i am) looking for (books|some books|a book|a good book|something|anything) (on|about) _
1 (i need|i want|i'd like|i would like) (books|some books|a book|something) (on|about) _
1 (show me|find|find me|take me to) (books|the books|some books|a book|something) (on|about) _
1 what (do you have|have you got) (on|about) _
1 what books do you have (on|about) _
1 (|can you|could you) recommend (|me) (a book|books|something) (on|about) _
1 (something|anything) (on|about) _
1 where is the _ [section|shelf]
1 where are the _ [books]
1 take me to the _ [section|books|shelf]
1 (i want|i'd like|i would like) to (learn|read|know more) about _
"""
_PLACE_FRAMES: Final = """
5 where is (|the|a) _
3 where's (|the|a) _
2 where are (|the) _
2 where (can|do|could) i find (|the|a|some) _
2 (is there|have you got|do you have) (a|an|any) _ [|here|nearby|on this floor|near here|around here|in here]
1 are there (any|some) _ [|here|nearby|near here|around here|on this floor]
4 take me to (|the) _
1 (can|could|would) you (take me to|show me|guide me to|lead me to|direct me to|help me find) (|the) _
2 how (do|can) i get to (|the) _
1 show me (the way to|where to find|) (|the) _
1 show me where the _ [is|are]
1 (guide|lead|bring|direct|walk) me to (|the) _
1 (i'm|i am|we're) looking for (|the|a) _
1 (i need|i want) (|the|a|some) _
1 (i need|i want|i'd like|i have) to (go|get) to (|the) _
2 (where is|where's) the (nearest|closest) _
1 (take me to|i need|find|show me|guide me to) the (nearest|closest) _
1 how do i get to the (nearest|closest) _
1 (|the) (nearest|closest) _
1 how far (is|away is) (|the) _
1 (which|what) (floor|level) is (|the) _ [|on]
2 (which way|what way) (is|to) (|the) _
1 what's the way to the _
1 (do you know|can you tell me|could you tell me|tell me) where (the|) _ [is|are]
1 is the _ [open|free|open today|open now|open on sunday|open on saturday|open tomorrow|far|near here]
1 when (does|is) the _ [open|close|closed]
1 what time does the _ [open|close]
1 what can i do in the _
1 go to (|the) _
1 (where is|where's) another _
2 (|the) _
"""
PHRASES: Final = """
(|can you |could you |please |okay )take me there
(lead|guide|bring) me there
show me the way( there|)
let's go( there|)
yes( please|)
no( thank you| thanks|)
okay
that one( please|)
(|take me to |where is |i want |i mean |tell me about )the (first|second|third|fourth|last) one
(|the )(first|second|third|last)
number (one|two|three)
(the other one|another one|not that one|none of them)
tell me more( about it|)
tell me about it
who wrote (it|that|this|them)
who is (it by|the author)
is it (available|in|here|on the shelf|checked out)
where is (it|that)
how far is (it|that)
how (do i|can i) get there
(which|what) floor is (it|that) on
what is it about
what is that about
when was it written
(what else did he write|what else did she write|what else has he written|what else has she written)
do you have anything (similar|else|like that|like it)
(stop|stop talking|be quiet|quiet|cancel|never mind|go back|start again|start over|enough)
(say that again|say it again|repeat that|repeat it|can you repeat that|could you repeat that|can you say that again)
(pardon|pardon me|sorry|what|what did you say|i don't understand|i did not understand)
(speak louder|louder please|speak slower|slower please|speak more slowly)
(speak|in|can you speak|do you speak|switch to|talk) (chinese|english|mandarin)
where am i( now|)
(what|which) floor am i on
what is (here|near me|around me|around here|on this floor|on the first floor|on the second floor|on the third floor|\
upstairs|downstairs)
what's (here|near me|around here|on this floor|upstairs|downstairs)
what can i (see|do|find) here
what time (do you|does the library|do you guys) (open|close)( today| tomorrow| tonight| on saturday| on sunday|\
 on monday| on friday|)
when (do you|does the library) (open|close)( today| tomorrow| tonight| on saturday| on sunday| on monday| on friday|)
(are you|is the library) open (today|tomorrow|now|on sunday|on saturday|on monday|on holidays|at the weekend|\
in the evening|tonight)
are you open
is the library (closed|open)
how long are you open( today|)
(what are|tell me) (your|the) opening (hours|times)
what are (your|the) hours
opening (hours|times)
what are the rules( here|)
(how do i|how can i|can i|where do i|where can i) (get|apply for) a (library|reader's) card
(how do i|how can i|can i|i want to|i'd like to) (join|join the library|become a member|register)
i (lost|have lost|forgot) my (library|) card
what do i need to (join|get a card|get a library card)
how much (is|does) (a library card|membership|it cost to join)
is (the library|it|membership) free
how many (books|items|magazines) (can|may) i (borrow|take out|have|take)
how many can i borrow
how long (can|may) i (borrow|keep|have) (a book|books|it|them|this book|the book)
how long is the loan( period|)
what is the loan period
(how do i|can i|how can i|where can i|i want to|i'd like to) renew (a book|my books|my loan|my book|it|this book)
renew my books
how many times can i renew( a book|)
(how do i|where do i|where can i|can i|where should i) return (a book|books|my books|my book|this book|these books)
(what happens|what do i do) if (i return a book late|my book is late|i lose a book|i am late)
what happens if i (lose|damage) a book
is there a fine( for late books|)
(what is|what's|how much is|how much are) the (late fee|late fees|fine|fines|fee|overdue fine)
what is the fine for (late books|a late book)
(how do i|where do i|where can i|can i) pay (a fine|my fine|a fee|the fine|my fines)
how much does (it cost to print|printing cost|it cost to copy|it cost to copy a page|a copy cost|copying cost|\
a page cost|a colour page cost|colour printing cost)
how much is (printing|a copy|a page|a colour page|a colour copy|a print|photocopying|it to print)
(how do i|how can i|can i) (print|print something|print from my phone|make a copy|make copies|scan something|\
copy a page)
(do you have|is there|have you got) (wifi|wi fi|free wifi|internet)
(what is|what's) the (wifi|wi fi) password
(how do i|how can i|can i) (connect to|get on|use|get onto|join|log on to) the (wifi|wi fi|internet)
can i (eat|drink|eat here|drink here|eat in the library|drink in the library|bring food|bring coffee|bring a drink|\
have a coffee)
can i (use my phone|make a phone call|take photos|take pictures|take a picture|use my laptop|charge my phone|smoke|\
talk here|sit here|sleep here)
can i bring (my dog|a dog|my bag|my children|my kids|my pet|my laptop|my own food|friends)
are (dogs|pets|children|bags|drinks) allowed
(do you have|are there) (computers|free computers)
(can i|how do i|where can i) use a computer
where can i (study|sit|work|read|print|scan|copy|eat|sit down|charge my phone|make a phone call|print something|\
make a copy|leave my bag|get a coffee|get something to eat|wash my hands|fill my bottle|buy a coffee|work quietly|\
read a newspaper|use a computer|park|smoke)
is there a quiet place( to study| to work| to read|)
(|i want to |i'd like to |i would like to |can i |how do i |how can i |i need to )(book|reserve) (a room|\
a study room|a group room|a seat|a table|a meeting room|a computer|a book)
(when|what time) is (story hour|story time|the tour|the next tour|the guided tour|the reading club|the book club)
(is there|do you have) (a story hour|a story time|a guided tour|a book club|a reading club)
(what events|what) (are there|is on|is happening|is on today|is happening today)
what can (you do|i ask you|you help me with|you tell me)
(who are you|what are you|what is your name|what's your name|how are you|are you a robot|are you real|are you human|\
are you there)
(hello|hi|hello there|hi there|hey|good morning|good afternoon|good evening|good day)
(thank you|thanks|thank you very much|thanks a lot|thank you so much|many thanks)
(goodbye|bye|bye bye|see you|see you later|good night)
(help|help me|i need help|can you help me|could you help me|please help me|i need some help)
(i'm|i am) (lost|thirsty|hungry|tired|bored)
(i don't feel well|call an ambulance|there is a fire|i need a doctor)
(what do you|what would you|what can you) recommend
(can you |could you |please |)recommend (a book|something|me something|me a book|a good book)
what should i read( next|)
what new books do you have
what (is new|are the new books|is popular)
(how do i|where do i|how can i|where can i) get out( of here|)
where is the way out
(can i|i want to|i'd like to|i need to|could i) (speak|talk) to (a librarian|someone|a person|somebody|\
the librarian|a human)
where (is|can i find) (a librarian|the librarian|someone to help)
can i borrow (magazines|newspapers|films|music|a laptop|cds|dvds|reference books)
(do you have|where are|where are the) (children's books|audio books|newspapers|magazines|comics|e books|\
large print books|picture books|dvds|films|music|english books|chinese books|foreign books|new books|maps|games)
(can i|do you) (donate|take) (books|a book)
can you (order|get|buy) (a book|books)( for me|)
is this the (right way|right floor|right shelf)
(am i going|is this) the right way
i can't (find|see) it
it (isn't|is not) (there|here|on the shelf)
i'm there
i am there
(i'm|i am) here
"""


def _expand(line: str) -> Iterator[str]:
    """Every wording of a line with round brackets."""
    parts = re.split(r"\(([^)]*)\)", line)
    for chosen in product(*(part.split("|") if i % 2 else [part] for i, part in enumerate(parts))):
        yield " ".join("".join(chosen).split())


def _read_frames(kind: Kind, table: str) -> Iterator[Frame]:
    for line in table.strip().splitlines():
        weight, _, pattern = line.partition(" ")
        wordings = list(_expand(pattern))
        for wording in wordings:
            before, _, rest = wording.partition("_")
            choices = rest.strip().strip("[]").split("|")
            after = tuple(tuple(choice.split()) for choice in choices)
            yield Frame(kind, tuple(before.split()), after, float(weight) / len(wordings))


def list_phrases() -> list[str]:
    """Whole sentences that are the same in every library."""
    return list(dict.fromkeys(wording for line in PHRASES.strip().splitlines() for wording in _expand(line)))


FRAMES: Final[tuple[Frame, ...]] = (
    *_read_frames("title", _TITLE_FRAMES),
    *_read_frames("author", _AUTHOR_FRAMES),
    *_read_frames("topic", _TOPIC_FRAMES),
    *_read_frames("place", _PLACE_FRAMES),
)
