"""Whether a page that arrives again says anything new."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_EXCERPT = 0.6
"""What has less than this share of the words, all of which are known, is a teaser of the text and no newer version of it."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a reader reads of an item."""

    title: str
    author: str | None
    text: str


def says_the_same(new: Words, old: Words) -> bool:
    """Whether ``new`` brings no word that a reader of ``old`` has not read: the same headline, author and text, or a teaser."""
    if _plain(new.text) == _plain(old.text):
        return _plain(new.title) == _plain(old.title) and _same_author(new, old)
    return is_excerpt(new.text, old.text)


def is_excerpt(short: str, long: str) -> bool:
    """Whether ``short`` is a teaser of ``long``: much shorter, and each of its lines stands there, but for an ellipsis."""
    if not is_far_shorter(short, long):
        return False
    whole = _plain(long)
    return all(line in whole for line in map(_without_ellipsis, short.split("\n")) if line)


def is_far_shorter(short: str, long: str) -> bool:
    """Whether a text is too short to be another wording of the whole of ``long``."""
    return len(short) < _EXCERPT * len(long)


def _same_author(new: Words, old: Words) -> bool:
    """An author that only one of them names is no news: a reader found it or did not."""
    return not new.author or not old.author or _plain(new.author) == _plain(old.author)


def _plain(text: str) -> str:
    """The words with single spaces, whatever form their letters have."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _without_ellipsis(line: str) -> str:
    plain = _plain(line)
    for end in ("[…]", "[...]", "…", "..."):
        plain = plain.removesuffix(end).rstrip()
    return plain
