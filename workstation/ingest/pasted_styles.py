"""What the styles of a clipboard's HTML say of the few things that a story keeps, written on the element or in a style sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

STRONG_WEIGHT = 600
MAX_SHEET = 200_000
"""Characters of style sheets that are read; what is longer is a whole site's, not a word processor's."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says; None where it says nothing."""

    strong: bool | None = None
    emphasis: bool | None = None
    keeps_lines: bool | None = None
    """White space is kept as it is written, line ends as line breaks."""
    hidden: bool | None = None
    display: str | None = None
    raised: bool | None = None
    listed: bool | None = None
    """The paragraph is an item of a list of a word processor."""
    is_marker: bool | None = None
    """The bullet or number that a word processor typed for an item."""
    is_comment: bool | None = None
    has_bar: bool | None = None
    """A bar stands at its left side, as mail programs set what they answer."""

    def over(self, other: Style) -> Style:
        """This style, and what ``other`` says where this one says nothing."""
        if other is PLAIN_STYLE:
            return self
        values = {name: own if (own := getattr(self, name)) is not None else getattr(other, name) for name in _NAMES}
        return Style(**values)


_NAMES = tuple(field.name for field in fields(Style))
PLAIN_STYLE = Style()


class StyleSheet:
    """The rules of a clipboard's style sheets that name an element, a class, or both; all others are left alone."""

    def __init__(self, css: str = "") -> None:
        self._rules: dict[str, Style] = {}
        self._known: dict[tuple[str, str, str], Style] = {}
        for selector, declared in _rules(css[:MAX_SHEET]):
            style = read_style(declared)
            if style != PLAIN_STYLE:
                self._rules[selector] = style.over(self._rules.get(selector, PLAIN_STYLE))

    def style_of(self, tag: str, classes: str, inline: str) -> Style:
        """The style of an element: what stands on itself comes before what its class says, and this before its name."""
        key = (tag, classes, inline)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._style_of(tag, classes, inline)
        return found

    def _style_of(self, tag: str, classes: str, inline: str) -> Style:
        style = read_style(inline) if inline else PLAIN_STYLE
        if self._rules:
            names = classes.split()
            for selector in [*(f"{tag}.{name}" for name in names), *(f".{name}" for name in names), tag]:
                style = style.over(self._rules.get(selector, PLAIN_STYLE))
        return style


_BRACE = re.compile(r"([{}])")
_CSS_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_SIMPLE = re.compile(r"[a-z][a-z0-9]*(?:\.[-\w]+)?|\.[-\w]+")
_TELLING = re.compile(r"font|display|visibility|mso-|white-space|vertical-align")


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Each selector with its declarations; what stands inside an at-rule holds for paper or small screens only."""
    depth, selector, begun = 0, "", ""
    for piece in _BRACE.split(_CSS_COMMENT.sub("", css).lower()):
        if piece == "{":
            depth, selector = depth + 1, begun if depth == 0 else selector
        elif piece == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            begun = piece.strip()
        elif depth == 1 and not selector.startswith("@") and _TELLING.search(piece):
            yield from ((name, piece) for name in map(str.strip, selector.split(",")) if _SIMPLE.fullmatch(name))


@lru_cache(maxsize=2048)
def read_style(declared: str) -> Style:
    """The style in the text of a ``style`` attribute; of two declarations of one property the later one holds."""
    said: dict[str, object] = {}
    for declaration in declared.lower().split(";"):
        name, _, value = declaration.partition(":")
        reader = _READERS.get(name.strip())
        if reader:
            said.update(reader(value.replace("!important", "").strip()))
    return Style(**said) if said else PLAIN_STYLE  # type: ignore[arg-type]


_WEIGHTS = {"bold": True, "bolder": True, "normal": False, "lighter": False, "initial": False}
_SLANTS = {"italic": True, "oblique": True, "normal": False, "initial": False}
_SIZE = re.compile(r"(?<![\w.])[\d.]+(?:px|pt|em|rem|%|pc|cm|mm|in|ex|ch)|\b(?:medium|small|large|smaller|larger)\b")
_WORD_LEVEL = re.compile(r"l\d")


def _is_strong(weight: str) -> bool | None:
    return int(weight) >= STRONG_WEIGHT if weight.isdecimal() else _WEIGHTS.get(weight)


def _weight(value: str) -> dict[str, bool]:
    return _if_said("strong", _is_strong(value))


def _slant(value: str) -> dict[str, bool]:
    return _if_said("emphasis", _SLANTS.get(value.partition(" ")[0]))


def _font(value: str) -> dict[str, bool]:
    """The short form ``italic bold 12px/1 Arial``, which sets back what it does not name."""
    size = _SIZE.search(value)
    if not size:
        return {}
    words = value[: size.start()].split()
    return {"strong": any(map(_is_strong, words)), "emphasis": any(map(_SLANTS.get, words))}


def _white_space(value: str) -> dict[str, bool]:
    return {} if value in ("inherit", "unset", "revert", "") else {"keeps_lines": value.startswith(("pre", "break-spaces"))}


def _display(value: str) -> dict[str, object]:
    return {"hidden": True} if value == "none" else {"display": value}


def _word_list(value: str) -> dict[str, bool]:
    return {"is_marker": True} if value == "ignore" else _if_said("listed", bool(_WORD_LEVEL.match(value)) or None)


def _told_by(key: str, *values: str) -> Callable[[str], dict[str, bool]]:
    return lambda value: {key: True} if value.partition(" ")[0] in values else {}


def _if_said(key: str, answer: bool | None) -> dict[str, bool]:
    return {} if answer is None else {key: answer}


_READERS: dict[str, Callable[[str], Mapping[str, object]]] = {
    "font-weight": _weight,
    "font-style": _slant,
    "font": _font,
    "white-space": _white_space,
    "white-space-collapse": _white_space,
    "display": _display,
    "visibility": _told_by("hidden", "hidden", "collapse"),
    "mso-hide": _told_by("hidden", "all"),
    "mso-list": _word_list,
    "mso-special-format": _told_by("is_marker", "bullet", "numbullet"),
    "mso-element": _told_by("is_comment", "comment-list", "comment"),
    "mso-special-character": _told_by("is_comment", "comment"),
    "vertical-align": _told_by("raised", "super"),
    "border-left": _told_by("has_bar", "solid"),
}
