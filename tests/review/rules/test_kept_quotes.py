"""A quote that was cut from an item still stands there, word for word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workstation.domain.problem import Severity
from workstation.domain.quote import Quote
from workstation.review import Background
from workstation.review.manuscript import manuscript_of
from workstation.review.rules.kept_quotes import kept_quotes

Make = Callable[..., Any]
WORDS = "Nobody will pay tolls"


@pytest.mark.parametrize(("text", "told"), [(f"{WORDS} before May.", []), (f"In May {WORDS}.", [WORDS]), ("", [])])
def test_words_whose_quote_stands_no_more_where_it_was_cut_are_blocked(
    story: Make, card: Make, item: Make, text: str, told: list[str]
) -> None:
    source = item("one", text)
    quote = Quote(id="q", item="one", start=0, end=len(WORDS), exact=WORDS)
    whole = story(card(f'<p><mark data-quote="q">“{WORDS}”</mark></p>', source))
    found = list(kept_quotes(manuscript_of(whole, {"one": source}, Background(quotes={"q": quote}))))
    assert [problem.excerpt for problem in found] == told
    assert all(problem.severity is Severity.BLOCKER for problem in found)
