"""The pictures of a parcel: which of them are shown, and how its text names them."""

from __future__ import annotations

import re
from html import escape

from workstation.domain.picture import PictureNote
from workstation.export.cms.delivery import Parcel

_NAME = re.compile(r"[^A-Za-z0-9_-]+")


def used_pictures(parcel: Parcel) -> list[PictureNote]:
    """The pictures that the text shows, or that are featured; icons that it does not show stay here."""
    return [note for note in parcel.pictures if note.file == parcel.featured or source_of(parcel, note.file) in parcel.content]


def source_of(parcel: Parcel, file: str) -> str:
    """The attribute by which the text shows a picture of the parcel."""
    return source(parcel.addresses[file])


def source(address: str) -> str:
    """The attribute by which a text shows the picture at ``address``."""
    return f'src="{escape(address)}"'


def stem(note: PictureNote) -> str:
    """The name of the picture's file in letters that every system keeps, without its ending."""
    name, _, _ = note.file.rpartition("/")[2].rpartition(".")
    return _NAME.sub("-", name).strip("-_")[:80] or "picture"


def named(note: PictureNote) -> str:
    """The picture in a sentence's beginning."""
    return f"The picture “{note.file.rpartition('/')[2]}”"
