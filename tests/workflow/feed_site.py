"""A real server on loopback that plays the servers of feeds, the good and the hostile."""

from __future__ import annotations

import gzip
import http.server
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from workstation.ingest.fetch import Limits

ENTRY = "<item><guid>{0}</guid><title>{1}</title><link>https://gazette.example/{0}</link><description>{2}</description></item>"
WORDS = "The lock at Orrin opened on Thursday, and the miller said that nobody would pay for the ice."


def rss(*entries: tuple[str, str, str], title: str = "Harbour Gazette", more: str = "") -> bytes:
    whole = "".join(ENTRY.format(*entry) for entry in entries)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{more}{whole}</channel></rss>'.encode()


@dataclass
class Play:
    """What is answered at a path: a status, headers, a body, or a function that writes to the open connection."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    act: Callable[[http.server.BaseHTTPRequestHandler], None] | None = None


class FeedSite:
    """Answers as :attr:`plays` says and keeps what was asked, with the headers; an ETag that comes back is answered by 304."""

    def __init__(self) -> None:
        self.plays: dict[str, Play] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.at_once = self.most_at_once = 0
        lock = threading.Lock()
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with lock:
                    site.asked.append((self.path, dict(self.headers)))
                    site.at_once += 1
                    site.most_at_once = max(site.at_once, site.most_at_once)
                try:
                    site._answer(self, site.plays.get(self.path, Play(b"none", 404)))
                except OSError:
                    pass
                finally:
                    with lock:
                        site.at_once -= 1

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def limits(self) -> Limits:
        return Limits(allow=(self.base.removeprefix("http://"),), seconds=5.0)

    def feed(self, path: str, body: bytes, **headers: str) -> str:
        """Serve a feed at ``path``; its address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.plays[path] = Play(body, 200, {"Content-Type": "application/rss+xml", **named})
        return self.base + path

    def play(self, path: str, status: int, body: bytes = b"", **headers: str) -> str:
        self.plays[path] = Play(body, status, {name.replace("_", "-"): value for name, value in headers.items()})
        return self.base + path

    def act(self, path: str, act: Callable[[http.server.BaseHTTPRequestHandler], None]) -> str:
        self.plays[path] = Play(act=act)
        return self.base + path

    def headers_of(self, path: str) -> dict[str, str]:
        """The headers of the last request for ``path``."""
        return next(headers for asked, headers in reversed(self.asked) if asked == path)

    def count(self, path: str) -> int:
        return sum(asked == path for asked, _ in self.asked)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, handler: http.server.BaseHTTPRequestHandler, play: Play) -> None:
        if play.act is not None:
            play.act(handler)
            return
        etag = play.headers.get("ETag")
        is_known = etag is not None and handler.headers.get("If-None-Match") == etag
        handler.send_response(304 if is_known else play.status)
        for name, value in play.headers.items():
            handler.send_header(name, value)
        body = b"" if is_known else play.body
        if not is_known:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)


def endless(handler: http.server.BaseHTTPRequestHandler) -> None:
    """A feed that never ends."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/rss+xml")
    handler.end_headers()
    handler.wfile.write(b"<rss><channel><title>Endless</title>")
    while True:
        handler.wfile.write(b"<item><title>again</title></item>" * 4_000)


def drip(handler: http.server.BaseHTTPRequestHandler) -> None:
    """A feed that comes a letter at a time."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/rss+xml")
    handler.end_headers()
    for letter in b"<rss><channel><title>Slow</title></channel></rss>":
        handler.wfile.write(bytes([letter]))
        handler.wfile.flush()
        time.sleep(0.4)


def gzip_bomb(handler: http.server.BaseHTTPRequestHandler) -> None:
    """Some kilobytes that unpack to 200 MB."""
    body = gzip.compress(b"<rss><channel>" + b" " * 200_000_000, 1)
    handler.send_response(200)
    for name, value in (("Content-Type", "text/xml"), ("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))):
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def torn(handler: http.server.BaseHTTPRequestHandler) -> None:
    """A feed whose server breaks off in the middle."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/rss+xml")
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b"<rss><channel><title>Torn</title><item>")
