from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest

from workstation.domain.body import Body, Marks, read_html
from workstation.domain.grade import Grade
from workstation.domain.item import ItemState
from workstation.domain.quote import HighlightKind, Quote
from workstation.errors import InputError, NotFoundError
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot
from workstation.workflow.quoting import quotation, whole_words

from .conftest import page, png


@pytest.fixture
def story(desk: Desk) -> int:
    return desk.writing.new("A treaty for the river")


def place(desk: Desk, item: str, words: str) -> tuple[int, int]:
    """Where the words stand in an item's text."""
    start = desk.gathering.item(item).text.index(words)
    return start, start + len(words)


def quoted(exact: str) -> str:
    return quotation(Quote(id="q", item="i", start=0, end=len(exact), exact=exact)).text


def test_quoted_words_stand_in_marks_in_a_new_card_with_their_source(desk: Desk, item: str, story: int) -> None:
    start, end = place(desk, item, "a queue of 61 barges")
    made = desk.quoting.quote_in_card(item, start, end, story, None)
    card = desk.writing.story(story).signals[-1]
    assert made.card == card.key
    assert card.body.text == "“a queue of 61 barges”"
    assert [run.marks.quote for run in card.body.blocks[0].runs] == [None, made.quote.id, None]
    (source,) = card.sources
    assert (source.name, source.url, source.item) == ("Harbour Gazette", "https://harbourgazette.example/lock", item)
    assert made.changes.items == {item}
    assert made.changes.stories == {story}


def test_a_quote_remembers_item_place_and_exact_words_also_behind_an_emoji(desk: Desk, item: str, story: int) -> None:
    words = "a holiday for the towns"
    start, end = place(desk, item, words)
    assert "😀" in desk.gathering.item(item).text[:start]
    made = desk.quoting.quote_in_card(item, start, end, story, None)
    kept = desk.store.quotes.get(made.quote.id)
    assert (kept.item, kept.start, kept.end, kept.exact) == (item, start, end, words)
    assert desk.quoting.quotes_of(item) == [kept]
    assert desk.reviewing.review(story).quotations[0].grade == "exact"


def test_white_space_at_the_edges_of_a_selection_is_not_quoted(desk: Desk, item: str, story: int) -> None:
    start, end = place(desk, item, "61 barges")
    made = desk.quoting.quote_in_card(item, start - 1, end + 1, story, None)
    assert (made.quote.exact, made.quote.start, made.quote.end) == ("61 barges", start, end)


def test_nothing_is_quoted_where_nothing_is_selected(desk: Desk, item: str, story: int) -> None:
    before = desk.writing.story(story)
    space = desk.gathering.item(item).text.index(" ")
    for start, end in ((5, 5), (space, space + 1)):
        with pytest.raises(InputError, match="Select the words"):
            desk.quoting.quote_in_card(item, start, end, story, None)
    assert desk.writing.story(story) == before
    assert desk.quoting.quotes_of(item) == []


def test_a_quote_goes_below_what_a_card_holds_and_the_source_is_named_once(desk: Desk, item: str, story: int) -> None:
    key = desk.writing.story(story).signals[0].key
    for words in ("nine years of repairs", "before sunrise"):
        assert desk.quoting.quote_in_card(item, *place(desk, item, words), story, key).card == key
    (card,) = desk.writing.story(story).signals
    assert card.body.text == "“nine years of repairs”\n“before sunrise”"
    assert len(card.sources) == 1


def test_quoting_into_a_card_that_is_gone_changes_nothing(desk: Desk, item: str, story: int) -> None:
    key = desk.writing.story(story).signals[0].key
    desk.writing.remove_card(story, key)
    with pytest.raises(NotFoundError, match="undo brings it back"):
        desk.quoting.quote_in_card(item, *place(desk, item, "61 barges"), story, key)
    assert desk.writing.story(story).signals == ()
    assert desk.quoting.quotes_of(item) == []
    assert desk.gathering.summary(item).state is ItemState.UNREAD


