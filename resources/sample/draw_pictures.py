"""Draws the pictures of the sample desk: the icons of its invented outlets and the story's lead image.

Run it again with ``python resources/sample/draw_pictures.py``. It writes ``icons/<outlet>.png`` (64 x 64 pixels), puts the same
icon into the page of that outlet as a ``data:`` address, and writes ``lead.jpg`` (1600 x 900 pixels). The same fonts give the
same bytes: everything that looks random comes from a seeded generator. It needs Pillow, numpy and the Noto fonts (Debian:
``fonts-noto-core fonts-noto-cjk``); the desk itself needs neither the script nor the fonts.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

HERE = Path(__file__).resolve().parent
FONTS = Path("/usr/share/fonts")

Colour = tuple[int, int, int]

# --- icons ---------------------------------------------------------------------------------------------------------

ICON_SIZE = 64
OVERSAMPLING = 8


@dataclass(frozen=True)
class Icon:
    """An outlet's icon: one or two letters on a ground of one colour, in a square or round shape."""

    outlet: str
    letters: str
    ground: str
    ink: str = "#ffffff"
    font: str = "truetype/noto/NotoSans-Bold.ttf"
    round: bool = False
    bar: str | None = None
    height: float = 0.56
    """The share of the icon's height that the letters fill."""


SERIF = "truetype/noto/NotoSerif-Bold.ttf"
DISPLAY = "truetype/noto/NotoSerifDisplay-Bold.ttf"
KUFI = "truetype/noto/NotoKufiArabic-Bold.ttf"
CJK_SERIF = "opentype/noto/NotoSerifCJK-Bold.ttc"
CJK_SANS = "opentype/noto/NotoSansCJK-Bold.ttc"

ICONS = (
    Icon("northmoor-post", "N", "#1f3a5f", font=SERIF),
    Icon("creekside-herald", "C", "#0f6b4f", font=DISPLAY, round=True, height=0.6),
    Icon("cadran-du-large", "c", "#b3261e", font=SERIF, round=True, height=0.46),
    Icon("lighter-quay-review", "LQ", "#0b7285", height=0.46),
    Icon("hallingsieler-bote", "H", "#3d4450", ink="#f6d365", font=SERIF),
    Icon("langang-wanbao", "澜", "#a61b29", font=CJK_SERIF, height=0.7),
    Icon("al-sariya", "ص", "#8a5a00", font=KUFI, height=0.5),
    Icon("cape-ansel-dispatch", "CA", "#15161a", bar="#f2542d", height=0.4),
    Icon("shioji-shimpo", "潮", "#22437a", font=CJK_SANS, round=True, height=0.6),
    Icon("tussock-and-tide", "T", "#dfe8c8", ink="#2f5233", font=SERIF, round=True),
    Icon("saltpan-wire", "S", "#f4efe6", ink="#9a3412", bar="#9a3412", height=0.5),
    Icon("cabo-austral", "A", "#5b2a86", font=DISPLAY, height=0.6),
    Icon("correio-do-mastro", "M", "#00695c", ink="#ffd54f", bar="#ffd54f", height=0.46),
    Icon("mwangaza-wa-pwani", "M", "#e08a00", ink="#2b1a00", round=True, height=0.5),
    Icon("lodos-postasi", "L", "#6b2140", font=SERIF, bar="#f3c6d3", height=0.5),
)


def draw_icon(icon: Icon) -> bytes:
    """``icon`` as a PNG of 64 x 64 pixels with transparent corners."""
    size = ICON_SIZE * OVERSAMPLING
    shape = Image.new("L", (size, size), 0)
    corner = size // 2 if icon.round else size // 6
    ImageDraw.Draw(shape).rounded_rectangle((0, 0, size - 1, size - 1), corner, fill=255)
    face = Image.new("RGB", (size, size), icon.ground)
    pen = ImageDraw.Draw(face)
    middle = size * (0.44 if icon.bar else 0.5)
    font = _fitting_font(icon, size)
    left, top, right, bottom = font.getbbox(icon.letters)
    pen.text((size / 2 - (left + right) / 2, middle - (top + bottom) / 2), icon.letters, icon.ink, font)
    if icon.bar:
        pen.rectangle((0, size * 0.8, size, size), fill=icon.bar)
    face.putalpha(shape)
    return _png(face.resize((ICON_SIZE, ICON_SIZE), Image.Resampling.LANCZOS))


def _fitting_font(icon: Icon, size: int) -> ImageFont.FreeTypeFont:
    """The font at the size that makes the letters as high as asked, but never wider than the icon."""
    trial = ImageFont.truetype(FONTS / icon.font, 200)
    left, top, right, bottom = trial.getbbox(icon.letters)
    points = min(size * icon.height / (bottom - top), size * 0.74 / (right - left)) * 200
    return ImageFont.truetype(FONTS / icon.font, round(points))


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


_ICON_ADDRESS = re.compile(r'(<link rel="icon"[^>]*href=")data:image/png;base64,[^"]*(")')


def put_icon_into_page(page: Path, icon: bytes) -> None:
    """Replace the icon in ``page`` (UTF-8 HTML with one ``link rel=icon``) with ``icon`` (a PNG)."""
    address = "data:image/png;base64," + base64.b64encode(icon).decode()
    html, found = _ICON_ADDRESS.subn(rf"\g<1>{address}\g<2>", page.read_text(encoding="utf-8"))
    if found != 1:
        raise SystemExit(f"{page.name} must have exactly one icon, and has {found}.")
    page.write_text(html, encoding="utf-8", newline="\n")


def draw_icons() -> None:
    """Write every icon, and put it into its outlet's page where that is HTML."""
    (HERE / "icons").mkdir(exist_ok=True)
    for icon in ICONS:
        picture = draw_icon(icon)
        (HERE / "icons" / f"{icon.outlet}.png").write_bytes(picture)
        page = HERE / "sources" / f"{icon.outlet}.html"
        if page.exists():
            put_icon_into_page(page, picture)


if __name__ == "__main__":
    draw_icons()
