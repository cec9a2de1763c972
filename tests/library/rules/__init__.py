"""Documents of a made-up college library and questions about them, with what each answer must hold."""

from __future__ import annotations

from pathlib import Path

RULES = Path(__file__).parent


def read_table(file: Path) -> list[tuple[str, str, str, str]]:
    """Rows of language, question, wanted, forbidden ("" for nothing forbidden)."""
    rows = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            lang, question, wanted, *forbidden = line.split("\t")
            rows.append((lang, question, wanted, forbidden[0] if forbidden else ""))
    return rows
