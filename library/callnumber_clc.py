"""Chinese Library Classification call numbers, written ``class/book number``.

Order of the class (中图法第五版使用手册, p. 82–83): left to right, digits as decimals, the point without
weight; when what stands before is equal, nothing < ``-`` < ``( )`` < ``" "`` < ``=`` < ``< >`` < ``:`` < ``+`` <
digits < letters. The book number orders digits as integers and letters by length, then alphabet.
"""

from __future__ import annotations

import re

from pypinyin import lazy_pinyin

from library.callnumber_text import fold, integer, unreadable, word

_ORDER = {")": "!", "/": "#", "-": "$", "(": "%", '"': "&", "=": "'", "<": "(", ":": ")", "+": "*", ".": "+", ",": ","}
_CLOSERS = {">": ")"}
_CLASS = re.compile(r"[A-Z]{1,2}(?![A-Z])")
_RUN = re.compile(r"(\d+)|([A-Za-z]+)|([\u3400-\u9fff]+)|(.)")
_NO_SORT = re.compile(r"^\s*[\{｛]\s*ns\s*[\}｝]", re.IGNORECASE)


def key(text: str) -> str:
    """Sort key of a CLC call number; CallNumberError when its class cannot be read."""
    parts = [part for part in re.split(r"[/／\n\r]", text.strip()) if part.strip()]
    if len(parts) > 1:
        parts = [part for part in parts if not _NO_SORT.match(part)]  # a location line that libraries put on top
    elif parts:
        parts = [_NO_SORT.sub("", parts[0])]
    parts = [folded for folded in map(fold, parts) if folded]
    if not parts:
        raise unreadable("clc", text, "it is empty")
    head, book = _split(parts)
    return "".join([_class_key(head, text), *("#" + _book_key(part, text) for part in book)])


def _split(parts: list[str]) -> tuple[str, list[str]]:
    """The class and the parts after it. A space may stand for the stroke, except inside the class (``TP 312``)."""
    head, book = parts[0], parts[1:]
    head = re.sub(r"^([A-Za-z]{1,2}) (?=\d)", r"\1", head)
    head = re.sub(r' ?([-()"=<>:+.]) ?', r"\1", head)
    first, *more = head.split(" ")
    return first, [*more, *book]


def _class_key(text: str, whole: str) -> str:
    if text.islower():
        text = text.upper()
    text = re.sub(r"^a(?=[A-Z]{1,2}[0-9-])|(?<=[0-9)>\"])a$", "", text)  # the mark of a recommended class
    if not _CLASS.match(text):
        raise unreadable("clc", whole, "a class starts with one or two letters A–Z, then a digit or a mark")
    out: list[str] = []
    quoted = False
    for at, char in enumerate(text.upper()):
        if char.isascii() and char.isalnum():
            out.append(char)
        elif char == ".":
            continue
        elif char == '"':
            out.append(_ORDER[")"] if quoted else _ORDER['"'])
            quoted = not quoted
        else:
            mark = _ORDER.get(_CLOSERS.get(char, char))
            if mark is None or char == ",":
                raise unreadable("clc", whole, f"{char!r} at place {at + 1} of the class has no rank")
            out.append(mark)
    return "".join(out)


def _book_key(text: str, whole: str) -> str:
    out: list[str] = []
    for digits, letters, han, mark in _RUN.findall(text):
        if digits:
            out.append(integer(digits) if digits.isascii() else "")
        elif letters:
            out.append(word(letters.upper()))
        elif han:
            out.append(word("".join(lazy_pinyin(han)).upper()))
        else:
            out.append(_ORDER.get(_CLOSERS.get(mark, mark), "-" if mark.isascii() else ""))
    if not any(out):
        raise unreadable("clc", whole, f"the book number {text!r} holds neither digits nor letters")
    return "".join(out)
