"""Who the librarian is: name, manner and languages, as a home's ``persona.toml`` says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from avatars.errors import PersonaError


@dataclass(frozen=True, slots=True)
class Persona:
    """The librarian's name and the library's, by language; sentences she must never say."""

    name: Mapping[str, str] = field(default_factory=lambda: {"en": "the librarian", "zh": "馆员"})
    library: Mapping[str, str] = field(default_factory=lambda: {"en": "the library", "zh": "本馆"})
    manner: str = ""
    never_say: tuple[str, ...] = ()


def read_persona(path: Path, library: Mapping[str, str]) -> Persona:
    """Read ``persona.toml``; a missing file gives the plain librarian.

    Raises:
        PersonaError: the file is not TOML, or ``name`` is not a table of language → text.
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
    return Persona(
        name=name or Persona().name,
        library=library,
        manner=str(data.get("manner", "")),
        never_say=tuple(never),
    )
