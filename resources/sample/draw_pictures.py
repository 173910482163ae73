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
from PIL import Image, ImageDraw, ImageFont

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


# --- the lead image ------------------------------------------------------------------------------------------------

WIDTH, HEIGHT = 1600, 900
HORIZON = 430
LEAD_SEED = 1931

Canvas = np.ndarray
"""A picture being painted: float32, HEIGHT x WIDTH x 3, 0 to 255."""

SKY = ((0.0, (24, 34, 66)), (0.3, (54, 62, 104)), (0.58, (132, 98, 122)), (0.8, (222, 143, 112)), (1.0, (250, 196, 134)))
SEA = ((0.0, (226, 160, 124)), (0.1, (158, 116, 122)), (0.32, (78, 82, 112)), (0.7, (34, 46, 76)), (1.0, (16, 24, 46)))
SUN = (1010, HORIZON - 6)
LAMP = np.array((255, 206, 128), np.float32)


def draw_lead() -> None:
    """Write ``lead.jpg``: ships at anchor in a strait at dusk, seen from a hill, 1600 x 900 pixels, below 250 kB."""
    chance = np.random.default_rng(LEAD_SEED)
    canvas = _paint_sky(chance)
    for ridge in RIDGES:
        _paint_ridge(canvas, ridge, chance)
    _paint_haze(canvas)
    _paint_towns(canvas, chance)
    _mirror_into_sea(canvas, chance)
    _paint_ships(canvas, chance)
    _paint_lighthouse(canvas)
    _paint_foreground(canvas, chance)
    _paint_grain(canvas, chance)
    picture = Image.fromarray(canvas.clip(0, 255).astype(np.uint8))
    picture.save(HERE / "lead.jpg", "JPEG", quality=82, optimize=True, progressive=True)


def _gradient(stops: tuple[tuple[float, Colour], ...], steps: int) -> np.ndarray:
    """Colours (steps x 3, float32) that go smoothly through ``stops``."""
    where = np.linspace(0, 1, steps)
    places = [place for place, _ in stops]
    return np.stack([np.interp(where, places, [colour[i] for _, colour in stops]) for i in range(3)], axis=1).astype(np.float32)


def _waves(length: int, chance: np.random.Generator, coarse: float, octaves: int = 6, rough: float = 0.5) -> np.ndarray:
    """A line of hills: ``length`` heights between about -1 and 1, the widest hill ``coarse`` pixels across."""
    x = np.arange(length)
    line = np.zeros(length)
    for octave in range(octaves):
        knots = int(length / coarse * 2**octave) + 3
        heights = chance.uniform(-1, 1, knots)
        at = x / length * (knots - 2)
        left = at.astype(int)
        ease = (1 - np.cos((at - left) * np.pi)) / 2
        line += (heights[left] * (1 - ease) + heights[left + 1] * ease) * rough**octave
    return line / 1.6


def _blend(canvas: Canvas, mask: np.ndarray, colour: np.ndarray | Colour) -> None:
    """Lay ``colour`` over the canvas where ``mask`` (HEIGHT x WIDTH, 0 to 1) says so."""
    canvas += (np.asarray(colour, np.float32) - canvas) * mask[..., None]


def _glow(x: float, y: float, wide: float, high: float) -> np.ndarray:
    """A soft round light (HEIGHT x WIDTH, 0 to 1) around a point."""
    rows, columns = np.ogrid[:HEIGHT, :WIDTH]
    return np.exp(-(((columns - x) / wide) ** 2) - ((rows - y) / high) ** 2).astype(np.float32)


def _paint_sky(chance: np.random.Generator) -> Canvas:
    canvas = np.zeros((HEIGHT, WIDTH, 3), np.float32)
    canvas[:HORIZON] = _gradient(SKY, HORIZON)[:, None, :]
    canvas += _glow(*SUN, 620, 190)[..., None] * np.array((34, 22, 4), np.float32)
    canvas += _glow(*SUN, 230, 96)[..., None] * np.array((24, 34, 40), np.float32)
    _paint_clouds(canvas, chance)
    _paint_stars(canvas, chance)
    return canvas


