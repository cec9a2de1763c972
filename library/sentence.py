"""Sentences of Chinese and English text, by the white paper's rule.

A sentence ends at one of ``; ； ! ? 。 ！ ？`` unless a closing quote follows, at an English ellipsis of six dots, at a
Chinese ellipsis ``……``, or after the closing quotes that follow such a mark (the regular expressions of
ChineseTextSplitter, which the white paper's recipe uses). English adds the full stop before a space, unless it ends an
abbreviation or an initial. A paragraph, a list item and a heading end a sentence too.
"""

from __future__ import annotations

import re

Span = tuple[int, int]

_CLOSING = "\"'”’」』）)】》"
_END = re.compile(
    rf"(?:[;；!?。！？]|\.{{6}}|…{{2}})[{_CLOSING}]{{0,2}}(?![;；!?，。！？{_CLOSING}])"
    rf"|\.[{_CLOSING}]{{0,2}}(?=\s|$)"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|no|vol|pp|p|ed|eds|etc|e\.g|i\.e|cf|vs|fig|approx|dept|tel|ext|inc|ltd|co|jr|sr"
    r"|a\.m|p\.m|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)|\b[A-Z]|^\s*\d{1,3})$",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"\r?\n[ \t\u3000]*(?:\r?\n)+|\r?\n")
_ITEM = re.compile(
    r"[ \t\u3000]*(?:[-*+•·●○■□◆—]|\d{1,3}[.)、．]|[(（][\d一二三四五六七八九十]+[)）]|[#|>]|[一二三四五六七八九十]+、)"
)
_WIDE = re.compile(r"[\u2e80-\uffef]")
_WRAPPED = 56  # columns; a line this long that ends in no mark goes on in the next


def split_sentences(text: str) -> list[Span]:
    """Half-open character spans of the sentences, without the space around them."""
    spans: list[Span] = []
    for start, end in split_blocks(text):
        at = start
        for mark in _END.finditer(text, start, end):
            stop = mark.end()
            if text[mark.start()] == "." and _ABBREVIATION.search(text[max(at, stop - 12) : mark.start()]):
                rest = text[stop:end].lstrip()
                if not (re.search(r"[ap]\.m$", text[at : mark.start()], re.IGNORECASE) and rest[:1].isupper()):
                    continue
            spans.append((at, stop))
            at = stop
        spans.append((at, end))
    return [span for span in (trim(text, start, end) for start, end in spans) if span[0] < span[1]]


def split_blocks(text: str) -> list[Span]:
    """Spans of paragraphs, list items and single lines; lines wrapped by an editor stay together."""
    blocks: list[Span] = []
    start = line = 0
    for found in _BLOCK.finditer(text):
        hard = found.group().count("\n") > 1
        if not hard and _goes_on(text[line : found.start()], text[found.end() : found.end() + 12]):
            line = found.end()
            continue
        blocks.append((start, found.start()))
        start = line = found.end()
    blocks.append((start, len(text)))
    return [block for block in blocks if text[block[0] : block[1]].strip()]


def trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _goes_on(line: str, following: str) -> bool:
    line = line.rstrip()
    if not line or not following.strip() or line[-1] in ".;；!?。！？：:…" + _CLOSING:
        return False
    width = len(line) + len(_WIDE.findall(line))
    return width >= _WRAPPED and not _ITEM.match(following) and not line.lstrip().startswith(("|", "#"))
