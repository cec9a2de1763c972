"""Documents as text with headings: txt, md, html, pdf and docx.

For txt and md the text is the file's own, so that a span found in it is a span of the file; for the others it is what
stands on their pages, a block a paragraph.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
import docx.document
import docx.opc.exceptions
import docx.table
import pypdf
import pypdf.errors
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from lxml import etree

from library.document_headings import Heading, markdown_headings, text_headings
from library.document_pdf import PdfSizes, plain_pdf
from library.errors import DocumentError

_LARGEST = 200 << 20  # bytes, of a file or of what a docx unpacks to
_KINDS = {
    ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".pdf": "pdf", ".docx": "docx",
}  # fmt: skip
KINDS = frozenset(_KINDS)
_BLOCKS = frozenset(
    ["p", "div", "li", "td", "th", "tr", "table", "ul", "ol", "dl", "dt", "dd", "section", "article", "main", "header",
     "footer", "aside", "blockquote", "pre", "figure", "figcaption", "body", "html", "br", "hr", "form", "address"]
)  # fmt: skip
_HIDDEN = ["script", "style", "noscript", "template", "nav", "svg", "head"]


def read_document(path: Path) -> tuple[str, tuple[Heading, ...]]:
    """Text and headings. DocumentError says why a document cannot be read."""
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise DocumentError(
            f"{path.name}: files ending in {path.suffix or 'nothing'} are not read; save it as docx or txt"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path.name}: cannot be opened: {error.strerror or error}") from None
    if not data.strip():
        raise DocumentError(f"{path.name}: the file is empty")
    if len(data) > _LARGEST:
        raise DocumentError(f"{path.name}: {len(data) >> 20} MiB are more than the {_LARGEST >> 20} MiB that are read")
    if kind in {"txt", "md"}:
        text = decode_text(data, path.name)
        headings = markdown_headings(text) if kind == "md" else text_headings(text)
    elif kind == "html":
        text, headings = _read_html(data, path.name)
    elif kind == "pdf":
        text, headings = _read_pdf(path, data)
    else:
        text, headings = _read_docx(path, data)
    if not text.strip():
        raise DocumentError(f"{path.name}: it holds no text" + (" (a scan needs OCR first)" if kind == "pdf" else ""))
    return text, headings


def decode_text(data: bytes, name: str, declared: str = "") -> str:
    """UTF-8, UTF-16 with its mark, what an HTML page declares, or GB18030 that looks Chinese; else DocumentError."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16").lstrip("\ufeff")
        except UnicodeDecodeError:
            raise DocumentError(f"{name}: starts as UTF-16 but is not") from None
    if b"\x00" in data:
        raise DocumentError(f"{name}: not text: a zero byte at offset {data.index(0)}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fault = error
    for encoding in filter(None, (declared, "gb18030")):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        han = len(re.findall(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]", text))
        other = sum(char > "\x7f" for char in text) - han
        if encoding == declared or han > 4 * other:
            return text
    raise DocumentError(
        f"{name}: byte 0x{data[fault.start]:02x} at offset {fault.start} is neither UTF-8 nor GB18030; save it as UTF-8"
    )


class _Page:
    """Collects blocks of text and the headings among them."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.headings: list[Heading] = []
        self.length = 0

    def add(self, block: str, level: int = 0) -> None:
        block = re.sub(r"[ \t\r\f\v\u00a0]+", " ", block).strip()
        if not block:
            return
        if level:
            block = re.sub(r"\s+", " ", block)
            self.headings.append(Heading(self.length, self.length + len(block), level, block))
        self.parts.append(block)
        self.length += len(block) + 2

    def result(self) -> tuple[str, tuple[Heading, ...]]:
        return "\n\n".join(self.parts), tuple(self.headings)


def _read_html(data: bytes, name: str) -> tuple[str, tuple[Heading, ...]]:
    found = re.search(rb"charset=[\"']?([\w-]+)", data[:2048], re.IGNORECASE)
    text = decode_text(data, name, found[1].decode("ascii") if found else "")
    soup = BeautifulSoup(text, "lxml")
    for hidden in soup(_HIDDEN):
        hidden.decompose()
    page = _Page()
    line: list[str] = []

    def flush() -> None:
        page.add("".join(line))
        line.clear()

    stack: list[object] = [soup]
    while stack:
        node = stack.pop()
        if node is None:
            flush()
        elif isinstance(node, Tag):
            if re.fullmatch(r"h[1-6]", node.name):
                flush()
                page.add(node.get_text(" "), int(node.name[1]))
                continue
            if node.name == "tr":
                flush()
                page.add(" | ".join(cell.get_text(" ", strip=True) for cell in node.find_all(["td", "th"])))
                continue
            if node.name in _BLOCKS:
                flush()
                stack.append(None)
            stack.extend(reversed(list(node.children)))
        elif type(node) is NavigableString:
            line.append(re.sub(r"\s+", " ", node))
    flush()
    return page.result()


def _read_pdf(path: Path, data: bytes) -> tuple[str, tuple[Heading, ...]]:
    if b"%PDF-" not in data[:1024]:
        raise DocumentError(f"{path.name}: not a PDF (it does not start with %PDF-)")
    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(f"{path.name}: the PDF is locked by a password")
        sizes = PdfSizes()
        pages = [page.extract_text(visitor_text=sizes.see) for page in reader.pages]
    except (
        pypdf.errors.PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as error:
        raise DocumentError(f"{path.name}: broken PDF: {type(error).__name__}: {error}") from None
    text = plain_pdf("\n\n".join(page.strip() for page in pages if page.strip()))
    return text, sizes.headings(text) or text_headings(text)


def _read_docx(path: Path, data: bytes) -> tuple[str, tuple[Heading, ...]]:
    if not data.startswith(b"PK"):
        raise DocumentError(f"{path.name}: not a docx (no zip archive); old .doc files must be saved as docx")
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
                raise DocumentError(f"{path.name}: unpacks to more than {_LARGEST >> 20} MiB")
        document = docx.Document(str(path))
    except (
        zipfile.BadZipFile, docx.opc.exceptions.PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError
    ) as error:  # fmt: skip
        raise DocumentError(f"{path.name}: broken docx: {type(error).__name__}") from None
    page = _Page()
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            for row in block.rows:
                page.add(" | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells)))
            continue
        style = (block.style.name or "") if block.style is not None else ""
        level = re.fullmatch(r"(?:Heading|标题) ?(\d)", style)
        page.add(block.text, int(level[1]) if level else 1 if style == "Title" else 0)
    return page.result()
