"""What every journey needs: invented pages, a real server, a desk as the program opens it, a browser."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from workstation.ingest.fetch import Limits
from workstation.workflow.desk import Desk


@dataclass(frozen=True)
class Article:
    outlet: str
    path: str
    language: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def html(self) -> bytes:
        direction = ' dir="rtl"' if self.language == "ar" else ""
        text = "\n".join(f"<p>{paragraph}</p>" for paragraph in self.paragraphs)
        return (
            f'<!DOCTYPE html><html lang="{self.language}"{direction}><head><meta charset="utf-8">'
            f'<title>{self.title} – {self.outlet}</title><meta property="og:site_name" content="{self.outlet}">'
            f'<meta property="og:title" content="{self.title}"></head><body><nav>Home Sport</nav>'
            f"<script>document.title = 'never run'</script><article><h1>{self.title}</h1>{text}</article>"
            "<footer>Subscribe to our letter</footer></body></html>"
        ).encode()


ARTICLES = (
    Article(
        "Harbour Gazette",
        "/lock",
        "en",
        "Orrin lock opens after nine years",
        (
            "The lock at Orrin opened on Thursday after nine years of repairs, and a queue of 61 barges began to move.",
            "“We waited for two harvests, and the grain did not,” the miller Ines Vale said at the gate.",
            "The river council will not ask for tolls before the autumn, its clerk told the Gazette.",
        ),
    ),
    Article(
        "Kestrel Wire",
        "/tolls",
        "en",
        "Who pays for the Orrin lock?",
        (
            "The towns below the lock fear for their quiet nights, and say so in a letter with four thousand names.",
            "“A road of water is still a road,” wrote the teacher Teodor Anselm, whose house stands forty steps from the bank.",
            "The council promised to answer the letter before the end of the month and to count the ships by night.",
        ),
    ),
    Article(
        "المنارة اليوم",
        "/manara",
        "ar",
        "القفل يفتح أبوابه بعد تسع سنوات",
        (
            "فتح القفل أبوابه صباح الخميس بعد تسع سنوات من الانتظار الطويل، وبدأت السفن تتحرك قبل شروق الشمس بقليل.",
            "وقال رئيس بلدية المدينة السفلى إن السكان يرحبون بالتجارة لكنهم يخشون الازدحام والضجيج في الليل.",
            "وأضاف أن المدينة سوف تطلب من مجلس النهر أن يمنع المرور ليلا حتى نهاية شهر سبتمبر المقبل.",
        ),
    ),
    Article(
        "Tide and Field",
        "/eels",
        "en",
        "Eels of the Orrin have a door again",
        (
            "Beside the new gates runs a narrow stair of water that the eels of the Orrin have not had for a century.",
            "Biologists of the upper valley counted nine of them in the first hour and called it a beginning.",
        ),
    ),
    Article(
        "Upland Ledger",
        "/grain",
        "en",
        "Grain prices fall as barges move",
        (
            "A sack of barley lost a tenth of its price in the upland markets on the day that the first barges came through.",
            "Traders said that the fall would not last, because the boats that return are empty and somebody has to pay them.",
        ),
    ),
)


class Site:
    """A real server on loopback with the articles."""

    def __init__(self) -> None:
        self._pages = {article.path: article.html for article in ARTICLES}
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def limits(self) -> Limits:
        return Limits(allow=(f"127.0.0.1:{self.port}",), seconds=10.0)

    def url(self, article: Article) -> str:
        return f"http://127.0.0.1:{self.port}{article.path}"

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                with connection, contextlib.suppress(OSError, IndexError):
                    request = connection.recv(65536).split(b" ", 2)
                    body = self._pages.get(request[1].decode(), b"")
                    status = "200 OK" if body else "404 Not Found"
                    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
                    connection.sendall(head.encode() + body)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def desk(tmp_path: Path, site: Site) -> Iterator[Desk]:
    (tmp_path / "publications").mkdir()
    with Desk.open(tmp_path / "desk.db", publications=tmp_path / "publications", limits=site.limits) as desk:
        yield desk
