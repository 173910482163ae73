"""Pictures that an editor brings: decoded under guards, scaled, and stripped of what they tell about who took them where."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import TYPE_CHECKING

from workstation.domain.picture import Picture
from workstation.domain.story import Crop
from workstation.errors import InputError
from workstation.ingest.bare_pictures import is_bare
from workstation.ingest.decoders import use_one_thread

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 32 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 2400
JPEG_QUALITY = 88
CROP_QUALITY = 93
"""A cropped picture is the second JPEG of the same picture, so that it may lose less than the first."""

_KEPT = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
BROKEN = (
    *(OSError, ValueError, SyntaxError, RuntimeError, TypeError, LookupError, ArithmeticError, AttributeError, struct.error),
    *(EOFError, MemoryError),
)
"""What Pillow raises over pictures that are broken or made to break it."""
_SEE_THROUGH = ("RGBA", "LA", "PA", "RGBa", "La")


def read_picture(data: bytes) -> Picture:
    """The picture in ``data`` as one that a page can show.

    JPEG, PNG and WebP that are small enough and hold nothing but the picture stay byte for byte; every other picture is
    turned upright, scaled to at most 2400 pixels a side and written anew in sRGB without anything else.

    Raises:
        InputError: it is no picture, too large, or of a kind that cannot be read.
    """
    with _decoded(data) as image:
        form = image.format or ""
        if form in _KEPT and max(image.size) <= MAX_SIDE and is_bare(data, form):
            return Picture(data, _KEPT[form], *image.size)
        return _written(_ready(image), JPEG_QUALITY)


def check_length(data: bytes) -> None:
    """Refuse what is larger than any picture of a page, before anything looks at it.

    Raises:
        InputError: it is.
    """
    if len(data) > MAX_BYTES:
        raise InputError("The picture was not taken", f"It is larger than {MAX_BYTES // 1024 // 1024} MB. Save it smaller.")


def crop_picture(data: bytes, crop: Crop) -> Picture:
    """The part of a picture that ``crop`` names, at least one pixel of it; a PNG stays one, all else becomes a JPEG.

    The same bytes and the same crop give the same bytes.

    Raises:
        InputError: it is no picture, too large, or of a kind that cannot be read.
    """
    with _decoded(data) as image:
        lossless = image.format == "PNG"
        whole = _ready(image)
        part = whole.crop(pixels_of(crop, whole.width, whole.height))
        return _written(part, CROP_QUALITY, lossless=lossless)


def pixels_of(crop: Crop, width: int, height: int) -> tuple[int, int, int, int]:
    """The pixels that ``crop`` names in a picture of this size: left, top, right and bottom, never empty."""
    left, top = min(round(crop[0] * width), width - 1), min(round(crop[1] * height), height - 1)
    right, bottom = round((crop[0] + crop[2]) * width), round((crop[1] + crop[3]) * height)
    return left, top, min(max(right, left + 1), width), min(max(bottom, top + 1), height)


@contextmanager
def _decoded(data: bytes) -> Iterator[Image]:
    """The picture in ``data``, decoded under the guards; what cannot be read of it or from it is told as such."""
    check_length(data)
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - heavy, and only needed for pictures

    use_one_thread()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF"]) as image:
                image.load()
                yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise InputError("The picture was not taken", "It has more than 40 million pixels. Save it smaller.") from error
    except (UnidentifiedImageError, *BROKEN) as error:
        raise InputError(
            "The picture was not taken", "It is not a JPEG, PNG, WebP, GIF, TIFF or AVIF that can be read."
        ) from error


def _ready(image: Image) -> Image:
    """The picture upright, in RGB or RGBA with the colours of sRGB, at most 2400 pixels a side."""
    from PIL import ImageOps  # noqa: PLC0415 - heavy, and only needed for pictures

    with suppress(*BROKEN):  # a head that cannot be read turns nothing
        ImageOps.exif_transpose(image, in_place=True)  # which makes no second copy of one that is upright already
    upright = image
    see_through = upright.mode in _SEE_THROUGH or "transparency" in upright.info
    profile = upright.info.get("icc_profile")
    if upright.mode in ("P", "PA", "1"):  # palettes cannot be scaled
        upright = upright.convert("RGBA" if see_through else "RGB")
    elif upright.mode.startswith("I;16") or upright.mode == "I":
        upright = _in_eight_bits(upright)
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    return _in_srgb(upright, profile, "RGBA" if see_through else "RGB")


def _in_eight_bits(image: Image) -> Image:
    """A grey picture of 16 bits; Pillow by itself would cut off all that is brighter than 255."""
    return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _in_srgb(image: Image, profile: bytes | None, mode: str) -> Image:
    """The picture in ``mode`` with the colours that its profile means; a broken profile means none."""
    from PIL import ImageCms  # noqa: PLC0415 - heavy, and only needed for pictures

    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = mode if image.mode == mode else "RGB"
            changed = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=target)
            if changed is not None:
                return changed.convert(mode)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            return image.convert(mode)
    return image.convert(mode)


def _written(image: Image, quality: int, *, lossless: bool = False) -> Picture:
    image.info = {}  # Pillow would write comments and profiles again
    out = BytesIO()
    as_png = lossless or image.mode == "RGBA"
    if as_png:
        image.save(out, "PNG", optimize=True)
    else:
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return Picture(out.getvalue(), "image/png" if as_png else "image/jpeg", *image.size)
