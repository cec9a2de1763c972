"""Who may do what on a real server: keys, roles, tickets, sign-in, limits, sizes, proxies, https."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect as connect_raw

from server.__main__ import main
from server.app import build_app
from server.issued import DAY_S, Issued
from server.keys import kiosk_key
from server.serving import ShelfwayServer, bind, make_config, tls_options
from server.settings import Settings
from server.tickets import GOOD_FOR_S, MemoryTickets
from tests.server.client import Client
from tests.server.test_sign_in import AUDIENCE, RSA, jwk, sign
from tests.server.world import make_parts, running
from wire.messages.session import Hello

TOKEN = "t0ken"


def get(port: int, path: str, token: str = "", **headers: str) -> httpx.Response:
    return ask(port, "GET", path, token, **headers)


def ask(port: int, method: str, path: str, token: str = "", **headers: str) -> httpx.Response:
    shown = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.request(method, f"http://127.0.0.1:{port}{path}", headers={**shown, **headers}, timeout=20)


def refused(port: int, query: str = "", **hello: Any) -> tuple[str, int | None]:
    """(code of the error, close code) of a client that is not let in."""
    with connect_raw(f"ws://127.0.0.1:{port}/v1/ws{query}") as raw:
        if hello or not query:
            raw.send(json.dumps({"type": "hello", "version": 1, "client": "browser", **hello}))
        code = json.loads(raw.recv(timeout=10))["code"]
        with contextlib.suppress(Exception):
            raw.recv(timeout=10)
        return code, raw.protocol.close_rcvd.code if raw.protocol.close_rcvd else None


def test_a_ticket_opens_one_connection_in_the_name_of_who_got_it() -> None:
    with running(make_parts(token=TOKEN)) as port:
        assert ask(port, "POST", "/v1/tickets").status_code == 401
        assert ask(port, "POST", "/v1/tickets", "wrong").status_code == 401
        given = ask(port, "POST", "/v1/tickets", TOKEN)
        assert (given.status_code, given.headers["cache-control"]) == (200, "no-store")
        assert given.json()["expires_in_s"] == GOOD_FOR_S
        query = f"?ticket={given.json()['ticket']}"
        with connect_raw(f"ws://127.0.0.1:{port}/v1/ws{query}") as raw:
            raw.send('{"type": "hello", "version": 1, "client": "staff"}')
            assert json.loads(raw.recv(timeout=10))["type"] == "welcome"
            assert refused(port, query) == ("not_authorised", 4401)  # replayed while it is in use
        assert refused(port, query) == ("not_authorised", 4401)
        assert refused(port, "?ticket=made-up") == ("not_authorised", 4401)
        assert refused(port, "?ticket=") == ("not_authorised", 4401)
        lesser = ask(port, "POST", "/v1/tickets", kiosk_key(TOKEN)).json()["ticket"]
        assert refused(port, f"?ticket={lesser}", client="staff") == ("not_allowed", 4403)


def test_a_page_on_the_servers_own_machine_gets_no_staff_ticket() -> None:
    with running(make_parts()) as port:
        assert get(port, "/v1/me").json()["role"] == "staff"
        ticket = ask(port, "POST", "/v1/tickets").json()["ticket"]
        assert refused(port, f"?ticket={ticket}", client="staff") == ("not_allowed", 4403)


def test_a_ticket_is_void_after_30_s_and_many_of_them_cost_little() -> None:
    import asyncio

    from server.identity import VISITOR

    now = [0.0]
    tickets = MemoryTickets(lambda: now[0])

    async def go() -> None:
        old = await tickets.issue(VISITOR)
        now[0] = GOOD_FOR_S
        assert await tickets.spend(old) is None
        fresh = await tickets.issue(VISITOR)
        for _ in range(9_999):
            await tickets.issue(VISITOR)
        assert await tickets.spend(fresh) == VISITOR
        assert len(tickets._open) <= 10_000

    asyncio.run(go())


def test_handed_out_keys_open_what_their_role_may_until_they_are_taken_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def add(*more: str) -> dict[str, str]:
        assert main(["token", "add", "--home", str(tmp_path), "--json", *more]) == 0
        made: dict[str, str] = json.loads(capsys.readouterr().out)
        return made

    parts = make_parts(token=TOKEN, home=tmp_path)
    with running(parts) as port:
        robot, kiosk = add("--role", "robot", "--name", "cart"), add("--role", "kiosk", "--name", "door")
        staff, data = add("--role", "staff", "--name", "Li"), add("--role", "data", "--name", "app", "--quota", "3")
        assert get(port, "/v1/me", robot["token"]).json() == {
            "role": "robot", "key": f"tk_{robot['id']}", "reader": None,
        }  # fmt: skip
        cart = Client(port, client="robot", token=robot["token"])
        cart.say(type="listen", stream=1, mode="push", sample_rate=16000)
        assert cart.wait("error")["code"] == "not_allowed"
        door = Client(port, token=kiosk["token"])
        door.say(type="chat", id="c", text="hello")
        assert (error := door.wait("error"))["code"] == "not_allowed"
        assert error["of"] == "c"
        door.say(type="ask", id="q", text="Where is the test book?")
        assert door.wait("answer")["of"] == "q"
        assert refused(port, client="staff", token=kiosk["token"]) == ("not_allowed", 4403)
        assert refused(port, token=data["token"]) == ("not_allowed", 4403)
        assert get(port, "/staff/audit", robot["token"]).status_code == 403
        assert get(port, "/staff/turns", staff["token"]).status_code == 200

        acts = get(port, "/staff/audit", staff["token"]).json()
        assert [entry["act"] for entry in acts["entries"]] == ["token.add"] * 4
        assert acts["broken_at"] is None
        assert staff["token"] not in json.dumps(acts)

        answers = [ask(port, "GET", "/v1/find?q=book", "", **{"X-API-Key": data["token"]}) for _ in range(4)]
        assert [a.status_code for a in answers] == [200, 200, 200, 429]
        assert 0 < int(answers[3].headers["retry-after"]) <= DAY_S
        assert get(port, "/v1/find?q=book").status_code == 200

        assert main(["token", "remove", robot["id"], "--home", str(tmp_path)]) == 0
        assert main(["token", "remove", robot["id"], "--home", str(tmp_path)]) == 1
        capsys.readouterr()
        assert get(port, "/v1/me", robot["token"]).status_code == 401
        for connection in list(parts.connections):
            connection.end_unless_known()  # the server does so every 15 s
        assert cart.code_when_closed() == 4401
        door.say(type="ping", id="p")
        assert door.wait("pong")
        door.close()
    assert main(["token", "list", "--home", str(tmp_path), "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["tokens"]
    assert {row["name"]: row["used_today"] for row in listed} == {"door": 0, "Li": 0, "app": 3}
    assert data["token"].encode() not in b"".join(p.read_bytes() for p in tmp_path.glob("access.sqlite*"))


def test_keys_end_and_cannot_be_guessed(tmp_path: Path) -> None:
    issued = Issued(tmp_path / "access.sqlite")
    assert issued.find("sw_00000000_" + "x" * 32, 0.0) is None  # and no file was made
    assert not (tmp_path / "access.sqlite").exists()
    made = issued.add("x", "robot", now_s=0.0, days=1)
    assert issued.find(made, DAY_S - 1) is not None
    assert issued.find(made, DAY_S) is None
    assert issued.find(made[:-1] + ("a" if made[-1] != "a" else "b"), 0.0) is None
    assert issued.find(made + "'; DROP TABLE keys", 0.0) is None
    with running(make_parts(token=TOKEN)) as port:
        codes = [get(port, "/v1/me", f"guess-{n}").status_code for n in range(30)]
        assert codes[0] == 401
        assert codes[-1] == 429
        assert get(port, "/v1/find?q=book").status_code == 200
        assert refused(port, token=TOKEN) == ("not_authorised", 4401)  # not even the right one, for a while


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """A small identity provider on this machine; its address."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told: dict[str, Any] = {"keys": [jwk(RSA, "r1")]}
            if self.path.endswith("openid-configuration"):
                told = {"issuer": issuer, "jwks_uri": f"{issuer}/keys"}
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Answers)
    issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield issuer
    server.shutdown()