def test_one_undo_takes_a_quotation_back_whole(desk: Desk, item: str, story: int) -> None:
    before = desk.writing.story(story)
    desk.quoting.quote_in_card(item, *place(desk, item, "61 barges"), story, None)
    after = desk.writing.story(story)
    stepped = desk.writing.undo(story)
    assert stepped is not None
    assert stepped.label == "Quotation"
    assert desk.writing.story(story) == before
    desk.writing.redo(story)
    assert desk.writing.story(story) == after


def test_two_quotations_are_two_steps(desk: Desk, item: str, story: int) -> None:
    key = desk.quoting.quote_in_card(item, *place(desk, item, "61 barges"), story, None).card
    one = desk.writing.story(story)
    desk.quoting.quote_in_card(item, *place(desk, item, "before sunrise"), story, key)
    desk.writing.undo(story)
    assert desk.writing.story(story) == one


def test_an_item_that_is_quoted_becomes_used(desk: Desk, item: str, story: int) -> None:
    desk.quoting.quote_in_card(item, *place(desk, item, "61 barges"), story, None)
    assert desk.gathering.summary(item).state is ItemState.USED


def test_the_outlets_icon_comes_along_with_its_source(desk: Desk, tmp_path: Path, story: int) -> None:
    file = tmp_path / "lock.html"
    icon = base64.b64encode(png()).decode()
    file.write_bytes(page(head=f'<link rel="icon" href="data:image/png;base64,{icon}">'))
    (item,) = desk.gathering.capture_file(file).items
    desk.quoting.quote_in_card(item, 0, 20, story, None)
    (source,) = desk.writing.story(story).signals[-1].sources
    assert source.icon == "icons/harbour-gazette.png"
    picture = desk.writing.files(story)["icons/harbour-gazette.png"]
    assert picture.sha256 == desk.gathering.summary(item).icon
    assert desk.store.stories.files(story) == {"icons/harbour-gazette.png": picture}


def test_a_selection_of_several_paragraphs_opens_each_and_closes_the_last(desk: Desk, item: str, story: int) -> None:
    text = desk.gathering.item(item).text
    made = desk.quoting.quote_in_card(item, *place(desk, item, text), story, None)
    body = desk.writing.story(story).signals[-1].body
    assert len(body.blocks) == text.count("\n") + 1
    assert all(block.text.startswith("“") for block in body.blocks)
    assert [block.text.endswith("”") for block in body.blocks] == [False] * (len(body.blocks) - 1) + [True]
    assert body.quotes == (made.quote.id,)
    assert read_html("".join(f"<p>{line}</p>" for line in text.split("\n"))).body.words == body.words
    assert {check.grade for check in desk.reviewing.review(story).quotations} <= {Grade.EXACT, Grade.FOLDED}


@pytest.mark.parametrize(
    ("exact", "printed"),
    [
        ("“We waited”", "“We waited”"),
        ('"We waited"', "“We waited”"),
        ("«Nous attendions»", "“Nous attendions”"),
        ("„Wir warteten“", "“Wir warteten”"),
        ("「待っていた」", "“待っていた”"),
        ("“We waited”, said the miller. “Long.”", "“‘We waited’, said the miller. ‘Long.’”"),
        ("he said “wait” twice", "“he said ‘wait’ twice”"),
        ("“", "“‘”"),
        ("the clerk’s word", "“the clerk’s word”"),
    ],
)
def test_the_readers_own_marks_are_not_doubled(exact: str, printed: str) -> None:
    assert quoted(exact) == printed


def test_only_the_words_are_tied_to_the_quote_not_the_marks() -> None:
    body: Body = quotation(Quote(id="q", item="i", start=0, end=2, exact="go"))
    assert [(run.text, run.marks) for run in body.blocks[0].runs] == [("“", Marks()), ("go", Marks(quote="q")), ("”", Marks())]


