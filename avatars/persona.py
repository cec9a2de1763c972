"""Who the librarian is: name, manner and languages, as a home's ``persona.toml`` says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from avatars.errors import PersonaError
from avatars.language import Lang
from avatars.tone import TONES, Tone

LANGUAGES: tuple[Lang, ...] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Persona:
    """The librarian's name and the library's, by language.

    ``manner``: in the home's own words, told to a language model. ``tone``: the manner of her grounded sentences.
    ``languages``: that she speaks; a question in another is answered in the first. ``never_say``: phrases that are in
    none of her sentences, whoever worded them.
    """

    name: Mapping[str, str] = field(default_factory=lambda: {"en": "the librarian", "zh": "馆员"})
    library: Mapping[str, str] = field(default_factory=lambda: {"en": "the library", "zh": "本馆"})
    manner: str = ""
    tone: Tone = "plain"
    languages: tuple[Lang, ...] = LANGUAGES
    never_say: tuple[str, ...] = ()


def read_persona(path: Path, library: Mapping[str, str]) -> Persona:
    """Read ``persona.toml``; a missing file gives the plain librarian.

    ``manner`` may be one of the tones, or a text with ``tone`` beside it.

    Raises:
        PersonaError: the file is not TOML, or one of its values has another shape; says which and what it may be.
    """
    if not path.is_file():
        return Persona(library=library)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PersonaError(f"{path.name} is not readable as TOML: {error}; correct the file") from error
    name = data.get("name", {})
    if isinstance(name, str):
        name = {"en": name, "zh": name}
    if not isinstance(name, dict) or not all(isinstance(v, str) for v in name.values()):
        raise PersonaError(f'{path.name}: "name" must be a text or a table of language and text')
    never = data.get("never_say", [])
    if not isinstance(never, list) or not all(isinstance(v, str) for v in never):
        raise PersonaError(f'{path.name}: "never_say" must be a list of texts')
    manner = data.get("manner", "")
    if not isinstance(manner, str):
        raise PersonaError(f'{path.name}: "manner" must be a text')
    return Persona(
        name=name or Persona().name,
        library=library,
        manner="" if manner.strip().lower() in TONES else manner.strip(),
        tone=_tone(path, data, manner),
        languages=_languages(path, data),
        never_say=tuple(text for text in never if text.strip()),
    )


def _tone(path: Path, data: Mapping[str, Any], manner: str) -> Tone:
    said = data.get("tone", manner.strip().lower())
    found = next((tone for tone in TONES if tone == said), None)
    if found is None and "tone" in data:
        raise PersonaError(f'{path.name}: "tone" is {said!r}; it may be {", ".join(TONES)}')
    return found or "plain"


def _languages(path: Path, data: Mapping[str, Any]) -> tuple[Lang, ...]:
    said = data.get("languages", list(LANGUAGES))
    if not isinstance(said, list) or not said or any(lang not in LANGUAGES for lang in said):
        raise PersonaError(f'{path.name}: "languages" must be a list of {", ".join(LANGUAGES)}')
    return tuple(dict.fromkeys(said))
