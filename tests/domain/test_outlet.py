from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.outlet import monogram


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Harbour Gazette", "HG"),
        ("The Northmoor Post", "NP"),
        ("Le Cadran du large", "CD"),
        ("The", "T"),
        ("潮路新報", "潮"),
        ("صحيفة السارية", "ص"),
        ("السارية", "س"),
        ("Портовая газета", "ПГ"),
        ("Η Εφημερίδα του Λιμανιού", "ΕΤ"),
        ("포구신문", "포"),
        ("Gazette-Courier of the Coast", "GC"),
        ("“Tide” weekly", "TW"),
        ("24 horas", "2H"),
        ("", "?"),
        ("—", "?"),
    ],
)
def test_a_monogram_is_made_of_the_telling_words(name: str, letters: str) -> None:
    assert monogram(name) == letters


@given(st.text())
def test_every_name_has_a_monogram(name: str) -> None:
    assert monogram(name).strip()
