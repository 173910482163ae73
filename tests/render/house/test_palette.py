"""A publication's colours for readers that know nothing but hexadecimal ones."""

from __future__ import annotations

import pytest

from workstation.domain.publication import Publication
from workstation.errors import InputError
from workstation.render.house.palette import ROLES, palette_of


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("#abc", "#aabbcc"),
        ("#0B5F6B", "#0b5f6b"),
        ("navy", "#000080"),
        ("rgb(11 95 107)", "#0b5f6b"),
        ("rgba(11, 95, 107, 0.5)", "#0b5f6b"),
        ("hsl(200 50% 40%)", "#337799"),
        ("oklch(62.796% 0.25768 29.234)", "#ff0000"),
        ("lab(87.735 -86.183 83.18)", "#00ff00"),
        ("white", "#fefefe"),
        ("#000", "#010101"),
    ],
)
def test_every_way_to_write_a_colour_becomes_plain(written: str, plain: str) -> None:
    assert palette_of(Publication(name="a", colours={"accent": written})).light["accent"] == plain


def test_what_a_house_does_not_say_is_as_the_page_has_it() -> None:
    palette = palette_of(Publication(name="a", colours={"ink-dark": "#eeeeee", "accent": "transparent"}))
    assert tuple(palette.light) == tuple(palette.dark) == ROLES
    assert palette.light["paper"] == "#fbf9f4"
    assert palette.light["accent"] == "#0b5f6b"
    assert palette.dark["ink"] == "#eeeeee"
    assert palette.dark["paper"] == "#1a1917"


def test_families_can_stand_in_an_attribute() -> None:
    fonts = palette_of(Publication(name="a", fonts={"headline": '"Source Serif 4", Charter'})).fonts
    assert fonts["headline"] == "'Source Serif 4', Charter, Georgia, serif"
    assert fonts["label"] == "Arial, sans-serif"


def test_what_is_no_colour_is_refused() -> None:
    with pytest.raises(InputError):
        palette_of(Publication(name="a", colours={"accent": "red; background: url(x)"}))
