"""The menu's way to capture a folder."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog

from workstation.ui.source_files import READABLE


def test_a_folder_is_captured_by_the_menu(room, qtbot, monkeypatch):
    window = room.open()
    folder = room.folder / "sources"
    folder.mkdir()
    (folder / "lock.txt").write_text("A lock opens\n\nThe lock at Orrin opened on Thursday.", encoding="utf-8")
    (folder / "tide.rtf").write_bytes(rb"{\rtf1\ansi{\info{\title High tide}}The water rose twice.\par}")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    window.files.choose_folder()
    qtbot.waitUntil(lambda: len(window._desk.gathering.items()) == 2, timeout=20_000)
    assert sorted(item.title for item in window._desk.gathering.items()) == ["A lock opens", "High tide"]


def test_the_file_dialog_offers_every_kind():
    for ending in (".pdf", ".eml", ".mhtml", ".docx", ".warc.gz", ".webloc"):
        assert f"*{ending}" in READABLE.split(";;")[0]
