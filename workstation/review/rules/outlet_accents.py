"""An outlet has the same accents in the words of a story as on its chip."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from workstation.domain.problem import Fix, Problem, Severity
from workstation.domain.story import SourceKind
from workstation.review.manuscript import Manuscript, Passage

_RULE = "name-spelling"
_SHORTEST = 5
"""Letters of a name: a shorter one may be another word without its accents."""


def outlet_accents(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of an outlet's or institute's name that lost accents, or got some, outside of quotations and the insights line."""
    cards = [
        tuple(source.outlet for source in card.sources if source.kind is not SourceKind.PERSON) for _, card in manuscript.cards
    ]
    everywhere = tuple(dict.fromkeys(name for names in cards for name in names))
    for passage in manuscript.passages:
        if passage.place.field != "insights":
            card = passage.place.card
            yield from _judge(passage, everywhere if card is None else cards[card])


def _judge(passage: Passage, names: tuple[str, ...]) -> Iterator[Problem]:
    for start, end, name in _otherwise(passage.text, names):
        if not passage.quotes_at(start, end):
            written = passage.text[start:end]
            message = f"The text writes “{written}”, the chip “{name}”. Spell the name in one way."
            where = passage.place_of(start, end)
            yield Problem(_RULE, Severity.WARNING, where, message, written, Fix(f"Write {name}", written, name, start), name)


@lru_cache(maxsize=512)
def _otherwise(text: str, names: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
    """Where ``text`` has one of ``names`` with other accents: start, end, and the name."""
    folded = _folded(text)
    found: list[tuple[int, int, str]] = []
    for name in map(_bare, names):
        bare = _folded(name)
        at = folded.find(bare) if len(bare) >= _SHORTEST else -1
        while at >= 0:
            end = at + len(bare)
            if _is_whole(text, at, end) and _lowered(text[at:end]) != _lowered(name):
                found.append((at, end, name))
            at = folded.find(bare, end)
    return tuple(found)


def _bare(name: str) -> str:
    return unicodedata.normalize("NFC", name).removeprefix("The ").strip()


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    """``text`` in small letters without accents; each code point stays at its place."""
    small = text.lower()
    small = small if len(small) == len(text) else text
    return small if small.isascii() else "".join(map(_plain, small))


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


def _lowered(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() and start) and not text[end : end + 1].isalnum()
