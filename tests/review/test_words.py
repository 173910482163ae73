"""The words that a comparison looks at, and the way back to the text."""

from __future__ import annotations

import pytest

from workstation.review.quoting.words import FoldedText, words_in


def folded(text: str) -> list[str]:
    return [word.folded for word in words_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We can’t,” she said", ["We", "can't", ",", "she", "said"]),
        ("war—it, war - it", ["war", "it", ",", "war", "it"]),
        ("a\u00a0b\u2009c\nd", ["a", "b", "c", "d"]),
        ("co\u00adop\u200be\u200frate", ["cooperate"]),
        ("fell by −5.2% to $1,000", ["fell", "by", "-5.2", "%", "to", "$", "1,000"]),
        ("ﬁne １２", ["fine", "12"]),
        ("cafe\u0301", ["café"]),
        ("l’État n’est pas", ["l'", "État", "n'", "est", "pas"]),
        ("السَّلامُ عليكـم،", ["السلام", "عليكم", ","]),
        ('צה"ל אמר ״כן״', ["צהל", "אמר", "כן"]),
        ("שָׁלוֹם", ["שלום"]),
        ("他说“不”。", ["他", "说", "不", "."]),
        ("カタカナ3枚", ["カ", "タ", "カ", "ナ", "3", "枚"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("wait… what... now", ["wait", "what", "now"]),
        ("😀 yes", ["😀", "yes"]),
    ],
)
def test_a_text_folds_to_the_words_that_carry_its_sense(text: str, expected: list[str]) -> None:
    assert folded(text) == expected


def test_every_word_knows_its_place_in_the_original_text() -> None:
    text = "😀 “Soft\u00adware\u200f — naïve”, 3.5 m"
    assert [text[word.start : word.end] for word in words_in(text)] == ["😀", "Soft\u00adware", "naïve", ",", "3.5", "m"]


def test_a_word_is_sought_whole_and_never_inside_another_or_behind_a_hyphen() -> None:
    text = FoldedText("They cannot use non-violent force; violent force can spread—can it?")
    assert [text.start(first) for first in text.runs(["can"])] == [text.text.index("can spread"), text.text.index("can it")]
    assert [text.start(first) for first in text.runs(["violent", "force"])] == [text.text.index("violent force can")]
    assert list(text.runs(["force", "violent"])) == []


def test_words_repeated_without_a_gap_are_all_found() -> None:
    assert list(FoldedText("no no no").runs(["no"])) == [0, 1, 2]
