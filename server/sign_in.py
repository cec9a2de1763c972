"""Readers and staff who sign in with the library's own identity provider (OpenID Connect): their ID or access token is
verified here, by PyJWT, with the provider's published keys. Nothing but a pseudonym of the subject is kept.

Only signatures by public keys are taken (never ``none``, never HMAC, so a public key cannot be used as a secret), and
the algorithm must be one that the key is for. Issuer, audience, expiry and subject must be there and right; clocks may
differ by 60 s. Keys come from a file or from the web: at most every 60 s, and every 10 s when a token names a new one.

Errors: SignInError (the token is not good), KeysError (the keys cannot be had now; try again).
"""

from __future__ import annotations

import hashlib
import json
import threading
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import jwt

from server.errors import ServerError
from server.identity import Identity

LEEWAY_S: Final = 60
FRESH_S: Final = 3600.0
AGAIN_S: Final = 10.0
FETCH_WITHIN_S: Final = 5.0
MOST_BYTES: Final = 512 * 1024
ALGORITHMS: Final[Mapping[str, tuple[str, ...]]] = {
    "RSA": ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    "EC": ("ES256", "ES384", "ES512"),
    "OKP": ("EdDSA",),
}
"""Kind of key → algorithms it may be used with."""


class SignInError(ServerError):
    """The token does not prove who shows it."""


class KeysError(ServerError):
    """The provider's keys cannot be read now."""


class SignIn:
    """Verifies tokens of one provider. Blocking (it may fetch keys); safe to call from several threads.

    ``keys``: address or path of a JWK set; "" finds the address at the issuer. ``staff_role``: name in the claims
    ``roles``, ``groups`` or ``realm_access.roles`` that makes its bearer staff; "": nobody.
    """

    def __init__(
        self,
        issuer: str,
        audience: str,
        keys: str = "",
        staff_role: str = "",
        clock: Callable[[], float] | None = None,
        fetch: Callable[[str], bytes] | None = None,
    ) -> None:
        import time

        self._issuer, self._audience, self._source, self._staff_role = issuer, audience, keys, staff_role
        self._clock, self._fetch = clock or time.monotonic, fetch or fetch_json
        self._lock = threading.Lock()
        self._keys: dict[str, jwt.PyJWK] = {}
        self._read_at = self._tried_at = float("-inf")

    def verify(self, token: str, may_fetch: bool = True) -> Identity:
        """Who shows the token. ``may_fetch`` false: never waits for the provider. Raises SignInError, KeysError."""
        try:
            head = jwt.get_unverified_header(token)
            key = self._key(head.get("kid"), may_fetch)
            allowed = _allowed(key)
            if head.get("alg") not in allowed:
                raise SignInError("the token's algorithm is not one that its key is for")
            claims = jwt.decode(
                token,
                key.key,
                algorithms=list(allowed),
                audience=self._audience,
                issuer=self._issuer,
                leeway=LEEWAY_S,
                options={"require": ["exp", "iss", "aud", "sub"], "verify_sub": True},
            )
        except jwt.PyJWTError as fault:
            raise SignInError(f"the token is not good: {type(fault).__name__}") from None
        subject = str(claims["sub"])
        if not subject:
            raise SignInError("the token names no subject")
        role = "staff" if self._staff_role and self._staff_role in _roles(claims) else "reader"
        name = pseudonym(self._issuer, subject)
        return Identity(role, "sign-in", reader=name, until_s=float(claims["exp"]) + LEEWAY_S)  # type: ignore[arg-type]

    @property
    def has_keys(self) -> bool:
        """Whether any key could ever be read."""
        return bool(self._keys)

    @property
    def stale(self) -> bool:
        """Whether the keys should be read again soon."""
        now = self._clock()
        return now - self._read_at > FRESH_S / 2 and now - self._tried_at > AGAIN_S

    def check(self) -> int:
        """Read the keys now; how many there are. Raises KeysError."""
        with self._lock:
            self._load()
            return len(self._keys)

    def _key(self, kid: object, may_fetch: bool) -> jwt.PyJWK:
        with self._lock:
            now = self._clock()
            known = self._keys.get(str(kid)) if kid is not None else self._only()
            if now - self._read_at > FRESH_S or (known is None and now - self._tried_at > AGAIN_S):
                try:
                    if not may_fetch:
                        raise KeysError("the provider's keys must be read first")
                    self._load()
                except KeysError:
                    if known is None:
                        raise
                known = self._keys.get(str(kid)) if kid is not None else self._only()
            if known is None:
                raise SignInError("the token is signed with a key that the provider does not publish")
            return known

    def _only(self) -> jwt.PyJWK | None:
        return next(iter(self._keys.values())) if len(self._keys) == 1 else None

    def _load(self) -> None:
        self._tried_at = self._clock()
        where = self._source or self._find_address()
        found: dict[str, jwt.PyJWK] = {}
        for number, body in enumerate(self._read(where).get("keys", ())):
            if not isinstance(body, dict) or body.get("use", "sig") != "sig" or body.get("kty") not in ALGORITHMS:
                continue
            try:
                found[str(body.get("kid", f"#{number}"))] = jwt.PyJWK(body)
            except (jwt.PyJWTError, ValueError, TypeError):
                continue  # a kind of key that is not known here; tokens signed with it are refused
        if not found:
            raise KeysError(f"{where} holds no key that can verify a signature")
        self._keys, self._read_at = found, self._clock()

    def _find_address(self) -> str:
        told = self._read(self._issuer.rstrip("/") + "/.well-known/openid-configuration")
        if told.get("issuer") != self._issuer or not isinstance(told.get("jwks_uri"), str):
            raise KeysError(f"the provider at {self._issuer} calls itself by another name, or publishes no keys")
        return str(told["jwks_uri"])

    def _read(self, where: str) -> dict[str, Any]:
        try:
            data = self._fetch(where) if "://" in where else Path(where).read_bytes()
            body = json.loads(data)
        except (OSError, ValueError) as fault:
            raise KeysError(f"{where} cannot be read: {type(fault).__name__}: {fault}") from None
        if not isinstance(body, dict):
            raise KeysError(f"{where} is no JSON object")
        return body


def pseudonym(issuer: str, subject: str) -> str:
    """How a reader is named here: a hash, so that no file of the home holds the provider's number or a mail address."""
    return hashlib.sha256(json.dumps([issuer, subject]).encode()).hexdigest()[:32]


def fetch_json(address: str) -> bytes:
    """What lies at an https address (http only on this machine). Raises OSError, ValueError."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost")):
        raise ValueError("keys are read over https only")
    request = urllib.request.Request(address, headers={"Accept": "application/json"})
    with urllib.request.urlopen(request, timeout=FETCH_WITHIN_S) as answer:
        data: bytes = answer.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValueError("longer than any key set")
    return data


def _allowed(key: jwt.PyJWK) -> tuple[str, ...]:
    kind = ALGORITHMS[key.key_type or ""]
    named = key._jwk_data.get("alg")
    return tuple(alg for alg in kind if named in (None, alg))


def _roles(claims: Mapping[str, Any]) -> set[str]:
    realm = claims.get("realm_access")
    lists = [claims.get("roles"), claims.get("groups"), realm.get("roles") if isinstance(realm, dict) else None]
    return {str(name) for names in lists if isinstance(names, list) for name in names}
