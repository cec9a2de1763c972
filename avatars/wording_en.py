"""What the librarian says in English. Every function takes values already looked up and returns plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

GREETING = "Hello, I'm {name}, the librarian of {library}. Which book or place shall I find for you?"
THANKS = "You're welcome. Is there anything else you'd like to find?"
BYE = "Goodbye, and enjoy your reading."
WHO = "I'm {name}, the virtual librarian of {library}. I find books, lead you to shelves and rooms, and answer from the library's own rules."
HOW = "I'm well, thank you. Which book or place shall I find for you?"
HELP = "You can ask me where a book is, for books on a subject, the way to a room or the nearest toilet, or about opening hours and rules. I can also lead you there."
JOINED = " "
NOT_HELD_SHORT = "I can't find “{title}” in our catalogue, so we do not seem to hold it."
NOTHING_SAID = "I haven't said anything yet. Which book or place shall I find for you?"
NONE_IN = "None of them is in {language}, as far as the catalogue says."
NO_OTHER_BY = "We hold no other book by {author}. {desk}"
OF_WHAT = "Of what? A book, a room, a card, printing: tell me, and I look it up."
NO_MORE = "That is all I found. I can try another word."
PRAISE = "Thank you, that's kind. What shall we find next?"
RUDE = "I'd like to help. Tell me a book, a subject or a place in the library."
NO = "All right. Tell me when you need something else."
UNCLEAR = "I didn't understand that. Could you name a book, a subject or a place in the library?"
OTHER_LANGUAGE = (
    "I speak English and Chinese. Could you ask me in one of them? 我会说中文和英文，请用其中一种语言提问。"
)
OUT_OF_SCOPE = (
    "That is outside what I can answer. I can find books and places here, and tell you the library's hours and rules."
)
INJECTION = "I keep to the library's books, map and rules, so I can't do that. I can find a book or a place for you."
NO_FACT = "The library's documents do not say that, so I won't guess. {desk}"
DESK = "Please ask at {desk}."
DESK_ANY = "Please ask a member of staff."
NOT_HELD = "I can't find “{title}” in our catalogue, so we do not seem to hold it. I can look for books on the same subject. {desk}"
NOT_HELD_BY = "I can't find “{title}” by {author} in our catalogue, so we do not seem to hold it. I can look for other books by the author or on the subject. {desk}"
NO_AUTHOR = "I can't find any book by {author} in our catalogue. I can look for a subject or another author. {desk}"
NO_TOPIC = "I can't find books about {topic} in our catalogue. I can try another word. {desk}"
NO_KIND = "I can't find a {kind} on our map. {desk}"
NO_PLACE = (
    "I can't find “{phrase}” among our books, on our map or in our documents. Could you say it another way? {desk}"
)
NO_SHELF = "We hold “{title}” ({call_number}), but its shelf is not on my map. {desk}"
NO_CALL_NUMBER = "We hold “{title}”, but the record gives no call number. {desk}"
NOTHING_BEFORE = "I'm not sure which one you mean. Could you name the book or the place?"
WHICH = "Which one do you mean: {choices}?"
DID_YOU_MEAN = "Did you mean {choices}?"
ACCOUNT = "I can't see or change reader accounts from here: the library's lending system is not connected to me. {desk}"
SPACE = "I can't make bookings yet. {desk}"
SPACE_AT = "I can't make bookings yet, but I can take you to {place}. {desk}"
WORLD = "The world of “{title}” can be opened now, on a screen or headset that shows worlds. I can also take you to the book."
WORLD_OF_WHAT = "I open the worlds of books that we hold. Which book's world would you like to see? {desk}"
AVAILABLE = "Yes, the catalogue has it as available."
OFFER_GUIDE = "Shall I take you there?"
RECOMMEND_WHAT = "What do you enjoy: a subject, an author, or a book you liked?"
NO_WAY = "I can't find a way there: {reason}"
HERE = "You are {where}."
HERE_ON = "You are on {level}."
AROUND = "Near you: {names}."
BY_LIFT = "This way uses the lift, not the stairs."
AROUND_NONE = "There is nothing named close by. You are {where}."
DANGER = "If someone is in danger, call the emergency services and tell the nearest member of staff at once. {desk}"
CORRECTION = "That is not quite what our documents say."
CORRECTION_AUTHOR = "“{title}” is by {author}, not by {claimed}."
UNKNOWN_AUTHOR = "The record of “{title}” names no author."
AUTHOR = "“{title}” is by {author}."
YEAR = "“{title}” was first published in {year}."
NO_YEAR = "The record of “{title}” gives no year. {desk}"
NO_EDITION = "We do not hold “{title}” in {language}."
LANGUAGE = {"en": "English", "zh": "Chinese"}
OTHER_LIBRARY = "I only know this library, not others. I can find books and places here."
STAFF_ONLY = "I can't lead you to {place}: it is for staff only."
BROKEN_OFF = "I couldn't finish that answer, so please take it as a part only."
LEFT_OUT = "I leave out what our sources do not confirm."
IN_REVIEW = "I have noted the question for a librarian, without your name. An answer written by a computer is told here only when a librarian has approved it."
MAY_I_KEEP = "I can keep the books and the place we spoke of for {days} days, under a code that only you get; no name and none of your words. Shall I?"
KEPT = "I keep it for {days} days. Your code is {code}: tell it to me next time, or say “forget me” and it is deleted."
NOT_KEPT = "All right, I forget it all when you leave."
NOTHING_TO_KEEP = (
    "We have not spoken of any book or place yet, so there is nothing to keep. I forget it all when you leave."
)
KEEPS_NOTHING = "I forget everything when you leave; nothing of a visit is kept here."
FORGOTTEN = "I have forgotten what we spoke of, and nothing of it is kept."
NO_SUCH_CODE = "I know no visit under that code; it may be too old, or one sign is wrong."
WELCOME_BACK = "Welcome back. Last time we spoke of {names}."
TRANSLATED = "In a computer's translation: {text}"
NO_TRANSLATION = "Our own sources say that in {language} only, and I can't translate it. {desk}"
NO_SUCH_LANGUAGE = "I do not speak that language, so I can't say it again in it. {desk}"
IN_LANGUAGE = "In our documents, in Chinese: {text}"


def join(words: Sequence[str], last: str = "and") -> str:
    """a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + f" {last} {words[-1]}"


