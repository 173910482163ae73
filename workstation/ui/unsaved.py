"""Nothing closes over words that could not be saved: what becomes of them is asked first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from workstation.errors import WorkstationError
from workstation.ui.boxes import box, inform, warn
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.workflow.desk import Desk

DOCUMENTS = "Story documents (*.json *.zip)"


class Unsaved:
    """Asks over ``window``, and writes the stories that the store does not take to files of the editor's choice."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        self._desk, self._window = desk, window

    def leave_anyway(self, error: Exception) -> bool:
        """Ask what becomes of the words that could not be saved; answers whether the window may close without them."""
        failed = self._desk.writing.unsaved()
        title, cause = _cause(error)
        names = [self._desk.writing.story(number).headline or "Untitled story" for number in failed]
        told = f"“{names[0]}” could not be saved." if len(names) == 1 else f"{len(names)} stories could not be saved."
        if not names:
            told = "Saving failed, but every story is in the store."
        asked = box(self._window, QMessageBox.Icon.Warning, title, told)
        asked.setInformativeText(plain_tip(f"{cause}\n\nSave a copy to another disk or folder before you close."))
        save = asked.addButton("Save a copy…", QMessageBox.ButtonRole.AcceptRole)
        leave = asked.addButton("Close and lose it", QMessageBox.ButtonRole.DestructiveRole)
        asked.addButton(QMessageBox.StandardButton.Cancel)
        asked.exec()
        clicked = asked.clickedButton()
        if clicked not in (save, leave) or (clicked is save and not all(self._save_copy(number) for number in failed)):
            return False
        self._desk.writing.abandon(failed)
        return True

    def _save_copy(self, number: int) -> bool:
        """Write a story that the store does not take to a file of the editor's choice; answers whether its words are there."""
        story, documents = self._desk.writing.story(number), self._desk.documents
        name, _ = QFileDialog.getSaveFileName(
            self._window, f"Save a copy of “{story.headline or story.slug}”", f"{story.slug}.zip", DOCUMENTS
        )
        if not name:
            return False
        out = Path(name)
        try:
            documents.export_document(number, out)
        except Exception:
            return self._save_words(documents.document(story), _free_json(out))
        return True

    def _save_words(self, document: str, out: Path) -> bool:
        """The last resort: the document's text alone, without its pictures and items."""
        try:
            out.write_text(document, encoding="utf-8")
        except OSError as error:
            warn(
                self._window,
                WorkstationError("The copy was not saved", f"{out}: {error.strerror or error}. Choose another folder."),
            )
            return False
        told = f"The words are in {out}, without pictures and sources, which could not be written."
        inform(self._window, "Saved without pictures", told)
        return True


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
