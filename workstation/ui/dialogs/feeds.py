"""The feeds that are followed: find and follow, refresh, put in order, import and export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from workstation.domain.changes import Changes
from workstation.domain.feed import CHOICES, Feed
from workstation.errors import WorkstationError
from workstation.ui.dialogs.feed_offers import FeedOffersDialog
from workstation.ui.dialogs.feed_table import FOLDER, FeedTable, told_moment
from workstation.ui.dialogs.row_table import row_table
from workstation.ui.feed_schedule import told
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.feed_schedule import FeedSchedule
    from workstation.ui.session import Session, Task
    from workstation.ui.theme import Theme
    from workstation.workflow.following import Followed, Following

LISTS = "Lists of feeds and feeds (*.opml *.xml *.rss *.atom *.rdf)"
NOTHING_YET = "No feed is followed yet. Paste the address of a site above, or import the list of another reader (OPML)."
REREAD_MS = 150
HOURS = {
    15: "Every 15 minutes",
    30: "Every 30 minutes",
    60: "Every hour",
    180: "Every 3 hours",
    720: "Twice a day",
    1440: "Daily",
}


class FeedsDialog(QDialog):
    """Stands beside the window, which goes on working. Every verb runs beside the window's thread."""

    sources_wanted = Signal(str)
    """The inbox is to list what the feed of this name brought."""

    def __init__(
        self, session: Session, theme: Theme, following: Following, schedule: FeedSchedule, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Feeds")
        self._session, self._following, self._schedule = session, following, schedule
        self._address = QLineEdit()
        self._address.setPlaceholderText("Paste the address of a site or a feed")
        self._address.setAccessibleName("Address of a site or a feed")
        self._address.setClearButtonEnabled(True)
        self._follow = QPushButton("&Follow")
        self._follow.setProperty("primary", True)
        self._hint = _words(muted=False)
        self._hint.hide()
        self._table = FeedTable(theme)
        self._view = _view(self._table)
        self._detail = _words()
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._detail.setMinimumHeight(self._detail.fontMetrics().height() * 2 + 6)
        self._every = QComboBox()
        self._every.setAccessibleName("How often this feed is asked")
        self._every.addItem("As often as it changes", None)
        for minutes in CHOICES:
            self._every.addItem(HOURS[minutes], minutes)
        self._rereading = QTimer(self, singleShot=True, interval=REREAD_MS)
        self._rereading.timeout.connect(self._reread)
        self._lay_out()
        self._connect()
        self.resize(900, 540)
        self._show_busy(schedule.is_busy)
        self._enable()
        self._reread()

    # --- showing ---------------------------------------------------------------------------------------------------

    def _reread(self) -> None:
        self._session.run(lambda _: self._following.feeds(), self._show, urgent=True)

    def _show(self, feeds: list[Feed]) -> None:
        if not isValid(self):  # closed while they were read
            return
        selected = {feed.id for feed in self._selected()}
        current = self._current()
        self._table.replace(feeds)
        rows = [row for feed in selected if (row := self._table.row_of(feed)) is not None]
        selection = self._view.selectionModel()
        for row in rows or ([0] if feeds else []):
            index = self._table.index(row, 0)
            selection.select(index, selection.SelectionFlag.Select | selection.SelectionFlag.Rows)
        at = self._table.row_of(current.id) if current else None
        if feeds:
            selection.setCurrentIndex(
                self._table.index(at if at is not None else (rows or [0])[0], 0), selection.SelectionFlag.NoUpdate
            )
        self._enable()

    def _selected(self) -> list[Feed]:
        rows = sorted(index.row() for index in self._view.selectionModel().selectedRows())
        return [self._table.feeds[row] for row in rows]

    def _current(self) -> Feed | None:
        chosen = self._selected()
        index = self._view.currentIndex()
        shown = self._table.feeds[index.row()] if index.isValid() else None
        return shown if shown in chosen else chosen[0] if chosen else None

    def _enable(self) -> None:
        chosen, current = self._selected(), self._current()
        for label in ("&Show its sources", "Re&name…"):
            self._made[label].setEnabled(len(chosen) == 1)
        for label in ("&Refresh", "&Pause", "F&older…", "&Unfollow"):
            self._made[label].setEnabled(bool(chosen))
        self._made["&Pause"].setText("&Go on" if chosen and all(feed.paused for feed in chosen) else "&Pause")
        self._made["Refresh &all"].setEnabled(bool(self._table.feeds) and not self._schedule.is_busy)
        self._made["E&xport…"].setEnabled(bool(self._table.feeds))
        self._every.setEnabled(current is not None)
        self._every.setCurrentIndex(max(0, self._every.findData(current.every if current else None)))
        self._detail.setText(_told(current, len(chosen)) if self._table.feeds else NOTHING_YET)

    def _say(self, text: str, tone: str = "") -> None:
        """A word below the address; a failure stays there until the next wish."""
        self._hint.setText(text)
        self._hint.setProperty("tone", tone)
        self._hint.style().unpolish(self._hint)
        self._hint.style().polish(self._hint)
        self._hint.setVisible(bool(text))

    def _show_busy(self, is_busy: bool) -> None:
        self._made["Stop"].setVisible(is_busy)
        self._made["Refresh &all"].setVisible(not is_busy)
        self._made["Refresh &all"].setEnabled(bool(self._table.feeds))
        self._progress.setText("Refreshing…" if is_busy else "")

    def _show_progress(self, done: int, total: int) -> None:
        self._progress.setText(f"Refreshing… {done} of {total}")

    def _take_changes(self, changes: Changes, _initiator: object) -> None:
        if changes.feeds or changes.items:
            self._rereading.start()

    # --- following -------------------------------------------------------------------------------------------------

    def _ask_follow(self) -> None:
        address = self._address.text().strip()
        if address:
            self._begin([address])

    def _begin(self, addresses: Sequence[str]) -> None:
        self._say("Looking for its feed…" if len(addresses) == 1 else "Following…")
        self._follow.setEnabled(False)
        task = self._session.run(
            partial(self._followed_all, tuple(addresses)),
            self._show_followed,
            failed=self._show_failure,
            label="Following a feed",
        )
        task.ended.connect(lambda: self._follow.setEnabled(True) if isValid(self) else None)

    def _followed_all(self, addresses: tuple[str, ...], task: Task) -> list[Followed]:
        return [self._following.follow(address, cancelled=lambda: task.is_cancelled) for address in addresses]

    def _show_followed(self, answers: list[Followed]) -> None:
        changes = Changes()
        for answer in answers:
            changes |= answer.changes
        self._session.publish(changes, self._schedule)
        if not isValid(self):
            return
        self._reread()
        last = answers[-1]
        if last.offers:
            self._say("")
            self._choose(last)
        else:
            self._address.clear()
            self._say(" ".join(answer.message for answer in answers), last.tone)

    def _choose(self, found: Followed) -> None:
        dialog = FeedOffersDialog(found.message, found.offers, self)
        if dialog.exec() and dialog.chosen:
            self._begin(dialog.chosen)
        dialog.deleteLater()

    def _show_failure(self, error: WorkstationError) -> None:
        if isValid(self):
            self._say(told(error), "bad")
        else:
            self._session.say_error(error)

    # --- verbs -----------------------------------------------------------------------------------------------------

    def _show_sources(self) -> None:
        current = self._current()
        if current is not None:
            self.sources_wanted.emit(current.label)

    def _refresh(self) -> None:
        self._schedule.refresh([feed.id for feed in self._selected()])

    def _pause(self) -> None:
        chosen = self._selected()
        paused = not all(feed.paused for feed in chosen)
        self._do([partial(self._following.pause, feed.id, paused) for feed in chosen])

    def _rename(self) -> None:
        current = self._current()
        if current is None:
            return
        name, answered = QInputDialog.getText(
            self, "Rename", plain_tip(f"Name (empty for its own: {current.title[:60]})"), QLineEdit.EchoMode.Normal, current.label
        )
        if answered:
            self._do([partial(self._following.rename, current.id, name)])

    def _move(self) -> None:
        chosen = self._selected()
        folders = sorted({feed.folder for feed in self._table.feeds if feed.folder}, key=str.casefold)
        now = chosen[0].folder if chosen else ""
        entries = ["", *folders]
        folder, answered = QInputDialog.getItem(
            self, "Folder", "Folder (a / b for one inside another, empty for none)", entries, entries.index(now), True
        )
        if answered:
            self._do([partial(self._following.move, feed.id, folder) for feed in chosen])

    def _unfollow(self) -> None:
        chosen = self._selected()
        what = f"“{chosen[0].label}”" if len(chosen) == 1 else f"{len(chosen)} feeds"
        box = QMessageBox(QMessageBox.Icon.Question, "Unfollow", f"Follow {what} no longer?", parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText("The sources that came from it stay in the inbox.")
        unfollow = box.addButton("Unfollow", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        if box.clickedButton() is unfollow:
            self._do([partial(self._following.unfollow, feed.id) for feed in chosen])

    def _set_every(self, index: int) -> None:
        minutes = self._every.itemData(index)
        self._do([partial(self._following.set_every, feed.id, minutes) for feed in self._selected()])

    def _import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Import feeds", str(Path.home()), LISTS)
        if name:
            self._session.run(
                lambda _: self._following.import_file(Path(name)),
                self._show_imported,
                failed=self._show_failure,
                label="Importing",
            )

    def _show_imported(self, followed: Followed) -> None:
        self._session.publish(followed.changes, self)
        if isValid(self):
            self._say(followed.message, followed.tone)
            self._reread()

    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "Export the list of feeds", str(Path.home() / "feeds.opml"), "Lists of feeds (*.opml)"
        )
        if name:
            self._session.run(
                lambda _: self._following.export(Path(name)),
                lambda count: self._say(f"{count} feeds written to {name}", "good") if isValid(self) else None,
                failed=self._show_failure,
            )

    def _do(self, verbs: Sequence[Callable[[], Changes]]) -> None:
        """Carry out the verbs, one after the other, beside the window's thread."""

        def work(_task: Task) -> Changes:
            changes = Changes()
            for verb in verbs:
                changes |= verb()
            return changes

        self._session.run(work, lambda changes: self._session.publish(changes, self), failed=self._show_failure, urgent=True)

    # --- parts -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._made: dict[str, QPushButton] = {}
        self._progress = _words()
        top = QHBoxLayout()
        top.addWidget(self._address, 1)
        top.addWidget(self._follow)
        verbs = QHBoxLayout()
        for label, slot in (
            ("&Show its sources", self._show_sources),
            ("&Refresh", self._refresh),
            ("&Pause", self._pause),
            ("Re&name…", self._rename),
            ("F&older…", self._move),
            ("&Unfollow", self._unfollow),
        ):
            verbs.addWidget(self._button(label, slot))
        verbs.addStretch(1)
        asked = QLabel("Asked")
        asked.setProperty("muted", True)
        asked.setBuddy(self._every)
        verbs.addWidget(asked)
        verbs.addWidget(self._every)
        foot = QHBoxLayout()
        foot.addWidget(self._button("Refresh &all", self._schedule.refresh_all))
        foot.addWidget(self._button("Stop", self._schedule.cancel))
        foot.addWidget(self._progress, 1)
        foot.addWidget(self._button("&Import…", self._import))
        foot.addWidget(self._button("E&xport…", self._export))
        foot.addWidget(self._button("&Close", self.close))
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self._hint)
        column.addWidget(self._view, 1)
        column.addWidget(self._detail)
        column.addLayout(verbs)
        column.addLayout(foot)

    def _button(self, label: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(label)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False: slot())
        self._made[label] = button
        return button

    def _connect(self) -> None:
        self._follow.setAutoDefault(False)
        self._follow.clicked.connect(self._ask_follow)
        self._address.returnPressed.connect(self._ask_follow)
        self._view.doubleClicked.connect(lambda _: self._show_sources())
        self._view.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self._view.horizontalHeader().sortIndicatorChanged.connect(self._sort)
        self._every.activated.connect(self._set_every)
        self._schedule.busy_changed.connect(self._show_busy)
        self._schedule.progressed.connect(self._show_progress)
        self._session.changed.connect(self._take_changes)
        for keys, slot in (
            ("Return", self._show_sources),
            ("Enter", self._show_sources),
            ("Del", self._unfollow),
            ("F5", self._refresh),
        ):
            shortcut = QShortcut(QKeySequence(keys), self._view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self._table.sort(column, order)
        self._enable()


def _told(feed: Feed | None, chosen: int) -> str:
    """What the line below the table says of a feed: where it is, what is wrong with it, when it is asked again."""
    if feed is None:
        return ""
    if chosen > 1:
        return f"{chosen} feeds are selected."
    when = "It is not asked while it is paused." if feed.paused else f"Asked again at {told_moment(feed.due)}."
    return f"{feed.url}\n{feed.error} {when}" if feed.error else f"{feed.url}\n{when}"


def _words(*, muted: bool = True) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("muted", muted)
    return label


def _view(table: FeedTable) -> QTableView:
    view = row_table(table, "Feeds", FOLDER, Qt.SortOrder.AscendingOrder)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    return view
