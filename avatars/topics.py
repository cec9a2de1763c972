"""Books on a subject: by the records' own words, by other words for the subject in both languages, by its classes."""

from __future__ import annotations

import re

from avatars.language import fold, has_han
from library.callnumber import span
from library.errors import CallNumberError
from library.search import search
from library.search_sql import any_of, rows_by_words
from library.store import Catalogue
from library.subject_words import Subject, find_subject
from library.values import Record

_STOP = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "or",
        "to",
        "in",
        "on",
        "for",
        "with",
        "by",
        "at",
        "from",
        "is",
        "are",
        "some",
        "any",
    ]
)
_WRAPPING_EN = re.compile(
    r"^(?:(?:some|any|a|an|the|your|good|great|nice|interesting|easy|simple|new|old|classic|famous|popular|introductory|basic|more|other|being a|being an|being|how to|how|learning|history of|"
    r"introduction to|basics of|subject of|topic of|history books? (?:on|about)|all)\s+)+|"
    r"\s+(?:for (?:beginners?|dummies|starters|kids|children|adults|students|me|a child|teenagers?|fun|(?:my |a )?\d+[- ]years?[- ]olds?)|"
    r"books?|novels?|textbooks?|stories|story|tales?|titles|stuff|things|in general|section|shelves|shelf|area)$"
)
_WRAPPING_ZH = re.compile(
    r"^(?:一些|几本|好看的|好的|有趣的|经典的|经典|最新的|简单的|关于|有关|讲|讲述|介绍|适合(?:初学者|孩子|儿童|小朋友)的?)+|"
    r"(?:方面|知识|入门|类|的|书籍|图书|书|读物|教材|领域|专业|题材|类型|相关|基础|初级|那一?类|专区|区)+$"
)


_JOINING = re.compile(r"[一两三几这那某]?(?:个|条|位|名|只|本)|[和与跟在的了着是被把有]")
"""What stands between the words of a Chinese description."""


_WISHING = re.compile(
    r"^(?:我|我们|俺|咱|家里|有没有|有|想要?|要|请|帮我|给我|找|推荐|一?本|一些|几本|学习?|教|怎么|如何|怎样|关于|讲|了解|研究|看|读)+|"
    r"(?:看|读|用|该看|应该看)?(?:什么|哪些|哪本|啥)(?:书|好|合适)*|(?:方面|相关|之类|类)?的?(?:书籍|书|资料|教材|教程|指南)(?:有没有|有吗|吗|呢)?|(?:有没有|有吗|吗|呢|吧|啊)$"
)
"""What is said around a wish for books."""
_LIGHT = frozenset("的了着过是在和与把被让给想要学会人本个些点一这那有没看读用怎么如何好")
_YOUNG = re.compile(
    r"\b(?:kids?|child|children|toddlers?|bab(?:y|ies)|son|daughter|grand(?:son|daughter|child|children)|\d+[- ]years?[- ]olds?|little ones?)\b|"
    r"孩子|小孩|儿童|小朋友|小学生|幼儿|宝宝|女儿|儿子|孙子|孙女|\d+岁|[三四五六七八九十]岁"
)


_PARTS = re.compile(r"\s+and\s+|,\s*|[和与、]")


