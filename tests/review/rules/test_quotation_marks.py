"""Wrong and missing quotation marks are told with their mend; a story that mixes two styles is told so once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workstation.domain.body import write_html
from workstation.domain.mending import mended
from workstation.domain.problem import Place, Problem, Severity
from workstation.domain.story import LeadImage, Story
from workstation.review import check
from workstation.review.background import Background

Make = Callable[..., Any]


def told(whole: Story, language: str = "en") -> list[Problem]:
    return [each for each in check(whole, {}, Background(language=language)).problems if each.rule == "quotation-mark"]


def one(whole: Story) -> Problem:
    (problem,) = told(whole)
    return problem


def after_the_fix(whole: Story) -> Story:
    problem = one(whole)
    assert problem.fix is not None
    return mended(whole, problem.place, problem.fix)


@pytest.mark.parametrize(
    ("html", "message", "mark"),
    [
        ("<p>He said “we want rain, and left.</p>", "opens with “ and never closes", "“"),
        ("<p>“We want rain, he said.</p>", "Put ” where it ends", "“"),
        ("<p>We want rain” they shouted.</p>", "closes a quotation that nothing opens", "”"),
        ('<p>He said “rain" again.</p>', 'opens with “ and closes with ". Close it with ”.', '"'),
        ('<p>He said "rain” again.</p>', 'opens with " and closes with ”. Put “ there.', '"'),
        ("<p>“We want rain,’ he said.</p>", "opens with “ and closes with ’. Close it with ”.", "’"),
    ],
)
def test_each_kind_of_wrong_mark_is_told_at_its_place(story: Make, card: Make, html: str, message: str, mark: str) -> None:
    whole = story(card(html))
    problem = one(whole)
    assert problem.severity is Severity.WARNING
    assert message in problem.message
    assert (problem.place.field, problem.place.card) == ("body", 0)
    assert whole.signals[0].body.text[problem.place.at : problem.place.until] == mark
    assert mark in problem.excerpt


def test_a_headline_a_caption_and_the_news_are_looked_at_too(story: Make, card: Make) -> None:
    image = LeadImage(file="a.jpg", alt="A “dam", caption='The “dam" today', credit="Ada Brook")
    whole = story(card("<p>Dam.</p>", headline="The “dam” and “rain"), headline='Two "valleys” meet', lead_image=image)
    assert [str(problem.place) for problem in told(whole)] == [
        "headline",
        "lead_image.alt",
        "lead_image.caption",
        "signals[0].headline",
    ]


def test_the_fix_of_a_headline_mends_it(story: Make, card: Make) -> None:
    whole = after_the_fix(story(card("<p>Dam.</p>"), headline='Two “valleys" meet at a “river”'))
    assert whole.headline == "Two “valleys” meet at a “river”"
    assert told(whole) == []


def test_a_fix_mends_the_second_of_two_equal_words_and_keeps_the_links(story: Make, card: Make) -> None:
    html = '<p>They want “rain” and <a href="https://a.example/">“rain" now</a>.</p>'
    whole = after_the_fix(story(card(html)))
    assert write_html(whole.signals[0].body) == html.replace('rain"', "rain”")
    assert told(whole) == []


def test_a_missing_mark_is_put_where_the_words_end(story: Make, card: Make) -> None:
    whole = after_the_fix(story(card("<p>“We want rain, the mayor told reporters.</p><p>End.</p>")))
    assert whole.signals[0].body.text == "“We want rain,” the mayor told reporters.\nEnd."
    assert told(whole) == []


def test_words_with_a_wrong_closing_mark_are_compared_all_the_same(story: Make, card: Make, item: Make) -> None:
    source = item("one", "He said: “We will not wait for rain.”")
    whole = story(card('<p>He said: “We will wait for rain."</p>', source))
    rules = {problem.rule for problem in check(whole, {"one": source}).problems}
    assert {"quotation-altered", "quotation-mark"} <= rules


def test_words_of_an_unclosed_quotation_are_compared_where_its_end_is_certain(story: Make, card: Make, item: Make) -> None:
    source = item("one", "He said: “We will not wait for rain.”")
    rules = {
        problem.rule
        for problem in check(story(card("<p>“We will wait for rain, he said.</p>", source)), {"one": source}).problems
    }
    assert {"quotation-altered", "quotation-mark"} <= rules


def test_mixed_straight_and_curly_pairs_are_told_once_with_the_rarer_ones_mended(story: Make, card: Make) -> None:
    first = card('<p>The “dam” and the "wall" and the "lake".</p>', headline="A “river”")
    whole = story(first, card('<p>A "gate" with “locks” and “keys”.</p>'))
    problem = one(whole)
    assert problem.place == Place("body", 0, 18, 24)
    assert "curly marks, but this one and 2 more in straight ones" in problem.message
    once = after_the_fix(whole)
    assert once.signals[0].body.text == "The “dam” and the “wall” and the “lake”."
    assert one(once).place.card == 1
    assert told(after_the_fix(once)) == []


def test_the_fix_of_mixed_marks_keeps_what_stands_between_them(story: Make, card: Make) -> None:
    html = '<p>“Dam” and “wall” and "a <a href="https://a.example/">lake</a> <strong>here</strong>".</p>'
    whole = after_the_fix(story(card(html)))
    assert write_html(whole.signals[0].body) == html.replace('"a <', "“a <").replace('>".', ">”.")


def test_few_curly_pairs_among_straight_ones_are_told_without_a_fix(story: Make, card: Make) -> None:
    problem = one(story(card('<p>The "dam" and the "wall" and the “lake”.</p>')))
    assert problem.excerpt == "“lake”"
    assert problem.fix is None


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ('<p>The "dam" and the "wall", 6\'2" high.</p>', "en"),
        ("<p>“The first reason.</p><p>“The second,” he said, “is rain.”</p>", "en"),
        ("<p>The dogs’ dinner in the ’90s, O’Brien’s rock ’n’ roll.</p>", "en"),
        ("<p>„Wir warten“, sagte er, »jetzt«.</p>", "de"),
        ("<p>”Vi väntar”, sa hon.</p>", "sv"),
        ('<p>אמר "מחכים" במפקדת צה"ל ו”עוד”.</p>', "he"),
        ("<p>他说“我们等雨”和「不」。</p>", "zh"),
        ("<blockquote><p>“The river rises.</p><p>“It falls.”</p></blockquote>", "en"),
    ],
)
def test_sound_marks_are_told_nothing(story: Make, card: Make, html: str, language: str) -> None:
    assert told(story(card(html), language=language), language) == []


def test_a_waiver_for_a_wrong_mark_moves_with_its_card(story: Make, card: Make) -> None:
    wrong, other = card('<p>He said “rain" again.</p>', headline="One"), card("<p>Dam.</p>", headline="Two")
    assert one(story(wrong, other)).fingerprint == one(story(other, wrong)).fingerprint


def test_the_marks_of_another_language_around_an_original_mix_no_styles(story: Make, card: Make) -> None:
    whole = story(card('<p>"We wait," he said. "It is late." « On attend » ("We wait"), she said.</p>'))
    assert [problem for problem in check(whole, {}, Background(language="en")).problems if problem.about == "mixed"] == []
