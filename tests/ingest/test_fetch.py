import gzip
import socket
import threading
import time
import tracemalloc

import pytest

from workstation import pinned
from workstation.errors import Cancelled, FetchError
from workstation.ingest import fetch as fetching
from workstation.ingest.fetch import ICON_LIMITS, Limits, OfflineError, PassingError, fetch

PAGE = b"<html><title>Ferry line opens</title><p>The first ferry left the old harbour of Vell at dawn on Monday.</p></html>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def page(body, *headers, status="200 OK", media_type="text/html; charset=utf-8"):
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(to):
    return page(b"", f"Location: {to}", status="302 Found")


def limits(*servers, **values):
    return Limits(allow=tuple(server.allowed for server in servers), **{"seconds": 5.0, **values})


def test_a_good_page_arrives_with_its_charset_and_its_progress(server):
    told = []
    url = server.answers("/a?b=c", page(PAGE))
    fetched = fetch(url + "#part", progress=lambda *numbers: told.append(numbers), limits=limits(server))
    assert (fetched.data, fetched.media_type, fetched.charset, fetched.url) == (PAGE, "text/html", "utf-8", url)
    assert told[-1] == (len(PAGE), len(PAGE))


def test_a_compressed_page_arrives_unpacked(server):
    url = server.answers("/", page(gzip.compress(PAGE), "Content-Encoding: gzip"))
    assert fetch(url, limits=limits(server)).data == PAGE


def test_a_redirect_is_followed_and_the_last_address_is_told(server, other_server):
    last = other_server.answers("/last", page(PAGE))
    first = server.answers("/first", redirect(last))
    assert fetch(first, limits=limits(server, other_server)).url == last


@pytest.mark.parametrize(("scheme", "is_kept"), [("https", True), ("http", False)])
def test_no_address_over_https_is_exchanged_for_one_over_http_for_good(server, monkeypatch, scheme, is_kept):
    """The server cannot prove who it is on this machine: what is asked for over https goes to it over http."""
    opened = pinned.opened
    monkeypatch.setattr(pinned, "opened", lambda url, *rest, **more: opened(url.replace("https:", "http:"), *rest, **more))
    last = server.answers("/last", page(PAGE)).replace("http:", f"{scheme}:")
    first = server.answers("/first", page(b"", f"Location: {last}", status="301 Moved Permanently"))
    fetched = fetch(first.replace("http:", "https:"), limits=limits(server))
    assert (fetched.url, fetched.moved) == (last, last if is_kept else None)


def test_a_relative_redirect_is_followed(server):
    server.answers("/news/last", page(PAGE))
    assert fetch(server.answers("/news/first", redirect("last")), limits=limits(server)).url == server.url("/news/last")


def test_neither_cookies_nor_passwords_nor_a_proxy_are_used(server, other_server, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login editor password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("http_proxy", other_server.url())
    monkeypatch.setenv("HTTP_PROXY", other_server.url())
    server.answers("/last", page(PAGE))
    fetch(server.answers("/", page(b"", "Location: /last", "Set-Cookie: a=b", status="302 Found")), limits=limits(server))
    assert not other_server.requests
    assert len(server.requests) == 2
    assert not any("cookie:" in sent.lower() or "authorization" in sent.lower() for sent in server.requests)


# --- refused before anything is sent -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "localhost",
        "LOCALHOST.",
        "[::1]",
        "①②⑦.0.0.1",
    ],
)
def test_loopback_is_refused_in_every_spelling(server, host):
    server.answers("/", page(PAGE))
    with pytest.raises(FetchError):
        fetch(f"http://{host}:{server.port}/", limits=Limits(ports=(server.port,)))
    assert not server.requests


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "data:text/html,x",
        "//example.org/", "example.org", "", "http://",
        "http://user@example.org/", "http://user:word@example.org/",
        "http://@example.org/", "http://example.org:99999/", "http://example.org:0/",
        "http://[::1", "http://exa mple.org/", "http://example.org\\@127.0.0.1/",
        "http://192.168.0.1/", "http://10.0.0.1/", "http://169.254.169.254/",
        "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://224.0.0.1/", "http://1.1.1.1:22/", "http://1.1.1.1:8080/",
    ],
)  # fmt: skip
def test_an_address_that_is_no_public_web_page_is_refused(url):
    with pytest.raises(FetchError) as refused:
        fetch(url)
    assert not isinstance(refused.value, OfflineError)
    assert refused.value.detail


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(FetchError, match="private network"):
        fetch("http://two.example.org/")


def test_the_connection_goes_to_the_checked_address_and_still_names_the_host(server, monkeypatch):
    """A name that resolves to another address at the second look (rebinding) gains nothing."""
    server.answers("/", page(PAGE))
    asked = []

    def resolve(host, port, *_, **__):
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 or host == "127.0.0.1" else "10.255.255.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert fetch(f"http://rebound.example.org:{server.port}/", limits=limits(server)).data == PAGE
    assert asked.count("rebound.example.org") == 1
    assert f"host: rebound.example.org:{server.port}" in server.requests[0].lower()


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/",
        "http://2130706433:{port}/",
        "//localhost:{port}/",
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "http://u@127.0.0.1:{port}/",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(server, other_server, target):
    other_server.answers("/", page(PAGE))
    url = server.answers("/", redirect(target.format(port=other_server.port)))
    with pytest.raises(FetchError):
        fetch(url, limits=limits(server))
    assert not other_server.requests


def test_a_redirect_that_turns_in_a_circle_ends(server):
    url = server.answers("/", redirect("/"))
    with pytest.raises(FetchError, match="more than 5 times"):
        fetch(url, limits=limits(server))
    assert len(server.requests) == 6


# --- limits --------------------------------------------------------------------------------------------------------


