"""What each sentence of The News and of the cards rests on: a passage that it was tied to, its own quotation, or nothing."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from workstation.domain.claim import Claim, ClaimCheck, ClaimState
from workstation.domain.item import Item
from workstation.domain.quote import Quote
from workstation.domain.web_address import canonical
from workstation.review.attribution import SHORT
from workstation.review.comparing import how_many_words
from workstation.review.findings import TRUE_TO_SOURCE
from workstation.review.likely_passages import Likely, likely_passage
from workstation.review.manuscript import ComparedQuotation, Manuscript, Passage
from workstation.review.sentences import Sentence
from workstation.review.words import words_in

STILL_ALIKE = 0.5
"""From this share of common words on, a sentence is what became of a tied one."""


def claims_of(manuscript: Manuscript) -> tuple[ClaimCheck, ...]:
    """Every sentence of The News and of the cards, in their order, with what it rests on."""
    return tuple(check for passage in manuscript.passages if passage.body is not None for check in _checks(passage, manuscript))


def claims_at(passage: Passage, manuscript: Manuscript) -> tuple[Claim, ...]:
    """The claims of the text that ``passage`` is."""
    card = passage.place.card
    return manuscript.story.claims if card is None else manuscript.story.signals[card].claims


def _checks(passage: Passage, manuscript: Manuscript) -> Iterator[ClaimCheck]:
    claims = claims_at(passage, manuscript)
    ties = tied_sentences(tuple(sentence.printed(passage.text) for sentence in passage.sentences), claims)
    quoted = [compared for compared in manuscript.quotations if compared.passage is passage and _carries(compared)]
    for sentence, tie in zip(passage.sentences, ties, strict=True):
        words = sentence.printed(passage.text)
        if tie is not None:
            yield _tied(
                passage, sentence, claims[tie], words == claims[tie].words or same_words(words, claims[tie].words), manuscript
            )
        else:
            here = next((one for one in quoted if _overlaps(one, sentence)), None)
            yield _quoted(passage, sentence, here) if here else _untied(passage, sentence, manuscript)


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


def _tied(passage: Passage, sentence: Sentence, claim: Claim, same: bool, manuscript: Manuscript) -> ClaimCheck:
    quote = manuscript.quotes.get(claim.quote)
    place, words = passage.place_of(sentence.start, sentence.end), sentence.printed(passage.text)
    item = manuscript.items.get(quote.item) if quote else None
    if quote is None or not _stands(quote, item):
        return ClaimCheck(place, words, ClaimState.LOST, claim)
    state = ClaimState.TIED if same else ClaimState.CHANGED
    outlet = item.outlet or item.title if item else ""
    return ClaimCheck(place, words, state, claim, quote.item, quote.start, quote.end, quote.exact, outlet)


def _stands(quote: Quote, item: Item | None) -> bool:
    """An item that is not at hand, or has no text, is not held against the tie: what arrived never changes."""
    return item is None or not item.text or item.text[quote.start : quote.end] == quote.exact


# --- quotations ----------------------------------------------------------------------------------------------------


def _carries(compared: ComparedQuotation) -> bool:
    """Whether a quotation is true to a source of its card, and long enough to carry the sentence around it."""
    attribution = compared.attribution
    true = attribution.verdict in TRUE_TO_SOURCE and not attribution.elsewhere
    return true and (compared.quotation.quote is not None or how_many_words(compared.printed) > SHORT)


def _overlaps(compared: ComparedQuotation, sentence: Sentence) -> bool:
    return compared.quotation.start < sentence.end and sentence.start < compared.quotation.end


def _quoted(passage: Passage, sentence: Sentence, compared: ComparedQuotation) -> ClaimCheck:
    place, words = passage.place_of(sentence.start, sentence.end), sentence.printed(passage.text)
    item, finding = compared.attribution.item, compared.attribution.finding
    if item is None or finding.start is None:
        return ClaimCheck(place, words, ClaimState.QUOTED)
    told = item.text[finding.start : finding.end]
    return ClaimCheck(place, words, ClaimState.QUOTED, None, item.id, finding.start, finding.end, told, item.outlet or item.title)


# --- suggestions ---------------------------------------------------------------------------------------------------


def _untied(passage: Passage, sentence: Sentence, manuscript: Manuscript) -> ClaimCheck:
    place, words = passage.place_of(sentence.start, sentence.end), sentence.printed(passage.text)
    found = _likeliest(words, passage, manuscript)
    if found is None:
        return ClaimCheck(place, words, ClaimState.UNTIED)
    item, likely = found
    told = item.text[likely.start : likely.end]
    return ClaimCheck(place, words, ClaimState.UNTIED, None, item.id, likely.start, likely.end, told, item.outlet or item.title)


def _likeliest(words: str, passage: Passage, manuscript: Manuscript) -> tuple[Item, Likely] | None:
    items = _sources(passage, manuscript)
    own = _code(passage.language)
    found = [
        (item, likely)
        for item in items
        if item.text
        and (likely := likely_passage(words, item.text, _code(item.language or own), foreign=_code(item.language or own) != own))
    ]
    return max(found, key=lambda pair: pair[1].likelihood, default=None)


def _sources(passage: Passage, manuscript: Manuscript) -> Iterator[Item]:
    """The items that a text may rest on: those of its sources, and those that it links to."""
    yield from (manuscript.items[item] for item in passage.item_ids if item in manuscript.items)
    links = {canonical(link) for link in passage.body.links} if passage.body else set()
    others = (item for item in manuscript.items.values() if item.id not in passage.item_ids) if links else ()
    yield from (item for item in others if item.url and canonical(item.url) in links)


def _code(language: str) -> str:
    return language.lower().partition("-")[0]
