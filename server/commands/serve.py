"""``shelfway serve``: the server for one home."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from server.errors import CommandError
from server.settings import Loaded, load_settings


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("serve", help="serve a home to kiosks, glasses, Unity and robots")
    add_address(parser)
    parser.set_defaults(run=run)


def add_address(parser: argparse.ArgumentParser) -> None:
    """``--host`` and ``--port``, as ``demo`` has them too."""
    parser.add_argument("--host", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=port, help="TCP port, 0 for a free one (default: 8765)")
    parser.add_argument("--tls-cert", type=Path, metavar="FILE", help="certificate chain (PEM): serve https")
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="private key (PEM) of the certificate")


def flags_of(args: argparse.Namespace) -> dict[str, object]:
    """What was given on the command line, as settings."""
    return {"host": args.host, "port": args.port, "tls_cert": args.tls_cert, "tls_key": args.tls_key}


def look_at(loaded: Loaded) -> None:
    """Warn of unwise settings on stderr. Raises CommandError at the first with which the server must not start."""
    from server.check_config import check_config

    for finding in check_config(loaded):
        if finding.grave:
            code = "bad_certificate" if finding.setting == "tls_cert" else "bad_setting"
            raise CommandError(f"{finding.setting}: {finding.message}", code, finding.where)
        print(f"shelfway: {finding.setting} ({finding.where}): {finding.message}", file=sys.stderr, flush=True)


def port(text: str) -> int:
    """A TCP port; ValueError outside 0…65535."""
    number = int(text)
    if not 0 <= number <= 65535:
        raise ValueError(text)
    return number


def run(args: argparse.Namespace) -> int:
    """Serve until SIGTERM or Ctrl-C."""
    loaded = load_settings(args.home, flags=flags_of(args))
    settings = loaded.settings
    look_at(loaded)
    from server.build import build_parts
    from server.serving import serve

    return serve(settings, lambda: build_parts(settings), lambda address: print(address, flush=True))
