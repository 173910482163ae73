"""Bringing a picture to a story and cropping it: read and written beside the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMessageBox, QWidget

from workstation.domain.changes import Changes
from workstation.domain.story import LeadImage
from workstation.errors import InputError
from workstation.ui.pixels import image_of
from workstation.ui.story.brought_picture import brings_documents, picture_in

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.publishing import Publishing
    from workstation.workflow.writing import Writing


class Picturing(QObject):
    """What the story pane does with pictures; each ends as one step of the story that was open when it began."""

    brought = Signal(int, object)
    """The story has another lead image: its number, and the changes."""
    cropped = Signal(int, object)
    """The lead image shows another part of its picture: the story's number, and the changes."""

    def __init__(self, session: Session, theme: Theme, writing: Writing, publishing: Publishing, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._theme, self._writing, self._publishing = session, theme, writing, publishing
        self._window = parent

    def bring(self, number: int, data: bytes | Callable[[], bytes], name: str) -> None:
        """Make a picture the lead image; ``data`` may be what gives the bytes when it is called in another thread."""

        def work(_task: object) -> Changes:
            return self._writing.set_lead_image(number, data() if callable(data) else data, name)

        self._session.run(work, lambda changes: self.brought.emit(number, changes), label="Reading the picture")

    def offer(self, number: int, pasted: QMimeData) -> None:
        """Make a picture that was pasted into a text, which holds none, the lead image; asked where there is one already."""
        if brings_documents(pasted):
            self._session.say("A text takes no files. Drop them on the inbox, or press Ctrl+V there, to capture them.", "warn")
            return
        brought = picture_in(pasted)
        if brought is None:
            return
        replaces = self._writing.story(number).lead_image is not None
        if replaces and not self._may_replace():
            return
        self.bring(number, *brought)
        self._session.say("A text holds no pictures, so it became the lead image. Ctrl+Z takes it back.")

    def ask_crop(self, number: int) -> None:
        """Open the crop dialog over the whole picture of a story's lead image."""
        image = self._writing.story(number).lead_image
        picture = self._writing.files(number).get((image.original or image.file) if image else "")
        if image is None or picture is None:
            self._session.say("The picture of the lead image is missing. Bring it again to crop it.", "warn")
            return
        data = picture.data
        self._session.run(
            lambda _: (_decoded(data), self._publishing.printed(number).publication.image_ratios),
            lambda ready: self._crop(number, image, *ready),
            urgent=True,
        )

    def _crop(self, number: int, image: LeadImage, picture: QImage, ratios: tuple[str, ...]) -> None:
        from workstation.ui.dialogs.crop import ask_crop  # noqa: PLC0415 - keeps it off the start

        changed, crop = ask_crop(picture, image.crop, ratios, self._theme, self._window.window())
        if changed:
            self._session.run(
                lambda _: self._writing.crop_lead_image(number, crop),
                partial(self.cropped.emit, number),
                label="Cropping the picture",
            )

    def _may_replace(self) -> bool:
        told = "A text holds no pictures. Replace the lead image with this one?"
        box = QMessageBox(QMessageBox.Icon.Question, "Lead image", told, parent=self._window.window())
        replace = box.addButton("Replace", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        return box.clickedButton() is replace


def _decoded(data: bytes) -> QImage:
    image = image_of(data)
    if image.isNull():
        raise InputError("The picture cannot be cropped", "It cannot be shown. Bring it again as JPEG or PNG.")
    return image
