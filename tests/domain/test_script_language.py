"""The language that letters tell, and where they tell none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.script_language import foreign_language, language_told


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("النهر طريق من جديد", "ar"),
        ("این راه دوباره باز شد", "fa"),
        ("یہ راستہ پھر کھل گیا ہے", "ur"),
        ("הנהר הוא שוב דרך", "he"),
        ("这条河又是一条路了", "zh"),
        ("川はまた道になった", "ja"),
        ("강은 다시 길이 되었다", "ko"),
        ("Ο ποταμός είναι πάλι δρόμος", "el"),
        ("แม่น้ำเป็นถนนอีกครั้ง", "th"),
        ("நதி மீண்டும் ஒரு பாதை", "ta"),
    ],
)
def test_letters_of_one_language_tell_it(text: str, language: str) -> None:
    assert language_told(text) == language
    assert foreign_language(text, "en-GB") == language
    assert foreign_language(text, language) is None


@pytest.mark.parametrize(
    "text", ["", "The river", "Река снова дорога", "नदी फिर एक रास्ता है", "61", "ئۇيغۇر تىلى ۋە يېزىقى", "“النهر”, he said again"]
)
def test_letters_of_many_languages_and_a_few_foreign_words_tell_nothing(text: str) -> None:
    assert language_told(text) is None


@pytest.mark.parametrize(("text", "language"), [("水门", "ja"), ("水门", "ko"), ("النهر", "fa"), ("النهر", "ur"), ("שלום", "yi")])
def test_letters_that_two_languages_share_are_not_foreign_to_either(text: str, language: str) -> None:
    assert foreign_language(text, language) is None


@given(st.text(max_size=40))
def test_any_text_has_a_language_or_none(text: str) -> None:
    told = language_told(text)
    assert told is None or told.isalpha()
