from __future__ import annotations

from dataclasses import replace

import pytest

from workstation.domain.body import read_html
from workstation.domain.story import SignalCard, Source, Story
from workstation.errors import NotFoundError
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot

from .test_quoting import place

BODY = "<p>A “nine years of repairs” b.</p>"


def story_with(desk: Desk, html: str, *items: str, news: str = "") -> tuple[int, str]:
    card = SignalCard(body=read_html(html).body, sources=tuple(Source(name="Harbour Gazette", item=item) for item in items))
    number = desk.store.stories.add(Story(slug="story", headline="", signals=(card,), news=read_html(news).body))
    return number, desk.writing.story(number).signals[0].key


def test_words_tied_to_a_quote_lead_to_where_they_were_cut_even_when_they_were_altered(desk: Desk, item: str) -> None:
    number, key = story_with(desk, "<p>Text.</p>")
    start, end = place(desk, item, "nine years of repairs")
    made = desk.quoting.quote_in_card(item, start, end, number, key)
    card = desk.writing.card(number, key)
    altered = read_html(f'<p>Text.</p><p>“<mark data-quote="{made.quote.id}">ten years of repairs</mark>”</p>').body
    changed = desk.writing.story(number).with_changed_card(replace(card, body=altered))
    desk.writing.edit(number, changed, label="Typing", spot=Spot("body", key))
    passage = desk.tracing.passage(number, key, altered.text.index("ten") + 2)
    assert (passage.item, passage.start, passage.end) == (item, start, end)


def test_untied_quotations_lead_to_where_the_cards_sources_have_them(desk: Desk, item: str) -> None:
    number, key = story_with(desk, BODY, item)
    start, end = place(desk, item, "nine years of repairs")
    for caret in (2, 3, 10, len("A “nine years of repairs”")):
        passage = desk.tracing.passage(number, key, caret)
        assert (passage.item, passage.start, passage.end, passage.remark) == (item, start, end, "")


def test_a_quotation_in_the_news_leads_to_the_source_of_any_card(desk: Desk, item: str) -> None:
    number, _ = story_with(desk, "<p>Text.</p>", item, news=BODY)
    passage = desk.tracing.passage(number, None, 6)
    assert desk.gathering.item(item).text[passage.start : passage.end] == "nine years of repairs"


def test_words_that_differ_from_the_source_are_told(desk: Desk, item: str) -> None:
    number, key = story_with(desk, "<p>“nine years of ruinous repairs”</p>", item)
    altered = desk.tracing.passage(number, key, 5)
    assert "other words" in altered.remark


@pytest.mark.parametrize(
    ("html", "caret", "has_item", "detail"),
    [
        (BODY, 0, True, "between the quotation marks"),
        ("<p>“Wolves ate the mayor of Tarn”</p>", 4, True, "None of the sources named here has these words"),
        (BODY, 6, False, "in the inbox"),
    ],
)
def test_where_there_is_no_place_to_go_to_that_is_said(
    desk: Desk, item: str, html: str, caret: int, has_item: bool, detail: str
) -> None:
    number, key = story_with(desk, html, *([item] if has_item else ["elsewhere"]))
    with pytest.raises(NotFoundError, match=detail):
        desk.tracing.passage(number, key, caret)


def test_words_that_stand_in_several_places_are_shown_once_and_that_is_said(desk: Desk, item: str) -> None:
    number, key = story_with(desk, "<p>A “for the” b.</p>", item)
    passage = desk.tracing.passage(number, key, 5)
    assert desk.gathering.item(item).text[passage.start : passage.end] == "for the"
    assert "2 places" in passage.remark
