"""Where stories stand, what is noted beside them, and the embargo on the way out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workstation.domain.embargo import told_embargo
from workstation.domain.problem import Severity
from workstation.errors import InputError
from workstation.review.embargo import embargo
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot
from workstation.workflow.shelving import Shelving

SOON = datetime.now(UTC) + timedelta(days=2)
PAST = datetime.now(UTC) - timedelta(minutes=2)


@pytest.fixture
def number(desk: Desk) -> int:
    return desk.writing.new("River treaty")


def status(desk: Desk, number: int) -> str:
    return desk.shelving.entry(number).status


def under(desk: Desk, number: int, until: datetime) -> None:
    story = replace(desk.writing.story(number), embargo=until, time_zone="Asia/Tokyo")
    desk.writing.edit(number, story, label="Embargo", spot=Spot("headline"))  # type: ignore[arg-type]


def test_a_story_is_marked_ready_and_goes_back_to_draft(desk: Desk, number: int) -> None:
    assert desk.shelving.mark_ready(number).stories == {number}
    assert status(desk, number) == "ready"
    assert not desk.shelving.mark_ready(number)
    desk.shelving.back_to_draft(number)
    assert status(desk, number) == "draft"


def test_a_changed_exported_story_stays_exported_until_the_editor_says_otherwise(desk: Desk, number: int, tmp_path: Path) -> None:
    desk.shelving.mark_ready(number)
    desk.publishing.export(number, "page", tmp_path / "out", waive="for the test")
    desk.writing.edit(number, replace(desk.writing.story(number), region="North"), label="Region", spot=Spot("headline"))  # type: ignore[arg-type]
    desk.writing.save(number)
    assert status(desk, number) == "exported"
    desk.shelving.back_to_draft(number)
    assert status(desk, number) == "draft"
    assert desk.shelving.entry(number).exported is not None


def test_a_spiked_story_is_brought_back_before_it_gets_another_status(desk: Desk, number: int) -> None:
    desk.writing.spike(number)
    for verb in (desk.shelving.mark_ready, desk.shelving.back_to_draft):
        with pytest.raises(InputError, match="spiked"):
            verb(number)
    assert status(desk, number) == "killed"
    assert number in {entry.id for entry in desk.shelving.entries()}


def test_a_note_is_saved_found_and_undone(desk: Desk, number: int) -> None:
    desk.shelving.note(number, "Ring the clerk ")
    assert desk.store.stories.get(number).notes == "Ring the clerk"
    assert desk.shelving.found("clerk") == {number}
    desk.writing.undo(number)
    assert desk.shelving.entry(number).notes == ""


def test_the_entry_tells_what_is_on_the_screen(desk: Desk, number: int) -> None:
    under(desk, number, SOON)
    assert desk.shelving.entry(number).embargo == SOON
    assert desk.store.stories.entry(number).embargo is None


def test_an_embargo_that_holds_is_a_warning_and_stops_no_export(desk: Desk, number: int, tmp_path: Path) -> None:
    under(desk, number, SOON)
    (problem,) = [problem for problem in desk.reviewing.review(number).problems if problem.rule == "embargo"]
    assert problem.severity is Severity.WARNING
    assert str(problem.place) == "embargo"
    assert told_embargo(SOON, "Asia/Tokyo") in problem.message
    assert "(Tokyo)" in problem.message
    assert desk.shelving.embargo_told(desk.writing.story(number)) == f"Under embargo until {told_embargo(SOON, 'Asia/Tokyo')}"
    assert desk.publishing.export(number, "page", tmp_path / "out", waive="for the test").main.exists()
    under(desk, number, PAST)
    assert "embargo" not in {problem.rule for problem in desk.reviewing.review(number).problems}
    assert desk.shelving.embargo_told(desk.writing.story(number)) is None


def test_the_embargo_is_judged_by_the_moment_that_it_is_given(desk: Desk, number: int) -> None:
    under(desk, number, SOON)
    story = desk.writing.story(number)
    assert not list(embargo(story, SOON))
    assert list(embargo(story, SOON - timedelta(seconds=1)))
    late = Shelving(desk.store, desk.writing, lambda: SOON + timedelta(days=1))
    assert late.embargo_told(story) is None


@pytest.mark.parametrize(
    ("moment", "zone", "told"),
    [
        ("2026-07-03T09:00:00-04:00", "Asia/Tokyo", "3 Jul 2026, 22:00 (Tokyo)"),
        ("2026-01-03T09:05:00-05:00", "America/New_York", "3 Jan 2026, 09:05 (New York)"),
        ("2026-01-03T09:05:00-05:00", None, "3 Jan 2026, 09:05 (UTC-05:00)"),
        ("2026-01-03T09:05:00+00:00", "Mars/Olympus", "3 Jan 2026, 09:05 (UTC)"),
    ],
)
def test_the_embargo_names_the_city_whose_time_it_is(moment: str, zone: str | None, told: str) -> None:
    assert told_embargo(datetime.fromisoformat(moment), zone) == told