def choices(words: Sequence[str]) -> str:
    """a, b or c."""
    return join(words, "or")


def book(title: str, authors: Sequence[str]) -> str:
    """A title with its authors."""
    return f"“{title}”" + (f" by {join(authors[:3])}" if authors else "")


def where_book(name: str, level: str, shelf: str, bay: int | None, call_number: str) -> str:
    """Where a book stands."""
    at = f"shelf {shelf}" + (f", bay {bay}" if bay else "")
    number = f" Its call number is {call_number}." if call_number else ""
    return f"{name} is on {level}, {at}.{number}"


def copies(places: Sequence[str]) -> str:
    """Where further copies stand."""
    return f"There is also a copy on {join(list(places))}."


def shelf(level: str, label: str) -> str:
    """A shelf in a list of places."""
    return f"{level}, shelf {label}"


def not_available(name: str, status: str) -> str:
    """A copy that is not on its shelf."""
    return f"{name} is not on the shelf now: the catalogue says “{status}”."


def found(count: int, topic: str, names: Sequence[str]) -> str:
    """A list of books on a subject."""
    head = f"I found one book about {topic}" if count == 1 else f"I found these books about {topic}"
    return f"{head}: {join(list(names))}."


def by_author(author: str, names: Sequence[str]) -> str:
    """A list of an author's books."""
    count = f"{len(names)} books: " if len(names) > 1 else ""
    return f"By {author} we have {count}{join(list(names))}."


def like(title: str, names: Sequence[str]) -> str:
    """Books that share subjects with one."""
    return f"If you liked “{title}”, you may like {join(list(names))}."


def recommend(topic: str, names: Sequence[str]) -> str:
    """Books offered on a subject."""
    return f"On {topic} I can suggest {join(list(names))}." if topic else f"I can suggest {join(list(names))}."


