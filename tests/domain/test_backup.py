"""Which backups are kept: by their order, whatever the clock said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.backup import NEWEST_KEPT, Backup, BackupReason, newest_good, superfluous

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
MB = 1024**2


def backup(number: int, made: datetime, reason: BackupReason = BackupReason.WORK, *, size: int = MB, problem: str = "") -> Backup:
    return Backup(number=number, made=made, reason=reason, path=Path(f"{number}.db"), size=size, problem=problem)


def half_hours(many: int, start: datetime = START, first: int = 1) -> list[Backup]:
    return [backup(first + at, start + timedelta(minutes=30 * at)) for at in range(many)]


def kept(backups: list[Backup], **options: int) -> list[int]:
    gone = {one.number for one in superfluous(backups, **options)}
    return [one.number for one in backups if one.number not in gone]


def months(many: int) -> list[Backup]:
    """A backup each half hour of eight hours a day, as the folder would hold them when it is thinned after each."""
    held: list[Backup] = []
    number = 0
    for day in range(many * 30):
        for half in range(16):
            number += 1
            held.append(backup(number, START + timedelta(days=day, minutes=30 * half)))
            gone = {one.number for one in superfluous(held)}
            held = [one for one in held if one.number not in gone]
    return held


def test_after_half_a_year_there_are_hours_then_days_then_weeks() -> None:
    held = months(6)
    assert 40 <= len(held) <= 70
    days = sorted({one.made.date() for one in held}, reverse=True)
    assert days[:14] == [days[0] - timedelta(days=at) for at in range(14)]
    gaps = {(earlier - later).days for earlier, later in pairwise(days[15:])}
    assert gaps == {7}
    assert (days[0] - days[-1]).days > 150


def test_the_newest_stay_however_large_they_are() -> None:
    held = [backup(number, START + timedelta(minutes=number), size=10**12) for number in range(1, 30)]
    assert kept(held, room=1) == list(range(25, 30))


@pytest.mark.parametrize("jump", [timedelta(days=-3), timedelta(hours=-1), timedelta(days=3653), timedelta(days=-20515)])
def test_a_clock_that_jumps_takes_no_day_away_and_no_newest(jump: timedelta) -> None:
    before = half_hours(16)
    wrong = half_hours(4, START + timedelta(hours=8) + jump, first=17)
    after = half_hours(4, START + timedelta(hours=10), first=21)
    for held in (before + wrong, before + wrong + after):
        left = kept(held)
        assert left[-NEWEST_KEPT:] == [one.number for one in held[-NEWEST_KEPT:]]
        for day in {one.made.date() for one in held}:
            assert any(one.made.date() == day for one in held if one.number in left)
        assert len([number for number in left if number <= 16]) >= 8


def test_the_wall_clock_of_now_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Backups of ten years ago are thinned as those of today: nothing grows old by itself."""
    assert kept(half_hours(16)) == kept(half_hours(16, START - timedelta(days=3653)))


def test_what_was_taken_before_an_update_or_a_restore_stays() -> None:
    held = half_hours(400)
    held[3] = backup(4, held[3].made, BackupReason.UPDATE)
    held[5] = backup(6, held[5].made, BackupReason.UPDATE)
    held[7] = backup(8, held[7].made, BackupReason.RESTORE)
    left = kept(held, room=1)
    assert {6, 8} <= set(left)
    assert 4 not in left


def test_a_bad_backup_pushes_no_good_one_out() -> None:
    held = half_hours(400) + [backup(401 + at, START + timedelta(days=30), problem="ruined") for at in range(5)]
    assert kept(held, room=1) == [*range(1, 401), 404, 405]
    newest = newest_good(held)
    assert newest is not None
    assert newest.number == 400


def test_without_a_backup_there_is_nothing_to_do() -> None:
    assert superfluous([]) == []
    assert newest_good([]) is None


TIMES = st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2037, 1, 1)).map(lambda made: made.replace(tzinfo=UTC))
HELD = st.lists(st.tuples(TIMES, st.sampled_from(BackupReason), st.integers(1, 10**10), st.booleans()), max_size=60)


@given(HELD, st.integers(0, 10**11))
def test_whatever_the_clock_said_the_last_good_ones_are_kept(rows: list, room: int) -> None:
    held = [
        backup(at, made, reason, size=size, problem="" if good else "ruined")
        for at, (made, reason, size, good) in enumerate(rows, 1)
    ]
    gone = {one.number for one in superfluous(held, room=room)}
    good = [one for one in held if one.is_good]
    assert not gone & {one.number for one in good[-NEWEST_KEPT:]}
    assert not gone & {one.number for one in good if one.reason is BackupReason.RESTORE}
    updates = [one.number for one in held if one.reason is BackupReason.UPDATE]
    assert not gone & set(updates[-1:])
    if held and not held[-1].is_good:
        assert not gone & {one.number for one in good}
    left = [one for one in held if one.number not in gone]
    assert not {one.number for one in superfluous(left, room=room)} & {one.number for one in good[-NEWEST_KEPT:]}
