"""Special characters by name."""

from __future__ import annotations

import pytest

from workstation.domain.characters import GROUPS, MOST, find_characters, name_of, shown


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("em dash", "—"),
        ("euro", "€"),
        ("narrow no break", "\u202f"),
        ("2014", "—"),
        ("U+20AC", "€"),
        ("é", "é"),
        ("soft hyphen", "\u00ad"),
    ],
)
def test_a_character_is_found_by_words_of_its_name_by_its_number_and_by_itself(words, first):
    assert find_characters(words)[0] == first


def test_many_answers_are_cut_and_nonsense_has_none():
    assert len(find_characters("letter")) == MOST
    assert find_characters("qqqq") == find_characters(" ") == []


def test_every_character_of_the_groups_stands_there_once_and_has_a_name_and_spaces_can_be_seen():
    for group in GROUPS.values():
        assert len(set(group)) == len(group)
        assert all("unnamed" not in name_of(character) for character in group)
    assert all(shown(space).strip() and shown(space) != space for space in GROUPS["Spaces"])