def where_place(name: str, level: str) -> str:
    """Where a place is."""
    return f"{_capital(name)} is on {level}."


def way(name: str, level: str, length_m: float, duration_s: float, first: Sequence[str]) -> str:
    """A way: how far, how long, and how it begins."""
    minutes = max(1, round(duration_s / 60))
    time = "about a minute" if minutes == 1 else f"about {minutes} minutes"
    start = " ".join(first)
    where = f" on {level}" if level else ""
    return f"I'll take you to {name}{where}: {max(1, round(length_m))} metres, {time}. {start}".strip()


def far(name: str, length_m: float, duration_s: float) -> str:
    """How far a place is."""
    minutes = max(1, round(duration_s / 60))
    return f"{_capital(name)} is {max(1, round(length_m))} metres away, about {minutes} minute{'s' if minutes != 1 else ''} on foot."


def already(name: str) -> str:
    """The reader stands there already."""
    return f"You are already at {name}."


def same_level(name: str, level: str, same: bool) -> str:
    """Is it on this floor?"""
    return f"Yes, {name} is on this floor, {level}." if same else f"No, {name} is on {level}."


def count(number: int) -> str:
    """How many books a list has."""
    return f"I found {number} books." if number > 1 else "I found one book."


def kind_count(kind: str, count: int, levels: Sequence[tuple[str, int]]) -> str:
    """How many things of a kind there are, floor by floor."""
    where = join([f"{number} on {level}" for level, number in levels])
    return (
        f"My map shows {count} places to find a {kind}: {where}."
        if count > 1
        else f"My map shows one {kind}, {where[2:]}."
    )


def storeys(names: Sequence[str]) -> str:
    """How many floors there are."""
    return f"There {'is one floor' if len(names) == 1 else f'are {len(names)} floors'}: {join(list(names))}."


def last_storey(level: str, up: bool) -> str:
    """No floor above or below."""
    return f"You are on {level}: there is no floor {'above' if up else 'below'} it."


def on_that_level(name: str, level: str, yes: bool) -> str:
    """Is it on the floor that was asked about?"""
    return f"Yes, {name} is on {level}." if yes else f"No, {name} is on {level}."


def copy_count(title: str, count: int, free: int) -> str:
    """How many copies, and how many of them are on the shelf."""
    held = "one copy" if count == 1 else f"{count} copies"
    return f"We hold {held} of “{title}”" + ("." if free == count else f", {free} of them on the shelf.")


def on_shelf(name: str, level: str, titles: Sequence[str], count: int) -> str:
    """What stands on a shelf."""
    if not titles:
        return f"The catalogue has nothing on {name}, {level}."
    more = f", and {count - len(titles)} more" if count > len(titles) else ""
    return f"On {name}, {level}, stand {', '.join(f'“{t}”' for t in titles)}{more}."


def summary(name: str, text: str) -> str:
    """What the catalogue says a book is about."""
    return f"{name}: {text}"


def no_summary(name: str, subjects: Sequence[str]) -> str:
    """What its subjects say a book is about."""
    return (
        f"The catalogue gives no summary of {name}. Its subjects are {join(list(subjects)[:4])}."
        if subjects
        else f"The catalogue gives no summary of {name}."
    )


def call_number(name: str, number: str, scheme: str, level: str, label: str) -> str:
    """A call number explained by where it leads."""
    system = {
        "clc": "the Chinese Library Classification",
        "ddc": "the Dewey Decimal Classification",
        "lcc": "the Library of Congress Classification",
    }.get(scheme, "our own shelf order")
    head = f"The call number of {name} is {number}, in {system}." if name else f"{number} belongs to {system}."
    return head + (f" It stands on {level}, shelf {label}." if label else "")


def hours(name: str, text: str) -> str:
    """Opening hours as the map gives them."""
    return f"{_capital(name)}: {text}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def on_level(level: str, names: Sequence[str]) -> str:
    """The rooms of a floor."""
    return f"On {level} there are {join(list(names))}." if names else f"My map names no room on {level}."
