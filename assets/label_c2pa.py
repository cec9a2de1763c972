"""C2PA: a signature over the whole file, inside it or beside it, by the library's own certificate.

``c2pa-python`` (extra ``labels``) does the work; nothing is fetched: no time stamp server, no remote manifests.
Manifests carry times and random numbers, so two signatures of one file differ. Source: C2PA 2.x, RFC 9052 (COSE).

Errors: LabelError.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from assets.errors import LabelError
from assets.label_aigc import SOURCE_TYPES, Provenance
from assets.label_certificate import Identity

State = Literal["trusted", "valid", "invalid"]
"""``trusted``: signed by this home's certificate. ``valid``: signed by another, and nothing was changed since."""

_HARMLESS = {"signingCredential.untrusted"}


@dataclass(frozen=True, slots=True)
class SignatureRead:
    """A manifest read back. ``failures``: C2PA's own codes of what does not fit; ``source_type``: IPTC URI or ""."""

    state: State
    where: Literal["embedded", "sidecar"]
    issuer: str
    source_type: str
    failures: tuple[str, ...] = ()


class Signing(Protocol):
    """Signs files and reads signatures."""

    def sign(self, data: bytes, mime: str, provenance: Provenance, embed: bool) -> tuple[bytes, bytes | None]:
        """The file with its manifest inside, or the file and its sidecar."""
        ...

    def read(self, data: bytes, mime: str, sidecar: bytes | None) -> SignatureRead | None:
        """The signature, None when there is none."""
        ...


class C2paSigning:
    """Signing with one identity; ``identity`` None reads only."""

    def __init__(self, identity: Identity | None) -> None:
        try:
            import c2pa
        except ImportError as fault:
            raise LabelError("signing needs the package c2pa-python: pip install 'shelfway[labels]'") from fault
        self._c2pa: Any = c2pa
        self._identity = identity
        settings: dict[str, Any] = {
            "builder": {"thumbnail": {"enabled": False}},
            "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
        }
        if identity is not None:
            settings["trust"] = {"trust_anchors": identity.anchor_pem.decode()}
        self._context = c2pa.Context.from_dict(settings)

    def sign(self, data: bytes, mime: str, provenance: Provenance, embed: bool) -> tuple[bytes, bytes | None]:
        """The file with its manifest inside, or the file and its sidecar. Raises LabelError."""
        identity, c2pa = self._identity, self._c2pa
        if identity is None:
            raise LabelError("this home has no certificate to sign with")
        action = {"action": "c2pa.created", "digitalSourceType": SOURCE_TYPES[provenance.kind]}
        manifest = {
            "claim_generator_info": [{"name": "Shelfway"}],
            "title": provenance.produce_id,
            "format": mime,
            "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [action]}}],
        }
        info = c2pa.C2paSignerInfo(b"es256", identity.chain_pem, identity.key_pem, None)
        made = io.BytesIO()
        try:
            with c2pa.Signer.from_info(info) as signer, c2pa.Builder(manifest, self._context) as builder:
                if not embed:
                    builder.set_no_embed()
                store = builder.sign(signer, mime, io.BytesIO(data), made)
        except c2pa.C2paError as fault:
            raise LabelError(f"the file could not be signed: {fault}") from fault
        return (made.getvalue(), None) if embed else (data, bytes(store))

    def read(self, data: bytes, mime: str, sidecar: bytes | None) -> SignatureRead | None:
        """The signature inside the file or in its sidecar; None when there is none."""
        c2pa = self._c2pa
        where: Literal["embedded", "sidecar"] = "sidecar" if sidecar is not None else "embedded"
        try:
            reader = c2pa.Reader(mime, io.BytesIO(data), sidecar, context=self._context)
        except c2pa.C2paError as fault:
            if sidecar is None and ("ManifestNotFound" in str(fault) or "no JUMBF" in str(fault)):
                return None
            if sidecar is None and ("NotSupported" in str(fault) or "UnsupportedType" in str(fault)):
                return None
            return SignatureRead("invalid", where, "", "", ("manifest.unreadable",))
        with reader:
            body = json.loads(reader.json())
        return _read(body, where)


def _read(body: dict[str, Any], where: Literal["embedded", "sidecar"]) -> SignatureRead:
    manifest = body.get("manifests", {}).get(body.get("active_manifest", ""), {})
    failures = {str(one.get("code")) for one in body.get("validation_status", ())}
    state = str(body.get("validation_state", "Invalid")).lower()
    if state not in ("trusted", "valid") or failures - _HARMLESS:
        state = "invalid"
    types = [
        action.get("digitalSourceType", "")
        for assertion in manifest.get("assertions", ())
        for action in assertion.get("data", {}).get("actions", ())
        if isinstance(action, dict)
    ]
    signed: State = "trusted" if state == "trusted" else "valid" if state == "valid" else "invalid"
    return SignatureRead(
        signed,
        where,
        str(manifest.get("signature_info", {}).get("issuer", "")),
        next((str(t) for t in types if t), ""),
        tuple(sorted(failures - _HARMLESS)),
    )
