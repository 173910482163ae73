"""A proxy on loopback that breaks one call: before the server hears of it, after it has carried it out, or within its answer."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from enum import StrEnum
from types import TracebackType


class Cut(StrEnum):
    """When a call is broken."""

    BEFORE = "before"
    AFTER = "after"
    WITHIN = "within"
    DRIP = "drip"
    """A byte of the answer every tenth of a second."""


class CuttingProxy:
    """Hands each connection on to a server; the ``at``-th call from :meth:`arm` on (1 is the first) is broken. Counts calls."""

    def __init__(self, port: int) -> None:
        self._server_port = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._cut, self._at = Cut.BEFORE, 0
        self.calls = 0
        self.was_cut = False
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._run, daemon=True).start()

    def arm(self, cut: Cut, at: int) -> None:
        """Break the call that is the ``at``-th from now on; 0 breaks none."""
        self._cut, self._at, self.calls, self.was_cut = cut, at, 0, False

    def __enter__(self) -> CuttingProxy:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _run(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                self.calls += 1
                cut = self._cut if self.calls == self._at else None
                self.was_cut = self.was_cut or cut is not None
                threading.Thread(target=self._hand_on, args=(client, cut), daemon=True).start()

    def _hand_on(self, client: socket.socket, cut: Cut | None) -> None:
        with client, contextlib.suppress(OSError):
            request = _request(client)
            if cut is Cut.BEFORE:
                return
            answer = self._answer(request)
            if cut is Cut.AFTER:
                return
            if cut is Cut.DRIP:
                _drip(client, answer)
                return
            client.sendall(answer[: len(answer) // 2] if cut is Cut.WITHIN else answer)

    def _answer(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self._server_port)) as server:
            server.sendall(request)
            parts = []
            while part := server.recv(65_536):
                parts.append(part)
        return b"".join(parts)


def _request(client: socket.socket) -> bytes:
    """One whole request: its head, and as many bytes of body as that says."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = client.recv(65_536)
        if not part:
            return data
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    while len(body) < int(lengths[0] if lengths else 0):
        body += client.recv(65_536)
    return head + b"\r\n\r\n" + body


def _drip(client: socket.socket, answer: bytes) -> None:
    for byte in answer:
        client.sendall(bytes([byte]))
        time.sleep(0.1)