def drip(head):
    def answer(connection):
        connection.sendall(head)
        for _ in range(100):
            connection.sendall(b"x")
            time.sleep(0.1)

    return answer


@pytest.mark.parametrize(
    "head", [HEAD + b"\r\n", HEAD + b"X-Slow: ", HEAD + b"Content-Length: 100000\r\n\r\n", b"HTTP/1.1 302 Found\r\nLocation: "]
)
def test_a_dripping_server_is_left_at_the_deadline(server, head):
    server.paths["/"] = drip(head)
    started = time.monotonic()
    with pytest.raises(FetchError, match=r"within 0\.7 seconds"):
        fetch(server.url(), limits=limits(server, seconds=0.7))
    assert time.monotonic() - started < 1.5


def test_a_silent_server_is_left_at_the_deadline(server):
    server.paths["/"] = lambda connection: time.sleep(5)
    started = time.monotonic()
    with pytest.raises(FetchError, match=r"within 0\.5 seconds"):
        fetch(server.url(), limits=limits(server, seconds=0.5))
    assert time.monotonic() - started < 1.2


def test_an_endless_page_is_left_at_the_limit(server):
    def endless(connection):
        connection.sendall(HEAD + b"\r\n")
        while True:
            connection.sendall(b"word " * 10_000)

    server.paths["/"] = endless
    with pytest.raises(FetchError, match="longer than 1,024 KiB"):
        fetch(server.url(), limits=limits(server, length=1 << 20))


def test_a_declared_length_beyond_the_limit_is_not_even_read(server):
    url = server.answers("/", HEAD + b"Content-Length: 99999999\r\n\r\n")
    with pytest.raises(FetchError, match="longer than"):
        fetch(url, limits=limits(server))


def test_a_page_that_unpacks_to_a_giant_is_left_early_and_costs_little_memory(server):
    inner = gzip.compress(bytes(64 << 20), 9)
    url = server.answers("/", page(inner, "Content-Encoding: gzip"))
    tracemalloc.start()
    with pytest.raises(FetchError, match="longer than"):
        fetch(url, limits=limits(server, length=2 << 20))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12 << 20


@pytest.mark.parametrize("encoding", ["gzip, gzip", "gzip,deflate", "br", "zstd", "compress"])
def test_a_page_packed_twice_or_strangely_is_refused(server, encoding):
    url = server.answers("/", page(gzip.compress(gzip.compress(PAGE)), f"Content-Encoding: {encoding}"))
    with pytest.raises(FetchError, match="unusual way"):
        fetch(url, limits=limits(server))


def test_the_editor_can_cancel_in_the_middle_of_a_silence(server):
    server.paths["/"] = lambda connection: time.sleep(5)
    wish = threading.Event()
    threading.Timer(0.3, wish.set).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        fetch(server.url(), cancelled=wish.is_set, limits=limits(server))
    assert time.monotonic() - started < 1.0


# --- answers that are no page --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "words", "passing"),
    [
        ("404 Not Found", "no such page", False),
        ("403 Forbidden", "does not show it", False),
        ("503 Busy", "fault of its own", True),
        ("429 Slow", "fewer requests", True),
        ("408 Timeout", "cannot answer now", True),
        ("425 Early", "cannot answer now", True),
        ("204 None", "instead of a page", False),
    ],
)
def test_a_refusing_server_is_told_in_plain_words(server, status, words, passing):
    url = server.answers("/", page(b"", status=status))
    with pytest.raises(FetchError, match=words) as refused:
        fetch(url, limits=limits(server))
    assert isinstance(refused.value, PassingError) is passing
    assert not isinstance(refused.value, OfflineError)


def test_a_picture_is_no_page_but_may_be_an_icon(server):
    url = server.answers("/", page(b"\x89PNG", media_type="image/png"))
    with pytest.raises(FetchError, match="image/png"):
        fetch(url, limits=limits(server))
    icons = Limits(types=ICON_LIMITS.types, allow=(server.allowed,))
    assert fetch(url, limits=icons).media_type == "image/png"


@pytest.mark.parametrize(
    ("sent", "passing"),
    [
        (b"", True),
        (b"nonsense\r\n\r\n", False),
        (HEAD + b"Content-Length: 500\r\n\r\nshort", True),
        (HEAD + b"Content-Encoding: gzip\r\n\r\nnot gzip", False),
        (HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE * 40)[:80], False),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", True),
    ],
)
def test_a_broken_answer_is_a_failure_and_never_a_page(server, sent, passing):
    url = server.answers("/", sent)
    with pytest.raises(FetchError, match="broke off") as broken:
        fetch(url, limits=limits(server))
    assert isinstance(broken.value, PassingError) is passing


def test_a_closed_port_is_told(server):
    server.close()
    with pytest.raises(PassingError, match="takes no connections"):
        fetch(server.url(), limits=limits(server))


# --- no network ----------------------------------------------------------------------------------------------------


def test_a_name_that_cannot_be_resolved_means_later(monkeypatch):
    def nothing(*_, **__):
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    with pytest.raises(OfflineError, match="no network") as offline:
        fetch("https://news.example.org/")
    assert "no network" in offline.value.detail


def test_an_unreachable_network_means_later(monkeypatch):
    def unreachable(*_, **__):
        raise OSError(fetching.errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket, "create_connection", unreachable)
    with pytest.raises(OfflineError, match="Check the network"):
        fetch("http://1.1.1.1/")


def test_a_resolver_that_never_answers_is_left_at_the_deadline(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(5) or [])
    started = time.monotonic()
    with pytest.raises(OfflineError):
        fetch("http://slow.example.org/", limits=Limits(seconds=0.4))
    assert time.monotonic() - started < 1.0
