"""A translation in brackets beside its original needs no kept quote; the original is held against the source. All invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.grade import Grade
from workstation.domain.story import Story
from workstation.review import Background, check

Make = Callable[..., Any]
PORT = "Das Amt schwieg lange. „Wir warten nicht auf den Regen“, sagte die Leiterin dann und ging."


@pytest.fixture
def port(item: Make) -> Any:
    return replace(item("port", PORT), language="de")


def grades(story: Story, *items: Any) -> list[Grade]:
    review = check(replace(story, language="en-US"), {each.id: each for each in items}, Background())
    return [each.grade for each in review.quotations]


@pytest.mark.parametrize(
    "html",
    [
        "<p>“Wir warten nicht auf den Regen” (“We will not wait for rain”), she said.</p>",
        "<p>“Wir warten nicht auf den Regen” (“we will not wait for the rain,” in English), she said.</p>",
        "<p>“Wir warten nicht auf den Regen” — “we will not wait for rain” — she said.</p>",
        "<p>“Wir warten nicht auf den Regen” (or, “We will not wait for rain”), she said.</p>",
        "<p>‘Wir warten nicht auf den Regen’ (‘We will not wait for rain’), she said.</p>",
    ],
)
def test_words_in_brackets_behind_a_true_foreign_quotation_are_its_translation(
    story: Make, card: Make, port: Any, html: str
) -> None:
    assert grades(story(card(html, port)), port) == [Grade.EXACT, Grade.TRANSLATED]


def test_the_original_may_stand_in_the_brackets(story: Make, card: Make, port: Any) -> None:
    made = card("<p>“We will not wait for rain” (“Wir warten nicht auf den Regen”), she said.</p>", port)
    assert grades(story(made), port) == [Grade.TRANSLATED, Grade.EXACT]


@pytest.mark.parametrize(
    "html",
    [
        "<p>“Wir warten nicht auf den Regen,” she said. “We will sell the dam tonight,” she added.</p>",
        "<p>“Wir warten nicht auf den Regen” (she said “we will sell the dam tonight”).</p>",
    ],
)
def test_nothing_else_passes_for_a_translation(story: Make, card: Make, port: Any, html: str) -> None:
    assert grades(story(card(html, port)), port)[1] is Grade.ABSENT


def test_an_english_source_translates_nothing(story: Make, card: Make, item: Make) -> None:
    dam = item("dam", "She said: “We do not wait for rain.” Then she left.")
    made = card("<p>“We do not wait for rain” (“We will sell the dam tonight”), she said.</p>", dam)
    assert grades(story(made), dam) == [Grade.EXACT, Grade.ABSENT]


def test_a_translation_beside_an_altered_original_is_not_told_a_second_time(story: Make, card: Make, port: Any) -> None:
    made = card("<p>“Wir warten gern auf den Regen” (“We like to wait for rain”), she said.</p>", port)
    assert grades(story(made), port) == [Grade.ALTERED, Grade.TRANSLATED]
