"""A name has its hyphen everywhere or nowhere: al-Qaeda or al Qaeda, Kim Jong-un or Kim Jong Un."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from workstation.domain.problem import Fix, Problem, Severity
from workstation.review.english_words import is_common_word, is_known_name
from workstation.review.manuscript import Manuscript, Passage
from workstation.review.spellings import plain

_HYPHENED = re.compile(r"(?<![\w-])([^\W\d_]{2,})[-‐‑]([^\W\d_]{2,})(?![\w-])")
_SPACED = re.compile(r"(?<![\w-])(?=([^\W\d_]{2,})[ \u00a0]([^\W\d_]{2,})(?![\w-]))")
_ARTICLES = frozenset(["al", "el", "as", "ash", "an", "ad", "ar", "az", "at", "es"])

Two = tuple[str, str]
Spans = dict[Two, tuple[int, int]]


def hyphenated_names(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a name that stands with a hyphen in one place and with a space in another."""
    hyphened = _first_places(manuscript, hyphened=True)
    if not hyphened:
        return
    spaced = _first_places(manuscript, hyphened=False)
    for name, (passage, start, end) in hyphened.items():
        if name in spaced:
            other, at, until = spaced[name]
            yield _problem(other, at, until, passage.text[start:end])


def _first_places(manuscript: Manuscript, *, hyphened: bool) -> dict[Two, tuple[Passage, int, int]]:
    """Each name with its first place in the story's own words."""
    places: dict[Two, tuple[Passage, int, int]] = {}
    for passage in manuscript.passages:
        for name, (start, end) in _names(passage.text, hyphened).items():
            if name not in places and not passage.quotes_at(start, end) and not _is_outlet(manuscript, passage.text[start:end]):
                places[name] = (passage, start, end)
    return places


@lru_cache(maxsize=1024)
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


def _is_outlet(manuscript: Manuscript, name: str) -> bool:
    return any(name in outlet for outlet in manuscript.story.outlets)


def _problem(passage: Passage, start: int, end: int, hyphened: str) -> Problem:
    spaced = passage.text[start:end]
    message = f"The story writes both “{hyphened}” and “{spaced}”. Give the name its hyphen everywhere, or nowhere."
    place = passage.place_of(start, end)
    return Problem(
        "name-hyphen", Severity.WARNING, place, message, spaced, Fix("Put in the hyphen", spaced, _joined(spaced), start)
    )


def _joined(spaced: str) -> str:
    return re.sub(r"[ \u00a0]", "-", spaced)
