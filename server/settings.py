"""Settings: ``SHELFWAY_*`` in the environment over the home's ``shelfway.toml`` over defaults.

A name that is not listed here stops the start with a sentence that says which one and where it stands. ``shelfway
settings`` prints every value and its origin. Raises: SettingsError.
"""

from __future__ import annotations

import difflib
import ipaddress
import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from server.errors import SettingsError
from server.model_settings import LanguageModelSettings, Task

PREFIX = "SHELFWAY_"
FILE = "shelfway.toml"
DEFAULT_HOME = Path("home")
_NOT_IN_FILE = {"home"}


class Settings(BaseModel):
    """Every setting, its unit in its name or its description."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    home: Path = Field(default=DEFAULT_HOME, description="Folder that holds everything the library owns.")
    host: str = Field(default="127.0.0.1", description="Address to listen on; the default is this machine only.")
    port: int = Field(default=8765, ge=0, le=65535, description="TCP port to listen on; 0 picks a free one.")
    library_name: dict[str, str] = Field(
        default_factory=dict, description="The library's name by language; empty: the venue's name."
    )
    here: str | None = Field(
        default=None, description="PLACE where a reader stands who did not say where; empty: the principal entrance."
    )
    languages: Annotated[tuple[Literal["en", "zh"], ...], Field(min_length=1)] = Field(
        default=("en", "zh"), description="Languages offered to readers, the first one at the start of a visit."
    )
    elevations: dict[int, float] = Field(
        default_factory=dict, description="Height of each level above the ground floor in metres, by ordinal."
    )
    models_dir: Path | None = Field(
        default=None, description="Folder of fetched models, for several homes to share; empty: the home's models/."
    )
    hearing_model: Path | None = Field(
        default=None,
        description="Model for hearing: path, or name of a fetched one; empty: the built-in English grammar.",
    )
    whisper_model: Path | None = Field(default=None, description="Older name of hearing_model, which goes before it.")
    speaker: Literal["espeak", "none"] = Field(default="espeak", description='Engine that speaks; "none": text only.')
    voices: dict[Literal["en", "zh"], Path] = Field(
        default_factory=dict,
        description="Voice of a language: path of its model, or name of a fetched one; others: the speaker's own.",
    )
    voice_detector: Literal["auto", "webrtc", "silero", "energy"] = Field(
        default="auto", description="Tells voice from noise: silero where it is loud; auto: the least work."
    )
    turn_model: Path | None = Field(
        default=None, description="Text classifier that tells when somebody has said it all; empty: rules."
    )
    language_models: dict[Task, LanguageModelSettings] = Field(
        default_factory=dict,
        description="Language model by task (default, think, translate, brief, see); empty: none is used.",
    )
    wake_phrases: tuple[str, ...] = Field(
        default=(),
        description="Phrases; one must begin what is said into an open microphone. None: all is for her.",
    )
    idle_reset_s: float = Field(
        default=90.0, ge=5, le=86400, description="Seconds without a reader after which a kiosk forgets the visit."
    )
    token: str | None = Field(
        default=None, description="When set, every hello must carry it; needed for clients of kind staff and robot."
    )
    public_url: str = Field(
        default="",
        pattern=r"^$|^https?://[^\s#]+$",
        description="Address of the kiosk page for readers' phones (https://host/); empty: the kiosk's own address.",
    )
    tls_cert: Path | None = Field(
        default=None, description="Certificate chain (PEM) for https without a proxy; needs tls_key."
    )
    tls_key: Path | None = Field(default=None, description="Private key (PEM) of tls_cert.")
    trusted_proxies: tuple[str, ...] = Field(
        default=(), description="Addresses or networks of proxies whose X-Forwarded-For is believed (127.0.0.1)."
    )
    requests_per_s: float = Field(
        default=50.0,
        ge=0,
        le=100_000,
        description="HTTP requests of one address a second, ten times that at once; 0: any.",
    )
    oidc_issuer: str = Field(
        default="",
        pattern=r"^$|^https://[^\s#]+$|^http://(localhost|127\.0\.0\.1)[^\s#]*$",
        description="OpenID provider with which readers sign in (its issuer, https://…); empty: nobody signs in.",
    )
    oidc_audience: str = Field(default="", description="Client id that the provider's tokens must be made for.")
    oidc_keys: str = Field(
        default="", description="Address or path of the provider's JWK set; empty: as the issuer publishes it."
    )
    oidc_staff_role: str = Field(
        default="", description="Name in a token's roles or groups that makes its bearer staff; empty: nobody."
    )
    history_days: int = Field(
        default=30, ge=1, le=3650, description="Days for which questions and answers are kept of readers who agreed."
    )
    poses_days: int = Field(
        default=7, ge=1, le=3650, description="Days for which ways walked are kept of readers who agreed."
    )
    audit_days: int = Field(
        default=365, ge=30, le=36_500, description="Days for which the log of what staff did is kept."
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="Form of the log on standard error; never words that readers said."
    )
    otlp_url: str | None = Field(
        default=None,
        pattern=r"^https?://\S+$",
        description="OpenTelemetry server that gets a trace of every turn (http://host:4318/v1/traces); empty: none.",
    )
    origins: tuple[str, ...] = Field(
        default=(), description="Web origins besides the server's own whose pages may connect (https://host:port)."
    )
    store_url: str | None = Field(
        default=None, description="Bucket for generated files (s3://bucket/prefix); empty: the home's folder store/."
    )
    store_budget_mb: int = Field(
        default=20_000, ge=0, description="Megabytes that generated files may take; 0: no limit. The oldest make room."
    )
    painter: Literal["procedural", "diffusion", "remote"] = Field(
        default="procedural",
        description="Who paints the worlds of books; diffusion and remote need a model or address.",
    )
    painter_model: Path | None = Field(
        default=None, description="Folder of a diffusers pipeline for the painter diffusion."
    )
    painter_loras: tuple[Path, ...] = Field(
        default=(), description="LoRA weights for the painter diffusion: files or folders, all of them are used."
    )
    painter_upscaler: Path | None = Field(
        default=None,
        description="Folder of a diffusers upscaling pipeline; worlds are first painted a quarter as large.",
    )
    painter_url: str | None = Field(default=None, description="Address of an HTTP painter for the painter remote.")
    worlds_painted: Literal["here", "workers"] = Field(
        default="here",
        description="Who paints for this server: itself, or `shelfway worker` processes found through hub_url.",
    )
    world_width_px: int = Field(
        default=2048, ge=256, le=8192, multiple_of=64, description="Width of a world's panorama in pixels."
    )
    world_audience: Literal["everyone", "children"] = Field(
        default="everyone",
        description='Whom worlds are for; "children": no frightening places, no ideas in free words.',
    )
    worlds_reviewed: bool = Field(
        default=False, description="Whether staff must approve a world before readers get it."
    )
    pictures_checked: bool = Field(
        default=False, description="Whether AI pictures need a picture check; with none installed they are refused."
    )
    producer_code: str = Field(
        default="unregistered",
        pattern=r"^[!#-\[\]-~]{1,200}$",
        description="Code of the library as producer of generated content (GB 45438-2025, ContentProducer).",
    )
    hub_url: str | None = Field(
        default=None,
        pattern=r"^rediss?://\S+$",
        description="Redis that joins several servers of one library (redis://host:6379/0); empty: one server alone.",
    )
    words_refused: tuple[str, ...] = Field(
        default=(), description="Words that readers may not say to one another in writing; texts with them are refused."
    )
    remember_days: int = Field(
        default=30, ge=0, le=365, description="Days for which a visit is kept that a reader asked to keep; 0: none is."
    )
    review_answers: bool = Field(
        default=False, description="Hold answers of a language model until staff approve them at /staff/answers."
    )
    notes_days: int = Field(
        default=365, ge=1, le=36_500, description="Days for which notes and exhibits that readers leave are kept."
    )

    sessions_max: int = Field(default=200, ge=1, le=100_000, description="Connections accepted at the same time.")

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            ipaddress.ip_network(text, strict=False)
        return value


@dataclass(frozen=True, slots=True)
class Loaded:
    """Effective settings and where each value comes from: "default", the file, the variable or the command line."""

    settings: Settings
    origins: Mapping[str, str]


def load_settings(
    home: Path | None = None,
    environ: Mapping[str, str] | None = None,
    flags: Mapping[str, Any] | None = None,
) -> Loaded:
    """The effective settings. ``home``: from the command line; ``flags``: other values given there (None: not given).

    Raises SettingsError.
    """
    environ = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    origins = dict.fromkeys(Settings.model_fields, "default")
    from_environ = _read_environ(environ)
    folder = home or Path(from_environ.get("home", (DEFAULT_HOME, ""))[0])
    for name, value in _read_file(folder / FILE).items():
        values[name], origins[name] = value, f"{folder / FILE}: {name}"
    for name, (value, where) in from_environ.items():
        values[name], origins[name] = value, where
    given = {**(flags or {}), "home": home}
    for name, value in given.items():
        if value is not None:
            values[name], origins[name] = value, f"--{name}"
    try:
        return Loaded(Settings(**values), origins)
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        name = str(first["loc"][0])
        raise SettingsError(
            f"the setting {name} cannot be {values.get(name)!r}: {first['msg']}", origins[name]
        ) from None


def describe(loaded: Loaded) -> list[dict[str, Any]]:
    """One row per setting: name, value, origin, what it is for. The token and passwords are not shown."""
    rows = []
    shown = loaded.settings.model_dump(mode="json")
    for name, field in Settings.model_fields.items():
        value = "(set)" if name == "token" and shown[name] else shown[name]
        if isinstance(value, str):
            value = re.sub(r"://[^/@\s]*@", "://(set)@", value)  # user and password of an address
        rows.append(
            {"name": name, "value": value, "origin": loaded.origins[name], "description": field.description or ""}
        )
    return rows


def _read_environ(environ: Mapping[str, str]) -> dict[str, tuple[Any, str]]:
    found: dict[str, tuple[Any, str]] = {}
    for variable, text in environ.items():
        if variable.startswith(PREFIX):
            name = variable.removeprefix(PREFIX).lower()
            _must_exist(name, variable)
            if text != "":
                found[name] = (_parse(name, text, variable), variable)
    return found


def _read_file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        body = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise SettingsError(f"the file is not TOML: {fault}", str(path)) from None
    except OSError as fault:
        raise SettingsError(f"the file cannot be read: {fault.strerror}", str(path)) from None
    for name in body:
        _must_exist(name, f"{path}: {name}")
        if name in _NOT_IN_FILE:
            raise SettingsError(f"{name} cannot be set inside the home", f"{path}: {name}")
    return body


def _must_exist(name: str, where: str) -> None:
    if name not in Settings.model_fields:
        near = difflib.get_close_matches(name, Settings.model_fields, 1)
        hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(Settings.model_fields)}"
        raise SettingsError(f"there is no setting {name}{hint}", where)


def _parse(name: str, text: str, variable: str) -> Any:
    """The value of an environment variable: JSON for tables, comma-separated or JSON for lists, text for the rest."""
    if name == "library_name" and not text.lstrip().startswith("{"):
        return {"en": text, "zh": text}
    if name in ("library_name", "elevations", "voices", "language_models") or text.lstrip().startswith("["):
        try:
            return json.loads(text)
        except ValueError:
            raise SettingsError(f"the value of {name} is not JSON: {text!r}", variable) from None
    if name in ("languages", "origins", "words_refused", "wake_phrases", "trusted_proxies"):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text
