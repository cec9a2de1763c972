"""What readers type and say finds the book, and what we do not hold is not found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library.marc_names import name_forms
from library.search import LIKELY, match_title, search
from library.store import Catalogue
from tests.library.conftest import make_record

EXACT = [
    ("The Three-Body Problem", "b01"), ("three body problem", "b01"), ("the 3 body problem", "b01"),
    ("三体", "b02"), ("《三体》", "b02"), ("三體", "b02"), ("黑暗森林", "b03"),
    ("1984", "b04"), ("nineteen eighty four", "b04"), ("一九八四", "b04"),
    ("100 years of solitude", "b06"), ("a hundred years of solitude", "b06"), ("百年孤独", "b05"), ("百年孤獨", "b05"),
    ("harry potter and the philosophers stone", "b07"), ("哈利波特与魔法石", "b08"), ("哈利•波特与魔法石", "b08"),
    ("Brief history of time", "b09"), ("the color of magic", "b15"), ("lord of the rings", "b16"),
    ("the lord of rings", "b16"), ("Fahrenheit four hundred and fifty-one", "b20"), ("the hobbit", "b21"),
    ("Dune by Frank Herbert", "b14"), ("刘慈欣的三体", "b02"), ('Where is "Dune"?', "b14"), ("孙子兵法", "b12"),
]  # fmt: skip
LIKELY_FORMS = [
    ("san ti", "b02"), ("santi", "b02"), ("hongloumeng", "b13"), ("hong lou meng", "b13"), ("bai nian gu du", "b05"),
    ("三题", "b02"), ("红楼孟", "b13"), ("pride and prejudise", "b17"), ("prid and prejudice", "b17"),
    ("intorduction to algorithms", "b11"), ("fahrenhiet 451", "b20"), ("philosopher's stone harry potter", "b07"),
    ("threebody problem", "b01"), ("lord of the ring", "b16"), ("War & Peace", "b24"), ("weicheng", "b22"),
    ("Pride and Prejudice by Jane Austen", "b17"), ("the three bodies problem", "b01"),
    ("三体与地球往事", "b02"), ("百年孤读", "b05"),
]  # fmt: skip
NOT_HELD = [
    "Harry Potter and the Goblet of Fire", "哈利·波特与火焰杯", "A Brief History of Humankind", "未来简史", "人类简史",
    "Introduction to Analysis", "The Art of Computer Programming", "1985", "June", "Dune Messiah", "三体2",
    "红楼梦研究", "Fahrenheit 452", "War and Society", "Crime and Punishment", "Sense and Sensibility", "水浒传",
    "活着为了讲述",
    "The Color Purple", "One hundred ways to cook rice", "Python cookbook", "Lord of the Flies", "深度学习",
    "The Silmarillion", "On War", "In the Dune", "Dune by Isaac Asimov", "百年老店", "The time machine",
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "record_id"), EXACT)
def test_exact_titles(books: Catalogue, phrase: str, record_id: str) -> None:
    hits = match_title(books, phrase)
    exact = [hit.record.record_id for hit in hits if hit.exact or hit.score >= 0.95]
    assert record_id in exact, [(hit.record.record_id, hit.score, hit.matched) for hit in hits]


@pytest.mark.parametrize(("phrase", "record_id"), LIKELY_FORMS)
def test_likely_titles(books: Catalogue, phrase: str, record_id: str) -> None:
    hits = match_title(books, phrase)
    best = [hit.record.record_id for hit in hits if hit.score >= LIKELY]
    assert record_id in best[:2], [(hit.record.record_id, hit.score, hit.matched) for hit in hits]


@pytest.mark.parametrize("phrase", NOT_HELD)
def test_titles_not_held(books: Catalogue, phrase: str) -> None:
    hits = match_title(books, phrase)
    assert all(hit.score < LIKELY and not hit.exact for hit in hits), [(h.record.title, h.score) for h in hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("三体", {"b01", "b02"}), ("tolkien", {"b16", "b21"}), ("JRR Tolkien", {"b16", "b21"}), ("余华", {"b23"}),
        ("刘慈欣", {"b02", "b03"}), ("liu cixin", {"b01", "b02", "b03"}), ("liucixin", {"b02", "b03"}),
        ("science fiction", {"b01", "b14"}), ("科幻", set()), ("科学幻想", {"b01", "b02", "b03"}),
        ("机器学习", {"b19"}),
        ("jiqixuexi", {"b19"}), ("philosopher stone rowling", {"b07"}), ("wizards", {"b07"}), ("algoritms", {"b11"}),
        ("algo", {"b11"}), ("books about wizards", {"b07"}), ("关于机器学习的书", {"b19"}), ("余华的作品", {"b23"}),
        ("some books by Tolkien", {"b16", "b21"}),
        ("978-0-306-40615-7", {"b14"}), ("0306406152", {"b14"}), ("TP181", {"b19"}),
        ("823.912", {"b04", "b16", "b21"}), ("QA76.6", {"b11"}), ("hawking time", {"b09"}), ("garcia marquez", {"b06"}),
        ("cien anos de soledad", {"b05"}), ("孤独", {"b05"}), ("xyzzy", set()), ("the", set()),
        ("曹雪芹 红楼梦", {"b13"}),
        ("曹雪芹红楼梦", {"b13"}), ("长篇小说", {"b02", "b05", "b22", "b23"}), ("", set()), ("?!", set()),
    ],
)  # fmt: skip
def test_search(books: Catalogue, query: str, first: set[str]) -> None:
    hits = search(books, query)
    found = {hit.record.record_id for hit in hits[: len(first)]}
    assert found == first or (query == "the" and len(hits) <= 10), [
        (h.record.record_id, h.score, h.matched) for h in hits
    ]


def test_initials(books: Catalogue) -> None:
    assert search(books, "hlm")[0].record.record_id == "b13"
    assert search(books, "bngd")[0].record.record_id == "b05"


def test_series_and_names_in_another_script_find_the_book(tmp_path: Path) -> None:
    catalogue = Catalogue.open(tmp_path / "c.sqlite")
    names = name_forms("김, 홍신"), name_forms("Nūrī, ʻAbd Allāh")
    first = replace(make_record("s1", ["The fifth season"], "Jemisin, N. K."), series=("The broken earth",))
    second = replace(
        make_record("s2", ["Three essays"]), author_forms=(*names[0], *names[1], *name_forms("نورى، عبد الله"))
    )
    catalogue.put([first, second])
    assert [hit.record.record_id for hit in search(catalogue, "broken earth")] == ["s1"]
    assert [hit.record.record_id for hit in search(catalogue, "The Broken Earth trilogy")] == ["s1"]
    for query in ("김홍신", "홍신 김", "abd allah nuri", "عبد الله نورى"):
        assert [hit.record.record_id for hit in search(catalogue, query)] == ["s2"], query
    catalogue.close()


def test_same_question_same_answer(books: Catalogue) -> None:
    for query in ("fiction", "小说", "history time"):
        assert search(books, query) == search(books, query)
        assert [hit.score for hit in search(books, query)] == sorted(
            (h.score for h in search(books, query)), reverse=True
        )


def test_every_title_form_finds_its_record(books: Catalogue) -> None:
    for record in books.records():
        for title in record.titles:
            assert record.record_id in {hit.record.record_id for hit in match_title(books, title) if hit.exact}
            assert record.record_id in {hit.record.record_id for hit in search(books, title)[:2]}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40) | st.text(alphabet='ab"*:()-^+三体 ANDORNOT', max_size=30))
def test_any_query_is_answered(books: Catalogue, query: str) -> None:
    for hit in (*search(books, query), *match_title(books, query)):
        assert 0 < hit.score <= 1
