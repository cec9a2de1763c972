"""Questions about the rules of six made-up libraries: the sentence that answers, word for word, or nothing."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.answering import find_answer
from library.forms import read_figures
from library.passages import find_text, put_document
from library.question import read_question
from library.store import Catalogue
from tests.library.rules import RULES, read_table

QUESTIONS = read_table(RULES / "ashgrove.tsv")
NAMES = ("northgate", "brendan", "lakeside", "quayside")
OTHERS = [(name, *row) for name in NAMES for row in read_table(RULES / f"{name}.tsv")]
TOWN = read_table(RULES / "millbrook.tsv")


@pytest.fixture(scope="module")
def college(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    catalogue = Catalogue.open(tmp_path_factory.mktemp("college") / "catalogue.sqlite")
    for name in ("ashgrove.en.md", "ashgrove.zh.md"):
        put_document(catalogue, RULES / name)
    return catalogue


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """An HTML page in English, a Word document in Chinese with a table."""
    folder = tmp_path_factory.mktemp("town")
    write_docx(RULES / "millbrook.zh.txt", folder / "rules.docx")
    catalogue = Catalogue.open(folder / "catalogue.sqlite")
    put_document(catalogue, RULES / "millbrook.html")
    put_document(catalogue, folder / "rules.docx")
    return catalogue


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Catalogue]:
    """A branch, a hospital, a university and a quarter: lists, tables, plain text, each in its manner."""
    opened = {}
    for name in NAMES:
        opened[name] = Catalogue.open(tmp_path_factory.mktemp(name) / "catalogue.sqlite")
        for file in sorted(RULES.glob(f"{name}.??.*")):
            put_document(opened[name], file)
    return opened


def write_docx(source: Path, target: Path) -> None:
    """Headings from lines that begin with #, a table from lines with |, paragraphs from the others."""
    document = docx.Document()
    table = None
    for line in source.read_text(encoding="utf-8").splitlines():
        if "|" not in line:
            table = None
        if line.startswith("# "):
            document.add_heading(line[2:], 1)
        elif "|" in line:
            table = table or document.add_table(rows=0, cols=2)
            for cell, text in zip(table.add_row().cells, line.split("|"), strict=True):
                cell.text = text
        else:
            document.add_paragraph(line)
    document.save(str(target))


@pytest.mark.parametrize(("lang", "question", "wanted", "forbidden"), QUESTIONS, ids=[row[1] for row in QUESTIONS])
def test_the_rule_asked_for_is_found(college: Catalogue, lang: str, question: str, wanted: str, forbidden: str) -> None:
    check(college, lang, question, wanted, forbidden)


@pytest.mark.parametrize(("lang", "question", "wanted", "forbidden"), TOWN, ids=[row[1] for row in TOWN])
def test_pages_lists_and_tables_answer_too(
    town: Catalogue, lang: str, question: str, wanted: str, forbidden: str
) -> None:
    check(town, lang, question, wanted, forbidden)


@pytest.mark.parametrize(("name", "lang", "question", "wanted", "forbidden"), OTHERS, ids=[row[2] for row in OTHERS])
def test_other_libraries_are_answered_for_too(
    others: dict[str, Catalogue], name: str, lang: str, question: str, wanted: str, forbidden: str
) -> None:
    check(others[name], lang, question, wanted, forbidden)


def check(catalogue: Catalogue, lang: str, question: str, wanted: str, forbidden: str) -> None:
    """Is it answered so, in its language, by spans that stand in the document?"""
    found = find_answer(catalogue, question, lang)
    said = " ".join(statement.said for finding in found for statement in finding.statements)
    if wanted == "-":
        assert said == ""
        return
    claimed = re.match(r"(?:not quite|不一样)\.\*", wanted)
    assert re.search(wanted[claimed.end() :] if claimed else wanted, said, re.IGNORECASE)
    assert not claimed or any(finding.ask.claim for finding in found)
    assert not forbidden or not re.search(forbidden, said)
    for finding in found:
        whole = find_text(catalogue, finding.passage.document) or ""
        assert finding.passage.lang == lang
        assert all(whole[one.start : one.end] == one.text for one in finding.statements)


@pytest.mark.parametrize(
    ("before", "question", "wanted"),
    [
        ("Is the Lending Counter far?", "when does it close", "20:00"),
        ("how many items can undergraduates borrow", "and postgraduates?", "25 items"),
        ("what does colour printing cost", "how can I pay for it", "coins"),
        ("can I eat in the Nest", "what about phones there", "phones may ring"),
        ("笔记本电脑能借吗", "能借多久", "6小时"),
        ("本科生能借几本书", "研究生呢", "25册"),
    ],
)
def test_a_question_may_lean_on_the_one_before(college: Catalogue, before: str, question: str, wanted: str) -> None:
    lang = "zh" if question[0] > "\u3000" else "en"
    found = find_answer(college, question, lang, before=(before,))
    assert any(wanted in statement.said for finding in found for statement in finding.statements)


def test_the_same_question_gets_the_same_sentences(college: Catalogue) -> None:
    for lang, question, _, _ in QUESTIONS[:20]:
        assert find_answer(college, question, lang) == find_answer(college, question, lang)


@pytest.mark.parametrize(
    ("question", "slot"),
    [
        ("How far ahead can I book a room?", "ahead"),
        ("how long can I keep it", "duration"),
        ("is printing free?", "money"),
        ("what do I need to bring", "bring"),
        ("几点关门", "clock"),
        ("能续借几次", "times"),
        ("几岁可以自己来", "age"),
        ("有人晕倒了怎么办", "consequence"),
    ],
)
def test_a_question_names_its_slot(question: str, slot: str) -> None:
    assert read_question(question)[0].slot == slot


@pytest.mark.parametrize(
    "question",
    [
        "So the fine is 1 pound, right?",
        "Since you close at 5, can I come at 6?",
        "听说要收费，对吗",
        "既然周一闭馆，我周二来",
    ],
)
def test_what_is_taken_for_granted_is_a_claim(question: str) -> None:
    assert any(ask.claim for ask in read_question(question))


def test_how_things_stand_now_is_no_question_for_documents() -> None:
    assert read_question("is the lift working?") == ()
    assert read_question("自习室满了吗") == ()


def test_any_text_is_read(college: Catalogue) -> None:
    for text in ("", "?", "。。。", "x" * 5000, "¿qué?", "1 2 3", "🦊", "a|b", '"', "的" * 300):
        for ask in read_question(text):
            assert ask.slot or ask.wanted or ask.days
        assert isinstance(find_answer(college, text, "en"), tuple)


@given(st.text(alphabet="能借1几本天多久，。？?ab 's12:0元 when is the book", max_size=60))
def test_any_mixture_is_read(text: str) -> None:
    for ask in read_question(text):
        assert all(0 < wanted.weight <= 1 for wanted in ask.wanted)
    read_figures(text)


def test_a_document_taken_out_answers_no_more(tmp_path: Path) -> None:
    from library.passages import remove_document

    catalogue = Catalogue.open(tmp_path / "catalogue.sqlite")
    file = tmp_path / "rules.txt"
    file.write_text("Lockers cost 2 euros a day.\n", encoding="utf-8")
    put_document(catalogue, file)
    assert find_answer(catalogue, "what do lockers cost", "en")
    remove_document(catalogue, "rules.txt")
    assert not find_answer(catalogue, "what do lockers cost", "en")
    catalogue.close()
