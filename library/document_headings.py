"""Headings in plain text and Markdown: where they stand, their level and their words."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKDOWN = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_NUMBERED = (  # level, form of a heading line in Chinese and English reports
    (1, re.compile(r"第[一二三四五六七八九十百\d]+[章编部篇](?:\s|[^，。]{0,40}$)")),
    (2, re.compile(r"第[一二三四五六七八九十百\d]+[节条](?:\s|[^，。]{0,30}$)")),
    (1, re.compile(r"[一二三四五六七八九十]+[、.．]\s*\S")),
    (2, re.compile(r"[（(][一二三四五六七八九十]+[)）]\s*\S")),
    (1, re.compile(r"(?:chapter|part|section|appendix)\s+[\divxlc]+\b", re.IGNORECASE)),
)
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?[ \t\u3000]+\S")
_ENDS = tuple("。！？；：，、.!?;:,…")
_CONTENTS = re.compile(r"(?:\t|\.{3,}|…+|\s{3,})\s*\d+\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """``start``…``end``: the heading's line in the document's text. ``level``: 1 is the highest."""

    start: int
    end: int
    level: int
    title: str


def markdown_headings(text: str) -> tuple[Heading, ...]:
    """ATX (``#``) and setext (underlined) headings outside fenced code."""
    found: list[Heading] = []
    fenced = False
    before: tuple[int, int, str] | None = None
    for start, end, line in _lines(text):
        if _FENCE.match(line):
            fenced, before = not fenced, None
            continue
        if fenced:
            continue
        mark = _MARKDOWN.match(line)
        if mark and mark[2]:
            found.append(Heading(start, end, len(mark[1]), plain_markdown(mark[2])))
            before = None
        elif before and re.fullmatch(r" {0,3}(=+|-{2,})\s*", line):
            level = 1 if "=" in line else 2
            found.append(Heading(before[0], end, level, plain_markdown(before[2])))
            before = None
        else:
            usable = line.strip() and not re.match(r"\s*(?:[-*+>|]|\d+[.)])", line)
            before = (start, end, line.strip()) if usable else None
    return tuple(found)


def plain_markdown(text: str) -> str:
    """Without emphasis, code marks and link targets."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"(\*\*|__|\*|`|~~)", "", text).strip()


def text_headings(text: str) -> tuple[Heading, ...]:
    """Numbered lines, and short lines without a final mark that stand alone before a paragraph."""
    lines = _lines(text)
    found: list[Heading] = []
    for at, (start, end, line) in enumerate(lines):
        title = line.strip()
        if not title or len(title) > 60 or title.endswith(_ENDS) or _CONTENTS.search(line):
            continue
        alone = at == 0 or not lines[at - 1][2].strip()
        level = _numbered_level(title, alone)
        if level is None and alone and _is_bare_heading(title):
            following = next((text for _, _, text in lines[at + 1 :] if text.strip()), "")
            level = 3 if following else None
        if level is not None:
            found.append(Heading(start, end, level, re.sub(r"\s+", " ", title)))
    return tuple(found)


def _numbered_level(title: str, alone: bool) -> int | None:
    for level, form in _NUMBERED:
        if form.match(title) and len(title) <= 45:
            return level
    decimal = _DECIMAL.match(title)
    if decimal and alone and len(title) <= 45:
        return 1 + decimal[1].count(".")
    return None


def _is_bare_heading(title: str) -> bool:
    if re.search(r"\d", title) or re.match(r"[-*+•·>|#\"“(（\[]", title) or "：" in title or ":" in title:
        return False
    if re.search(r"[\u3400-\u9fff]", title):
        return len(title) <= 16 and not re.search(r"[，。；！？]|\S{2,}\s+\S{2,}", title)
    return title[:1].isupper() and len(title.split()) <= 7


def _lines(text: str) -> list[tuple[int, int, str]]:
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        bare = line.rstrip("\r\n")
        found.append((at, at + len(bare), bare))
        at += len(line)
    return found


def heading_path(headings: tuple[Heading, ...], upto: int) -> str:
    """The breadcrumb above heading number ``upto`` and itself: "Borrowing › Renewals"."""
    path: list[Heading] = []
    for heading in headings[: upto + 1]:
        while path and path[-1].level >= heading.level:
            path.pop()
        path.append(heading)
    return " › ".join(heading.title for heading in path)
