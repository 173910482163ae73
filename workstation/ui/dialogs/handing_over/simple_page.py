"""A page without a browser engine: its words, headings, links and pictures, in the plainest form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextCursor, QTextDocument, QTextImageFormat
from PySide6.QtWidgets import QFrame, QTextBrowser

from workstation.ui.dialogs.handing_over.shallow import shallow
from workstation.ui.pixels import image_of
from workstation.ui.preview.following import Rendered

MARGIN = 18
_FACTS = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
"""The facts of a story above its Markdown, which a site generator takes away."""


class SimplePage(QTextBrowser):
    """Shows HTML or Markdown with the pictures of its own files; it reaches nothing else and follows no link."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._files: Mapping[str, bytes] = {}
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self.setProperty("pane", True)
        self.setAccessibleName("The story, simplified")
        self.document().setDocumentMargin(MARGIN)

    def show_page(self, name: str, page: Rendered) -> None:
        """Show the page of a file; that of the same ``name`` stays where it is."""
        self._show(name, page.files, lambda: self.setHtml(shallow(page.files[page.main].decode())))

    def show_markdown(self, name: str, text: str, files: Mapping[str, bytes]) -> None:
        """Show a text in Markdown, likewise."""
        words, document, dialect = _FACTS.sub("", text), self.document(), QTextDocument.MarkdownFeature.MarkdownDialectCommonMark
        self._show(name, files, lambda: document.setMarkdown(words, dialect))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_pictures()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture of the own files; of all else an empty one.

        Given nothing, or empty bytes, Qt opens the file by itself: at once, or when a picture bears the name of a style sheet.
        """
        return self._picture(QUrl(name)) if kind == QTextDocument.ResourceType.ImageResource.value else QImage()

    def _picture(self, name: QUrl) -> QImage:
        is_own = name.isRelative() and not name.path().startswith("/")
        return image_of(self._files.get(name.path(), b"") if is_own else b"")

    def _show(self, name: str, files: Mapping[str, bytes], show: Callable[[], object]) -> None:
        at = self.verticalScrollBar().value() if name == self._name else 0
        self._name, self._files = name, files
        show()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.document().setDocumentMargin(MARGIN)
        self._fit_pictures()
        self.verticalScrollBar().setValue(at)

    def _fit_pictures(self) -> None:
        """No picture is wider than the words."""
        room = self.viewport().width() - 2 * MARGIN
        cursor = QTextCursor(self.document())
        block = self.document().begin()
        while block.isValid():
            stretches = block.begin()
            while not stretches.atEnd():
                fragment = stretches.fragment()
                picture = fragment.charFormat().toImageFormat()
                if picture.isValid():
                    self._fit(cursor, fragment.position(), picture, room)
                stretches += 1
            block = block.next()

    def _fit(self, cursor: QTextCursor, at: int, picture: QTextImageFormat, room: int) -> None:
        """Make a picture as wide as it is, at most as wide as the room, in its own proportions."""
        image = self._picture(QUrl(picture.name()))
        width = min(room, image.width())
        if width > 0 and round(picture.width()) != width:
            picture.setWidth(width)
            picture.setHeight(image.height() * width / image.width())
            cursor.setPosition(at)
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(picture)
