"""Whether a text names somebody: by a full name, without its article, in a usual short form, inflected, or by surname."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cache, lru_cache

from workstation.review.names.english_words import is_common_word
from workstation.review.quoting.words import INVISIBLE
from workstation.review.voices.countries import countries

_FOLDED = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "״": '"', "&": " and "})
_SPACES = re.compile(r"[\s\-‐‑–—_/·|]+")
_UNSEEN = re.compile(f"[{INVISIBLE}]+")
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]+")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_CASED = re.compile("[\u0370-\u052f\u0530-\u058f\u10a0-\u10ff]")
"""Scripts whose languages inflect names: Greek, Cyrillic, Armenian, Georgian."""
_ARABIC = re.compile("[\u0600-\u06ff]")
_HEBREW = re.compile("[\u0590-\u05ff]")

_ARTICLES = ("the", "der", "die", "das", "dem", "den", "des", "le", "la", "les", "el", "los", "las", "il", "lo", "i", "gli")
_MORE_ARTICLES = (
    "o",
    "a",
    "os",
    "as",
    "de",
    "het",
    "del",
    "al",
    "du",
    "au",
    "do",
    "da",
    "no",
    "na",
    "ao",
    "dal",
    "nel",
    "zur",
    "zum",
)
_ARTICLE = re.compile(rf"(?:{'|'.join(_ARTICLES)})\s+(?=\S)|l'", re.IGNORECASE)
_ANY_ARTICLE = rf"(?:(?:{'|'.join((*_ARTICLES, *_MORE_ARTICLES))})\s+|(?:l|d|dell|all|dall|nell|sull)')"
_ENDINGS = (
    "news agency|press agency|agency|news|newspaper|magazine|online|english|international|tv|television|radio|network|media|group"
    "|com|org|net|co uk|in|de|fr|ru|app|global|world|digital|weekly|daily|website"
)
_ENDING = re.compile(rf"(?<![\s.])[\s.]+(?:{_ENDINGS})$", re.IGNORECASE)
_EDITION = re.compile(
    r" (?:Asia|Africa|Afrique|Europe|Americas?|Arabic|Arabia|Brazil|Brasil|China|India|Japan|Korea|Mexico|Persian|Russian|Turkish"
    r"|Turk|Ukraine|Middle East|UK|US|USA)$"
)
"""The part of the world for which an outlet has an edition, which texts leave out."""
_UNSPACED_ENDING = re.compile(
    "(?:新聞社|新闻社|通信社|通讯社|新聞|新闻|通信|日報|日报|晚報|晚报|早報|早报|時報|时报|周刊|週刊|週報|周报|放送|网|網|社|報|报)$"
)
_OF = re.compile(r"(?<!\s)\s+(?:of|and|for|in|de|du|des|del|della|do|da|von|für|et|y|e|i)\s+", re.IGNORECASE)
_HANDLE = re.compile(r"^@")
_FEWEST_INITIALS = 3
_LONG, _SLIP = 6, 0.8


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """``text`` as names are sought in it: without accents and marks, in straight apostrophes, with single spaces for hyphens."""
    letters = unicodedata.normalize("NFKD", _UNSEEN.sub("", text)).translate(_FOLDED)
    return _SPACES.sub(" ", _ACCENTS.sub("", letters))


@lru_cache(maxsize=512)
def names_outlet(text: str, spellings: tuple[str, ...]) -> bool:
    """Whether ``text`` names the outlet that bears these names, however it says them."""
    return any(" " in spelling and spelling in text for spelling in spellings) or _says(plain(text), spellings)


@lru_cache(maxsize=512)
def names_person(text: str, name: str) -> bool:
    """Whether ``text`` names a person: by the whole name, by the last of its names, or by a handle without its sign."""
    bare = _HANDLE.sub("", name.strip())
    last = bare.split()[-1:] if not _UNSPACED.search(bare) else []
    words = plain(text)
    return _says(words, tuple(dict.fromkeys((bare, *(part for part in last if len(part) > 1))))) or _misspells(words, plain(bare))


def _misspells(text: str, name: str) -> bool:
    """Whether a name stands in ``text`` with a slip of the pen: that is no lack of attribution, and other rules tell of it."""
    last = name.split()[-1:]
    return bool(last) and len(last[0]) >= _LONG and bool(get_close_matches(last[0], text.split(), 1, _SLIP))


def _says(text: str, spellings: Sequence[str]) -> bool:
    return any(_pattern(spelling).search(text) for spelling in spellings if spelling.strip())


@lru_cache(maxsize=2048)
def _pattern(name: str) -> re.Pattern[str]:
    """What a text may say for ``name``; it is sought in a plain text."""
    forms = dict.fromkeys(form for form in _forms(plain(_BRACKETS.sub("", name)).strip() or plain(name).strip()) if form)
    return re.compile("|".join(sorted(forms, key=len, reverse=True)))


def _forms(name: str) -> Iterator[str]:
    """The name as patterns: whole, without its article and ending, its head with an article, its initials."""
    bare = _ARTICLE.sub("", name, count=1) if _ARTICLE.match(name) else name
    short = _ENDING.sub("", bare)
    for form in dict.fromkeys((name, bare, short)):
        yield _form(form)
    if _UNSPACED.search(bare):
        yield re.escape(_UNSPACED_ENDING.sub("", bare)) if len(_UNSPACED_ENDING.sub("", bare)) > 1 else ""
        return
    words = bare.split()
    if len(words) > 1:
        yield from _without_edition(bare)
        yield from _heads(bare, words)
        yield _initials(name)
        yield _initials(bare)


def _without_edition(bare: str) -> Iterator[str]:
    """The name without its part of the world, where the rest is no word like any other: "Radio Asia" is not "Radio"."""
    short = _EDITION.sub("", bare)
    if short != bare and (" " in short or short.isupper() or not is_common_word(short)):
        yield _form(short)


def _heads(bare: str, words: Sequence[str]) -> Iterator[str]:
    """The word that stands for the whole name, with an article: "the Times", "der Bote", "le Cadran"."""
    before_of = _OF.split(bare, maxsplit=1)[0].split()
    first = () if words[0] in _places() else (words[0],)
    for head in dict.fromkeys((words[-1], before_of[-1], *first)):
        if head[0].isupper() and len(head) > 2 and head.lower() not in _ARTICLES:
            yield rf"(?<!\w)(?i:{_ANY_ARTICLE}){_inflected(head, shortest=4)}(?!\w)(?! [A-Z])"


@cache
def _places() -> frozenset[str]:
    """First words of outlets' names that speak of a place by themselves: "a British official", "the Seoul talks"."""
    known = (name for country in countries().values() for name in (*country.demonyms, *country.capitals))
    return frozenset(("South", "North", "East", "West", *(name.removesuffix("?") for name in known)))


