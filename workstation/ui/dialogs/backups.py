"""The backups of the desk: looked into, a story or a card brought back from one, all of one put back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QMessageBox,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from workstation.domain.backup import BackedUpStory, Backup, BackupReason
from workstation.domain.story import Story
from workstation.domain.story_diff import compare
from workstation.domain.wording import shortened
from workstation.ui.boxes import box, explain
from workstation.ui.dialogs.backup_rows import (
    IS_STRONG,
    STEP,
    TOLD,
    WHY,
    ToldRows,
    told_backup,
    told_contents,
    told_size,
    told_story,
)
from workstation.ui.dialogs.diff_tools import DiffTools
from workstation.ui.dialogs.history import told_time
from workstation.ui.dialogs.history_rows import RowDelegate
from workstation.ui.dialogs.history_text import DiffView

if TYPE_CHECKING:
    from workstation.domain.changes import Changes
    from workstation.domain.word_diff import PartDiff
    from workstation.errors import WorkstationError
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.backing_up import BackingUp
    from workstation.workflow.writing import Writing

SINCE, THEN = range(2)
CHOICES = ("What changed since then", "The text as it was then")
LONGEST_CARD = 60
FIRST_SIZE = QSize(1120, 700)


class BackupsDialog(QDialog):
    """Lists the backups, shows the stories of one as they were then, and brings back one, a card of it, or everything."""

    restore_requested = Signal(object)
    """All of this :class:`Backup` is to take the place of the desk."""
    taken = Signal(object)
    """This :class:`Backup` was made by hand."""

    def __init__(
        self, session: Session, theme: Theme, backing_up: BackingUp, writing: Writing, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._theme, self._backing_up, self._writing = session, theme, backing_up, writing
        self._asked = 0
        self._is_busy = False
        self._story: Story | None = None
        self.setWindowTitle("Backups")
        self._backups: ToldRows[Backup] = ToldRows()
        self._stories: ToldRows[BackedUpStory] = ToldRows()
        self._backup_list = self._list(self._backups, "Backups")
        self._story_list = self._list(self._stories, "Stories in this backup")
        self._heading = _label(theme.font("ui", scale=1.15))
        self._about = _label(theme.font("small"), is_muted=True)
        self._view = DiffView(theme)
        self._tools = DiffTools(theme, self._view, CHOICES)
        self._place = _label(theme.font("small"), is_muted=True)
        self._second = _label(theme.font("small"), is_muted=True)
        self._make_buttons()
        self._lay_out()
        self._connect()
        self.resize(FIRST_SIZE.boundedTo(parent.size() if parent else FIRST_SIZE))
        self._read()

    # --- parts -----------------------------------------------------------------------------------------------------

    def _list(self, model: ToldRows[Any], name: str) -> QListView:
        view = QListView()
        view.setModel(model)
        view.setItemDelegate(RowDelegate(self._theme, TOLD, STEP, IS_STRONG, view))
        view.setUniformItemSizes(True)
        view.setAccessibleName(name)
        view.setMinimumWidth(210)
        return view

    def _make_buttons(self) -> None:
        self._take = _button("Back up now", "Make a backup of the desk as it is on the screen")
        self._save = _button("Save to a file…", "A copy of this backup wherever you want it")
        self._restore = _button("Restore everything…", "Put this backup in the place of the whole desk")
        self._bring = _button("Bring back this story", "As one step, which Ctrl+Z takes back; nothing else changes")
        self._bring.setProperty("primary", True)
        self._card = _button("Bring back a card", "One card of this story as it was then, beside those of now")
        self._cards = QMenu(self._card)
        self._card.setMenu(self._cards)
        self._choose = _button("Second folder…", "Keep a second copy of each backup, best on another disk")
        self._forget = _button("No second copy", "What is in the second folder stays there")
        self._close = QPushButton("Close")

    def _lay_out(self) -> None:
        left = _column(self._backup_list, _row(self._take, self._save), _row(self._restore))
        middle = _column(self._about, self._story_list)
        right = _column(self._heading, self._tools, self._view, _row(self._bring, self._card, None))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        for part, stretch in ((left, 0), (middle, 0), (right, 1)):
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, stretch)
        split.setSizes([290, 250, 560])
        places = QHBoxLayout()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._place)
        texts.addWidget(self._second)
        places.addLayout(texts, 1)
        places.addWidget(self._choose)
        places.addWidget(self._forget)
        places.addSpacing(12)
        places.addWidget(self._close)
        whole = QVBoxLayout(self)
        whole.setSpacing(10)
        whole.addWidget(split, 1)
        whole.addLayout(places)

    def _connect(self) -> None:
        self._backup_list.selectionModel().currentChanged.connect(lambda _now, _before: self._look_inside())
        self._story_list.selectionModel().currentChanged.connect(lambda _now, _before: self._look_at_story())
        self._tools.choice.currentIndexChanged.connect(lambda _: self._look_at_story())
        for button, slot in (
            (self._take, self._take_one),
            (self._save, self._ask_file),
            (self._restore, self._ask_restore),
            (self._bring, self._bring_back),
            (self._choose, self._ask_second),
            (self._forget, lambda: self._set_second(None)),
            (self._close, self.reject),
        ):
            button.clicked.connect(lambda _=False, slot=slot: slot())

    @property
    def backup(self) -> Backup | None:
        """The backup that is selected."""
        index = self._backup_list.currentIndex()
        return self._backups.rows[index.row()].value if index.isValid() else None

    @property
    def line(self) -> BackedUpStory | None:
        """The story of it that is selected."""
        index = self._story_list.currentIndex()
        return self._stories.rows[index.row()].value if index.isValid() else None

    # --- the list of backups ---------------------------------------------------------------------------------------

    def _read(self, select: int | None = None) -> None:
        places = self._backing_up.places
        self._run(
            lambda: (self._backing_up.all(), places.second_folder, places.second_away is not None),
            lambda found: self._show_backups(*found, select=select),
        )

    def _show_backups(self, backups: list[Backup], second: Path | None, is_away: bool, *, select: int | None) -> None:
        self._show_places(second, is_away)
        now = datetime.now(UTC)
        self._backups.replace([told_backup(backup, now) for backup in backups])
        found = [at for at, backup in enumerate(backups) if backup.number == select]
        if backups:
            self._backup_list.setCurrentIndex(self._backups.index(found[0] if found else 0))
        else:
            self._heading.setText("There is no backup yet")
            self._view.show_words("One is made a few seconds after the start, and every half hour while you work.")
        self._enable()

    def _show_places(self, second: Path | None, is_away: bool) -> None:
        self._place.setText(f"Backups lie in {self._backing_up.places.folder}")
        away = ", which is not there now: plug it in, or choose another" if is_away else ""
        self._second.setText(f"A second copy of each goes to {second}{away}." if second else "No second copy is kept.")
        self._second.setProperty("tone", "bad" if is_away else "")
        self._second.style().polish(self._second)
        self._forget.setVisible(second is not None)

    def _look_inside(self) -> None:
        """Read the stories of the backup, beside the window's thread; only the last answer is shown."""
        backup = self.backup
        self._stories.replace([])
        self._story = None
        self._asked += 1
        self._enable()
        if backup is None:
            return
        asked = self._asked
        told = "  ·  ".join(part for part in (told_contents(backup), told_size(backup.size), WHY[backup.reason]) if part)
        self._about.setText(told if backup.is_good else f"Damaged: {backup.problem}")
        self._run(
            lambda: [told_story(line) for line in self._backing_up.stories(backup.path)],
            lambda rows: self._show_stories(asked, rows),
            lambda error: self._show_error(asked, error),
        )

    def _show_stories(self, asked: int, rows: list[Any]) -> None:
        if asked != self._asked:
            return
        self._stories.replace(rows)
        if not rows:
            self._heading.setText("No story")
            self._view.show_words("This backup holds no story.")
            return
        open_now = self._session.story
        same = [at for at, row in enumerate(rows) if row.value.id == open_now]
        self._story_list.setCurrentIndex(self._stories.index(same[0] if same else 0))

    # --- one story -------------------------------------------------------------------------------------------------

    def _look_at_story(self) -> None:
        backup, line = self.backup, self.line
        self._story = None
        self._enable()
        if backup is None or line is None:
            return
        self._asked += 1
        asked, compared = self._asked, self._tools.choice.currentIndex() == SINCE
        self._run(
            lambda: self._seen(backup, line, compared),
            lambda seen: self._show_story(asked, line, *seen),
            lambda error: self._show_error(asked, error),
        )

    def _seen(self, backup: Backup, line: BackedUpStory, compared: bool) -> tuple[Story, bool, tuple[PartDiff, ...]]:
        then, number = self._backing_up.story(backup.path, line), self._backing_up.today(line)
        if number is None or not compared:
            return then, number is not None, compare(None, then)
        return then, True, compare(then, self._writing.story(number))

    def _show_story(self, asked: int, line: BackedUpStory, then: Story, is_there: bool, parts: tuple[PartDiff, ...]) -> None:
        if asked != self._asked:
            return
        self._story = then
        gone = "" if is_there else " (gone today)"
        self._heading.setText(f"{line.headline.strip() or 'Untitled story'}{gone}")
        self._view.show_parts(parts, compared=is_there and self._tools.choice.currentIndex() == SINCE)
        self._fill_cards(then)
        self._enable()

    def _fill_cards(self, story: Story) -> None:
        self._cards.clear()
        for at, card in enumerate(story.signals):
            words = shortened(card.headline or card.body.text or "Empty card", LONGEST_CARD).replace("&", "&&")
            action = self._cards.addAction(f"{at + 1}  {words}")
            action.triggered.connect(lambda _=False, at=at: self._bring_back_card(at))

    def _show_error(self, asked: int, error: WorkstationError) -> None:
        if asked == self._asked:
            self._heading.setText(error.title)
            self._view.show_words(error.detail or error.title)
            self._enable()

    def _enable(self) -> None:
        is_free, is_shown = not self._is_busy, self._story is not None
        can_write = is_free and not self._session.is_read_only
        self._save.setEnabled(is_free and self.backup is not None and self.backup.is_good)
        self._restore.setEnabled(can_write and self.backup is not None)
        self._take.setEnabled(is_free)
        self._bring.setEnabled(can_write and is_shown)
        self._card.setEnabled(can_write and is_shown and not self._cards.isEmpty() and self._session.story is not None)
        self._tools.enable(can_choose=is_shown)

    # --- verbs -----------------------------------------------------------------------------------------------------

    def _take_one(self) -> None:
        self._begin()
        task = self._session.run(
            lambda task: self._backing_up.take(BackupReason.HAND, cancelled=lambda: task.is_cancelled),
            self._tell_taken,
            failed=self._tell_failed,
            label="Backing up",
        )
        task.ended.connect(self._end)

    def _tell_taken(self, backup: Backup) -> None:
        self._session.say(
            "The desk is backed up." if backup.is_good else f"The backup is damaged: {backup.problem}", _tone(backup)
        )
        self.taken.emit(backup) if isValid(self) else None
        if isValid(self):
            self._read(backup.number)

    def _bring_back(self) -> None:
        backup, line = self.backup, self.line
        if backup is not None and line is not None:
            self._begin()
            task = self._session.run(
                lambda _: self._backing_up.bring_back(backup.path, line),
                lambda brought: self._tell_brought(*brought),
                failed=self._tell_failed,
                label="Bringing a story back",
            )
            task.ended.connect(self._end)

    def _tell_brought(self, changes: Changes, number: int) -> None:
        self._session.publish(changes, self)
        self._session.show_story(number)
        self._session.say("The story is back as it was then. Ctrl+Z brings back what stood there.", "good")
        if isValid(self):
            self.accept()

    def _bring_back_card(self, at: int) -> None:
        backup, line, number = self.backup, self.line, self._session.story
        if backup is not None and line is not None and number is not None:
            self._begin()
            task = self._session.run(
                lambda _: self._backing_up.bring_back_card(backup.path, line, at, number),
                self._tell_card,
                failed=self._tell_failed,
                label="Bringing a card back",
            )
            task.ended.connect(self._end)

    def _tell_card(self, changes: Changes) -> None:
        self._session.publish(changes, self)
        self._session.say("The card is in the open story. Ctrl+Z takes it out again.", "good")
        if isValid(self):
            self.accept()

    def _ask_file(self) -> None:
        backup = self.backup
        if backup is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, "Save this backup", str(Path.home() / "desk-backup.db"), "Backups (*.db)")
        if name:
            self._session.run(
                lambda _: self._backing_up.save_to(backup, Path(name)),
                lambda out: self._session.say(f"Written: {out}", "good"),
                failed=self._tell_failed,
                label="Copying a backup",
            )

    def _ask_restore(self) -> None:
        backup = self.backup
        if backup is None:
            return
        told = "  ·  ".join(part for part in (told_time(backup.made), told_contents(backup)) if part)
        asked = box(self, QMessageBox.Icon.Question, "Restore everything", f"Put this backup in the place of the desk?\n{told}")
        damaged = "" if backup.is_good else "This backup is damaged: you are asked whether to put back what is whole in it. "
        explain(
            asked,
            f"{damaged}All stories and sources become those of this backup. The desk as it is now is backed up first, so that it "
            "can be put back the same way. The window closes and opens again.",
        )
        restore = asked.addButton("Restore everything", QMessageBox.ButtonRole.DestructiveRole)
        asked.setDefaultButton(asked.addButton(QMessageBox.StandardButton.Cancel))
        asked.exec()
        if asked.clickedButton() is restore:
            self.accept()
            self.restore_requested.emit(backup)

    def _ask_second(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Keep a second copy of each backup in", str(Path.home()))
        if name:
            self._set_second(Path(name))

    def _set_second(self, folder: Path | None) -> None:
        current = self.backup
        self._session.run(
            lambda _: self._backing_up.places.choose_second(folder),
            lambda _: self._read(current.number if current else None) if isValid(self) else None,
            failed=self._tell_failed,
            urgent=True,
        )

    def _tell_failed(self, error: WorkstationError) -> None:
        if isValid(self):
            box(self, QMessageBox.Icon.Warning, error.title, f"{error.title}.\n\n{error.detail}").exec()
        else:
            self._session.say_error(error)

    def _run(
        self, work: Callable[[], Any], done: Callable[[Any], object], failed: Callable[[WorkstationError], object] | None = None
    ) -> None:
        """Read beside the window's thread; what comes after the dialog is gone is dropped."""
        self._session.run(
            lambda _: work(),
            lambda found: done(found) if isValid(self) else None,
            failed=lambda error: (failed or self._tell_failed)(error) if isValid(self) else None,
            urgent=True,
        )

    def _begin(self) -> None:
        self._is_busy = True
        self._enable()

    def _end(self) -> None:
        if isValid(self):
            self._is_busy = False
            self._enable()


def _tone(backup: Backup) -> str:
    return "good" if backup.is_good else "bad"


def _label(font: object, *, is_muted: bool = False) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(font)  # type: ignore[arg-type]
    label.setWordWrap(True)
    label.setProperty("muted", is_muted)
    return label


def _button(words: str, own_tip: str) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(own_tip)
    button.setAutoDefault(False)
    return button


def _column(*parts: QWidget | QHBoxLayout) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(8, 0, 8, 0)
    for part in parts:
        if isinstance(part, QHBoxLayout):
            column.addLayout(part)
        else:
            column.addWidget(part, 1 if isinstance(part, (QListView, DiffView)) else 0)
    return whole


def _row(*parts: QWidget | None) -> QHBoxLayout:
    row = QHBoxLayout()
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part)
    return row
