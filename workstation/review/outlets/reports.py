"""When two sources are one report."""

from __future__ import annotations

from functools import lru_cache

from workstation.domain.story import Source
from workstation.domain.web_address import canonical


@lru_cache(maxsize=4096)
def page_of(address: str | None) -> str | None:
    """The one name of the page at ``address``; None where it is no web address. Every review asks for the same ones again."""
    return canonical(address)


def is_one_report(one: Source, other: Source) -> bool:
    """Whether two sources are one item or one page."""
    if one.item and one.item == other.item:
        return True
    page = page_of(one.url)
    return page is not None and page == page_of(other.url)
