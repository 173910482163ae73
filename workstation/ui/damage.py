"""Damage to the desk: what is offered when it cannot be opened, and what is told when it is met while the window is open."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QAbstractButton, QMessageBox

from workstation.domain.backup import Backup
from workstation.domain.wording import counted
from workstation.errors import StoreDamagedError, WorkstationError
from workstation.store import examine
from workstation.ui.boxes import alone, box, explain, warn_alone
from workstation.ui.notices import Notice
from workstation.ui.restart import while_waiting
from workstation.workflow.desk import Desk
from workstation.workflow.putting_back import put_back
from workstation.workflow.salvaging import SALVAGED_NOTE, newest_unharmed, salvage_desk

if TYPE_CHECKING:
    from workstation.ui.restart import Restart
    from workstation.ui.session import Session, Task
    from workstation.ui.window import Window

DAMAGE_KEY, SALVAGED_KEY = "damage", "salvaged"
STARTS = "damage/starts"
FULL_EVERY = 10
"""Every so many starts everything is looked through, and not only the editor's own words."""
FULL_AT_MOST = 300 * 1024**2
"""Bytes of a desk that is looked through while the window is open; “workstation doctor” looks through a larger one."""
FIRST_LOOK_MS = 20_000
OWN_WORDS = ("stories", "versions", "undo steps", "notes and names")
EVERYTHING = (*OWN_WORDS, "pictures", "pages", "references", "sources")
_NAMED = re.compile("“[^”]+”")
_SAVING = "Saving what can be saved. The damaged file is kept."


def mend_at_opening(store: Path, error: StoreDamagedError) -> bool:
    """Tell that the desk at ``store`` is damaged and offer what mends it; whether it was mended and can be opened now."""
    store = store.expanduser().resolve()
    backup = while_waiting(partial(newest_unharmed, store), "Looking for the newest good backup…")
    told = f"{error.detail.partition('. ')[0]}.\n\n{_offer(backup)}"
    asked = alone(QMessageBox.Icon.Warning, "The desk is damaged", told)
    save = asked.addButton("Save what can be saved", QMessageBox.ButtonRole.AcceptRole)
    ways: dict[QAbstractButton, Callable[[], object]] = {save: partial(salvage_desk, store)}
    if backup is not None:
        whole = asked.addButton("Put the backup back", QMessageBox.ButtonRole.ActionRole)
        ways[whole] = partial(put_back, backup.path, store)
    asked.addButton("Leave it", QMessageBox.ButtonRole.RejectRole)
    asked.setDefaultButton(save)
    asked.exec()
    way = ways.get(asked.clickedButton())
    return way is not None and _carried_out(way)


def _offer(backup: Backup | None) -> str:
    saved = "“Save what can be saved” makes a sound desk of every story, source and note in it that is still as it was written"
    kept = "The damaged file is kept beside it in either case."
    if backup is None:
        return f"{saved}. There is no good backup to take the rest from. {kept}"
    made = f"{backup.made.astimezone():%d %B %Y, %H:%M}"
    return (
        f"{saved}, and takes what is not from the newest good backup, of {made}. “Put the backup back” leaves out "
        f"everything since then. {kept}"
    )


def _carried_out(way: Callable[[], object]) -> bool:
    try:
        while_waiting(way, _SAVING)
    except WorkstationError as error:
        warn_alone(error)
        return False
    return True


class DamageWatch(QObject):
    """Tells damage across the window, once for all of it, with the same offers; looks for some when nothing else goes on."""

    def __init__(self, window: Window, session: Session, settings: QSettings, desk: Desk, restart: Restart) -> None:
        super().__init__(window)
        self._window, self._session, self._settings, self._restart = window, session, settings, restart
        self._desk = desk
        self._told: list[str] = []
        session.damaged.connect(self._tell_error)
        self._looking = QTimer(self, singleShot=True, interval=FIRST_LOOK_MS)
        self._looking.timeout.connect(self.look)

    def start(self) -> None:
        """The window is on the screen: say what came of a salvage, and look for damage in a while."""
        self._session.run(lambda _: self._desk.store.notes.get(SALVAGED_NOTE), self._tell_salvaged)
        self._looking.start()

    def look(self) -> None:
        """Look through the editor's own words, at some starts through everything, beside the window's thread."""
        starts = int(str(self._settings.value(STARTS, 0)))
        self._settings.setValue(STARTS, starts + 1)
        self._session.run(partial(_looked, self._desk.path, starts % FULL_EVERY == 0), self._tell_found)

    def _tell_error(self, error: StoreDamagedError) -> None:
        self._tell(f"{error.title}. {error.detail.partition('. ')[0].rstrip('.')}.")

    def _tell_found(self, problems: list[str]) -> None:
        problems = [problem for problem in problems if not self._is_told(problem)]
        if problems:
            others = len(problems) - 1
            more = f" The look through the desk found {others} more." if others else ""
            self._tell(f"The desk is damaged in a place. {problems[0]}{more}")

    def _tell(self, text: str) -> None:
        if self._is_told(text):
            return
        self._told.append(text)
        more = len(self._told) - 1
        others = f" {counted(more, 'more place')} {'is' if more == 1 else 'are'} damaged." if more else ""
        told = f"{self._told[0]}{others} What is shown is as it was written."
        acts = [] if self._desk.is_read_only else [("Save what can be saved…", self._ask_salvage)]
        acts.append(("Backups…", self._window.backups.show))
        self._window.notices.tell(DAMAGE_KEY, Notice(told, "bad", tuple(acts), can_close=True))

    def _is_told(self, text: str) -> bool:
        """A story that was met and then found is one place: both name it between quotation marks."""
        named = _NAMED.findall(text)
        return text in self._told or (bool(named) and all(any(name in told for told in self._told) for name in named))

    def _ask_salvage(self) -> None:
        asked = box(self._window, QMessageBox.Icon.Question, "Save what can be saved", "Make a sound desk of this one?")
        explain(
            asked,
            "The window closes, a sound desk is made of everything that is still as it was written, what is not is taken from "
            "the newest good backup, and the program starts again. The damaged file is kept.",
        )
        save = asked.addButton("Save what can be saved", QMessageBox.ButtonRole.AcceptRole)
        asked.addButton(QMessageBox.StandardButton.Cancel)
        asked.setDefaultButton(save)
        asked.exec()
        if asked.clickedButton() is save:
            self._restart.after_closing(self._window, partial(_salvaged, self._desk.path), _SAVING)

    def _tell_salvaged(self, note: str | None) -> None:
        if note:
            told = str(json.loads(note))
            self._window.notices.tell(SALVAGED_KEY, Notice(told, "good", (("Understood", self._forget_salvage),)))

    def _forget_salvage(self) -> None:
        self._window.notices.take_back(SALVAGED_KEY)
        self._session.run(lambda _: self._desk.store.notes.set(SALVAGED_NOTE, ""), saving=True)


def _looked(path: Path, is_full: bool, task: Task) -> list[str]:
    problems: list[str] = []
    if not path.exists():  # it was moved away: the next saving tells that
        return problems
    is_full = is_full and path.stat().st_size <= FULL_AT_MOST
    for examined in examine(path, EVERYTHING if is_full else OWN_WORDS):
        problems += examined.problems
        if task.is_cancelled:
            break
    return problems


def _salvaged(path: Path) -> Path:
    salvage_desk(path)
    return path
