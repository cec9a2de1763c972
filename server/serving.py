"""Running the server: the port is taken first, the parts are joined, then it listens and says where.

On SIGTERM or Ctrl-C every client gets ``goaway``, then its socket closes with 1012, and the process ends within
seconds.
"""

from __future__ import annotations

import logging
import signal
import socket
import ssl
from collections.abc import Callable
from types import FrameType

import uvicorn

from server.app import build_app
from server.errors import CommandError
from server.keys import kiosk_key
from server.lingering import LingeringProtocol
from server.logs import set_up_log
from server.parts import Parts
from server.settings import Settings
from wire.codes import MAX_FRAME_BYTES

GRACE_S = 3


class ShelfwayServer(uvicorn.Server):
    """Uvicorn that says when it listens, and says goodbye before it closes."""

    def __init__(self, config: uvicorn.Config, on_listening: Callable[[int], None]) -> None:
        super().__init__(config)
        self._on_listening = on_listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell the port."""
        await super().startup(sockets)
        if self.started and sockets:
            self._on_listening(sockets[0].getsockname()[1])

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell the clients, then close."""
        parts: Parts | None = getattr(self.config.app.state, "parts", None)  # type: ignore[union-attr]
        if parts is not None:
            await parts.say_goodbye()
        await super().shutdown(sockets)


def make_config(app: object, **options: object) -> uvicorn.Config:
    """Uvicorn's options of the contract: sans-I/O websockets without compression, 64 KiB frames, pings."""
    chosen: dict[str, object] = {
        "ws": LingeringProtocol,
        "proxy_headers": False,  # server/guard.py decides whom to believe
        "ws_max_size": MAX_FRAME_BYTES,
        "ws_per_message_deflate": False,
        "ws_ping_interval": 20.0,
        "ws_ping_timeout": 20.0,
        "timeout_graceful_shutdown": GRACE_S,
        "server_header": False,
        "access_log": False,
        "log_level": "warning",
        "lifespan": "on",
        **options,
    }
    return uvicorn.Config(app, **chosen)  # type: ignore[arg-type]


def tls_options(settings: Settings) -> dict[str, object]:
    """Uvicorn's options for https, none without a certificate. Raises CommandError when it cannot be used."""
    cert, key = settings.tls_cert, settings.tls_key
    if cert is None and key is None:
        return {}
    if cert is None or key is None:
        missing = "tls_key" if key is None else "tls_cert"
        raise CommandError(f"https needs both tls_cert and tls_key; {missing} is not set", "bad_certificate", missing)
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, password=_no_password)
    except (OSError, ssl.SSLError, ValueError) as fault:
        told = getattr(fault, "strerror", None) or getattr(fault, "reason", None) or str(fault)
        text = f"the certificate and its key cannot be used: {told}; both must be PEM files that belong together"
        raise CommandError(text, "bad_certificate", str(cert)) from None
    return {"ssl_certfile": str(cert), "ssl_keyfile": str(key)}


def _no_password() -> str:
    raise ValueError("the key is locked by a password")


def bind(settings: Settings) -> socket.socket:
    """Take the port without listening yet. Raises CommandError when it is taken or the address is not ours."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((settings.host, settings.port))
    except OSError as fault:
        taken.close()
        where = f"{settings.host}:{settings.port}"
        text = f"cannot listen there: {fault.strerror or fault}; choose another --port or --host"
        raise CommandError(text, "cannot_listen", where) from None
    return taken


def serve(settings: Settings, make_parts: Callable[[], Parts], say: Callable[[str], None]) -> int:
    """Serve until told to stop; the exit code. ``say`` gets the kiosk's address once the socket listens.

    Raises what ``make_parts`` raises, and CommandError.
    """
    tls = tls_options(settings)
    taken = bind(settings)
    failed: list[Exception] = []

    def parts() -> Parts:
        try:
            return make_parts()
        except Exception as fault:
            failed.append(fault)  # raised again below: uvicorn would only log it
            raise

    def listening(port: int) -> None:
        say(address(settings.host, port, settings.token, "https" if settings.tls_cert else "http"))

    server = ShelfwayServer(make_config(build_app(parts), log_level="critical", **tls), listening)
    handler = set_up_log(settings.log_format)
    previous = signal.signal(signal.SIGTERM, _ignore)  # uvicorn raises the signal again when it has ended
    try:
        server.run([taken])
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        signal.signal(signal.SIGTERM, previous)
        logging.getLogger().removeHandler(handler)
        taken.close()
    if failed:
        raise failed[0]
    return 0


def address(host: str, port: int, token: str | None = None, scheme: str = "http") -> str:
    """The kiosk's address as a browser on this machine would type it, with the kiosk's key where there is a token."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"{scheme}://{shown}:{port}/" + (f"#key={kiosk_key(token)}" if token is not None else "")


def _ignore(_signal: int, _frame: FrameType | None) -> None:
    return None
