from __future__ import annotations

import http.client
import json

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from workstation.ui.dialogs.browser_capture import BrowserCaptureDialog
from workstation.ui.dialogs.drop_folder import DropFolderDialog
from workstation.workflow.gathering import Gathering

from ..conftest import page

TEXT = "The bar was dredged on Monday.\nPilots went back to work at dawn, and the first of the waiting boats sailed."


def post(door) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", door.state.port, timeout=30)
    html = page("Harbour reopens", TEXT, "The Lantern Post").decode()
    body = json.dumps({"url": "https://lantern-post.example/bar", "html": html, "words": "Pilots went back"})
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {door.state.token}"}
    connection.request("POST", "/capture", body, headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_the_door_is_switched_in_its_dialog_and_what_comes_in_is_in_the_inbox_at_once(room, qtbot):
    window = room.open()
    capture = window._browser
    dialog = BrowserCaptureDialog(room.session, room.theme, capture, window)
    dialog.show()
    assert not dialog.switch.isChecked()
    assert not dialog.copy_pairing.isEnabled()
    dialog.switch.click()
    qtbot.waitUntil(lambda: capture.door.is_open and dialog.switch.isEnabled())
    assert window._browser.chip.isVisible()
    assert dialog.token.echoMode() is QLineEdit.EchoMode.Password
    dialog.copy_pairing.click()
    assert QGuiApplication.clipboard().text() == f"{capture.door.state.port}:{capture.door.state.token}"
    task = room.session.run(lambda _: post(capture.door))
    with qtbot.waitSignal(task.ended):
        pass
    qtbot.waitUntil(lambda: ("From the browser: Captured “Harbour reopens” from The Lantern Post.", "good") in room.said)
    qtbot.waitUntil(lambda: [row.title for row in window.inbox._list.items.rows] == ["Harbour reopens"])
    (row,) = window.inbox._list.items.rows
    room.session.show_item(row.id)
    reader = window.reader
    qtbot.waitUntil(lambda: reader._view.passage is not None and reader._words(reader._view.passage) == "Pilots went back")
    old = capture.door.state.token
    dialog.renew.click()
    qtbot.waitUntil(lambda: dialog.token.text() not in ("", old))
    dialog.switch.click()
    qtbot.waitUntil(lambda: not capture.door.is_open and dialog.switch.isEnabled())
    assert not window._browser.chip.isVisible()
    dialog.close()


def test_a_door_that_was_open_is_open_again_at_the_next_start_and_closes_with_the_window(room, qtbot, monkeypatch):
    monkeypatch.setattr(Gathering, "is_offline", False)
    door = room.open()._browser.door
    door.switch_on()
    room.again()
    assert not door.is_open
    window = room.open_last()
    window.painted.emit()
    qtbot.waitUntil(lambda: window._browser.door.is_open)
    assert window._browser.door.state == door.state


def test_files_that_are_put_into_the_drop_folder_come_in_by_themselves(room, qtbot):
    window = room.open()
    folder = room.folder / "drop"
    folder.mkdir()
    (folder / "old.html").write_bytes(page("Old", TEXT, "The Lantern Post"))
    dialog = DropFolderDialog(window._drops, window)
    dialog.show()
    dialog.path.setText(str(folder / "nowhere"))
    dialog.switch.setChecked(True)
    assert not dialog.ok.isEnabled()
    dialog.path.setText(str(folder))
    dialog.ok.click()
    qtbot.waitUntil(lambda: window._drops._watcher.directories() == [str(folder)])
    (folder / "new.html").write_bytes(page("New", TEXT, "The Lantern Post"))
    qtbot.waitUntil(lambda: [row.title for row in window.inbox._list.items.rows] == ["New"])
    assert room.said[-1] == ("Drop folder: Captured “New” from The Lantern Post.", "good")
    again = DropFolderDialog(window._drops, window)
    assert (again.path.text(), again.switch.isChecked()) == (str(folder), True)
    again.switch.setChecked(False)
    again.ok.click()
    qtbot.waitUntil(lambda: not window._drops.drop.is_on and window._drops._watcher.directories() == [])
