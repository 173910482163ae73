"""The list of feeds beside the window."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox

from workstation.domain.feed import Feed
from workstation.ingest.fetch import Limits
from workstation.ui.dialogs.feed_offers import FeedOffersDialog
from workstation.workflow.following import Following

LEFT = Qt.MouseButton.LeftButton
RSS = """<rss version="2.0"><channel><title>{0}</title><item><guid>{0}1</guid><title>News of {0}</title>
<link>https://{0}.example/1</link><description>The first barge went through at dawn.</description></item></channel></rss>"""
PAGE = """<html><head><title>Site</title><link rel="alternate" type="application/rss+xml" title="World" href="/world.xml">
<link rel="alternate" type="application/atom+xml" title="Sport" href="/sport.xml"></head><body></body></html>"""


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        name = self.path.strip("/").removesuffix(".xml")
        body = PAGE.encode() if name == "site" else RSS.format(name).encode()
        self.send_response(404 if name == "missing" else 200)
        self.send_header("Content-Type", "text/html" if name == "site" else "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def base() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def feeds(room, qtbot, base):
    """The dialog over a window whose desk may reach the server on loopback."""
    limits = Limits(allow=(base.removeprefix("http://"),))
    room.desk.gathering.following = Following(room.desk.store, room.desk.worker, limits=limits)
    window = room.open()
    window.feeds.show()
    dialog = window.feeds._dialog
    yield dialog
    dialog.close()


def follow(dialog, qtbot, address: str) -> None:
    dialog._address.setText(address)
    QTest.keyClick(dialog._address, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog._address.text())


def shown(dialog) -> list[Feed]:
    return dialog._table.feeds


def test_an_address_that_is_pasted_is_followed_and_its_items_are_in_the_inbox(room, qtbot, base, feeds) -> None:
    follow(feeds, qtbot, f"{base}/gazette.xml")
    qtbot.waitUntil(lambda: [(feed.label, feed.unread) for feed in shown(feeds)] == [("gazette", 1)])
    assert feeds._hint.text() == "Following “gazette”: 1 new source."
    qtbot.waitUntil(lambda: [row.title for row in room.window.inbox._list.items.rows] == ["News of gazette"])


def test_of_several_feeds_the_editor_ticks_those_to_follow(room, qtbot, base, feeds, answer) -> None:
    seen: list[list[str]] = []

    def tick_all(dialog: FeedOffersDialog) -> int:
        seen.append([dialog._list.item(row).text() for row in range(dialog._list.count())])
        assert dialog.chosen == (f"{base}/world.xml",)
        dialog._list.item(1).setCheckState(Qt.CheckState.Checked)
        return 1

    answer(FeedOffersDialog, tick_all)
    follow(feeds, qtbot, f"{base}/site")
    qtbot.waitUntil(lambda: [feed.label for feed in shown(feeds)] == ["sport", "world"])
    assert seen == [[f"World  (RSS)\n{base}/world.xml", f"Sport  (Atom)\n{base}/sport.xml"]]


def test_a_feed_that_fails_says_so_in_its_row_with_the_cause_below(room, qtbot, base, feeds) -> None:
    room.desk.store.feeds.add_all([Feed(id=0, url=f"{base}/missing.xml", title="Bell", added=_now(), due=_now())])
    feeds._reread()
    qtbot.waitUntil(lambda: len(shown(feeds)) == 1)
    QTest.mouseClick(feeds._made["Refresh &all"], LEFT)
    qtbot.waitUntil(lambda: shown(feeds)[0].failures == 1)
    qtbot.waitUntil(lambda: "no such page (404)" in feeds._detail.text())
    assert feeds._table.index(0, 5).data() == "Failed"
    assert any("1 failed: Bell:" in text and tone == "warn" for text, tone in room.said)


def test_an_address_without_a_feed_is_told_and_stays_to_be_mended(room, qtbot, base, feeds) -> None:
    feeds._address.setText("http://10.0.0.1/feed")
    QTest.mouseClick(feeds._follow, LEFT)
    qtbot.waitUntil(lambda: "private network" in feeds._hint.text())
    assert feeds._address.text() == "http://10.0.0.1/feed"
    qtbot.waitUntil(feeds._follow.isEnabled)


def test_a_feed_is_renamed_moved_paused_and_followed_no_longer(room, qtbot, base, feeds, monkeypatch) -> None:
    follow(feeds, qtbot, f"{base}/gazette.xml")
    qtbot.waitUntil(lambda: len(shown(feeds)) == 1)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("My paper", True))
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: ("Asia/Press", True))
    QTest.mouseClick(feeds._made["Re&name…"], LEFT)
    QTest.mouseClick(feeds._made["F&older…"], LEFT)
    QTest.mouseClick(feeds._made["&Pause"], LEFT)
    qtbot.waitUntil(lambda: [(f.label, f.folder, f.paused) for f in shown(feeds)] == [("My paper", "Asia / Press", True)])
    assert feeds._made["&Pause"].text() == "&Go on"
    monkeypatch.setattr(QMessageBox, "exec", lambda box: 0)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[0])
    feeds._view.setFocus()
    QTest.keyClick(feeds._view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: shown(feeds) == [])
    assert len(room.desk.gathering.items()) == 1
    assert feeds._detail.text().startswith("No feed is followed yet.")


def test_what_a_feed_calls_itself_is_no_markup_where_it_is_renamed(room, qtbot, base, feeds, monkeypatch) -> None:
    follow(feeds, qtbot, f"{base}/gazette.xml")
    qtbot.waitUntil(lambda: len(shown(feeds)) == 1)
    feed = shown(feeds)[0]
    room.desk.store.feeds.put(replace(feed, title="<img src='file:///etc/passwd'>Gazette"))
    feeds._table.replace([room.desk.store.feeds.get(feed.id)])
    feeds._view.selectRow(0)
    asked = []
    monkeypatch.setattr(QInputDialog, "getText", lambda *told: (asked.append(told[2]), ("", False))[1])
    QTest.mouseClick(feeds._made["Re&name…"], LEFT)
    assert "&lt;img" in asked[0]


def test_a_list_is_imported_and_asked_by_itself_and_enter_shows_what_a_feed_brought(
    room, qtbot, base, feeds, monkeypatch
) -> None:
    file = room.folder / "list.opml"
    outline = '<outline text="{0}" xmlUrl="{1}/{0}.xml"/>'
    file.write_text(f"<opml><body>{outline.format('bell', base)}{outline.format('post', base)}</body></opml>")
    room.window.feeds.schedule._begin()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    QTest.mouseClick(feeds._made["&Import…"], LEFT)
    qtbot.waitUntil(lambda: [feed.items for feed in shown(feeds)] == [1, 1])
    feeds._view.selectRow(1)
    feeds._view.setFocus()
    QTest.keyClick(feeds._view, Qt.Key.Key_Return)
    assert room.window.inbox._search.text() == 'feed:"post"'


def test_with_the_network_switched_off_the_schedule_rests_and_a_wish_is_refused(room, qtbot) -> None:
    window = room.open()
    window.feeds.schedule._begin()
    assert not window.feeds.schedule._timer.isActive()
    window.feeds.schedule.refresh_all()
    assert room.said[-1] == ("The feeds were not refreshed. The network is switched off (--offline).", "bad")


def _now() -> datetime:
    return datetime.now(UTC)
