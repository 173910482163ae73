"""The lead image can be seen, heard and credited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePath

from workstation.domain.problem import Fix, Place, Problem, Severity
from workstation.domain.story import LeadImage
from workstation.review.manuscript import Manuscript
from workstation.review.quoting.words import words_in

_REPEATS_FROM = 4
"""So many words in common at the start are a repetition, not chance."""

_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|jfif|png|gif|webp|avif|heic|tiff?|svg|bmp)"
    r"|(?:img|dsc[nf]?|pxl|dji|gopr|p\d{6}|gettyimages|shutterstock|unsplash)[-_ ]?[\d-]+\S*"
    r"|(?:screen ?shot|whatsapp image)[-_ ]\d.*",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(
    r"(?:an? |the )?(?:lead |main |hero |featured |news |file )?"
    r"(?:image|picture|photo|photograph|graphic|illustration|alt|alt text|alternative text|caption|untitled|placeholder"
    r"|tk|tbd|todo|none|n/a|x+)[-_ ]?\d*",
    re.IGNORECASE,
)
_IMAGE_OF = re.compile(
    r"(?:this is )?(?:an? |the |this )?(?:image|picture|pic|photo|photograph)"
    r"(?: (?:of|showing|depicting)|(?: that)? (?:shows|depicts))\s+(?=\S)",
    re.IGNORECASE,
)


_NAMES = r"[A-ZÀ-Þ][\w.]+(?: [A-ZÀ-Þ][\w.]*)*"
_LONGEST_CREDIT = 120
_CREDIT_IN_CAPTION = re.compile(
    rf"(?:\b(?:[Pp]hoto|[Pp]icture|[Ii]mage|[Ff]oto)(?:graph)?(?: by|:)\s{_NAMES}[^.()]*|{_NAMES}/{_NAMES}|©\s?\w[^.()]*)"
    r"(?=[.)]*\s*\Z)"
)
_FILE_PHOTO = re.compile(r"\(?file (?:photo|picture|image)\)?\s?[:.–—-]?\s+(?=\S)", re.IGNORECASE)
_PICTURE_IS_SEEN = re.compile(
    r"\b(?:is|are|was|were|hangs?|held|holds?|carr(?:y|ies|ied)|displayed|shown|projected|seen|lies|burns?|screen|wall|poster|placard"
    r"|billboard|frame|phone)\b",
    re.IGNORECASE,
)
"""Then it is a picture in the picture."""


def lead_image(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a telling picture whose alternative text is missing or says nothing, and of a missing credit or caption."""
    image = manuscript.story.lead_image
    if image is None:
        return
    message = _fault_of_decorative(image) if image.decorative else _fault_of_alt(image)
    if message:
        excerpt = image.alt.strip() or image.file
        yield Problem("lead-image-text", Severity.WARNING, Place("lead_image", part="alt"), message, excerpt, _fix_of_alt(image))
    if not image.credit.strip():
        said = _CREDIT_IN_CAPTION.search(image.caption[-_LONGEST_CREDIT:])
        moved = f"Move “{said.group().strip()}” out of the caption." if said else "Name who made it."
        message = f"The lead image has no credit. {moved}"
        yield Problem("lead-image-credit", Severity.WARNING, Place("lead_image", part="credit"), message, image.file)
    if image.file_photo:
        yield from _judge_file_photo(image)


def _judge_file_photo(image: LeadImage) -> Iterator[Problem]:
    place = Place("lead_image", part="caption")
    said = _FILE_PHOTO.match(image.caption)
    if not image.caption.strip():
        message = "A file photo stands without a caption. Say when and where it was taken, or readers take it for today's."
        yield Problem("lead-image-caption", Severity.WARNING, place, message, image.file)
    elif said:
        message = "The caption says that this is a file photo, which the page says by itself. Say it once."
        fix = Fix("Say it once", image.caption, image.caption[said.end() :])
        yield Problem("lead-image-caption", Severity.WARNING, place, message, said.group().strip(), fix)


def _fault_of_decorative(image: LeadImage) -> str:
    if not image.alt.strip():
        return ""
    return "The lead image is marked as decorative, so nobody hears its alternative text. Drop the mark, or the text."


def _fault_of_alt(image: LeadImage) -> str:
    alt = image.alt.strip()
    if not alt:
        return "The lead image has no alternative text. Say what it shows, or mark it as decorative."
    if _FILE_NAME.fullmatch(alt) or alt.casefold() in (image.file.casefold(), PurePath(image.file).stem.casefold()):
        return "The alternative text is the name of a file. Say what the picture shows."
    if _SAYS_NOTHING.fullmatch(alt.rstrip(".")):
        return "The alternative text says nothing. Say what the picture shows."
    if _repeats(alt, image.caption):
        return "The alternative text repeats the caption. Say what the picture shows; the caption is read out anyway."
    if _words(alt) == _words(image.credit):
        return "The alternative text repeats the credit. Say what the picture shows."
    if _says_image_of(alt):
        return "The alternative text begins by saying that it is a picture, which a listener is told anyway. Say what it shows."
    return ""


def _fix_of_alt(image: LeadImage) -> Fix | None:
    """Only the words about the picture as a picture can be taken away by themselves."""
    begun = _IMAGE_OF.match(image.alt)
    if begun is None or image.decorative or not _says_image_of(image.alt) or _repeats(image.alt, image.caption):
        return None
    rest = image.alt[begun.end() :]
    return Fix(f"Take “{begun.group().strip()}” away", image.alt, rest[:1].upper() + rest[1:])


def _says_image_of(alt: str) -> bool:
    return bool(_IMAGE_OF.match(alt)) and not _PICTURE_IS_SEEN.search(alt)


def _repeats(alt: str, caption: str) -> bool:
    """Whether one text is the other, or begins with it, but for case and punctuation."""
    ours, theirs = _words(alt), _words(caption)
    shared = min(len(ours), len(theirs))
    return ours[:shared] == theirs[:shared] and (shared >= _REPEATS_FROM or (bool(ours) and ours == theirs))


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word.folded.casefold() for word in words_in(text) if not word.is_sign)
