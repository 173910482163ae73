"""The words of the American dictionary that comes with the spelling library, to tell a name from a word like any other."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

_ENDINGS = (
    ("", ""),
    ("s", ""),
    ("es", ""),
    ("ed", ""),
    ("d", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("ies", "y"),
    ("ied", "y"),
)
_ENDINGS_OF_PERSONS = (("er", ""), ("ers", ""), ("r", ""), ("rs", ""), ("ness", ""), ("ment", ""), ("ments", ""), ("al", ""))
_OPENINGS = ("re", "un", "non", "dis", "over", "pre", "anti", "co", "mid", "counter")


_BRITISH = (
    ("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ise", "ize"), ("yse", "yze"), ("our", "or"), ("tre", "ter"),
    ("ence", "ense"), ("mme", "m"), ("ogue", "og"), ("ll", "l"),
)  # fmt: skip
"""How British endings differ from the American ones that the dictionary has."""


@lru_cache(maxsize=65536)
def is_common_word(word: str) -> bool:
    """Whether ``word`` is written with a small letter in English, in itself or as a form of such a word."""
    small = word.lower()
    if _is_form(small) or any(_is_form(small.replace(*ending)) for ending in _BRITISH if ending[0] in small):
        return True
    return any(
        small.startswith(opening) and len(small) > len(opening) + 3 and _is_form(small[len(opening) :]) for opening in _OPENINGS
    )


def _is_form(small: str) -> bool:
    return any(_has_stem(small, *each, 1) for each in _ENDINGS) or any(_has_stem(small, *each, 4) for each in _ENDINGS_OF_PERSONS)


def _has_stem(small: str, ending: str, instead: str, least: int) -> bool:
    """Whether a word of ``least`` letters or more is left when ``ending`` gives way to ``instead``."""
    stem = len(small) - len(ending)
    return stem >= least and small.endswith(ending) and small[:stem] + instead in _words()


@lru_cache(maxsize=65536)
def is_known_name(word: str) -> bool:
    """Whether the dictionary has ``word`` with a capital: a country, a city, a given name, an English surname."""
    words = _words()
    return word in words or (word.endswith("s") and word[:-1] in words)


@cache
def _words() -> frozenset[str]:
    """Every entry of the dictionary without its flags; none where the library is missing."""
    spec = find_spec("hunspell")
    file = Path(spec.origin).parent / "dictionaries" / "en_US.dic" if spec and spec.origin else None
    if file is None or not file.is_file():
        return frozenset()
    lines = file.read_text(encoding="iso8859-1").splitlines()[1:]
    return frozenset(line.partition("/")[0] for line in lines)
