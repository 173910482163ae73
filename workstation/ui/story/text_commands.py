"""What is done to the text that the caret is in: marks, lists, links, and pasting without marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from workstation.domain.body import BlockKind, Body
from workstation.domain.story import Source
from workstation.ui.dialogs.link import ask_link
from workstation.ui.story.body_copy import html_of
from workstation.ui.story.body_edit import BodyEdit
from workstation.ui.story.text_field import LineField
from workstation.ui.theme import Theme
from workstation.ui.wording import plain_tip

ICONS = {
    "strong": "mdi6.format-bold",
    "emphasis": "mdi6.format-italic",
    "link": "mdi6.link-variant",
    "blockquote": "mdi6.format-quote-close",
    "bullets": "mdi6.format-list-bulleted",
    "numbers": "mdi6.format-list-numbered",
}


class TextCommands(QObject):
    """The commands on :attr:`body`, as actions that show how the words at the caret are marked."""

    def __init__(
        self, pane: QWidget, theme: Theme, cleaned: Callable[[str], Body], sources: Callable[[], Sequence[Source]]
    ) -> None:
        """``cleaned`` reads pasted markup; ``sources`` are those whose links are offered for the text in hand."""
        super().__init__(pane)
        self._pane = pane
        self._theme = theme
        self._cleaned = cleaned
        self._sources = sources
        self._body: BodyEdit | None = None
        self.strong = self._action("Strong", "Ctrl+B", partial(self._change, "toggle_strong"))
        self.emphasis = self._action("Emphasis", "Ctrl+I", partial(self._change, "toggle_emphasis"))
        self.link = self._action("Link…", "Ctrl+K", self.ask_link)
        self.blockquote = self._action("Block quote", "Ctrl+Shift+9", partial(self._change, "toggle_quoted"))
        self.bullets = self._action("Bulleted list", "Ctrl+Shift+8", partial(self._change, "toggle_kind", BlockKind.BULLET))
        self.numbers = self._action("Numbered list", "Ctrl+Shift+7", partial(self._change, "toggle_kind", BlockKind.NUMBER))
        self.plain = QAction("Paste as plain text\tCtrl+Shift+V", pane)
        self.plain.triggered.connect(lambda _=False: self.paste_plain())
        theme.on_change(self._dress)

    @property
    def actions(self) -> tuple[QAction, ...]:
        """The actions that have a button, in their order."""
        return tuple(getattr(self, name) for name in ICONS)

    @property
    def body(self) -> BodyEdit | None:
        """The text in hand; None when there is none, or when its card has gone with it."""
        return self._body if self._body is not None and isValid(self._body) else None

    def take(self, body: BodyEdit) -> None:
        """Act on ``body`` from now on."""
        self._body = body
        self.show_shape()

    def serve(self, body: BodyEdit) -> None:
        """Offer the commands in the menu of ``body`` and follow its caret."""
        body.addAction(self.plain)
        body.cursorPositionChanged.connect(self.show_shape)

    def ask_link(self) -> None:
        """Ask where the selected words should link to."""
        body = self.body
        if body is None:
            return
        answered, address = ask_link(body.shape().link, self._sources(), self._pane)
        if not isValid(body):
            return
        if answered:
            body.set_link(address)
        body.setFocus()

    def paste_plain(self) -> None:
        """Paste without any marks into the field that has the focus."""
        field, text = QApplication.focusWidget(), self.words_of(QGuiApplication.clipboard().mimeData())
        if isinstance(field, BodyEdit):
            field.paste_plain(text)
        elif isinstance(field, LineField):
            field.paste_line(text)
        elif isinstance(field, QLineEdit):
            field.insert(" ".join(text.split()))

    def words_of(self, data: QMimeData) -> str:
        """The words on a clipboard; some programs put only their marked-up form there."""
        return data.text() or (self._cleaned(html_of(data)).text if data.hasHtml() else "")

    def show_shape(self) -> None:
        """Show how the words at the caret are marked."""
        body = self.body
        if body is None:
            return
        shape = body.shape()
        self.strong.setChecked(shape.strong)
        self.emphasis.setChecked(shape.emphasis)
        self.link.setChecked(bool(shape.link))
        self.blockquote.setChecked(shape.quoted)
        self.bullets.setChecked(shape.kind is BlockKind.BULLET)
        self.numbers.setChecked(shape.kind is BlockKind.NUMBER)

    def _change(self, change: str, *values: object) -> None:
        body = self.body
        if body is not None:
            getattr(body, change)(*values)
            body.setFocus()
            self.show_shape()

    def _action(self, text: str, keys: str, slot: Callable[[], object]) -> QAction:
        made = QAction(text, self._pane)
        made.setShortcut(QKeySequence(keys))
        made.setCheckable(True)
        made.triggered.connect(lambda _=False: slot())
        native = made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        made.setToolTip(plain_tip(f"{text} ({native})"))
        self._pane.addAction(made)
        return made

    def _dress(self) -> None:
        for name, icon in ICONS.items():
            getattr(self, name).setIcon(self._theme.icon(icon))
