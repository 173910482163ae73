from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.text_fragment import TextFragment, find_passage, fragment_for, link_to, split_fragment

TEXT = (
    "The gate rose at dawn, and the clerk wrote it down.\n"
    "“Nobody will pay tolls before September,” the clerk said, and the gate fell.\n"
    "Señora Álvarez came down the stairs. The gate rose at dawn again.\n"
    "闸门在黎明升起，书记员把它记了下来。\n"
    "فتحت البوابة عند الفجر."
)
PAGE = "https://harbourgazette.example/lock?a=b"


def words(directives: str) -> str | None:
    found = find_passage(TEXT, split_fragment(f"{PAGE}#:~:{directives}")[1])
    return TEXT[slice(*found)] if found else None


def test_the_directives_are_no_part_of_the_address():
    assert split_fragment(f"{PAGE}#:~:text=gate") == (PAGE, (TextFragment("gate"),))
    assert split_fragment(f"{PAGE}#top:~:text=a-,b%2Cc,d,-e&other=1&text=f") == (
        f"{PAGE}#top",
        (TextFragment("b,c", "d", "a", "e"), TextFragment("f")),
    )
    assert split_fragment(f"{PAGE}#text=gate") == (f"{PAGE}#text=gate", ())


@pytest.mark.parametrize("malformed", ["text=", "text=a,b,c", "text=a-,", "text=,b", "unknown=a", "text=a-,b,c,d,-e", "text=%ff"])
def test_what_is_malformed_names_nothing_that_is_there(malformed):
    assert words(malformed) is None


@pytest.mark.parametrize(
    ("directive", "expected"),
    [
        ("text=gate%20rose", "gate rose"),
        ("text=THE%20GATE%20rose", "The gate rose"),
        ("text=senora%20alvarez", "Señora Álvarez"),
        ("text=nobody,september", "Nobody will pay tolls before September"),
        ("text=down-,the%20gate,dawn", "The gate rose at dawn"),
        ("text=stairs.-,The%20gate,dawn,-again", "The gate rose at dawn"),
        ("text=the%20gate,-fell", "the gate"),
        ("text=ate", None),
        ("text=clerk,clerk,-said", "clerk wrote it down.\n“Nobody will pay tolls before September,” the clerk"),
        ("text=down.%20%22nobody", "down.\n“Nobody"),
        ("text=黎明,书记员", "黎明升起，书记员"),
        ("text=nowhere&text=stairs", "stairs"),
        ("text=%D8%A7%D9%84%D9%81%D8%AC%D8%B1", "الفجر"),
    ],
)
def test_a_passage_is_found_as_a_browser_finds_it(directive, expected):
    assert words(directive) == expected


def test_words_around_that_the_article_does_not_hold_do_not_hide_the_passage():
    assert words("text=Share%20this-,stairs,-Advertisement") == "stairs"


def test_the_second_of_two_places_is_named_with_its_surroundings():
    second = TEXT.rindex("The gate rose at dawn")
    fragment = fragment_for(TEXT, second, second + len("The gate rose at dawn"))
    assert fragment.suffix or fragment.prefix
    assert split_fragment(link_to(f"{PAGE}#:~:text=old", fragment)) == (PAGE, (fragment,))
    assert find_passage(TEXT, (fragment,)) == (second, second + len("The gate rose at dawn"))


def test_a_passage_over_several_paragraphs_is_named_by_its_ends():
    start, end = TEXT.index("clerk wrote"), TEXT.index("stairs") + len("stairs")
    fragment = fragment_for(TEXT, start, end)
    assert fragment.end and "\n" not in fragment.start + fragment.end
    assert find_passage(TEXT, (fragment,)) == (start, end)


def test_half_a_word_is_named_whole_and_marks_alone_are_not():
    start = TEXT.index("September")
    assert fragment_for(TEXT, start + 2, start + 5).start == "September"
    assert fragment_for(TEXT, TEXT.index("“"), TEXT.index("“") + 1) is None


@given(st.text(st.sampled_from("ab- ,.&é“中\n"), max_size=60), st.data())
def test_every_link_leads_to_words_that_hold_the_passage(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    fragment = fragment_for(text, start, end)
    if fragment is not None:
        _, (again,) = split_fragment(link_to(PAGE, fragment))
        assert find_passage(text, (again,)) is not None
