"""Opening a desk for the window: what stands in the way is asked or told, and where it lies is told until it was decided."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from workstation.domain.backup import BackupReason
from workstation.domain.story import Story
from workstation.store import Store, whereabouts
from workstation.ui.opening import FAILED, Opened, open_desk
from workstation.ui.opening_notices import CONFLICTS_KEY, PLACE_KEY, OpeningNotices
from workstation.ui.restart import Restart
from workstation.workflow import relocating
from workstation.workflow.second_start import Start

ELSEWHERE = b"4711 harbour-laptop 0123456789ab\n"


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """A desk whose lock another machine left."""
    path = tmp_path / "share" / "desk.db"
    with Store.open(path) as store:
        store.stories.add(Story(slug="harbour", headline="The harbour"))
    path.with_name("desk.db.lock").write_bytes(ELSEWHERE)
    return path


def pressing(words: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whatever box comes next is answered with the button of these words; answers with what was asked."""
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(f"{box.text()} {box.informativeText()}")
        for button in box.buttons():
            if button.text().replace("&", "") == words:
                button.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return asked


@pytest.mark.parametrize("words", ["Open anyway", "Open for reading", "Open a copy", "Cancel"])
def test_a_lock_of_another_machine_is_asked_about(qapp, left: Path, tmp_path: Path, monkeypatch, words: str) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    asked = pressing(words, monkeypatch)
    opened = open_desk(left, offline=True, start=Start())
    assert "harbour-laptop" in asked[0]
    assert "--take-over" not in asked[0]
    if words == "Cancel":
        assert opened == FAILED
        assert left.with_name("desk.db.lock").read_bytes() == ELSEWHERE
        return
    assert isinstance(opened, Opened)
    with opened.desk as desk:
        assert [entry.slug for entry in desk.writing.entries()] == ["harbour"]
        assert desk.is_read_only is (words == "Open for reading")
        assert (desk.path != left) is (words == "Open a copy")
        assert bool(opened.why) is (words != "Open anyway")


def test_a_desk_that_cannot_be_opened_is_told_once(qapp, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "desk.db").write_bytes(b"no desk at all" * 100)
    asked = pressing("", monkeypatch)
    assert open_desk(tmp_path / "desk.db", offline=True, start=Start()) == FAILED
    assert len(asked) == 1


def notices(room) -> OpeningNotices:
    restart = Restart(room.desk.path, offline=True)
    return OpeningNotices(room.window, room.session, room.settings, Opened(room.desk), restart)


def test_an_unsafe_place_is_told_at_every_start_until_it_was_decided(room, monkeypatch) -> None:
    room.open()
    (room.folder / ".stfolder").mkdir()
    room.desk.store.backup(room.folder / "desk.sync-conflict-20260302-101500-ABCDEFG.db")
    lie = relocating.look_at(room.desk.path)
    assert lie.is_unsafe
    for _ in range(2):
        opening = notices(room)
        opening._tell_lie(lie)
        told = room.window.notices.told(PLACE_KEY)
        assert told.text.startswith("Syncthing keeps the folder")
        assert [words for words, _ in told.acts] == ["Keep the desk on this machine…", "Leave it here"]
    told.acts[1][1]()
    assert room.window.notices.told(PLACE_KEY) is None
    conflicts = room.window.notices.told(CONFLICTS_KEY)
    assert "desk.sync-conflict" in conflicts.text
    conflicts.acts[1][1]()
    notices(room)._tell_lie(lie)
    assert room.window.notices.told(PLACE_KEY) is None
    assert room.window.notices.told(CONFLICTS_KEY) is None


def test_keeping_the_desk_here_closes_the_window_and_moves_it_when_it_is_closed(room, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    started: list[list[str]] = []
    monkeypatch.setattr("workstation.ui.restart.os.execv", lambda _, call: started.append(call))
    room.open(Story(slug="harbour", headline="The harbour"))
    restart = Restart(room.desk.path, offline=True)
    opening = OpeningNotices(room.window, room.session, room.settings, Opened(room.desk), restart)
    room.desk.backing_up.take(BackupReason.HAND)
    old, new = room.desk.path, tmp_path / "data" / "signals-workstation" / "desk.db"
    pressing("Move the desk", monkeypatch)
    opening._confirm_move(relocating.Lie(), relocating.safe_place(old))
    assert not room.window.isVisible()
    assert old.exists()
    room.desk.close()
    restart.carry_out()
    assert (old.exists(), new.exists(), started[0][-3:]) == (False, True, ["--store", str(new), "--offline"])
    with Store.open(whereabouts(old)) as store:
        assert store.stories.id_of("harbour")
        assert len(store.backups.all()) == 1  # those of the old place went along
        assert store.backups.second_folder == old.parent
