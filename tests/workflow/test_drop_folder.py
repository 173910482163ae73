from __future__ import annotations

import os
from pathlib import Path

import pytest

from workstation.errors import InputError
from workstation.workflow.desk import Desk
from workstation.workflow.drop_folder import STILL_SECONDS, DropFolder

from .conftest import MakeDesk, page


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Watched:
    def __init__(self, desk: Desk, path: Path) -> None:
        self.desk, self.path, self.clock = desk, path, Clock()
        self.drop = DropFolder(desk.store, desk.gathering, clock=self.clock)

    def put(self, name: str, data: bytes | None = None) -> Path:
        file = self.path / name
        file.write_bytes(page(name) if data is None else data)
        return file

    def look(self, after: float = STILL_SECONDS):
        self.clock.now += after
        return self.drop.look()

    def looks(self):
        """Two looks with enough time between them."""
        self.look(0)
        return self.look()

    @property
    def titles(self) -> list[str]:
        return sorted(summary.title for summary in self.desk.gathering.items())


@pytest.fixture
def watched(desk: Desk, tmp_path: Path) -> Watched:
    folder = tmp_path / "drop"
    folder.mkdir()
    watched = Watched(desk, folder)
    watched.drop.watch(folder)
    return watched


def test_a_file_is_captured_once_it_has_stopped_growing_and_stays_where_it_is(watched: Watched) -> None:
    file = watched.put("lock.html", b"<html><title>lock")
    assert watched.look() is None
    assert watched.drop.is_waiting
    watched.put("lock.html")
    assert watched.look() is None  # it changed since the last look
    captured = watched.look()
    assert captured is not None
    assert captured.message == "Drop folder: Captured “lock.html” from Harbour Gazette."
    assert watched.titles == ["lock.html"]
    assert file.exists()
    assert watched.looks() is None


def test_downloads_that_are_not_done_and_what_is_no_file_are_left_alone(watched: Watched, tmp_path: Path) -> None:
    for name in ("a.html.crdownload", "b.html.part", "c.html~", ".hidden.html", "~$d.html", "e.tmp", "empty.html"):
        watched.put(name, b"" if name == "empty.html" else None)
    (watched.path / "folder.html").mkdir()
    outside = tmp_path / "outside.html"
    outside.write_bytes(page())
    (watched.path / "link.html").symlink_to(outside)
    assert watched.looks() is None
    assert watched.titles == []
    (watched.path / "a.html.crdownload").rename(watched.path / "a.html")
    assert watched.looks() is not None
    assert watched.titles == ["a.html.crdownload"]


def test_nothing_is_captured_twice_across_restarts(make_desk: MakeDesk, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    first = Watched(make_desk(), folder)
    first.drop.watch(folder)
    first.put("lock.html")
    assert first.looks() is not None
    first.desk.store.close()
    again = Watched(make_desk(), folder)
    assert (again.drop.is_on, again.drop.folder) == (True, folder)
    assert again.looks() is None
    again.put("lock.html", page("A new headline"))
    assert again.looks() is not None
    assert again.titles == ["A new headline", "lock.html"]


def test_what_was_there_before_is_captured_only_when_asked_for(watched: Watched, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "old.html").write_bytes(page("Old"))
    watched.drop.watch(other)
    assert watched.looks() is None
    watched.drop.watch(tmp_path / "drop")
    watched.drop.watch(other, with_present=True)
    assert watched.looks() is not None
    assert watched.titles == ["Old"]


def test_a_file_that_cannot_be_read_is_told_once_and_keeps_nobody_out(watched: Watched) -> None:
    watched.put("broken.html", b"\x89PNG\r\n\x1a\n" + bytes(100))
    watched.put("lock.html")
    captured = watched.looks()
    assert captured is not None
    assert captured.tone == "warn"
    assert captured.message.startswith("Drop folder: Captured “lock.html” from Harbour Gazette. broken.html")
    assert watched.looks() is None
    watched.put("broken.html")  # mended: another size and time
    assert watched.looks() is not None
    assert watched.titles == ["broken.html", "lock.html"]


def test_a_folder_that_vanished_is_told_once_and_watched_again_when_it_is_back(watched: Watched) -> None:
    watched.put("lock.html")
    assert watched.looks() is not None
    away = watched.path.with_name("away")
    watched.path.rename(away)
    with pytest.raises(InputError, match="cannot be read"):
        watched.look()
    assert watched.look() is None
    away.rename(watched.path)
    watched.put("more.html")
    assert watched.looks() is not None
    assert watched.titles == ["lock.html", "more.html"]


@pytest.mark.skipif(os.name != "posix", reason="names of any bytes")
def test_a_name_that_is_no_text_is_taken_too(watched: Watched) -> None:
    name = os.fsdecode(b"lock-\xff.html")
    watched.put(name, page("Odd name"))
    assert watched.looks() is not None
    assert watched.looks() is None
    assert watched.titles == ["Odd name"]


def test_a_folder_that_is_none_is_refused_and_the_old_one_stays(watched: Watched, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        watched.drop.watch(tmp_path / "nowhere")
    assert watched.drop.folder == watched.path


def test_stopped_it_captures_nothing(watched: Watched) -> None:
    watched.put("lock.html")
    watched.drop.stop()
    assert watched.looks() is None
