"""Which sentence of a text is tied to which quote: by its very words, or by those that it was changed from."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from workstation.domain.claim import Claim
from workstation.domain.quote import Quote
from workstation.review.manuscript import Manuscript, Passage
from workstation.review.quoting.words import words_in
from workstation.review.sentences import Sentence

STILL_ALIKE = 0.5
"""From this share of common words on, a sentence is what became of a tied one."""


def quotes_behind(manuscript: Manuscript, passage: Passage) -> Mapping[Sentence, Quote]:
    """The sentences of a text that are tied by their very words, each with its quote."""
    quotes = {
        word_key(claim.words): manuscript.quotes[claim.quote]
        for claim in claims_on(manuscript, passage)
        if claim.quote in manuscript.quotes
    }
    keys = ((sentence, word_key(sentence.printed(passage.text))) for sentence in passage.sentences) if quotes else ()
    return {sentence: quotes[key] for sentence, key in keys if key in quotes}


def claims_on(manuscript: Manuscript, passage: Passage) -> tuple[Claim, ...]:
    """What the editor tied in The News or in a card's body; no other text has ties."""
    if passage.body is None:
        return ()
    card = passage.place.card
    return manuscript.story.claims if card is None else manuscript.story.signals[card].claims


@lru_cache(maxsize=512)
def tied_sentences(sentences: tuple[str, ...], claims: tuple[Claim, ...]) -> tuple[int | None, ...]:
    """For each sentence the index of the claim that ties it: by its very words, else by those that it was changed from."""
    found: list[int | None] = [None] * len(sentences)
    if not claims:
        return tuple(found)
    keys = [word_key(claim.words) for claim in claims]
    for place, sentence in enumerate(sentences):
        found[place] = keys.index(key) if (key := word_key(sentence)) in keys else None
    left = [index for index in range(len(claims)) if index not in found]
    free = [place for place in range(len(sentences)) if found[place] is None]
    pairs = [(_alike(keys[index], word_key(sentences[place])), index, place) for index in left for place in free]
    for alike, index, place in sorted(pairs, key=lambda pair: -pair[0]):
        if alike >= STILL_ALIKE and index not in found and found[place] is None:
            found[place] = index
    return tuple(found)


@lru_cache(maxsize=4096)
def word_key(words: str) -> tuple[str, ...]:
    """The words by which two sentences are the same: typography, punctuation and capitals apart, but not figures and symbols."""
    return tuple(word.folded.casefold() for word in words_in(words) if not word.is_sign or _is_symbol(word.folded))


def same_words(one: str, other: str) -> bool:
    """Whether two sentences have the same words."""
    return word_key(one) == word_key(other)


def _is_symbol(sign: str) -> bool:
    return sign == "%" or unicodedata.category(sign[0]).startswith("S")


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    """What two sentences have in common, from 0 to 1."""
    whole = len(one) + len(other)
    return 2 * sum((Counter(one) & Counter(other)).values()) / whole if whole else 0.0
