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
