"""What is written into a picture's file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureWords:
    """Texts of one line; an empty one leaves what the file has."""

    credit: str = ""
    caption: str = ""
    alternative_text: str = ""

    def __bool__(self) -> bool:
        return bool(self.credit or self.caption or self.alternative_text)
