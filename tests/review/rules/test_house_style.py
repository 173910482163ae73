"""The house's style in a story: told with its place and its mend, and never in the words of others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from workstation import resources
from workstation.domain.body import read_html
from workstation.domain.house_style import HouseStyle
from workstation.domain.mending import mended
from workstation.domain.problem import Problem, Severity
from workstation.domain.story import LeadImage, Source, Story
from workstation.domain.story_document import read_json
from workstation.review import check
from workstation.review.background import Background
from workstation.workflow.style_files import StyleFiles

Make = Callable[..., Any]
FILES = StyleFiles(Path("/nowhere/house-style"))
AMERICAN, BRITISH = FILES.style("american"), FILES.style("british")


@pytest.fixture
def plain(story: Make) -> Make:
    """Makes a story of cards in which nothing breaks a style."""
    return lambda *cards, **changes: story(*cards, **{"lead_image": None, **changes})


def found(story: Story, *styles: HouseStyle) -> list[Problem]:
    problems = check(story, {}, Background(styles=styles)).problems
    return [problem for problem in problems if problem.rule.startswith("style/")]


def words(story: Story, *styles: HouseStyle) -> list[str]:
    return [problem.excerpt for problem in found(story, *styles)]


def body(html: str) -> Any:
    return read_html(html).body


def test_without_a_style_nothing_is_told(plain: Make, card: Make) -> None:
    assert found(plain(card("<p>The colour, utilised in order to gain.</p>"))) == []


def test_a_slip_is_told_with_its_words_place_and_mend(plain: Make, card: Make) -> None:
    whole = plain(card("<p>The dam lost its colour.</p>"))
    (problem,) = found(whole, AMERICAN)
    assert (problem.rule, problem.severity, problem.excerpt) == ("style/spelling-our", Severity.WARNING, "colour")
    assert (str(problem.place), problem.place.at, problem.place.until) == ("signals[0].body", 17, 23)
    assert "color" in problem.message
    assert problem.fix
    healed = mended(whole, problem.place, problem.fix)
    assert healed.signals[0].body.text == "The dam lost its color."
    assert found(healed, AMERICAN) == []


@pytest.mark.parametrize(
    "html",
    [
        "<p>The mayor said: “The colour is grey,” and left.</p>",
        "<blockquote><p>The colour is grey.</p></blockquote>",
        "<p>She read <em>The colour of dams</em> aloud.</p>",
        "<p>It stands on www.colour.example and in colour.example/grey.</p>",
        "<p>The Harbour Gazette reported it.</p>",
        "<p>A reader of the colour post wrote.</p>",
    ],
)
def test_words_of_others_titles_addresses_and_names_of_sources_are_let_be(plain: Make, card: Make, html: str) -> None:
    whole = replace(card(html), sources=(Source(name="Harbour Gazette"), Source(name="Ann", of="the colour post")))
    assert words(plain(whole), AMERICAN) == []


def test_every_text_is_looked_at(plain: Make, card: Make) -> None:
    image = LeadImage(file="lead.jpg", alt="A grey dam", caption="The grey dam", credit="Colour Grey")
    whole = plain(card("<p>Now.</p>", headline="Her neighbours left"), headline="Our colour", lead_image=image)
    whole = replace(whole, news=body("<p>It has a theatre.</p>"))
    assert words(whole, AMERICAN) == ["colour", "grey", "grey", "theatre", "neighbours"]


def test_a_rule_for_bodies_says_nothing_of_a_headline(plain: Make, card: Make) -> None:
    whole = plain(card("<p>Then 4 people fled.</p>", headline="And 4 people fled"))
    assert [str(problem.place) for problem in found(whole, AMERICAN)] == ["signals[0].body"]


def test_a_story_in_another_language_is_let_be(plain: Make, card: Make) -> None:
    whole = plain(card("<p>In order to: grey colour.</p>"), language="de")
    assert found(whole, AMERICAN) == []


def test_of_two_styles_the_one_that_the_story_breaks_least_is_meant(plain: Make, card: Make) -> None:
    british = plain(card("<p>The colour of the theatre was grey, 4 per cent of it; its color faded.</p>"))
    assert words(british, AMERICAN, BRITISH) == ["color"]
    american = plain(card("<p>The color of the theater was gray, 4 percent of it; its colour faded.</p>"))
    assert words(american, AMERICAN, BRITISH) == ["colour"]


def test_a_removal_is_mended_with_its_space(plain: Make, card: Make) -> None:
    whole = plain(card("<p>It should be noted that the dam is old.</p>"))
    (problem,) = found(whole, AMERICAN)
    assert problem.fix and problem.fix.label == "Take it out"
    assert mended(whole, problem.place, problem.fix).signals[0].body.text == "The dam is old."


def test_empty_texts_and_texts_without_words_are_let_be(plain: Make, card: Make) -> None:
    assert words(plain(card("", headline="—"), headline="", news=body("<p>…</p>")), AMERICAN, BRITISH) == []


def test_places_in_later_paragraphs_are_true(plain: Make, card: Make) -> None:
    whole = plain(card("<p>One.</p><p>Two.</p><p>A grey dam of one colour.</p>"))
    text = whole.signals[0].body.text
    problems = found(whole, AMERICAN)
    assert [text[problem.place.at : problem.place.until] for problem in problems] == ["grey", "colour"]
    assert problems[1].fix
    assert mended(whole, problems[1].place, problems[1].fix).signals[0].body.text.endswith("grey dam of one color.")


DATA = Path(__file__).parents[2] / "data" / "stories"
STORIES = [resources.path("sample/story.json"), *sorted(DATA.glob("*/story.json"))]


@pytest.mark.parametrize("file", STORIES, ids=lambda file: file.parent.name)
def test_the_sample_and_every_written_story_keep_their_style(file: Path) -> None:
    assert words(read_json(file.read_text(encoding="utf-8")).story, AMERICAN, BRITISH) == []
