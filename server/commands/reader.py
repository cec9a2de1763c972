"""``shelfway reader export|erase|consents READER``: what the home holds on a reader, for requests made at the desk."""

from __future__ import annotations

import argparse
import json
import re
from contextlib import closing

from server.agreed import FILE, Kept
from server.audit import FILE as AUDIT
from server.audit import Audit
from server.errors import CommandError
from server.privacy import KeptHolder, erase_reader, export_reader
from server.settings import Settings, load_settings
from server.sign_in import pseudonym


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("reader", help="what the home holds on a reader: export, erase, consents")
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    for act, line in (
        ("export", "everything that is held, as JSON"),
        ("erase", "forget the reader for good"),
        ("consents", "what the reader agreed to"),
    ):
        one = acts.add_parser(act, help=line)
        who = one.add_mutually_exclusive_group(required=True)
        who.add_argument("reader", nargs="?", help="the reader's pseudonym here (`reader` of GET /v1/me)")
        who.add_argument("--subject", help="the reader's number at the identity provider (`sub`)")
        one.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Carry it out; every time it is written into the audit log."""
    settings = load_settings(args.home).settings
    if not settings.home.is_dir():
        raise CommandError("there is no library here", "no_home", str(settings.home))
    reader = _reader(args, settings)
    with closing(open_kept(settings)) as kept, closing(Audit(settings.home / AUDIT)) as audit:
        audit.write("staff:command", f"reader.{args.act}", {"reader": reader})
        holders = [KeptHolder(kept)]
        if args.act == "export":
            print(json.dumps(export_reader(holders, reader), ensure_ascii=False, indent=None if args.json else 1))
        elif args.act == "erase":
            erased = erase_reader(holders, reader)
            told = f"{sum(erased.values())} things are erased; a running server forgets the rest within two minutes"
            print(json.dumps({"reader": reader, "erased": erased}) if args.json else told)
        else:
            said = {c.purpose: c.granted for c in kept.consents(reader)}
            lines = "\n".join(f"{purpose}: {'yes' if granted else 'no'}" for purpose, granted in said.items())
            print(json.dumps({"reader": reader, "consents": said}) if args.json else lines)
    return 0


def open_kept(settings: Settings) -> Kept:
    """What readers agreed to be kept in this home."""
    return Kept(settings.home / FILE, {"history": settings.history_days, "poses": settings.poses_days})


def _reader(args: argparse.Namespace, settings: Settings) -> str:
    if args.subject is not None:
        if not settings.oidc_issuer:
            raise CommandError("nobody signs in here: oidc_issuer is not set", "bad_setting", "oidc_issuer")
        return pseudonym(settings.oidc_issuer, args.subject)
    if not re.fullmatch(r"[0-9a-f]{32}", args.reader or ""):
        raise CommandError(
            "a reader's pseudonym has 32 signs of 0-9 and a-f; or give --subject", "bad_reader", args.reader
        )
    return str(args.reader)