def test_readers_sign_in_at_the_provider(provider: str) -> None:
    settings = {"oidc_issuer": provider, "oidc_audience": AUDIENCE, "oidc_staff_role": "librarians"}
    parts = make_parts(token=TOKEN, **settings)
    with running(parts) as port:
        reader = sign(iss=provider)
        assert get(port, "/v1/me", reader).json()["role"] == "reader"
        assert len(get(port, "/v1/me", reader).json()["reader"]) == 32
        assert get(port, "/staff/audit", reader).status_code == 403
        assert get(port, "/staff/audit", sign(iss=provider, roles=["librarians"])).status_code == 200
        client = Client(port, client="browser", token=reader)
        client.say(type="ask", id="q", text="Where is the test book?")
        assert client.wait("answer")
        old = sign(iss=provider, exp=int(time.time()) - 100)
        assert get(port, "/v1/me", old).status_code == 401
        assert refused(port, token=old) == ("not_authorised", 4401)
        for shell in list(parts.connections):
            shell.admitting.identity = Identity_of_old(shell.admitting.identity)  # type: ignore[attr-defined]
            shell.end_unless_known()
        assert client.code_when_closed() == 4401
    with running(make_parts(**settings)) as port:  # no token: readers may come unnamed, but not with a bad name
        assert get(port, "/v1/me", sign(iss=provider)).json()["role"] == "reader"
        assert refused(port, token=old) == ("not_authorised", 4401)
        Client(port, client="browser").close()


