"""Tracing: from a quotation or a tied sentence in a story to the passage of the source that it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workstation.domain.body import Body
from workstation.domain.claim import ClaimCheck
from workstation.domain.grade import Grade
from workstation.domain.problem import Place, QuotationCheck
from workstation.domain.story import SignalCard, Story
from workstation.errors import NotFoundError
from workstation.store import Store
from workstation.workflow.archive import archive_of, with_items
from workstation.workflow.writing import Writing

NEWS = "news"


@dataclass(frozen=True, slots=True)
class Passage:
    """Code points ``start`` to ``end`` of an item's text, and what the editor should know about the finding; mostly nothing."""

    item: str
    start: int
    end: int
    remark: str = ""


class Tracing:
    """Finds the source of the quotation, or of the tied sentence, that the caret stands in."""

    def __init__(self, store: Store, writing: Writing) -> None:
        self._store = store
        self._writing = writing

    def passage(self, number: int, key: str | None, caret: int) -> Passage:
        """The passage behind the words at code point ``caret`` of a card's text, or of The News where ``key`` is None.

        Words that are tied to a quote lead to where it was cut; other quotations to where the sources have them: for a card
        its own ones, for The News those of all cards. A sentence that is tied to a passage leads there. Reads the items,
        so it is slow: not for the window's thread.

        Raises:
            NotFoundError: the caret is in no quotation and no tied sentence, or no source has its words; the detail says which.
        """
        story = with_items(self._store, self._writing.story(number))
        position = story.position(key) if key else None
        if key and position is None:
            self._writing.card(number, key)  # says that it is gone
        card = _news_as_card(story) if position is None else story.signals[position]
        tied = self._tied(card.body, caret)
        return tied if tied is not None else self._compared(card, caret, story)

    def _tied(self, body: Body, caret: int) -> Passage | None:
        ids = [quote for start, end, quote in _ties(body) if start <= caret <= end]
        quotes = self._store.quotes.all_of(ids)
        kept = next((quotes[quote] for quote in ids if quote in quotes), None)
        return Passage(kept.item, kept.start, kept.end) if kept else None

    def _compared(self, card: SignalCard, caret: int, whole: Story) -> Passage:
        from workstation.review import Background, check  # noqa: PLC0415 - the window is painted before a story is checked

        story = Story(slug="story", headline="", language=whole.language, signals=(card,))
        kept = archive_of(self._store, whole.item_ids)
        quotes = self._store.quotes.all_of(story.quote_ids)
        found = check(story, kept.items, Background(quotes=quotes, versions=kept.versions))
        here = next((one for one in found.quotations if _is_at(one.place, caret)), None)
        if here is None:
            return _claimed(found.claims, caret)
        if here.item is None or here.start is None or here.end is None:
            raise NotFoundError("There is no place to go to", _why(here))
        return Passage(here.item, here.start, here.end, _remark(here))


def _is_at(place: Place, caret: int) -> bool:
    """Whether ``caret`` of a card's text stands in a quotation or at one of its marks."""
    return place.field == "body" and (place.at or 0) - 1 <= caret <= (place.until or 0) + 1


def _claimed(checks: Sequence[ClaimCheck], caret: int) -> Passage:
    """The passage that the sentence at ``caret`` is tied to."""
    for check in checks:
        here = (check.place.at or 0) <= caret <= (check.place.until or 0)
        if here and check.claim and check.item and check.start is not None and check.end is not None:
            remark = "" if check.rests else "The sentence was changed since it was tied to this passage."
            return Passage(check.item, check.start, check.end, remark)
    raise NotFoundError(
        "The caret is in no quotation", "Put it between the quotation marks, or into a sentence that is tied to a passage."
    )


def _ties(body: Body) -> Iterator[tuple[int, int, str]]:
    """Start, end and quote of each tied run in the body's plain text."""
    at = 0
    for block in body.blocks:
        for run in block.runs:
            if run.marks.quote:
                yield at, at + len(run.text), run.marks.quote
            at += len(run.text)
        at += 1


def _news_as_card(story: Story) -> SignalCard:
    """The News with the sources of all cards."""
    sources = tuple(source for card in story.signals for source in card.sources)
    return SignalCard(body=story.news, claims=story.claims, sources=sources)


def _why(check: QuotationCheck) -> str:
    if check.grade is Grade.UNARCHIVED:
        return "None of the sources named here has its text in the inbox."
    if check.item is not None:
        return "These words stand in the source’s headline, not in its text."
    if check.places > 1:
        return f"{check.places} of the sources named here have these words; nobody can say which one was meant."
    return "None of the sources named here has these words."


def _remark(check: QuotationCheck) -> str:
    if check.grade is Grade.ELSEWHERE:
        return "These words stand in a source that the card does not name."
    if check.grade is Grade.ALTERED:
        return "The source has other words here."
    if check.grade is Grade.TRANSLATED:
        return "This is the original of your translation."
    if check.places > 1:
        return f"These words stand in {check.places} places; this is one of them."
    return ""
