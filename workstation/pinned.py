"""One request over a connection that can only reach addresses checked before, and that can be cut at any moment."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http.client import HTTPException, IncompleteRead
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NewConnectionError

_WATCHING_EVERY = 0.05
_CONNECTING = 6.0

RESPONSE_ERRORS = (requests.RequestException, HTTPError, HTTPException, OSError, ValueError)
"""Everything that a foreign server can make the libraries raise."""

PASSING_ERRORS = (ConnectionError, TimeoutError, IncompleteRead)
"""Those that another time may spare: nobody answered, or the connection was cut."""


class Watch:
    """Cuts the sockets of one fetch when its time is over or the person cancels, even in the middle of a header line."""

    def __init__(self, until: float, cancelled: Callable[[], bool]) -> None:
        self._until = until
        self._cancelled = cancelled
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._over = threading.Event()
        self.expired = False
        self.was_cancelled = False

    def __enter__(self) -> Watch:
        threading.Thread(target=self._run, name="fetch-watch", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        with self._lock:
            for handle in self._sockets:
                handle.close()
            self._sockets.clear()

    @property
    def left(self) -> float:
        """The seconds that are left, never less than a hundredth."""
        return max(0.01, self._until - time.monotonic())

    def stopped(self) -> bool:
        """Whether the time is over or the person cancelled."""
        self.was_cancelled = self.was_cancelled or self._cancelled()
        self.expired = self.expired or time.monotonic() >= self._until
        return self.was_cancelled or self.expired

    def guard(self, connection: socket.socket) -> None:
        """Cut ``connection`` too when the time comes: by a duplicate, since TLS takes the original over."""
        with self._lock:
            self._sockets.append(connection.dup())

    def _run(self) -> None:
        while not self._over.wait(_WATCHING_EVERY):
            if self.stopped():
                self._cut()
                return

    def _cut(self) -> None:
        with self._lock:
            for handle in self._sockets:
                with contextlib.suppress(OSError):
                    handle.shutdown(socket.SHUT_RDWR)


class PinnedAdapter(HTTPAdapter):
    """Connects to ``addresses`` whatever the host's name would resolve to now; Host, SNI and certificate keep the name."""

    def __init__(self, addresses: Sequence[str], watch: Watch) -> None:
        self._pools = _pools(addresses, watch)
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Make the pools out of connections that are pinned."""
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = self._pools


def resolved(host: str, port: int, watch: Watch) -> tuple[str, ...] | None:
    """The numeric addresses of ``host``, none where there are none; None when the watch stopped before there was an answer.

    The system's resolver cannot be cut, so it is asked in a thread of its own.
    """
    answer: list[tuple[str, ...]] = []

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            found = []
        answer.append(tuple(dict.fromkeys(str(entry[4][0]) for entry in found)))

    asking = threading.Thread(target=ask, name="fetch-resolve", daemon=True)
    asking.start()
    while asking.is_alive() and not watch.stopped():
        asking.join(0.05)
    return answer[0] if answer else None


@contextlib.contextmanager
def opened(
    url: str, addresses: Sequence[str], headers: dict[str, str], watch: Watch, *, method: str = "GET", body: bytes | None = None
) -> Iterator[requests.Response]:
    """The response to one request, its body unread. Sent without a session: no cookies, no proxy, no .netrc, no redirects."""
    request = requests.Request(method, url, headers=headers, data=body).prepare()
    adapter = PinnedAdapter(addresses, watch)
    try:
        timeout = (min(_CONNECTING, watch.left), watch.left)
        response = adapter.send(request, stream=True, timeout=timeout, verify=True, proxies=None)
        try:
            yield response
        finally:
            response.close()
    finally:
        adapter.close()


def _pools(addresses: Sequence[str], watch: Watch) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connected(self, addresses, watch)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connected(self, addresses, watch)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _connected(connection: HTTPConnection, addresses: Sequence[str], watch: Watch) -> socket.socket:
    failure: OSError | None = None
    for address in addresses:
        if watch.stopped():
            break
        try:
            made = socket.create_connection((address, connection.port), min(_CONNECTING, watch.left))
        except OSError as error:
            failure = error
            continue
        watch.guard(made)
        made.settimeout(watch.left)
        return made
    raise NewConnectionError(connection, f"Failed to connect: {failure}") from failure
