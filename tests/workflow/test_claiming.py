"""Sentences are tied to the passages that carry them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from workstation.domain.body import read_html
from workstation.domain.claim import ClaimState
from workstation.domain.item import ItemState
from workstation.domain.story import SignalCard, Story
from workstation.errors import InputError, NotFoundError
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot

from .test_quoting import place

MakeDesk = Callable[[str], Desk]
SENTENCE = "Sixty barges lie before the lock."
NEWS = "The towns rejoice."


@pytest.fixture
def story(desk: Desk) -> int:
    body = read_html(f"<p>It rains. {SENTENCE} It snows.</p>").body
    news = read_html(f"<p>{NEWS}</p>").body
    return desk.store.stories.add(Story(slug="lock", headline="", news=news, signals=(SignalCard(body=body),)))


@pytest.fixture
def key(desk: Desk, story: int) -> str:
    return desk.writing.story(story).signals[0].key


def rewrite(desk: Desk, story: int, html: str) -> None:
    card = desk.writing.story(story).signals[0]
    changed = desk.writing.story(story).with_changed_card(replace(card, body=read_html(html).body))
    desk.writing.edit(story, changed, label="Typing", spot=Spot("body", card.key))


def states(desk: Desk, story: int) -> dict[str, ClaimState]:
    return {check.words: check.state for check in desk.reviewing.review(story).claims}


def test_a_tied_sentence_of_a_card_keeps_the_passage_and_gets_its_source_in_one_step(
    desk: Desk, item: str, story: int, key: str
) -> None:
    before = desk.writing.story(story)
    changes = desk.claiming.tie(story, key, SENTENCE, item, *place(desk, item, "a queue of 61 barges"))
    assert (changes.stories, changes.items) == ({story}, {item})
    card = desk.writing.card(story, key)
    (claim,) = card.claims
    assert claim.words == SENTENCE
    assert desk.store.quotes.get(claim.quote).exact == "a queue of 61 barges"
    assert [source.item for source in card.sources] == [item]
    assert desk.gathering.summary(item).state is ItemState.USED
    assert states(desk, story)[SENTENCE] is ClaimState.TIED
    assert desk.writing.undo(story)
    assert desk.writing.story(story) == before
    assert desk.writing.redo(story)
    assert desk.writing.card(story, key).claims == (claim,)


def test_a_sentence_of_the_news_is_tied_without_a_source(desk: Desk, item: str, story: int) -> None:
    desk.claiming.tie(story, None, NEWS, item, *place(desk, item, "a holiday for the towns"))
    (claim,) = desk.writing.story(story).claims
    assert claim.words == NEWS
    assert states(desk, story)[NEWS] is ClaimState.TIED


def test_half_a_word_that_is_selected_is_tied_whole(desk: Desk, item: str, story: int, key: str) -> None:
    start, end = place(desk, item, "queue of 61 barges")
    desk.claiming.tie(story, key, SENTENCE, item, start + 2, end - 2)
    (claim,) = desk.writing.card(story, key).claims
    assert desk.store.quotes.get(claim.quote).exact == "queue of 61 barges"


def test_a_sentence_that_is_tied_again_leaves_its_old_passage(desk: Desk, item: str, story: int, key: str) -> None:
    for words in ("a queue of 61 barges", "before sunrise"):
        desk.claiming.tie(story, key, SENTENCE, item, *place(desk, item, words))
    (claim,) = desk.writing.card(story, key).claims
    assert desk.store.quotes.get(claim.quote).exact == "before sunrise"
    assert len(desk.writing.card(story, key).sources) == 1


def test_a_sentence_is_untied_and_can_be_tied_by_undo_again(desk: Desk, item: str, story: int, key: str) -> None:
    desk.claiming.tie(story, key, SENTENCE, item, *place(desk, item, "61 barges"))
    (claim,) = desk.writing.card(story, key).claims
    assert desk.claiming.untie(story, key, claim).stories == {story}
    assert desk.writing.card(story, key).claims == ()
    assert desk.writing.undo(story)
    assert desk.writing.card(story, key).claims == (claim,)


def test_a_changed_sentence_can_be_kept_on_its_passage(desk: Desk, item: str, story: int, key: str) -> None:
    desk.claiming.tie(story, key, SENTENCE, item, *place(desk, item, "61 barges"))
    rewrite(desk, story, "<p>Sixty-one barges lie before the lock.</p>")
    (check,) = [check for check in desk.reviewing.review(story).claims if check.place.card == 0]
    assert check.state is ClaimState.CHANGED
    desk.claiming.accept(story, check)
    assert states(desk, story)["Sixty-one barges lie before the lock."] is ClaimState.TIED
    assert len(desk.writing.card(story, key).claims) == 1


def test_the_proposed_passage_is_accepted(desk: Desk, item: str, story: int, key: str) -> None:
    desk.writing.add_source(story, key, item)
    text = desk.gathering.item(item).text
    sentence = next(line for line in text.split("\n") if "61 barges" in line).split(". ")[0].rstrip(".") + "."
    rewrite(desk, story, f"<p>{sentence}</p>")
    (check,) = [check for check in desk.reviewing.review(story).claims if check.place.card == 0]
    assert (check.state, check.item) == (ClaimState.UNTIED, item)
    desk.claiming.accept(story, check)
    (claim,) = desk.writing.card(story, key).claims
    assert desk.store.quotes.get(claim.quote).exact == check.passage
    assert states(desk, story)[check.words] is ClaimState.TIED


def test_nothing_is_accepted_where_nothing_is_proposed(desk: Desk, story: int) -> None:
    check = next(check for check in desk.reviewing.review(story).claims if check.words == "It rains.")
    with pytest.raises(InputError, match="No passage is proposed"):
        desk.claiming.accept(story, check)


def test_a_sentence_that_was_written_anew_meanwhile_is_not_tied(desk: Desk, item: str, story: int, key: str) -> None:
    before = desk.writing.story(story)
    with pytest.raises(InputError, match="changed meanwhile"):
        desk.claiming.tie(story, key, "Nobody wrote this.", item, *place(desk, item, "61 barges"))
    with pytest.raises(NotFoundError):
        desk.claiming.tie(story, "gone", SENTENCE, item, *place(desk, item, "61 barges"))
    assert desk.writing.story(story) == before
    assert desk.quoting.quotes_of(item) == []


def test_the_sentence_at_the_caret_is_told_with_its_claim(desk: Desk, item: str, story: int, key: str) -> None:
    desk.claiming.tie(story, key, SENTENCE, item, *place(desk, item, "61 barges"))
    text = desk.writing.card(story, key).body.text
    here = desk.claiming.sentence(story, key, text.index("barges"))
    assert here
    assert (here.words, text[here.start : here.end]) == (SENTENCE, SENTENCE)
    assert here.claim == desk.writing.card(story, key).claims[0]
    rains = desk.claiming.sentence(story, key, 2)
    assert rains
    assert (rains.words, rains.claim) == ("It rains.", None)
    news = desk.claiming.sentence(story, None, 0)
    assert news
    assert news.words == NEWS


def test_a_tied_sentence_leads_to_its_passage(desk: Desk, item: str, story: int, key: str) -> None:
    start, end = place(desk, item, "61 barges")
    desk.claiming.tie(story, key, SENTENCE, item, start, end)
    caret = desk.writing.card(story, key).body.text.index("barges")
    passage = desk.tracing.passage(story, key, caret)
    assert (passage.item, passage.start, passage.end, passage.remark) == (item, start, end, "")
    rewrite(desk, story, "<p>Sixty-one barges lie before the lock.</p>")
    assert "changed since" in desk.tracing.passage(story, key, 8).remark
    desk.claiming.tie(story, None, NEWS, item, start, end)
    assert desk.tracing.passage(story, None, 3).start == start


def test_claims_go_with_a_copy_with_parked_cards_with_versions_and_over_a_restart(
    desk: Desk, item: str, story: int, key: str
) -> None:
    desk.claiming.tie(story, key, SENTENCE, item, *place(desk, item, "61 barges"))
    desk.claiming.tie(story, None, NEWS, item, *place(desk, item, "a holiday for the towns"))
    whole = desk.writing.story(story)
    copy = desk.writing.story(desk.writing.duplicate(story))
    assert (copy.claims, copy.signals[0].claims) == (whole.claims, whole.signals[0].claims)
    desk.writing.park_card(story, key)
    assert desk.writing.story(story).parked[0].claims == whole.signals[0].claims
    desk.writing.bring_back_card(story, key)
    desk.writing.save(story)
    desk.writing.reread(story)
    again = desk.writing.story(story)
    assert (again.claims, again.signals[0].claims) == (whole.claims, whole.signals[0].claims)


def test_an_archive_brings_the_passages_that_sentences_rest_on(
    desk: Desk, item: str, story: int, key: str, tmp_path: Path, make_desk: MakeDesk
) -> None:
    desk.claiming.tie(story, key, SENTENCE, item, *place(desk, item, "61 barges"))
    desk.claiming.tie(story, None, NEWS, item, *place(desk, item, "a holiday for the towns"))
    out = desk.documents.export_document(story, tmp_path / "story.zip")
    there = make_desk("there.db")
    number = there.documents.import_document(out).story
    assert there.writing.story(number) == desk.writing.story(story)
    found = {check.words: check.passage for check in there.reviewing.review(number).claims if check.state is ClaimState.TIED}
    assert found == {SENTENCE: "61 barges", NEWS: "a holiday for the towns"}


def test_the_news_is_offered_passages_of_the_captured_pages_that_it_links_to(desk: Desk, item: str) -> None:
    url = desk.gathering.item(item).url
    news = read_html(f'<p>A queue of 61 barges waits at the <a href="{url}">lock</a>, nine years of repairs on.</p>').body
    number = desk.store.stories.add(Story(slug="linked", headline="", news=news))
    (check,) = desk.reviewing.review(number).claims
    assert (check.state, check.item) == (ClaimState.UNTIED, item)
    assert "61 barges" in check.passage
