"""Whether two spellings that are alike are meant to be one name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from workstation.review.names.english_words import is_common_word, is_known_name
from workstation.review.names.named import NamesOfSources, NamesOfStory
from workstation.review.names.reading import tells_apart
from workstation.review.names.spellings import Likeness, likeness

_SHORTEST, _SHORT, _LONG, _VERY_LONG = 3, 4, 6, 8
"""Letters of a name: the shorter it is, the more has to speak for two being one."""


@dataclass(frozen=True, slots=True)
class OneName:
    """What tells whether two like spellings are one name: the words beside them, the dictionary, the sources."""

    story: NamesOfStory
    sources: NamesOfSources
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
        lowered = (one.lower(), other.lower())
        if not all(small.isdisjoint(lowered) for small in self.story.small):
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
        own = getattr(self.story.names, side).get(spelling, frozenset())
        return _beside(self.sources, side, spelling, own)

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
def _beside(sources: NamesOfSources, side: str, spelling: str, own: frozenset[str]) -> frozenset[str]:
    """What stands beside a name in the sources, and its ``own`` neighbours in the story."""
    every = (*sources.each, *sources.foreign)
    return tells_apart([*own, *(word for names in every for word in getattr(names, side).get(spelling, ()))])


@lru_cache(maxsize=4096)
def _is_small_in(sources: NamesOfSources, word: str) -> bool:
    return any(word in small for small in sources.small)


@lru_cache(maxsize=4096)
def _one_has_both(sources: NamesOfSources, one: str, other: str) -> bool:
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