def _paint_clouds(canvas: Canvas, chance: np.random.Generator) -> None:
    """Long thin banks, lit from below near the sun."""
    for height, thick, strength in (
        (92, 16, 0.2),
        (168, 20, 0.3),
        (236, 15, 0.42),
        (292, 11, 0.5),
        (334, 8, 0.5),
        (368, 5, 0.45),
    ):
        middle = height + 12 * _waves(WIDTH, chance, 900)
        half = thick * (0.25 + np.clip(_waves(WIDTH, chance, 520) + 0.25, 0, None))
        away = (np.arange(HEIGHT)[:, None] - middle) / np.maximum(half, 0.4)
        body = np.where(away < 0, np.exp(-(away**2) * 1.1), np.exp(-(away**2) * 3.2)) * np.clip(half / thick, 0, 1)
        nearness = np.exp(-(((np.arange(WIDTH) - SUN[0]) / 520) ** 2))[None, :, None]
        cool = np.array((92, 78, 112), np.float32)
        warm = np.array((255, 176, 126), np.float32)
        colour = cool + (warm - cool) * nearness * (0.35 + 0.65 * height / HORIZON)
        canvas += (colour - canvas) * (body * strength).astype(np.float32)[..., None]


def _paint_stars(canvas: Canvas, chance: np.random.Generator) -> None:
    for _ in range(70):
        x, y, light = chance.integers(0, WIDTH), int(210 * chance.random() ** 1.6), chance.uniform(20, 110)
        canvas[y, x] += light * (1 - y / 230)


@dataclass(frozen=True)
class Ridge:
    """A line of hills: how high above the horizon, how rough, its colour, and where the strait opens in it (x, half width)."""

    rise: int
    swing: int
    coarse: int
    colour: Colour
    gap: tuple[int, int]


RIDGES = (
    Ridge(50, 40, 300, (196, 134, 126), (1020, 130)),
    Ridge(92, 60, 360, (142, 102, 120), (1000, 270)),
    Ridge(140, 80, 420, (92, 78, 108), (965, 420)),
    Ridge(196, 110, 480, (50, 54, 86), (890, 610)),
)


def _paint_ridge(canvas: Canvas, ridge: Ridge, chance: np.random.Generator) -> None:
    """Hills on both sides that sink to the water where the strait opens; paler at their feet, where the haze lies."""
    x = np.arange(WIDTH)
    middle, half = ridge.gap
    shore = np.clip((np.abs(x - middle) - half) / 300, 0, 1) ** 0.8
    height = (ridge.rise + ridge.swing * _waves(WIDTH, chance, ridge.coarse, 8, 0.42)) * shore
    top = HORIZON - np.where(shore > 0, height, -2)
    rows = np.arange(HEIGHT)[:, None]
    mask = np.clip(rows - top, 0, 1) * (rows < HORIZON)
    foot = np.clip((rows - top) / np.maximum(HORIZON - top, 1), 0, 1) ** 2.2
    haze = np.array((226, 150, 120), np.float32) if ridge.rise < 100 else np.array((132, 104, 118), np.float32)
    colour = np.asarray(ridge.colour, np.float32) * (1 - 0.42 * foot[..., None]) + haze * 0.42 * foot[..., None]
    canvas += (colour - canvas) * mask[..., None].astype(np.float32)


def _paint_towns(canvas: Canvas, chance: np.random.Generator) -> None:
    """The lit windows of two ports at the feet of the hills, thickest by the water."""
    for middle, spread, count in ((175, 80, 90), (1500, 55, 70)):
        for _ in range(count):
            x = chance.normal(middle, spread)
            y = HORIZON - 2 - chance.gamma(1.3, 5) * np.exp(-(((x - middle) / (1.4 * spread)) ** 2))
            light = chance.uniform(0.35, 1.0)
            canvas += (_glow(x, y, 1.1, 1.1) * light)[..., None] * LAMP
        canvas += (_glow(middle, HORIZON - 4, spread * 1.5, 20) * 0.2)[..., None] * LAMP


