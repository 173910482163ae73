"""The fields around a story, in the window: each reaches the draft, moments stay the moments that they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from workstation.domain.story import Story


@pytest.fixture
def details(room):
    def open_details(**fields):
        room.open(Story(slug="story", headline="Headline", **fields))
        room.pane._overline.setChecked(True)
        return room.pane._details

    return open_details


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("verticals", "security, climate ,", ("security", "climate")),
        ("region", "Upper Basin", "Upper Basin"),
        ("bylines", "A. Weir, B. Lock", ("A. Weir", "B. Lock")),
        ("contributors", "C. Ford", ("C. Ford",)),
        ("sponsor", "The River Fund", "The River Fund"),
    ],
)
def test_a_field_reaches_the_draft_and_is_undone_and_redone_from_itself(room, details, field, typed, value):
    line = details().field(field)
    before = getattr(room.story, field)
    room.focus(line)
    room.type(typed)
    assert getattr(room.story, field) == value
    assert line.text() == typed
    room.undo()
    assert getattr(room.story, field) == before
    assert line.text() == ""
    assert line.hasFocus()
    room.redo()
    assert getattr(room.story, field) == value


def test_undo_opens_the_details_again_to_show_what_it_took_back(room, details):
    line = details().field("region")
    room.focus(line)
    room.type("North")
    room.pane._overline.setChecked(False)
    room.focus(room.pane._headline)
    room.undo()
    assert line.isVisible()
    assert line.hasFocus()


def test_the_overline_says_verticals_and_region(room, details):
    details(verticals=("security",), region="North")
    assert room.pane._overline.text() == "SECURITY  ·  NORTH  ·  SIGNALS"


def test_a_moment_is_shown_in_the_story_s_zone_and_looking_at_it_changes_nothing(room, details):
    given = moment("2026-03-02T12:19:00+00:00")
    shown = details(updated=given, time_zone="America/New_York")._updated
    assert shown._when.dateTime().toString("yyyy-MM-dd HH:mm") == "2026-03-02 07:19"
    room.pane._refresh()
    assert room.story.updated == given
    assert room.story.updated.isoformat() == "2026-03-02T12:19:00+00:00"


def test_another_zone_shows_the_same_instant(room, details):
    given = moment("2026-07-02T12:19:00-04:00")
    form = details(updated=given, time_zone="America/New_York")
    room.focus(form._zone)
    form._zone_line.selectAll()
    room.type("Asia/Tokyo")
    room.press(Qt.Key.Key_Return)
    assert room.story.time_zone == "Asia/Tokyo"
    assert room.story.updated.isoformat() == "2026-07-02T12:19:00-04:00"
    assert form._updated._when.dateTime().toString("yyyy-MM-dd HH:mm") == "2026-07-03 01:19"
    room.undo()
    assert room.story.time_zone == "America/New_York"
    assert form._zone.currentText() == "America/New_York"
    assert form._updated._when.dateTime().toString("yyyy-MM-dd HH:mm") == "2026-07-02 12:19"


def test_an_unknown_zone_is_not_taken(room, details):
    form = details(time_zone="America/New_York")
    room.focus(form._zone)
    form._zone_line.selectAll()
    room.type("Mars/Olympus")
    room.press(Qt.Key.Key_Return)
    assert room.story.time_zone == form._zone.currentText() == "America/New_York"
    assert room.said[-1] == (
        "No time zone is called “Mars/Olympus”: the story keeps its own. Choose one of the list, such as Europe/Paris.",
        "warn",
    )


def test_a_time_zone_is_in_the_draft_as_soon_as_its_name_is_whole(room, details):
    form = details(time_zone="America/New_York")
    room.focus(form._zone)
    form._zone_line.selectAll()
    room.type("Asia/Toky")
    assert room.story.time_zone == "America/New_York"
    room.type("o")
    assert room.story.time_zone == "Asia/Tokyo"


def test_a_changed_moment_bears_the_offset_of_its_zone_on_that_day(room, details):
    form = details(updated=moment("2026-03-02T12:19:00-05:00"), time_zone="America/New_York")
    form._updated._when.setDateTime(QDateTime.fromString("2026-07-02T08:05:00Z", Qt.DateFormat.ISODate))
    assert room.story.updated.isoformat() == "2026-07-02T08:05:00-04:00"


def test_a_moment_is_changed_with_the_keys_and_undone(room, details):
    form = details(updated=moment("2026-03-02T12:19:00-05:00"), time_zone="America/New_York")
    when = form._updated._when
    room.focus(when)
    when.setSelectedSection(when.Section.MinuteSection)
    room.press(Qt.Key.Key_Up)
    assert room.story.updated.isoformat() == "2026-03-02T12:20:00-05:00"
    room.undo()
    assert room.story.updated.isoformat() == "2026-03-02T12:19:00-05:00"
    assert when.dateTime().time().minute() == 19


@pytest.mark.parametrize("offset", ["-04:00", "-05:00"])
def test_the_repeated_hour_in_autumn_keeps_its_side(room, details, offset):
    given = moment(f"2026-11-01T01:30:00{offset}")
    form = details(updated=given, time_zone="America/New_York")
    room.focus(form._region)
    room.type("North")
    assert room.story.updated.isoformat() == f"2026-11-01T01:30:00{offset}"
    when = form._updated._when
    room.focus(when)
    when.setSelectedSection(when.Section.MinuteSection)
    room.press(Qt.Key.Key_Up)
    assert room.story.updated.isoformat() == f"2026-11-01T01:31:00{offset}"


def test_a_moment_can_be_left_out_and_given_again(room, details):
    given = moment("2026-03-02T12:19:00-05:00")
    form = details(updated=given, time_zone="America/New_York")
    QTest.mouseClick(form._updated._given, Qt.MouseButton.LeftButton)
    assert room.story.updated is None
    assert not form._updated._when.isEnabled()
    room.focus(form._region)
    room.undo()
    assert room.story.updated == given
    assert form._updated._given.isChecked()


def test_a_moment_that_was_missing_begins_as_now_and_can_be_turned(room, details):
    form = details(time_zone="Asia/Tokyo")
    form._updated._when.blockSignals(True)
    form._updated._when.setDateTime(QDateTime.fromString("2001-01-01T00:00:00Z", Qt.DateFormat.ISODate))
    form._updated._when.blockSignals(False)
    QTest.mouseClick(form._updated._given, Qt.MouseButton.LeftButton)
    told = room.story.updated
    assert abs((datetime.now(told.tzinfo) - told).total_seconds()) < 120
    assert form._updated._when.isEnabled()
    assert form._updated._when.dateTime().toString("yyyy-MM-dd HH:mm") == f"{told:%Y-%m-%d %H:%M}"


def test_now_is_a_whole_minute_in_the_story_s_zone(room, details):
    form = details(time_zone="Asia/Tokyo")
    QTest.mouseClick(form._first._now, Qt.MouseButton.LeftButton)
    told = room.story.first_published
    assert told.isoformat().endswith(":00+09:00")
    assert abs((datetime.now(told.tzinfo) - told).total_seconds()) < 120


def test_the_slug_follows_the_headline_until_the_editor_words_it(room, details):
    details()
    room.focus(room.pane._headline)
    room.pane._headline.selectAll()
    room.type("River talks")
    assert room.story.slug == "story"  # the editor chose it
    other = room.desk.writing.new()
    room.session.show_story(other)
    room.focus(room.pane._headline)
    room.type("River talks")
    assert room.desk.writing.story(other).slug == "river-talks"
    assert room.pane._details._slug.text() == "river-talks"


def test_a_typed_slug_is_taken_up_with_enter_made_plain_and_undone(room, details):
    line = details()._slug
    room.focus(line)
    line.selectAll()
    room.type("The River Talks!")
    room.press(Qt.Key.Key_Return)
    assert room.story.slug == "the-river-talks"
    assert line.text() == "the-river-talks"
    room.undo()
    assert room.story.slug == "story"
    assert line.text() == "story"


def test_a_slug_that_is_taken_is_refused_and_the_field_says_the_old_one_again(room, details):
    room.desk.store.stories.add(Story(slug="taken", headline=""))
    line = details()._slug
    room.focus(line)
    line.selectAll()
    room.type("taken")
    room.press(Qt.Key.Key_Return)
    assert room.story.slug == "story"
    assert line.text() == "story"
    assert room.said[-1][1] == "bad"


def test_a_slug_is_in_the_draft_with_each_key_and_one_undo_takes_it_back(room, details):
    line = details()._slug
    room.focus(line)
    line.selectAll()
    room.type("River ")
    assert (room.story.slug, line.text()) == ("river", "River ")
    room.type("ta")
    assert (room.story.slug, line.text()) == ("river-ta", "River ta")
    room.undo()
    assert (room.story.slug, line.text()) == ("story", "story")


def test_a_slug_that_was_emptied_stays_what_it_was(room, details):
    line = details()._slug
    room.focus(line)
    line.selectAll()
    room.type("r")
    room.press(Qt.Key.Key_Backspace)
    room.press(Qt.Key.Key_Return)
    assert (room.story.slug, line.text()) == ("story", "story")


def test_the_slug_of_an_exported_story_is_fixed(room, details):
    line = details()._slug
    room.desk.writing.fix_slug(room.number, room.story.slug)
    room.pane._refresh()
    assert line.isReadOnly()


def test_details_of_another_story_take_the_place_of_all_fields(room, details):
    form = details(region="North", bylines=("A. Weir",), time_zone="Asia/Tokyo", updated=moment("2026-03-02T12:19:00+09:00"))
    other = room.desk.store.stories.add(replace(Story(slug="other", headline="Other"), verticals=("trade",)))
    room.session.show_story(other)
    assert (form._region.text(), form._bylines.text(), form._verticals.text()) == ("", "", "trade")
    assert (form._zone.currentText(), form._updated._given.isChecked()) == ("", False)


def test_a_slug_typed_in_one_story_goes_to_it_when_another_story_is_opened(room, details):
    field = details().field("slug")
    room.focus(field)
    field.selectAll()
    room.type("low-water")
    first = room.number
    room.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    second = room.session.story
    assert second != first
    room.focus(room.pane._headline)
    writing = room.desk.writing
    assert (writing.story(first).slug, writing.story(second).slug) == ("low-water", "untitled")
    assert field.text() == "untitled"


def test_own_insights_words_stay_with_their_story(room, details):
    details(insights="Insights of the first story")
    first, own = room.number, room.pane._insights._own
    room.focus(own)
    room.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    second = room.session.story
    assert second != first
    assert room.pane._insights._stack.currentWidget() is not own
    if (focus := QApplication.focusWidget()) is not None:
        QTest.keyClicks(focus, "x")
    assert room.desk.writing.story(second).insights == "auto"
    assert room.desk.writing.story(first).insights == "Insights of the first story"
    room.session.show_story(first)
    assert own.text() == "Insights of the first story"
    assert room.pane._insights._stack.currentWidget() is own


# --- embargo, language, notes --------------------------------------------------------------------------------------


def test_an_embargo_is_given_in_the_story_s_zone_and_undone(room, details):
    form = details(time_zone="Asia/Tokyo")
    QTest.mouseClick(form._embargo._given, Qt.MouseButton.LeftButton)
    assert room.story.embargo is not None
    form._embargo._when.setDateTime(QDateTime.fromString("2026-07-02T08:05:00Z", Qt.DateFormat.ISODate))
    assert room.story.embargo.isoformat() == "2026-07-02T08:05:00+09:00"
    assert form._embargo._now.isHidden()
    room.focus(form._region)
    room.undo()
    assert room.story.embargo is None
    assert not form._embargo._given.isChecked()


def test_a_language_is_chosen_by_its_name_and_undone(room, details):
    form = details()
    field = form._language
    assert field.currentText() == "The publication’s"
    index = field.findData("pt-BR")
    assert field.itemText(index) == "Portuguese (Brazil) (pt-BR)"
    field.setCurrentIndex(index)
    field.activated.emit(index)
    assert room.story.language == "pt-BR"
    room.focus(form._region)
    room.undo()
    assert room.story.language is None
    assert field.currentData() == ""


def test_a_language_that_is_not_among_the_usual_ones_is_kept_and_offered(room, details):
    form = details(language="cy")
    assert form._language.currentText() == "Welsh (cy)"
    other = room.desk.store.stories.add(Story(slug="other", headline="Other", language="tlh-x-odd"))
    room.session.show_story(other)
    assert form._language.currentData() == "tlh-x-odd"
    assert room.desk.writing.story(other).language == "tlh-x-odd"


def test_notes_are_typed_over_several_lines_undone_and_never_exported(room, details):
    form = details(notes="Ring the clerk")
    notes = form._notes
    assert notes.toPlainText() == "Ring the clerk"
    room.focus(notes)
    room.press(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    room.press(Qt.Key.Key_Return)
    room.type("Rights until May")
    assert room.story.notes == "Ring the clerk\nRights until May"
    assert notes.toPlainText() == "Ring the clerk\nRights until May"
    for profile in room.desk.publishing.profiles():
        files = room.desk.publishing.rendering(room.number, profile.name).files
        assert profile.literal or b"Ring the clerk" not in b"".join(files.values())  # a bundle holds the document as it is
    room.undo()
    assert room.story.notes == notes.toPlainText() == "Ring the clerk"
    assert notes.hasFocus()
