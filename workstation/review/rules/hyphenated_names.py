"""A name has its hyphen everywhere or nowhere: al-Qaeda or al Qaeda, Kim Jong-un or Kim Jong Un."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from workstation.domain.problem import Fix, Problem, Severity
from workstation.review.manuscript import Manuscript, Passage
from workstation.review.names.english_words import is_common_word, is_known_name
from workstation.review.names.spellings import plain

_HYPHENED = re.compile(r"(?<![\w-])([^\W\d_]{2,})[-‐‑]([^\W\d_]{2,})(?![\w-])")
_SPACED = re.compile(r"(?<![\w-])(?=([^\W\d_]{2,})[ \u00a0]([^\W\d_]{2,})(?![\w-]))")
_ARTICLES = frozenset(["al", "el", "as", "ash", "an", "ad", "ar", "az", "at", "es"])

Two = tuple[str, str]
Spans = dict[Two, tuple[int, int]]


def hyphenated_names(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a name that stands with a hyphen in one place and with a space in another."""
    hyphened = _all_names(manuscript, hyphened=True)
    for name in sorted(hyphened & _all_names(manuscript, hyphened=False)) if hyphened else ():
        one, other = _first_place(manuscript, name, hyphened=True), _first_place(manuscript, name, hyphened=False)
        if one and other:
            passage, start, end = one
            yield _problem(*other, passage.text[start:end])


def _all_names(manuscript: Manuscript, *, hyphened: bool) -> set[Two]:
    return set().union(*(_names(passage.text, hyphened) for passage in manuscript.passages))


def _first_place(manuscript: Manuscript, name: Two, *, hyphened: bool) -> tuple[Passage, int, int] | None:
    """Where the story first writes a name in its own words, outside of the name of an outlet."""
    for passage in manuscript.passages:
        start, end = _names(passage.text, hyphened).get(name, (0, 0))
        outlet = any(passage.text[start:end] in outlet for outlet in manuscript.story.outlets)
        if end and not outlet and not passage.quotes_at(start, end):
            return passage, start, end
    return None


@lru_cache(maxsize=512)
def _names(text: str, hyphened: bool) -> Spans:
    """The two-part names of ``text``, folded, each with its first place."""
    found: Spans = {}
    for match in (_HYPHENED if hyphened else _SPACED).finditer(text):
        first, second = match.groups()
        if _is_name(first, second):
            found.setdefault((plain(first), plain(second)), (match.start(1), match.end(2)))
    return found


def _is_name(first: str, second: str) -> bool:
    """An Arabic article with its name, or two parts that are no words and no countries."""
    if first.lower() in _ARTICLES and len(first) < len(second):
        return second[0].isupper()
    return first[0].isupper() and not any(map(is_common_word, (first, second))) and not any(map(is_known_name, (first, second)))


def _problem(passage: Passage, start: int, end: int, hyphened: str) -> Problem:
    spaced = passage.text[start:end]
    message = f"The story writes both “{hyphened}” and “{spaced}”. Give the name its hyphen everywhere, or nowhere."
    place = passage.place_of(start, end)
    return Problem(
        "name-hyphen", Severity.WARNING, place, message, spaced, Fix("Put in the hyphen", spaced, _joined(spaced), start)
    )


def _joined(spaced: str) -> str:
    return re.sub(r"[ \u00a0]", "-", spaced)
