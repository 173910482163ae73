"""The loopback door: one extension of the editor's own browser hands over a page as the editor sees it there.

Every web page that the editor visits can try to speak to 127.0.0.1, and so can every program on this machine. So the door
takes one kind of request and nothing else: POST to one path, to exactly this address (a name that was bound anew to loopback
stands in Host), from no page (Origin is absent or that of the one extension), of the one media type that no form can send,
with a secret that is compared in constant time, of a bounded length, within a bounded time. No answer carries a header that
lets a page read it, and none says what was wrong with a secret.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import logging
import re
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from workstation.errors import InputError, WorkstationError
from workstation.ingest.places import web_address

log = logging.getLogger(__name__)

ADDRESS = "127.0.0.1"
PATH = "/capture"
LENGTH = 16 * 1024 * 1024
"""Bytes of one request."""
SECONDS = 10.0
"""So long may a request take to arrive."""
AT_ONCE = 16
"""Connections at the same time, more than the six that a browser opens to one place; pages are read one after the other."""
WRONG = 5
"""Wrong secrets within ``WATCHED`` seconds after which nobody is let in for ``SHUT`` seconds."""
WATCHED = 60.0
SHUT = 30.0

CHROMIUM_ORIGIN = "chrome-extension://bdcgoelcjekedmnnafcihhclannijecb"
"""Follows from the ``key`` in the extension's manifest, so it is the same wherever the extension is loaded."""
FIREFOX_ORIGIN = re.compile(r"moz-extension://[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Firefox gives the extension another origin in each profile: the first one that knows the secret is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A page as the browser showed it: its address, its markup and the words that were selected in it."""

    url: str
    html: str
    words: str


@dataclass(frozen=True, slots=True)
class Key:
    """What opens the door: the secret, and the origin of the extension in Firefox once it is known."""

    secret: str
    firefox: str | None = None


class Door:
    """Listens while it is open. ``hand`` is called in threads of the door, one call at a time, and answers a word for the editor.

    ``keep_firefox`` is told the origin of the extension in Firefox when it comes for the first time; ``warn`` is told what the
    editor should know, such as that somebody tries secrets.
    """

    def __init__(
        self,
        key: Key,
        hand: Callable[[Handed], str],
        *,
        keep_firefox: Callable[[str], None],
        warn: Callable[[str], None],
    ) -> None:
        self.key = key
        self._hand = hand
        self._keep_firefox = keep_firefox
        self._warn = warn
        self._one = threading.Lock()
        self._wrong: deque[float] = deque(maxlen=WRONG)
        self._shut_until = 0.0
        self._server: _Server | None = None

    @property
    def port(self) -> int | None:
        """The port that it listens on, or None while it is closed."""
        server = self._server
        return int(server.server_address[1]) if server else None

    def open(self, port: int = 0) -> int:
        """Listen on ``port`` of 127.0.0.1, or on a free one for 0; answers which.

        Raises:
            InputError: another program has the port.
        """
        self.close()
        try:
            server = _Server((ADDRESS, port), self)
        except (OSError, OverflowError) as error:
            raise InputError(
                "The door for the browser is not open",
                f"Port {port} cannot be used ({getattr(error, 'strerror', None) or error}). Choose another port.",
            ) from error
        self._server = server
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="door", daemon=True).start()
        return int(server.server_address[1])

    def close(self) -> None:
        """Listen no more, and cut what is being said."""
        server, self._server = self._server, None
        if server is not None:
            server.cut()
            server.shutdown()
            server.server_close()

    # --- what a request must be ------------------------------------------------------------------------------------

    def lets_in(self, secret: str) -> bool:
        """Whether this is the secret; counts wrong ones."""
        if hmac.compare_digest(secret.encode("utf-8", "replace"), self.key.secret.encode()):
            return True
        now = time.monotonic()
        self._wrong.append(now)
        if len(self._wrong) == WRONG and now - self._wrong[0] < WATCHED:
            self._shut_until = now + SHUT
            self._wrong.clear()
            self._warn("Somebody knocked at the door for the browser with wrong tokens; it lets nobody in for half a minute.")
        return False

    @property
    def is_shut(self) -> bool:
        """Whether nobody is let in now, because of many wrong secrets."""
        return time.monotonic() < self._shut_until

    def knows(self, origin: str | None) -> bool:
        """Whether a request of this origin may be looked at: it comes from no page."""
        if origin is None or origin == CHROMIUM_ORIGIN:
            return True
        if FIREFOX_ORIGIN.fullmatch(origin) is None:
            return False
        return self.key.firefox is None or origin == self.key.firefox

    def take(self, handed: Handed, origin: str | None) -> str:
        """Hand the page in; answers a word for the editor."""
        with self._one:
            if self._server is None:
                raise InputError("The page was not captured", "The door was closed.")
            if origin and origin != CHROMIUM_ORIGIN and self.key.firefox is None:
                self.key = Key(self.key.secret, origin)
                self._keep_firefox(origin)
            return self._hand(handed)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 16
    block_on_close = False

    def __init__(self, address: tuple[str, int], door: Door) -> None:
        self.door = door
        self._places = threading.Semaphore(AT_ONCE)
        self._open: dict[Any, threading.Timer] = {}
        self._lock = threading.Lock()
        self._is_cut = False
        super().__init__(address, _Request)

    def server_bind(self) -> None:
        """Bind without asking the name service for this machine's name, as the library would."""
        # on Windows SO_REUSEADDR would let another program listen beside this one; elsewhere it only ends a wait
        option = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)
        self.socket.setsockopt(socket.SOL_SOCKET, option, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = ADDRESS, int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Take a request into a thread of its own, unless there are too many."""
        if client_address[0] != ADDRESS or not self._places.acquire(blocking=False):
            self.shutdown_request(request)
            return
        late = threading.Timer(SECONDS, _cut, (request,))  # however slowly it drips
        late.daemon = True
        late.start()
        with self._lock:
            self._open[request] = late
            if self._is_cut:
                _cut(request)
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and make the place free."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.arrived(request)
            with self._lock:
                self._open.pop(request, None)
            self._places.release()

    def arrived(self, request: Any) -> None:
        """The request is here whole: what follows is our own time."""
        with self._lock:
            if request in self._open:
                self._open[request].cancel()

    def cut(self) -> None:
        """Close the door's socket and every connection through it, now."""
        with self._lock:
            self._is_cut = True
            for connection in self._open:
                _cut(connection)
        _cut(self.socket)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - the library's arguments
        """A connection that broke is nothing to tell."""
        log.info("the door: a request broke off", exc_info=True)


class _Request(BaseHTTPRequestHandler):
    server: _Server
    server_version = "door"
    sys_version = ""
    protocol_version = "HTTP/1.0"  # one request a connection
    timeout = SECONDS

    def do_POST(self) -> None:
        """Check everything that the head tells before a byte of the body is read."""
        refused = self._refused()
        if refused is not None:
            self._answer(refused)
            if refused is not HTTPStatus.FORBIDDEN:
                self._swallow()
            return
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        self.server.arrived(self.connection)
        handed = _handed(body) if len(body) == length else None
        if handed is None:
            self._answer(HTTPStatus.BAD_REQUEST, "This is no page: url (http or https) and html are needed.")
            return
        try:
            told = self.server.door.take(handed, self.headers.get("Origin"))
        except WorkstationError as error:
            self._answer(HTTPStatus.UNPROCESSABLE_ENTITY, f"{error.title}. {error.detail}")
        except Exception:
            log.exception("the door: a page was not captured")
            self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, "The page was not captured: the workstation has a fault.")
        else:
            self._answer(HTTPStatus.OK, told)

    def _refused(self) -> HTTPStatus | None:
        """Why the body is not even read; the order is such that only the extension learns anything of the secret."""
        door = self.server.door
        checks: tuple[tuple[HTTPStatus, Callable[[], bool]], ...] = (
            (HTTPStatus.FORBIDDEN, lambda: self._one("Host") == f"{ADDRESS}:{self.server.server_port}"),
            (HTTPStatus.FORBIDDEN, self._comes_from_no_page),
            (HTTPStatus.NOT_FOUND, lambda: self.path == PATH),
            (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, self._is_json),
            (HTTPStatus.LENGTH_REQUIRED, self._has_length),
            (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, lambda: int(self.headers["Content-Length"]) <= LENGTH),
            (HTTPStatus.TOO_MANY_REQUESTS, lambda: not door.is_shut),
            (HTTPStatus.UNAUTHORIZED, lambda: door.lets_in(self._secret())),
        )
        return next((status for status, holds in checks if not holds()), None)

    def _comes_from_no_page(self) -> bool:
        origins = self.headers.get_all("Origin") or []
        return len(origins) <= 1 and self.server.door.knows(origins[0] if origins else None)

    def _is_json(self) -> bool:
        kind, _, rest = (self._one("Content-Type") or "").partition(";")
        charset = rest.strip().lower().replace('"', "")
        return kind.strip().lower() == "application/json" and charset in {"", "charset=utf-8"}

    def _has_length(self) -> bool:
        length = self._one("Content-Length") or ""
        return "Transfer-Encoding" not in self.headers and re.fullmatch("[0-9]{1,12}", length) is not None

    def _secret(self) -> str:
        kind, _, secret = (self._one("Authorization") or "").partition(" ")
        return secret.strip() if kind.lower() == "bearer" else ""

    def _one(self, name: str) -> str | None:
        """The only value of a header; None where it is missing or stands there twice."""
        values = self.headers.get_all(name) or []
        return values[0] if len(values) == 1 else None

    def _answer(self, status: HTTPStatus, told: str = "") -> None:
        body = json.dumps({"told": told}).encode() if told else b""
        self.send_response_only(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Connection", "close")
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)
        self.close_connection = True

    def _swallow(self) -> None:
        """Read what the extension still sends: closing over it would take away the answer, and it could not say what is wrong."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            left = LENGTH
            while left > 0 and (piece := self.rfile.read1(65_536)):
                left -= len(piece)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """What the library refuses (a method, a broken line) is refused without a page about it."""
        unknown_method = code == HTTPStatus.NOT_IMPLEMENTED
        self._answer(HTTPStatus.METHOD_NOT_ALLOWED if unknown_method else HTTPStatus(code))

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing of a request is logged: addresses of what an editor reads are nobody's business."""


def _handed(body: bytes) -> Handed | None:
    """The page in the body of a request; None for anything else."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    values = {name: said.get(name, "") for name in ("url", "html", "words")}
    if not all(isinstance(value, str) for value in values.values()):
        return None
    address = web_address(values["url"].partition("#")[0])
    return Handed(**values) if address and values["html"].strip() else None


def _cut(connection: Any) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
