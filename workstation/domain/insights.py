"""The insights line as the cards make it."""

from __future__ import annotations

from collections.abc import Sequence

from workstation.domain.locales import listed

NAMES = "{sources}"
"""Where the names stand in a house's label."""


def made_line(outlets: Sequence[str], label: str, language: str) -> str:
    """``label`` with the names of ``outlets`` in it, joined as the language of a BCP 47 tag joins a list."""
    return label.replace(NAMES, listed(outlets, language))
