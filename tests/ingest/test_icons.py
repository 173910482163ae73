import base64
import io
import struct
import zlib

import pytest
from PIL import Image

from workstation.errors import ReadError
from workstation.ingest.icon_jobs import places
from workstation.ingest.icon_places import addresses, manifest_places
from workstation.ingest.icons import decode, embedded
from workstation.ingest.worker import ReadingWorker

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


def test_the_best_icon_comes_first_and_the_usual_places_where_they_are_better_than_what_is_left():
    data = page(
        '<link rel="shortcut icon" href="/small.ico">',
        '<link rel="icon" sizes="16x16" href="/i16.png">',
        '<link rel="icon" sizes="32x32" href="i32.png">',
        '<link rel="icon" sizes="512x512" href="/i512.png">',
        '<link rel="icon" sizes="192x192" href="//cdn.example/i192.png?a=1&amp;b=2">',
        '<link rel="icon" type="image/svg+xml" href="/drawn.svg">',
        '<link rel="apple-touch-icon" sizes="57x57" href="/touch57.png">',
        "<link rel=apple-touch-icon-precomposed href=/touch.png>",
        '<meta name="msapplication-TileImage" content="/tile.png">',
        '<meta property="og:logo" content="https://cdn.example/logo.png">',
        '<script type="application/ld+json">{"logo":{"@type":"ImageObject","url":"https:\\/\\/cdn.example\\/ld.png"}}</script>',
    )
    assert addresses(data, URL) == (
        "https://www.harbourpost.example/touch.png",
        "https://www.harbourpost.example/drawn.svg",
        "https://cdn.example/i192.png?a=1&b=2",
        "https://www.harbourpost.example/i512.png",
        "https://www.harbourpost.example/apple-touch-icon.png",
        "https://www.harbourpost.example/apple-touch-icon-precomposed.png",
        "https://www.harbourpost.example/news/i32.png",
        "https://www.harbourpost.example/small.ico",
        "https://www.harbourpost.example/touch57.png",
        "https://www.harbourpost.example/tile.png",
        "https://cdn.example/logo.png",
        "https://cdn.example/ld.png",
        "https://www.harbourpost.example/favicon.ico",
        "https://www.harbourpost.example/i16.png",
    )


def test_foreign_schemes_and_masks_are_no_candidates():
    data = page(
        "<link rel=icon href=javascript:x>", "<link rel=icon href=file:///etc/passwd>", "<link rel=mask-icon href=/c.svg>",
        "<link rel=stylesheet href=/d.css>", "<link rel=icon href='http://[::1'>",
    )  # fmt: skip
    usual = ("/apple-touch-icon.png", "/apple-touch-icon-precomposed.png", "/favicon.ico")
    assert addresses(data, URL) == tuple(f"https://www.harbourpost.example{path}" for path in usual)
    assert addresses(data) == ()


def test_a_manifest_is_named_and_its_icons_for_any_purpose_are_listed():
    answer, _ = places(page("<link rel=manifest href='/app/site.webmanifest'>"), {"url": URL})
    assert answer == {"icons": [], "manifest": "https://www.harbourpost.example/app/site.webmanifest"}
    manifest = b"""\xef\xbb\xbf{"icons": [{"src": "i48.png", "sizes": "48x48"},
        {"src": "i192.png", "sizes": "192x192", "purpose": "any maskable"},
        {"src": "mask.png", "sizes": "512x512", "purpose": "maskable"}, {"src": 7}, "x", {"src": "file:///etc/passwd"}]}"""
    found = [(icon.rank, icon.side, icon.href) for icon in manifest_places(manifest, answer["manifest"])]
    base = "https://www.harbourpost.example/app"
    assert found == [(6, 48, f"{base}/i48.png"), (2, 192, f"{base}/i192.png")]


@pytest.mark.parametrize("data", [b"", b"[]", b"<html>", b'{"icons": {"a": 1}}', b"[" * 200_000, b'{"icons": [null, [1]]}'])
def test_what_is_no_manifest_lists_nothing(data):
    assert manifest_places(data, URL) == []


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
    found = Image.open(io.BytesIO(decode(picture(10, 10, (0, 0, 0, 90))).data))
    assert found.convert("RGBA").getpixel((0, 0))[3] == 90


def huge_png(side):
    def chunk(kind, body):
        return struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body))

    header = struct.pack("!IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"nonsense",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>", picture(16, 16, (0, 0, 0, 0)), picture(1, 1),
        huge_png(7_000), huge_png(13_000), huge_png(100),
        picture(16, 16)[:40], b"\x00\x00\x01\x00\x01\x00" + b"\xff" * 40,
        b"P6 1 1 255 abc", b"%!PS-Adobe-3.0 EPSF-3.0\n", bytes(5_000_000),
    ],
)  # fmt: skip
def test_what_is_no_harmless_picture_is_none(data):
    assert decode(data) is None


