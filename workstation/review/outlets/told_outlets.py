"""The outlets that a text credits: a known name with words of attribution at its side.

A name alone is no attribution: many outlets are called like a company, a person, a city or a common word. So a name counts only
where the words around it say that it reports, and where it is no part of a longer name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from workstation.review.outlets import credit_words as words
from workstation.review.outlets.press_names import press_names

_LOOKED_AT = 80
_FIRST = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_UNCASED = re.compile("[\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1200-\u137f]")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w.-]*)(['’]s?)? [«„“\"‘]?$")
_ENDED = re.compile(r"(?!(?:Corp|Prof|Capt|Sgt)\.)[\w.-]*[^\W\d_]{4,}\.")
"""A word with the full stop of its sentence behind it; the short ones may be abbreviated."""
_GOES_ON = re.compile(r"[-.&]?[^\W_]|['’](?!s\b)[^\W_]| [^\W\d_]")
_OPENING_WORDS = """
The A An In On At And But For As While When After Before Yet Still So Also Although Though If To From By With Both Only Even
Earlier Later Separately Meanwhile However According Telling Speaking Writing
Der Die Das Dem Den Laut Wie Le La Les Selon El Los Las Según O Os As Il Lo
"""
_OPENERS = frozenset(_OPENING_WORDS.split())
"""Words that begin a sentence, and so have a capital without being a part of a name."""


@dataclass(frozen=True, slots=True)
class Told:
    """Code points ``start`` to ``end`` of a text that hold the name of an outlet, and those of the words that credit it."""

    name: str
    start: int
    end: int
    credit: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class NameIndex:
    """Names to look for: those of spaced scripts by their first word, the others as they are.

    ``sure`` are those that are hardly anybody else's, such as the story's own sources; with ``articled`` goes an article, and
    with ``free`` one may go.
    """

    by_word: Mapping[str, tuple[str, ...]]
    unspaced: tuple[str, ...]
    sure: frozenset[str]
    articled: frozenset[str]
    free: frozenset[str]


def name_index(names: Iterable[str], sure: Iterable[str] = (), free: Iterable[str] = ()) -> NameIndex:
    """The index of ``names``, each of which is found only as it is written, or without the article that it begins with."""
    by_word: dict[str, list[str]] = {}
    every = dict.fromkeys(name for name in names if len(name) > 1)
    bare = {name.removeprefix("The "): name for name in every if name.startswith("The ") and name.count(" ") == 1}
    for name in sorted(dict.fromkeys(name.removeprefix("The ") for name in every), key=lambda name: (-len(name), name)):
        first = _FIRST.search(name)
        if first and not _UNSPACED.search(name):
            by_word.setdefault(first.group(), []).append(name)
    unspaced = tuple(sorted(name for name in every if _UNSPACED.search(name) and len(name) > 2))
    certain = frozenset(name.removeprefix("The ") for name in sure)
    return NameIndex({word: tuple(found) for word, found in by_word.items()}, unspaced, certain, frozenset(bare), frozenset(free))


def told_outlets(text: str, index: NameIndex) -> tuple[Told, ...]:
    """The outlets of ``index`` that ``text`` credits, in order; the longest name counts where several stand at one place."""
    return _of_lines(text, lambda line: _of_line(line, index))


def told_press(text: str) -> tuple[Told, ...]:
    """What ``text`` credits that is known by no index, but has the name of an outlet, in order."""
    return _of_lines(text, _press_of_line)


def _of_lines(text: str, told_in: Callable[[str], Iterable[Told]]) -> tuple[Told, ...]:
    found: list[Told] = []
    at = 0
    for line in text.split("\n"):
        found += (_moved(told, at) for told in told_in(line))
        at += len(line) + 1
    return tuple(found)


@lru_cache(maxsize=1024)
def _press_of_line(line: str) -> tuple[Told, ...]:
    names = press_names(line)
    return _of_line(line, name_index(names, names)) if names else ()


@lru_cache(maxsize=1024)
def _of_line(line: str, index: NameIndex) -> tuple[Told, ...]:
    """The outlets that a line credits. Kept, since a key changes one line only."""
    found = [told for name, start in _names_at(line, index) if (told := _credited(line, name, start, index))]
    found += [told for name in index.unspaced for start in _places(line, name) if (told := _credited_unspaced(line, name, start))]
    return tuple(sorted(found, key=lambda told: told.start))


def _moved(told: Told, by: int) -> Told:
    return Told(told.name, told.start + by, told.end + by, (told.credit[0] + by, told.credit[1] + by))


def _places(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))


def _names_at(text: str, index: NameIndex) -> Iterator[tuple[str, int]]:
    end = 0
    for word in _FIRST.finditer(text):
        start = word.start()
        candidates = index.by_word.get(word.group(), ()) if start >= end else ()
        name = next((name for name in candidates if _stands(text, name, start)), None)
        if name:
            end = start + len(name)
            yield name, start


def _stands(text: str, name: str, start: int) -> bool:
    """Whether ``name`` stands at ``start`` as a whole name and is no part of a longer one."""
    end = start + len(name)
    if not text.startswith(name, start) or (start and (text[start - 1].isalnum() or text[start - 1] in "-@.&/")):
        return False
    after = _GOES_ON.match(text, end)
    if after and (not after.group().startswith(" ") or after.group()[-1].isupper()):
        return False
    before = _WORD_BEFORE.search(text, max(0, start - _LOOKED_AT), start)
    if not before or before[2] is not None or not before[1][0].isupper():
        return True
    return before[1] in _OPENERS or _is_kind(before[1]) or bool(_ENDED.fullmatch(before[1]))


def is_someone_else(text: str, name: str) -> bool:
    """Whether ``text`` has ``name`` as a part of a longer name, or in brackets behind one: it is a person, a firm, an office."""
    return f"({name})" in text or any(_is_part(text, name, start) for start in _places(text, name))


def _is_part(text: str, name: str, start: int) -> bool:
    whole = not (text[start - 1 : start].isalnum() or text[start + len(name) : start + len(name) + 1].isalnum())
    return whole and not _stands(text, name, start)


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile("|".join(words.KINDS))


def _is_kind(word: str) -> bool:
    return bool(_kinds().fullmatch(word))


# --- credits -------------------------------------------------------------------------------------------------------


@cache
def _before() -> re.Pattern[str]:
    kinds, owner = "|".join(words.KINDS), r"[^\W\d_][\w-]*['’]s? "
    between = rf"(?:(?:{words.ARTICLES}) |l['’]|{owner})?(?:(?:[\w-]+ ){{0,3}}(?:{kinds}) )?(?:[Tt]he )?[«„“\"‘]?"
    return re.compile(rf"(?<!\w)(?:{'|'.join(words.BEFORE)}),?(?: |['’]){between}$", re.IGNORECASE)


@cache
def _after(weak: bool) -> re.Pattern[str]:
    verbs = "|".join((*words.AFTER, *words.WEAK_AFTER) if weak else words.AFTER)
    between = rf"[»”“\"’]?,? (?:(?:{words.ADVERBS}|{'|'.join(words.KINDS)}) )*"
    return re.compile(rf"{between}(?:{verbs})(?!\w)(?! to\b)|['’]s? (?:[a-z-]+ )?(?:{words.OWN_WORK})\b")


def _credited(text: str, name: str, start: int, index: NameIndex) -> Told | None:
    end = start + len(name)
    if _UNCASED.search(name):
        return _credited_by_kind(text, name, start)
    if not _article_fits(text, name, start, index):
        return None
    before = _before().search(text, max(0, start - _LOOKED_AT), start)
    if before:
        return Told(name, start, end, (before.start(), end))
    certain = name in index.sure or " " in name
    after = _after(certain).match(text, end, end + _LOOKED_AT)
    if not after or (not certain and _is_no_report(text, start, after)):
        return None
    return Told(name, start, end, (start, after.end()))


def _is_no_report(text: str, start: int, credit: re.Match[str]) -> bool:
    """Whether the words can be about a firm's figures or about reports of something."""
    if credit.group().endswith(" reports") and _begins_a_sentence(text, start):
        return True
    return _figures().match(text, credit.end() + 1) is not None


