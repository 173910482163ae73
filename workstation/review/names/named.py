"""The names that a story and its sources write, where they stand, and those of them that are spelt alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement

from workstation.domain.item import Item
from workstation.domain.problem import Place
from workstation.domain.story import SourceKind
from workstation.review.grounds.carried import language_of
from workstation.review.manuscript import Manuscript, Passage, opening
from workstation.review.names.reading import Name, Names, gathered, names_in, names_of, small_words
from workstation.review.names.spellings import first_letter, likeness
from workstation.review.quoting.quotations import Quoting

_LONGER_BY = 3
"""How many letters one spelling of a name may have more than another."""

# --- the story -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NamePlace:
    """A name of the story with the text that it stands in."""

    passage: Passage
    name: Name

    @property
    def quoted(self) -> bool:
        """Whether somebody else says it."""
        return self.passage.quotes_at(self.name.start, self.name.end)


@dataclass(frozen=True, slots=True)
class NamesOfStory:
    """The names that are asked about: where they stand, and which words the story writes small."""

    places: Mapping[str, list[NamePlace]]
    names: Names
    small: tuple[frozenset[str], ...]

    def own_places(self, spelling: str) -> list[NamePlace]:
        """Where the story itself says the name, and nobody whom it quotes."""
        return [place for place in self.places.get(spelling, ()) if not place.quoted]


def names_asked_for(texts: Sequence[Passage], outlets: tuple[str, ...], asked: set[str]) -> NamesOfStory:
    """Those of the names in the story's texts that are ``asked`` for, in the order of the texts."""
    places: dict[str, list[NamePlace]] = {}
    for passage in texts:
        there = _by_spelling(passage.text, outlets)
        for spelling in filter(asked.__contains__, there):
            places.setdefault(spelling, []).extend(NamePlace(passage, name) for name in there[spelling])
    names = gathered(place.name for found in places.values() for place in found)
    return NamesOfStory(places, names, tuple(small_words(passage.text) for passage in texts))


@lru_cache(maxsize=256)
def spellings_in(text: str, outlets: tuple[str, ...]) -> frozenset[str]:
    """The spellings of the names in ``text`` that are no part of an outlet's name."""
    return frozenset(_by_spelling(text, outlets))


@lru_cache(maxsize=256)
def _by_spelling(text: str, outlets: tuple[str, ...]) -> Mapping[str, Sequence[Name]]:
    found: dict[str, list[Name]] = {}
    for name in _names_in(text, outlets):
        found.setdefault(name.spelling, []).append(name)
    return found


@lru_cache(maxsize=256)
def _names_in(text: str, outlets: tuple[str, ...]) -> tuple[Name, ...]:
    """The names of ``text`` that are no part of an outlet's name."""
    spans = [(at, at + len(outlet)) for outlet in outlets for at in _all_of(text, outlet)]
    return tuple(name for name in names_in(text) if not any(name.start < end and start < name.end for start, end in spans))


def _all_of(text: str, sought: str) -> Iterator[int]:
    """Where whole words of ``text`` are those sought."""
    at = text.find(sought)
    while at >= 0:
        if not (text[max(0, at - 1) : at].isalnum() or text[at + len(sought) : at + len(sought) + 1].isalnum()):
            yield at
        at = text.find(sought, at + len(sought))


def outlets_of(manuscript: Manuscript) -> tuple[str, ...]:
    """The names of the outlets, which are spelt as they spell themselves."""
    sources = [source for card in manuscript.story.signals for source in card.sources]
    named = {source.of if source.kind is SourceKind.PERSON else source.outlet for source in sources}
    return tuple(sorted(name for name in named if name))


def persons_among_sources(manuscript: Manuscript) -> tuple[Passage, ...]:
    """The persons among the sources of the cards, as texts of their own."""
    return tuple(
        Passage(Place("sources", card, entry=entry, part="name"), Quoting(source.name), ())
        for card, signal in manuscript.cards
        for entry, source in enumerate(signal.sources)
        if source.kind is SourceKind.PERSON
    )


