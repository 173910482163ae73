"""Quoting: passages of an item are marked, and words are cut from it, word for word, into a card."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from uuid import uuid4

from workstation.domain.body import Block, Body, Marks, Run, canonical, is_word_letter
from workstation.domain.changes import NOTHING, Changes, items_changed
from workstation.domain.item import ItemState
from workstation.domain.quote import Highlight, HighlightKind, Quote
from workstation.errors import InputError
from workstation.store import Store
from workstation.workflow.history import Spot
from workstation.workflow.inserting import inserted
from workstation.workflow.tying import tied
from workstation.workflow.writing import Writing

OPENING_MARKS = '“"«„「『'
CLOSING_MARKS = '”"»“」』'


@dataclass(frozen=True, slots=True)
class Quoted:
    """What quoting touched, the quote it made, the key of the card that now holds it, and where in its text it ends."""

    changes: Changes
    quote: Quote
    card: str
    end: int


class Quoting:
    """The verbs of the reader."""

    def __init__(self, store: Store, writing: Writing) -> None:
        self._store = store
        self._writing = writing

    def highlights(self, item: str) -> list[Highlight]:
        """The marked passages of an item, in the order of its text."""
        return self._store.items.highlights(item)

    def highlight(self, item: str, start: int, end: int, kind: HighlightKind, note: str = "") -> Changes:
        """Mark code points ``start`` to ``end`` of an item's text; a word that is marked in part is marked whole."""
        start, end = whole_words(self._store.items.get(item).text, start, end)
        self._store.items.add_highlight(Highlight(id=uuid4().hex[:12], item=item, start=start, end=end, kind=kind, note=note))
        return items_changed(item)

    def remove_highlight(self, highlight: Highlight) -> Changes:
        """Unmark a passage."""
        self._store.items.remove_highlight(highlight.id)
        return items_changed(highlight.item)

    def quotes_of(self, item: str) -> list[Quote]:
        """The quotes that were cut from an item."""
        return self._store.quotes.of_item(item)

    def cut(self, item: str, start: int, end: int, translation: str | None = None) -> Quote:
        """A new quote of the words at code points ``start`` to ``end`` of an item's text; a word cut in part is cut whole.

        ``translation`` is kept beside the words.

        Raises:
            InputError: nothing but white space is selected.
        """
        text = self._store.items.get(item).text
        start, end = whole_words(text, start, end)
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        exact = words.strip()
        if not exact:
            raise InputError("Nothing was quoted", "Select the words in the reader first.")
        quote = Quote(id=uuid4().hex[:12], item=item, start=start, end=start + len(exact), exact=exact, translation=translation)
        self._store.quotes.add(quote)
        return quote

    def quote_in_card(self, item: str, start: int, end: int, story: int, card: str | None, *, at: int | None = None) -> Quoted:
        """Put the words at code points ``start`` to ``end`` into a card, in quotation marks, with their source.

        ``card`` None takes the story's last card when it is still empty, else a new one. ``at`` is the code point of the
        card's plain text where they go in; None puts them below what the card holds. The quote remembers item, start, end and
        the exact words.

        Raises:
            InputError: nothing but white space is selected.
            NotFoundError: the card was removed from the story meanwhile.
        """
        card = card or self._empty_card(story)
        if card:
            self._writing.card(story, card)
        quote = self.cut(item, start, end)
        gesture = ("quotation", quote.id)
        changes, key = (NOTHING, card) if card else self._writing.add_card(story, merge=gesture)
        return self._put(quote, story, key, changes, gesture, at)

    def translate(self, story: int, card: str | None, caret: int, passage: tuple[str, int, int] | None) -> Changes:
        """Keep the quotation in which the caret stands as the editor's translation of a passage: item, start and end.

        ``caret`` is a code point of the plain text of a card, or of The News where ``card`` is None. Without a passage, or
        with the very one that was cut, the words become the translation of the quote that they are tied to.

        Raises:
            InputError: the caret is in no quotation, or it is tied to no passage and none is selected.
        """
        from workstation.review.quoting.quotations import quoting_of  # noqa: PLC0415 - the window is painted before a story is checked

        body = self._body(story, card)
        here = next((one for one in quoting_of(body).quotations if one.start - 1 <= caret <= one.end + 1), None)
        if here is None:
            raise InputError("Nothing was kept", "Put the caret into the quotation that is your translation.")
        known = self._store.quotes.all_of([here.quote]).get(here.quote) if here.quote else None
        if known and passage in (None, (known.item, known.start, known.end)):
            return self.keep_translation(known.id, here.printed(body.text))
        if passage is None:
            raise InputError("Nothing was kept", "Select the original passage in the reader first.")
        return self.tie_translation(story, card, (here.start, here.end), *passage)

    def keep_translation(self, quote: str, words: str) -> Changes:
        """Keep ``words`` beside the original of a quote: what is tied to it may be printed in these words.

        Raises:
            InputError: there are no words.
            NotFoundError: there is no such quote.
        """
        if not words.strip():
            raise InputError("Nothing was kept", "A translation has words.")
        kept = replace(self._store.quotes.get(quote), translation=words.strip())
        self._store.quotes.add(kept)
        return items_changed(kept.item)

    def tie_translation(self, story: int, card: str | None, span: tuple[int, int], item: str, start: int, end: int) -> Changes:
        """Tie the printed words at ``span`` to the passage at code points ``start`` to ``end`` of an item, as its translation.

        ``span`` counts code points of the plain text of a card, or of The News where ``card`` is None; the card names the
        item as its source from then on. The text can be undone; what was cut stays.

        Raises:
            InputError: nothing but white space is selected or printed there.
            NotFoundError: the card was removed from the story meanwhile.
        """
        body = self._body(story, card)
        words = body.text[slice(*span)].strip()
        if not words:
            raise InputError("Nothing was kept", "A translation has words.")
        quote = self.cut(item, start, end, translation=words)
        gesture = ("translation", quote.id)
        changes = self._writing.add_source(story, card, item, merge=gesture) if card else NOTHING
        whole = self._writing.story(story)
        text = tied(body, *span, quote.id)
        in_card = replace(self._writing.card(story, card), body=text) if card else None
        changed = whole.with_changed_card(in_card) if in_card else replace(whole, news=text)
        spot = Spot("body" if card else "news", card, span[1])
        changes |= self._writing.edit(story, changed, label="Translation", spot=spot, merge=gesture)
        self._store.items.set_state([item], ItemState.USED)
        return changes | items_changed(item)

    def _body(self, story: int, card: str | None) -> Body:
        return self._writing.card(story, card).body if card else self._writing.story(story).news

    def quote_in_new_card(self, item: str, start: int, end: int, story: int, at: int | None = None) -> Quoted:
        """Make a card at index ``at`` (at the end by default) of the words at code points ``start`` to ``end``, in one step.

        Raises:
            InputError: nothing but white space is selected.
        """
        quote = self.cut(item, start, end)
        gesture = ("quotation", quote.id)
        changes, key = self._writing.add_card(story, at, merge=gesture)
        return self._put(quote, story, key, changes, gesture)

    def _put(self, quote: Quote, story: int, key: str, changes: Changes, gesture: Hashable, at: int | None = None) -> Quoted:
        changes |= self._writing.add_source(story, key, quote.item, merge=gesture)
        put, end = self._insert(story, key, quote, gesture, at)
        self._store.items.set_state([quote.item], ItemState.USED)
        return Quoted(changes | put | items_changed(quote.item), quote, key, end)

    def _empty_card(self, story: int) -> str | None:
        last = self._writing.story(story).signals[-1:]
        return last[0].key if last and not (last[0].headline or last[0].sources or last[0].body) else None

    def _insert(self, story: int, key: str, quote: Quote, gesture: Hashable, at: int | None) -> tuple[Changes, int]:
        card = self._writing.card(story, key)
        body, end = inserted(card.body, quotation(quote), at)
        filled = self._writing.story(story).with_changed_card(replace(card, body=body))
        return self._writing.edit(story, filled, label="Quotation", spot=Spot("body", key, end), merge=gesture), end


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The passage with both ends moved out to the edges of the words that they cut.

    A hand seldom stops at the edge of a word, and half a word is no quotation. Scripts without spaces between words
    (Han, kana) are left as selected.
    """
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        return start, end
    while start > 0 and _in_one_word(text[start - 1], text[start]):
        start -= 1
    while end < len(text) and _in_one_word(text[end - 1], text[end]):
        end += 1
    return start, end


def _in_one_word(before: str, after: str) -> bool:
    return all(is_word_letter(character) for character in (before, after))


def quotation(quote: Quote) -> Body:
    """The words of a quote, tied to it, in quotation marks; each paragraph opens anew, only the last one closes."""
    lines = [_inner_marks(line) for line in _without_outer_marks(quote.exact).split("\n")]
    tied = Marks(quote=quote.id)
    blocks = [Block((Run("“"), Run(line, tied))) for line in lines[:-1]]
    return canonical([*blocks, Block((Run("“"), Run(lines[-1], tied), Run("”")))])


def _without_outer_marks(words: str) -> str:
    """The words without the pair of marks that encloses them all, which the card's own marks replace."""
    if len(words) < 2 or words[0] not in OPENING_MARKS or words[-1] not in CLOSING_MARKS:
        return words
    inside = words[1:-1]
    return words if any(mark in inside for mark in OPENING_MARKS + CLOSING_MARKS) else inside


def _inner_marks(words: str) -> str:
    """Double marks inside a quotation become single ones, as print has it."""
    return words.replace("“", "‘").replace("”", "’")
