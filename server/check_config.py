"""Do the settings fit together, and what they name? Each finding says what, where it is set, and what to do.

``serve`` looks before it listens, without asking other machines; ``shelfway check --config`` asks them too.
"""

from __future__ import annotations

import datetime
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from server.errors import CommandError
from server.gate import LOOPBACK
from server.settings import Loaded, Settings

SPACE_NEEDED: Final = 50 * 1024 * 1024
SPACE_WISHED: Final = 1024 * 1024 * 1024
TOKEN_LENGTH: Final = 16
EXPIRES_SOON_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class Finding:
    """``setting``: its name; ``where``: file, variable or flag that sets it; ``grave``: the server does not start."""

    setting: str
    where: str
    message: str
    grave: bool


def check_config(loaded: Loaded, ask_others: bool = False) -> tuple[Finding, ...]:
    """Everything that is wrong or unwise. ``ask_others``: also ask Redis and the identity provider, seconds."""
    settings = loaded.settings
    found = [*_transport(settings), *_sign_in(settings), *_doors(settings), *_painter(settings), *_home(settings)]
    if ask_others:
        found += [*_redis(settings), *_provider(settings)]
    return tuple(Finding(name, loaded.origins.get(name, ""), text, grave) for name, text, grave in found)


_Found = Iterator[tuple[str, str, bool]]


def _transport(settings: Settings) -> _Found:
    from server.serving import tls_options

    try:
        tls_options(settings)
        if settings.tls_cert is not None:
            yield from _expiry(settings.tls_cert)
    except CommandError as fault:
        yield ("tls_cert", str(fault), True)
    away = settings.host not in LOOPBACK
    if away and settings.tls_cert is None and not settings.trusted_proxies:
        yield (
            "host",
            "other machines reach this server over plain http, where browsers give a page no microphone and no AR: "
            "set tls_cert and tls_key, or put a proxy with https in front and name it in trusted_proxies",
            False,
        )
    public = urlsplit(settings.public_url)
    if settings.public_url and public.scheme == "http" and public.hostname not in LOOPBACK:
        yield ("public_url", "phones get no microphone over http: give the https address", False)


def _expiry(cert: Path) -> _Found:
    from cryptography import x509

    ends = x509.load_pem_x509_certificate(cert.read_bytes()).not_valid_after_utc
    left = (ends - datetime.datetime.now(datetime.UTC)).days
    if left < 0:
        yield ("tls_cert", f"the certificate ended on {ends.date()}: renew it", True)
    elif left < EXPIRES_SOON_DAYS:
        yield ("tls_cert", f"the certificate ends on {ends.date()}: renew it, then start the server again", False)


def _sign_in(settings: Settings) -> _Found:
    if settings.oidc_issuer and not settings.oidc_audience:
        text = "without it tokens made for any other program of the provider would be taken: give the client id"
        yield ("oidc_audience", text, True)
    for name in ("oidc_audience", "oidc_keys", "oidc_staff_role"):
        if getattr(settings, name) and not settings.oidc_issuer:
            yield (name, "nobody signs in while oidc_issuer is empty: set it, or leave this out", False)
    keys = settings.oidc_keys
    if keys and "://" not in keys and not Path(keys).is_file():
        yield ("oidc_keys", f"there is no file {keys}: give the address or path of the provider's JWK set", True)


def _doors(settings: Settings) -> _Found:
    token = settings.token
    if token is not None and len(token) < TOKEN_LENGTH:
        yield ("token", f"it has {len(token)} signs and can be guessed: take {TOKEN_LENGTH} at random or more", False)
    if settings.host not in LOOPBACK and token is None:
        text = "whoever reaches the port may talk to the librarian, and nobody is staff from another machine: set it"
        yield ("token", text, False)
    for origin in settings.origins:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query:
            yield (
                "origins",
                f"{origin!r} is no origin and lets nobody in: write https://host or https://host:port",
                True,
            )


def _painter(settings: Settings) -> _Found:
    if settings.painter == "diffusion" and settings.painter_model is None:
        yield ("painter_model", "the painter diffusion needs the folder of a pipeline here", True)
    if settings.painter == "remote" and not settings.painter_url:
        yield ("painter_url", "the painter remote needs an address here", True)


def _home(settings: Settings) -> _Found:
    home = settings.home
    if not home.is_dir():
        return  # told by the commands themselves, with what to do
    if not os.access(home, os.W_OK):
        text = "the home cannot be written: keys, the audit log and closures could not be kept; chown it to this user"
        yield ("home", text, True)
    free = shutil.disk_usage(home).free
    if free < SPACE_WISHED:
        grave = free < SPACE_NEEDED
        yield ("home", f"its disk has {free // 2**20} MiB left: make room, or lower store_budget_mb", grave)
    for path, known in known_versions(home):
        version = version_in(path)
        if version is None:
            yield ("home", f"{path} is no SQLite file that can be read: put a back-up in its place", True)
        elif version > known:
            text = f"{path} was written by a newer Shelfway (version {version}, known are {known}): update Shelfway"
            yield ("home", text, True)


def known_versions(home: Path) -> tuple[tuple[Path, int], ...]:
    """The SQLite files that are there, with the newest version of each that this program knows."""
    from library.store_schema import MIGRATIONS as CATALOGUE
    from server.agreed import MIGRATIONS as KEPT
    from server.audit import MIGRATIONS as AUDIT
    from server.issued import MIGRATIONS as ISSUED
    from server.kept import MIGRATIONS as VISITED
    from server.kept import VISITS
    from server.notebook import FILE as NOTES
    from server.notebook import MIGRATIONS as NOTED
    from server.review import MIGRATIONS as REVIEWED
    from server.review import REVIEW

    known = {
        "catalogue.sqlite": len(CATALOGUE),
        "audit.sqlite": len(AUDIT),
        "access.sqlite": len(ISSUED),
        "readers.sqlite": len(KEPT),
        NOTES: len(NOTED),
        REVIEW: len(REVIEWED),
        VISITS: len(VISITED),
    }
    return tuple((home / name, count) for name, count in known.items() if (home / name).is_file())


def version_in(path: Path) -> int | None:
    """The version of a SQLite file, without changing it; None when it cannot be read."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=2.0)) as connection:
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error:
        return None


def _redis(settings: Settings) -> _Found:
    if settings.hub_url is None:
        return
    try:
        from redis import Redis
        from redis.exceptions import RedisError
    except ModuleNotFoundError:
        yield ("hub_url", "the package redis is not installed: pip install 'shelfway[redis]'", True)
        return
    try:
        with closing(Redis.from_url(settings.hub_url, socket_connect_timeout=2.0, socket_timeout=2.0)) as redis:
            redis.ping()
    except (RedisError, OSError) as fault:
        text = f"Redis does not answer ({type(fault).__name__}): start it, or check address and password"
        yield ("hub_url", text, True)


def _provider(settings: Settings) -> _Found:
    if not settings.oidc_issuer:
        return
    from server.sign_in import KeysError, SignIn

    try:
        SignIn(settings.oidc_issuer, settings.oidc_audience, settings.oidc_keys).check()
    except KeysError as fault:
        yield ("oidc_keys" if settings.oidc_keys else "oidc_issuer", f"{fault}; nobody can sign in until it can", True)