def test_passages_are_marked_and_unmarked(desk: Desk, item: str) -> None:
    start, end = place(desk, item, "nine years of repairs")
    assert desk.quoting.highlight(item, start, end, HighlightKind.FACT, "check the years").items == {item}
    desk.quoting.highlight(item, 0, 8, HighlightKind.VIEW)
    first, second = desk.quoting.highlights(item)
    assert (first.start, first.kind) == (0, HighlightKind.VIEW)
    assert (second.start, second.end, second.note) == (start, end, "check the years")
    assert desk.quoting.remove_highlight(first).items == {item}
    assert desk.quoting.highlights(item) == [second]


def test_a_passage_outside_the_text_is_refused(desk: Desk, item: str) -> None:
    length = len(desk.gathering.item(item).text)
    with pytest.raises(InputError):
        desk.quoting.highlight(item, 0, length + 1, HighlightKind.FACT)
    assert desk.quoting.highlights(item) == []


def test_a_quotation_without_a_card_fills_the_empty_last_card_and_then_makes_new_ones(desk: Desk, item: str, story: int) -> None:
    start, end = place(desk, item, "61 barges")
    (empty,) = desk.writing.story(story).signals
    assert desk.quoting.quote_in_card(item, start, end, story, None).card == empty.key
    assert desk.quoting.quote_in_card(item, start, end, story, None).card != empty.key
    assert len(desk.writing.story(story).signals) == 2


@pytest.mark.parametrize(
    ("text", "selected", "whole"),
    [
        ("The goals were late.", "oal", "goals"),
        ("The goals were late.", "goals w", "goals were"),
        ("The goals were late.", "goals", "goals"),
        ("El apoyo crece", "apoy", "apoyo"),
        ("海図は約束であって", "約束", "約束"),
        ("“Late,” she said", "Late,", "Late,"),
    ],
)
def test_a_word_that_is_selected_in_part_is_taken_whole(text: str, selected: str, whole: str) -> None:
    start = text.index(selected)
    start, end = whole_words(text, start, start + len(selected))
    assert text[start:end] == whole


# --- translations ----------------------------------------------------------------------------------------------------


def translated_card(desk: Desk, story: int, html: str) -> str:
    """A card with a quotation that is tied to nothing; its key."""
    _, key = desk.writing.add_card(story)
    card = desk.writing.card(story, key)
    changed = replace(card, body=read_html(html).body)
    desk.writing.edit(story, desk.writing.story(story).with_changed_card(changed), label="Typing", spot=Spot("body", key))
    return key


def test_printed_words_become_the_translation_of_a_selected_passage(desk: Desk, item: str, story: int) -> None:
    key = translated_card(desk, story, "<p>Der Rat nannte es 😀 „ein Fest für die <strong>Städte</strong>“ am Fluss.</p>")
    start, end = place(desk, item, "a holiday for the towns")
    body = desk.writing.card(story, key).body
    caret = body.text.index("Fest")
    changes = desk.quoting.translate(story, key, caret, (item, start, end))
    card = desk.writing.card(story, key)
    (quote,) = desk.quoting.quotes_of(item)
    assert (quote.exact, quote.translation) == ("a holiday for the towns", "ein Fest für die Städte")
    assert card.body.text == body.text
    assert [run.text for run in card.body.blocks[0].runs if run.marks.quote == quote.id] == ["ein Fest für die ", "Städte"]
    assert [source.item for source in card.sources] == [item]
    assert changes.items == {item}
    (check,) = desk.reviewing.review(story).quotations
    assert (check.grade, check.item, check.start, check.end) == (Grade.TRANSLATED, item, start, end)


