"""Finding records: by title, author, subject, call number or ISBN, in Chinese, English or pinyin, spelled well or not.

Scores: 1.0 the whole query is a title; 0.6 and more a likely title; below, records that hold the query's words, best
first. Equal scores are ordered by record id, made-up records last: the same question has the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from library.normal import content, is_cjk, joined_form, pieces, pinyin, title_form, tokens
from library.search_sql import (
    all_of,
    any_of,
    rarity_of,
    repair,
    rows_by_call_number,
    rows_by_form,
    rows_by_isbn,
    rows_by_prefix,
    rows_by_sound,
    rows_by_words,
    some_of,
    word_groups,
)
from library.store import Catalogue
from library.title_match import LIKELY, Reading, read_phrase, score_title, without
from library.values import Hit, Record

__all__ = ["LIKELY", "match_title", "search"]

_QUOTED = re.compile(r"《([^《》]+)》|“([^“”]+)”|「([^「」]+)」|\"([^\"]+)\"|‘([^‘’]{3,})’")
_TOPIC = re.compile(  # what is asked for in "books about chess", "关于象棋的书"
    r"^(?:some |any )?(?:books?|something|anything|works?|novels?) (?:about|on|by|of) (?P<en>.+)$"
    r"|^(?:关于|有关|介绍|讲)?(?P<zh>.+?)(?:方面|相关|有关)?的?(?:图书|书籍|书本|作品|书)$",
    re.IGNORECASE,
)
_CANDIDATES = 60
_FAINT = 0.25


@dataclass(slots=True)
class _Found:
    score: float
    exact: bool
    matched: str


def match_title(catalogue: Catalogue, text: str, limit: int = 10) -> tuple[Hit, ...]:
    """The best readings of a phrase as a title. A best score below ``LIKELY`` means: we do not hold it.

    Articles, subtitles, quotes, case, spelling, numbers as words or digits, pinyin and homophones do not matter;
    an author named beside the title must be the record's.
    """
    quoted = _QUOTED.search(text)
    phrase = next(part for part in quoted.groups() if part) if quoted else text
    query = read_phrase(phrase.strip())
    if not query.joined:
        return ()
    rows = _title_rows(catalogue, query)
    rarity = rarity_of(catalogue)
    found: dict[int, _Found] = {}
    records = catalogue.get_rows(rows)
    for row, record in records.items():
        best = _Found(0.0, False, "")
        names = frozenset(piece for form in record.author_forms for piece in pieces(form))
        han_names = tuple(sorted((name for name in names if is_cjk(name)), key=len, reverse=True))
        rest = without(query, names, han_names)
        for form in record.titles:
            title = read_phrase(form)
            score = score_title(query, title, rarity)
            exact = score >= 1.0
            if rest is not None:
                with_author = 0.98 * score_title(rest, title, rarity)
                if with_author > max(score, 0.7):
                    score, exact = with_author, rest.joined == title.joined
            if score > best.score or (score == best.score and len(form) < len(best.matched)):
                best = _Found(score, exact, form)
        if best.score >= _FAINT:
            found[row] = best
    return _ranked(found, records, limit)


def search(catalogue: Catalogue, query: str, limit: int = 10) -> tuple[Hit, ...]:
    """Records for a query, the best first; none when nothing fits."""
    query = query.strip()
    if not query or limit <= 0:
        return ()
    found: dict[int, _Found] = {}

    def keep(rows: Iterable[int], score: float, step: float, matched: str) -> None:
        for place, row in enumerate(rows):
            if row not in found:
                found[row] = _Found(max(0.01, score - step * place), False, matched)

    keep(rows_by_isbn(catalogue, query), 0.99, 0.0, "isbn")
    if found:
        return _ranked(found, catalogue.get_rows(found), limit)
    titles = [hit for hit in match_title(catalogue, query, limit) if hit.score >= LIKELY]
    rows = rows_by_call_number(catalogue, query, limit)
    if not titles or not titles[0].exact:
        keep(rows, 0.95, 0.001, "call number")
    prefixed = rows_by_prefix(catalogue, title_form(query), limit)
    keep((row for row, _ in prefixed), 0.8, 0.001, "title")
    _search_words(catalogue, query, limit, found, strong=bool(titles or found))
    records = catalogue.get_rows(found)
    hits = {hit.record.record_id: hit for hit in _ranked(found, records, len(records))}
    for hit in titles:
        if hit.record.record_id not in hits or hits[hit.record.record_id].score < hit.score:
            hits[hit.record.record_id] = hit
    return tuple(sorted(hits.values(), key=_order)[:limit])


def _search_words(catalogue: Catalogue, query: str, limit: int, found: dict[int, _Found], strong: bool) -> None:
    """All words; then the last as a beginning; then repaired spelling; then sound; then some of the words."""
    query = _TOPIC.sub(lambda found: found["zh"] or found["en"], query)
    groups = word_groups(query)
    if not groups:
        return
    rows = rows_by_words(catalogue, all_of(groups), limit)
    if not rows:
        rows = rows_by_words(catalogue, all_of(groups, last_is_prefix=True), limit)
    if rows:
        _keep_ranked(found, rows, 0.58, "words")
    found_pieces = content(pieces(query))
    mended = repair(catalogue, found_pieces) if not rows else None
    if mended:
        rows = rows_by_words(catalogue, all_of(word_groups(" ".join(mended))), limit)
        _keep_ranked(found, rows, 0.54, "words (" + " ".join(mended) + ")")
    if len(rows) < limit:
        latin = "" if any(map(is_cjk, found_pieces)) else joined_form(query)
        sound = latin or (pinyin(query) if len(joined_form(query)) >= 2 else "")
        if len(sound) >= 4 and (latin or not rows):
            _keep_ranked(found, [(row, 1.0) for row in rows_by_sound(catalogue, sound, limit)], 0.5, "sound")
        if len(latin) >= 3 or (len(latin) == 2 and not rows and not strong):
            found_rows = [(row, 1.0) for row in rows_by_form(catalogue, "initials", latin, limit)]
            _keep_ranked(found, found_rows, 0.45, "initials")
    if not rows and not strong and not found:
        _some_words(catalogue, mended or found_pieces, found)


def _some_words(catalogue: Catalogue, wanted: list[str], found: dict[int, _Found]) -> None:
    """Records with at least a third of the query, the most complete first."""
    atoms = {token for piece in wanted for token in tokens(piece) if len(token) > 1 or not is_cjk(token)}
    rows = rows_by_words(catalogue, any_of(wanted), _CANDIDATES)
    records = catalogue.get_rows(row for row, _ in rows)
    for place, (row, _) in enumerate(rows):
        record = records[row]
        texts = (*record.titles, *record.author_forms, *record.subjects, *record.series, record.summary)
        held = {token for text in texts for token in tokens(text)}
        share = len(atoms & held) / len(atoms) if atoms else 0.0
        if share >= 0.34:
            found[row] = _Found(max(0.01, 0.35 * share - 0.0005 * place), False, "some words")


def _keep_ranked(found: dict[int, _Found], rows: list[tuple[int, float]], top: float, matched: str) -> None:
    best = max((rank for _, rank in rows), default=1.0) or 1.0
    for place, (row, rank) in enumerate(rows):
        if row not in found:
            found[row] = _Found(max(0.01, top - 0.15 * (1 - rank / best) - 0.0001 * place), False, matched)


def _title_rows(catalogue: Catalogue, query: Reading) -> list[int]:
    """Rows worth comparing: same form, same sound, or sharing words with the phrase, its spelling repaired."""
    rows = rows_by_form(catalogue, "joined", query.joined)
    sound = pinyin(query.text) if query.han else query.joined
    rows += rows_by_form(catalogue, "pinyin", sound)
    if query.han and not rows:
        rows += rows_by_sound(catalogue, sound, 20)
    words = content(list(query.pieces))
    mended = repair(catalogue, words)
    found: list[int] = []
    for way in (words, mended):
        if way:
            expression = f"title : ({all_of(word_groups(' '.join(way)))})"
            found += [row for row, _ in rows_by_words(catalogue, expression, _CANDIDATES // 2)]
    if not found:
        for way in (words, mended):
            if way:
                found += [row for row, _ in rows_by_words(catalogue, some_of(catalogue, way, "title"), _CANDIDATES)]
    rows += found
    return list(dict.fromkeys(rows))


def _ranked(found: dict[int, _Found], records: dict[int, Record], limit: int) -> tuple[Hit, ...]:
    hits = [Hit(records[row], one.score, one.exact, one.matched) for row, one in found.items() if row in records]
    return tuple(sorted(hits, key=_order)[:limit])


def _order(hit: Hit) -> tuple[float, bool, str]:
    return (-round(hit.score, 6), hit.record.synthetic, hit.record.record_id)
