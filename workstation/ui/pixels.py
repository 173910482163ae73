"""Picture bytes that the store keeps, as Qt draws them: only formats made of pixels, whatever the bytes look like.

Qt guesses a format from the bytes, and its drawings (SVG) open files and hang on a page of text.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

_BEGINNINGS = ((b"\x89PNG\r\n\x1a\n", b"png"), (b"\xff\xd8\xff", b"jpeg"), (b"RIFF", b"webp"), (b"GIF8", b"gif"))
_MOST_MEGABYTES = 256


def image_of(data: bytes, scaled: QSize | None = None, *, fills: bool = False) -> QImage:
    """The picture in ``data``; a null one where it is none. ``scaled`` is a size to be decoded for.

    Args:
        data: bytes of a PNG, JPEG, WebP or GIF.
        scaled: the room that the picture gets; a large JPEG costs little then.
        fills: whether it is to fill the room instead of fitting in.
    """
    kind = next((name for beginning, name in _BEGINNINGS if data.startswith(beginning)), None)
    if kind is None:
        return QImage()
    buffer = QBuffer()
    buffer.setData(data)
    reader = QImageReader(buffer, kind)
    reader.setAutoDetectImageFormat(False)
    reader.setAllocationLimit(_MOST_MEGABYTES)
    if scaled is not None:
        reader.setScaledSize(reader.size().scaled(scaled, _how(fills)))
    return reader.read()


def _how(fills: bool) -> Qt.AspectRatioMode:
    return Qt.AspectRatioMode.KeepAspectRatioByExpanding if fills else Qt.AspectRatioMode.KeepAspectRatio
