"""Draws the icons of the extension: a sheet that goes in at a door. Run by hand: ``python draw_icons.py``."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

SIZES = (16, 32, 48, 128)
SCALE = 8


def draw(size: int) -> Image.Image:
    """One icon; drawn larger and scaled down, so that its edges are smooth."""
    unit = size * SCALE / 16
    image = Image.new("RGBA", (size * SCALE, size * SCALE))
    pen = ImageDraw.Draw(image)

    def box(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        return left * unit, top * unit, right * unit, bottom * unit

    pen.rounded_rectangle(box(0.5, 0.5, 15.5, 15.5), radius=3 * unit, fill="#0b5f6b")
    pen.rounded_rectangle(box(3, 9, 13, 13), radius=unit, outline="#ffffff", width=round(1.4 * unit))
    pen.rectangle(box(5, 8, 11, 10.6), fill="#0b5f6b")
    pen.rectangle(box(7.2, 2.6, 8.8, 8), fill="#ffffff")
    pen.polygon([(4.9 * unit, 7 * unit), (11.1 * unit, 7 * unit), (8 * unit, 10.6 * unit)], fill="#ffffff")
    return image.resize((size, size), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    for side in SIZES:
        draw(side).save(Path(__file__).parent / f"icon-{side}.png")
