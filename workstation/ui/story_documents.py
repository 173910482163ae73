"""Story documents from and to files of the editor's choice."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from workstation.ui.boxes import inform, warn
from workstation.ui.unsaved import DOCUMENTS

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.workflow.desk import Desk
    from workstation.workflow.documents import Imported


class StoryDocuments(QObject):
    """Asks over ``window``; files are read and written beside its thread."""

    def __init__(self, session: Session, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._desk, self._window = session, desk, window

    def ask_import(self) -> None:
        """Ask for a file and turn to the story that it holds."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Import a story document", str(Path.home()), DOCUMENTS)
        if name:
            self._session.run(
                lambda _: self._desk.documents.import_document(Path(name)),
                self._show_imported,
                failed=partial(warn, self._window),
                label="Importing a story",
            )

    def _show_imported(self, imported: Imported) -> None:
        self._session.publish(imported.changes, self)
        self._session.show_story(imported.story)
        if imported.left_out:
            inform(self._window, "Imported", "Imported, with this left out:\n\n" + "\n".join(imported.left_out))

    def ask_export(self) -> None:
        """Ask for a file and write the story that is open to it."""
        story = self._session.story
        if story is None:
            return
        proposed = f"{self._desk.writing.story(story).slug}.zip"
        name, _ = QFileDialog.getSaveFileName(self._window, "Export the story document", str(Path.home() / proposed), DOCUMENTS)
        if name:
            self._session.run(
                lambda _: self._desk.documents.export_document(story, Path(name)),
                lambda out: self._session.say(f"Written: {out}", "good"),
                failed=partial(warn, self._window),
                label="Exporting the story document",
            )
