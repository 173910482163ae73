"""The names in a text: its words with a capital, and the words beside them that tell whose name it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from workstation.review.names.english_words import is_common_word, is_known_name
from workstation.review.names.spellings import plain

_TOKEN = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_ELIDED = re.compile(r"(?:[dlnsm]|qu|all|dell|dall|nell|sull|un)['’ʼ]|[DL]['’ʼ](?=[^\W\d_]{3})")
_POSSESSIVE = re.compile(r"['’ʼ](?:s|in|ın|un|ün|de|da|den|dan|ye|ya|nin|nın|i|ı|u|ü)?$")
_JOINTS = re.compile(
    r"[ \u00a0\u202f]?[-‐‑]?"
    r"(?:(?:bin|bint|ibn|ben|al|el|ad|ar|as|ash|ul|ur|van|von|der|den|de|da|do|dos|di|du|del|della|la|le|y|af|zu)[ -])*"
)
_ROMANCE = re.compile(r"\b(?:de|da|do|dos|di|du|del|della|des|d)(?: la| los)?[ '’]$")
_LONGEST_NAME = 8
"""How many words away another one may still be of the same name: what runs on is a list."""
_OPENED_BY = frozenset(".!?:;•…")
_SKIPPED_BEFORE = " \u00a0\u202f\"'“‘«„‚‹([*—–"


class Name(NamedTuple):
    """A word with a capital at code points ``start`` to ``end`` of a text, without its possessive ending.

    ``before`` and ``after`` are the capitalised words of the same name, the nearest first; ``opens`` tells that it stands
    where any word has a capital; ``of`` that a Romance "de", "do", "di" ties it to the words before, as in the name of an
    institute.
    """

    spelling: str
    start: int
    end: int
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    opens: bool = False
    of: bool = False


@lru_cache(maxsize=384)
def names_in(text: str) -> tuple[Name, ...]:
    """The capitalised words of ``text`` that may be names, in order; abbreviations in capitals are none."""
    found: list[Name] = []
    at = 0
    for line in text.split("\n"):
        found += (name._replace(start=name.start + at, end=name.end + at) for name in _names_in_line(line))
        at += len(line) + 1
    return tuple(found)


@lru_cache(maxsize=1024)
def _names_in_line(line: str) -> tuple[Name, ...]:
    """The same of one line, since an editor changes one at a time."""
    return tuple(name for run in _runs(line, list(_capitalised(line))) for name in _named(line, run))


Span = tuple[int, int]


def _runs(text: str, places: list[Span]) -> Iterator[list[Span]]:
    """The capitalised words of ``text``, those of one name together."""
    run: list[Span] = []
    for place in places:
        if run and not (_joined(text, run[-1][1], place[0]) and not _only_opens(text, *run[-1])):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _named(text: str, run: list[Span]) -> Iterator[Name]:
    words = [text[start:end] for start, end in run]
    for index, (start, end) in enumerate(run):
        before = tuple(reversed(words[max(0, index - _LONGEST_NAME) : index]))
        after = tuple(words[index + 1 : index + 1 + _LONGEST_NAME])
        of = bool(index and _ROMANCE.search(text, run[index - 1][1], start))
        yield Name(words[index], start, end, before, after, _opens(text, start), of)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a text, each spelling once: how often it stands there, and with which neighbours."""

    counts: Mapping[str, int]
    before: Mapping[str, frozenset[str]]
    after: Mapping[str, frozenset[str]]


@lru_cache(maxsize=256)
def names_of(text: str) -> Names:
    """The names of a source's text, gathered."""
    return gathered(names_in(text))


def gathered(names: Iterable[Name]) -> Names:
    """Names with their neighbours, each spelling once."""
    before: dict[str, set[str]] = {}
    after: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    for name in names:
        counts[name.spelling] += 1
        if name.before:
            before.setdefault(name.spelling, set()).update(name.before)
        if name.after:
            after.setdefault(name.spelling, set()).update(name.after)
    return Names(counts, _frozen(before), _frozen(after))


@lru_cache(maxsize=384)
def small_words(text: str) -> frozenset[str]:
    """The words that ``text`` writes without a capital."""
    return frozenset().union(*map(_small_words_of_line, text.split("\n")))


@lru_cache(maxsize=1024)
def _small_words_of_line(line: str) -> frozenset[str]:
    return frozenset(word for word in _TOKEN.findall(line) if word[0].islower())


def _frozen(sets: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {spelling: frozenset(neighbours) for spelling, neighbours in sets.items()}


def _capitalised(text: str) -> Iterator[Span]:
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if not match.group().isalpha():
            start, end = _bare(text, start, end)
        if text[start].isupper() and end - start > 1 and not text[start:end].isupper():
            yield start, end


def _bare(text: str, start: int, end: int) -> Span:
    """A word without an elided article before it and without its possessive ending."""
    elided = _ELIDED.match(text, start, end)
    start = elided.end() if elided else start
    ending = _POSSESSIVE.search(text, start, end)
    return start, ending.start() if ending else end


def _only_opens(text: str, start: int, end: int) -> bool:
    """Whether a word has its capital from the beginning of the sentence: “Later Mr Ode left”, but not “Mark Ode left”."""
    word = text[start:end]
    return _opens(text, start) and is_common_word(word) and not is_known_name(word)


def _joined(text: str, end: int, start: int) -> bool:
    return start - end <= 16 and end < start and bool(_JOINTS.fullmatch(text, end, start))


def _opens(text: str, start: int) -> bool:
    at = start - 1
    while at >= 0 and text[at] in _SKIPPED_BEFORE:
        at -= 1
    return at < 0 or text[at] == "\n" or text[at] in _OPENED_BY


# --- neighbours ------------------------------------------------------------------------------------------------------
_TITLES = """
president minister prime prince princess king queen general secretary senator judge justice mayor governor mr mrs ms dr sir lord
lady pope sheikh sheik crown former us chancellor premier chief captain colonel major ambassador professor ayatollah imam mullah
saint st foreign defence defense interior finance treasury vice deputy speaker chairman chairwoman leader emir sultan admiral
commander bishop archbishop cardinal rep sen gov congressman congresswoman attorney commissioner spokesman spokeswoman
north south east west northern southern eastern western central upper lower new old great greater
monday tuesday wednesday thursday friday saturday sunday
january february march april may june july august september october november december
the a an and but or for with in on at by from to of as if when while after before since this that these those its his her their
where who whose what how why herr frau monsieur madame senor senora prasident prasidentin ministro presidente
"""
"""Words with a capital that stand before many a name and tell nobody apart."""


@cache
def _titles() -> frozenset[str]:
    return frozenset(_TITLES.split())


def tells_apart(neighbours: Iterable[str]) -> frozenset[str]:
    """The neighbours of a name that say whose it is, without accents; titles and days do not."""
    return frozenset(small for small in map(plain, neighbours) if small not in _titles())
