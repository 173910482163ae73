"""Hostile pages, files and servers: each becomes an item or is refused with a reason, within limits of time and memory."""

from __future__ import annotations

import gzip
import socket
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workstation.errors import FetchError, ReadError
from workstation.ingest.fetch import Limits, fetch
from workstation.ingest.worker import MEMORY, ReadingWorker

from .hostile import MB, PAGES, WORDS, bomb, page

CAPTURED = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SECONDS = 20.0
ALL_TOGETHER = 500
"""Megabytes that the reading may ever take."""
DESK_GROWTH = 100
"""Megabytes by which this process may have grown afterwards."""

needs_proc = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="tells no memory")


def megabytes(process: int | str, field: str) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:")) // 1024


@pytest.fixture(scope="module")
def worker() -> Iterator[ReadingWorker]:
    with ReadingWorker() as worker:
        worker.start()
        yield worker


# --- bytes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_hostile_bytes_become_an_item_or_a_clear_reason(worker: ReadingWorker, name: str) -> None:
    hostile = PAGES[name]
    data = hostile.data()
    known = {"name": hostile.name, "media_type": hostile.media_type, "charset": hostile.charset}
    before = megabytes("self", "VmRSS") if sys.platform == "linux" else 0
    worker.start()
    process = worker._process
    assert process is not None
    started = time.monotonic()
    try:
        item = worker.read(data, captured=CAPTURED, timeout=SECONDS, **known).item
    except ReadError as error:
        assert hostile.holds is None, f"{error.title}: {error.detail}"
        assert len(error.title) > 10
        assert len(error.detail) > 10
        assert "fault" not in error.detail
    else:
        assert hostile.holds is None or hostile.holds in item.text + item.title
        assert not set("\0\u202e\ud800\udfff\x1b") & set(item.text + item.title)
        assert "\n" not in item.title
    assert time.monotonic() - started < SECONDS + 2
    if sys.platform == "linux":
        assert megabytes("self", "VmRSS") - before < DESK_GROWTH
        if process.poll() is None:
            assert megabytes(process.pid, "VmHWM") < ALL_TOGETHER
    assert worker.read(page(), captured=CAPTURED, name="a.html").item.title == "A lock opens"


@needs_proc
def test_the_workers_memory_is_limited_so_that_it_never_passes_what_it_may_take(worker: ReadingWorker) -> None:
    worker.start()
    process = worker._process
    assert process is not None
    worker.read(page(), captured=CAPTURED, name="a.html")
    limits = Path(f"/proc/{process.pid}/limits").read_text().splitlines()
    most = next(line.split()[3] for line in limits if line.startswith("Max address space"))
    assert int(most) == MEMORY
    unused = megabytes(process.pid, "VmPeak") - megabytes(process.pid, "VmHWM")  # mapped, but never touched
    assert MEMORY // MB - unused < ALL_TOGETHER


# --- servers -------------------------------------------------------------------------------------------------------


