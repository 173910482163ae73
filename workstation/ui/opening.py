"""Opening the desk for the window: what stands in the way is told, and where there is a choice the editor is asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QMessageBox, QPushButton

from workstation.errors import StoreBusyError, StoreDamagedError, StoreElsewhereError, StoreReadOnlyError, WorkstationError
from workstation.store import whereabouts
from workstation.ui.boxes import alone
from workstation.ui.damage import mend_at_opening
from workstation.workflow.desk import Desk
from workstation.workflow.rescued import told_rescues
from workstation.workflow.second_start import PATIENCE, Start, tell_first_window

HANDED, FAILED = 0, 3
_TRY_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Opened:
    """The desk, and why it is not quite the one that was asked for: it is only read, or it is a copy. Else ``why`` is empty."""

    desk: Desk
    why: str = ""


def open_desk(store: Path, *, offline: bool, start: Start, take_over: bool = False) -> Opened | int:
    """The desk over ``store``; the exit code when there is none: an open window took over, or it was told what is in the way."""
    try:
        return _opened_or_mended(whereabouts(store), start, offline=offline, take_over=take_over)
    except WorkstationError as error:
        _tell(error, store)
        return FAILED


def _opened_or_mended(store: Path, start: Start, *, offline: bool, take_over: bool) -> Opened | int:
    """A damaged desk is opened when the editor had it mended."""
    try:
        return _opened_or_decided(store, start, offline=offline, take_over=take_over)
    except StoreDamagedError as error:
        if not mend_at_opening(store, error):
            return FAILED
    return _opened_or_decided(store, start, offline=offline, take_over=take_over)


def _opened_or_decided(store: Path, start: Start, *, offline: bool, take_over: bool) -> Opened | int:
    try:
        return _opened_or_handed(store, start, offline=offline, take_over=take_over)
    except StoreReadOnlyError as error:
        return _for_reading(store, error.detail.replace("name another desk with --store", "work in a copy"), offline=offline)
    except StoreElsewhereError as error:
        return _asked(store, error, offline=offline)


def _opened_or_handed(store: Path, start: Start, *, offline: bool, take_over: bool) -> Opened | int:
    """Who has the desk open may be starting or closing itself, so both ways are tried in turn for a while."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return Opened(Desk.open(store, offline=offline, take_over=take_over))
        except StoreBusyError:
            if tell_first_window(store, start, patience=_TRY_SECONDS):
                return HANDED
            if time.monotonic() > deadline:
                raise


def _for_reading(store: Path, cause: str, *, offline: bool) -> Opened:
    desk = Desk.open(store, offline=offline, read_only=True)
    return Opened(desk, f"{cause} {desk.store.remark}".strip())


def _asked(store: Path, error: StoreElsewhereError, *, offline: bool) -> Opened | int:
    """Another machine may have the desk open: nobody but the editor knows whether it has."""
    box = alone(QMessageBox.Icon.Question, error.title, error.detail.replace("go on with --take-over", "open it anyway"))
    ways: dict[QAbstractButton, Callable[[], Opened]] = {
        _button(box, "Open anyway", QMessageBox.ButtonRole.DestructiveRole): lambda: Opened(
            Desk.open(store, offline=offline, take_over=True)
        ),
        _button(box, "Open a copy", QMessageBox.ButtonRole.ActionRole): lambda: _copy(store, offline=offline),
        (reading := _button(box, "Open for reading", QMessageBox.ButtonRole.AcceptRole)): lambda: _for_reading(
            store, "Another machine may have it open.", offline=offline
        ),
    }
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(reading)
    box.exec()
    way = ways.get(box.clickedButton())
    return way() if way is not None else FAILED


def _copy(store: Path, *, offline: bool) -> Opened:
    from workstation.workflow.relocating import copy_desk  # noqa: PLC0415 - seldom wanted, and no start should wait for it

    copy = copy_desk(store)
    told = f"This is a copy of {store}, in {copy}. What you write here does not go back into it by itself."
    return Opened(Desk.open(copy, offline=offline), told)


def _button(box: QMessageBox, words: str, role: QMessageBox.ButtonRole) -> QPushButton:
    return box.addButton(words, role)


def _tell(error: WorkstationError, store: Path) -> None:
    """What stands in the way; words that were rescued from this desk can be had all the same."""
    rescued = [] if isinstance(error, StoreBusyError) else told_rescues(store.expanduser().resolve())
    icon = QMessageBox.Icon.Information if isinstance(error, StoreBusyError) else QMessageBox.Icon.Warning
    alone(icon, error.title, "\n\n".join([error.detail, *rescued])).exec()
