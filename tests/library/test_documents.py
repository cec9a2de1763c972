"""Documents of every kind give text and headings; broken ones a reason."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from library.answering import find_answer
from library.document_pdf import plain_pdf
from library.document_tables import read_rows
from library.documents import read_document
from library.errors import DocumentError
from library.passages import find_text, put_document
from library.sentence import split_sentences
from library.store import Catalogue


def make_pdf(words: bytes) -> bytes:
    return pdf_of(b"BT /F1 12 Tf 20 100 Td (" + words + b") Tj ET")


def pdf_of(stream: bytes) -> bytes:
    """A file of one page that draws the stream."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj" % number + content + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n" % len(data)
    return data + end + b"%%EOF\n"


def titles(path: Path) -> list[tuple[int, str]]:
    text, headings = read_document(path)
    for heading in headings:
        assert 0 <= heading.start < heading.end <= len(text)
    return [(heading.level, heading.title) for heading in headings]


def test_markdown_is_the_files_own_text(tmp_path: Path) -> None:
    file = tmp_path / "rules.md"
    source = "# House **rules**\n\nBe quiet.\n\n```\n# no heading\n```\n\nFood\n----\nNo food.\n"
    file.write_text(source, encoding="utf-8")
    assert read_document(file)[0] == source
    assert titles(file) == [(1, "House rules"), (2, "Food")]


def test_plain_text_headings(tmp_path: Path) -> None:
    file = tmp_path / "paper.txt"
    file.write_text(
        "一、发展环境\n\n正文在此。\n\n（一）政策\n另一段。\n\nOpening hours\n\nMonday 9:00-17:00\n", encoding="gb18030"
    )
    assert titles(file) == [(1, "一、发展环境"), (2, "（一）政策"), (3, "Opening hours")]


def test_html(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        "<html><head><title>x</title></head><body><nav>Menu</nav><h1>Hours</h1><p>Open <b>daily</b>\nat nine.</p>"
        "<!-- note --><script>var a</script><table><tr><td>Mon</td><td>9:00</td></tr></table><h2>Food</h2>"
        "None</body></html>",
        encoding="utf-8",
    )
    text, _ = read_document(file)
    assert text == "Hours\n\nOpen daily at nine.\n\nMon | 9:00\n\nFood\n\nNone"
    assert titles(file) == [(1, "Hours"), (2, "Food")]


def test_docx(tmp_path: Path) -> None:
    file = tmp_path / "card.docx"
    document = docx.Document()
    document.add_heading("读者证", 1)
    document.add_paragraph("办证免费。")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "押金", "无"
    document.save(str(file))
    assert read_document(file)[0] == "读者证\n\n办证免费。\n\n押金 | 无"
    assert titles(file) == [(1, "读者证")]


def test_pdf(tmp_path: Path) -> None:
    file = tmp_path / "room.pdf"
    file.write_bytes(make_pdf(b"The reading room opens at nine."))
    assert "The reading room opens at nine." in read_document(file)[0]


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.txt", b"", "empty"), ("a.txt", b" \n", "empty"), ("a.txt", b"caf\xe9 noir", "neither UTF-8 nor GB18030"),
        ("a.txt", b"a\x00b", "zero byte"), ("a.pdf", b"hello", "not a PDF"), ("a.exe", b"MZ", "are not read"),
        ("a.pdf", b"%PDF-1.4 broken", "broken PDF"), ("a.pdf", make_pdf(b" "), "no text"),
        ("a.docx", b"hello", "not a docx"), ("a.docx", b"PK\x03\x04rest", "broken docx"),
        ("a.html", b"<script>only()</script>", "no text"), ("a.md", "\ufeff".encode("utf-16"), "no text"),
    ],
)  # fmt: skip
def test_refusals_say_why(tmp_path: Path, name: str, data: bytes, word: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(DocumentError, match=word):
        read_document(file)


def test_a_zip_that_is_no_docx(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("x", "y")
    with pytest.raises(DocumentError, match="broken docx"):
        read_document(file)
    with pytest.raises(DocumentError, match="cannot be opened"):
        read_document(tmp_path / "absent.txt")


def make_set_pdf(lines: list[tuple[int, bytes]]) -> bytes:
    """A page whose lines are set in the sizes given, in points."""
    drawn = b"".join(
        b"BT /F1 %d Tf 20 %d Td (%s) Tj ET\n" % (size, 700 - 40 * number, words)
        for number, (size, words) in enumerate(lines)
    )
    return pdf_of(drawn)


def test_headings_of_a_pdf_are_set_larger(tmp_path: Path) -> None:
    file = tmp_path / "rules.pdf"
    body = b"Cars may be parked behind the library for three hours."
    lines = [(20, b"House rules"), (11, body), (15, b"Parking"), (11, body), (15, b"Bicycles"), (11, b"Use the racks.")]
    file.write_bytes(make_set_pdf(lines))
    assert titles(file) == [(1, "House rules"), (2, "Parking"), (2, "Bicycles")]


def test_what_stands_over_every_page_is_no_heading(tmp_path: Path) -> None:
    file = tmp_path / "rules.pdf"
    body = b"Quiet is kept in all of the reading rooms."
    file.write_bytes(make_set_pdf([(18, b"Guide"), (11, body), (18, b"Guide"), (11, body), (18, b"Guide"), (11, body)]))
    assert titles(file) == [(1, "Guide")]


def test_pdf_radicals_and_ligatures_are_the_characters_meant() -> None:
    assert plain_pdf("⾃⾏⻋停⻋ ﬁne") == "自行车停车 fine"
    assert plain_pdf("½ ① Ａ") == "½ ① Ａ"


def test_rows_of_tables_are_sentences() -> None:
    text = "| Reader | Items | Renewals |\n|---|---|---|\n| Staff | 50 | 5 |\n| Guests | 4 | none |"
    spans = split_sentences(text)
    said = read_rows(text, spans)
    assert [said[number] for number in range(len(spans))] == [
        "", "", "Staff: 50 items; renewals 5 times", "Guests: 4 items; Renewals: none",
    ]  # fmt: skip
    plain = "Mon | 9:00\n\nTue | 10:00"
    assert list(read_rows(plain, split_sentences(plain)).values()) == ["Mon: 9:00", "Tue: 10:00"]
    assert read_rows("No table. Here.", [(0, 9), (10, 15)]) == {}


@pytest.mark.parametrize("kind", ["html", "docx", "pdf"])
def test_every_kind_answers_under_its_heading(empty: Catalogue, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"rules.{kind}"
    if kind == "html":
        file.write_text("<h1>Rules</h1><h2>Parking</h2><p>It costs 2 euros an hour.</p><h2>Food</h2><p>None.</p>")
    elif kind == "docx":
        document = docx.Document()
        document.add_heading("Rules", 1)
        document.add_heading("Parking", 2)
        document.add_paragraph("It costs 2 euros an hour.")
        document.save(str(file))
    else:
        rows = [
            (20, b"Rules"),
            (15, b"Parking"),
            (11, b"It costs 2 euros an hour."),
            (11, b"Please leave the gate free."),
        ]
        file.write_bytes(make_set_pdf(rows))
    put_document(empty, file)
    (found,) = find_answer(empty, "how much is parking", "en")
    assert found.passage.heading == "Rules › Parking"
    (statement,) = found.statements
    assert statement.text == "It costs 2 euros an hour."
    assert (find_text(empty, file.name) or "")[statement.start : statement.end] == statement.text
