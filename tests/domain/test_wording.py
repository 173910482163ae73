"""Counts and long words in a line."""

from __future__ import annotations

import pytest

from workstation.domain.wording import counted, shortened


@pytest.mark.parametrize(
    ("number", "told"), [(0, "0 countries"), (1, "1 country"), (2, "2 countries"), (1200, "1,200 countries")]
)
def test_a_count_has_its_plural(number: int, told: str) -> None:
    assert counted(number, "country", "countries") == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("A short\n line", "A short line"),
        ("twelve chars", "twelve chars"),
        ("twelve characters", "twelve…"),
        ("a waterfallinthewoods", "a waterfalli…"),
        ("大坝已经满了而且河水在春天之前还会上涨", "大坝已经满了而且河水在春…"),
    ],
)
def test_long_words_are_cut_at_a_word_where_there_is_one(words: str, told: str) -> None:
    assert shortened(words, 12) == told
