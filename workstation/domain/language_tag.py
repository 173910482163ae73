"""What the tag of a language says."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=256)
def language_in(tag: str | None) -> str:
    """The language in a BCP 47 tag, in small letters: ``en`` of ``en-US``, and of ``en_US``; "" where there is no tag."""
    return (tag or "").replace("_", "-").partition("-")[0].lower()