def _paint_haze(canvas: Canvas) -> None:
    band = np.exp(-(((np.arange(HEIGHT) - HORIZON) / 22.0) ** 2))[:, None] * np.ones((1, WIDTH)) * 0.38
    band[HORIZON:] = 0
    _blend(canvas, band.astype(np.float32), (244, 180, 138))


def _mirror_into_sea(canvas: Canvas, chance: np.random.Generator) -> None:
    """The sea: its own colours, the sky and hills upside down in it, broken by ripples, and the path of the sun."""
    depth = HEIGHT - HORIZON
    sea = np.repeat(_gradient(SEA, depth)[:, None, :], WIDTH, axis=1)
    for row in range(depth):
        nearness = row / depth
        source = HORIZON - 1 - min(int(row * 0.92 + chance.normal(0, 0.5 + 5 * nearness)), HORIZON - 2)
        shift = int(chance.normal(0, 1 + 5 * nearness))
        shifted = canvas[max(source, 0)][np.clip(np.arange(WIDTH) - shift, 0, WIDTH - 1)]
        strength = 0.62 * (1 - nearness) ** 1.2 + 0.06
        sea[row] += (shifted - sea[row]) * strength
    canvas[HORIZON:] = sea
    _paint_ripples(canvas, chance)
    _paint_sun_path(canvas, chance)


def _paint_ripples(canvas: Canvas, chance: np.random.Generator) -> None:
    """Fine level streaks that grow towards the viewer."""
    depth = HEIGHT - HORIZON
    noise = np.zeros((depth, WIDTH), np.float32)
    for row in range(depth):
        nearness = row / depth
        noise[row] = _waves(WIDTH, chance, 26 + 130 * nearness, 3, 0.6) * (2 + 9 * nearness)
    soft = 0.5 * noise + 0.25 * np.roll(noise, 1, 0) + 0.25 * np.roll(noise, -1, 0)
    canvas[HORIZON:] += soft[..., None] * np.array((1.0, 0.92, 0.9), np.float32)


def _paint_sun_path(canvas: Canvas, chance: np.random.Generator) -> None:
    for row in range(HORIZON + 2, HEIGHT - 40):
        nearness = (row - HORIZON) / (HEIGHT - HORIZON)
        for _ in range(3):
            spread = 16 + 210 * nearness
            x = SUN[0] + chance.normal(0, spread * 0.6)
            half = chance.uniform(4, 12 + 60 * nearness)
            light = chance.uniform(20, 95) * (1 - nearness) ** 1.3
            left, right = int(max(x - half, 0)), int(min(x + half, WIDTH))
            if right > left:
                fade = np.sin(np.linspace(0, np.pi, right - left))[:, None].astype(np.float32)
                canvas[row, left:right] += fade * light * np.array((1.0, 0.72, 0.42), np.float32)


def _paint_ships(canvas: Canvas, chance: np.random.Generator) -> None:
    """Anchored ships in loose ranks: small and pale by the horizon, large and dark towards the viewer."""
    ranks = ((9, 8, 14), (22, 8, 24), (46, 6, 42), (88, 5, 76), (158, 3, 138))
    for below, count, length in ranks:
        lanes = (np.arange(count) + 0.5) / count * WIDTH
        for lane in lanes:
            x = lane + chance.normal(0, WIDTH / count * 0.16)
            _paint_ship(
                canvas, Ship(x, HORIZON + below + chance.normal(0, below * 0.06), length * chance.uniform(0.85, 1.2)), chance
            )


@dataclass(frozen=True)
class Ship:
    """A ship at anchor: the middle of its water line and its length, in pixels."""

    x: float
    y: float
    length: float


