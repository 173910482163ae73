"""A quotation of hundreds of words is compared like a short one, and no slower than a key may cost."""

from __future__ import annotations

import pytest

from workstation.domain.grade import Grade
from workstation.review.quoting.comparing import compare

_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu")
SOURCE = " ".join(f"{_SYLLABLES[at % 10]}{_SYLLABLES[at // 10 % 10]}{_SYLLABLES[at * at % 10]}{at % 97}" for at in range(6000))


@pytest.mark.parametrize("length", [70, 90, 300, 5000])
@pytest.mark.parametrize("place", [0.0, 0.4, 1.0])
def test_one_altered_word_among_many_is_told_with_the_words_of_the_source(length: int, place: float) -> None:
    words = SOURCE.split()[500 : 500 + length]
    at = int(place * (length - 1))
    right, words[at] = words[at], "otherwise"
    found = compare(" ".join(words), SOURCE)
    assert found.grade is Grade.ALTERED
    assert found.differing == (("otherwise", right),)


def test_words_left_out_of_many_are_told() -> None:
    words = SOURCE.split()[500:900]
    gone = words[200:203]
    found = compare(" ".join([*words[:200], *words[203:]]), SOURCE)
    assert found.differing == (("", " ".join(gone)),)


def test_many_words_of_another_text_are_absent() -> None:
    assert compare(" ".join(f"other{at}" for at in range(400)), SOURCE).grade is Grade.ABSENT
