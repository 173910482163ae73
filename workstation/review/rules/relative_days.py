"""The story names the day: who reads it tomorrow has another yesterday."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from workstation.domain.problem import Problem, Severity
from workstation.review.grounds.carried import own_language
from workstation.review.manuscript import Manuscript

_WORDS = {
    "en": "yesterday, said today, announced today, told reporters today, tonight,"
    " earlier today, later today, last night, this morning, this afternoon, this evening,"
    " tomorrow morning, tomorrow night",
    "de": "gestern, heute Morgen, heute Abend, gestern Abend",
    "fr": "hier, ce matin, ce soir, hier soir, cet après-midi",
    "es": "ayer, anoche, esta mañana, esta noche, esta tarde",
    "pt": "ontem, esta manhã, esta noite",
    "it": "ieri, stamattina, stasera, ieri sera",
}
"""What names a day by the day on which it is read. "Today" and "tomorrow" alone are as often the present and the future;
somebody has to have said it today."""


def relative_days(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of yesterday and the like in the story's own words."""
    language = own_language(manuscript)
    for passage in manuscript.passages:
        for start, end in _found(passage.text, language):
            if not passage.quotes_at(start, end):
                words = passage.text[start:end]
                message = f"“{words}” is another day for who reads this later. Name the weekday."
                yield Problem("relative-day", Severity.WARNING, passage.place_of(start, end), message, words)


@lru_cache(maxsize=512)
def _found(text: str, language: str) -> tuple[tuple[int, int], ...]:
    pattern = _pattern(language)
    found = pattern.finditer(text) if pattern else ()
    return tuple(match.span() for match in found if match.group()[0].islower() or _opens(text, match.start()))


def _opens(text: str, start: int) -> bool:
    """Whether a sentence begins there; elsewhere a capital makes a name of it, as of a play."""
    before = text[:start].rstrip(" \u00a0“‘\"'«„(")
    return not before or before[-1] in ".!?:\n"


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    """The words, but for "yesterday’s men" and "the leaders of yesterday"."""
    words = [word.strip() for word in _WORDS.get(language, "").split(",") if word.strip()]
    if not words:
        return None
    every = "|".join(f"[{word[0].upper()}{word[0]}]{re.escape(word[1:])}" for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?<!of )(?<!de )(?<!d’)(?<!von )(?<!di )(?:{every})(?![\w’'-])")
