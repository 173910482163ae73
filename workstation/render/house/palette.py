"""A publication's colours and fonts for forms whose readers know no custom properties: plain hexadecimal colours.

What a publication does not say is as the page has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from workstation import resources
from workstation.domain.publication import Publication
from workstation.render.house.theme import check_colour, check_font

if TYPE_CHECKING:
    from tinycss2.color4 import Color

ROLES = ("paper", "panel", "ink", "muted", "line", "accent")
_DARK = "-dark"
_OWN = re.compile(rf"--({'|'.join(ROLES)}): (#[0-9a-f]{{6}});")
_FALLBACK = {"headline": "Georgia, serif", "text": "Georgia, serif", "label": "Arial, sans-serif"}
_NOT_INVERTED = {"#ffffff": "#fefefe", "#000000": "#010101"}
"""Some mail programs treat pure white and black apart when they darken a message."""
_FROM_XYZ = {
    "xyz-d50": ((3.1338561, -1.6168667, -0.4906146), (-0.9787684, 1.9161415, 0.0334540), (0.0719453, -0.2289914, 1.4052427)),
    "xyz-d65": ((3.2409699, -1.5373832, -0.4986108), (-0.9692436, 1.8759675, 0.0415551), (0.0556301, -0.2039770, 1.0569715)),
}
"""CIE XYZ to linear sRGB, from CSS Color Level 4."""

Colours = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours by day and by night, ``#rrggbb`` by role, and the families of fonts by role, for use in attributes."""

    light: Colours
    dark: Colours
    fonts: Mapping[str, str]


def palette_of(publication: Publication) -> Palette:
    """The palette of ``publication``.

    Raises:
        InputError: a colour or font is none.
    """
    light, dark = dict(_own_colours()[0]), dict(_own_colours()[1])
    for name, value in publication.colours.items():
        check_colour(name, value)
        role = name.replace("_", "-")
        shade = dark if role.endswith(_DARK) else light
        shade |= {role.removesuffix(_DARK): plain} if (plain := _plain(value.strip())) else {}
    for name, value in publication.fonts.items():
        check_font(name, value)
    fonts = {role: _families(publication.fonts.get(role, ""), last) for role, last in _FALLBACK.items()}
    return Palette(MappingProxyType(light), MappingProxyType(dark), MappingProxyType(fonts))


@lru_cache(maxsize=1)
def _own_colours() -> tuple[Colours, Colours]:
    """The page's own colours by day and by night."""
    found = _OWN.findall((resources.path("templates") / "page.css").read_text("utf-8"))
    return dict(found[: len(ROLES)]), dict(found[len(ROLES) : 2 * len(ROLES)])


def _families(named: str, last: str) -> str:
    families = [family.strip().replace('"', "'") for family in f"{named}, {last}".split(",")]
    return ", ".join(dict.fromkeys(filter(None, families)))


@lru_cache(maxsize=256)
def _plain(value: str) -> str:
    """A CSS colour as ``#rrggbb`` (what shines through it is left out); empty when it is none that stands for itself."""
    from tinycss2.color4 import parse_color  # noqa: PLC0415 - only a few forms need it

    colour = parse_color(value)
    if colour is None or colour == "currentcolor" or not colour.alpha:
        return ""
    shares = colour.to("srgb").coordinates if colour.space in ("srgb", "hsl", "hwb") else _from_lab(colour)
    plain = "#" + "".join(f"{round(min(max(share, 0), 1) * 255):02x}" for share in shares)
    return _NOT_INVERTED.get(plain, plain)


def _from_lab(colour: Color) -> Iterator[float]:
    """Red, green and blue of a colour in (ok)lab or (ok)lch."""
    space = "xyz-d65" if colour.space.startswith("ok") else "xyz-d50"
    xyz = colour.to(space).coordinates
    for row in _FROM_XYZ[space]:
        linear = sum(factor * share for factor, share in zip(row, xyz, strict=True))
        yield 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
