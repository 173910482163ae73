"""What each sentence of The News and of the cards rests on: a passage that it was tied to, its own quotation, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from workstation.domain.claim import Claim, ClaimCheck, ClaimState
from workstation.domain.item import Item
from workstation.domain.language_tag import language_in
from workstation.domain.problem import Place
from workstation.domain.quote import Quote
from workstation.review.grounds.likely_passages import likely_passage
from workstation.review.grounds.ties import claims_on, same_words, tied_sentences
from workstation.review.manuscript import KEPT, ComparedQuotation, KnownItems, Manuscript, Passage, opening
from workstation.review.outlets.reports import page_of
from workstation.review.quoting.attribution import SHORT
from workstation.review.quoting.comparing import how_many_words
from workstation.review.sentences import Sentence


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
    claims = claims_on(manuscript, passage)
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


def _passage_of(quote: Quote | None, items: Mapping[str, Item]) -> _Stretch | None:
    """Where the words of a quote stand that carries a claim; None where they are gone.

    An item that is not at hand, or has no text, is not held against the tie: what arrived never changes.
    """
    item = items.get(quote.item) if quote else None
    if quote is None or (item and item.text and item.text[quote.start : quote.end] != quote.exact):
        return None
    return _Stretch(quote.item, quote.start, quote.end, quote.exact, item.source_name if item else "")


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
        start, end, _Stretch(item.id, finding.start, finding.end, item.text[finding.start : finding.end], item.source_name)
    )


# --- suggestions ---------------------------------------------------------------------------------------------------


@lru_cache(maxsize=2048)
def _likeliest(words: str, language: str, sources: _Sources) -> _Stretch | None:
    """The passage of the sources that most likely carries a sentence."""
    own = language_in(language)
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
            yield _SourceText(item.id, item.source_name, language_in(item.language), opening(item))
