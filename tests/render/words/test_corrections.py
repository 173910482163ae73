"""Corrections as they are printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from workstation.domain.correction import Correction
from workstation.domain.publication import Labels, Publication
from workstation.domain.story import Story
from workstation.render.words.corrections import printed_corrections

MADE = datetime.fromisoformat("2031-07-03T12:19:00+01:00")
STORY = Story(slug="a", headline="b", time_zone="America/New_York", corrections=(Correction(MADE, " It was\n61, not 16. "),))
HOUSE = Publication(name="The Lantern")


def test_a_correction_has_its_label_with_the_time_of_the_story() -> None:
    (note,) = printed_corrections(STORY, HOUSE)
    assert note.label == "Correction, Jul 3, 2031, 7:19am EDT:"
    assert note.machine == "2031-07-03T07:19:00-04:00"
    assert note.text == "It was 61, not 16."


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        ("Correction:", "Correction:"),
        ("", ""),
        ("{time}", "Jul 3, 2031, 7:19am EDT"),
        ("({time}) Put right", "(Jul 3, 2031, 7:19am EDT) Put right"),
    ],
)
def test_a_house_words_its_own_label(label: str, printed: str) -> None:
    (note,) = printed_corrections(STORY, replace(HOUSE, labels=Labels(correction=label)))
    assert note.label == printed


def test_a_correction_without_words_is_not_printed() -> None:
    assert printed_corrections(replace(STORY, corrections=(Correction(MADE, " \n"),)), HOUSE) == ()
