"""Draws Meridian's icon and logo: ``icon.png`` (192 x 192 pixels) and ``logo.png`` (120 pixels high).

Run it again with ``python resources/publications/meridian/draw_pictures.py``; the same fonts give the same bytes. It needs
Pillow and the Noto fonts (Debian: ``fonts-noto-core``). Both pictures stand on a ground of their own, so that they are seen on
light and on dark paper.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).resolve().parent
FONT = "/usr/share/fonts/truetype/noto/NotoSerifDisplay-Bold.ttf"
GROUND, INK, LAMP = "#0b5f6b", "#fcfaf5", "#f4b860"
OVERSAMPLING = 4


def draw_globe(size: int) -> Image.Image:
    """A globe of meridians with a lamp on one of them, ``size`` pixels wide, on a transparent ground."""
    side = size * OVERSAMPLING
    globe = Image.new("RGBA", (side, side))
    pen = ImageDraw.Draw(globe)
    stroke = max(1, round(side * 0.062))
    middle, radius = side / 2, side / 2 - stroke
    for share in (1.0, 0.42):
        half = radius * share
        pen.ellipse((middle - half, middle - radius, middle + half, middle + radius), outline=INK, width=stroke)
    pen.line((middle - radius, middle, middle + radius, middle), fill=INK, width=stroke)
    lamp, at = side * 0.135, middle + radius * 0.42
    pen.ellipse((at - 1.5 * lamp, middle - 1.5 * lamp, at + 1.5 * lamp, middle + 1.5 * lamp), fill=GROUND)
    pen.ellipse((at - lamp, middle - lamp, at + lamp, middle + lamp), fill=LAMP)
    return globe.resize((size, size), Image.Resampling.LANCZOS)


def draw_icon(size: int = 192) -> Image.Image:
    """The globe on a rounded square."""
    icon = _plate(size, size, size // 5)
    globe = draw_globe(round(size * 0.7))
    place = (size - globe.width) // 2
    icon.alpha_composite(globe, (place, place))
    return icon


def draw_logo(height: int = 120) -> Image.Image:
    """The globe and the name side by side on a plate."""
    font = ImageFont.truetype(FONT, round(height * 0.62))
    left, top, right, bottom = font.getbbox("Meridian")
    globe = draw_globe(round(height * 0.56))
    edge, gap = round(height * 0.26), round(height * 0.2)
    logo = _plate(edge + globe.width + gap + (right - left) + edge + 4, height, height // 10)
    logo.alpha_composite(globe, (edge, (height - globe.height) // 2))
    at = (edge + globe.width + gap - left, (height - (top + bottom)) / 2)
    ImageDraw.Draw(logo).text(at, "Meridian", INK, font)
    return logo


def _plate(width: int, height: int, corner: int) -> Image.Image:
    shape = Image.new("L", (width * OVERSAMPLING, height * OVERSAMPLING), 0)
    ImageDraw.Draw(shape).rounded_rectangle((0, 0, shape.width - 1, shape.height - 1), corner * OVERSAMPLING, fill=255)
    plate = Image.new("RGBA", (width, height), GROUND)
    plate.putalpha(shape.resize((width, height), Image.Resampling.LANCZOS))
    return plate


if __name__ == "__main__":
    draw_icon().save(HERE / "icon.png", optimize=True)
    draw_logo().save(HERE / "logo.png", optimize=True)
