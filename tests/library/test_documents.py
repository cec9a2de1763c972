"""Documents of every kind give text and headings; broken ones a reason."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from library.documents import read_document
from library.errors import DocumentError


def make_pdf(words: bytes) -> bytes:
    stream = b"BT /F1 12 Tf 20 100 Td (" + words + b") Tj ET"
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
