"""A picture as bytes: an outlet's icon, a lead image, a publication's logo."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp", "image/svg+xml": "svg"}


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of a picture with its media type and its size in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        return sha256(self.data).hexdigest()

    @property
    def extension(self) -> str:
        """The ending that a file of this picture bears, without the dot."""
        return EXTENSIONS.get(self.media_type, "bin")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureNote:
    """What is told of a picture that is handed over; ``file`` is its name among the files, ``role`` what it is for."""

    file: str
    picture: Picture
    role: str
    alternative_text: str = ""
    decorative: bool = False
    caption: str = ""
    credit: str = ""
