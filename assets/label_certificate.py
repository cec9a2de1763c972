"""The certificate that a home signs with: made on first use, replaced by the library's own when it has one.

``keys/label-chain.pem`` (leaf, then CA), ``keys/label-key.pem`` (readable by its owner only) and ``keys/label-ca.pem``
(the anchor to give to others). A self-made certificate proves that a file was not changed since this home made it, and
nothing about who the home is; put files of the same names there to sign with a bought one.

Errors: LabelError.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from assets.errors import LabelError

CHAIN, KEY, ANCHOR = "label-chain.pem", "label-key.pem", "label-ca.pem"
VALID_DAYS = 3650


@dataclass(frozen=True, slots=True)
class Identity:
    """PEM texts: the chain (leaf first), the leaf's private key, the anchor."""

    chain_pem: bytes
    key_pem: bytes
    anchor_pem: bytes


def find_identity(folder: Path) -> Identity | None:
    """The home's certificate, None when it has none. Raises LabelError when a file of it is missing."""
    paths = [folder / name for name in (CHAIN, KEY, ANCHOR)]
    missing = [path.name for path in paths if not path.is_file()]
    if len(missing) == len(paths):
        return None
    if missing:
        raise LabelError(f"{folder} lacks {', '.join(missing)}; put the file back, or remove all three to begin anew")
    chain, key, anchor = (path.read_bytes() for path in paths)
    return Identity(chain, key, anchor)


def make_identity(folder: Path, name: str, now: datetime) -> Identity:
    """Make and keep a self-made certificate; the one that is there when another process was quicker.

    ``now``: timezone-aware. Raises LabelError where ``cryptography`` is not installed.
    """
    made = new_identity(name, now)
    folder.mkdir(parents=True, exist_ok=True)
    for file, body in ((ANCHOR, made.anchor_pem), (CHAIN, made.chain_pem), (KEY, made.key_pem)):
        making = folder / f".{file}.{os.getpid()}.part"
        making.touch(0o600)
        making.write_bytes(body)
        making.replace(folder / file)
    return find_identity(folder) or made


def new_identity(name: str, now: datetime) -> Identity:
    """A fresh CA and a leaf under it: ECDSA P-256, extended key usage e-mail protection, as C2PA demands."""
    try:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
    except ImportError as fault:
        raise LabelError("a certificate needs the package cryptography: pip install 'shelfway[labels]'") from fault

    def subject(common: str) -> x509.Name:
        short = (name.strip() or "Library")[:60]
        return x509.Name(
            [x509.NameAttribute(NameOID.ORGANIZATION_NAME, short), x509.NameAttribute(NameOID.COMMON_NAME, common)]
        )

    others = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
    usage = dict.fromkeys((*others, "encipher_only", "decipher_only"), False)
    begin, end = now - timedelta(minutes=5), now + timedelta(days=VALID_DAYS)
    ca_key, leaf_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name = subject("Self-made label authority")
    ca_id = x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key())
    ca = (
        x509.CertificateBuilder()
        .subject_name(ca_name)
        .issuer_name(ca_name)
        .public_key(ca_key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, key_cert_sign=True, crl_sign=True, **usage), critical=True)
        .add_extension(ca_id, critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    leaf = (
        x509.CertificateBuilder()
        .subject_name(subject("Label signer"))
        .issuer_name(ca_name)
        .public_key(leaf_key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, key_cert_sign=False, crl_sign=False, **usage), critical=True
        )
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(leaf_key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(ca_id), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    key_pem = leaf_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return Identity(leaf.public_bytes(pem) + ca.public_bytes(pem), key_pem, ca.public_bytes(pem))