def Identity_of_old(identity: Any) -> Any:  # noqa: N802
    from dataclasses import replace

    return replace(identity, until_s=time.time() - 1)


def test_ten_thousand_attempts_from_one_address_harm_nobody() -> None:
    request = (
        b"GET /v1/ws HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n"
    )
    parts = make_parts(trusted_proxies=("127.0.0.1",))
    with running(parts) as port:
        bystander = Client(port)
        seen: dict[bytes, int] = {}
        for number in range(10_000):
            with socket.create_connection(("127.0.0.1", port), timeout=20) as raw:
                raw.sendall(request)
                head = raw.recv(4096)
                seen[head[9:12]] = seen.get(head[9:12], 0) + 1
                if head[9:12] == b"429":
                    assert b"retry-after:" in head.lower()
            if number % 1000 == 0:
                bystander.say(type="ping", id=str(number))
                assert bystander.wait("pong")["id"] == str(number)
        assert seen[b"429"] > 5_000
        assert set(seen) == {b"101", b"429"}
        other = Client(port)  # from another address
        other.say(type="ask", id="q", text="Where is the test book?")
        assert other.wait("answer")
        assert len(parts.connections) <= parts.settings.sessions_max
        assert "shelfway_refused_total" in get(port, "/metrics").text
        for client in (bystander, other):
            client.close()


def test_too_many_requests_are_told_when_to_come_back_and_others_are_served() -> None:
    with running(make_parts(requests_per_s=0.01, trusted_proxies=("127.0.0.1",))) as port:
        told = [get(port, "/v1/suggest?q=a", **{"X-Forwarded-For": "6.6.6.6"}) for _ in range(3)]
        assert [answer.status_code for answer in told] == [200, 429, 429]
        assert told[-1].json()["code"] == "rate_limited"
        assert 90 < int(told[-1].headers["retry-after"]) <= 100
        assert get(port, "/v1/suggest?q=a", **{"X-Forwarded-For": "6.6.6.6, 203.0.113.9"}).status_code == 200
        assert [get(port, "/ready").status_code for _ in range(30)].count(429) == 0


def test_a_key_has_its_own_limit_wherever_it_is_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["token", "add", "--role", "data", "--name", "app", "--home", str(tmp_path)]) == 0
    key = capsys.readouterr().out.strip()
    with running(make_parts(home=tmp_path, requests_per_s=0.01, trusted_proxies=("127.0.0.1",))) as port:
        told = [
            get(port, "/v1/suggest?q=a", **{"X-Forwarded-For": f"6.6.6.{n}", "X-API-Key": key}).status_code
            for n in range(3)
        ]
        assert told == [200, 429, 429]


def test_a_method_that_a_path_does_not_take_is_told_with_those_it_takes() -> None:
    with running(make_parts(token=TOKEN)) as port:
        for method, path, allow in (
            ("GET", "/v1/tickets", "POST"),
            ("POST", "/v1/me/data", "DELETE, GET"),
            ("TRACE", "/v1/find", "GET"),
        ):
            answer = ask(port, method, path)
            assert (answer.status_code, answer.headers["allow"]) == (405, allow)
        assert get(port, "/v1/nothing").status_code == 401
        assert get(port, "/v1/nothing", TOKEN).status_code == 404


