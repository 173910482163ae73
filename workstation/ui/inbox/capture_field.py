"""The line at the window's top: a link, files or words become items."""

from __future__ import annotations

from urllib.parse import urlsplit

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit

from workstation.domain.body import count_words
from workstation.ui.inbox.capturing import Capturing
from workstation.ui.inbox.targets import Target, TargetKind, targets_in, targets_of
from workstation.ui.session import Session
from workstation.ui.theme import Theme
from workstation.workflow.gathering import Gathering

PLACEHOLDER = "Paste a link, drop files, or type to capture   (Ctrl+L)"
ICON = 16


class CaptureField(QFrame):
    """Enter captures links and files at once; any other text only after the field has asked."""

    def __init__(self, session: Session, theme: Theme, gathering: Gathering) -> None:
        super().__init__()
        self._theme = theme
        self._entering = Capturing(session, gathering, self)
        self._dropping = Capturing(session, gathering, self)
        self._entering.failed.connect(self._put_back)
        self._asked: tuple[Target, ...] = ()
        self.setProperty("field", True)
        self.setAcceptDrops(True)
        self._icon = QLabel()
        self._line = _Line(self)
        self._hint = QLabel()
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setProperty("muted", True)
        self._hint.hide()
        self._lay_out()
        self._line.textEdited.connect(self._forget)
        theme.on_change(self._dress)

    def take_focus(self) -> None:
        """Put the caret into the field; the window's menu binds it to Ctrl+L (a second shortcut here would silence both)."""
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()

    @property
    def is_left(self) -> bool:
        """Whether the keyboard is still here although nothing stands in the field."""
        return self._line.hasFocus() and not self._line.text()

    @property
    def hint(self) -> str:
        """What the field asks or explains just now."""
        return self._hint.text() if not self._hint.isHidden() else ""

    # --- what comes in ---------------------------------------------------------------------------------------------

    def submit(self) -> None:
        """Enter: capture what was asked about, or what stands in the field."""
        targets = self._asked or targets_of(self._line.text())
        if not targets:
            return
        if not self._asked and targets[0].kind is TargetKind.TEXT:
            self._ask(targets)
            return
        self._entering.capture(targets)
        self.clear()

    def _put_back(self, lost: tuple[Target, ...]) -> None:
        """What was entered here and could not be captured stands in the field again, unless the editor types on."""
        if self._line.text().strip():
            return
        if len(lost) == 1 and lost[0].kind is TargetKind.LINK:
            self._line.setText(lost[0].value)
        else:
            self._ask(lost)

    def paste(self) -> None:
        """Paste: several lines, links or files are kept whole although the field shows one line."""
        mime = QGuiApplication.clipboard().mimeData()
        targets = targets_in(mime)
        has_source = any(target.url for target in targets)
        is_line = not has_source and mime.hasText() and "\n" not in mime.text().strip() and not mime.hasUrls()
        if is_line:
            self._line.insert(mime.text().strip())
            self._forget()
        elif targets:
            self._ask(targets)

    def clear(self) -> None:
        """Empty the field and stop asking."""
        self._line.clear()
        self._forget()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if targets_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._dropping.capture(targets_in(event.mimeData()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._line.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
            painter.end()

    # --- asking ----------------------------------------------------------------------------------------------------

    def _ask(self, targets: tuple[Target, ...]) -> None:
        """Show what Enter will capture, and wait for it."""
        self._asked = targets
        self._line.setText(_in_one_line(targets))
        self._line.setCursorPosition(0)
        self._hint.setText(_question(targets))
        self._hint.show()
        self._line.setAccessibleDescription(self._hint.text())

    def _forget(self) -> None:
        self._asked = ()
        self._hint.hide()
        self._line.setAccessibleDescription("")

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(9, 5, 9, 5)
        row.setSpacing(11)
        row.addWidget(self._icon)
        row.addWidget(self._line, 1)
        row.addWidget(self._hint)
        self.setFocusProxy(self._line)
        self.setMinimumWidth(240)

    def _dress(self) -> None:
        self._icon.setPixmap(self._theme.icon("mdi6.inbox-outline", "muted").pixmap(ICON, ICON))
        self._hint.setFont(self._theme.font("small"))
        self._line.setFont(self._theme.font("ui"))


class _Line(QLineEdit):
    """The text of the field. Paste, Enter and Escape go to the field, which keeps what one line cannot show."""

    def __init__(self, field: CaptureField) -> None:
        super().__init__(field)
        self._field = field
        self.setProperty("flat", True)
        self.setFrame(False)
        self.setPlaceholderText(PLACEHOLDER)
        self.setAccessibleName("Capture a source")
        self.setAcceptDrops(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._field.paste()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._field.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self._field.clear()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._field.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._field.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        paste = menu.findChild(QAction, "edit-paste")
        if paste is not None:
            paste.triggered.disconnect()
            paste.triggered.connect(self._field.paste)
            paste.setEnabled(bool(targets_in(QGuiApplication.clipboard().mimeData())))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())


def _question(targets: tuple[Target, ...]) -> str:
    if targets[0].kind is TargetKind.PAGE:
        return "Enter captures this page"
    if targets[0].kind is not TargetKind.TEXT:
        return f"Enter captures {len(targets)} sources" if len(targets) > 1 else "Enter captures it"
    words = count_words(targets[0].value)
    source = f" from {urlsplit(targets[0].url).netloc}" if targets[0].url else ""
    return f"Enter captures this text ({words} words){source}" if words > 1 else f"Enter captures this text{source}"


def _in_one_line(targets: tuple[Target, ...]) -> str:
    shown = (str(target.url) if target.kind is TargetKind.PAGE else target.value for target in targets)
    return " ".join(" ".join(value[:2_000].split()) for value in shown)[:500]
