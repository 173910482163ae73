from __future__ import annotations

import http.client
import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from workstation.ingest.door import CHROMIUM_ORIGIN
from workstation.workflow.browser_door import BrowserDoor
from workstation.workflow.desk import Desk

from .conftest import ARTICLE, page

URL = "https://harbourgazette.example/lock"


class Watched:
    """A door with what came through it."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder = desk, folder
        self.captured: list = []
        self.warned: list[str] = []
        self.door = self.again()

    def again(self) -> BrowserDoor:
        file = BrowserDoor.file_of(self.folder / "desk.db")
        return BrowserDoor(self.desk.gathering, file, captured=self.captured.append, warned=self.warned.append)

    def post(self, token: str | None = None) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.door.state.port, timeout=30)
        body = json.dumps({"url": URL, "html": page().decode(), "words": ARTICLE[1][:30]})
        secret = self.door.state.token if token is None else token
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {secret}", "Origin": CHROMIUM_ORIGIN}
        connection.request("POST", "/capture", body, headers)
        status = connection.getresponse().status
        connection.close()
        return status


@pytest.fixture
def watched(desk: Desk, tmp_path: Path) -> Iterator[Watched]:
    watched = Watched(desk, tmp_path)
    yield watched
    watched.door.close()


def test_the_door_is_closed_until_it_is_switched_on(watched: Watched) -> None:
    watched.door.resume()
    assert not watched.door.is_open
    assert not watched.door.file.exists()


def test_a_page_that_comes_in_is_an_item_with_its_selected_words(watched: Watched) -> None:
    watched.door.switch_on()
    assert watched.post() == 200
    (captured,) = watched.captured
    (id,) = captured.items
    item = watched.desk.gathering.item(id)
    assert (item.title, item.url, item.text.split("\n")) == ("A lock opens", URL, ARTICLE)
    found = watched.desk.gathering.linked_passage(id)
    assert found is not None
    assert item.text[slice(*found)] == ARTICLE[1][:30].strip()


def test_port_and_token_are_kept_for_the_next_start_where_nobody_else_reads_them(watched: Watched) -> None:
    watched.door.switch_on()
    state = watched.door.state
    assert len(state.token) >= 32
    if os.name == "posix":
        assert stat.S_IMODE(watched.door.file.stat().st_mode) == 0o600
    watched.door.close()
    watched.door = watched.again()
    watched.door.resume()
    assert watched.door.state == state
    assert watched.post() == 200
    backup = watched.folder / "backup.db"
    watched.desk.backup(backup)
    assert state.token.encode() not in backup.read_bytes()


def test_a_new_token_shuts_the_old_one_out_at_once(watched: Watched) -> None:
    watched.door.switch_on()
    old = watched.door.state.token
    watched.door.new_token()
    assert watched.door.state.token != old
    assert (watched.post(old), watched.post()) == (401, 200)


def test_switched_off_it_answers_nobody_and_stays_off(watched: Watched) -> None:
    watched.door.switch_on()
    watched.door.switch_off()
    with pytest.raises(ConnectionRefusedError):
        watched.post()
    watched.door = watched.again()
    watched.door.resume()
    assert not watched.door.is_open


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"is_on": true, "port": 99999, "token": "x", "firefox": null}'])
def test_a_broken_file_is_a_door_that_was_never_open(watched: Watched, broken: str) -> None:
    watched.door.file.write_text(broken)
    door = watched.again()
    door.resume()
    assert not door.is_open
    assert door.state.port == 0


def test_the_extension_and_the_door_agree(watched: Watched) -> None:
    folder = watched.door.extension_folder()
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["permissions"] == ["activeTab", "scripting", "storage"]
    assert manifest["host_permissions"] == ["http://127.0.0.1/*"]
    files = [manifest["background"]["service_worker"], manifest["options_ui"]["page"], *manifest["icons"].values()]
    assert all((folder / file).is_file() for file in files)
    bookmarklet = watched.door.bookmarklet()
    assert re.fullmatch(r"javascript:[!-~]+", bookmarklet)
    assert "saved from url" in unquote(bookmarklet)


def test_without_the_network_no_door_is_opened_by_itself(watched: Watched, make_desk, tmp_path: Path) -> None:
    watched.door.switch_on()
    watched.door.close()
    watched.desk = make_desk("offline.db", offline=True)
    again = watched.again()
    again.resume()
    assert again.state.is_on
    assert not again.is_open
