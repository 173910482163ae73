"""Numbers are read however they are written."""

from __future__ import annotations

import pytest

from workstation.review.figures.numbers import Amount, amounts_in, are_near, are_slips


def only(text: str, language: str = "en") -> Amount:
    (amount,) = amounts_in(text, language)
    return amount


@pytest.mark.parametrize(
    ("language", "text", "value", "nouns", "unit"),
    [
        ("en", "By Friday 212 ships were waiting", 212, ("ship",), ""),
        ("en", "two hundred and twelve men", 212, ("men",), ""),
        ("en", "Twenty-one dogs", 21, ("dog",), ""),
        ("en", "3.5 million people", 3_500_000, ("people",), ""),
        ("en", "a bill of $4.2 billion", 4_200_000_000, (), "money"),
        ("en", "a bill of $3m", 3_000_000, (), "money"),
        ("en", "two million dollars", 2_000_000, (), "money"),
        ("en", "1,204,500 crates", 1_204_500, ("crate",), ""),
        ("en", "34% of it", 34, (), "percent"),
        ("en", "34 per cent", 34, (), "percent"),
        ("en", "thirty-four percent", 34, (), "percent"),
        ("en", "a dozen eggs", 12, ("egg",), ""),
        ("en", "three dozen eggs", 36, ("egg",), ""),
        ("en", "nine extra days", 9, ("day",), ""),
        ("en", "9 more days", 9, ("day",), ""),
        ("en", "a 47-year-old man", 47, ("year", "old", "man"), ""),
        ("en", "3.2 kilometres long", 3.2, (), "kilometer"),
        ("en", "100 000 men", 100_000, ("men",), ""),
        ("en", "٢١٢ ships", 212, ("ship",), ""),
        ("en", "२१२ ships", 212, ("ship",), ""),
        ("en", "1’204’000 crates", 1_204_000, ("crate",), ""),
        ("de", "Zweihundertzwölf Menschen", 212, ("menschen",), ""),
        ("de", "einundzwanzig Schiffe", 21, ("schiffe",), ""),
        ("de", "3,5 Millionen Kisten", 3_500_000, ("kisten",), ""),
        ("de", "3 Mrd. Euro", 3_000_000_000, (), "money"),
        ("de", "34 Prozent", 34, (), "percent"),
        ("fr", "quatre-vingt-dix-sept navires", 97, ("navire",), ""),
        ("fr", "vingt et un hommes", 21, ("homme",), ""),
        ("fr", "deux cent douze chats", 212, ("chat",), ""),
        ("fr", "34 pour cent", 34, (), "percent"),
        ("es", "treinta y uno barcos", 31, ("barco",), ""),
        ("es", "doscientos doce hombres", 212, ("hombre",), ""),
        ("es", "34 por ciento", 34, (), "percent"),
    ],
)
def test_a_number_is_read_with_what_it_counts(language: str, text: str, value: float, nouns: tuple[str, ...], unit: str) -> None:
    amount = only(text, language)
    assert value in amount.values
    assert (amount.nouns, amount.unit) == (nouns, unit)


@pytest.mark.parametrize(
    "text",
    [
        "on 18 January 2024", "on January 18", "in 2019", "at 4:05", "won 3-1", "the 3rd man", "Boeing", "one man",
        "Article 5 of it",         "the F-16 fleet", "on 9/11", "the third ship", "page", "a Boeing 737 landed", "in May 2025",
    ],
)  # fmt: skip
def test_dates_years_times_scores_and_names_are_no_numbers(text: str) -> None:
    assert [amount for amount in amounts_in(text) if amount.counts] == []


def test_two_numbers_in_a_row_stay_two() -> None:
    assert [amount.values for amount in amounts_in("two and three, four or five, in 2019 61 letters")] == [
        (2,),
        (3,),
        (4,),
        (5,),
        (61,),
    ]


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("212 ships", "212 ships", True),
        ("about 200 ships", "212 ships", True),
        ("nearly 200 ships", "197 ships", True),
        ("more than 200 ships", "212 ships", True),
        ("200 ships", "212 ships", True),
        ("3.5 million ships", "3,512,000 ships", True),
        ("twelve ships", "12 ships", True),
        ("212 ships", "221 ships", False),
        ("212 ships", "213 ships", False),
        ("about 100 ships", "212 ships", False),
        ("3.5 million ships", "3.6 million ships", False),
        ("34 percent", "43 percent", False),
    ],
)
def test_two_numbers_are_one_when_they_are_equal_or_rounded(one: str, other: str, like: bool) -> None:
    assert only(one).is_like(only(other)) is like


def test_only_the_story_may_be_the_rounder_one() -> None:
    assert only("70 ships").tells(only("71 ships"))
    assert not only("71 ships").tells(only("70 ships"))
    assert only("71 ships").tells(only("about 70 ships"))


@pytest.mark.parametrize(
    ("one", "other", "slips", "near"),
    [
        ("212 a", "221 a", True, True),
        ("34 a", "43 a", True, False),
        ("212 a", "215 a", True, True),
        ("12 a", "90 a", False, False),
    ],
)
def test_a_slip_is_a_turned_or_a_changed_digit(one: str, other: str, slips: bool, near: bool) -> None:
    assert (are_slips(only(one), only(other)), are_near(only(one), only(other))) == (slips, near)