def bitmap_icon(side, alpha):
    """An .ico with one frame of 32 bits a pixel, as Windows keeps it: colours with alpha, and a mask of one bit."""
    pixels = bytes((30, 60, 200, alpha)) * (side * side)
    mask = bytes(((side + 31) // 32 * 4) * side)
    header = struct.pack("<IiiHHIIiiII", 40, side, side * 2, 1, 32, 0, len(pixels), 0, 0, 0, 0)
    image = header + pixels + mask
    entry = struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(image), 22)
    return struct.pack("<HHH", 0, 1, 1) + entry + image


@pytest.mark.parametrize("alpha", [255, 0])
def test_a_bitmap_in_an_icon_file_is_seen_even_where_its_alpha_was_left_empty(alpha):
    found = Image.open(io.BytesIO(decode(bitmap_icon(32, alpha)).data)).convert("RGBA")
    assert (found.size, found.getpixel((5, 5))) == ((32, 32), (200, 60, 30, 255))


def test_an_icon_file_that_holds_a_bomb_is_none():
    bomb = huge_png(13_000)
    entry = struct.pack("<BBBBHHII", 0, 0, 0, 0, 1, 32, len(bomb), 22)
    assert decode(struct.pack("<HHH", 0, 1, 1) + entry + bomb) is None


def test_an_avif_picture_is_read():
    assert decode(picture(96, 96, kind="AVIF")).width == 64


# --- drawings ------------------------------------------------------------------------------------------------------

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawing(inside, root='viewBox="0 0 10 10"', before=""):
    return f"{before}<svg {SVG} {root}>{inside}</svg>".encode()


def colour_at(found, x, y):
    return Image.open(io.BytesIO(found.data)).convert("RGBA").getpixel((x, y))


RED = '<style>.a{fill:#f00}</style><rect class="a" width="10" height="10"/>'
DOCTYPE = (
    '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
)


@pytest.mark.parametrize(
    "data",
    [
        drawing(RED), drawing(RED, 'width="10" height="10px"'), drawing(RED, before=DOCTYPE),
        drawing(RED.replace("10", "1000000"), 'width="1e9" height="1e9" viewBox="0 0 1000000 1000000"'),
        drawing('<defs><rect id="r" fill="#f00" width="10" height="10"/></defs><use xlink:href="#r"/>'),
    ],
)  # fmt: skip
def test_a_drawing_is_drawn_as_large_as_an_icon_whatever_it_asks_for(data):
    found = decode(data)
    assert (found.width, found.height, colour_at(found, 30, 30)) == (64, 64, (255, 0, 0, 255))


def test_a_drawing_inside_the_page_is_taken():
    assert embedded(page(f"<link rel=icon href='{inline(drawing(RED), 'image/svg+xml')}'>")).width == 64


def test_a_drawing_opens_and_fetches_nothing(tmp_path, server):
    file = tmp_path / "secret.png"
    file.write_bytes(picture(10, 10))
    address = server.answers("/seen.png", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n" + picture(10, 10))
    size = 'width="10" height="10"'
    for href in (str(file), f"file://{file}", "secret.png", address):
        reach = (
            f'<image href="{href}" {size}/>', f'<image xlink:href="{href}" {size}/>', f'<use href="{href}#a"/>',
            f'<style>@import url({href});</style>',
            f'<filter id="f"><feImage href="{href}"/></filter><rect filter="url(#f)" {size}/>',
        )  # fmt: skip
        for inside in reach:
            assert decode(drawing(inside)) is None, inside
    assert server.requests == []


def uses(depth, width):
    groups = (f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * width}</g>' for n in range(1, depth))
    return f'<rect id="a0" width="1" height="1"/>{"".join(groups)}<use href="#a{depth - 1}"/>'


@pytest.mark.parametrize(
    "data",
    [
        drawing(uses(12, 10)), drawing('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
        drawing("<text>&a;</text>", before='<!DOCTYPE svg [<!ENTITY a "aaaa">]>'),
        drawing(RED, 'viewBox="0 0 1 100000"'),
        drawing(RED, 'viewBox="0 0 0 0"'), drawing(RED, 'viewBox="0 0 nan nan"'),
        drawing(RED, 'viewBox="0 0 inf inf"'), drawing(RED, ""),
        drawing("<g>" * 5_000 + "</g>" * 5_000), drawing(RED)[:-9], drawing("<!-- -->" * 80_000), b"<svg/>", b"<svg>",
        drawing(""),
    ],
)  # fmt: skip
def test_a_hostile_or_empty_drawing_is_none(data):
    assert decode(data) is None


def test_a_drawing_that_takes_too_long_is_stopped_and_the_next_one_is_drawn():
    filter = '<filter id="f"><feTurbulence baseFrequency="0.01" numOctaves="100000000"/></filter>'
    noise = f'{filter}<rect filter="url(#f)" width="10" height="10"/>'
    with ReadingWorker() as worker:
        worker.ask("icon", drawing(RED))
        with pytest.raises(ReadError, match="could not be read"):
            worker.ask("icon", drawing(noise), timeout=1.0)
        answer, png = worker.ask("icon", drawing(RED))
    assert (answer["width"], png[:4]) == (64, b"\x89PNG")
