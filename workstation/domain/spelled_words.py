"""The words of a text that a dictionary can judge, with their places. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from sys import intern
from threading import Lock

import regex
from cachetools import LRUCache, cached

from workstation.domain.language_tag import language_in

ABBREVIATION = 5
"""Capitals alone of at most so many letters are an abbreviation, which no dictionary knows."""

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}_\u00ad]+(?:['’ʼ][\p{L}\p{M}\p{N}_]+)*")
_ADDRESS = regex.compile(
    r"\w+://\S+|mailto:\S+|www\.\S+|\S+@\S+|[@#]\w+|(?<!\w)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?!\w|\.\w)(?:/\S*)?", regex.IGNORECASE
)
_END_OF_SENTENCE = regex.compile(r"[\w-]+\.\p{Lu}\p{Ll}+")
_OWNED = regex.compile(r"['’](?:s)?$")


CHARACTERS = 350_000
"""So many characters of texts are remembered with their words, in about 4 MB: a very long story, or a shorter one and its day."""


def _weight(words: tuple[Spelled, ...]) -> int:
    """What a text counts: about its characters, and something for its own sake."""
    return 40 + (words[-1].end if words else 0)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A word, code points ``start`` to ``end`` of its text."""

    start: int
    word: str

    @property
    def end(self) -> int:
        """Where it ends; not kept, as a day of typing remembers a hundred thousand words."""
        return self.start + len(self.word)


@cached(LRUCache(CHARACTERS, getsizeof=_weight), lock=Lock())
def words_to_check(text: str) -> tuple[Spelled, ...]:
    """The words of ``text`` but numbers, addresses, single letters and abbreviations in capitals."""
    addresses = addresses_in(text)
    return tuple(word for word in _words(text) if not any(start <= word.start < end for start, end in addresses))


def addresses_in(text: str) -> list[tuple[int, int]]:
    """Start and end of every address, handle and tag in ``text``: no prose stands there."""
    return [found.span() for found in _ADDRESS.finditer(text) if not _END_OF_SENTENCE.fullmatch(found[0])]


def _words(text: str) -> Iterator[Spelled]:
    for found in _WORD.finditer(text):
        word = found[0]
        if is_checkable(word):
            yield Spelled(found.start(), intern(word))


def is_checkable(word: str) -> bool:
    """Whether a dictionary can be asked for ``word``."""
    if len(word) < 2 or any(character.isdigit() or character == "_" for character in word):
        return False
    name = bare(word)
    capitals = name.removesuffix("s") if len(name) > 2 else name
    return not (capitals.isupper() and len(capitals) <= ABBREVIATION)


def plain(word: str) -> str:
    """``word`` as dictionaries have it: straight apostrophes, no soft hyphens, composed."""
    return unicodedata.normalize("NFC", word.replace("’", "'").replace("ʼ", "'").replace("\u00ad", ""))


def bare(word: str) -> str:
    """``word`` without the ’s of what belongs to it."""
    return str(_OWNED.sub("", word))


def names_in(text: str) -> frozenset[str]:
    """The capitalised words of ``text``, as :func:`plain` has them, without the ’s of what belongs to them."""
    return frozenset(plain(bare(found[0])) for found in _WORD.finditer(text) if found[0][:1].isupper())


_SCRIPTS = {
    "CYRILLIC": "ru uk be bg mk sr kk ky mn tg",
    "GREEK": "el",
    "ARABIC": "ar fa ur ps ug ckb",
    "HEBREW": "he yi",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "DEVANAGARI": "hi mr ne",
    "BENGALI": "bn as",
    "TAMIL": "ta",
    "THAI": "th",
    "HANGUL": "ko",
}
_SCRIPT_OF = {language: script for script, languages in _SCRIPTS.items() for language in languages.split()}


def is_in_script(word: str, language: str) -> bool:
    """Whether every letter of ``word`` is of the script that the language with this BCP 47 tag is written in."""
    script = _SCRIPT_OF.get(language_in(language), "LATIN")
    return all(unicodedata.name(letter, "").startswith(script) for letter in word if letter.isalpha())
