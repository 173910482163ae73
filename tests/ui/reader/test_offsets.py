from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workstation.ui.reader.offsets import Offsets
from workstation.ui.reader.passages import Passage, found, innermost, trimmed

TEXTS = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("a \n🚢🧭𐍈é中")), max_size=60)


@given(TEXTS)
def test_every_code_point_goes_to_the_utf_16_unit_where_it_begins_and_back(text):
    offsets = Offsets(text)
    for index in range(len(text) + 1):
        unit = offsets.unit(index)
        assert unit == len(text[:index].encode("utf-16-le")) // 2
        assert offsets.code_point(unit) == index
    assert offsets.units == len(text.encode("utf-16-le")) // 2


def test_the_middle_of_a_pair_belongs_to_its_character():
    assert Offsets("a🚢b").code_point(2) == 1


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_a_trimmed_passage_has_the_same_words_and_no_white_space_at_its_ends(text, start, end):
    passage = trimmed(text, start, end)
    words = text[start:end]
    if passage is None:
        assert not words.strip()
    else:
        assert text[passage.start : passage.end] == words.strip()


def test_words_are_found_whatever_their_capitals_and_signs_are_no_patterns():
    assert found("Sea, sea. SEA", "sea") == [Passage(0, 3), Passage(5, 8), Passage(10, 13)]
    assert found("a.c abc", "a.c") == [Passage(0, 3)]
    assert found("abc", "  ") == []


def test_the_innermost_mark_is_the_one_meant():
    outer, inner = Passage(0, 20), Passage(5, 8)
    assert innermost([outer, inner], 6) == inner
    assert innermost([outer, inner], 12) == outer
    assert innermost([outer, inner], 30) is None