# --- the sources ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class NamesOfSources:
    """The names of the sources in the story's language, and of those in others; ``by_letter`` finds like ones."""

    each: tuple[Names, ...]
    foreign: tuple[Names, ...]
    small: tuple[frozenset[str], ...]
    counts: Mapping[str, int]
    foreign_counts: Mapping[str, int]
    by_letter: Mapping[str, tuple[str, ...]]


def names_of_sources(manuscript: Manuscript, language: str) -> NamesOfSources:
    """The names in the archived texts of every item that the story's cards and tied words rest on."""
    ids = dict.fromkeys([*manuscript.story.item_ids, *(quote.item for quote in manuscript.quotes.values())])
    return _names_of_items(tuple(manuscript.items[item] for item in ids if item in manuscript.items), language)


@lru_cache(maxsize=16)
def _names_of_items(items: tuple[Item, ...], language: str) -> NamesOfSources:
    own = tuple(opening(item) for item in items if language_of(item, language) == language)
    foreign = tuple(opening(item) for item in items if language_of(item, language) != language)
    return _names_of_all(own, foreign)


@lru_cache(maxsize=8)
def _names_of_all(own: tuple[str, ...], foreign: tuple[str, ...]) -> NamesOfSources:
    each, others = tuple(map(names_of, own)), tuple(map(names_of, foreign))
    counts, foreign_counts = _counted(each), _counted(others)
    by_letter = _by_letter(tuple(dict.fromkeys([*counts, *foreign_counts])))
    return NamesOfSources(each, others, tuple(map(small_words, own)), counts, foreign_counts, by_letter)


def _counted(texts: Iterable[Names]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for names in texts:
        counts.update(names.counts)
    return counts


# --- alike spellings -----------------------------------------------------------------------------------------------

Pairs = tuple[tuple[str, str], ...]


def alike_in_story(spellings: list[frozenset[str]], english: bool) -> Pairs:
    """The pairs of spellings that are alike, in an order that does not change; each text is compared with each once."""
    found = {pair for one, other in combinations_with_replacement(spellings, 2) for pair in _pairs_between(one, other, english)}
    return tuple(sorted(found))


@lru_cache(maxsize=16384)
def _pairs_between(one: frozenset[str], other: frozenset[str], english: bool) -> Pairs:
    left, right = _by_letter(one), _by_letter(other)
    couples = ((a, b) for letter in left.keys() & right.keys() for a in left[letter] for b in right[letter])
    return tuple((min(a, b), max(a, b)) for a, b in couples if a != b and _alike(a, b, english))


@lru_cache(maxsize=512)
def _by_letter(spellings: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The spellings by the letter that they begin with."""
    groups: dict[str, list[str]] = {}
    for spelling in spellings:
        groups.setdefault(first_letter(spelling), []).append(spelling)
    return {letter: tuple(group) for letter, group in groups.items()}


def alike_in_sources(spellings: list[frozenset[str]], sources: NamesOfSources, english: bool) -> Pairs:
    """The names of a story that no source has, each with those of the sources that are like it and not in the story."""
    found = {pair for each in spellings for pair in _strangers_of(each, sources, english)}
    return tuple(sorted(pair for pair in found if not any(pair[1] in each for each in spellings)))


@lru_cache(maxsize=512)
def _strangers_of(spellings: frozenset[str], sources: NamesOfSources, english: bool) -> Pairs:
    unknown = (each for each in spellings if each not in sources.counts and each not in sources.foreign_counts)
    return tuple((each, other) for each in unknown for other in _alike_in(sources, each, english))


@lru_cache(maxsize=8192)
def _alike_in(sources: NamesOfSources, spelling: str, english: bool) -> tuple[str, ...]:
    return tuple(other for other in sources.by_letter.get(first_letter(spelling), ()) if _alike(spelling, other, english))


def _alike(one: str, other: str, english: bool) -> bool:
    return abs(len(one) - len(other)) <= _LONGER_BY and likeness(one, other, english) is not None
