"""A name is spelt in one way: in the whole story, and as the sources spell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement

from workstation.domain.problem import Fix, Place, Problem, Severity
from workstation.domain.story import SourceKind
from workstation.review.english_words import is_common_word, is_known_name
from workstation.review.manuscript import Manuscript, Passage
from workstation.review.names import Name, Names, gathered, names_in, names_of, small_words, tells_apart
from workstation.review.quotations import Quoting
from workstation.review.spellings import Likeness, first_letter, likeness, plain
from workstation.review.tied import language_of, own_language

_RULE = "name-spelling"
_SHORTEST, _SHORT, _LONG, _VERY_LONG = 3, 4, 6, 8
"""Letters of a name: the shorter it is, the more has to speak for two being one."""
_LONGER_BY = 3


def name_spellings(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of two spellings of one name in the story, and of one that no source has while they have another."""
    language = own_language(manuscript)
    outlets = _outlets(manuscript)
    sources = _sources(manuscript, language)
    texts = (*manuscript.passages, *_persons(manuscript))
    spellings = [found for passage in texts if (found := _spellings(passage.text, outlets))]
    pairs, strangers = _pairs(spellings, language == "en"), _strangers(spellings, sources, language == "en")
    if pairs or strangers:
        asked = {spelling for pair in (*pairs, *strangers) for spelling in pair}
        yield from _judged(pairs, strangers, _Judge(_named(texts, outlets, asked), sources, language))


def _outlets(manuscript: Manuscript) -> tuple[str, ...]:
    """The names of the outlets, which are spelt as they spell themselves."""
    sources = [source for card in manuscript.story.signals for source in card.sources]
    named = {source.of if source.kind is SourceKind.PERSON else source.outlet for source in sources}
    return tuple(sorted(name for name in named if name))


def _persons(manuscript: Manuscript) -> tuple[Passage, ...]:
    """The persons among the sources of the cards, as texts of their own."""
    return tuple(
        Passage(Place("sources", card, entry=entry, part="name"), Quoting(source.name), ())
        for card, signal in manuscript.cards
        for entry, source in enumerate(signal.sources)
        if source.kind is SourceKind.PERSON
    )


# --- what the story names ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    passage: Passage
    name: Name

    @property
    def quoted(self) -> bool:
        return self.passage.quotes_at(self.name.start, self.name.end)


@dataclass(frozen=True, slots=True)
class _Named:
    """The names that are asked about: where they stand, and which words the story writes small."""

    places: Mapping[str, list[_Place]]
    names: Names
    small: tuple[frozenset[str], ...]

    def own_places(self, spelling: str) -> list[_Place]:
        """Where the story itself says the name, and nobody whom it quotes."""
        return [place for place in self.places.get(spelling, ()) if not place.quoted]


def _named(texts: Sequence[Passage], outlets: tuple[str, ...], asked: set[str]) -> _Named:
    places: dict[str, list[_Place]] = {}
    for passage in texts:
        there = _by_spelling(passage.text, outlets)
        for spelling in filter(asked.__contains__, there):
            places.setdefault(spelling, []).extend(_Place(passage, name) for name in there[spelling])
    names = gathered(place.name for found in places.values() for place in found)
    return _Named(places, names, tuple(small_words(passage.text) for passage in texts))


@lru_cache(maxsize=512)
def _spellings(text: str, outlets: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_by_spelling(text, outlets))


@lru_cache(maxsize=512)
def _by_spelling(text: str, outlets: tuple[str, ...]) -> Mapping[str, tuple[Name, ...]]:
    found: dict[str, tuple[Name, ...]] = {}
    for name in _names_in(text, outlets):
        found[name.spelling] = (*found.get(name.spelling, ()), name)
    return found


@lru_cache(maxsize=512)
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


# --- what the sources name -----------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Sources:
    """The names of the sources in the story's language, and of those in others; ``by_letter`` finds like ones."""

    each: tuple[Names, ...]
    foreign: tuple[Names, ...]
    small: tuple[frozenset[str], ...]
    counts: Mapping[str, int]
    foreign_counts: Mapping[str, int]
    by_letter: Mapping[str, tuple[str, ...]]


