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


def listed(names: Iterable[str | None]) -> str:
    """The same in one line with commas between them."""
    return ", ".join(printed_names(names))
