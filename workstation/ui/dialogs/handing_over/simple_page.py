"""A page without a browser engine: its words, headings, links and pictures, in the plainest form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextCursor, QTextDocument, QTextImageFormat
from PySide6.QtWidgets import QFrame, QTextBrowser

from workstation.ui.preview.following import Rendered

MARGIN = 18


class SimplePage(QTextBrowser):
    """Shows HTML or Markdown with the pictures of its own files; it reaches nothing else and follows no link."""

    def __init__(self) -> None:
        super().__init__()
        self._files: Mapping[str, bytes] = {}
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self.setProperty("pane", True)
        self.setAccessibleName("The story, simplified")
        self.document().setDocumentMargin(MARGIN)

    def show_page(self, page: Rendered) -> None:
        """Show a page."""
        self._files = page.files
        self._keep_place(lambda: self.setHtml(page.files[page.main].decode()))

    def show_markdown(self, text: str, files: Mapping[str, bytes]) -> None:
        """Show a text in Markdown."""
        self._files = files
        self._keep_place(lambda: self.setMarkdown(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_pictures()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        if kind == QTextDocument.ResourceType.ImageResource.value:
            return QByteArray(self._files.get(QUrl(name).path(), b""))
        return QByteArray()

    def _keep_place(self, show: Any) -> None:
        at = self.verticalScrollBar().value()
        show()
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
        image = QImage.fromData(QByteArray(self._files.get(QUrl(picture.name()).path(), b"")))
        width = min(room, image.width())
        if width > 0 and round(picture.width()) != width:
            picture.setWidth(width)
            picture.setHeight(image.height() * width / image.width())
            cursor.setPosition(at)
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(picture)
