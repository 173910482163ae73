import base64
import io
import struct
import zlib

import pytest
from PIL import Image

from workstation.ingest.icons import addresses, decode, embedded

URL = "https://www.harbourpost.example/news/ferry"


def picture(width, height, colour=(200, 30, 30, 255), kind="PNG", **options):
    out = io.BytesIO()
    image = Image.new("RGBA", (width, height), colour)
    (image.convert("RGB") if kind == "JPEG" else image).save(out, kind, **options)
    return out.getvalue()


def inline(data, media_type="image/png"):
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def page(*links):
    return f"<html><head>{''.join(links)}</head><body><link rel=icon href=/in-the-body.png></body></html>".encode()


def test_the_best_icon_comes_first_and_the_usual_place_last():
    data = page(
        '<link rel="shortcut icon" href="/small.ico">',
        '<link rel="icon" sizes="32x32" href="i32.png">',
        '<link rel="icon" sizes="192x192" href="//cdn.example/i192.png?a=1&amp;b=2">',
        "<link rel=apple-touch-icon href=/touch.png>",
        '<meta property="og:logo" content="https://cdn.example/logo.png">',
        '<script type="application/ld+json">{"logo":{"@type":"ImageObject","url":"https:\\/\\/cdn.example\\/ld.png"}}</script>',
    )
    assert addresses(data, URL) == (
        "https://www.harbourpost.example/touch.png",
        "https://cdn.example/i192.png?a=1&b=2",
        "https://www.harbourpost.example/news/i32.png",
        "https://www.harbourpost.example/small.ico",
        "https://cdn.example/logo.png",
        "https://cdn.example/ld.png",
        "https://www.harbourpost.example/favicon.ico",
    )


def test_drawings_and_foreign_schemes_are_no_candidates():
    data = page(
        "<link rel=icon href=/a.svg?v=1>", "<link rel=icon type=image/svg+xml href=/b>", "<link rel=icon href=javascript:x>",
        "<link rel=icon href=file:///etc/passwd>", "<link rel=mask-icon href=/c.png>", "<link rel=stylesheet href=/d.css>",
    )  # fmt: skip
    assert addresses(data, URL) == ("https://www.harbourpost.example/favicon.ico",)
    assert addresses(data) == ()


def test_an_icon_inside_the_page_is_taken_without_the_network():
    found = embedded(page('<link rel=icon href="/far.png">', f'<link rel="icon" href="{inline(picture(16, 16))}">'))
    assert (found.media_type, found.width, found.height) == ("image/png", 16, 16)


def test_an_icon_beside_a_saved_page_is_asked_for():
    asked = []

    def beside(name):
        asked.append(name)
        return picture(20, 20)

    found = embedded(page("<link rel=icon href=https://x.example/a.png>", "<link rel=icon href=Ferry_files/icon.png>"), beside)
    assert (asked, found.width) == (["Ferry_files/icon.png"], 20)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_a_large_picture_becomes_a_small_png_of_the_same_shape(kind):
    found = decode(picture(300, 150, kind=kind))
    assert (found.media_type, found.width, found.height) == ("image/png", 64, 32)
    assert Image.open(io.BytesIO(found.data)).format == "PNG"


def test_the_biggest_frame_of_an_icon_file_is_taken():
    data = picture(128, 128, kind="ICO", sizes=[(16, 16), (32, 32), (48, 48)])
    assert decode(data).width == 48


def test_transparency_is_kept():
    found = Image.open(io.BytesIO(decode(picture(10, 10, (0, 0, 0, 0))).data))
    assert found.convert("RGBA").getpixel((0, 0))[3] == 0


def huge_png(side):
    def chunk(kind, body):
        return struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body))

    header = struct.pack("!IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"nonsense",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>", huge_png(7_000), huge_png(13_000), huge_png(100),
        picture(16, 16)[:40], b"\x00\x00\x01\x00\x01\x00" + b"\xff" * 40,
        b"P6 1 1 255 abc", b"%!PS-Adobe-3.0 EPSF-3.0\n", bytes(5_000_000),
    ],
)  # fmt: skip
def test_what_is_no_harmless_picture_is_none(data):
    assert decode(data) is None
