"""Pictures that an editor brings: nothing leaves but the picture, upright and in the colours that were meant."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from workstation.errors import InputError
from workstation.ingest.pictures import crop_picture, pixels_of, read_picture

SECRETS = (b"Hidden Lane", b"Canard", b"49.28", b"ftypmp42", b"GPS")


def quarters(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Red, green, blue and white quarters, so that a turned or cut picture can be told."""
    image = Image.new(mode, (width, height))
    draw = ImageDraw.Draw(image)
    for n, colour in enumerate(("#c00000", "#00c000", "#0000c0", "#ffffff")):
        left, top = (n % 2) * width // 2, (n // 2) * height // 2
        draw.rectangle((left, top, left + width // 2 - 1, top + height // 2 - 1), fill=colour)
    return image


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010F] = "Canard 5"
    made[0x9286] = "12 Hidden Lane"
    made.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 17.0, 40.0), 29: "GPS 49.28"})
    return made


def segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def with_segment(jpeg: bytes, marker: int, content: bytes) -> bytes:
    return jpeg[:2] + segment(marker, content) + jpeg[2:]


def with_chunk(png: bytes, name: bytes, content: bytes) -> bytes:
    chunk = struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
    return png[:33] + chunk + png[33:]


def shown(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


JPEG, PNG, WEBP = saved(quarters(), "JPEG"), saved(quarters(), "PNG"), saved(quarters(), "WEBP", lossless=True)


def text_png() -> bytes:
    text = PngInfo()
    text.add_text("Author", "Canard")
    text.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>Hidden Lane</x:xmpmeta>")
    return saved(quarters(), "PNG", pnginfo=text)


TELLING = {
    "jpeg-exif": saved(quarters(), "JPEG", exif=exif()),
    "jpeg-xmp": with_segment(JPEG, 0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>Hidden Lane</x>"),
    "jpeg-iptc": with_segment(JPEG, 0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10\x1c\x02\x50\0\x0bHidden Lane"),
    "jpeg-comment": with_segment(JPEG, 0xFE, b"Hidden Lane"),
    "jpeg-unknown-segment": with_segment(JPEG, 0xEB, b"HDR Hidden Lane"),
    "jpeg-film-behind": JPEG + b"\0\0\0\x18ftypmp42 Hidden Lane",
    "jpeg-picture-behind": JPEG + saved(quarters(), "JPEG", comment=b"Hidden Lane"),
    "png-exif": saved(quarters(), "PNG", exif=exif()),
    "png-text": text_png(),
    "png-private-chunk": with_chunk(PNG, b"caNv", b"Hidden Lane"),
    "png-behind": PNG + b"Hidden Lane",
    "webp-exif": saved(quarters(), "WEBP", exif=exif()),
    "webp-xmp": saved(quarters(), "WEBP", xmp=b"<x>Hidden Lane</x>"),
    "tiff": saved(quarters(), "TIFF", exif=exif()),
    "gif-comment": saved(quarters(), "GIF", comment=b"Hidden Lane"),
}


@pytest.mark.parametrize("data", TELLING.values(), ids=TELLING.keys())
def test_nothing_is_told_but_the_picture(data: bytes) -> None:
    assert any(secret in data for secret in SECRETS)
    picture = read_picture(data)
    assert not any(secret in picture.data for secret in SECRETS)
    image = Image.open(io.BytesIO(picture.data))
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    red, white = shown(picture.data).getpixel((8, 8)), shown(picture.data).getpixel((50, 30))
    assert max(abs(a - b) for a, b in zip((*red, *white), (192, 0, 0, 255, 255, 255), strict=True)) < 12


@pytest.mark.parametrize(
    "data",
    [JPEG, saved(quarters(), "JPEG", progressive=True, optimize=True), PNG, WEBP, saved(quarters(mode="RGBA"), "PNG")],
    ids=["jpeg", "progressive", "png", "webp", "rgba"],
)
def test_a_bare_picture_stays_byte_for_byte(data: bytes) -> None:
    assert read_picture(data).data == data


@pytest.mark.parametrize("data", TELLING.values(), ids=TELLING.keys())
def test_what_was_written_once_is_not_written_again(data: bytes) -> None:
    once = read_picture(data)
    assert read_picture(once.data) == once


@pytest.mark.parametrize("orientation", [3, 6, 8])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_turned_picture_is_upright(form: str, orientation: int) -> None:
    turn = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}[orientation]
    picture = read_picture(saved(quarters().transpose(turn), form, exif=exif(orientation)))
    assert (picture.width, picture.height) == (60, 40)
    red = shown(picture.data).getpixel((6, 6))
    assert red[0] > 150
    assert max(red[1:]) < 40


def wide_gamut() -> bytes:
    """A profile whose primaries reach far beyond sRGB: the same numbers mean stronger colours."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = bytearray(profile)
    tags = {profile[at : at + 4]: struct.unpack(">II", profile[at + 4 : at + 12]) for at in range(132, 132 + 12 * 20, 12)}
    for name, xyz in (
        (b"rXYZ", (0.6097, 0.3111, 0.0195)),
        (b"gXYZ", (0.2053, 0.6257, 0.0609)),
        (b"bXYZ", (0.1492, 0.0632, 0.7446)),
    ):
        at = tags[name][0] + 8
        swapped[at : at + 12] = struct.pack(">iii", *(round(value * 65536) for value in xyz))
    return bytes(swapped)


def test_a_picture_in_wide_colours_shows_the_same_colours_in_srgb() -> None:
    profile = wide_gamut()
    wide = Image.new("RGB", (40, 40), (120, 160, 90))
    meant = ImageCms.profileToProfile(
        wide, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
    ).getpixel((5, 5))
    assert max(abs(a - b) for a, b in zip(meant, (120, 160, 90), strict=True)) > 10
    for data in (
        saved(wide, "PNG", icc_profile=profile),
        saved(wide, "JPEG", quality=95, icc_profile=profile, exif=exif()),
        saved(wide, "WEBP", lossless=True, icc_profile=profile),
        saved(wide.convert("RGBA"), "PNG", icc_profile=profile),
    ):
        picture = read_picture(data)
        assert "icc_profile" not in Image.open(io.BytesIO(picture.data)).info
        assert max(abs(a - b) for a, b in zip(shown(picture.data).getpixel((5, 5)), meant, strict=True)) <= 3


def test_a_broken_profile_does_not_keep_a_picture_out() -> None:
    picture = read_picture(saved(quarters(), "PNG", icc_profile=b"no profile at all"))
    assert shown(picture.data).getpixel((2, 2)) == (192, 0, 0)


@pytest.mark.parametrize("mode", ["P", "L", "CMYK", "I;16", "1"])
def test_pictures_of_every_mode_keep_what_they_show(mode: str) -> None:
    if mode == "I;16":
        grey = Image.frombytes("I;16", (64, 4), struct.pack("<256H", *[n * 1024 for n in range(64)] * 4))
        data = saved(grey, "PNG", exif=exif())
        assert abs(shown(read_picture(data).data).getpixel((32, 1))[0] - 128) < 8
        return
    data = saved(Image.new("RGB", (3000, 30), "white").convert(mode), "TIFF")
    picture = read_picture(data)
    assert picture.width == 2400
    assert min(shown(picture.data).getpixel((5, 5))) > 250


def test_a_photograph_of_24_million_pixels_is_scaled_and_says_nothing() -> None:
    large = saved(quarters(6000, 4000), "JPEG", exif=exif(6), quality=60)
    picture = read_picture(large)
    assert (picture.width, picture.height) == (1600, 2400)
    assert b"Canard" not in picture.data


# --- crops ---------------------------------------------------------------------------------------------------------

Make = Callable[[], bytes]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_crop_is_the_part_that_was_meant_the_same_each_time(form: str) -> None:
    data = saved(quarters(), form, **({"lossless": True} if form == "WEBP" else {}))
    part = crop_picture(data, (0.5, 0.0, 0.5, 0.5))
    assert part == crop_picture(data, (0.5, 0.0, 0.5, 0.5))
    assert (part.width, part.height) == Image.open(io.BytesIO(part.data)).size == (30, 20)
    assert part.media_type == ("image/png" if form == "PNG" else "image/jpeg")
    green = shown(part.data).getpixel((15, 10))
    assert green[1] > 180
    assert max(green[0], green[2]) < 12
    assert read_picture(part.data) == part


def test_a_crop_of_a_see_through_picture_stays_see_through() -> None:
    part = crop_picture(saved(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "WEBP"), (0, 0, 0.5, 1))
    assert Image.open(io.BytesIO(part.data)).getpixel((0, 0))[3] == 0


@pytest.mark.parametrize(
    ("crop", "pixels"),
    [
        ((0, 0, 1, 1), (0, 0, 60, 40)),
        ((0.999, 0.999, 0.001, 0.001), (59, 39, 60, 40)),
        ((0.25, 0.5, 0.5, 0.5), (15, 20, 45, 40)),
        ((0.3333333, 0, 0.66666670, 1), (20, 0, 60, 40)),
    ],
)
def test_a_crop_is_never_empty_and_never_outside(crop: tuple[float, ...], pixels: tuple[int, ...]) -> None:
    assert pixels_of(crop, 60, 40) == pixels


BROKEN_AVIF = saved(quarters(), "AVIF").replace(b"iloc", b"ilok")


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xd8\xff garbage", BROKEN_AVIF, saved(Image.new("1", (8000, 6000)), "PNG")],
    ids=["", "no", "avif", "48MP"],
)
def test_what_cannot_be_read_is_neither_taken_nor_cropped(data: bytes) -> None:
    for attempt in (read_picture, lambda data: crop_picture(data, (0, 0, 1, 1))):
        with pytest.raises(InputError, match="picture was not taken"):
            attempt(data)
