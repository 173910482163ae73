"""The window asks before it fetches from the editor's own network, beside whatever else goes on."""

import socket
import threading

import pytest
from PySide6.QtCore import Qt

from workstation.domain.hosts import THIS_MACHINE, OwnHost
from workstation.ui.dialogs.own_hosts import OwnHostsDialog
from workstation.ui.inbox.targets import Target, TargetKind
from workstation.workflow.gathering import Gathering

TEXT = b"<title>A ferry waits</title><article><p>A ferry waits off the bar, and nobody knows for how long.</p></article>"


@pytest.fixture
def url():
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                connection.recv(65_536)
                head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(TEXT)}\r\nConnection: close\r\n\r\n"
                connection.sendall(head.encode() + TEXT)

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/a"
    listening.close()


@pytest.fixture
def window(room):
    """A window that may go to the network."""
    window = room.open()
    online = Gathering(room.desk.store, room.desk.worker, consents=room.desk.gathering.consents)
    window._capturing._gathering = online
    return window


def asked(window, qtbot):
    qtbot.waitUntil(lambda: window.own_hosts._box is not None, timeout=5_000)
    return window.own_hosts._box


def press(box, words):
    next(button for button in box.buttons() if button.text() == words).click()


def test_once_captures_and_asks_again_always_does_not(window, room, qtbot, url):
    gathering = room.desk.gathering
    said = []
    room.session.said.connect(lambda text, tone: said.append((text, tone)))
    window._capturing.capture([Target(TargetKind.LINK, url)])
    box = asked(window, qtbot)
    assert box.text().endswith("is an address of this machine. Fetch from it?")
    assert box.defaultButton().text() == "&No"
    press(box, "&Once")
    qtbot.waitUntil(lambda: len(gathering.items()) == 1 and bool(said), timeout=10_000)
    assert not gathering.consents.remembered
    window._capturing.capture([Target(TargetKind.LINK, url + "b")])
    press(asked(window, qtbot), "&Always for this host")
    name = url.split("/")[2]
    qtbot.waitUntil(lambda: gathering.consents.remembered == {OwnHost(name, THIS_MACHINE)}, timeout=10_000)
    window._capturing.capture([Target(TargetKind.LINK, url + "c")])
    qtbot.waitUntil(lambda: len(said) >= 3, timeout=10_000)
    assert window.own_hosts._box is None
    assert all(tone != "bad" for _, tone in said)


def test_no_fetches_nothing_and_says_why(window, room, qtbot, url):
    said = []
    room.session.said.connect(lambda text, tone: said.append((text, tone)))
    window._capturing.capture([Target(TargetKind.LINK, url)])
    press(asked(window, qtbot), "&No")
    qtbot.waitUntil(lambda: bool(said), timeout=5_000)
    assert "private network" in said[-1][0]
    assert not room.desk.gathering.items()


def test_what_was_allowed_can_be_taken_back_host_by_host(window, room, qtbot):
    consents = room.desk.gathering.consents
    for host in consents.remembered:  # the file is one for all desks
        consents.forget(host.name)
    for name in ("cms.intranet", "news.intranet", "wiki.intranet"):
        consents.allow(OwnHost(name, "your own network"))
    window.own_hosts.show()
    dialog = next(child for child in window.children() if isinstance(child, OwnHostsDialog))
    names = dialog.list.model()
    qtbot.waitUntil(lambda: names.rowCount() == 3)
    dialog.list.setCurrentIndex(names.index(1))
    assert dialog.list.currentIndex().data() == "news.intranet (your own network)"

    dialog.ask_again.click()
    qtbot.waitUntil(lambda: names.stringList() == ["cms.intranet (your own network)", "wiki.intranet (your own network)"])
    assert {host.name for host in consents.remembered} == {"cms.intranet", "wiki.intranet"}

    dialog.activateWindow()
    dialog.list.setFocus()
    qtbot.waitUntil(dialog.list.hasFocus)
    dialog.list.selectAll()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not names.rowCount())
    assert not consents.remembered
    assert not dialog.ask_again.isEnabled()
