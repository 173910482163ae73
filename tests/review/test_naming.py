"""Whether a text names an outlet. All outlets are invented."""

from __future__ import annotations

import pytest

from workstation.review.outlets.naming import names_outlet


@pytest.mark.parametrize(
    ("text", "name", "named"),
    [
        ("The dam is full, Kolibro wrote.", "Kolibro Asia", True),
        ("The dam is full, QBN reported.", "QBN Middle East", True),
        ("The dam is full, Salt Wire reported.", "Salt Wire Brazil", True),
        ("The dam is full, as heard on the Radio.", "Radio Asia", True),
        ("Radio is late, he said.", "Radio Asia", False),
        ("Asia is late, he said.", "Kolibro Asia", False),
    ],
)
def test_an_edition_may_be_left_out_of_a_name(text: str, name: str, named: bool) -> None:
    assert names_outlet(text, (name,)) is named


@pytest.mark.parametrize(
    ("text", "name", "named"),
    [
        ("A British official called it a partnership.", "British Salt Corporation", False),
        ("The Australian minister called it a partnership.", "Australian Salt Review", False),
        ("The Nairobi talks are over, he said.", "Nairobi Lantern", False),
        ("The South’s economy is shrinking.", "South Quay Morning Post", False),
        ("The talks are over, the Lantern reported.", "Nairobi Lantern", True),
        ("The talks are over, the British Salt Corporation reported.", "British Salt Corporation", True),
        ("The talks are over, the Kolibro reported.", "Kolibro Shimbun", True),
    ],
)
def test_a_place_or_a_people_does_not_stand_for_the_outlet_that_is_called_after_it(text: str, name: str, named: bool) -> None:
    assert names_outlet(text, (name,)) is named
