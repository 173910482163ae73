"""What is to be known of the desk from its opening on: that it is only read, or a copy; where it lies; and later starts on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QCheckBox, QFileDialog, QMessageBox

from workstation.errors import WorkstationError
from workstation.ui.boxes import box, explain, warn
from workstation.ui.inbox.targets import Target, TargetKind
from workstation.ui.notices import Notice
from workstation.ui.opening_links import open_file
from workstation.workflow.second_start import Start, address_of, is_address

if TYPE_CHECKING:
    from workstation.ui.opening import Opened
    from workstation.ui.restart import Restart
    from workstation.ui.second_start import SecondStarts
    from workstation.ui.session import Session
    from workstation.ui.window import Window
    from workstation.workflow.relocating import Lie

READ_ONLY_KEY, COPY_KEY, PLACE_KEY, CONFLICTS_KEY = "read-only", "copy", "place", "conflicts"
DECIDED = "place/decided"
DECISIONS_KEPT = 50


class OpeningNotices(QObject):
    """Tells it across the window. What needs a look at the disk waits for the first paint, and is looked at beside the thread."""

    def __init__(self, window: Window, session: Session, settings: QSettings, opened: Opened, restart: Restart) -> None:
        super().__init__(window)
        self._window, self._session, self._settings, self._restart = window, session, settings, restart
        self._desk = opened.desk
        self._listening: SecondStarts | None = None
        if opened.desk.is_read_only:
            told = f"This desk is open for reading only. {opened.why} You can read, search, check, preview, copy and export."
            window.notices.tell(READ_ONLY_KEY, Notice(told, "warn", (("Work in a copy", self._work_in_copy),), is_first=True))
        elif opened.why:
            window.notices.tell(COPY_KEY, Notice(opened.why, "warn", can_close=True))

    def start(self, start: Start) -> None:
        """The window is on the screen: capture what it was started with, listen for later starts, look where the desk lies."""
        self._capture(start.targets)
        if not self._desk.is_read_only:
            self._listen()
        path = self._desk.path
        self._session.run(lambda _: _relocating().look_at(path), self._tell_lie)

    # --- later starts ----------------------------------------------------------------------------------------------

    def _listen(self) -> None:
        from workstation.ui.second_start import SecondStarts  # noqa: PLC0415 - its library takes longer than the first paint may wait

        try:
            self._listening = SecondStarts(address_of(self._desk.path), self)
        except WorkstationError as error:
            self._session.say_error(error)
        else:
            self._listening.arrived.connect(self._take)

    def _take(self, start: Start) -> None:
        from workstation.ui.second_start import bring_forward  # noqa: PLC0415 - as above

        bring_forward(self._window, start)
        self._capture(start.targets)

    def _capture(self, targets: Sequence[str]) -> None:
        if targets and not self._session.refuses():
            kinds = [(TargetKind.LINK if is_address(one) else TargetKind.FILE, one) for one in targets]
            self._window.capture_targets([Target(kind, one) for kind, one in kinds])

    # --- the place -------------------------------------------------------------------------------------------------

    def _tell_lie(self, lie: Lie) -> None:
        notices = self._window.notices
        if lie.is_unsafe and not self._is_decided(lie.told):
            leave = ("Leave it here", partial(self._decide, PLACE_KEY, lie.told))
            move = ("Keep the desk on this machine…", partial(self._ask_move, lie))
            acts = (leave,) if self._desk.is_read_only else (move, leave)
            notices.tell(PLACE_KEY, Notice(lie.told, "warn", acts))
        elif lie.told and not lie.is_unsafe:
            self._session.say(lie.told)
        told = lie.told_conflicts
        if told and not self._is_decided(told):
            show = ("Show the folder", lambda: open_file(self._desk.path.parent))
            notices.tell(CONFLICTS_KEY, Notice(told, "warn", (show, ("Got it", partial(self._decide, CONFLICTS_KEY, told)))))

    def _is_decided(self, told: str) -> bool:
        return self._mark(told) in self._decided()

    def _decide(self, key: str, told: str) -> None:
        self._settings.setValue(DECIDED, [*self._decided(), self._mark(told)][-DECISIONS_KEPT:])
        self._window.notices.take_back(key)

    def _decided(self) -> list[str]:
        known = self._settings.value(DECIDED, [])
        return [str(one) for one in known] if isinstance(known, list) else [str(known)]  # a list of one comes back as its value

    def _mark(self, told: str) -> str:
        """One decision holds for one desk and one thing that was told of it."""
        return f"{self._desk.path} {told}"

    def _ask_move(self, lie: Lie) -> None:
        self._session.run(lambda _: _relocating().safe_place(self._desk.path), partial(self._confirm_move, lie), urgent=True)

    def _confirm_move(self, lie: Lie, to: Path | None) -> None:
        chosen = to or self._chosen()
        if chosen is None:
            return
        asked = box(self._window, QMessageBox.Icon.Question, "Keep the desk on this machine", "Move the desk to this machine?")
        explain(
            asked,
            f"It is copied to {chosen}, checked, and opened there; this window closes and comes back. The old file stays in "
            "its folder under another name, and a note beside it leads every later start to the new place.",
        )
        second = lie.place.folder if lie.place else self._desk.path.parent
        wanted = QCheckBox(f"Keep a second copy of each backup in {second}")
        wanted.setToolTip("A backup is a whole file that is never written again, so a program may keep it in step.")
        wanted.setChecked(True)
        asked.setCheckBox(wanted)
        move = asked.addButton("Move the desk", QMessageBox.ButtonRole.AcceptRole)
        asked.addButton(QMessageBox.StandardButton.Cancel)
        asked.setDefaultButton(move)
        asked.exec()
        if asked.clickedButton() is move:
            desk, folder = self._desk.path, second if wanted.isChecked() else None
            self._leave(lambda: _relocating().move_desk(desk, chosen, folder).to, f"Moving the desk to {chosen.parent}…")

    def _chosen(self) -> Path | None:
        """Where this user's data is on a network, too, only the editor knows a disk of this machine."""
        folder = QFileDialog.getExistingDirectory(self._window, "A folder on a disk of this machine")
        return Path(folder) / self._desk.path.name if folder else None

    def _work_in_copy(self) -> None:
        desk = self._desk.path
        self._leave(lambda: _relocating().copy_desk(desk), "Copying the desk…")

    def _leave(self, work: Callable[[], Path], label: str) -> None:
        try:
            self._restart.after_closing(self._window, work, label)
        except WorkstationError as error:
            warn(self._window, error)


def _relocating() -> ModuleType:
    """Loaded in the thread that first asks, after the window's first paint."""
    from workstation.workflow import relocating  # noqa: PLC0415 - see above

    return relocating
