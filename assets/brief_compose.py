"""A record, a theme shelf or a reader's idea → a brief.

Rules. Pictures are composed from the vocabulary only: no word of a title, summary or idea reaches a painter's prompt.
Quotations come from the record itself and from the home's own passages, short, with their source. Titles are shown as
they are, without control characters and what no font draws, cut at 80 characters.

Core: no files, no clock. Errors: BriefError, BlockedError.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from assets.brief import Audience, Brief, Lang, Neighbour, Quotation, Style, Time, Weather, seed_of
from assets.brief_words import BY_KEY, MOTIFS, TIMES, WEATHERS, Motif
from assets.errors import BriefError
from assets.safety import BlockList, check_words
from library.normal import fold
from library.sentence import split_sentences
from library.values import PassageHit, Record

LONGEST_TITLE, LONGEST_QUOTATION, LONGEST_EASY, MOST_QUOTATIONS = 80, 160, 70, 3
NEGATIVE = "people, faces, text, letters, watermark, logo, flag, map, violence, blood, frightening"
_PAINTING = "360 degree equirectangular panorama, seamless, empty of people, soft light, illustration"
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[a-z']+")


def brief_of_record(
    record: Record,
    lang: Lang,
    blocked: BlockList,
    passages: Sequence[PassageHit] = (),
    neighbours: Sequence[Record] = (),
    audience: Audience = "everyone",
) -> Brief:
    """The world of a book. ``neighbours``: related books, for portals. Raises BlockedError."""
    title = shown(_in_language(record.titles, lang) or record.title) or shown(record.record_id) or "?"
    strict = blocked if audience == "children" else blocked.of_home()
    check_words(f"{title} {' '.join(record.titles)}"[:20_000], strict, "title")
    classes = [(item.scheme, item.call_number) for item in record.items]
    ranked = rank_motifs(record.subjects, record.titles, record.summary, classes)
    return _compose(
        title,
        shown(", ".join(_authors(record, lang)[:2])),
        lang,
        ranked,
        " ".join(record.titles),
        f"record {record.record_id}",
        quotations(record, passages, lang, blocked, LONGEST_EASY if audience == "children" else LONGEST_QUOTATION),
        tuple(Neighbour(one.record_id, shown(_in_language(one.titles, lang) or one.title)) for one in neighbours),
        record.record_id,
        audience,
    )


def brief_of_shelf(
    name: str, records: Sequence[Record], lang: Lang, blocked: BlockList, audience: Audience = "everyone"
) -> Brief:
    """The world of a theme shelf: what most of its books are about. Raises BriefError, BlockedError."""
    if not records:
        raise BriefError(f"the shelf {name!r} holds no books that a world could be made of")
    check_words(name[:20_000], blocked, "title")
    votes: dict[str, float] = {}
    for record in records[:200]:
        classes = [(item.scheme, item.call_number) for item in record.items]
        for place, (motif, _) in enumerate(rank_motifs(record.subjects, record.titles, record.summary, classes)[:2]):
            votes[motif.key] = votes.get(motif.key, 0.0) + 1.0 / (1 + place)
    for motif, score in rank_motifs((name,), (name,), "", ()):
        votes[motif.key] = votes.get(motif.key, 0.0) + score
    ranked = [(BY_KEY[key], votes[key]) for key in sorted(votes, key=lambda k: (-votes[k], k))]
    near = tuple(Neighbour(one.record_id, shown(_in_language(one.titles, lang) or one.title)) for one in records[:4])
    return _compose(shown(name) or "?", "", lang, ranked, name, f"shelf {name}", (), near, "", audience)


def brief_of_idea(text: str, lang: Lang, blocked: BlockList, audience: Audience = "everyone") -> Brief:
    """The world of a reader's own idea: the idea chooses from the vocabulary, its words go no further than the title.

    Raises BriefError (nothing in it is known) and BlockedError.
    """
    check_words(text[:20_000], blocked, "idea")
    ranked = rank_motifs((text,), (text,), "", ())
    if not ranked:
        raise BriefError("nothing in this idea can be painted yet; name a place, a landscape or a subject")
    title = shown(text) if audience == "everyone" else ""
    return _compose(title or ranked[0][0].key, "", lang, ranked, text, f"idea {fold(text)}", (), (), "", audience)


def rank_motifs(
    subjects: Sequence[str], titles: Sequence[str], summary: str, classes: Sequence[tuple[str, str]]
) -> list[tuple[Motif, float]]:
    """Motifs with any evidence, best first: subjects weigh most, then titles, summary and class."""
    texts = ((3.0, _read(" ; ".join(subjects[:60]))), (2.2, _read(" ; ".join(titles[:20]))), (1.0, _read(summary)))
    found: list[tuple[float, int, Motif]] = []
    for place, motif in enumerate(MOTIFS):
        score = 0.0
        for weight, (plain, words) in texts:
            for term in motif.zh:
                if term in plain:
                    score += weight * (0.6 + 0.2 * min(len(term), 4))
            for term in motif.en:
                if f" {term} " in words:
                    score += weight * (1.0 + 0.3 * term.count(" ") + 0.02 * min(len(term), 15))
        score += max((_class_score(motif, scheme, number) for scheme, number in classes), default=0.0)
        if score > 0:
            found.append((-round(score, 6), place, motif))
    return [(motif, -score) for score, _, motif in sorted(found, key=lambda one: one[:2])]


def quotations(
    record: Record, passages: Sequence[PassageHit], lang: Lang, blocked: BlockList, longest: int = LONGEST_QUOTATION
) -> tuple[Quotation, ...]:
    """Short sentences of the record's summary and of passages that name it; those in the reader's language first.

    ``longest``: characters of a sentence; Chinese says the same in half of them.
    """
    made: list[Quotation] = []
    for start, end in split_sentences(record.summary[:4000]):
        made += _quotation(record.summary[start:end], f"record {record.record_id}", blocked)
    for hit in passages:
        if any(title and fold(title) in fold(hit.passage.text) for title in record.titles):
            for start, end in split_sentences(hit.passage.text):
                where = f"{hit.passage.document} › {hit.passage.heading}".rstrip(" ›")
                made += _quotation(hit.passage.text[start:end], where, blocked)
    made = [one for one in made if len(one.text) <= (longest if one.lang == "en" else longest // 2 + 20)]
    made.sort(key=lambda one: one.lang != lang)
    return tuple(dict.fromkeys(made))[:MOST_QUOTATIONS]


def shown(text: str) -> str:
    """A text as it may be drawn: one line, nothing invisible, nothing that a text font lacks, cut at a word."""
    kept = []
    for char in unicodedata.normalize("NFC", text[: 4 * LONGEST_TITLE]):
        kind = unicodedata.category(char)
        if char.isspace():
            kept.append(" ")
        elif (
            kind[0] != "C"
            and kind not in ("So", "Sk", "Me")
            and ord(char) < 0x30000
            and not 0xFE00 <= ord(char) < 0xFE10
        ):
            kept.append(char)
    line = " ".join("".join(kept).split())
    if len(line) <= LONGEST_TITLE:
        return line
    cut = line[: LONGEST_TITLE - 1]
    head = cut.rsplit(" ", 1)[0]
    return (head if len(head) > LONGEST_TITLE // 2 else cut) + "…"


def _compose(
    title: str, byline: str, lang: Lang, ranked: Sequence[tuple[Motif, float]], words: str, seed: str,
    quoted: tuple[Quotation, ...], near: tuple[Neighbour, ...], record_id: str, audience: Audience,
) -> Brief:  # fmt: skip
    number = seed_of(seed)
    motif = ranked[0][0] if ranked else MOTIFS[[m.key for m in MOTIFS].index("balloons")]
    if audience == "children" and motif.key in ("gothic", "war"):
        motif = BY_KEY["fairy_forest" if motif.key == "gothic" else "steppe"]
    also = next((other.key for other, score in ranked[1:] if ranked and score > 0.5 * ranked[0][1]), "")
    plain, spaced = _read(words)
    time: Time = next((t for t, terms in TIMES.items() if _any(terms, plain, spaced)), motif.time)
    weather: Weather = next((w for w, terms in WEATHERS.items() if _any(terms, plain, spaced)), motif.weather)
    style: Style = motif.style
    light = {"dawn": "at dawn", "day": "by daylight", "dusk": "at dusk", "night": "at night"}[time]
    prompt = f"{motif.prompt}, {light}, {weather} sky, {_PAINTING}"
    if audience == "children":
        prompt += ", friendly, for children"
    return Brief(
        title, byline, lang, motif.key, also, time, weather, style, round((number % 1000) / 500 - 1, 3), number, prompt,
        NEGATIVE, quoted, near[:4], record_id, audience,
    )  # fmt: skip


def _quotation(text: str, source: str, blocked: BlockList) -> list[Quotation]:
    line = " ".join(text.split())
    if not 8 <= len(line) <= LONGEST_QUOTATION or blocked.find(line) is not None or shown(line[:80]) != line[:80]:
        return []
    lang: Lang = "zh" if _HAN.search(line) else "en"
    return [Quotation(line, source, lang)]


def _read(text: str) -> tuple[str, str]:
    """The folded text for Chinese words, and its English words between spaces."""
    plain = fold(text[:12_000])
    return plain, f" {' '.join(_WORD.findall(plain))} "


def _any(terms: Sequence[str], plain: str, spaced: str) -> bool:
    return any(f" {term} " in spaced if term.isascii() else term in plain for term in terms)


def _class_score(motif: Motif, scheme: str, number: str) -> float:
    prefixes = motif.clc if scheme == "clc" else motif.ddc if scheme in ("ddc", "") else ()
    longest = max((len(prefix) for prefix in prefixes if number.startswith(prefix)), default=0)
    return 0.5 + 0.35 * longest if longest else 0.0


def _in_language(forms: Sequence[str], lang: Lang) -> str:
    return next((form for form in forms if bool(_HAN.search(form)) == (lang == "zh")), "")


def _authors(record: Record, lang: Lang) -> Sequence[str]:
    names = [name for name in record.author_forms if bool(_HAN.search(name)) == (lang == "zh") and "," not in name]
    return names[:1] if names and lang == "zh" else record.authors
