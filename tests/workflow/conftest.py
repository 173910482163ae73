"""A desk with real parts: its own store for each test, one reading process for all of them, a real server on loopback."""

from __future__ import annotations

import contextlib
import io
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from workstation.ingest.fetch import Limits
from workstation.ingest.worker import ReadingWorker
from workstation.store import Store
from workstation.workflow.desk import Desk
from workstation.workflow.destinations import Destinations
from workstation.workflow.documents import Documents
from workstation.workflow.gathering import Gathering
from workstation.workflow.house_styles import HouseStyles
from workstation.workflow.publications import Publications
from workstation.workflow.publishing import Publishing
from workstation.workflow.quoting import Quoting
from workstation.workflow.reviewing import Reviewing
from workstation.workflow.sampling import Sampling
from workstation.workflow.secrets import Secrets
from workstation.workflow.sending import Sending
from workstation.workflow.spelling import Spelling
from workstation.workflow.versions import Versions
from workstation.workflow.writing import Writing

ARTICLE = """
The lock at Orrin opened on Thursday after nine years of repairs, and a queue of 61 barges began to move before sunrise.
“We waited for two harvests”, said the miller Ines Vale, who had come down with her sons to see the first gate swing.
The river council called it 😀 a holiday for the towns. “Nobody will pay tolls before September,” the council’s clerk said.
Upstream the mood was calmer: the farmers asked who would pay for the ice that the gates now hold back every winter.
""".strip().split("\n")


def page(title: str = "A lock opens", *, head: str = "", outlet: str = "Harbour Gazette") -> bytes:
    """The HTML of an invented article."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in ARTICLE)
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:site_name" content="{outlet}">{head}</head>'
        f"<body><header><nav>Home News Sport</nav></header><article><h1>{title}</h1>{text}</article></body></html>"
    ).encode()


def png(width: int = 32, height: int = 32, colour: str = "#7a2e1d") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="session")
def worker() -> Iterator[ReadingWorker]:
    with ReadingWorker() as worker:
        yield worker


MakeDesk = Callable[..., Desk]


@pytest.fixture
def make_desk(tmp_path: Path, worker: ReadingWorker) -> Iterator[MakeDesk]:
    """Opens desks over stores in a temporary folder; their stores are closed at the end."""
    stores: list[Store] = []

    def make(name: str = "desk.db", *, offline: bool = False, limits: Limits | None = None) -> Desk:
        store = Store.open(tmp_path / name)
        stores.append(store)
        writing = Writing(store)
        folder = tmp_path / "publications"
        folder.mkdir(exist_ok=True)
        publications = Publications(store, writing, folder)
        styles = HouseStyles(store, writing, publications, tmp_path / "house-style")
        reviewing = Reviewing(store, writing, publications, styles)
        publishing = Publishing(store, writing, reviewing, publications)
        return Desk(
            store=store,
            worker=worker,
            gathering=Gathering(store, worker, offline=offline, limits=limits or Limits()),
            quoting=Quoting(store, writing),
            writing=writing,
            reviewing=reviewing,
            publications=publications,
            styles=styles,
            publishing=publishing,
            documents=Documents(store, worker, writing),
            sampling=Sampling(store, worker, writing),
            versions=Versions(store, writing),
            spelling=Spelling(store, writing),
            sending=Sending(store, publishing, Destinations(store, Secrets({}), offline=offline)),
        )

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    return make_desk()


@pytest.fixture
def item(desk: Desk, tmp_path: Path) -> str:
    """The id of the article, captured from a file."""
    file = tmp_path / "lock.html"
    file.write_bytes(page(head='<link rel="canonical" href="https://harbourgazette.example/lock">'))
    return desk.gathering.capture_file(file).items[0]


class Site:
    """A real server on loopback; counts what it was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, bytes]] = {}
        self.faults: dict[str, str] = {}
        self.asked: list[str] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def limits(self) -> Limits:
        return Limits(allow=(f"127.0.0.1:{self.port}",), seconds=10.0)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                with connection, contextlib.suppress(OSError):
                    self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            request += connection.recv(4096)
        path = request.split(b" ", 2)[1].decode()
        self.asked.append(path)
        status, (kind, body) = ("200 OK", self.pages[path]) if path in self.pages else ("404 Not Found", ("text/plain", b"none"))
        status = self.faults.get(path, status)
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode() + body)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()
