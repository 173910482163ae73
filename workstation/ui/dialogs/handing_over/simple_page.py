"""A page without a browser engine: its words, headings, links and pictures, in the plainest form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QTextDocument
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

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        if kind == QTextDocument.ResourceType.ImageResource.value:
            return QByteArray(self._files.get(QUrl(name).path(), b""))
        return QByteArray()

    def _keep_place(self, show: Any) -> None:
        at = self.verticalScrollBar().value()
        show()
        self.document().setDocumentMargin(MARGIN)
        self.verticalScrollBar().setValue(at)
