from datetime import UTC, datetime

import pytest

from workstation.ingest.dates import iso_date, written_date

CAPTURED = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "2 March 2026", "March 2nd, 2026", "Published: 2 March 2026, 10:00", "2. März 2026", "2 de março de 2026",
        "2 marzo 2026", "le 2 mars 2026", "2 марта 2026 г.", "2 березня 2026", "2. března 2026",
        "2 Mart 2026", "2 Μαρτίου 2026", "2026. március 2.",
        "2026 m. kovo 2 d.", "2026年3月2日", "令和8年3月2日", "民國115年3月2日", "2026년 3월 2일", "2026. 3. 2.", "2 มีนาคม 2569",
        "٢ مارس ٢٠٢٦", "2 آذار 2026", "۱۱ اسفند ۱۴۰۴", "1404/12/11", "ב-2 במרץ 2026", "२ मार्च २०२६", "2.3.2026", "2026-03-02",
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_words_figures_and_calendar_of_its_language(line):
    assert iso_date(line, captured=CAPTURED) == "2026-03-02"


@pytest.mark.parametrize(
    "line", ["03/02/2026", "2 Xyz 2026", "31 February 2026", "1404/13/01", "12 April 2031", "Room 2026", "二月", ""]
)
def test_what_could_be_two_days_or_none_is_no_date(line):
    assert written_date(line, captured=CAPTURED) is None


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("1772442000", "2026-03-02T09:00:00+00:00"),
        ("2026-03-02 10:00:00+01", "2026-03-02T10:00:00+01:00"),
        ("2026-03-02T09:10:00.000+0100", "2026-03-02T09:10:00+01:00"),
    ],
)
def test_a_time_as_machines_write_it_keeps_its_zone(value, iso):
    assert iso_date(value, captured=CAPTURED) == iso


def test_persian_leap_days_and_new_years_are_converted():
    captured = datetime(2030, 1, 1, tzinfo=UTC)
    days = {
        "30 اسفند 1403": "2025-03-20",
        "1 فروردین 1404": "2025-03-21",
        "29 اسفند 1404": "2026-03-20",
        "1 مهر 1400": "2021-09-23",
    }
    assert {line: written_date(line, captured=captured) for line in days} == days
