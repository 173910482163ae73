"""House style: which style the open story is held to, and every rule of it to read and to switch off or on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from workstation.ui.opening_links import open_file
from workstation.ui.wording import plain_tip
from workstation.workflow.house_styles import NO_STYLE
from workstation.workflow.style_listing import StyleList, StyleRow, list_rules

if TYPE_CHECKING:
    from pathlib import Path

    from workstation.domain.changes import Changes
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.house_styles import HouseStyles
    from workstation.workflow.writing import Writing

ROW = Qt.ItemDataRole.UserRole
AGAIN_MS = 80
AS_WRITTEN = "As the story is written"
CHECKED, UNCHECKED, PARTLY = Qt.CheckState.Checked, Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked


class HouseStyleDialog(QDialog):
    """What is chosen or switched here holds at once. Reading and changing goes on beside the window's thread."""

    folder_made = Signal()
    """The folder for files of one's own may be new."""

    def __init__(self, session: Session, theme: Theme, styles: HouseStyles, writing: Writing, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("House style")
        self._session, self._theme, self._styles, self._writing = session, theme, styles, writing
        self._listed: StyleList | None = None
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self.reread)
        self._build()
        self._lay_out()
        self._connect()
        self.resize(900, 620)
        self.reread()

    # --- what there is -----------------------------------------------------------------------------------------------

    def reread(self) -> None:
        """Read the rules again; the current row and what was folded stay."""
        number, styles = self._session.story, self._styles
        self._session.run(lambda _: self._read(number, styles), self._show, urgent=True)

    def _read(self, number: int | None, styles: HouseStyles) -> StyleList:
        story = self._writing.story(number) if number is not None else None
        return list_rules(styles, story, styles.off_by_house(story))

    def _show(self, listed: StyleList) -> None:
        if not isValid(self):  # closed while they were read
            return
        self._listed = listed
        self._show_choice(listed)
        folded = {group.text(0) for group in self._groups() if not group.isExpanded()}
        current = self._current()
        with QSignalBlocker(self.list):
            self.list.clear()
            for category in dict.fromkeys(row.category for row in listed.rows):
                self._add_group(category, [row for row in listed.rows if row.category == category], category in folded)
        if current is not None:
            self._turn_to(current)
        self._filter()
        self._show_rule()

    def _show_choice(self, listed: StyleList) -> None:
        with QSignalBlocker(self.choice):
            self.choice.clear()
            self.choice.addItem(AS_WRITTEN, None)
            for name, title in listed.titles.items():
                self.choice.addItem(title, name)
            self.choice.addItem("No house style", NO_STYLE)
            shown = (listed.names[0] if listed.names else NO_STYLE) if listed.house else listed.chosen
            self.choice.setCurrentIndex(max(0, self.choice.findData(shown)))
        self.choice.setEnabled(listed.house is None)
        self.why.setText(_why(listed))
        self.faults.setText("\n".join(listed.faults))
        self.faults.setVisible(bool(listed.faults))

    def _add_group(self, category: str, rows: list[StyleRow], folded: bool) -> None:
        group = QTreeWidgetItem([category.capitalize()])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        group.setFont(0, self._theme.font("overline"))
        self.list.addTopLevelItem(group)
        group.addChildren([self._row(row) for row in rows])
        group.setExpanded(not folded)
        self._tell_group(group)

    def _row(self, row: StyleRow) -> QTreeWidgetItem:
        off_there = self._listed is not None and row.id in self._listed.off_there
        entry = QTreeWidgetItem([row.message, _example(row), row.sheet])
        entry.setData(0, ROW, row)
        entry.setCheckState(0, CHECKED if row.on and not off_there else UNCHECKED)
        entry.setDisabled(off_there)
        for column in range(2):
            entry.setToolTip(column, plain_tip(f"{row.message}\n{_example(row)}\n{row.id}"))
        return entry

    # --- searching and reading -----------------------------------------------------------------------------------------

    def _groups(self) -> list[QTreeWidgetItem]:
        tops = (self.list.topLevelItem(number) for number in range(self.list.topLevelItemCount()))
        return [top for top in tops if top is not None]

    def _entries(self) -> list[QTreeWidgetItem]:
        return [entry for group in self._groups() for entry in _inside(group)]

    def _current(self) -> tuple[str, str] | None:
        row = self._row_of(self.list.currentItem())
        return (row.sheet, row.id) if row else None

    def _turn_to(self, key: tuple[str, str]) -> None:
        for entry in self._entries():
            row = self._row_of(entry)
            if row is not None and (row.sheet, row.id) == key:
                self.list.setCurrentItem(entry)
                return

    @staticmethod
    def _row_of(entry: QTreeWidgetItem | None) -> StyleRow | None:
        row: StyleRow | None = entry.data(0, ROW) if entry is not None else None
        return row

    def _filter(self) -> None:
        words = self.search.text().casefold().split()
        is_narrowed = bool(words) or self.only_off.isChecked()
        shown = on = 0
        for group in self._groups():
            matching = 0
            for entry in _inside(group):
                row = self._row_of(entry)
                text = f"{row.id} {row.category} {row.sheet} {row.message} {row.wrong} {row.mended or ''}" if row else ""
                is_on = entry.checkState(0) is CHECKED
                entry.setHidden((is_on and self.only_off.isChecked()) or not all(word in text.casefold() for word in words))
                matching += not entry.isHidden()
                on += is_on
            group.setHidden(not matching)
            shown += matching
            if is_narrowed and matching:
                group.setExpanded(True)
        total = len(self._entries())
        told = f"{shown} of {total} rules" if is_narrowed else f"{total} rules"
        self.count.setText(f"{told}, {total - on} off" if on < total else told)
        self.only_off.setVisible(on < total or self.only_off.isChecked())

    def _show_rule(self) -> None:
        """The rule under the hand in full: rows are cut where the window is narrow."""
        row = self._row_of(self.list.currentItem())
        self.about.setText(f"{row.message}\n{_example(row)}\nRule “{row.id}” ({row.sheet})" if row else "\n\n")

    # --- what is done --------------------------------------------------------------------------------------------------

    def _choose(self, index: int) -> None:
        name = self.choice.itemData(index)
        self._do(lambda: self._styles.choose(name), again=True)

    def _switch(self, entry: QTreeWidgetItem, column: int) -> None:
        """A box was ticked or cleared: of a rule, wherever it stands, or of a whole heading."""
        if column != 0:
            return
        on = entry.checkState(0) is CHECKED
        inner = [entry] if entry.parent() else _inside(entry)
        rules = [row.id for each in inner if not each.isDisabled() and (row := self._row_of(each)) is not None]
        with QSignalBlocker(self.list):
            for each in self._entries():
                row = self._row_of(each)
                if row is not None and row.id in rules:
                    each.setCheckState(0, CHECKED if on else UNCHECKED)
            for group in self._groups():
                self._tell_group(group)
        self._filter()
        self._do(lambda: self._styles.switch_all(rules, on), again=False)

    def _tell_group(self, group: QTreeWidgetItem) -> None:
        states = {entry.checkState(0) for entry in _inside(group)}
        group.setCheckState(0, states.pop() if len(states) == 1 else PARTLY)

    def _do(self, verb: Callable[[], Changes], *, again: bool) -> None:
        self._session.run(lambda _: verb(), lambda changes: self._done(changes, again), urgent=True)

    def _done(self, changes: Changes, again: bool) -> None:
        self._session.publish(changes, self)
        if again and isValid(self):
            self.reread()

    def _notice(self, changes: Changes, initiator: object) -> None:
        if initiator is not self and changes.stories:
            self._again.start()

    def _open_folder(self) -> None:
        self._session.run(lambda _: self._styles.files.make_folder(), self._show_folder, urgent=True)

    def _show_folder(self, folder: Path) -> None:
        if isValid(self):
            self.folder_made.emit()
        if not open_file(folder):
            self._session.say(f"The folder of house styles is {folder}", "warn")

    # --- putting together ----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.choice = QComboBox()
        self.choice.setAccessibleName("Style")
        self.choice.setMinimumWidth(210)
        self.why = QLabel()
        self.faults = QLabel()
        self.about = QLabel("\n\n")
        self.count = QLabel()
        for label in (self.why, self.faults, self.about, self.count):
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self.why, self.faults, self.about):
            label.setWordWrap(True)
        for label in (self.why, self.count):
            label.setProperty("muted", True)
        self.about.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.faults.hide()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search rules, words and examples")
        self.search.setAccessibleName("Search the rules")
        self.search.setClearButtonEnabled(True)
        self.only_off = QCheckBox("Only what is off")
        self.only_off.hide()
        self.list = _tree()
        self.folder = QPushButton("Open the rules folder")
        self.folder.setToolTip(plain_tip("Files of your own, read again as soon as you save them."))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        name = QLabel("&Style")
        name.setBuddy(self.choice)
        head.addWidget(name)
        head.addWidget(self.choice)
        head.addSpacing(8)
        head.addWidget(self.why, 1)
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        for button in (self.folder, close):
            button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addWidget(self.folder)
        foot.addSpacing(8)
        foot.addWidget(self.count)
        foot.addSpacing(8)
        foot.addWidget(self.only_off)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(self.faults)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.about)
        column.addLayout(foot)
        self.search.setFocus()

    def _connect(self) -> None:
        self.choice.activated.connect(self._choose)
        self.only_off.toggled.connect(lambda _: self._filter())
        self.search.textChanged.connect(self._filter)
        self.list.itemChanged.connect(self._switch)
        self.list.currentItemChanged.connect(lambda *_: self._show_rule())
        self.folder.clicked.connect(self._open_folder)
        self._session.changed.connect(self._notice)
        self.finished.connect(lambda _: self._session.changed.disconnect(self._notice))


def _inside(group: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    inside = (group.child(number) for number in range(group.childCount()))
    return [entry for entry in inside if entry is not None]


def _example(row: StyleRow) -> str:
    return f"{row.wrong}  →  {row.mended}" if row.mended is not None else row.wrong


def _why(listed: StyleList) -> str:
    """Who says which style it is."""
    if listed.house is not None:
        return f"{listed.house} says so in its file, under house_style."
    if listed.chosen is not None:
        return "For every story whose publication does not name a style."
    titles = [listed.titles.get(name, name) for name in listed.names]
    if len(titles) > 1:
        return f"{' or '.join(titles)}: the one that the story breaks least. Tell the language (en-GB, en-US) to fix it."
    return f"{''.join(titles)}, by the language of the story."


def _tree() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setAccessibleName("Rules")
    tree.setColumnCount(3)
    tree.setHeaderLabels(["Rule", "Example", "Style"])
    tree.setUniformRowHeights(True)
    tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    tree.setTextElideMode(Qt.TextElideMode.ElideRight)
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
    return tree
