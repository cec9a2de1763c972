"""Signing in by tokens of a provider: what is taken, and everything that must not be."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from server.sign_in import KeysError, SignIn, SignInError, fetch_json, pseudonym

ISSUER, AUDIENCE = "https://id.library.example", "shelfway"
RSA = rsa.generate_private_key(65537, 2048)
EC = ec.generate_private_key(ec.SECP256R1())
STRANGER = rsa.generate_private_key(65537, 2048)


def jwk(key: Any, kid: str, **more: str) -> dict[str, Any]:
    kind = jwt.algorithms.RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else jwt.algorithms.ECAlgorithm
    return {**json.loads(kind.to_jwk(key.public_key())), "kid": kid, "use": "sig", **more}


KEYS = {"keys": [jwk(RSA, "r1"), jwk(EC, "e1", alg="ES256"), {"kty": "oct", "kid": "o1", "k": "c2VjcmV0"}]}


def claims(**more: Any) -> dict[str, Any]:
    now = int(time.time())
    body = {"iss": ISSUER, "aud": AUDIENCE, "sub": "u-1", "iat": now, "exp": now + 300, **more}
    return {name: value for name, value in body.items() if value is not None}


def sign(key: Any = RSA, alg: str = "RS256", kid: str | None = "r1", **more: Any) -> str:
    return jwt.encode(claims(**more), key, alg, headers={"kid": kid} if kid else None)


@pytest.fixture
def sign_in(tmp_path: Path) -> SignIn:
    (tmp_path / "keys.json").write_text(json.dumps(KEYS))
    return SignIn(ISSUER, AUDIENCE, str(tmp_path / "keys.json"), staff_role="librarians")


def test_a_reader_is_a_pseudonym(sign_in: SignIn) -> None:
    for token in (sign(), sign(EC, "ES256", "e1"), sign(alg="PS256"), sign(aud=["other", AUDIENCE])):
        found = sign_in.verify(token)
        assert (found.role, found.reader) == ("reader", pseudonym(ISSUER, "u-1"))
        assert "u-1" not in str(found)
    assert pseudonym(ISSUER, "u-1") != pseudonym("https://other.example", "u-1")


def test_only_the_named_role_is_staff(sign_in: SignIn) -> None:
    assert sign_in.verify(sign(roles=["librarians"])).role == "staff"
    assert sign_in.verify(sign(groups=["readers", "librarians"])).role == "staff"
    assert sign_in.verify(sign(realm_access={"roles": ["librarians"]})).role == "staff"
    for odd in ({"roles": "librarians"}, {"roles": ["Librarians"]}, {"role": ["librarians"]}, {"realm_access": []}):
        assert sign_in.verify(sign(**odd)).role == "reader"


def none_token() -> str:
    def part(body: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(body).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none', 'kid': 'r1'})}.{part(claims())}."


def confused_token() -> str:
    """The public key, which everybody has, used as the secret of an HMAC."""
    import hashlib
    import hmac

    pem = RSA.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    head, body, _ = sign().split(".")
    head = base64.urlsafe_b64encode(json.dumps({"alg": "HS256", "kid": "r1"}).encode()).rstrip(b"=").decode()
    mac = hmac.new(pem, f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"{head}.{body}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def altered_token() -> str:
    head, body, mark = sign().split(".")
    return f"{head}.{body[:-4]}{'AAAA' if body[-4:] != 'AAAA' else 'BBBB'}.{mark}"


@pytest.mark.parametrize(
    "make",
    [
        lambda: sign(exp=int(time.time()) - 61),
        lambda: sign(exp=None),
        lambda: sign(nbf=int(time.time()) + 300),
        lambda: sign(iat=int(time.time()) + 300),
        lambda: sign(aud="another"),
        lambda: sign(aud=None),
        lambda: sign(iss="https://evil.example"),
        lambda: sign(iss=None),
        lambda: sign(sub=None),
        lambda: sign(sub=""),
        lambda: sign(sub=7),
        lambda: sign(STRANGER),
        lambda: sign(kid="unknown"),
        lambda: sign(kid=None),
        lambda: sign(kid="e1"),
        lambda: sign("c2VjcmV0" * 8, "HS256", "o1"),
        none_token,
        confused_token,
        altered_token,
        lambda: "a.b.c",
        lambda: "..",
        lambda: "é.é.é",
    ],
)
def test_what_proves_nothing_is_refused(make: Callable[[], str], sign_in: SignIn) -> None:
    with pytest.raises(SignInError):
        sign_in.verify(make())


def test_clocks_may_differ_by_a_minute(sign_in: SignIn) -> None:
    now = int(time.time())
    assert sign_in.verify(sign(exp=now - 30)).until_s == now + 30
    assert sign_in.verify(sign(nbf=now + 30, iat=now + 30))


class Provider:
    """Answers as a provider's web server would; counts."""

    def __init__(self, *keys: Any) -> None:
        self.keys, self.asked, self.down = list(keys), 0, False

    def __call__(self, address: str) -> bytes:
        self.asked += 1
        if self.down:
            raise OSError("unreachable")
        if address.endswith("/.well-known/openid-configuration"):
            return json.dumps({"issuer": ISSUER, "jwks_uri": f"{ISSUER}/keys"}).encode()
        return json.dumps({"keys": self.keys}).encode()


def test_keys_are_found_kept_and_read_again_when_they_change() -> None:
    now, provider = [0.0], Provider(jwk(RSA, "r1"))
    sign_in = SignIn(ISSUER, AUDIENCE, clock=lambda: now[0], fetch=provider)
    for _ in range(5):
        sign_in.verify(sign())
    assert provider.asked == 2  # where the keys are, and the keys
    provider.keys = [jwk(STRANGER, "r2")]
    with pytest.raises(SignInError):
        sign_in.verify(sign(STRANGER, kid="r2"))  # too early to ask again
    now[0] = 11.0
    sign_in.verify(sign(STRANGER, kid="r2"))
    with pytest.raises(SignInError):
        sign_in.verify(sign())  # the old key is no longer published
    assert provider.asked == 4


def test_made_up_key_names_do_not_hammer_the_provider() -> None:
    now, provider = [0.0], Provider(jwk(RSA, "r1"))
    sign_in = SignIn(ISSUER, AUDIENCE, f"{ISSUER}/keys", clock=lambda: now[0], fetch=provider)
    for number in range(100):
        now[0] = number * 0.1
        with pytest.raises(SignInError):
            sign_in.verify(sign(kid=f"made-up-{number}"))
    assert provider.asked == 1


def test_while_the_provider_is_away_known_keys_hold_and_others_are_not_refused_for_good() -> None:
    now, provider = [0.0], Provider(jwk(RSA, "r1"))
    sign_in = SignIn(ISSUER, AUDIENCE, f"{ISSUER}/keys", clock=lambda: now[0], fetch=provider)
    sign_in.verify(sign())
    provider.down, now[0] = True, 4000.0
    assert sign_in.verify(sign()).role == "reader"
    now[0] = 4100.0
    with pytest.raises(KeysError):
        sign_in.verify(sign(STRANGER, kid="r2"))


def test_a_provider_of_another_name_is_not_believed() -> None:
    sign_in = SignIn("https://other.example", AUDIENCE, fetch=Provider(jwk(RSA, "r1")))
    with pytest.raises(KeysError):
        sign_in.verify(sign())


def test_keys_are_not_read_over_plain_http() -> None:
    for address in ("http://id.library.example/keys", "file:///etc/passwd", "ftp://id.library.example/keys"):
        with pytest.raises(ValueError, match="https"):
            fetch_json(address)
