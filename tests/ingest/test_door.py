"""The six attacks that a web page or another program can try, and more, with raw sockets over a real door."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from workstation.errors import InputError, ReadError
from workstation.ingest import door as doors
from workstation.ingest.door import CHROMIUM_ORIGIN, LENGTH, Door, Handed, Key

SECRET = "a-secret-of-the-program"
PAGE = {"url": "https://harbourgazette.example/lock", "html": "<p>The gate rose.</p>", "words": "gate"}
FIREFOX = "moz-extension://0f9d8a7c-1b2e-4c3d-9e8f-001122334455"


@dataclass
class Doorway:
    door: Door
    handed: list[Handed] = field(default_factory=list)
    firefox: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    hand: Callable[[Handed], str] = lambda _: "Captured."

    @property
    def port(self) -> int:
        assert self.door.port is not None
        return self.door.port

    def raw(self, request: bytes) -> bytes:
        """What is answered to these bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=15) as connection:
            connection.sendall(request)
            return _all(connection)

    def post(self, body: object = PAGE, *, line: str = "POST /capture HTTP/1.1", **headers: str | None) -> tuple[int, str]:
        """Status and body of the answer; ``headers`` replace those of a good request, None leaves one out."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = {
            "Host": f"127.0.0.1:{self.port}",
            "Content_Type": "application/json",
            "Authorization": f"Bearer {SECRET}",
            "Content_Length": str(len(data)),
        } | headers
        lines = [line, *(f"{name.replace('_', '-')}: {value}" for name, value in given.items() if value is not None)]
        head, _, told = self.raw("\r\n".join(lines).encode() + b"\r\n\r\n" + data).partition(b"\r\n\r\n")
        assert b"access-control" not in head.lower()
        return int(head.split()[1]), told.decode()


def _all(connection: socket.socket) -> bytes:
    answer = b""
    while piece := connection.recv(65_536):
        answer += piece
    return answer


@pytest.fixture
def doorway() -> Iterator[Doorway]:
    def hand(handed: Handed) -> str:
        made.handed.append(handed)
        return made.hand(handed)

    door = Door(
        Key(SECRET), hand, keep_firefox=lambda origin: made.firefox.append(origin), warn=lambda told: made.warned.append(told)
    )
    made = Doorway(door)
    door.open()
    yield made
    door.close()


def test_the_extension_hands_a_page_over(doorway):
    status, told = doorway.post(Origin=CHROMIUM_ORIGIN)
    assert (status, json.loads(told)) == (200, {"told": "Captured."})
    assert doorway.handed == [Handed(url=PAGE["url"], html=PAGE["html"], words="gate")]


def test_a_program_of_the_editor_that_knows_the_secret_needs_no_origin(doorway):
    assert doorway.post()[0] == 200


@pytest.mark.parametrize(
    ("attack", "status"),
    [
        ({"Host": "evil.example:{port}"}, 403),  # a name bound anew to 127.0.0.1
        ({"Host": "localhost:{port}"}, 403),
        ({"Host": "127.0.0.1"}, 403),
        ({"Host": None}, 403),
        ({"Origin": "https://evil.example"}, 403),  # a page that posts across origins
        ({"Origin": "http://127.0.0.1:{port}"}, 403),
        ({"Origin": "null"}, 403),  # a page in a sandbox, a data: address, a file
        ({"Origin": "chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, 403),  # another extension
        ({"Origin": CHROMIUM_ORIGIN + ".evil.example"}, 403),
        ({"Content_Type": "text/plain"}, 415),  # what a page may send without asking
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content_Type": "multipart/form-data; boundary=x"}, 415),
        ({"Content_Type": "text/plain; application/json"}, 415),
        ({"Content_Type": "application/json; charset=utf-16"}, 415),
        ({"Content_Type": None}, 415),
        ({"Authorization": None}, 401),
        ({"Authorization": f"Bearer {SECRET[:-1]}"}, 401),
        ({"Authorization": f"Bearer {SECRET}x"}, 401),
        ({"Authorization": "Bearer "}, 401),
        ({"Authorization": f"Basic {SECRET}"}, 401),
        ({"Authorization": "Bearer \xff\xfe"}, 401),
        ({"Content_Length": None}, 411),
        ({"Content_Length": "-1"}, 411),
        ({"Content_Length": "1e3"}, 411),
        ({"Transfer_Encoding": "chunked"}, 411),
        ({"Content_Length": str(LENGTH + 1)}, 413),
        ({"line": "GET /capture HTTP/1.1"}, 405),
        ({"line": "OPTIONS /capture HTTP/1.1"}, 405),  # the question that a browser asks before it lets a page post
        ({"line": "PUT /capture HTTP/1.1"}, 405),
        ({"line": "POST /capture/ HTTP/1.1"}, 404),
        ({"line": "POST /capture?token=x HTTP/1.1"}, 404),
        ({"line": "POST http://evil.example/capture HTTP/1.1"}, 404),
    ],
)
def test_nothing_else_comes_in(doorway, attack, status):
    sent = {name: value and value.replace("{port}", str(doorway.port)) for name, value in attack.items()}
    body = b"" if attack.get("Content_Length") == str(LENGTH + 1) else PAGE
    if body == b"":  # it is refused before the body is waited for
        head = f"POST /capture HTTP/1.1\r\nHost: 127.0.0.1:{doorway.port}\r\nContent-Type: application/json\r\n"
        head += f"Authorization: Bearer {SECRET}\r\nContent-Length: {LENGTH + 1}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", doorway.port), timeout=5) as connection:
            connection.sendall(head.encode())
            assert b" 413 " in connection.recv(4096)
    else:
        assert doorway.post(body, **sent)[0] == status
    assert doorway.handed == []


@pytest.mark.parametrize(
    "name", ["Host: 127.0.0.1:{port}", "Content-Length: 5", "Authorization: Bearer x", "Content-Type: text/plain"]
)
def test_a_header_that_stands_there_twice_is_no_header(doorway, name):
    doubled = f"POST /capture HTTP/1.1\r\n{name.replace('{port}', str(doorway.port))}"
    assert doorway.post(line=doubled)[0] in {401, 403, 411, 415}
    assert doorway.handed == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"not json",
        b"[" * 200_000,
        b'{"url": "https://a.example/", "html": 5}',
        b'{"url": "file:///etc/passwd", "html": "<p>x"}',
        b'{"url": "javascript:alert(1)", "html": "<p>x"}',
        b'{"url": "https://a.example/", "html": "  "}',
        b"\xff\xfe{}",
    ],
)
def test_what_is_no_page_is_told_so(doorway, body):
    status, told = doorway.post(body)
    assert status == 400
    assert "This is no page" in told
    assert doorway.handed == []


def test_every_wrong_secret_gets_the_same_answer(doorway):
    answers = {doorway.post(Authorization=f"Bearer {wrong}") for wrong in ("x", SECRET[:-1], SECRET.upper())}
    assert answers == {(401, "")}


def test_after_five_wrong_secrets_nobody_is_let_in_for_a_while(doorway, monkeypatch):
    for _ in range(5):
        assert doorway.post(Authorization="Bearer x")[0] == 401
    assert doorway.post()[0] == 429
    assert len(doorway.warned) == 1
    shut = time.monotonic() + doors.SHUT
    monkeypatch.setattr(doors.time, "monotonic", lambda: shut + 1)
    assert doorway.post()[0] == 200


def test_pages_that_knock_cannot_shut_the_extension_out(doorway):
    for _ in range(20):
        doorway.post(Origin="https://evil.example", Authorization="Bearer x")
    assert doorway.post(Origin=CHROMIUM_ORIGIN)[0] == 200


def test_the_first_firefox_that_knows_the_secret_is_kept_and_no_other(doorway):
    assert doorway.post(Origin=FIREFOX, Authorization="Bearer x")[0] == 401
    assert doorway.firefox == []
    assert doorway.post(Origin=FIREFOX)[0] == 200
    assert doorway.firefox == [FIREFOX]
    assert doorway.post(Origin=FIREFOX.replace("0f9d", "ffff"))[0] == 403
    assert doorway.post(Origin=FIREFOX)[0] == 200


def test_a_page_that_cannot_be_read_is_told_with_its_reason(doorway):
    def refuse(_handed):
        raise ReadError("There is nothing to read in this page", "Paste its text.")

    doorway.hand = refuse
    status, told = doorway.post()
    assert (status, json.loads(told)["told"]) == (422, "There is nothing to read in this page. Paste its text.")


def test_a_request_that_drips_is_cut_and_the_others_are_served(doorway, monkeypatch):
    monkeypatch.setattr(doors, "SECONDS", 0.6)
    started = time.monotonic()
    with socket.create_connection(("127.0.0.1", doorway.port), timeout=10) as slow:
        slow.sendall(b"POST /capture HTTP/1.1\r\n")
        assert doorway.post()[0] == 200
        ended = False
        while not ended and time.monotonic() - started < 8:
            try:
                slow.sendall(b"X: y\r\n")
            except OSError:
                ended = True
            time.sleep(0.1)
        assert ended


def test_only_a_few_are_let_in_at_once(doorway):
    held = [socket.create_connection(("127.0.0.1", doorway.port), timeout=5) for _ in range(doors.AT_ONCE)]
    time.sleep(0.2)
    with socket.create_connection(("127.0.0.1", doorway.port), timeout=5) as late:
        assert late.recv(10) == b""
    for connection in held:
        connection.close()
    for _ in range(50):
        time.sleep(0.02)
        try:
            if doorway.post()[0] == 200:
                break
        except (OSError, IndexError):
            continue
    assert len(doorway.handed) == 1


def test_pages_are_handed_in_one_after_the_other(doorway):
    inside, most = [], []

    def slow(_handed):
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.1)
        inside.pop()
        return "Captured."

    doorway.hand = slow
    threads = [threading.Thread(target=doorway.post) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(doorway.handed), max(most)) == (3, 1)


def test_a_closed_door_cuts_what_is_being_said_and_can_be_opened_on_its_port_again(doorway):
    port = doorway.port
    with socket.create_connection(("127.0.0.1", port), timeout=5) as talking:
        talking.sendall(b"POST /capture HTTP/1.1\r\nHost: x\r\n")
        time.sleep(0.1)
        started = time.monotonic()
        doorway.door.close()
        assert talking.recv(10) == b""
        assert time.monotonic() - started < 1
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=2)
    assert doorway.door.open(port) == port
    assert doorway.post()[0] == 200


def test_a_port_that_is_taken_is_told(doorway):
    other = Door(Key(SECRET), lambda _: "", keep_firefox=lambda _: None, warn=lambda _: None)
    with pytest.raises(InputError, match="another port"):
        other.open(doorway.port)
    assert other.port is None


def test_it_listens_on_loopback_alone(doorway):
    assert doorway.door._server.socket.getsockname()[0] == "127.0.0.1"