def _paint_ship(canvas: Canvas, ship: Ship, chance: np.random.Generator) -> None:
    """Hull, deck cargo, bridge, mast and lamps, with their broken reflection."""
    drawing = Image.new("L", (WIDTH * 2, HEIGHT * 2), 0)
    pen = ImageDraw.Draw(drawing)
    facing = 1 if chance.random() < 0.7 else -1
    unit = ship.length * 2 / 100

    def at(x: float, y: float) -> tuple[float, float]:
        return ship.x * 2 + facing * x * unit, ship.y * 2 - y * unit

    pen.polygon([at(-50, 9), at(-47, 0), at(43, 0), at(51, 11), at(38, 8)], fill=255)
    for stack in range(-26, 34, 10):
        lid = 8 + chance.choice((5, 8, 11))
        pen.polygon([at(stack, 8), at(stack, lid), at(stack + 9, lid), at(stack + 9, 8)], fill=255)
    pen.polygon([at(-45, 8), at(-45, 24), at(-32, 24), at(-31, 8)], fill=255)
    pen.polygon([at(-41, 24), at(-41, 30), at(-36, 30), at(-36, 24)], fill=255)
    pen.line([at(-38, 30), at(-38, 38)], fill=255, width=max(1, round(unit)))
    pen.line([at(40, 9), at(40, 26)], fill=255, width=max(1, round(unit)))
    mask = np.asarray(drawing.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS), np.float32) / 255
    nearness = min(max((ship.y - HORIZON) / 170, 0), 1)
    colour = np.array((120, 90, 104), np.float32) * (1 - nearness) + np.array((22, 26, 44), np.float32) * nearness
    _reflect(canvas, mask, ship, colour, chance)
    _blend(canvas, mask, colour)
    _light_lamps(canvas, ship, facing, chance)


def _reflect(canvas: Canvas, mask: np.ndarray, ship: Ship, colour: np.ndarray, chance: np.random.Generator) -> None:
    base = round(ship.y)
    for down in range(1, round(ship.length * 0.34)):
        row, above = base + down, base - down
        if row < HEIGHT and above >= 0:
            jitter = round(chance.normal(0, 0.6 + ship.length / 90))
            strength = np.roll(mask[above], jitter) * (0.5 * (1 - down / (ship.length * 0.34)))
            canvas[row] += (colour - canvas[row]) * strength[:, None]


def _light_lamps(canvas: Canvas, ship: Ship, facing: int, chance: np.random.Generator) -> None:
    unit = ship.length / 100
    size = max(0.8, unit * 1.5)
    for x, y, light in ((40, 26, 1.0), (-38, 38, 1.0), (-44, 20, 0.7), (-38, 20, 0.7), (-33, 20, 0.6), (-40, 15, 0.5)):
        lamp_x, lamp_y = ship.x + facing * x * unit, ship.y - y * unit
        canvas += (_glow(lamp_x, lamp_y, size, size) * light)[..., None] * LAMP
        if light == 1.0:
            canvas += (_glow(lamp_x, lamp_y, size * 5, size * 5) * 0.22)[..., None] * LAMP
            _lamp_path(canvas, lamp_x, ship, chance)


def _lamp_path(canvas: Canvas, x: float, ship: Ship, chance: np.random.Generator) -> None:
    """The light of a lamp on the water below it."""
    length = round(ship.length * 0.75)
    for down in range(2, length):
        row = round(ship.y) + down
        half = max(1, round(ship.length * 0.012 * chance.uniform(0.5, 2.2)))
        left = round(x + chance.normal(0, 0.3 + ship.length / 160)) - half
        if row < HEIGHT and left > 0 and left + 2 * half < WIDTH:
            canvas[row, left : left + 2 * half] += LAMP * (0.36 * (1 - down / length) ** 1.4)


