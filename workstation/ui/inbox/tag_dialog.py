"""The tags of one or several items: a field that completes, and every known tag with a box of three states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from workstation.domain.item import ItemSummary
from workstation.ui.two_tone import DIVIDE, TwoToneDelegate

HELP = "Enter adds the tag and closes; a comma adds it and waits for the next. Down leads to the boxes, Space turns them."
TAG = Qt.ItemDataRole.UserRole
COUNT = Qt.ItemDataRole.UserRole + 1

TagsOf = Mapping[str, tuple[str, ...]]


class TagDialog(QDialog):
    """Asks for tags; ``answer`` gets the tags of each item that change. A box that is half set leaves each item its own."""

    def __init__(
        self,
        parent: QWidget,
        items: Sequence[ItemSummary],
        known: Mapping[str, int],
        answer: Callable[[TagsOf], object],
        manage: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Tags" if len(items) == 1 else f"Tags of {len(items)} sources")
        self._items, self._answer, self._manage = items, answer, manage
        self.field = QLineEdit()
        self.field.setPlaceholderText("Add a tag")
        self.field.setAccessibleName("Add a tag")
        self.field.installEventFilter(self)
        self.boxes = QListWidget()
        self.boxes.setItemDelegate(TwoToneDelegate(self.boxes))
        self.boxes.setAccessibleName("Known tags")
        self.boxes.setUniformItemSizes(True)
        self._fill(known)
        completer = QCompleter(sorted(known, key=str.casefold), self)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field.setCompleter(completer)
        self.field.textEdited.connect(self._typed)
        self._lay_out()
        self.field.setFocus()

    def accept(self) -> None:
        self._add(self.field.text())
        super().accept()
        changed = {item.id: tags for item in self._items if (tags := self._tags_of(item)) != item.tags}
        if changed:
            self._answer(changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the field into the boxes. The line would keep the first Enter for its completion."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            keys = {Qt.Key.Key_Down: self._turn_to_boxes, Qt.Key.Key_Return: self.accept, Qt.Key.Key_Enter: self.accept}
            if event.key() in keys:
                keys[Qt.Key(event.key())]()
                return True
        return super().eventFilter(watched, event)

    def _turn_to_boxes(self) -> None:
        rows = [row for row in range(self.boxes.count()) if not self.boxes.item(row).isHidden()]
        if rows:
            self.boxes.setCurrentRow(rows[0])
            self.boxes.setFocus(Qt.FocusReason.TabFocusReason)

    def _typed(self, text: str) -> None:
        if "," in text:
            *done, rest = text.split(",")
            for tag in done:
                self._add(tag)
            self.field.setText(rest.lstrip())
        typed = self.field.text()[: self.field.selectionStart() if self.field.hasSelectedText() else None].strip().casefold()
        for row in range(self.boxes.count()):
            box = self.boxes.item(row)
            box.setHidden(typed not in box.data(TAG).casefold())

    def _add(self, words: str) -> None:
        for tag in words.split(","):
            name = " ".join(tag.split())
            if not name:
                continue
            box = self._box_of(name) or self._new_box(name, 0, at=0)
            box.setCheckState(Qt.CheckState.Checked)
        self.field.clear()

    def _tags_of(self, item: ItemSummary) -> tuple[str, ...]:
        """What the item bears after the dialog: its own order, new ones at the end."""
        states = {box.data(TAG): box.checkState() for box in map(self.boxes.item, range(self.boxes.count()))}
        folded = {tag.casefold(): state for tag, state in states.items()}
        kept = tuple(tag for tag in item.tags if folded.get(tag.casefold()) != Qt.CheckState.Unchecked)
        own = {tag.casefold() for tag in item.tags}
        added = tuple(tag for tag, state in states.items() if state == Qt.CheckState.Checked and tag.casefold() not in own)
        return kept + added

    def _fill(self, known: Mapping[str, int]) -> None:
        """Those that the items bear come first, as they are most likely to be looked for."""
        borne = Counter(tag.casefold() for item in self._items for tag in item.tags)
        spelled = {tag.casefold(): tag for item in self._items for tag in item.tags}
        spelled |= {tag.casefold(): tag for tag in known}
        for folded in sorted(spelled, key=lambda tag: (not borne[tag], tag)):
            box = self._new_box(spelled[folded], known.get(spelled[folded], 0))
            share = borne[folded]
            is_all = share == len(self._items)
            state = Qt.CheckState.Checked if is_all else Qt.CheckState.PartiallyChecked
            box.setCheckState(state if share else Qt.CheckState.Unchecked)

    def _new_box(self, tag: str, count: int, at: int | None = None) -> QListWidgetItem:
        box = QListWidgetItem(f"{tag}{DIVIDE}{count}" if count else tag)
        box.setData(TAG, tag)
        box.setData(COUNT, count)
        box.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        box.setCheckState(Qt.CheckState.Unchecked)
        self.boxes.insertItem(self.boxes.count() if at is None else at, box)
        return box

    def _box_of(self, tag: str) -> QListWidgetItem | None:
        boxes = (self.boxes.item(row) for row in range(self.boxes.count()))
        return next((box for box in boxes if box.data(TAG).casefold() == tag.casefold()), None)

    def _lay_out(self) -> None:
        told = QLabel(HELP)
        told.setWordWrap(True)
        told.setProperty("muted", True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setDefault(True)
        ok.setProperty("primary", True)
        foot = QHBoxLayout()
        if self._manage is not None:
            manage = QPushButton("Rename, merge, remove…")
            manage.setProperty("plain", True)
            manage.setAutoDefault(False)
            manage.clicked.connect(self._turn_to_managing)
            foot.addWidget(manage)
        foot.addStretch(1)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(told)
        column.addWidget(self.boxes, 1)
        column.addLayout(foot)
        self.resize(400, 420)

    def _turn_to_managing(self) -> None:
        self.reject()
        if self._manage is not None:
            self._manage()
