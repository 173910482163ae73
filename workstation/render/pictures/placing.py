"""The pictures of an export: their names beside the text, and what a manifest tells of them."""

from __future__ import annotations

import io
import warnings
from base64 import b64encode
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from workstation.domain.picture import EXTENSIONS, Picture, PictureNote
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.errors import InputError
from workstation.render.memory import remembered
from workstation.render.words.addresses import file_address

MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}
LARGEST_PIXELS = 40_000_000
LARGEST_BYTES = 32 * 2**20


def picture_from(data: bytes) -> Picture | None:
    """The picture in ``data`` (PNG, JPEG, WebP or GIF of at most 40 megapixels and 32 MiB), else None. SVG is refused.

    Only the head of the file is read; the pixels are not decoded.
    """
    if len(data) > LARGEST_BYTES:
        return None
    from PIL import Image  # noqa: PLC0415 - only needed when a publication or a story is read

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=list(MEDIA_TYPES)) as image:
                width, height, form = image.width, image.height, image.format or ""
    except (OSError, ValueError, Warning, Image.DecompressionBombError, SyntaxError):
        return None
    if not 0 < width * height <= LARGEST_PIXELS:
        return None
    return Picture(data, MEDIA_TYPES[form], width, height)


@remembered
def data_address(picture: Picture) -> Markup:
    """The address that holds the picture itself; there is nothing in it to escape, and it is long."""
    return Markup(f"data:{picture.media_type};base64,{b64encode(picture.data).decode()}")  # noqa: S704 - letters and digits


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture with the address that the page uses for it. ``file`` is where it lies beside the page.

    One that is ``embedded`` lies inside of the page instead; ``sprite`` is then the class of an element that shows it, where
    it may be shown more than once.
    """

    file: str
    picture: Picture
    embedded: bool = False
    sprite: str = ""

    @property
    def address(self) -> str:
        """The relative address of the picture, or all of it as a ``data:`` address."""
        return data_address(self.picture) if self.embedded else file_address(self.file)

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.picture.width

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.picture.height


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the pictures of one export lie: the story's and the publication's, by the names these use."""

    folder: str
    story: Mapping[str, PlacedPicture]
    publication: Mapping[str, PlacedPicture]
    missing: tuple[str, ...]

    def files(self) -> dict[str, bytes]:
        """The files to write: every picture that lies beside the text."""
        placed = [entry for entry in (*self.story.values(), *self.publication.values()) if not entry.embedded]
        files = {entry.file: entry.picture.data for entry in placed}
        if len(files) != len(placed):
            raise InputError("Nothing was exported", "Two files would bear one name; do not call a picture “publication-…”.")
        return files

    def lead_file(self, story: Story) -> str | None:
        """The file of the lead image, None where there is none."""
        placed = self.story.get(story.lead_image.file) if story.lead_image else None
        return placed.file if placed else None

    def notes(self, story: Story) -> tuple[PictureNote, ...]:
        """What a manifest tells of each picture."""
        lead = story.lead_image
        told = [
            PictureNote(
                file=placed.file,
                picture=placed.picture,
                role="lead image",
                alternative_text=lead.alt,
                decorative=lead.decorative,
                caption=lead.caption,
                credit=lead.credit,
            )
            if lead and name == lead.file
            else PictureNote(file=placed.file, picture=placed.picture, role="source icon", decorative=True)
            for name, placed in self.story.items()
        ]
        house = [
            PictureNote(file=placed.file, picture=placed.picture, role="publication", decorative=True)
            for placed in self.publication.values()
        ]
        return (*told, *house)


def place(story: Story, pictures: Mapping[str, Picture], publication: Publication | None = None) -> Placement:
    """Places for the pictures that the story names and, with ``publication``, for its logo and icon."""
    folder = f"{story.slug}-files"
    named = [file for file in story.files if file]
    own = (publication.logo, publication.icon) if publication else ()
    held = publication.files if publication else {}
    return Placement(
        folder=folder,
        story={
            name: PlacedPicture(f"{folder}/{_file_name(name, pictures[name], named)}", pictures[name])
            for name in named
            if name in pictures
        },
        publication={
            name: PlacedPicture(f"{folder}/publication-{name.rpartition('/')[2]}", held[name])
            for name in _once(own)
            if name in held
        },
        missing=tuple(name for name in named if name not in pictures) + tuple(name for name in _once(own) if name not in held),
    )


def _file_name(name: str, picture: Picture, named: Collection[str]) -> str:
    """The name of a picture's file, with the ending of what it is: web servers and mail programs go by that alone.

    A picture becomes another kind when it is taken into the desk, while the story goes on calling it by its name.
    """
    ending = f".{picture.extension}"
    if name.lower().replace(".jpeg", ".jpg").endswith(ending) or picture.media_type not in EXTENSIONS:
        return name
    return name if name + ending in named else name + ending


def _once(names: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))
