"""A real server on loopback that answers exactly the bytes a test wants."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

import pytest


class Server:
    """Answers each path of ``paths`` by a function that is given the open connection; keeps the requests."""

    def __init__(self) -> None:
        self.paths: dict[str, Callable[[socket.socket], None]] = {}
        self.requests: list[str] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def allowed(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def answers(self, path: str, whole: bytes) -> str:
        """Answer ``path`` with these bytes; its address."""
        self.paths[path] = lambda connection: connection.sendall(whole)
        return self.url(path)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            request = b""
            while b"\r\n\r\n" not in request:
                piece = connection.recv(4096)
                if not piece:
                    return
                request += piece
            self.requests.append(request.decode("latin-1"))
            self.paths[request.split(b" ", 2)[1].decode()](connection)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def other_server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()
