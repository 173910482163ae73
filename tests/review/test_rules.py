"""Sound stories, insights lines worded by hand, and what a waiver is given for, over all rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.problem import Problem, Severity
from workstation.domain.story import Story
from workstation.review import RULES, check

from .rules.sound_stories import told, with_card

Make = Callable[..., Any]
BLOCKER, WARNING = Severity.BLOCKER, Severity.WARNING


def problems(story: Story, rule: str) -> list[Problem]:
    return [problem for problem in check(story, {}).problems if problem.rule == rule]


def with_source(story: Story, **changes: Any) -> Story:
    return with_card(story, sources=(replace(story.signals[0].sources[0], **changes),))


def test_a_sound_story_has_no_problems(sound: Story) -> None:
    assert told(sound) == []


def test_a_story_without_a_lead_image_has_no_problems(sound: Story) -> None:
    assert told(replace(sound, lead_image=None)) == []


@pytest.mark.parametrize(
    ("line", "left_out", "strangers"),
    [
        ("auto", "", ""),
        ("none", "", ""),
        ("Insights from Harbour Post and The Valley Courier", "", ""),
        ("Insights from the Valley Courier & Harbour Post", "", ""),
        ("Insights from Harbour Post", "The Valley Courier", ""),
        ("Insights from Harbour Post, The Valley Courier, and Delta Radio", "", "Delta Radio"),
        ("Insights from Delta Radio, Harbour Post, and others", "The Valley Courier", "Delta Radio"),
        ("A view from Harbour Post and from The Valley Courier", "", ""),
    ],
)
def test_an_insights_line_worded_by_hand_is_held_against_the_cards(
    sound: Story, line: str, left_out: str, strangers: str
) -> None:
    messages = " ".join(problem.message for problem in problems(replace(sound, insights=line), "insights-line"))
    assert ("leaves out" in messages, "names" in messages) == (bool(left_out), bool(strangers))
    assert left_out in messages
    assert strangers in messages


def test_a_longer_name_in_the_insights_line_is_not_taken_for_a_shorter_one(sound: Story) -> None:
    whole = replace(with_source(sound, name="Courier"), insights="Insights from The Valley Courier")
    (problem,) = problems(whole, "insights-line")
    assert "leaves out Courier." in problem.message


TREATY = "The government will not now or at any time in the foreseeable future accept the treaty, and gladly signs the other."


def fingerprints(story: Story) -> list[str]:
    return [problem.fingerprint for problem in check(story, {}).blockers]


def test_a_waived_empty_card_lets_no_other_empty_card_pass(sound: Story, card: Make) -> None:
    empty, written = card("", headline=""), sound.signals[0]
    two = fingerprints(replace(sound, signals=(written, empty, card("", headline=""))))
    assert len(set(two)) == 2
    assert fingerprints(replace(sound, signals=(empty, written))) != fingerprints(replace(sound, signals=(written, empty)))
    same = fingerprints(replace(sound, signals=(card("", headline="Same"), card("", headline="Same"))))
    assert len(set(same)) == 2


def test_a_waiver_for_an_empty_card_with_its_own_headline_moves_with_it(sound: Story, card: Make) -> None:
    empty, written = card("", headline="To come"), sound.signals[0]
    assert fingerprints(replace(sound, signals=(empty, written))) == fingerprints(replace(sound, signals=(written, empty)))


def test_waivers_for_quoted_words_move_with_their_card(story: Make, card: Make, item: Make) -> None:
    source, other = item("one", TREATY), card("<p>The rain is late.</p>", headline="Rain")
    html = "<p>“The government will now accept” and “nobody was ever asked here” and “The government will [soon] accept the”.</p>"
    quoting = card(html, source, headline="Treaty")
    first, second = (check(story(*cards), {"one": source}) for cards in ((quoting, other), (other, quoting)))
    assert len({problem.fingerprint for problem in first.blockers}) == 3
    assert [p.fingerprint for p in first.blockers] == [p.fingerprint for p in second.blockers]


def test_a_quotation_mark_without_partner_is_a_warning_with_its_words(sound: Story, card: Make) -> None:
    whole = replace(sound, signals=(*sound.signals, card("<p>He said “this is open.</p>")))
    (problem,) = problems(whole, "quotation-mark")
    assert problem.severity is WARNING
    assert "“this is open." in problem.excerpt


def test_links_in_a_body_that_no_source_has_are_fine(sound: Story, card: Make, item: Make) -> None:
    linked = card(
        '<p>Delta Radio has <a href="https://elsewhere.example/a">this</a>.</p>',
        item("three", "x", "Delta Radio"),
        headline="Three",
    )
    assert told(replace(sound, signals=(*sound.signals, linked))) == []


def test_every_rule_has_a_name_and_tells_what_it_does() -> None:
    assert len({rule.__name__ for rule in RULES}) == len(RULES)
    assert all(rule.__doc__ for rule in RULES)
