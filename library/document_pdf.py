"""Headings of a PDF: its pages say how large each piece of text is set, and headings are set larger than the body."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Any

from library.document_headings import Heading

_LARGER = 1.12
_LONGEST = 90  # characters of a heading
_RUNNING = 3  # a larger line that stands so often is the page's own heading, not one of the text
_CONTENTS = re.compile(r"(?:\. ?){4,}|…{2,}")
_RADICALS = str.maketrans(
    "⻅⻉⻋⻓⻔⻘⻙⻚⻛⻜⻢⻥⻦⻨⻩⻬⻮⻰⻳⻄⻆⻁⺠⺟⻝⻤⻣⺫⺝⻣⻑⻒⻟⻞⻗⻏⻖⻌⻍⻎⺼⺩⺮⺧⺨⺭⺬⺪⺴⺶⺷⺸⻂⻊",
    "见贝车长门青韦页风飞马鱼鸟麦黄齐齿龙龟西角虎民母食鬼骨目月骨长镸饣飠雨阝阝辶辶辶肉王竹牛犬礻示疋网羊羊羋衤足",
)
"""Radicals that some makers of PDFs write for the characters they look like, and which NFKC leaves."""


class PdfSizes:
    """Told each piece of text with its matrices and font while pages are read; then asked for the headings."""

    def __init__(self) -> None:
        self._lines: dict[str, float] = {}
        self._letters: Counter[float] = Counter()
        self._line = ""
        self._size = 0.0

    def see(self, text: str, cm: Any, tm: Any, font: Any, size: Any) -> None:
        """pypdf's visitor: ``cm`` and ``tm`` are six numbers of the current and the text matrix, ``size`` in points."""
        height = round(abs(float(size or 0) * _scale(tm) * _scale(cm)), 1)
        for number, part in enumerate(text.split("\n")):
            if number:
                self._end_line()
            plain = _key(part)
            if plain:
                self._letters[height] += len(plain)
                self._size = min(self._size, height) if self._line else height
                self._line += plain

    def headings(self, text: str) -> tuple[Heading, ...]:
        """The short lines of ``text`` that are set larger than most of it; none when all is of one size."""
        self._end_line()
        if not self._letters:
            return ()
        body = self._letters.most_common(1)[0][0]
        found: list[tuple[int, int, float, str]] = []
        at = 0
        for line in text.splitlines(keepends=True):
            bare = line.rstrip("\r\n")
            size = self._lines.get(_key(bare), 0.0)
            if (
                size > _LARGER * body
                and len(bare.strip()) <= _LONGEST
                and re.search(r"\w", bare)
                and not _CONTENTS.search(bare)
            ):
                found.append((at, at + len(bare), size, re.sub(r"\s+", " ", bare).strip()))
            at += len(line)
        often = {title for title, times in Counter(title for *_, title in found).items() if times >= _RUNNING}
        found = [one for number, one in enumerate(found) if one[3] not in often or number == 0]
        ranks = sorted({size for _, _, size, _ in found}, reverse=True)
        return tuple(Heading(start, end, 1 + ranks.index(size), title) for start, end, size, title in found)

    def _end_line(self) -> None:
        if self._line:
            self._lines[self._line] = max(self._size, self._lines.get(self._line, 0.0))
        self._line, self._size = "", 0.0


def plain_pdf(text: str) -> str:
    """Text of a page with ligatures and radicals as the letters and characters that are meant; same line breaks."""
    return "".join(_plain(char) for char in text).translate(_RADICALS)


def _plain(char: str) -> str:
    return unicodedata.normalize("NFKC", char) if "\ufb00" <= char <= "\ufb06" or "\u2f00" <= char <= "\u2fd5" else char


def _key(line: str) -> str:
    return re.sub(r"\s+", "", plain_pdf(line))


def _scale(matrix: Any) -> float:
    """How much a matrix stretches upright."""
    return float((matrix[2] ** 2 + matrix[3] ** 2) ** 0.5) if matrix else 1.0