def test_a_tied_translation_is_undone_in_one_step(desk: Desk, item: str, story: int) -> None:
    key = translated_card(desk, story, "<p>„ein Fest für die Städte“</p>")
    before = desk.writing.story(story)
    desk.quoting.tie_translation(story, key, (1, 24), item, *place(desk, item, "a holiday for the towns"))
    stepped = desk.writing.undo(story)
    assert stepped is not None
    assert stepped.label == "Translation"
    assert desk.writing.story(story) == before


def test_tied_words_that_were_translated_keep_their_original(desk: Desk, item: str, story: int) -> None:
    start, end = place(desk, item, "a holiday for the towns")
    made = desk.quoting.quote_in_card(item, start, end, story, None)
    card = desk.writing.card(story, made.card)
    german = read_html(f'<p>“<mark data-quote="{made.quote.id}">ein Fest für die Städte</mark>”</p>').body
    whole = desk.writing.story(story).with_changed_card(replace(card, body=german))
    desk.writing.edit(story, whole, label="Typing", spot=Spot("body", made.card))
    assert [problem.rule for problem in desk.reviewing.review(story).blockers if "quotation" in problem.rule] != []
    desk.quoting.translate(story, made.card, 3, None)
    assert desk.store.quotes.get(made.quote.id).translation == "ein Fest für die Städte"
    reviewed = desk.reviewing.review(story)
    assert [check.grade for check in reviewed.quotations] == [Grade.TRANSLATED]
    assert [problem.rule for problem in reviewed.problems if "quotation" in problem.rule] == []


def test_a_translation_that_was_edited_later_is_told_with_the_kept_words(desk: Desk, item: str, story: int) -> None:
    key = translated_card(desk, story, "<p>„ein Fest für die Städte“</p>")
    desk.quoting.translate(story, key, 3, (item, *place(desk, item, "a holiday for the towns")))
    card = desk.writing.card(story, key)
    (quote,) = card.body.quotes
    edited = read_html(f'<p>„<mark data-quote="{quote}">kein Fest für die Städte</mark>“</p>').body
    whole = desk.writing.story(story).with_changed_card(replace(card, body=edited))
    desk.writing.edit(story, whole, label="Typing", spot=Spot("body", key))
    (problem,) = [one for one in desk.reviewing.review(story).blockers if one.rule == "quotation-altered"]
    assert "“kein” is “ein” in your translation" in problem.message
    desk.reviewing.mend(story, problem)
    assert desk.writing.card(story, key).body.text == "„ein Fest für die Städte“"
    assert [check.grade for check in desk.reviewing.review(story).quotations] == [Grade.TRANSLATED]


def test_the_news_takes_a_translation_too(desk: Desk, item: str, story: int) -> None:
    whole = replace(desk.writing.story(story), news=read_html("<p>Es sei „ein Fest für die Städte“.</p>").body)
    desk.writing.edit(story, whole, label="Typing", spot=Spot("news"))
    desk.quoting.translate(story, None, 10, (item, *place(desk, item, "a holiday for the towns")))
    (quote,) = desk.writing.story(story).news.quotes
    assert desk.store.quotes.get(quote).translation == "ein Fest für die Städte"


@pytest.mark.parametrize(("caret", "told"), [(0, "Put the caret"), (8, "Select the original")])
def test_without_a_quotation_or_a_passage_nothing_is_kept(desk: Desk, story: int, caret: int, told: str) -> None:
    key = translated_card(desk, story, "<p>Er: „ein Fest für die Städte“</p>")
    before = desk.writing.story(story)
    with pytest.raises(InputError, match=told):
        desk.quoting.translate(story, key, caret, None)
    assert desk.writing.story(story) == before


def test_no_words_are_no_translation(desk: Desk, item: str, story: int) -> None:
    made = desk.quoting.quote_in_card(item, *place(desk, item, "61 barges"), story, None)
    with pytest.raises(InputError):
        desk.quoting.keep_translation(made.quote.id, " ")
    assert desk.store.quotes.get(made.quote.id).translation is None