def test_nobody_but_a_trusted_proxy_says_for_whom_it_speaks() -> None:
    with running(make_parts(requests_per_s=0.01)) as port:
        told = [get(port, "/v1/suggest?q=a", **{"X-Forwarded-For": f"6.6.6.{n}"}).status_code for n in range(3)]
        assert told == [200, 429, 429]


def test_a_body_too_long_is_refused_whether_its_length_is_told_or_not() -> None:
    with running(make_parts(token=TOKEN)) as port:
        url, headers = f"http://127.0.0.1:{port}/v1/plan/close", {"Authorization": f"Bearer {TOKEN}"}
        assert httpx.post(url, content=b"x" * 70_000, headers=headers).status_code == 413
        pieces = (b"x" * 10_000 for _ in range(20))
        with contextlib.suppress(httpx.WriteError, httpx.RemoteProtocolError):
            assert httpx.post(url, content=pieces, headers=headers).status_code == 413
        assert get(port, "/health").status_code == 200


def test_pages_of_other_sites_change_nothing() -> None:
    with running(make_parts()) as port:
        for origin, status in (("https://evil.example", 403), (f"http://127.0.0.1:{port}", 404)):
            url = f"http://127.0.0.1:{port}/v1/plan/close"
            answer = httpx.post(url, json={"features": ["Lift"]}, headers={"Origin": origin})
            assert answer.status_code == status
        assert ask(port, "POST", "/v1/tickets", Origin="https://evil.example").status_code == 403


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost and its key."""
    import datetime
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    folder, now = tmp_path_factory.mktemp("tls"), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(RSA.public_key())
        .serial_number(7)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=9))
        .add_extension(names, critical=False)
        .sign(RSA, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    pkcs8 = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(RSA.private_bytes(serialization.Encoding.PEM, pkcs8, plain))
    return folder / "cert.pem", folder / "key.pem"


def test_https_and_wss_with_a_certificate_of_ones_own(certificate: tuple[Path, Path]) -> None:
    parts = make_parts(tls_cert=certificate[0], tls_key=certificate[1])
    listening, found, taken = threading.Event(), [0], bind(parts.settings)

    def tell(port: int) -> None:
        found[0] = port
        listening.set()

    config = make_config(build_app(lambda: parts), log_level="critical", **tls_options(parts.settings))
    server = ShelfwayServer(config, tell)
    thread = threading.Thread(target=server.run, args=([taken],), daemon=True)
    thread.start()
    try:
        assert listening.wait(20)
        trust = ssl.create_default_context(cafile=str(certificate[0]))
        answer = httpx.get(f"https://127.0.0.1:{found[0]}/health", verify=trust)
        assert answer.json()["status"] == "ok"
        assert "max-age" in answer.headers["strict-transport-security"]
        with connect_raw(f"wss://127.0.0.1:{found[0]}/v1/ws", ssl=trust, compression=None) as raw:
            raw.send(Hello(version=1, client="kiosk").model_dump_json())
            assert json.loads(raw.recv(timeout=10))["type"] == "welcome"
            raw.send("x" * 70_000)
            with contextlib.suppress(ConnectionClosed):
                while True:
                    raw.recv(timeout=10)
            assert raw.protocol.close_rcvd is not None
            assert raw.protocol.close_rcvd.code == 1009
    finally:
        server.should_exit = True
        thread.join(15)
        taken.close()


def test_a_certificate_that_cannot_be_used_is_one_sentence(
    certificate: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "nonsense.pem").write_text("nonsense")
    for more in (
        ["--tls-cert", str(certificate[0])],
        ["--tls-cert", str(tmp_path / "nonsense.pem"), "--tls-key", str(certificate[1])],
        ["--tls-cert", str(tmp_path / "absent.pem"), "--tls-key", str(certificate[1])],
    ):
        assert main(["serve", "--home", str(tmp_path), "--port", "0", "--json", *more]) == 1
        assert json.loads(capsys.readouterr().out)["code"] == "bad_certificate"


def test_settings_name_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="oidc_issuer"):
        Settings(oidc_issuer="http://id.library.example")
    with pytest.raises(InvalidStatus), running(make_parts()) as port:
        connect_raw(f"ws://127.0.0.1:{port}/v1/nothing").__enter__()
