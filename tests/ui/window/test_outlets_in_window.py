"""The outlets in the window: their menu entry, and icons that come after the items, by themselves."""

from __future__ import annotations

import io
import socket
import threading
from dataclasses import replace

from PIL import Image
from PySide6.QtWidgets import QDialog

from workstation.ingest.fetch import Limits
from workstation.ui import icon_fetching
from workstation.ui.dialogs.outlets import OutletsDialog
from workstation.ui.icon_fetching import IconFetching
from workstation.workflow.gathering import Gathering


def served(answers: dict[str, tuple[str, bytes]]) -> socket.socket:
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                path = connection.recv(65_536).split(b" ", 2)[1].decode()
                kind, body = answers.get(path, ("text/plain", b""))
                status = "200 OK" if path in answers else "404 Not Found"
                head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
                connection.sendall(head.encode() + body)

    threading.Thread(target=serve, daemon=True).start()
    return listening


def test_the_outlets_are_in_the_menu_and_so_in_the_palette(room, monkeypatch) -> None:
    window = room.open()
    shown: list[QDialog] = []
    monkeypatch.setattr(window, "_exec", shown.append)
    (action,) = [action for menu in window._menus for action in menu.actions() if action.text() == "&Outlets…"]
    action.trigger()
    assert isinstance(shown[0], OutletsDialog)
    shown[0].deleteLater()


def test_the_icon_of_a_new_item_comes_by_itself_a_moment_later(room, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(icon_fetching, "SOON_MS", 20)
    out = io.BytesIO()
    Image.new("RGB", (180, 180), "#0b5f6b").save(out, "PNG")
    text = b"<p>A ferry waits off the bar, and nobody on the quay knows for how long it is going to be.</p>" * 3
    html = (
        b"<html><head><link rel=apple-touch-icon href=/touch.png></head><body><article><h1>A ferry waits</h1>%s</article>" % text
    )
    listening = served({"/ferry": ("text/html", html), "/touch.png": ("image/png", out.getvalue())})
    address = f"127.0.0.1:{listening.getsockname()[1]}"
    gathering = Gathering(room.desk.store, room.desk.worker, limits=replace(Limits(), allow=(address,)))
    fetching = IconFetching(room.session, gathering.outlet_desk, room.theme)
    captured = gathering.capture_url(f"http://{address}/ferry")
    (item,) = captured.items
    assert gathering.summary(item).icon is None
    told = []
    room.session.changed.connect(lambda changes, initiator: told.append((changes.items, initiator)))
    room.session.publish(captured.changes)
    qtbot.waitUntil(lambda: gathering.summary(item).icon is not None and len(told) == 2)
    assert told[1] == (frozenset({item}), fetching)
    qtbot.waitUntil(lambda: not fetching._is_running)
    listening.close()
