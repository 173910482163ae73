from __future__ import annotations

from dataclasses import replace

import pytest

from workstation.domain.body import Body, read_html, write_html
from workstation.domain.item import ItemState
from workstation.domain.quote import Quote
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot
from workstation.workflow.inserting import inserted
from workstation.workflow.quoting import quotation

from .test_quoting import place


def body(html: str) -> Body:
    return read_html(html).body


def quoted(exact: str) -> Body:
    return quotation(Quote(id="q", item="i", start=0, end=len(exact), exact=exact))


Q = '“<mark data-quote="q">rain fell</mark>”'


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("<p>He said so.</p>", 8, f"<p>He said {Q} so.</p>"),
        ("<p>He said so.</p>", 5, f"<p>He said {Q} so.</p>"),  # inside “said”, nearer to its end
        ("<p>He said so.</p>", 4, f"<p>He {Q} said so.</p>"),
        ("<p>He said so.</p>", 10, f"<p>He said so {Q}.</p>"),
        ("<p>He said so.</p>", 99, f"<p>He said so. {Q}</p>"),
        ("<p>One</p><p><strong>Two three</strong></p>", 7, f"<p>One</p><p><strong>Two</strong> {Q}<strong> three</strong></p>"),
        ("<ul><li>One</li><li>Two</li></ul>", 7, f"<ul><li>One</li><li>Two {Q}</li></ul>"),
        ("<p>She: “so it is” and went.</p><p>Two</p>", 8, f"<p>She: “so it is” and went.</p><p>{Q}</p><p>Two</p>"),
        ('<p>A <mark data-quote="x">so it is</mark> b</p>', 4, f'<p>A <mark data-quote="x">so it is</mark> b</p><p>{Q}</p>'),
        ("<blockquote><p>So it is</p></blockquote>", 3, f"<blockquote><p>So it is</p></blockquote><p>{Q}</p>"),
        ("", 5, f"<p>{Q}</p>"),
    ],
)
def test_a_quotation_goes_between_words_and_never_into_another_one(text: str, at: int, expected: str) -> None:
    made, end = inserted(body(text), quoted("rain fell"), at)
    assert made == body(expected), write_html(made)
    assert made.text[:end].endswith("rain fell”")


def test_a_quotation_of_two_paragraphs_goes_below_the_paragraph_it_is_dropped_on() -> None:
    made, end = inserted(body("<p>One two</p><p>Three</p>"), quoted("first\nsecond"), 3)
    assert made.text == "One two\n“first\n“second”\nThree"
    assert made.text[:end] == "One two\n“first\n“second”"


def test_words_are_quoted_where_they_are_dropped_and_in_one_step(desk: Desk, item: str) -> None:
    number = desk.writing.new("Story")
    key = desk.writing.story(number).signals[0].key
    card = desk.writing.card(number, key)
    filled = desk.writing.story(number).with_changed_card(replace(card, body=body("<p>They saw and waited.</p>")))
    desk.writing.edit(number, filled, label="Typing", spot=Spot("body", key))
    made = desk.quoting.quote_in_card(item, *place(desk, item, "a queue of 61 barges"), number, key, at=8)
    assert desk.writing.card(number, key).body.text == "They saw “a queue of 61 barges” and waited."
    assert desk.writing.card(number, key).body.quotes == (made.quote.id,)
    assert desk.reviewing.review(number).quotations[0].grade == "exact"
    stepped = desk.writing.undo(number)
    assert stepped is not None
    assert stepped.spot.caret == len("They saw “a queue of 61 barges”")
    assert desk.writing.card(number, key).body.text == "They saw and waited."
    assert desk.writing.card(number, key).sources == ()


def test_words_dropped_between_cards_make_a_card_with_source_and_quotation_in_one_step(desk: Desk, item: str) -> None:
    number = desk.writing.new("Story")
    before = desk.writing.story(number)
    made = desk.quoting.quote_in_new_card(item, *place(desk, item, "61 barges"), number, 0)
    first, second = desk.writing.story(number).signals
    assert (first.key, first.body.text, first.sources[0].item) == (made.card, "“61 barges”", item)
    assert second == before.signals[0]
    assert desk.gathering.summary(item).state is ItemState.USED
    desk.writing.undo(number)
    assert desk.writing.story(number) == before
