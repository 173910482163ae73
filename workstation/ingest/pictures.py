"""Pictures that an editor brings: decoded under guards, scaled, and stripped of what they tell about who took them where."""

from __future__ import annotations

import warnings
from io import BytesIO

from workstation.domain.picture import Picture
from workstation.errors import InputError

MAX_BYTES = 32 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 2400
JPEG_QUALITY = 88

_KEPT = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def read_picture(data: bytes) -> Picture:
    """The picture in ``data`` as one that a page can show.

    JPEG, PNG and WebP that are small enough and carry no metadata stay byte for byte; every other picture is turned
    upright, scaled to at most 2400 pixels a side and written anew without metadata.

    Raises:
        InputError: it is no picture, too large, or of a kind that cannot be read.
    """
    if len(data) > MAX_BYTES:
        raise InputError("The picture was not taken", f"It is larger than {MAX_BYTES // 1024 // 1024} MB. Save it smaller.")
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - heavy, and only needed for pictures

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF"]) as image:
                image.load()
                as_it_is = image.format in _KEPT and max(image.size) <= MAX_SIDE and not _tells(image)
                if as_it_is:
                    return Picture(data, _KEPT[image.format or ""], *image.size)
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((MAX_SIDE, MAX_SIDE))
                return _written(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise InputError("The picture was not taken", "It has more than 40 million pixels. Save it smaller.") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise InputError(
            "The picture was not taken", "It is not a JPEG, PNG, WebP, GIF, TIFF or AVIF that can be read."
        ) from error


def _tells(image: object) -> bool:
    """Whether the picture carries metadata (EXIF, XMP, comments) that may say who took it and where."""
    info = getattr(image, "info", {})
    return any(key in info for key in ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop", "Raw profile type exif"))


def _written(image: object) -> Picture:
    from PIL.Image import Image  # noqa: PLC0415 - heavy, and only needed for pictures

    assert isinstance(image, Image)  # noqa: S101 - narrows the type that the lazy import hides
    see_through = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    out = BytesIO()
    if see_through:
        image.convert("RGBA").save(out, "PNG", optimize=True)
    else:
        image.convert("RGB").save(out, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return Picture(out.getvalue(), "image/png" if see_through else "image/jpeg", *image.size)
