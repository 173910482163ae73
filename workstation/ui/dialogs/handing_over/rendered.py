"""The rendered side: a page in the browser engine, or whatever else a file can be seen as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QStackedLayout, QWidget

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

    simplified = Signal(str)
    """The page is shown without the browser engine, and why; empty when it is the page itself or no page at all."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._why_simple: str | None = None
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
        self._stack = QStackedLayout(self)
        self._stack.setStackingMode(QStackedLayout.StackingMode.StackAll)  # a page is laid out before it is seen
        for part in (self.message, self.stage, self.simple, self.words, self.outline):
            part.setAutoFillBackground(True)
            self._stack.addWidget(part)
        self.message.say("The story is brought into its form", "")
        self.pages.refused.connect(self._do_without)
        self.pages.shown.connect(self._show_stage)
        theme.on_change(self._dress)

    @property
    def current(self) -> QWidget | None:
        """What is in front."""
        return self._stack.currentWidget()

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
        self.simplified.emit("")
        if look.markdown is not None:
            self.simple.show_markdown(look.markdown, look.pictures)
            self._stack.setCurrentWidget(self.simple)
        elif look.text is not None:
            if self.words.toPlainText() != look.text:
                self.words.setPlainText(look.text)
            self._stack.setCurrentWidget(self.words)
        else:
            self.outline.show_rows(look.rows, of_files=look.source is None)
            self._stack.setCurrentWidget(self.outline)

    def say(self, title: str, detail: str) -> None:
        """Say something in the place of the story."""
        self._look = None
        self.message.say(title, detail)
        self._stack.setCurrentWidget(self.message)

    def _show_page(self, look: Look) -> None:
        if look.page is None:
            return
        if self._why_simple is None:
            self.pages.show(look.name, look.page)
        else:
            self.simple.show_page(look.page)
            self._stack.setCurrentWidget(self.simple)
            self.simplified.emit(self._why_simple)

    def _show_stage(self) -> None:
        if self.is_page:
            self.stage.place()
            self._stack.setCurrentWidget(self.stage)
            self.simplified.emit("")

    def _do_without(self, reason: str) -> None:
        self._why_simple = reason
        if self._look is not None:
            self.show_look(self._look)

    def _dress(self) -> None:
        reading = self._theme.font("reading")
        self.words.setFont(reading)
        self.simple.document().setDefaultFont(reading)
        self.simple.setFont(reading)
        self.stage.setAutoFillBackground(True)