Serve = Callable[[socket.socket], None]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def whole(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html") -> Serve:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
    return lambda connection: connection.sendall("\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + body)


def endless(head: bytes, piece: bytes, pause: float = 0.0) -> Serve:
    def serve(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(piece)
            time.sleep(pause)

    return serve


def redirect(to: str) -> Serve:
    return whole(b"", f"Location: {to}", status="302 Found")


SERVERS: dict[str, tuple[Serve, str]] = {
    "gzip that is none": (whole(page(), "Content-Encoding: gzip"), "broke off"),
    "gzip of gigabytes": (whole(bomb(1, 1024 * MB), "Content-Encoding: gzip"), "longer than"),
    "gzip told twice": (whole(bomb(2), "Content-Encoding: gzip, gzip"), "unusual way"),
    "brotli that nobody asked for": (whole(page(), "Content-Encoding: br"), "unusual way"),
    "fifty megabytes announced": (lambda connection: connection.sendall(OK + b"Content-Length: 52428800\r\n\r\n"), "longer than"),
    "an endless body": (endless(OK + b"\r\n", bytes(MB)), "longer than"),
    "an endless body in pieces": (
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"100000\r\n" + bytes(MB) + b"\r\n"),
        "longer than",
    ),
    "a byte every half second": (endless(OK + b"\r\n", b"a", 0.5), "not done within"),
    "a head that drips": (endless(b"HTTP/1.1 200 OK\r\n", b"X", 0.3), "not done within"),
    "a head without end": (endless(b"HTTP/1.1 200 OK\r\n", b"X-Bomb: " + b"a" * 900 + b"\r\n"), "broke off"),
    "a head of one line": (endless(b"HTTP/1.1 200 OK\r\nX-Bomb: ", b"a" * MB), "broke off"),
    "a connection that is cut": (lambda connection: connection.sendall(OK + b"Content-Length: 5000\r\n\r\nhalf"), "broke off"),
    "silence": (lambda connection: time.sleep(2), "not done within"),
    "an answer in no language": (lambda connection: connection.sendall(b"\x16\x03\x01\x02\x00\x01\x00"), "broke off"),
    "a redirect to itself": (redirect("/"), "redirects more than"),
    "a redirect to nowhere": (whole(b"", status="302 Found"), "nowhere"),
    "a redirect into the machine": (redirect("http://127.0.0.1:22/"), "private network"),
    "a redirect to a file": (redirect("file:///etc/passwd"), "Only http and https"),
    "a redirect to a host that is no name": (redirect("http://a..b\u2028.example/"), ""),
    "a redirect to a host of look-alike letters": (redirect("http://pаypаl.invalid/"), "not found"),
    "a page behind a login (401)": (whole(b"", status="401 Unauthorized"), "does not show it"),
    "a page behind a login (403)": (whole(b"<p>Log in", status="403 Forbidden"), "does not show it"),
    "a page behind a paywall": (whole(b"", status="402 Payment Required"), "does not show it"),
    "a program as a page": (whole(b"MZ", kind="application/x-msdownload"), "does not read"),
    "a status that is none": (whole(b"", status="999 Odd"), "999"),
}


@pytest.mark.parametrize("name", SERVERS)
def test_hostile_servers_are_refused_with_a_clear_reason(server, name: str) -> None:
    serve, reason = SERVERS[name]
    server.paths["/"] = serve
    limits = Limits(allow=(server.allowed,), seconds=1.5)
    before = megabytes("self", "VmRSS") if sys.platform == "linux" else 0
    started = time.monotonic()
    with pytest.raises(FetchError) as refused:
        fetch(server.url(), limits=limits)
    assert reason in refused.value.detail
    assert len(refused.value.detail) > 20
    assert time.monotonic() - started < 5
    if sys.platform == "linux":
        assert megabytes("self", "VmRSS") - before < DESK_GROWTH


def test_a_truncated_gzip_gives_what_came_of_it_or_a_reason(worker: ReadingWorker, server) -> None:
    server.paths["/"] = whole(gzip.compress(page(f"<p>{WORDS}</p>" * 50))[:-40], "Content-Encoding: gzip")
    try:
        fetched = fetch(server.url(), limits=Limits(allow=(server.allowed,)))
    except FetchError as error:
        assert "broke off" in error.detail
    else:
        assert WORDS in worker.read(fetched.data, captured=CAPTURED, media_type=fetched.media_type).item.text


def test_a_login_form_in_the_place_of_a_page_is_no_article(worker: ReadingWorker, server) -> None:
    form = b"<html><title></title><form method=post><input name=user><input type=password name=word></form></html>"
    server.answers("/login", OK + f"Content-Length: {len(form)}\r\n\r\n".encode() + form)
    server.paths["/"] = redirect("/login")
    fetched = fetch(server.url(), limits=Limits(allow=(server.allowed,)))
    with pytest.raises(ReadError, match="nothing to read"):
        worker.read(fetched.data, captured=CAPTURED, media_type=fetched.media_type, url=fetched.url)


def test_a_page_that_lies_about_its_length_and_type_still_gives_its_words(worker: ReadingWorker, server) -> None:
    body = page()
    server.answers("/", b"HTTP/1.1 200 OK\r\nContent-Type: TEXT/HTML;;;charset='nonsense'\r\n\r\n" + body)
    fetched = fetch(server.url(), limits=Limits(allow=(server.allowed,)))
    item = worker.read(fetched.data, captured=CAPTURED, media_type=fetched.media_type, charset=fetched.charset).item
    assert item.text == WORDS