def _initials(name: str) -> str:
    letters = "".join(word[0] for word in name.split() if word[0].isupper())
    return rf"(?<!\w){re.escape(letters)}(?!\w)" if len(letters) >= _FEWEST_INITIALS else ""


def _form(name: str) -> str:
    """One spelling as a pattern: a name of several words in any case, one of a single word as it is written."""
    if _UNSPACED.search(name):
        return re.escape(name)
    words = name.split()
    if not words:
        return ""
    inner = r"\s".join(_joined(word, first=index == 0) for index, word in enumerate(words))
    if len(words) > 1:
        return rf"(?<!\w)(?i:{inner})(?!\w)"
    return rf"(?<!\w)(?:{inner}|{re.escape(name.upper())})(?!\w)"


def _joined(word: str, *, first: bool) -> str:
    """A word with the prefixes that its language writes on to it, and its inflected endings."""
    if _ARABIC.search(word):
        bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
        return rf"{'[وفبكل]{0,2}' if first else ''}(?:ال|ل)?{re.escape(bare)}"
    if _HEBREW.search(word):
        return rf"{'[ובכלמשה]{0,3}' if first else ''}{re.escape(word)}"
    return _inflected(word)


def _inflected(word: str, shortest: int = 5) -> str:
    """A word with what languages with cases put at its end; English and Romance names are found as they stand."""
    if _CASED.search(word):
        stem = word[:-1] if len(word) > 3 and word[-1] in "аяоеьйъыиіїуюςσηαο" else word
        return rf"{re.escape(stem)}\w{{0,3}}"
    if len(word) < shortest or not word[-1].isalpha():
        return re.escape(word)
    stem = word[:-1] if word[-1] in "aeiouy" else word
    return rf"{re.escape(stem)}\w{{0,3}}"
