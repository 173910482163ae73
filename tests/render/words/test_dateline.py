"""Datelines: patterns, zones, languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.publication import Labels, Publication
from workstation.domain.story import Story
from workstation.errors import InputError
from workstation.render.words.dateline import dateline, format_time, machine_time, time_zone

MOMENT = datetime.fromisoformat("2024-01-18T17:19:05+00:00")


def shown(pattern: str, zone: str = "America/New_York", language: str = "en", moment: datetime = MOMENT) -> str:
    return format_time(moment.astimezone(time_zone(zone)), pattern, language)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("MMM d, y, h:mma z", "Jan 18, 2024, 12:19pm EST"),
        ("EEEE, dd MMMM yyyy 'at' HH:mm:ss", "Thursday, 18 January 2024 at 12:19:05"),
        ("E yy-MM-d H'h'mm", "Thu 24-01-18 12h19"),
        ("h 'o''clock' a", "12 o'clock pm"),
        ("hh:m:s zzzz", "12:19:5 EST"),
        ("y年M月d日 HH:mm", "2024年1月18日 12:19"),
    ],
)
def test_a_pattern_prints_as_cldr_says(pattern: str, expected: str) -> None:
    assert shown(pattern) == expected


@pytest.mark.parametrize(
    ("zone", "moment", "expected"),
    [
        ("America/New_York", "2024-07-01T12:00:00+00:00", "EDT"),
        ("Europe/London", "2024-07-01T12:00:00+00:00", "BST"),
        ("Asia/Riyadh", "2024-07-01T12:00:00+00:00", "GMT+3"),
        ("Asia/Kathmandu", "2024-07-01T12:00:00+00:00", "GMT+5:45"),
        ("America/Sao_Paulo", "2024-07-01T12:00:00+00:00", "GMT-3"),
        ("UTC", "2024-07-01T12:00:00+00:00", "UTC"),
        ("Africa/Abidjan", "2024-07-01T12:00:00+00:00", "GMT"),
    ],
)
def test_a_zone_prints_as_people_know_it(zone: str, moment: str, expected: str) -> None:
    assert shown("z", zone, moment=datetime.fromisoformat(moment)) == expected


def test_months_and_days_are_in_the_publications_language() -> None:
    assert shown("EEEE d. MMMM", "Europe/Berlin", "de") == "Donnerstag 18. Januar"
    assert shown("d MMMM", "Asia/Riyadh", "ar") == "18 يناير"
    assert shown("MMMM", language="xx-unknown") == "January"


def test_the_hour_that_comes_twice_in_autumn_keeps_its_zone() -> None:
    first = datetime.fromisoformat("2024-11-03T05:30:00+00:00")
    assert [shown("h:mma z", moment=first + timedelta(hours=h)) for h in (0, 1)] == ["1:30am EDT", "1:30am EST"]


@pytest.mark.parametrize("pattern", ["Q", "MMMMM", "y-MM-dd'T", "w", "yyy"])
def test_a_pattern_that_is_not_known_is_refused(pattern: str) -> None:
    with pytest.raises(InputError, match="date pattern"):
        shown(pattern)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "EST5EDT4,M3", "Europe"])
def test_a_zone_that_does_not_exist_is_refused(zone: str) -> None:
    with pytest.raises(InputError, match="America/New_York"):
        time_zone(zone)


HOUSE = Publication(name="The Lantern", time_zone="Asia/Riyadh", dateline_format="HH:mm z")


def test_an_updated_story_says_so_and_a_new_one_gives_its_time_alone() -> None:
    new = Story(slug="a", headline="b", first_published=MOMENT)
    fresh = dateline(new, HOUSE)
    later = dateline(replace(new, updated=MOMENT + timedelta(hours=1)), HOUSE)
    assert fresh and later
    assert (fresh.text, fresh.machine) == ("20:19 GMT+3", "2024-01-18T20:19:05+03:00")
    assert (later.text, later.machine) == ("Updated 21:19 GMT+3", "2024-01-18T21:19:05+03:00")
    assert dateline(Story(slug="a", headline="b"), HOUSE) is None


def test_the_storys_time_zone_wins_over_the_publications() -> None:
    line = dateline(Story(slug="a", headline="b", first_published=MOMENT, time_zone="America/New_York"), HOUSE)
    assert line and line.text == "12:19 EST"


def test_words_after_the_time_stay_after_it() -> None:
    house = replace(HOUSE, labels=Labels(updated="{time} 更新"))
    line = dateline(Story(slug="a", headline="b", updated=MOMENT), house)
    assert line and line.text == "20:19 GMT+3 更新"


@given(st.datetimes(timezones=st.timezones(), min_value=datetime(1850, 1, 1), max_value=datetime(2100, 1, 1)))
def test_a_machine_time_is_the_same_moment_with_an_offset_in_whole_minutes(moment: datetime) -> None:
    read = datetime.fromisoformat(machine_time(moment))
    offset = read.utcoffset()
    assert offset is not None and offset.total_seconds() % 60 == 0
    assert read.astimezone(UTC) == moment.astimezone(UTC).replace(microsecond=0)
