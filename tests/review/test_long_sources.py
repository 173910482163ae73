"""A book among the sources: quoted words are found wherever they stand in it; for everything else its beginning is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from workstation.domain.grade import Grade
from workstation.review import check
from workstation.review.manuscript import MOST_READ, opening

Make = Callable[..., Any]


def test_words_at_the_end_of_a_very_long_source_are_found(story: Make, card: Make, item: Make) -> None:
    text = "The harbour of Norr was closed in winter. " * (MOST_READ // 30) + "Nobody had asked the ferryman."
    book = replace(item("book", text), language="en")
    assert len(opening(book)) == MOST_READ
    whole = story(card("<p>The Harbour Post reported: “Nobody had asked the ferryman.”</p>", book))
    (found,) = check(whole, {"book": book}).quotations
    assert (found.grade, text[found.start : found.end]) == (Grade.EXACT, "Nobody had asked the ferryman.")
