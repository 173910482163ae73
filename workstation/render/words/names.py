"""Names as they are printed: each in one line, without those that say nothing."""

from __future__ import annotations

from collections.abc import Iterable

from workstation.render.words.characters import one_line


def printed_names(names: Iterable[str | None]) -> tuple[str, ...]:
    """Those of ``names`` that say something."""
    return tuple(filter(None, map(one_line, names)))


def names_once(names: Iterable[str | None]) -> tuple[str, ...]:
    """The same, each once."""
    return tuple(dict.fromkeys(printed_names(names)))


def before_names(label: str | None) -> str:
    """A label that stands above names on the page, as it stands before them in a line: with a colon where it ends in a letter."""
    word = one_line(label)
    return f"{word}:" if word[-1:].isalpha() else word


def listed(names: Iterable[str | None]) -> str:
    """The same in one line with commas between them."""
    return ", ".join(printed_names(names))
