"""Only the public web is fetched from, whatever a server does; each server here is a real one on loopback."""

from __future__ import annotations

import gzip
import socket
import ssl
import statistics
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.hosts import is_public, own_place
from workstation.errors import Cancelled, FetchError
from workstation.ingest.fetch import Limits, OfflineError, OwnNetworkError, fetch

from ..ingest.conftest import Server

PAGE = b"<html><title>Ferry line opens</title><p>The first ferry left the old harbour of Vell at dawn on Monday.</p></html>"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
SECONDS = 0.6
LATEST = 15.0
"""Seconds that tell the deadline of a busy machine from the servers here, which go on for 20 or for ever."""

Serve = Callable[[socket.socket], None]


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def drips(*pieces: bytes, pause: float = 0.05) -> Serve:
    """Sends the pieces, then the last of them again and again."""

    def serve(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)
        while True:
            connection.sendall(pieces[-1])
            time.sleep(pause)

    return serve


def sends(data: bytes) -> Serve:
    return lambda connection: connection.sendall(data)


def packed(data: bytes, encoding: str, wbits: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    body = packer.compress(data) + packer.flush()
    return OK + f"Content-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


ENDLESS: dict[str, Serve] = {
    "the status line drips": drips(b"H"),
    "a head without end": drips(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", pause=0),
    "a head that drips": drips(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
    "one line of head without end": drips(b"HTTP/1.1 200 OK\r\nX-A: ", b"b" * 10_000, pause=0),
    "one line of head that drips": drips(b"HTTP/1.1 200 OK\r\nX-A: ", b"b"),
    "a flood of 100 Continue": drips(b"HTTP/1.1 100 Continue\r\n\r\n", pause=0),
    "100 Continue that drips": drips(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a flood of 103 Early Hints": drips(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", pause=0),
    "a body that drips": drips(OK + b"\r\n", b"x"),
    "a body of gzip that drips": drips(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE)[:30], b"\0"),
    "chunks that drip": drips(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "the length of a chunk without end": drips(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0" * 100, pause=0),
    "a chunk that says it is enormous": drips(OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffff\r\n", b"x"),
    "trailers without end": drips(OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n", b"X-A: b\r\n", pause=0),
    "trailers that drip": drips(OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n", b"X-A: b\r\n"),
    "empty blocks of deflate without end": drips(
        OK + b"Content-Encoding: deflate\r\n\r\n", b"\x00\x00\x00\xff\xff" * 500, pause=0
    ),
    "members of gzip without end": drips(OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b""), pause=0),
    "silence after the connection": lambda _connection: time.sleep(20),
    "silence after the head": lambda connection: (connection.sendall(OK + b"\r\n"), time.sleep(20))[0],
    "a redirect whose body drips": drips(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 99999\r\n\r\n", b"x"),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_server_that_never_ends_is_left_at_the_deadline_at_every_stage(server, name: str, rounds, capsys) -> None:
    server.paths["/"] = ENDLESS[name]
    took: list[float] = []
    for _ in range(rounds(1, 20)):
        started = time.monotonic()
        try:
            fetched = fetch(server.url(), limits=Limits(allow=(server.allowed,), seconds=SECONDS, length=1 << 20))
        except FetchError as error:
            assert len(error.detail) > 20
        else:
            assert len(fetched.data) < 1 << 20, "it came to an end after all"
        took.append(time.monotonic() - started)
    assert max(took) < LATEST
    if len(took) > 1:
        with capsys.disabled():
            print(f"\n{name}: {statistics.median(took):.2f} s (median), {max(took):.2f} s (longest)")


def test_a_server_that_drips_its_handshake_of_tls_is_left_at_the_deadline(server) -> None:
    listening = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        connection, _ = listening.accept()
        with connection:
            while True:
                try:
                    connection.sendall(b"\x16")
                except OSError:
                    return
                time.sleep(0.05)

    threading.Thread(target=drip, daemon=True).start()
    port = listening.getsockname()[1]
    started = time.monotonic()
    with pytest.raises(FetchError):
        fetch(f"https://127.0.0.1:{port}/", limits=Limits(allow=(f"127.0.0.1:{port}",), seconds=SECONDS))
    assert time.monotonic() - started < LATEST
    listening.close()


@pytest.mark.parametrize(("encoding", "wbits"), [("gzip", 31), ("deflate", 15), ("deflate", -15), ("x-gzip", 31)])
def test_what_unpacks_to_a_giant_is_left_at_the_limit(server, encoding: str, wbits: int) -> None:
    server.paths["/"] = sends(packed(bytes(64 << 20), encoding, wbits))
    with pytest.raises(FetchError, match="longer than 1,024 KiB"):
        fetch(server.url(), limits=Limits(allow=(server.allowed,), seconds=20, length=1 << 20))


@pytest.mark.parametrize(
    "encoding", ["gzip, gzip", "gzip,identity,gzip", "deflate, gzip", "br", "zstd", "bzip2", "gzip;q=1", "\x00", "identity, gzip"]
)
def test_one_plain_packing_at_most_is_unpacked(server, encoding: str) -> None:
    body = gzip.compress(gzip.compress(PAGE))
    server.paths["/"] = sends(OK + f"Content-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
    with pytest.raises(FetchError):
        fetch(server.url(), limits=Limits(allow=(server.allowed,), seconds=5))


def test_two_headers_of_packing_are_one_too_many(server) -> None:
    body = gzip.compress(gzip.compress(PAGE))
    server.paths["/"] = sends(OK + b"Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n\r\n" + body)
    with pytest.raises(FetchError):
        fetch(server.url(), limits=Limits(allow=(server.allowed,), seconds=5))


def test_what_is_asked_for_tells_nothing_of_the_editor(server, monkeypatch, tmp_path) -> None:
    """No cookie, no referrer, no password of .netrc, no proxy; and a redirect carries nothing on."""
    (tmp_path / ".netrc").write_text("default login editor password secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    server.paths["/b"] = sends(OK + b"Set-Cookie: c=d\r\n\r\n" + PAGE)
    server.paths["/a"] = sends(b"HTTP/1.1 302 Found\r\nLocation: /b\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n")
    for _ in range(2):
        assert fetch(server.url("/a"), limits=Limits(allow=(server.allowed,), seconds=5)).data == PAGE
    names = {line.partition(":")[0].lower() for request in server.requests for line in request.split("\r\n")[1:] if line}
    assert names == {"host", "user-agent", "accept", "accept-encoding", "accept-language", "connection"}
    assert not any(
        "br" in line or "zstd" in line for request in server.requests for line in request.split("\r\n") if "ncoding" in line
    )


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """A certificate that nobody vouches for."""
    folder = tmp_path_factory.mktemp("tls")
    call = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "key",
        "-out",
        "cert",
        "-days",
        "2",
        "-subj",
        "/CN=a",
    ]
    try:
        subprocess.run(call, cwd=folder, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not there")
    return folder


def test_a_certificate_that_nobody_vouches_for_is_refused_and_nothing_is_asked(certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert", certificate / "key")
    listening = socket.create_server(("127.0.0.1", 0))
    asked: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
                with context.wrap_socket(connection, server_side=True) as safe:
                    asked.append(safe.recv(9_999))
            except ssl.SSLError:
                continue
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    port = listening.getsockname()[1]
    with pytest.raises(FetchError, match="could not prove who it is"):
        fetch(f"https://127.0.0.1:{port}/", limits=Limits(allow=(f"127.0.0.1:{port}",), seconds=10))
    assert not asked
    listening.close()


# --- where it may go -----------------------------------------------------------------------------------------------


class Resolver:
    """Answers each name differently the next time, as a hostile name server does."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.asked = list(answers), []

    def __call__(self, host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        if host[:1].isdigit():  # a number that was checked, on its way into the connection
            address = host
        else:
            self.asked.append(host)
            address = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port))]


def test_a_name_that_is_public_at_first_and_private_later_gains_nothing(server, monkeypatch) -> None:
    """The connection goes to the address that was checked, by number: the name is not asked a second time."""
    monkeypatch.setattr(socket, "getaddrinfo", names := Resolver("1.1.1.1", "127.0.0.1"))
    went: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], *_: object) -> socket.socket:
        went.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError):
        fetch("http://rebound.example/", limits=Limits(seconds=5))
    assert (went, names.asked) == ([("1.1.1.1", 80)], ["rebound.example"])


def test_each_redirect_is_looked_up_and_checked_anew(server, monkeypatch) -> None:
    server.paths["/"] = sends(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")
    monkeypatch.setattr(socket, "getaddrinfo", names := Resolver("127.0.0.1", "10.0.0.9"))
    with pytest.raises(OwnNetworkError):
        fetch(f"http://rebound.example:{server.port}/", limits=Limits(allow=(server.allowed,), seconds=5))
    assert names.asked == ["rebound.example"] * 2
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://0177.1/",
        "http://017700000001/", "http://0/", "http://0.0.0.0/", "http://[::]/", "http://[::1]/", "http://[0:0:0:0:0:0:0:1]/",
        "http://[::ffff:7f00:1]/", "http://[::ffff:127.0.0.1]/", "http://[::127.0.0.1]/", "http://[fe80::1%25lo]/", "http://[fc00::1]/",
        "http://[64:ff9b::127.0.0.1]/", "http://[64:ff9b:1::7f00:1]/", "http://[2002:7f00:1::]/", "http://[2001:0:7f00:1::]/",
        "http://[ff02::1]/", "http://[2001:db8::1]/", "http://[3fff::1]/", "http://100.64.0.1/", "http://169.254.169.254/", "http://192.0.2.1/",
        "http://198.18.0.1/", "http://224.0.0.1/", "http://240.0.0.1/", "http://255.255.255.255/", "http://192.168.1.1/", "http://172.16.0.1/",
        "http://10.0.0.1/", "http://168.63.129.16/", "http://localhost/", "http://LocalHost./", "http://ⓛocalhost/", "http://１２７.0.0.1/",
        "http://1.1.1.1:22/", "http://1.1.1.1:6379/", "http://1.1.1.1:0/", "http://1.1.1.1:65536/", "http://1.1.1.1:80:80/",
        "http://a@1.1.1.1/", "http://1.1.1.1@127.0.0.1/", "http://1.1.1.1\\@127.0.0.1/", "http://1.1.1.1\t/",
        "http://1.1.1.1\r\nX: y/",
        "ht\ttp://1.1.1.1/", "//1.1.1.1/", "http:1.1.1.1", "http:///1.1.1.1", "file:///etc/passwd", "gopher://1.1.1.1/", "ftp://1.1.1.1/",
        "data:text/html,x", "javascript:1", "blob:http://1.1.1.1/", "view-source:http://1.1.1.1/", "jar:http://1.1.1.1/!/",
    ],
)  # fmt: skip
def test_no_spelling_leads_into_this_machine_or_its_network(url: str, monkeypatch) -> None:
    def connect(address: object, *_: object) -> socket.socket:
        raise AssertionError(f"went to {address}")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError):
        fetch(url, limits=Limits(seconds=5))


@given(st.ip_addresses())
def test_every_numeric_address_is_public_or_the_editors_own_or_refused(address) -> None:
    text = str(address)
    assert not (is_public(text) and own_place(text))
    if is_public(text):
        assert address.is_global
        assert not address.is_multicast
    if own_place(text):
        assert address.is_private or ip_address("100.64.0.0") <= address < ip_address("100.128.0.0")


def test_a_resolver_that_never_answers_ends_with_the_deadline_and_with_the_editors_wish(monkeypatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(20) or [])
    started = time.monotonic()
    with pytest.raises(OfflineError):
        fetch("http://slow.example/", limits=Limits(seconds=SECONDS))
    with pytest.raises(Cancelled):
        fetch("http://slow.example/", limits=Limits(seconds=20), cancelled=lambda: time.monotonic() - started > SECONDS * 2)
    assert time.monotonic() - started < LATEST * 2


def test_nothing_in_the_program_reaches_the_network_but_through_the_pinned_door() -> None:
    """A part that imported a client of its own would pass by every check above."""
    root = Path(sys.modules["workstation"].__file__ or "").parent
    doors = {"pinned.py", "ingest/fetch.py", "ingest/door.py", "export/cms/calling.py", "ingest/confined.py"}
    within = {"store/opening/machine.py", "ui/asked_to_end.py", "workflow/second_start.py"}  # a name, and sockets of this machine
    clients = ("import requests", "import socket", "urllib.request", "http.client import", "QNetworkAccessManager", "urlopen(",
               "import httpx",
               "import aiohttp", "QTcpSocket", "QSslSocket")  # fmt: skip
    found = {
        path.relative_to(root).as_posix() for path in root.rglob("*.py") if any(client in path.read_text() for client in clients)
    }
    assert found <= doors | within | {"render/pictures/iptc/xmp.py"}, found - doors - within