class Topics:
    """The catalogue asked by subject. Holds no state."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def about(self, topic: str, limit: int = 15, *, subjects_only: bool = False) -> tuple[Record, ...]:
        """Records on a topic, the surest first: its own words, then other words for it, then its classes."""
        core = core_of(topic)
        subject = find_subject(topic) or find_subject(core) or find_subject(_singular(core))
        found = self._worded(core, subjects_only=subjects_only or subject is not None)
        if subject is not None and len(found) < limit:
            for word in subject.words:
                found += [r for r in self._worded(word, subjects_only=True) if r not in found]
            if len(found) < limit:
                found += [r for r in self._classed(subject, limit * 4) if r not in found]
        parts = [part for part in _PARTS.split(core) if part]
        if not found and len(parts) > 1 and all(find_subject(part) for part in parts):
            for part in parts:
                found += [r for r in self.about(part, subjects_only=True) if r not in found]
        if not found and not subjects_only:
            found = self._worded(core, subjects_only=False)
        real = [record for record in found if not record.synthetic]
        return tuple((real or found)[:limit])

    def _worded(self, topic: str, *, subjects_only: bool) -> list[Record]:
        """Records whose subjects, title or summary hold every word of the topic; subjects count first."""
        words = words_of(topic)
        if not words:
            return []
        ranked: list[tuple[int, int, Record]] = []
        for rank, hit in enumerate(search(self.catalogue, " ".join(words), limit=80)):
            record = hit.record
            each = [fold(subject) for subject in record.subjects]
            subjects = " ; ".join(each)
            titles = fold(" ; ".join(record.titles))
            if any(all(holds(subject, w) for w in words) for subject in each):
                ranked.append((0, rank, record))
            elif all(holds(subjects, w) for w in words):
                ranked.append((1, rank, record))
            elif subjects_only:
                continue
            elif all(holds(f"{subjects} ; {titles}", w) for w in words):
                ranked.append((2, rank, record))
            elif all(holds(f"{subjects} ; {titles} ; {fold(record.summary)}", w) for w in words):
                ranked.append((3, rank, record))
        ranked.sort(key=lambda r: (r[2].synthetic, r[0], r[1]))
        return [record for _, _, record in ranked]

    def _classed(self, subject: Subject, most: int) -> list[Record]:
        """Records with a copy in one of the subject's classes, in shelf order."""
        found: dict[str, Record] = {}
        for scheme, first, last in subject.classes:
            try:
                low, high = span(scheme, first, last)
            except CallNumberError:
                continue
            for _, record_id in self.catalogue.keys_between(scheme, low, high)[: most * 10]:
                record = self.catalogue.get(record_id)
                if record is not None and not record.synthetic:
                    found[record_id] = record
                if len(found) >= most:
                    return list(found.values())
        return list(found.values())

    def for_readers(self, phrase: str, limit: int = 15) -> tuple[Record, ...]:
        """Books for children when a phrase speaks of them ("my 5 year old", 小学生), else none."""
        if not _YOUNG.search(fold(phrase)):
            return ()
        found: list[Record] = []
        for subject in ("picture books", "fairy tales", "children's stories", "children's literature"):
            found += [r for r in self.about(subject, subjects_only=True) if r not in found]
        return tuple(found[:limit])

    def described(self, phrase: str, limit: int = 3) -> tuple[Record, ...]:
        """Records whose subjects, title or summary hold most words of a description ("a man wakes up as an insect")."""
        words = [w for w in words_of(phrase) if has_han(w) or len(w) > 2]
        words = [part for w in words for part in (_JOINING.split(w) if has_han(w) else [w]) if part]
        units = [u for w in words for u in ([w[i : i + 2] for i in range(len(w) - 1)] or [w] if has_han(w) else [w])]
        if len(units) < 2:
            return ()
        scored = []
        for hit in search(self.catalogue, " ".join(words), limit=40):
            record = hit.record
            text = fold(" ; ".join((*record.subjects, *record.titles, record.summary)))
            share = sum(holds(text, u) for u in units) / len(units)
            if share >= 0.55 and not record.synthetic:
                scored.append((-share, record.record_id, record))
        scored.sort(key=lambda row: row[:2])
        best = scored[0][0] if scored else 0.0
        return tuple(r for share, _, r in scored if share <= best + 0.1)[:limit]

    def hinted(self, phrase: str, limit: int = 5) -> tuple[Record, ...]:
        """Records that hold nearly all that a Chinese wish says, in other words: 种大棚菜 finds 大棚蔬菜种植.

        One pair of its characters must stand there as it was said, and all but a fifth of its characters somewhere.
        """
        said = "".join(c for c in re.sub(r"[^\u4e00-\u9fff]", "", _WISHING.sub("", fold(phrase))) if c not in _LIGHT)
        pairs = [said[i : i + 2] for i in range(len(said) - 1)]
        if not pairs:
            return ()
        scored = []
        rows = rows_by_words(self.catalogue, any_of(pairs), 60)
        for record in self.catalogue.get_rows(row for row, _ in rows).values():
            if record.synthetic:
                continue
            text = fold(" ; ".join((*record.subjects, *record.titles, record.summary)))
            chars = sum(c in text for c in said) / len(said)
            held = sum(pair in text for pair in pairs) / len(pairs)
            if chars >= 0.8 and (held >= 0.99 if len(said) < 3 else held > 0):
                named = any(len(t) > 1 and fold(t) in phrase for t in record.titles)
                scored.append((-(chars + held + named), record.record_id, record))
        scored.sort(key=lambda row: row[:2])
        return tuple(record for score, _, record in scored if score <= scored[0][0] + 0.4)[:limit]

    def like(self, record: Record, limit: int = 4) -> tuple[Record, ...]:
        """Other records that share most of a record's subjects."""
        scores: dict[str, tuple[float, Record]] = {}
        for weight, subject in enumerate(reversed(record.subjects[:6]), start=1):
            for hit in search(self.catalogue, subject, limit=20):
                other = hit.record
                if (
                    other.record_id != record.record_id
                    and not other.synthetic
                    and fold(subject) in map(fold, other.subjects)
                ):
                    scores[other.record_id] = (scores.get(other.record_id, (0.0, other))[0] + weight, other)
        ordered = sorted(scores.values(), key=lambda pair: (-pair[0], pair[1].record_id))
        return tuple(r for _, r in ordered[:limit])


def is_for_young(text: str) -> bool:
    """Does a text speak of a child?"""
    return _YOUNG.search(fold(text)) is not None


def core_of(topic: str) -> str:
    """The topic without what readers wrap round it: "good books on economics for beginners" → "economics"."""
    text = fold(topic).strip(" .,?!。，？！")
    for _ in range(3):
        shorter = _WRAPPING_ZH.sub("", text) if has_han(text) else _WRAPPING_EN.sub("", text)
        shorter = shorter.strip()
        if shorter == text or not shorter:
            break
        text = shorter
    return text


def words_of(topic: str) -> list[str]:
    """The words of a topic that count; a Chinese run is one word."""
    text = fold(topic)
    text = re.sub(r"^(?:the |your )?(\w{3,})books?$", r"\1", text)
    latin = [w for w in re.findall(r"[a-z0-9+#][a-z0-9+#'-]*", text) if w not in _STOP]
    han = re.findall(r"[\u4e00-\u9fff]+", text)
    return latin + [re.sub(r"(?:方面|知识|入门|类)$", "", run) or run for run in han]


def holds(text: str, word: str) -> bool:
    """Does a folded text hold a word, in the plural or a near form too?"""
    if has_han(word):
        if word in text:
            return True
        pairs = [word[i : i + 2] for i in range(len(word) - 1)]
        return len(pairs) > 1 and all(p in text for p in pairs)
    root = re.escape(_singular(word))
    return re.search(rf"(?<![a-z0-9]){root}(?:s|es|ies|y|al|ing|er|ers)?(?![a-z0-9])", text) is not None


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ves") and len(word) > 4:
        return word[:-3] + "f"
    return word.rstrip("s") if len(word) > 3 and not word.endswith("ss") else word
