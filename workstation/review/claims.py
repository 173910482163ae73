"""What each sentence of The News and of the cards rests on: a passage that it was tied to, its own quotation, or nothing."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workstation.domain.claim import Claim, ClaimCheck, ClaimState
from workstation.domain.item import Item
from workstation.domain.problem import Place
from workstation.domain.quote import Quote
from workstation.review.attribution import SHORT
from workstation.review.comparing import how_many_words
from workstation.review.likely_passages import likely_passage
from workstation.review.manuscript import KEPT, ComparedQuotation, KnownItems, Manuscript, Passage
from workstation.review.reports import page_of
from workstation.review.sentences import Sentence
from workstation.review.words import words_in

STILL_ALIKE = 0.5
"""From this share of common words on, a sentence is what became of a tied one."""


@dataclass(frozen=True, slots=True)
class _SourceText:
    """What is asked of an item here."""

    id: str
    outlet: str
    language: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class _Sources:
    """The texts that a passage may rest on; the same object as long as they are the same."""

    texts: tuple[_SourceText, ...]


_kept_sources = lru_cache(maxsize=KEPT)(_Sources)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A passage of an item that carries words."""

    item: str | None
    start: int | None
    end: int | None
    words: str
    outlet: str


@dataclass(frozen=True, slots=True)
class _Quoted:
    """Code points of a text that quote, and the passage that they were taken from."""

    start: int
    end: int
    passage: _Stretch


def claims_of(manuscript: Manuscript) -> tuple[ClaimCheck, ...]:
    """Every sentence of The News and of the cards, in their order, with what it rests on."""
    carrying: dict[Passage, list[ComparedQuotation]] = {}
    for compared in manuscript.quotations:
        carrying.setdefault(compared.passage, []).append(compared)
    return tuple(
        check
        for passage in manuscript.passages
        if passage.body is not None
        for check in _checks_of(passage, tuple(carrying.get(passage, ())), manuscript)
    )


def _checks_of(passage: Passage, compared: tuple[ComparedQuotation, ...], manuscript: Manuscript) -> tuple[ClaimCheck, ...]:
    card = passage.place.card
    claims = manuscript.story.claims if card is None else manuscript.story.signals[card].claims
    quotes = tuple(manuscript.quotes.get(claim.quote) for claim in claims)
    return _checks(passage, compared, claims, quotes, manuscript.items)


@lru_cache(maxsize=KEPT)
def _checks(
    passage: Passage,
    compared: tuple[ComparedQuotation, ...],
    claims: tuple[Claim, ...],
    quotes: tuple[Quote | None, ...],
    items: KnownItems,
) -> tuple[ClaimCheck, ...]:
    """The checks of one text. Kept: after a key only the text that was typed in is judged again."""
    text, language = passage.text, passage.language
    sentences = passage.sentences
    tied = tied_sentences(tuple(sentence.printed(text) for sentence in sentences), claims)
    ties = [_passage_of(quote, items) for quote in quotes]
    quoted = [_quoted(one) for one in compared if _carries(one)]
    sources = _kept_sources(tuple(_sources(passage, items)))

    def check(sentence: Sentence, tie: int | None) -> ClaimCheck:
        here, words = passage.place_of(sentence.start, sentence.end), sentence.printed(text)
        if tie is not None:
            return _tied(here, words, claims[tie], ties[tie])
        own = next((one for one in quoted if one.start < sentence.end and sentence.start < one.end), None)
        if own is not None:
            return _checked(here, words, ClaimState.QUOTED, own.passage)
        return _checked(here, words, ClaimState.UNTIED, _likeliest(words, language, sources))

    return tuple(check(sentence, tie) for sentence, tie in zip(sentences, tied, strict=True))


def _checked(place: Place, words: str, state: ClaimState, found: _Stretch | None, claim: Claim | None = None) -> ClaimCheck:
    if found is None:
        return ClaimCheck(place, words, state, claim)
    return ClaimCheck(place, words, state, claim, found.item, found.start, found.end, found.words, found.outlet)


# --- ties ----------------------------------------------------------------------------------------------------------


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


def _passage_of(quote: Quote | None, items: Mapping[str, Item]) -> _Stretch | None:
    """Where the words of a quote stand that carries a claim; None where they are gone.

    An item that is not at hand, or has no text, is not held against the tie: what arrived never changes.
    """
    item = items.get(quote.item) if quote else None
    if quote is None or (item and item.text and item.text[quote.start : quote.end] != quote.exact):
        return None
    return _Stretch(quote.item, quote.start, quote.end, quote.exact, _outlet(item) if item else "")


def _tied(place: Place, words: str, claim: Claim, tie: _Stretch | None) -> ClaimCheck:
    if tie is None:
        return ClaimCheck(place, words, ClaimState.LOST, claim)
    return _checked(place, words, ClaimState.TIED if same_words(words, claim.words) else ClaimState.CHANGED, tie, claim)


# --- quotations ----------------------------------------------------------------------------------------------------


def _carries(compared: ComparedQuotation) -> bool:
    """Whether a quotation is true to a source of its card, and long enough to carry the sentence around it."""
    attribution = compared.attribution
    true = attribution.grade.is_true
    return true and (compared.quotation.quote is not None or _is_long(compared.printed))


@lru_cache(maxsize=2048)
def _is_long(printed: str) -> bool:
    return how_many_words(printed) > SHORT


def _quoted(compared: ComparedQuotation) -> _Quoted:
    item, finding = compared.attribution.item, compared.attribution.finding
    start, end = compared.quotation.start, compared.quotation.end
    if item is None or finding.start is None:
        return _Quoted(start, end, _Stretch(None, None, None, "", ""))
    return _Quoted(
        start, end, _Stretch(item.id, finding.start, finding.end, item.text[finding.start : finding.end], _outlet(item))
    )


# --- suggestions ---------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def _likeliest(words: str, language: str, sources: _Sources) -> _Stretch | None:
    """The passage of the sources that most likely carries a sentence."""
    own = _code(language)
    likely = [
        (source, likely_passage(words, source.text, source.language or own, (source.language or own) != own))
        for source in sources.texts
    ]
    found = [(source, passage) for source, passage in likely if passage]
    if not found:
        return None
    source, passage = max(found, key=lambda pair: pair[1].likelihood)
    return _Stretch(source.id, passage.start, passage.end, source.text[passage.start : passage.end], source.outlet)


def _sources(passage: Passage, items: Mapping[str, Item]) -> Iterator[_SourceText]:
    """The items that a text may rest on: those of its sources, and those that it links to."""
    links = {page_of(link) for link in passage.body.links} if passage.body else set()
    linked = [item.id for item in items.values() if page_of(item.url) in links] if links else []
    for id in dict.fromkeys((*passage.item_ids, *linked)):
        item = items.get(id)
        if item and item.text:
            yield _SourceText(item.id, _outlet(item), _code(item.language or ""), item.text)


def _outlet(item: Item) -> str:
    return item.outlet or item.title


def _code(language: str) -> str:
    return language.lower().partition("-")[0]
