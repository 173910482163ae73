"""Pictures on the clipboard or in the hand of a drag: what gives their bytes, and under which name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

from workstation.errors import InputError

READY_MADE = {"image/jpeg": "lead.jpg", "image/png": "lead.png", "image/webp": "lead.webp"}
ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".avif")

Brought = tuple[Callable[[], bytes], str]


def brings_picture(data: QMimeData) -> bool:
    """Whether a text that is pasted or dropped is no text but a picture: one on the clipboard, or files of pictures."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return all(file.suffix.lower() in ENDINGS for file in files)
    return data.hasImage() and not data.text().strip()


def brings_documents(data: QMimeData) -> bool:
    """Whether files are pasted or dropped that are no pictures: their paths are no words of a story."""
    return any(url.isLocalFile() for url in data.urls()) and not brings_picture(data)


def picture_in(data: QMimeData) -> Brought | None:
    """What gives the bytes of the picture in ``data`` (to be called beside the window's thread) and its file name.

    A file is read only then; of a picture on the clipboard the ready-made bytes are taken where there are some.
    """
    path = next((Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()), None)
    if path is not None:
        return partial(_read, path), path.name
    if not data.hasImage():
        return None
    kind = next((kind for kind in READY_MADE if kind in data.formats()), None)
    if kind is not None:
        return partial(bytes, data.data(kind).data()), READY_MADE[kind]
    return partial(_as_png, QImage(data.imageData())), "lead.png"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError("The picture was not taken", f"{path} cannot be read: {error.strerror or error}.") from error


def _as_png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # the stubs ask for bytes, which Qt refuses
        raise InputError("The picture was not taken", "What is on the clipboard cannot be written as a picture.")
    return bytes(buffer.data().data())