@cache
def _figures() -> re.Pattern[str]:
    return re.compile(words.FIGURES)


def _begins_a_sentence(text: str, start: int) -> bool:
    """Whether a capital at ``start`` tells nothing: "Capital reports are due" is about money."""
    return text[:start].rstrip(' “"‘«')[-1:] in ("", ".", "!", "?", ":", "\n")


def _article_fits(text: str, name: str, start: int, index: NameIndex) -> bool:
    """A name of one word has its article or has none: "the Guardian" is a paper, "the Index" is not."""
    if " " in name or name in index.sure or name in index.free:
        return True
    has_article = text[max(0, start - 4) : start].lower() == "the "
    return has_article == (name in index.articled)


@cache
def _kind_before() -> re.Pattern[str]:
    return re.compile(rf"[ولبف]?(?:{words.ARABIC_KINDS}|{words.HEBREW_KINDS}) [«\"“]?$")


def _credited_by_kind(text: str, name: str, start: int) -> Told | None:
    before = _kind_before().search(text, max(0, start - _LOOKED_AT), start)
    return Told(name, start, start + len(name), (before.start(), start + len(name))) if before else None


@cache
def _unspaced() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(rf"(?:{words.UNSPACED_BEFORE})[《「『“]?$"), re.compile(rf"[》」』”]?.{{0,4}}?(?:{words.UNSPACED_AFTER})")


def _credited_unspaced(text: str, name: str, start: int) -> Told | None:
    before, after = _unspaced()
    end = start + len(name)
    follows = after.match(text, end)
    leads = before.search(text, max(0, start - 6), start)
    if not follows and not leads:
        return None
    return Told(name, start, end, (leads.start() if leads else start, follows.end() if follows else end))
