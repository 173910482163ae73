"""Nothing closes over words that could not be saved: what becomes of them is asked first."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from workstation.errors import WorkstationError
from workstation.ui.boxes import box, explain, inform, warn
from workstation.ui.closing import DiskDoesNotAnswerError, wait_for

if TYPE_CHECKING:
    from workstation.workflow.desk import Desk
    from workstation.workflow.rescuing import Kept, Rescuing

RESCUE_SECONDS = 3.0
DOCUMENTS = "Story documents (*.json *.zip)"


class Unsaved:
    """Asks over ``window``, and writes the stories that the store does not take to files of the editor's choice."""

    def __init__(self, desk: Desk, rescuing: Rescuing, window: QWidget) -> None:
        self._desk, self._rescuing, self._window = desk, rescuing, window

    def leave_anyway(self, error: Exception) -> bool:
        """Ask what becomes of the words that could not be saved; answers whether the window may close without them."""
        failed = self._desk.writing.unsaved()
        kept: list[Kept] = []
        with suppress(DiskDoesNotAnswerError):
            wait_for(lambda: kept.extend(self._rescuing.rescue()), RESCUE_SECONDS)
        is_safe = set(failed) <= {one.story for one in kept if one.survives}
        title, cause = _cause(error)
        names = [self._desk.writing.story(number).headline or "Untitled story" for number in failed]
        told = f"“{names[0]}” could not be saved." if len(names) == 1 else f"{len(names)} stories could not be saved."
        if len(names) == 1:
            cause = cause.removeprefix(f"Not saved: “{names[0]}”. ")  # the box has just said so
        if not names:
            told = "Saving failed, but every story is in the store."
        asked = box(self._window, QMessageBox.Icon.Warning, title, told)
        mend = "Save a copy to another disk or folder before you close."
        if is_safe:
            where = "\n".join(dict.fromkeys(str(one.file) for one in kept if one.survives))
            mend = f"The words are in:\n{where}\n\nThey are offered when the desk is opened again."
        explain(asked, f"{cause}\n\n{mend}" if failed else cause)
        save = asked.addButton("Save a copy…", QMessageBox.ButtonRole.AcceptRole)
        lost, kept_role = QMessageBox.ButtonRole.DestructiveRole, QMessageBox.ButtonRole.AcceptRole
        leave = asked.addButton("Close, they are kept" if is_safe else "Close and lose it", kept_role if is_safe else lost)
        asked.addButton(QMessageBox.StandardButton.Cancel)
        asked.exec()
        clicked = asked.clickedButton()
        if clicked not in (save, leave) or (clicked is save and not all(self._save_copy(number) for number in failed)):
            return False
        if not isinstance(error, DiskDoesNotAnswerError):  # else the program ends at once, and who rescues may still be at it
            self._rescuing.leave()
            self._desk.writing.abandon(failed)
        return True

    def _save_copy(self, number: int) -> bool:
        """Write a story that the store does not take to a file of the editor's choice; answers whether its words are there."""
        story = self._desk.writing.story(number)
        name, _ = QFileDialog.getSaveFileName(
            self._window, f"Save a copy of “{story.headline or story.slug}”", f"{story.slug}.zip", DOCUMENTS
        )
        if not name:
            return False
        try:
            out, is_whole = write_copy(self._desk, number, Path(name))
        except WorkstationError as error:
            warn(self._window, error)
            return False
        if not is_whole:
            told = f"The words are in {out}, without pictures and sources, which could not be written."
            inform(self._window, "Saved without pictures", told)
        return True


def write_copy(desk: Desk, number: int, out: Path) -> tuple[Path, bool]:
    """Write a story as it is on the screen to ``out``; where that fails, the text of its document alone.

    Answers with the file, and whether pictures and sources are with it.

    Raises:
        WorkstationError: not even the words could be written.
    """
    try:
        return desk.documents.export_document(number, out), True
    except Exception:  # what else there is of the story must not keep its words from the file
        words = _free_json(out)
    try:
        with words.open("w", encoding="utf-8", errors="replace") as file:
            file.write(desk.documents.document(desk.writing.story(number)))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise WorkstationError("The copy was not saved", f"{words}: {error.strerror or error}. Choose another folder.") from error
    return words, False


def _cause(error: Exception) -> tuple[str, str]:
    """What went wrong, as a title and a sentence; a bug bears its own name, so that it can be reported."""
    if isinstance(error, WorkstationError):
        return error.title, error.detail or error.title
    return "Saving broke down", "\n".join([f"{type(error).__name__}: {error}", *getattr(error, "__notes__", ())])


def _free_json(out: Path) -> Path:
    """A ``.json`` beside ``out`` that overwrites nothing but ``out`` itself."""
    wanted, number = out.with_suffix(".json"), 2
    while wanted != out and wanted.exists():
        wanted, number = out.with_name(f"{out.stem}-{number}.json"), number + 1
    return wanted
