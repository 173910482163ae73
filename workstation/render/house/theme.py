"""A publication's colours and fonts as custom properties of the page's style sheet.

Colours are ``paper``, ``panel``, ``ink``, ``muted``, ``line`` and ``accent``, each also with ``-dark`` for readers who
prefer a dark page. Fonts are ``headline``, ``text`` and ``label``: names of families, put before the system's own.
A name that the page does not know does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup

from workstation.domain.publication import Publication
from workstation.errors import InputError

_NAME = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
_COLOUR = re.compile(
    r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})|[a-z]+|(rgba?|hsla?|hwb|lab|lch|oklab|oklch)\([0-9., %/a-z-]+\)", re.I
)
_FAMILY = r"""([\w-]+( [\w-]+)*|"[\w .&+-]+"|'[\w .&+-]+')"""
_FONTS = re.compile(rf"{_FAMILY}( ?, ?{_FAMILY})*")
_DARK = "-dark"
_ROLES = {"headline": "serif", "text": "serif", "label": "sans"}


def check_colour(name: str, value: str) -> None:
    """Raise InputError unless this is a name and a CSS colour: hexadecimal, a word, or a function such as ``oklch()``."""
    _check(name, value, _COLOUR, "a colour like “#0b5f6b” or “rgb(11 95 107)”")


def check_font(name: str, value: str) -> None:
    """Raise InputError unless this is a name and a list of font families."""
    _check(name, value, _FONTS, "names of font families like “Literata, Georgia, serif”")


def theme_css(publication: Publication) -> Markup:
    """The rules that set the publication's colours and fonts; empty when it has none."""
    light, dark = dict[str, str](), dict[str, str]()
    for name, value in sorted(publication.colours.items()):
        check_colour(name, value)
        plain = name.replace("_", "-")
        (dark if plain.endswith(_DARK) else light)[plain.removesuffix(_DARK)] = value.strip()
    fonts = dict[str, str]()
    for name, value in sorted(publication.fonts.items()):
        check_font(name, value)
        fonts[f"font-{name.replace('_', '-')}"] = f"{value.strip()}, var(--{_ROLES.get(name, 'serif')})"
    rules = [
        _rule(fonts, ""),
        _rule(light, "@media screen and (prefers-color-scheme: light)"),
        _rule(dark, "@media screen and (prefers-color-scheme: dark)"),
    ]
    return Markup("".join(f"{rule}\n" for rule in rules if rule))  # noqa: S704 - every name and value was checked


def _rule(values: Mapping[str, str], condition: str) -> str:
    if not values:
        return ""
    inner = ":root { " + " ".join(f"--{name}: {value};" for name, value in values.items()) + " }"
    return f"{condition} {{ {inner} }}" if condition else inner


def _check(name: str, value: str, form: re.Pattern[str], expected: str) -> None:
    if not _NAME.fullmatch(name):
        raise InputError("The publication cannot be used", f"“{name}” is not a name: use small letters, digits and hyphens.")
    if not form.fullmatch(value.strip()):
        raise InputError("The publication cannot be used", f"“{name}” is “{value}”; expected {expected}.")
