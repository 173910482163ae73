"""The rendered side: a page in the browser engine, or whatever else a file can be seen as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from workstation.ui.dialogs.handing_over.looks_of import Look
from workstation.ui.dialogs.handing_over.outline_view import OutlineView
from workstation.ui.dialogs.handing_over.page_screen import PageScreen
from workstation.ui.dialogs.handing_over.simple_page import SimplePage
from workstation.ui.preview.message import Message
from workstation.ui.preview.stage import Stage

if TYPE_CHECKING:
    from workstation.ui.theme import Theme


class RenderedSide(QWidget):
    """Shows the :class:`Look` of one file; what was seen before stays until the new one stands."""

    brought = Signal()
    """Something came to the front."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.why_simple: str | None = None
        """Why there is no browser engine; None while there may be one."""
        self._look: Look | None = None
        self.stage = Stage(self)
        self.pages = PageScreen(theme, self.stage, self)
        self.message = Message(theme)
        self.simple = SimplePage()
        self.outline = OutlineView()
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.words.setAccessibleName("The story as text")
        self.words.document().setDocumentMargin(14)
        self._parts = (self.stage, self.message, self.simple, self.words, self.outline)
        for part in self._parts:
            part.setParent(self)
            part.setAutoFillBackground(True)
        self._front: QWidget = self.message
        self.message.say("The story is brought into its form", "")
        self._bring(self.message)
        self.pages.refused.connect(self._do_without)
        self.pages.shown.connect(self._show_stage)
        theme.on_change(self._dress)

    @property
    def current(self) -> QWidget:
        """What is in front."""
        return self._front

    @property
    def is_page(self) -> bool:
        """Whether a page is to be seen: it has a width to choose."""
        return self._look is not None and self._look.page is not None

    def show_look(self, look: Look) -> None:
        """Show a file."""
        self._look = look
        if look.page is not None:
            self._show_page(look)
            return
        if look.markdown is not None:
            self.simple.show_markdown(look.name, look.markdown, look.pictures)
            self._bring(self.simple)
        elif look.text is not None:
            if self.words.toPlainText() != look.text:
                self.words.setPlainText(look.text)
            self._bring(self.words)
        else:
            self.outline.show_rows(look.rows, of_files=look.source is None)
            self._bring(self.outline)

    def say(self, title: str, detail: str) -> None:
        """Say something in the place of the story."""
        self._look = None
        self.message.say(title, detail)
        self._bring(self.message)

    def _show_page(self, look: Look) -> None:
        if look.page is None:
            return
        if self.why_simple is None:
            self.pages.show(look.name, look.page)
        else:
            self.simple.show_page(look.name, look.page)
            self._bring(self.simple)

    def _show_stage(self) -> None:
        if self.is_page:
            self.stage.place()
            self._bring(self.stage)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for part in self._parts:
            part.setGeometry(self.rect())

    def _bring(self, front: QWidget) -> None:
        """Bring a part to the front. The stage is never hidden: a page is laid out before it is seen."""
        self._front = front
        for part in self._parts:
            part.setVisible(part in (front, self.stage))
        self.stage.setEnabled(front is self.stage)  # who walks with Tab does not get behind what is seen
        front.raise_()
        self.brought.emit()

    def _do_without(self, reason: str) -> None:
        self.why_simple = reason
        if self._look is not None:
            self.show_look(self._look)

    def _dress(self) -> None:
        reading = self._theme.font("reading")
        self.words.setFont(reading)
        self.simple.document().setDefaultFont(reading)
        self.simple.setFont(reading)
        self.stage.setAutoFillBackground(True)
