"""The story editor in the window: every change reaches the draft and can be undone from where the hands are."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from workstation.domain.body import body_from_text, write_html
from workstation.domain.problem import Place
from workstation.domain.story import LeadImage, SignalCard, Source, Story
from workstation.ui.mime import ITEM_TYPE
from workstation.ui.story.pane import StoryPane
from workstation.workflow.writing import Writing

CONTROL, SHIFT, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


def three() -> Story:
    cards = tuple(SignalCard(headline=name, body=body_from_text(f"{name} body")) for name in ("One", "Two", "Three"))
    return Story(slug="story", headline="Headline", news=body_from_text("The news"), signals=cards)


def headlines(room) -> list[str]:
    return [card.headline for card in room.story.signals]


def frames(room):
    return room.pane._cards.frames()


def drop(widget, data: QMimeData, at: QPointF) -> QDropEvent:
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    enter = QDragEnterEvent(at.toPoint(), actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    widget.dragEnterEvent(enter)
    assert enter.isAccepted()
    event = QDropEvent(at, actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    widget.dropEvent(event)
    return event


def carried(kind: str, value: str) -> QMimeData:
    data = QMimeData()
    data.setData(kind, value.encode())
    return data


# --- typing and undo -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "read"),
    [
        (lambda room: room.pane._headline, lambda story: story.headline),
        (lambda room: room.pane._news, lambda story: story.news.text),
        (lambda room: frames(room)[1].headline, lambda story: story.signals[1].headline),
        (lambda room: frames(room)[1].body, lambda story: story.signals[1].body.text),
    ],
    ids=["headline", "news", "card headline", "card body"],
)
def test_typing_reaches_the_draft_and_is_undone_and_redone_by_words_with_the_caret_at_the_change(room, field, read):
    room.open(three())
    edit = field(room)
    room.focus(edit)
    edit.place_caret(3)
    before = read(room.story)
    room.type("xy zz")
    assert read(room.story) == before[:3] + "xy zz" + before[3:]
    room.undo()
    assert read(room.story) == before[:3] + "xy" + before[3:]
    assert edit.toPlainText() == read(room.story)
    assert edit.caret() == 5
    room.undo()
    assert read(room.story) == before
    assert edit.caret() == 3
    assert edit.hasFocus()
    room.redo()
    room.redo()
    assert read(room.story) == before[:3] + "xy zz" + before[3:]
    assert edit.caret() == 8


def test_control_y_redoes_too(room):
    room.open(three())
    room.focus(room.pane._headline)
    room.type("A")
    room.undo()
    room.press(Qt.Key.Key_Y, CONTROL)
    assert "A" in room.story.headline


def test_undo_of_repeated_letters_puts_the_caret_where_they_stood(room):
    room.open(replace(three(), headline="ha ha ha"))
    edit = room.pane._headline
    room.focus(edit)
    edit.place_caret(2)
    room.type(" ha")
    assert edit.caret() == 5
    room.undo()
    assert (room.story.headline, edit.caret()) == ("ha ha ha", 2)


def test_a_deleted_selection_comes_back_with_its_marks(room):
    story = three()
    story = replace(story, news=room.body("<p>some <strong>strong</strong> words</p>"))
    room.open(story)
    room.focus(room.pane._news)
    room.pane._news.selectAll()
    room.press(Qt.Key.Key_Delete)
    assert not room.story.news
    room.undo()
    assert room.story.news == story.news
    assert room.pane._news.body() == story.news


def test_undo_survives_turning_to_another_story_and_back(room):
    room.open(three())
    room.focus(room.pane._headline)
    room.type("New ")
    other = room.desk.writing.new("Other")
    room.session.show_story(other)
    assert room.pane.labels() == (None, None)
    room.session.show_story(room.number)
    room.focus(room.pane._headline)
    room.undo()
    assert room.story.headline == "Headline"
    assert room.pane._headline.toPlainText() == "Headline"


def test_undo_in_one_field_leads_to_the_other_field_where_the_last_step_was(room):
    room.open(three())
    room.focus(frames(room)[2].body)
    room.type("A")
    room.focus(room.pane._headline)
    room.undo()
    assert frames(room)[2].body.hasFocus()
    assert room.session.card == room.story.signals[2].key


@pytest.mark.parametrize("verb", ["strong", "emphasis", "blockquote", "bullets", "numbers"])
def test_a_tool_of_the_band_is_one_undoable_step(room, verb):
    room.open(three())
    body = frames(room)[0].body
    room.focus(body)
    body.selectAll()
    before = room.story.signals[0].body
    getattr(room.pane.text, verb).trigger()
    after = room.story.signals[0].body
    assert after != before
    room.undo()
    assert room.story.signals[0].body == before
    assert body.body() == before
    room.redo()
    assert body.body() == after


def test_control_b_makes_the_selected_words_strong(room):
    room.open(three())
    body = frames(room)[0].body
    room.focus(body)
    body.selectAll()
    room.press(Qt.Key.Key_B, CONTROL)
    assert write_html(room.story.signals[0].body) == "<p><strong>One body</strong></p>"
    assert room.pane.text.strong.isChecked()


def test_leaving_a_list_with_enter_and_backspace_can_be_undone(room):
    story = three()
    room.open(replace(story, news=room.body("<ul><li>one</li></ul>")))
    news = room.pane._news
    room.focus(news)
    news.place_caret(0)
    room.press(Qt.Key.Key_Backspace)
    assert write_html(room.story.news) == "<p>one</p>"
    room.undo()
    assert write_html(room.story.news).replace("\n", "") == "<ul><li>one</li></ul>"


def test_a_paste_is_one_undo_step_also_between_fast_typing(room):
    room.open(three())
    body = frames(room)[0].body
    room.focus(body)
    body.selectAll()
    data = QMimeData()
    data.setHtml("<p>pasted <b>one</b></p><ul><li>two</li></ul>")
    room.type("ab")
    body.insertFromMimeData(data)
    room.type("cd")
    room.undo()
    assert write_html(room.story.signals[0].body).replace("\n", "") == "<p>abpasted <strong>one</strong></p><ul><li>two</li></ul>"
    room.undo()
    assert room.story.signals[0].body.text == "ab"


def test_plain_paste_goes_to_the_field_that_has_the_focus(room):
    room.open(three())
    QGuiApplication.clipboard().setText("two\nlines")
    room.focus(frames(room)[1].headline)
    frames(room)[1].headline.selectAll()
    room.press(Qt.Key.Key_V, CONTROL | SHIFT)
    assert headlines(room) == ["One", "two lines", "Three"]
    assert room.story.news.text == "The news"
    room.focus(room.pane._news)
    room.pane._news.selectAll()
    room.press(Qt.Key.Key_V, CONTROL | SHIFT)
    assert write_html(room.story.news) == "<p>two</p>\n<p>lines</p>"


def test_a_space_at_the_end_of_the_headline_stays_while_the_story_is_told_anew(room):
    room.open(three())
    edit = room.pane._headline
    room.focus(edit)
    edit.moveCursor(QTextCursor.MoveOperation.End)
    room.type(" ")
    room.pane._refresh()
    room.type("x")
    assert room.story.headline == "Headline x"


def test_enter_leads_from_the_headline_to_the_news_and_in_a_card_to_its_body(room):
    room.open(three())
    room.focus(room.pane._headline)
    room.press(Qt.Key.Key_Return)
    assert room.pane._news.hasFocus()
    room.focus(frames(room)[0].headline)
    room.press(Qt.Key.Key_Return)
    assert frames(room)[0].body.hasFocus()


# --- cards ---------------------------------------------------------------------------------------------------------


def test_a_card_is_added_after_the_current_one_with_the_caret_in_its_headline(room):
    room.open(three())
    room.focus(frames(room)[0].body)
    room.press(Qt.Key.Key_N, CONTROL | SHIFT)
    assert headlines(room) == ["One", "", "Two", "Three"]
    assert frames(room)[1].headline.hasFocus()
    room.type("New")
    assert headlines(room)[1] == "New"
    room.undo()
    room.undo()
    assert headlines(room) == ["One", "Two", "Three"]


def test_the_button_adds_a_card_at_the_end(room):
    room.open(three())
    QTest.mouseClick(room.pane._add, Qt.MouseButton.LeftButton)
    assert headlines(room) == ["One", "Two", "Three", ""]


def test_undo_of_a_new_card_does_not_leap_to_the_headline_of_the_story(room):
    room.open(three())
    room.pane.add_card()
    room.undo()
    assert not room.pane._headline.hasFocus()
    room.redo()
    assert len(room.story.signals) == 4
    assert frames(room)[3].headline.hasFocus()


def test_a_removed_card_comes_back_with_its_words_and_its_place(room):
    room.open(three())
    before = room.story
    room.focus(frames(room)[1].body)
    room.press(Qt.Key.Key_Backspace, CONTROL | SHIFT)
    assert headlines(room) == ["One", "Three"]
    QApplication.processEvents()
    room.undo()
    assert room.story == before
    assert [frame.key for frame in frames(room)] == [card.key for card in before.signals]
    assert frames(room)[1].body.body().text == "Two body"


def test_cards_are_moved_by_keys_and_keep_their_frames_carets_and_the_focus(room):
    room.open(three())
    frame = frames(room)[2]
    room.focus(frame.body)
    frame.body.place_caret(4)
    room.press(Qt.Key.Key_Up, ALT | SHIFT)
    assert headlines(room) == ["One", "Three", "Two"]
    room.press(Qt.Key.Key_Up, ALT | SHIFT)
    room.press(Qt.Key.Key_Up, ALT | SHIFT)
    assert headlines(room) == ["Three", "One", "Two"]
    assert frames(room)[0] is frame
    assert frame.body.hasFocus()
    assert frame.body.caret() == 4
    room.press(Qt.Key.Key_Down, ALT | SHIFT)
    assert headlines(room) == ["One", "Three", "Two"]
    room.undo()
    room.undo()
    room.undo()
    assert headlines(room) == ["One", "Two", "Three"]
    assert frames(room)[2] is frame


def test_what_is_dragged_from_the_inbox_is_never_taken_for_text(room):
    room.open(three())
    data = carried(ITEM_TYPE, "abc")
    data.setText("Headline\nhttps://a.example/")
    for edit in (room.pane._headline, room.pane._news, frames(room)[0].headline, frames(room)[0].body):
        assert not edit.canInsertFromMimeData(data)


# --- sources -------------------------------------------------------------------------------------------------------


def with_sources() -> Story:
    sources = tuple(Source(name=name, url=f"https://{name.lower()}.example/") for name in ("Aye", "Bee", "Sea"))
    return replace(three(), signals=(SignalCard(headline="One", sources=sources),))


def choose(room, chip: int, action: str) -> None:
    menu = frames(room)[0].sources._menu(chip)
    next(entry for entry in menu.actions() if entry.text().split("\t")[0] == action).trigger()
    menu.deleteLater()


def names(room) -> list[str]:
    return [source.name for source in room.story.signals[0].sources]


def test_sources_are_reordered_and_removed_by_their_menu_and_undone(room):
    room.open(with_sources())
    room.focus(frames(room)[0].headline)
    choose(room, 0, "Move right")
    assert names(room) == ["Bee", "Aye", "Sea"]
    choose(room, 2, "Move left")
    assert names(room) == ["Bee", "Sea", "Aye"]
    choose(room, 1, "Remove")
    assert names(room) == ["Bee", "Aye"]
    room.undo()
    room.undo()
    room.undo()
    assert names(room) == ["Aye", "Bee", "Sea"]


def test_a_source_is_edited_in_its_dialog_and_keeps_what_the_dialog_does_not_show(room, answer):
    from workstation.ui.dialogs.source import SourceDialog

    def rename(dialog):
        dialog._name.setText("Aye of Bee")
        dialog._of.setText("Bee")
        dialog._kind.setCurrentIndex(1)
        return 1

    answer(SourceDialog, rename)
    story = with_sources()
    card = story.signals[0]
    kept = replace(card.sources[0], item="item-1", icon="aye.png", extra={"x": 1})
    room.open(replace(story, signals=(replace(card, sources=(kept,)),)))
    choose(room, 0, "Edit source…")
    (source,) = room.story.signals[0].sources
    assert (source.name, source.of, source.kind) == ("Aye of Bee", "Bee", "person")
    assert (source.item, source.icon, source.extra) == ("item-1", "aye.png", {"x": 1})


def test_shortlisted_items_are_offered_first_and_not_those_the_card_has(room):
    from workstation.domain.item import ItemState

    first, second = room.item("First", "Words one."), room.item("Second", "Words two.", "The Harbour Bell")
    room.desk.gathering.triaging.put({first: ItemState.SHORTLISTED})
    assert room.open(three())
    assert [item.id for item in room.pane._offers()] == [first, second]


# --- the insights line ---------------------------------------------------------------------------------------------


def test_the_made_insights_line_follows_the_cards(room):
    room.open(with_sources())
    line = room.pane._insights
    assert line._line.text() == "Insights from Aye, Bee, and Sea"
    choose(room, 2, "Remove")
    assert line._line.text() == "Insights from Aye and Bee"
    room.focus(frames(room)[0].headline)
    room.undo()
    assert line._line.text() == "Insights from Aye, Bee, and Sea"


def test_the_insights_line_takes_own_words_and_none(room):
    room.open(with_sources())
    line = room.pane._insights
    line._actions["own"].trigger()
    assert room.story.insights == "Insights from Aye, Bee, and Sea"
    assert line._own.hasFocus()
    room.type("Views from afar")
    assert room.story.insights == "Views from afar"
    choose(room, 0, "Remove")
    assert line._own.text() == "Views from afar"
    line._actions["none"].trigger()
    assert room.story.insights == "none"
    assert line._line.text() == "No insights line"
    line._actions["auto"].trigger()
    assert room.story.insights == "auto"
    assert line._line.text() == "Insights from Bee and Sea"


def test_own_words_of_the_insights_line_are_undone_from_its_field(room):
    room.open(replace(with_sources(), insights="Views"))
    own = room.pane._insights._own
    room.focus(own)
    own.end(False)
    room.type(" from afar")
    assert room.story.insights == "Views from afar"
    room.undo()
    assert room.story.insights == "Views"
    assert own.text() == "Views"
    assert own.hasFocus()


# --- places --------------------------------------------------------------------------------------------------------


def test_a_place_leads_to_its_field(room):
    room.open(three())
    pane: StoryPane = room.pane
    leads = [
        (Place("headline"), lambda: pane._headline),
        (Place("news"), lambda: pane._news),
        (Place("headline", 1), lambda: frames(room)[1].headline),
        (Place("body", 2), lambda: frames(room)[2].body),
        (Place("signals"), lambda: pane._add),
        (Place("region"), lambda: pane._details._region),
    ]
    for place, widget in leads:
        room.session.show_place(place)
        assert QApplication.focusWidget() is widget(), place


def test_a_place_of_a_card_that_is_gone_does_nothing_bad(room):
    room.open(three())
    room.session.show_place(Place("body", 9))


# --- the lead image ------------------------------------------------------------------------------------------------


def test_a_dropped_picture_file_becomes_the_lead_image_and_wants_an_alternative_text(room, qtbot):
    room.open(three())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(room.png("harbour.png")))])
    field = room.pane._image
    drop(field, data, QPointF(5, 5))
    qtbot.waitUntil(field._alt.hasFocus)
    assert room.story.lead_image == LeadImage(file="harbour.png")
    assert room.desk.writing.files(room.number)["harbour.png"].width == 64
    assert field._badge.text() == "No alt text"
    assert field._alt.hasFocus()
    room.type("A harbour")
    assert room.story.lead_image.alt == "A harbour"
    assert field._badge.text() == ""
    room.undo()
    assert room.story.lead_image == LeadImage(file="harbour.png")
    room.undo()
    assert room.story.lead_image is None


def test_a_picture_on_the_clipboard_is_pasted_as_the_lead_image(room, qtbot):
    room.open(three())
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(image)
    room.focus(room.pane._image._choose)
    room.press(Qt.Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: room.story.lead_image is not None)
    assert room.story.lead_image.file == "lead.png"
    assert room.desk.writing.files(room.number)["lead.png"].width == 40


def test_another_picture_keeps_what_was_said_of_the_first(room, qtbot):
    room.open(three())
    room.pane._bring_picture(room.png("a.png").read_bytes(), "a.png")
    qtbot.waitUntil(room.pane._image._alt.hasFocus)
    room.type("What it shows")
    room.pane._bring_picture(room.png("b.png", (20, 20)).read_bytes(), "b.png")
    qtbot.waitUntil(lambda: room.story.lead_image.file == "b.png")
    assert (room.story.lead_image.file, room.story.lead_image.alt) == ("b.png", "What it shows")


def test_what_is_no_picture_is_refused_with_a_word(room, qtbot):
    room.open(three())
    path = room.folder / "notes.txt"
    path.write_text("no picture")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop(room.pane._image, data, QPointF(5, 5))
    qtbot.waitUntil(lambda: room.said[-1:] != [] and room.said[-1][1] == "bad")
    assert room.story.lead_image is None


def test_a_picture_goes_to_the_story_it_was_brought_to_and_is_not_read_in_the_windows_thread(room, qtbot, monkeypatch):
    room.open(three())
    first, threads, bring = room.number, [], Writing.set_lead_image

    def watched(self, number, data, name):
        threads.append(threading.current_thread())
        return bring(self, number, data, name)

    monkeypatch.setattr(Writing, "set_lead_image", watched)
    room.pane._bring_picture(room.png("a.png").read_bytes(), "a.png")
    second = room.desk.writing.new("Another")
    room.session.show_story(second)
    qtbot.waitUntil(lambda: room.desk.writing.story(first).lead_image is not None)
    assert threading.main_thread() not in threads
    assert room.desk.writing.story(second).lead_image is None


def test_the_fields_of_the_lead_image_reach_the_draft_and_it_is_removed_and_brought_back(room):
    room.open(replace(three(), lead_image=LeadImage(file="lead.png", extra={"kept": True})))
    field = room.pane._image
    field.open_fields()
    for line, text in ((field._alt, "Alt"), (field._caption, "Caption"), (field._credit, "Credit")):
        room.focus(line)
        room.type(text)
    QTest.mouseClick(field._file_photo, Qt.MouseButton.LeftButton, pos=QPoint(8, field._file_photo.height() // 2))
    expected = LeadImage(file="lead.png", alt="Alt", caption="Caption", credit="Credit", file_photo=True, extra={"kept": True})
    assert room.story.lead_image == expected
    QTest.mouseClick(field._remove, Qt.MouseButton.LeftButton)
    assert room.story.lead_image is None
    room.undo()
    assert room.story.lead_image == expected
    assert field._caption.text() == "Caption"


def test_a_decorative_image_needs_no_alternative_text(room):
    room.open(replace(three(), lead_image=LeadImage(file="lead.png")))
    field = room.pane._image
    field.open_fields()
    QTest.mouseClick(field._decorative, Qt.MouseButton.LeftButton, pos=QPoint(8, field._decorative.height() // 2))
    assert room.story.lead_image.decorative
    assert field._badge.text() == ""
    assert not field._alt.isEnabled()


# --- the look ------------------------------------------------------------------------------------------------------


def test_the_look_can_change_after_a_card_was_removed(room):
    room.open(three())
    room.focus(frames(room)[1].body)
    before = room.story
    room.pane.remove_card()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    room.theme.choose("dark")
    room.theme.choose("light")
    room.undo()
    assert room.story == before


def test_a_change_of_the_look_is_no_change_of_the_story(room):
    room.open(replace(three(), news=room.body('<p>see <a href="https://a.example/">this</a> <strong>now</strong></p>')))
    before = room.story
    room.pane._news.place_caret(5)
    room.theme.choose("dark")
    assert (room.pane._news.body(), room.pane._news.caret()) == (before.news, 5)
    room.theme.choose("light")
    assert room.story == before
    assert room.pane.labels() == (None, None)
