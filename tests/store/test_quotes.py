from __future__ import annotations

from dataclasses import replace

import pytest

from workstation.domain.quote import Quote
from workstation.errors import InputError, NotFoundError
from workstation.store import Store

TEXT = "Ministers said 🌊 “the river is ours”."


@pytest.fixture
def quote(store: Store, make_capture) -> Quote:
    capture = make_capture(TEXT)
    store.items.add(capture)
    start = TEXT.index("the river")
    return Quote(id="q1", item=capture.item.id, start=start, end=start + 17, exact="the river is ours", speaker="A minister")


def test_a_quote_comes_back_with_its_words_and_its_place(store: Store, quote: Quote) -> None:
    store.quotes.add(quote)
    assert store.quotes.get("q1") == quote
    assert store.quotes.of_item(quote.item) == [quote]
    assert store.quotes.all_of(["q1", "unknown"]) == {"q1": quote}


@pytest.mark.parametrize("change", [{"exact": "the river was ours"}, {"start": 0}, {"end": 10_000}, {"start": -1}, {"exact": ""}])
def test_a_quote_that_is_not_word_for_word_is_refused(store: Store, quote: Quote, change: dict[str, object]) -> None:
    with pytest.raises(InputError):
        store.quotes.add(replace(quote, **change))
    assert store.quotes.of_item(quote.item) == []


def test_a_translation_is_added_beside_and_the_words_stay(store: Store, quote: Quote) -> None:
    store.quotes.add(quote)
    translated = replace(quote, translation="der Fluss ist unser")
    store.quotes.add(translated)
    assert store.quotes.get("q1") == translated


def test_an_id_never_comes_to_stand_for_other_words(store: Store, quote: Quote) -> None:
    store.quotes.add(quote)
    with pytest.raises(InputError, match="another passage"):
        store.quotes.add(replace(quote, start=quote.start + 4, exact="river is ours"))
    assert store.quotes.get("q1") == quote


def test_an_unknown_quote_or_item_is_told(store: Store, quote: Quote) -> None:
    with pytest.raises(NotFoundError):
        store.quotes.get("nowhere")
    with pytest.raises(NotFoundError):
        store.quotes.add(replace(quote, item="nowhere"))