def _paint_lighthouse(canvas: Canvas) -> None:
    """A rock with a lighthouse in the strait, its beam towards the waiting ships."""
    x, y = 470, HORIZON + 52
    drawing = Image.new("L", (WIDTH * 2, HEIGHT * 2), 0)
    pen = ImageDraw.Draw(drawing)

    def at(dx: float, dy: float) -> tuple[float, float]:
        return (x + dx) * 2, (y - dy) * 2

    rock = ((-74, 0), (-58, 9), (-44, 10), (-31, 21), (-14, 26), (16, 24), (27, 15), (42, 12), (55, 4), (78, 0))
    pen.polygon([at(*point) for point in rock], fill=255)
    pen.polygon([at(-8, 22), at(-5, 92), at(5, 92), at(8, 22)], fill=255)
    pen.polygon([at(-9, 92), at(-9, 95), at(9, 95), at(9, 92)], fill=255)
    pen.polygon([at(-5, 95), at(-5, 106), at(0, 112), at(5, 106), at(5, 95)], fill=255)
    pen.polygon([at(14, 22), at(14, 34), at(21, 40), at(29, 34), at(29, 16)], fill=255)
    mask = np.asarray(drawing.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS), np.float32) / 255
    _paint_beam(canvas, x, y - 100)
    _blend(canvas, mask, (30, 34, 56))
    flipped = np.zeros_like(mask)
    deep = min(y, HEIGHT - y)
    flipped[y : y + deep] = mask[y - deep : y][::-1]
    _blend(canvas, flipped * 0.42, (30, 34, 56))
    for size, light in ((3.2, 1.0), (12, 0.5), (46, 0.22)):
        canvas += (_glow(x, y - 100, size, size) * light)[..., None] * np.array((255, 226, 168), np.float32)


def _paint_beam(canvas: Canvas, x: int, y: int) -> None:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    along, across = columns - x, rows - (y - (columns - x) * 0.035)
    for side, reach, strength in ((1, 760, 0.3), (-1, 420, 0.22)):
        far = np.clip(along * side, 0.01, None)
        beam = np.exp(-((across / (2 + far * 0.034)) ** 2)) * np.exp(-far / reach) * (along * side > 0)
        canvas += (beam * strength)[..., None] * np.array((255, 220, 164), np.float32)


def _paint_foreground(canvas: Canvas, chance: np.random.Generator) -> None:
    """The dark hill that the viewer stands on, with grass against the water."""
    x = np.arange(WIDTH)
    top = (
        HEIGHT
        - 34
        - 96 * np.clip((560 - x) / 560, 0, 1) ** 1.5
        - 74 * np.clip((x - 1210) / 390, 0, 1) ** 1.4
        - 7 * _waves(WIDTH, chance, 300)
    )
    drawing = Image.new("L", (WIDTH * 2, HEIGHT * 2), 0)
    pen = ImageDraw.Draw(drawing)
    outline = [(2 * column, 2 * float(top[column])) for column in x]
    pen.polygon([(0, HEIGHT * 2), *outline, (WIDTH * 2, HEIGHT * 2)], fill=255)
    for _ in range(1500):
        foot = chance.uniform(0, WIDTH - 1)
        tall, lean = chance.gamma(2.2, 4.2), chance.normal(3, 4)
        ground = float(top[int(foot)]) + 3
        pen.line(
            [(2 * foot, 2 * ground), (2 * foot + lean, 2 * ground - tall), (2 * foot + 2.6 * lean, 2 * ground - 2 * tall)],
            fill=255,
            width=2,
        )
    mask = np.asarray(drawing.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS), np.float32) / 255
    _blend(canvas, mask, (13, 17, 32))


def _paint_grain(canvas: Canvas, chance: np.random.Generator) -> None:
    """A darker rim and the grain of film."""
    rows, columns = np.ogrid[:HEIGHT, :WIDTH]
    away = ((columns - WIDTH / 2) / WIDTH) ** 2 + ((rows - HEIGHT / 2) / HEIGHT) ** 2
    canvas *= (1 - 0.42 * away)[..., None].astype(np.float32)
    canvas += chance.normal(0, 2.4, (HEIGHT, WIDTH, 1)).astype(np.float32)


if __name__ == "__main__":
    draw_icons()
    draw_lead()
