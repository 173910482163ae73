from __future__ import annotations

from dataclasses import replace

import pytest

from workstation.domain.problem import Fix, Place, Problem, Severity

PROBLEM = Problem(
    "quoted-words",
    Severity.BLOCKER,
    Place("body", 1),
    "Words were altered.",
    "“can wait”",
    Fix("Mend", "can", "may"),
    about="can, may",
)


def test_a_waiver_still_holds_when_the_card_has_moved() -> None:
    moved = replace(PROBLEM, place=Place("body", 4), message="Words were altered in card 5.")
    assert moved.fingerprint == PROBLEM.fingerprint


@pytest.mark.parametrize(
    "other",
    [
        replace(PROBLEM, rule="another"),
        replace(PROBLEM, place=Place("headline", 1)),
        replace(PROBLEM, place=Place("body")),
        replace(PROBLEM, about="can, might"),
        replace(PROBLEM, excerpt="“can wait.”"),
        replace(PROBLEM, rule="quoted-wordsbody", place=Place("", 1)),
    ],
    ids=["rule", "field", "owner", "about", "words", "shifted"],
)
def test_a_waiver_holds_for_no_other_problem(other: Problem) -> None:
    assert other.fingerprint != PROBLEM.fingerprint


@pytest.mark.parametrize(
    ("place", "text", "label"),
    [
        (Place("headline"), "headline", "Headline"),
        (Place("news"), "news", "The News"),
        (Place("lead_image"), "lead_image", "Lead image"),
        (Place("body", 0), "signals[0].body", "Card 1"),
        (Place("sources", 2), "signals[2].sources", "Card 3"),
    ],
)
def test_a_place_is_told_to_programs_and_to_people(place: Place, text: str, label: str) -> None:
    assert str(place) == text
    assert place.label == label


@pytest.mark.parametrize(
    ("place", "message", "told"),
    [
        (Place("body", 0), "Card 1 has no text.", "Card 1 has no text."),
        (Place("body", 0), "Altered words in card 1.", "Altered words in card 1."),
        (Place("body", 0), "Card 12 says the same.", "Card 1: Card 12 says the same."),
        (Place("news"), "The word stands twice.", "The News: The word stands twice."),
    ],
)
def test_a_message_is_told_with_its_place_once(place: Place, message: str, told: str) -> None:
    assert Problem("rule", Severity.WARNING, place, message).told == told
