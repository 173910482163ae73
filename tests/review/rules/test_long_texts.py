"""What no editor writes, and a page that is captured may well hold: it takes no time and breaks nothing."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from workstation.domain.story import LeadImage, Source
from workstation.review.background import Background
from workstation.review.checking import check
from workstation.review.sentences import sentences_in

PATIENCE = 10.0
"""Seconds that a text of 60,000 characters may take on a busy machine; what is meant here took minutes."""
LONG = 60_000

MONOTONOUS = [
    "“", "»", "`", '“a\' "b” ‘c» ', "25 men ", "12% ", "5 m ", "Anna ", "Anna's ", "…", "[a] ", "a ", "the the ",
    "https://a.example/x?utm_source=1 ", "a@", "\u0301", "\u202ea\u202c ", "\u200b", "a", "a\n", "a — ", "on Monday, ",
    "「中", "J. ",
]  # fmt: skip


@pytest.mark.parametrize("unit", MONOTONOUS)
def test_a_long_monotonous_source_is_judged_at_once(item, card, story, unit: str) -> None:
    source = item("i1", unit * (LONG // len(unit)))
    body = "<p>Harbour Post says Anna Bergs paid $6 million on Monday for 14% of 25 men: “we will not … sign a the [x] b”.</p>"
    began = time.perf_counter()

    check(story(card(body, source)), {"i1": source})

    assert time.perf_counter() - began < PATIENCE


@pytest.mark.parametrize("unit", MONOTONOUS)
def test_a_long_monotonous_story_is_judged_at_once(item, card, story, unit: str) -> None:
    text = unit * (LONG // 4 // len(unit))
    source = item("i1", "Anna Bergs said: “We will not sign.” 14 people died on Monday.")
    hostile = story(
        card(f"<p>{text}</p>", source, headline=text),
        headline=text,
        lead_image=LeadImage(file="a", alt=text, caption=text, credit=text),
    )
    began = time.perf_counter()

    check(hostile, {"i1": source})

    assert time.perf_counter() - began < PATIENCE


def test_sentences_of_a_line_full_of_marks_lie_one_behind_the_other() -> None:
    text = "“We go” and ‘stay’, he said. " * 400
    sentences = sentences_in(text)

    assert [sentence.printed(text) for sentence in sentences] == ["“We go” and ‘stay’, he said."] * 400


@pytest.mark.parametrize(
    "value", ["", "\x00", "(.*[", "\\1 \\g<0>", "[", "+?*", "(?P<", "{found}{0}%s", "…", '"', "İ", "ß" * 500]
)
@pytest.mark.parametrize("kind", ["outlet", "person", "institute", "social"])
def test_names_and_addresses_are_no_patterns(item, card, story, value: str, kind: str) -> None:
    source = item("i1", f"A report. {value} said so.", value)
    signal = card(f"<p>{value} says “so”.</p>" if "<" not in value else "<p>It says so.</p>", source, headline=value)
    sources = tuple(Source(name=value, kind=kind, of=of, url=url, item="i1") for of in (None, value) for url in (None, value))

    check(story(replace(signal, sources=sources), slug=value, region=value, insights=value), {"i1": source})


@pytest.mark.parametrize("language", [None, "", "zz", "en-US-x-private", "x" * 3000, "-", "_", "tr", "\x00", "i-klingon", "İ"])
def test_any_language_is_one(item, card, story, language: str | None) -> None:
    source = replace(item("i1", "“We will not sign”, said Anna Bergs. 14 died."), language=language)

    check(story(card("<p>On Monday 15 died: “we will sign”.</p>", source), language=language), {"i1": source})


@pytest.mark.parametrize("zone", ["Asia/Karachi", "America/New_York", "Nowhere/None", "../etc/passwd", "", None])
@pytest.mark.parametrize("year", [1, 9999])
def test_the_first_and_the_last_year_are_years(item, card, story, zone: str | None, year: int) -> None:
    west, east = timezone(timedelta(hours=-12)), timezone(timedelta(hours=14))
    moment = datetime(1, 1, 1, tzinfo=east) if year == 1 else datetime(9999, 12, 31, 23, tzinfo=west)
    source = replace(item("i1", "It was on Monday."), published=f"{year:04}-01-01T00:00:00Z")
    background = Background(today=datetime(year, 1, 1, tzinfo=UTC).date())
    dated = story(card("<p>It was on Monday, and yesterday.</p>", source), first_published=moment, updated=moment, time_zone=zone)

    check(dated, {"i1": source}, background)
