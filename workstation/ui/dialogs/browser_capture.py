"""Capturing from the browser: the door's switch, its port and token, the extension and the bookmarklet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from workstation.ui.browser_capture import BrowserCapture
from workstation.ui.opening_links import open_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from workstation.errors import WorkstationError
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme

ABOUT = (
    "Some pages show themselves only to you, in your browser: behind a login, a subscription, or scripts. The extension hands "
    "the page in front of you to this program, as you see it, when you press its button. Words that you selected there are "
    "selected here too."
)
DOOR = (
    "The door takes pages from programs of this machine alone, and only with the token. It is off until you switch it on, and "
    "closed while the program is closed."
)
CHROMIUM = (
    "Chrome, Edge, Chromium, Brave: open chrome://extensions, switch on “Developer mode”, press “Load unpacked” and choose "
    "the folder."
)
FIREFOX = (
    "Firefox: open about:debugging#/runtime/this-firefox, press “Load Temporary Add-on…” and choose manifest.json in the folder. "
    "Firefox forgets it when it ends, because the extension is not signed by Mozilla."
)
BOOKMARKLET = (
    "The bookmarklet needs neither the extension nor the door. Add a bookmark to your browser and paste this as its address. "
    "It copies the page in front of you, with its address: press Ctrl+V in the inbox."
)


class BrowserCaptureDialog(QDialog):
    """Shows the door as it is; what is changed is changed at once."""

    def __init__(self, session: Session, theme: Theme, capture: BrowserCapture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Capture from the browser")
        self._session, self._theme, self._capture = session, theme, capture
        self.switch = QCheckBox("Let the extension of my browser hand pages over")
        self.told = QLabel()
        self.port = _shown("Port")
        self.another = QPushButton("Another port")
        self.token = _shown("Token")
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.show_token = QPushButton("Show")
        self.show_token.setCheckable(True)
        self.copy_token = QPushButton("Copy")
        self.renew = QPushButton("Make a new one")
        self.copy_pairing = QPushButton("Copy for the extension")
        self.copy_pairing.setProperty("primary", True)
        self.folder = QPushButton("Open the extension’s folder")
        self.copy_bookmarklet = QPushButton("Copy the bookmarklet")
        self.close_button = QPushButton("Close")
        self._lay_out()
        self._connect()
        self._show()
        self.resize(720, self.heightForWidth(720))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(_words(ABOUT))
        column.addWidget(_heading("The door", self._theme))
        column.addWidget(self.switch)
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.told)
        column.addLayout(self._fields())
        kept = _words(
            f"{DOOR} Port and token are kept in {self._capture.door.file}, which only your user account can read.", muted=True
        )
        kept.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(kept)
        column.addWidget(_heading("The extension", self._theme))
        column.addWidget(_words(CHROMIUM))
        column.addWidget(_words(FIREFOX))
        column.addLayout(_row(self.folder, self.copy_pairing))
        column.addWidget(_heading("Without the extension", self._theme))
        column.addWidget(_words(BOOKMARKLET))
        foot = _row(self.copy_bookmarklet)
        foot.addWidget(self.close_button)
        column.addLayout(foot)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.close_button.setDefault(True)

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        for row, (label, field, buttons) in enumerate(
            (("Port", self.port, (self.another,)), ("Token", self.token, (self.show_token, self.copy_token, self.renew)))
        ):
            grid.addWidget(QLabel(label), row, 0)
            grid.addWidget(field, row, 1)
            for place, button in enumerate(buttons):
                grid.addWidget(button, row, 2 + place)
        grid.setColumnStretch(1, 1)
        return grid

    def _connect(self) -> None:
        door = self._capture.door
        self.switch.clicked.connect(self._turn)
        self.another.clicked.connect(lambda: self._do(door.another_port))
        self.renew.clicked.connect(lambda: self._do(door.new_token))
        self.show_token.toggled.connect(self._show_token)
        self.copy_token.clicked.connect(lambda: self._copy(door.state.token, "The token is on the clipboard."))
        self.copy_pairing.clicked.connect(
            lambda: self._copy(door.pairing, "Port and token are on the clipboard: paste them into the extension’s options.")
        )
        self.copy_bookmarklet.clicked.connect(
            lambda: self._copy(door.bookmarklet(), "The bookmarklet is on the clipboard: paste it as a bookmark’s address.")
        )
        self.folder.clicked.connect(lambda: open_file(self._capture.door.extension_folder()))
        self.close_button.clicked.connect(self.accept)
        self._capture.changed.connect(self._show)

    def _turn(self, wanted: bool) -> None:
        self._do(self._capture.door.switch_on if wanted else self._capture.door.switch_off)

    def _do(self, verb: Callable[[], None]) -> None:
        self.switch.setEnabled(False)
        self._capture.do(verb, failed=self._fail)

    def _fail(self, error: WorkstationError) -> None:
        if isValid(self):
            self._tell(f"{error.title}. {error.detail}", "bad")

    def _copy(self, words: str, told: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self._tell(told, "")

    def _show(self) -> None:
        if not isValid(self):
            return
        state, is_open = self._capture.door.state, self._capture.door.is_open
        self.switch.setEnabled(True)
        self.switch.setChecked(is_open)
        self.port.setText(str(state.port or ""))
        self.token.setText(state.token)
        for button in (self.show_token, self.copy_token, self.renew):
            button.setEnabled(bool(state.token))
        self.token.setEnabled(bool(state.token))
        self.port.setEnabled(bool(state.port))
        self.another.setEnabled(bool(state.port))
        self.copy_pairing.setEnabled(is_open)
        told = f"Open: it listens on 127.0.0.1, port {state.port}."
        self._tell(told if is_open else "Closed: nobody can hand anything over.", "")

    def _tell(self, told: str, tone: str) -> None:
        self.told.setText(told)
        self.told.setProperty("tone", tone)
        self.told.setProperty("muted", not tone)
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)

    def _show_token(self, shown: bool) -> None:
        self.token.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.show_token.setText("Hide" if shown else "Show")


def _shown(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setReadOnly(True)
    line.setAccessibleName(name)
    return line


def _words(text: str, *, muted: bool = False) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("muted", muted)
    return label


def _heading(text: str, theme: Theme) -> QLabel:
    label = QLabel(text)
    font = theme.font("ui")
    font.setBold(True)
    label.setFont(font)
    return label


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
