"""The words of a text that a dictionary is asked for."""

from __future__ import annotations

import pytest

from workstation.domain.spelled_words import bare, is_in_script, names_in, plain, words_to_check


def words(text: str) -> list[str]:
    return [word.word for word in words_to_check(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It’s the dogs’ harbour.", ["It’s", "the", "dogs", "harbour"]),
        ("l’homme a-t-elle", ["l’homme", "elle"]),
        ("in 2005, 5kg, B52s and 90s", ["in", "and"]),
        ("NATO’s MPs, the UNHCR but SHOUTED", ["the", "but", "SHOUTED"]),
        ("see https://teh.example/recieve?q=x or www.teh.example now", ["see", "or", "now"]),
        ("write desk@teh.example or @teh or #teh", ["write", "or", "or"]),
        ("read teh.example/path and story.json. Next", ["read", "and", "Next"]),
        ("The end.Next word", ["The", "end", "Next", "word"]),
        ("на Неве, Ωμέγα", ["на", "Неве", "Ωμέγα"]),
        ("", []),
    ],
)
def test_numbers_addresses_and_abbreviations_are_not_asked_for(text, expected):
    assert words(text) == expected


def test_places_count_code_points():
    (word,) = words_to_check("😀 naïve")
    assert (word.start, word.end) == (2, 7)


def test_words_of_another_script_are_known_by_their_letters():
    assert [is_in_script(word, "en-GB") for word in ("naïve", "don't", "Неве", "東京")] == [True, True, False, False]
    assert is_in_script("Неве", "ru") and not is_in_script("word", "ru")


def test_names_are_the_capitalised_words_without_what_belongs_to_them():
    assert names_in("Ana Quillfeather’s boat left O’Dowd at Ålesund") == {"Ana", "Quillfeather", "O'Dowd", "Ålesund"}
    assert (plain("it’s"), bare("Orrin's"), bare("dogs’")) == ("it's", "Orrin", "dogs")
