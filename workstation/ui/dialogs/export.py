"""The door out: profile, publication, folder; blockers are named before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from workstation.errors import WorkstationError
from workstation.workflow.publishing import Exported
from workstation.workflow.reviewing import Reviewed

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.workflow.publications import Printed
    from workstation.workflow.publishing import Publishing
    from workstation.workflow.reviewing import Reviewing

FOLDER_KEY = "export/folder"
SHOWN_BLOCKERS = 4
ROOM_AROUND = 24


class ExportDialog(QDialog):
    """Exports the open story. While a blocker stands, a reason is asked for; without one nothing is written."""

    def __init__(
        self,
        session: Session,
        publishing: Publishing,
        reviewing: Reviewing,
        settings: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self._session = session
        self._publishing = publishing
        self._settings = settings
        self._exported: Exported | None = None
        self._story = session.story or 0
        self._blockers = QLabel()
        self._blockers.setWordWrap(True)
        self._blockers.setTextFormat(Qt.TextFormat.PlainText)
        self._blockers.setProperty("tone", "bad")
        self._embargo = QLabel()
        self._embargo.setWordWrap(True)
        self._embargo.setTextFormat(Qt.TextFormat.PlainText)
        self._embargo.setProperty("badge", "warn")
        self._embargo.setContentsMargins(10, 6, 10, 6)
        self._embargo.hide()
        self._reason = QLineEdit()
        self._reason.setPlaceholderText("Why the story may go out with these blockers")
        self._profile = QComboBox()
        self._about = QLabel()
        self._about.setWordWrap(True)
        self._about.setProperty("muted", True)
        self._about.setMinimumHeight(2 * self._about.fontMetrics().lineSpacing())
        for profile in publishing.profiles():
            self._profile.addItem(profile.label, profile.name)
            self._profile.setItemData(self._profile.count() - 1, profile.description, Qt.ItemDataRole.ToolTipRole)
        self._publication = QLabel()
        self._publication.setWordWrap(True)
        for label in (self._about, self._publication):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._folder = QLineEdit(str(settings.value(FOLDER_KEY, str(Path.home()))))
        self._result = QLabel()
        self._result.setWordWrap(True)
        self._result.setTextFormat(Qt.TextFormat.PlainText)
        self._result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self._folder.textChanged.connect(self._enable)
        self._profile.currentIndexChanged.connect(self._tell_profile)
        self._tell_profile()
        self._is_busy = True
        self._show_blockers("The story is being checked.", ask=False)
        self._enable()
        session.run(
            lambda _: (reviewing.review(self._story), _house_line(publishing.printed(self._story))),
            self._show_checked,
            failed=self._refused,
            urgent=True,
        )

    def _lay_out(self) -> None:
        choose = QPushButton("Choose…")
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        folder = QHBoxLayout()
        folder.addWidget(self._folder, 1)
        folder.addWidget(choose)
        form = QFormLayout()
        form.addRow("&Profile", self._profile)
        form.addRow("", self._about)
        form.addRow("Publication", self._publication)
        folder_label = QLabel("&Folder")
        folder_label.setBuddy(self._folder)
        form.addRow(folder_label, folder)
        self._reason_label = QLabel("&Reason")
        self._reason_label.setBuddy(self._reason)
        form.addRow(self._reason_label, self._reason)
        self._open = QPushButton("Open")
        self._show_folder = QPushButton("Show folder")
        self._copy = QPushButton("Copy HTML")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._export = buttons.addButton("Export", QDialogButtonBox.ButtonRole.AcceptRole)
        self._export.setProperty("primary", True)
        self._export.setDefault(True)
        for button in (self._open, self._show_folder, self._copy):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
            button.hide()
        buttons.accepted.connect(self._write)
        buttons.rejected.connect(self.reject)
        self._open.clicked.connect(lambda: self._open_path(self._exported.main if self._exported else None))
        self._show_folder.clicked.connect(lambda: self._open_path(self._exported.folder if self._exported else None))
        self._copy.clicked.connect(self._copy_html)
        column = QVBoxLayout(self)
        column.addWidget(self._blockers)
        column.addWidget(self._embargo)
        column.addLayout(form)
        column.addWidget(self._result)
        column.addWidget(buttons)
        self.setMinimumWidth(560)

    def _enable(self) -> None:
        self._export.setEnabled(not self._is_busy and bool(self._folder.text().strip()))

    def _show_checked(self, checked: tuple[Reviewed, tuple[str, str]]) -> None:
        if isValid(self):
            reviewed, (publication, tone) = checked
            self._publication.setText(publication)
            self._publication.setProperty("tone", tone)
            self._publication.style().polish(self._publication)
            self._publication.setMinimumHeight(self._publication.heightForWidth(self._folder.width()))
            self._show_review(reviewed)
            self._is_busy = False
            self._enable()
            self.adjustSize()

    def _show_blockers(self, text: str, *, ask: bool) -> None:
        self._blockers.setText(text)
        self._blockers.setVisible(bool(text))
        for widget in (self._reason, self._reason_label):
            widget.setVisible(ask)

    def _show_review(self, reviewed: Reviewed) -> None:
        blockers = reviewed.blockers
        told = [problem.told for problem in blockers[:SHOWN_BLOCKERS]]
        more = len(blockers) - len(told)
        lines = [f"•  {line}" for line in told] + ([f"•  and {more} more"] if more > 0 else [])
        head = (
            "A blocker stands. Mend it in Checks, or give a reason."
            if len(blockers) == 1
            else (f"{len(blockers)} blockers stand. Mend them in Checks, or give a reason.")
        )
        self._show_blockers("\n".join([head, *lines]) if blockers else "", ask=bool(blockers))
        self._embargo.setText(next((problem.message for problem in reviewed.problems if problem.rule == "embargo"), ""))
        self._embargo.setVisible(bool(self._embargo.text()))
        if self._embargo.text():
            self._embargo.setMinimumHeight(self._embargo.heightForWidth(self.width() - ROOM_AROUND))
            self.adjustSize()

    def _tell_profile(self) -> None:
        self._about.setText(self._profile.currentData(Qt.ItemDataRole.ToolTipRole) or "")

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Export into", self._folder.text())
        if folder:
            self._folder.setText(folder)

    def _write(self) -> None:
        folder, profile = Path(self._folder.text()).expanduser(), self._profile.currentData()
        reason = self._reason.text().strip() or None
        self._is_busy = True
        self._enable()
        self._session.run(
            lambda _: self._publishing.export(self._story, profile, folder, waive=reason),
            self._written,
            failed=self._refused,
            urgent=True,
        )

    def _written(self, exported: Exported) -> None:
        self._settings.setValue(FOLDER_KEY, str(exported.folder))
        self._session.publish(exported.changes, self)
        self._session.say(f"Exported to {exported.main}", "good")
        if not isValid(self):  # closed while the export went on
            return
        self._exported = exported
        self._is_busy = False
        self._enable()
        missing = f" Without {', '.join(exported.missing)}: missing." if exported.missing else ""
        self._result.setText(f"Written: {exported.main}{missing}\nSHA-256 {exported.sha256[:16]}…")
        self._result.setProperty("tone", "")
        self._result.style().polish(self._result)
        for button in (self._open, self._show_folder, self._copy):
            button.show()
        self._grow()

    def _grow(self) -> None:
        """Make room for what was said: a dialog does not grow by itself with words that wrap."""
        self._result.setMinimumHeight(self._result.heightForWidth(self.width() - ROOM_AROUND))
        self.adjustSize()

    def _refused(self, error: WorkstationError) -> None:
        if not isValid(self):
            self._session.say_error(error)
            return
        self._is_busy = False
        self._enable()
        self._result.setText(f"{error.title}. {error.detail}")
        self._result.setProperty("tone", "bad")
        self._result.style().unpolish(self._result)
        self._result.style().polish(self._result)
        self._grow()

    def _open_path(self, path: Path | None) -> None:
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _copy_html(self) -> None:
        if self._exported is not None:
            QGuiApplication.clipboard().setText(self._exported.main.read_text(encoding="utf-8"))
            self._result.setText(f"{self._result.text()}\nThe HTML is on the clipboard.")


def _house_line(printed: Printed) -> tuple[str, str]:
    """The house that the story is handed over in, and the tone to say it in."""
    if printed.fault is not None:
        return f"{printed.fault.title}. {printed.fault.detail}", "bad"
    if printed.warning is not None:
        return f"{printed.publication.name}, as it was before its file broke", "warn"
    return printed.publication.name, ""
