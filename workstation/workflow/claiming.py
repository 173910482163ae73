"""Claiming: sentences are tied to the passages of sources that carry them, without quoting them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from workstation.domain.body import Body
from workstation.domain.changes import NOTHING, Changes, items_changed
from workstation.domain.claim import Claim, ClaimCheck, ClaimState
from workstation.domain.item import ItemState
from workstation.domain.story import Story
from workstation.errors import InputError, NotFoundError
from workstation.store import Store
from workstation.workflow.history import Spot
from workstation.workflow.publications import Publications
from workstation.workflow.quoting import Quoting
from workstation.workflow.writing import Writing

_NOT_TIED = "The sentence was not tied"


@dataclass(frozen=True, slots=True)
class SentenceHere:
    """The sentence at a place of a text: its words, the code points where it stands, and the claim that ties it, if one does."""

    words: str
    start: int
    end: int
    claim: Claim | None = None


class Claiming:
    """The verbs of ties. ``card`` is the key of a card, or None for The News; a sentence is named by its words."""

    def __init__(self, store: Store, writing: Writing, quoting: Quoting, houses: Publications) -> None:
        self._store = store
        self._writing = writing
        self._quoting = quoting
        self._houses = houses

    def sentence(self, number: int, card: str | None, caret: int) -> SentenceHere | None:
        """The sentence in which the code point ``caret`` of a text stands; None where it stands in none.

        Raises:
            NotFoundError: the card is gone.
        """
        from workstation.review.grounds.ties import tied_sentences  # noqa: PLC0415 - keeps it off the start
        from workstation.review.sentences import sentences_in  # noqa: PLC0415 - the same

        story = self._writing.story(number)
        text = _body_of(story, card).text
        sentences = sentences_in(text, self._language(story))
        claims = _claims_of(story, card)
        ties = tied_sentences(tuple(sentence.printed(text) for sentence in sentences), claims)
        for sentence, tie in zip(sentences, ties, strict=True):
            if sentence.start <= caret <= sentence.end:
                claim = None if tie is None else claims[tie]
                return SentenceHere(sentence.printed(text), sentence.start, sentence.end, claim)
        return None

    def tie(self, number: int, card: str | None, words: str, item: str, start: int, end: int) -> Changes:
        """Say that the sentence with these ``words`` rests on code points ``start`` to ``end`` of an item's text, in one step.

        A card gets the item as a source, where it does not have it yet. A sentence rests on one passage: it leaves its old one.

        Raises:
            InputError: nothing but white space is selected, or the sentence was written anew meanwhile.
            NotFoundError: the card was removed from the story meanwhile.
        """
        self._require(number, card, words)
        quote = self._quoting.cut(item, start, end)
        gesture = ("tie", quote.id)
        changes = NOTHING if card is None else self._writing.add_source(number, card, item, merge=gesture)
        claim = Claim(words, quote.id)
        changes |= self._change(number, card, "Tie to a passage", lambda claims: (*_without(claims, words), claim), gesture)
        self._store.items.set_state([item], ItemState.USED)
        return changes | items_changed(item)

    def untie(self, number: int, card: str | None, claim: Claim) -> Changes:
        """Say that a sentence does not rest on its passage."""
        return self._change(number, card, "Untie", lambda claims: tuple(other for other in claims if other != claim))

    def keep(self, number: int, card: str | None, claim: Claim, words: str) -> Changes:
        """Say that a sentence that was written anew, now with these ``words``, still rests on its passage.

        Raises:
            InputError: the sentence was changed again meanwhile.
            NotFoundError: the card was removed from the story meanwhile.
        """
        self._require(number, card, words)
        kept = Claim(words, claim.quote)
        return self._change(number, card, "Tie kept", lambda claims: tuple(kept if other == claim else other for other in claims))

    def accept(self, number: int, check: ClaimCheck) -> Changes:
        """Do what a check proposes: keep the tie of a changed sentence, or tie another to the passage that is most likely meant.

        Raises:
            InputError: it proposes nothing, or the sentence was changed meanwhile.
            NotFoundError: the card was removed from the story meanwhile.
        """
        story, place = self._writing.story(number), check.place.card
        if place is not None and place >= len(story.signals):
            raise NotFoundError("The card is gone", "It was removed from the story meanwhile; undo brings it back.")
        card = None if place is None else story.signals[place].key
        if check.state is ClaimState.CHANGED and check.claim:
            return self.keep(number, card, check.claim, check.words)
        if check.rests or check.item is None or check.start is None or check.end is None:
            raise InputError(_NOT_TIED, "No passage is proposed for it. Select one in the reader.")
        return self.tie(number, card, check.words, check.item, check.start, check.end)

    def _require(self, number: int, card: str | None, words: str) -> None:
        from workstation.review.grounds.ties import same_words  # noqa: PLC0415 - keeps it off the start
        from workstation.review.sentences import sentences_in  # noqa: PLC0415 - the same

        story = self._writing.story(number)
        text = _body_of(story, card).text
        if not any(same_words(sentence.printed(text), words) for sentence in sentences_in(text, self._language(story))):
            raise InputError(_NOT_TIED, "Its words were changed meanwhile. Try again.")

    def _language(self, story: Story) -> str:
        return story.language or self._houses.of(story).language

    def _change(
        self,
        number: int,
        card: str | None,
        label: str,
        change: Callable[[tuple[Claim, ...]], tuple[Claim, ...]],
        merge: tuple[str, str] | None = None,
    ) -> Changes:
        def changed(story: Story) -> Story:
            claims = change(_claims_of(story, card))
            if card is None:
                return replace(story, claims=claims)
            position = story.position(card)
            return story if position is None else story.with_changed_card(replace(story.signals[position], claims=claims))

        field = "news" if card is None else "body"
        return self._writing.change(number, changed, label=label, spot=Spot(field, card), merge=merge)


def _body_of(story: Story, card: str | None) -> Body:
    if card is None:
        return story.news
    position = story.position(card)
    if position is None:
        raise NotFoundError("The card is gone", "It was removed from the story meanwhile; undo brings it back.")
    return story.signals[position].body


def _claims_of(story: Story, card: str | None) -> tuple[Claim, ...]:
    position = None if card is None else story.position(card)
    return story.claims if position is None else story.signals[position].claims


def _without(claims: tuple[Claim, ...], words: str) -> tuple[Claim, ...]:
    from workstation.review.grounds.ties import same_words  # noqa: PLC0415 - keeps it off the start

    return tuple(claim for claim in claims if not same_words(claim.words, words))
