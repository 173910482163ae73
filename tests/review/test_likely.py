"""The first glance spares sources a comparison and never loses one that is true or altered. All texts are invented."""

from __future__ import annotations

import pytest

from workstation.domain.grade import Grade
from workstation.review.quoting.comparing import compare
from workstation.review.quoting.likely import may_stand_in
from workstation.review.quoting.words import words_in

TEXT = (
    "The council met on Monday in the old hall by the river, where nobody had sat since the flood of last spring. "
    "“We have waited for three winters and we will not wait for a fourth, whatever the ministry says about money,” "
    "the mayor told the farmers, who had come down from the upper villages with their children and their dogs. "
) * 8
QUOTED = "We have waited for three winters and we will not wait for a fourth, whatever the ministry says about money"
MADE_UP = "Our engines burned all night while green sailors counted silver coins beneath seven broken bridges near Oldport"


def glance(printed: str, text: str) -> bool:
    return may_stand_in(printed, tuple(words_in(printed)), text)


@pytest.mark.parametrize(
    "printed",
    [
        QUOTED,
        QUOTED.replace(" not", ""),
        QUOTED.replace("three winters", "four summers").replace("money", "gold"),
        QUOTED.replace(" ", "\u00a0"),
        "We have waited … whatever the ministry says about money, the mayor told the farmers",
        "Short words",
    ],
)
def test_true_altered_and_short_quotations_are_compared(printed: str) -> None:
    assert glance(printed, TEXT)


def test_a_made_up_quotation_is_spared_and_absent_all_the_same() -> None:
    assert not glance(MADE_UP, TEXT)
    assert compare(MADE_UP, TEXT).grade is Grade.ABSENT


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("winters", "win\u00adters"),
        TEXT + " «لا ننتظر»",
        TEXT.replace("nobody", "no-\nbody"),
        TEXT.replace(" ", "\u2003"),
        TEXT.replace("mayor", "cœur"),
    ],
)
def test_a_text_whose_words_are_written_otherwise_is_always_compared(text: str) -> None:
    assert glance(MADE_UP, text)
