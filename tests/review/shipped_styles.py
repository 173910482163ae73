"""The shipped house styles, for tests."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from workstation.domain.house_style import HouseStyle, StyleRule
from workstation.workflow.style_files import StyleFiles

NAMES = ("american", "british")


@lru_cache
def shipped(name: str) -> HouseStyle:
    """The style called ``name``, with every rule on."""
    return StyleFiles(Path("/nowhere/house-style")).style(name)


def every_rule() -> list[tuple[str, StyleRule]]:
    """Each rule of each style, with the style's name."""
    return [(name, rule) for name in NAMES for rule in shipped(name).every_rule.values()]
