"""A MARC record as decoded text, whatever carried it: leader, control fields, fields with subfields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from library.errors import LibraryError


class MarcFaultError(LibraryError):
    """One record cannot be read; the message says where in it and why."""


@dataclass(frozen=True, slots=True)
class MarcField:
    """``data`` is the text of a control field and "" otherwise; ``subfields`` are (code, text) in order."""

    tag: str
    data: str = ""
    indicators: str = "  "
    subfields: tuple[tuple[str, str], ...] = ()

    def first(self, code: str) -> str:
        """Text of the first subfield with this code, stripped; "" when there is none."""
        return next((text.strip() for found, text in self.subfields if found == code), "")

    def all(self, codes: str) -> list[str]:
        """Texts of the subfields whose code is one of ``codes``, in order, without empty ones."""
        return [text.strip() for found, text in self.subfields if found in codes and text.strip()]


@dataclass(frozen=True, slots=True)
class MarcRecord:
    leader: str
    fields: tuple[MarcField, ...]

    def list_fields(self, *tags: str) -> Iterator[MarcField]:
        """Fields with one of these tags, in the order of the tags, then of the record."""
        for tag in tags:
            yield from (field for field in self.fields if field.tag == tag)

    def control(self, tag: str) -> str:
        return next((field.data for field in self.fields if field.tag == tag), "")

    def has(self, *tags: str) -> bool:
        return any(field.tag in tags for field in self.fields)
