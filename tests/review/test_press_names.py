"""Names that say themselves that they are an outlet's. All are invented."""

from __future__ import annotations

import pytest

from workstation.review.outlets.press_names import press_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Gold, according to the Salt Harbor Gazette, left by road.", ("Salt Harbor Gazette",)),
        ("Earlier The Upper Dam Courier had reported it.", ("Upper Dam Courier",)),
        ("In The Ẹdó Chronicle’s view it is late.", ("Ẹdó Chronicle",)),
        ("He told Radio Salar so.", ("Radio Salar",)),
        ("It rained. Agência Brasa Central reported it.", ("Agência Brasa Central",)),
        ("The Courier wrote of hard times. In modern times the post is late.", ()),
        ("The Posted sign hung at Times Square.", ()),
    ],
)
def test_a_name_with_a_word_of_the_trade_is_found(text: str, names: tuple[str, ...]) -> None:
    assert press_names(text) == names