def _sources(manuscript: Manuscript, language: str) -> _Sources:
    ids = dict.fromkeys([*manuscript.story.item_ids, *(quote.item for quote in manuscript.quotes.values())])
    items = [manuscript.items[item] for item in ids if item in manuscript.items]
    own = tuple(item.text for item in items if language_of(item, language) == language)
    foreign = tuple(item.text for item in items if language_of(item, language) != language)
    return _names_of_all(own, foreign)


@lru_cache(maxsize=8)
def _names_of_all(own: tuple[str, ...], foreign: tuple[str, ...]) -> _Sources:
    each, others = tuple(map(names_of, own)), tuple(map(names_of, foreign))
    counts, foreign_counts = _counted(each), _counted(others)
    by_letter = _by_letter(tuple(dict.fromkeys([*counts, *foreign_counts])))
    return _Sources(each, others, tuple(map(small_words, own)), counts, foreign_counts, by_letter)


def _counted(texts: Iterable[Names]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for names in texts:
        counts.update(names.counts)
    return counts


# --- what is alike -------------------------------------------------------------------------------------------------

_Pairs = tuple[tuple[str, str], ...]


def _pairs(spellings: list[frozenset[str]], english: bool) -> _Pairs:
    """The pairs of spellings that are alike, in an order that does not change; each text is compared with each once."""
    found = {pair for one, other in combinations_with_replacement(spellings, 2) for pair in _pairs_between(one, other, english)}
    return tuple(sorted(found))


@lru_cache(maxsize=2048)
def _pairs_between(one: frozenset[str], other: frozenset[str], english: bool) -> _Pairs:
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


def _strangers(spellings: list[frozenset[str]], sources: _Sources, english: bool) -> _Pairs:
    """The names of a story that no source has, each with those of the sources that are like it and not in the story."""
    found = {pair for each in spellings for pair in _strangers_of(each, sources, english)}
    return tuple(sorted(pair for pair in found if not any(pair[1] in each for each in spellings)))


@lru_cache(maxsize=512)
def _strangers_of(spellings: frozenset[str], sources: _Sources, english: bool) -> _Pairs:
    unknown = (each for each in spellings if each not in sources.counts and each not in sources.foreign_counts)
    return tuple((each, other) for each in unknown for other in _alike_in(sources, each, english))


@lru_cache(maxsize=8192)
def _alike_in(sources: _Sources, spelling: str, english: bool) -> tuple[str, ...]:
    return tuple(other for other in sources.by_letter.get(first_letter(spelling), ()) if _alike(spelling, other, english))


def _alike(one: str, other: str, english: bool) -> bool:
    return abs(len(one) - len(other)) <= _LONGER_BY and likeness(one, other, english) is not None


# --- whether two are one -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Judge:
    """What tells whether two like spellings are one name: the words beside them, the dictionary, the sources."""

    story: _Named
    sources: _Sources
    language: str

    def are_one(self, one: str, other: str) -> bool:
        """Whether two spellings that are alike are meant to be one name."""
        kind = likeness(one, other, self.language == "en")
        if kind is None or min(len(one), len(other)) < _SHORTEST:
            return False
        if kind is not Likeness.ACCENT and _one_has_both(self.sources, one, other):
            return False
        company = self._company(one, other, kind)
        if company is False or not self._are_names(one, other, beside_another=bool(company)):
            return False
        if kind is Likeness.SLIP and company:
            return self._slipped_beside(one, other)
        return bool(company) or self._sure_alone(one, other, kind)

    def _are_names(self, one: str, other: str, *, beside_another: bool) -> bool:
        """Whether both are names rather than any words at the beginning of a sentence; a name may be a word, as Macron is."""
        if any(word.lower() in small for word in (one, other) for small in self.story.small):
            return False
        if _is_small_in(self.sources, one.lower()) or _is_small_in(self.sources, other.lower()):
            return False
        words = 0 if self.language != "en" else is_common_word(one) + is_common_word(other)
        return words == 0 or (words == 1 and beside_another)

    def _company(self, one: str, other: str, kind: Likeness) -> bool | None:
        """True where the two have a neighbour in common, False where their neighbours tell them apart, else None."""
        shared = False
        for side in ("before", "after"):
            left, right = self._beside(side, one), self._beside(side, other)
            if _meet(left, right, _SHORT if kind > Likeness.LETTERS else 1):
                shared = True
            elif left and right and not left & right:
                return False
        return shared or (False if self._given_and_surname(one, other) or self._given_and_surname(other, one) else None)

    def _given_and_surname(self, given: str, surname: str) -> bool:
        """Whether the one is always a given name and the other always a surname."""
        names_behind = [word for word in self._beside("after", given) if not is_common_word(word)]
        only_given = bool(names_behind) and not self._beside("before", given)
        return only_given and bool(self._beside("before", surname)) and not self._beside("after", surname)

    def _beside(self, side: str, spelling: str) -> frozenset[str]:
        own = tells_apart(getattr(self.story.names, side).get(spelling, ()))
        return own | _beside_in_sources(self.sources, side, spelling)

    def _slipped_beside(self, one: str, other: str) -> bool:
        """A slip beside the same given name is one; beside the same surname two given names may be two of one family."""
        known, shorter = self._known(one) + self._known(other), min(len(one), len(other))
        given = self._beside("before", one) & self._beside("before", other)
        if given and not all(is_common_word(name) for name in given):
            return shorter >= _SHORT and (known < 2 or shorter >= _LONG - 1)
        return known < 2 and shorter >= _LONG

    def _sure_alone(self, one: str, other: str, kind: Likeness) -> bool:
        """Whether the likeness is enough where no neighbour helps."""
        known, shorter = self._known(one) + self._known(other), min(len(one), len(other))
        if self.language == "de" or shorter < _SHORT or self._only_foreign(one, other):
            return False
        if kind is Likeness.ACCENT:
            return not self._in_a_foreign_title(one, other)
        if known == 2 or (kind > Likeness.LETTERS and self._sources_have_both(one, other)):
            return False
        if kind is Likeness.LETTERS or kind is Likeness.TURNED:
            return True
        if max(len(one), len(other)) >= _LONG and self._only_one_is_known(one, other):
            return True
        bare = not self._beside("after", one) and not self._beside("after", other)
        if kind is Likeness.VOWELS:
            return bare and shorter >= _LONG + (len(one) == len(other))
        if _has_same_letters(one, other):
            return shorter >= (_LONG + 1 - known if self.language == "en" else _VERY_LONG)
        return bare and shorter >= _VERY_LONG and self.language == "en"

    def _only_one_is_known(self, one: str, other: str) -> bool:
        """Whether the sources have the one and neither they nor the dictionary the other, which stands there once."""
        sourced = [word for word in (one, other) if word in self.sources.counts]
        strange = [word for word in (one, other) if word not in self.sources.counts and not self._known(word)]
        once = len(sourced) == len(strange) == 1 and self.story.names.counts.get(strange[0]) == 1
        return once and self.language == "en"

    def _known(self, spelling: str) -> bool:
        return self.language == "en" and is_known_name(spelling)

    def _only_foreign(self, one: str, other: str) -> bool:
        """Whether the one stands in sources of other languages only, which may have another name for it."""
        return any(
            word not in self.story.places and word not in self.sources.counts and word in self.sources.foreign_counts
            for word in (one, other)
        )

    def _in_a_foreign_title(self, one: str, other: str) -> bool:
        """Whether the one stands only in the name of an institute in its own language: “Universidad de México”."""
        return any(places and all(place.name.of for place in places) for places in map(self.story.places.get, (one, other)))

    def _sources_have_both(self, one: str, other: str) -> bool:
        return one in self.sources.counts and other in self.sources.counts


@lru_cache(maxsize=4096)
def _beside_in_sources(sources: _Sources, side: str, spelling: str) -> frozenset[str]:
    every = (*sources.each, *sources.foreign)
    return tells_apart(word for names in every for word in getattr(names, side).get(spelling, ()))


@lru_cache(maxsize=4096)
def _is_small_in(sources: _Sources, word: str) -> bool:
    return any(word in small for small in sources.small)


@lru_cache(maxsize=4096)
def _one_has_both(sources: _Sources, one: str, other: str) -> bool:
    """Whether one source has both spellings, and so tells them apart."""
    return any(one in names.counts and other in names.counts for names in sources.each)


def _has_same_letters(one: str, other: str) -> bool:
    """Whether no letter was changed for another: letters turned round, left out or put in are likelier a slip than a name."""
    return len(one) != len(other) or sorted(one.lower()) == sorted(other.lower())


def _meet(left: frozenset[str], right: frozenset[str], least: int) -> bool:
    """Whether a neighbour of ``least`` letters or more is in both, or all that the one has are in the other spelt otherwise."""
    if any(len(word) >= least for word in left & right):
        return True
    fewer, more = sorted((left, right), key=len)
    return bool(fewer) and all(any(_sounds_like(one, other) for other in more) for one in fewer)


def _sounds_like(one: str, other: str) -> bool:
    return likeness(one, other) in (Likeness.ACCENT, Likeness.LETTERS, Likeness.VOWELS)


# --- what is said --------------------------------------------------------------------------------------------------


def _judged(pairs: _Pairs, strangers: _Pairs, judge: _Judge) -> Iterator[Problem]:
    told: set[str] = set()
    for one, other in pairs:
        if judge.are_one(one, other):
            told.update((one, other))
            yield from _two_ways(judge, one, other)
    wanted: dict[str, list[str]] = {}
    for spelling, other in strangers:
        if spelling not in told and not _has_more_accents(spelling, other) and judge.are_one(spelling, other):
            wanted.setdefault(spelling, []).append(other)
    for spelling, others in wanted.items():
        yield from _unlike_sources(judge.story, spelling, others)


def _has_more_accents(spelling: str, other: str) -> bool:
    """Whether the story gives a name the accents that its sources leave out, which is no mistake."""
    return plain(spelling) == plain(other) and not spelling.isascii() and other.isascii()


def _two_ways(judge: _Judge, one: str, other: str) -> Iterator[Problem]:
    wrong, right, certain = _which(judge, one, other)
    if not judge.story.own_places(wrong):
        wrong, right, certain = right, wrong, True
    places = judge.story.own_places(wrong)
    if places:
        message = f"The story writes both “{wrong}” and “{right}”. Spell the name in one way."
        yield _problem(places[0], message, right, certain)


def _which(judge: _Judge, one: str, other: str) -> tuple[str, str, bool]:
    """The spelling to mend, the one to keep, and whether that is certain."""
    sources, counts = judge.sources.counts, judge.story.names.counts
    for right, wrong in ((one, other), (other, one)):
        if right in sources and wrong not in sources:
            return wrong, right, True
    if counts[one] != counts[other]:
        return (one, other, True) if counts[one] < counts[other] else (other, one, True)
    for right, wrong in ((one, other), (other, one)):
        if is_known_name(right) and not is_known_name(wrong):
            return wrong, right, True
    order = list(judge.story.places)
    first, later = sorted((one, other), key=order.index)
    return later, first, False


def _unlike_sources(story: _Named, spelling: str, others: list[str]) -> Iterator[Problem]:
    places = story.own_places(spelling)
    if places:
        listed = " and ".join(f"“{other}”" for other in others)
        message = f"The sources write {listed}, the story “{spelling}”. Spell the name as they do, or make sure of it."
        yield _problem(places[0], message, others[0], certain=len(others) == 1)


def _problem(place: _Place, message: str, right: str, certain: bool) -> Problem:
    name = place.name
    fix = Fix(f"Write {right}", name.spelling, right, name.start) if certain else None
    where = place.passage.place_of(name.start, name.end)
    return Problem(_RULE, Severity.WARNING, where, message, name.spelling, fix, right)
