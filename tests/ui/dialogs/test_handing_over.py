"""The export dialog: what it shows before a story leaves, and what leaves then."""

from __future__ import annotations

import io
import json
import re
import threading
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from workstation.domain.embargo import told_embargo
from workstation.domain.ledger import ChangeKind
from workstation.domain.problem import Place
from workstation.domain.story import LeadImage, SignalCard, Story
from workstation.errors import StoreError
from workstation.render.profiles import PROFILES
from workstation.render.rendering import LeadPlace
from workstation.ui.dialogs.handing_over.dialog import BLOCKERS, CHANGED, LOOKS, HandOverDialog
from workstation.ui.dialogs.handing_over.offers import WayOut
from workstation.ui.dialogs.handing_over.profile_list import NAME
from workstation.ui.tab_order import stops_in
from workstation.workflow.history import Spot
from workstation.workflow.publishing import Publishing
from workstation.workflow.reviewing import Reviewing

LEFT = Qt.MouseButton.LeftButton


def clear(room, **fields) -> Story:
    """A story in whose way nothing stands."""
    items = [room.item("Gauge", "The water had never been so low."), room.item("Lock", "The lock is shut.", "The Harbour Bell")]
    cards = tuple(
        SignalCard(headline=f"Card {n}", sources=(room.source(item),), body=room.body("<p>Words.</p>"))
        for n, item in enumerate(items)
    )
    story = Story(slug="low-water", headline="Low water", news=room.body("<p>The water is low.</p>"), signals=cards)
    return replace(story, **fields)


def edit(room, **fields) -> None:
    """Change the story on the screen, as any part of the window would."""
    changed = replace(room.story, **fields)
    room.session.publish(room.desk.writing.edit(room.number, changed, label="Typing", spot=Spot("headline")))


def opened(room, qtbot) -> HandOverDialog:
    dialog = HandOverDialog(room.session, room.theme, room.desk, room.settings, room.window)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.readings.is_idle and dialog.looks._seen is not None)
    return dialog


@pytest.fixture
def hand_over(room, qtbot) -> Callable[[Story], HandOverDialog]:
    def open_dialog(story: Story) -> HandOverDialog:
        room.open(story)
        dialog = opened(room, qtbot)
        dialog.terms.folder.setText(str(room.folder / "out"))
        return dialog

    return open_dialog


def turn_to(dialog: HandOverDialog, qtbot, profile: str) -> None:
    dialog.profiles.choose(profile)
    qtbot.waitUntil(lambda: dialog.readings.is_idle and dialog.looks._seen.rendering.profile == profile)


def take(dialog: HandOverDialog, qtbot, way: WayOut = WayOut.SAVE) -> None:
    QTest.mouseClick(dialog.foot.ways[way], LEFT)
    qtbot.waitUntil(lambda: not dialog.ways.is_busy and dialog.readings.is_idle)


def state(dialog: HandOverDialog) -> str:
    return dialog.foot.state.text()


# --- opening -------------------------------------------------------------------------------------------------------


def test_the_dialog_opens_before_the_story_is_checked_and_hands_nothing_over_until_then(room, qtbot, monkeypatch):
    threads, review, rendering = [], Reviewing.review, Publishing.rendering

    def watched(real):
        return lambda self, *given, **named: threads.append(threading.current_thread()) or real(self, *given, **named)

    window = room.open(clear(room))
    monkeypatch.setattr(Reviewing, "review", watched(review))
    monkeypatch.setattr(Publishing, "rendering", watched(rendering))
    dialog = HandOverDialog(room.session, room.theme, room.desk, room.settings, window)
    qtbot.addWidget(dialog)
    assert not any(button.isEnabled() for button in dialog.foot.ways.values())
    assert "being checked" in state(dialog)
    qtbot.waitUntil(lambda: dialog.foot.ways[WayOut.SAVE].isEnabled())
    assert state(dialog) == "Ready."
    assert len(threads) >= 2
    assert threading.main_thread() not in threads
    assert dialog.publication.text() == room.desk.publishing.publication().name


def test_every_profile_stands_in_the_list_once_under_what_it_is_for(room, hand_over):
    entries = hand_over(clear(room)).profiles.entries
    names = [entries.item(at).data(NAME) for at in range(entries.count())]
    assert sorted(filter(None, names)) == sorted(PROFILES)
    headings = [entries.item(at).text() for at, name in enumerate(names) if not name]
    assert headings[0] == "For readers"
    assert "Others" not in headings
    assert names[0] is None


def test_the_arrow_keys_go_over_the_headings(room, hand_over):
    dialog = hand_over(clear(room))
    entries, met = dialog.profiles.entries, []
    for _ in PROFILES:
        met.append(dialog.profiles.current)
        QTest.keyClick(entries, Qt.Key.Key_Down)
    assert sorted(met) == sorted(PROFILES)
    for _ in range(len(PROFILES) + 2):
        QTest.keyClick(entries, Qt.Key.Key_Up)
    assert dialog.profiles.current == met[0]


# --- what is seen --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", PROFILES)
def test_every_form_is_seen_rendered_and_as_source(room, qtbot, hand_over, profile):
    dialog = hand_over(clear(room))
    turn_to(dialog, qtbot, profile)
    rendering = room.desk.publishing.rendering(room.number, profile)
    assert dialog.looks.files.currentText() == rendering.main
    if rendering.main.endswith(".zip"):
        tops = dialog.looks.rendered.outline.topLevelItemCount()
        assert tops == len(zipfile.ZipFile(io.BytesIO(rendering.files[rendering.main])).namelist())
        assert not dialog.looks.source.isVisible()
    else:
        source = dialog.looks.source.text.toPlainText()
        assert source == rendering.text or "more characters" in source
    assert dialog.looks.rendered.current is not dialog.looks.rendered.message
    assert dialog.looks.weight.text().split(" text")[0]


def test_without_the_browser_engine_the_page_is_shown_simplified_and_says_so(room, hand_over):
    dialog = hand_over(clear(room))
    looks = dialog.looks
    assert looks.rendered.current is looks.rendered.simple
    assert "The water is low." in looks.rendered.simple.toPlainText()
    assert looks._width.text() == "Simplified"


def test_what_is_changed_meanwhile_is_shown_without_being_asked(room, qtbot, hand_over):
    dialog = hand_over(clear(room))
    edit(room, headline="Lower water")
    qtbot.waitUntil(lambda: "Lower water" in dialog.looks.source.text.toPlainText())


def test_words_are_found_in_the_source_and_marked(room, qtbot, hand_over):
    dialog = hand_over(clear(room))
    dialog.activateWindow()
    source = dialog.looks.source
    source.finding.open_bar()
    QTest.keyClicks(source.finding.field, "Low water")
    count = source.text.toPlainText().lower().count("low water")
    assert count > 1
    assert source.finding._count.text() == f"1 of {count}"
    QTest.keyClick(source.finding.field, Qt.Key.Key_Return)
    assert source.finding._count.text() == f"2 of {count}"
    assert dialog.isVisible()
    QTest.keyClick(source.finding.field, Qt.Key.Key_Escape)
    assert source.finding.isHidden()
    assert dialog.isVisible()


def test_a_form_that_cannot_be_made_says_why_and_stops_the_ways_out(room, qtbot, hand_over):
    dialog = hand_over(clear(room))
    edit(room, time_zone="Nowhere/Here", updated=datetime.now(UTC))
    qtbot.waitUntil(lambda: bool(dialog._why_not))
    assert dialog.looks.rendered.message.title.text() in state(dialog)
    assert not dialog.foot.ways[WayOut.SAVE].isEnabled()


def test_a_check_that_fails_is_told_and_the_ways_out_stay_closed(room, qtbot, hand_over, monkeypatch):
    def fail(*_):
        raise StoreError("The story was not checked", "The disk is full.")

    monkeypatch.setattr(Reviewing, "review", fail)
    dialog = hand_over(clear(room))
    assert state(dialog) == "The story was not checked. The disk is full."
    assert not any(button.isEnabled() for button in dialog.foot.ways.values())


# --- writing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("profile", "file"), [("page", "low-water.html"), ("fragment", "low-water.fragment.html")])
def test_a_story_is_written_with_the_words_on_the_screen(room, qtbot, hand_over, profile, file):
    dialog = hand_over(clear(room))
    QTest.keyClicks(room.pane._news, " It is lower now.")
    turn_to(dialog, qtbot, profile)
    take(dialog, qtbot)
    out = room.folder / "out" / file
    assert state(dialog) == f"Written: {out}"
    assert out.read_bytes() == room.desk.publishing.rendering(room.number, profile).text.encode()
    assert "It is lower now." in out.read_text(encoding="utf-8")
    assert [entry.profile for entry in room.desk.store.ledger.entries(room.number)] == [profile]
    assert [offer.isVisible() for offer in dialog.foot.offers] == [True, True]


def test_the_source_goes_to_the_clipboard_whole_and_is_entered_in_the_ledger(room, qtbot, hand_over):
    dialog = hand_over(clear(room))
    QTest.mouseClick(dialog.foot.source, LEFT)
    qtbot.waitUntil(lambda: not dialog.ways.is_busy and dialog.readings.is_idle)
    assert QGuiApplication.clipboard().text() == room.desk.publishing.rendering(room.number, "page").text
    (entry,) = room.desk.store.ledger.entries(room.number)
    assert entry.place == "clipboard"
    assert "clipboard" in state(dialog)


def test_copy_for_cms_lays_markup_and_words_on_the_clipboard(room, qtbot, hand_over):
    dialog = hand_over(clear(room))
    turn_to(dialog, qtbot, "fragment")
    assert dialog.foot.ways[WayOut.COPY].isDefault()
    QTest.keyClick(dialog.profiles.entries, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.ways.is_busy and dialog.readings.is_idle)
    mime = QGuiApplication.clipboard().mimeData()
    assert "<h2" in mime.html()
    assert "The water is low." in mime.html()
    assert "The water is low." in mime.text()
    assert "<" not in mime.text()
    assert state(dialog).startswith("On the clipboard")
    assert room.desk.store.ledger.entries(room.number)[-1].place == "clipboard"


def test_a_bundle_has_no_source_to_copy_but_its_story_can_be_copied(room, qtbot, hand_over):
    dialog = hand_over(clear(room))
    turn_to(dialog, qtbot, "bundle")
    assert not dialog.foot.source.isEnabled()
    take(dialog, qtbot, WayOut.COPY)
    assert "The water is low." in QGuiApplication.clipboard().mimeData().text()


def test_the_other_files_of_a_form_are_seen_and_copied_too(room, qtbot, hand_over):
    dialog = hand_over(clear(room))
    turn_to(dialog, qtbot, "wordpress")
    names = [dialog.looks.files.itemText(at) for at in range(dialog.looks.files.count())]
    assert names == ["low-water.wordpress.html", "low-water.wordpress.json"]
    dialog.looks.files.setCurrentIndex(1)
    assert dialog.looks.rendered.current is dialog.looks.rendered.outline
    QTest.mouseClick(dialog.foot.source, LEFT)
    qtbot.waitUntil(lambda: not dialog.ways.is_busy and dialog.readings.is_idle)
    assert json.loads(QGuiApplication.clipboard().text())["slug"] == "low-water"
    assert dialog.looks.files.currentText() == names[1]


def test_enter_takes_the_main_way_and_escape_closes(room, qtbot, hand_over):
    dialog = hand_over(clear(room))
    QTest.keyClick(dialog.profiles.entries, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state(dialog).startswith("Written"))
    QTest.keyClick(dialog.looks.source.text, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_without_a_folder_nothing_can_be_written(room, hand_over):
    dialog = hand_over(clear(room))
    dialog.terms.folder.clear()
    assert not dialog.foot.ways[WayOut.SAVE].isEnabled()
    assert dialog.foot.ways[WayOut.COPY].isEnabled()


def test_a_folder_that_cannot_be_written_is_told_and_can_be_mended(room, qtbot, hand_over):
    dialog = hand_over(clear(room))
    (room.folder / "file").write_text("in the way")
    dialog.terms.folder.setText(str(room.folder / "file"))
    take(dialog, qtbot)
    assert "Written" not in state(dialog)
    assert dialog.foot.state.property("tone") == "bad"
    dialog.terms.folder.setText(str(room.folder / "other"))
    take(dialog, qtbot)
    assert state(dialog).startswith("Written")


def test_a_dialog_that_is_closed_while_it_writes_leaves_the_word_to_the_status_line(room, qtbot, hand_over):
    dialog = hand_over(clear(room))
    QTest.mouseClick(dialog.foot.ways[WayOut.SAVE], LEFT)
    dialog.reject()
    dialog.deleteLater()
    QApplication.sendPostedEvents(dialog, 52)
    qtbot.waitUntil(lambda: any(text.startswith("Exported to") for text, _ in room.said))


# --- what blocks ---------------------------------------------------------------------------------------------------


def test_blockers_are_named_and_nothing_is_written_without_a_reason(room, qtbot, hand_over):
    dialog = hand_over(Story(slug="bare", headline=""))
    told = [dialog.blockers.rows.item(at).text() for at in range(dialog.blockers.rows.count())]
    assert any("no headline" in line for line in told)
    assert dialog._stack.currentIndex() == BLOCKERS
    assert "stand" in state(dialog)
    QTest.mouseClick(dialog.foot.ways[WayOut.SAVE], LEFT)
    assert dialog.blockers.reason.hasFocus() or dialog.focusWidget() is dialog.blockers.reason
    assert not (room.folder / "out").exists()


def test_a_reason_lets_the_story_out_and_is_kept(room, qtbot, hand_over):
    dialog = hand_over(Story(slug="bare", headline=""))
    QTest.keyClicks(dialog.blockers.reason, "A test of the CMS")
    QTest.keyClick(dialog.blockers.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: (room.folder / "out" / "bare.html").exists())
    qtbot.waitUntil(lambda: dialog.readings.is_idle and not dialog.ways.is_busy)
    waived = room.desk.reviewing.review(room.number).waived
    assert {waiver.reason for _, waiver in waived} == {"A test of the CMS"}
    assert not dialog.blockers.stand


def test_a_click_on_a_blocker_closes_the_dialog_and_leads_to_its_place(room, qtbot, hand_over):
    dialog, places = hand_over(Story(slug="bare", headline="")), []
    room.session.place_shown.connect(places.append)
    rows = dialog.blockers.rows
    row = next(rows.item(at) for at in range(rows.count()) if "headline" in rows.item(at).text())
    QTest.mouseClick(rows.viewport(), LEFT, pos=rows.visualItemRect(row).center())
    qtbot.waitUntil(lambda: places == [Place("headline")])
    assert not dialog.isVisible()


def test_a_clear_story_shows_its_page_first(room, hand_over):
    dialog = hand_over(clear(room))
    assert dialog._stack.currentIndex() == LOOKS
    assert dialog._tabs.button(CHANGED).isHidden()


def test_an_embargo_that_holds_is_told_before_anything_is_written_and_stops_nothing(room, qtbot, hand_over):
    until = datetime.now(UTC) + timedelta(days=1)
    dialog = hand_over(clear(room, embargo=until, time_zone="Asia/Tokyo"))
    assert dialog._embargo.isVisible()
    assert told_embargo(until, "Asia/Tokyo") in dialog._embargo.text()
    take(dialog, qtbot)
    assert state(dialog).startswith("Written")
    assert dialog._embargo.isVisible()


def test_an_embargo_that_has_passed_is_not_told(room, hand_over):
    dialog = hand_over(clear(room, embargo=datetime.now(UTC) - timedelta(minutes=1)))
    assert not dialog._embargo.isVisible()


# --- what changed --------------------------------------------------------------------------------------------------


@pytest.fixture
def changed(room, qtbot, hand_over) -> HandOverDialog:
    """The dialog over a story that was handed over before a word of it changed."""
    dialog = hand_over(clear(room))
    take(dialog, qtbot)
    dialog.reject()
    edit(room, news=room.body("<p>The water is high.</p>"))
    again = opened(room, qtbot)
    again.terms.folder.setText(str(room.folder / "out"))
    return again


def test_what_changed_since_the_last_hand_over_is_shown_and_asked(room, qtbot, changed):
    assert changed._stack.currentIndex() == CHANGED
    assert "The News" in changed.changed.head.text()
    shown = changed.changed.view.toPlainText()
    assert "low" in shown
    assert "high" in shown
    assert changed.wish.change is ChangeKind.UPDATE
    take(changed, qtbot)
    assert room.desk.store.ledger.entries(room.number)[-1].change is ChangeKind.UPDATE
    assert changed.wish.change is None


def test_a_correction_needs_its_note_and_is_seen_before_it_is_made(room, qtbot, changed):
    changed.changed.kinds[ChangeKind.CORRECTION].click()
    QTest.mouseClick(changed.foot.ways[WayOut.SAVE], LEFT)
    assert len(room.desk.store.ledger.entries(room.number)) == 1
    assert changed.focusWidget() is changed.changed.note
    QTest.keyClicks(changed.changed.note, "The water was never low.")
    qtbot.waitUntil(lambda: "The water was never low." in changed.looks.source.text.toPlainText())
    assert room.story.corrections == ()
    take(changed, qtbot)
    assert [note.text for note in room.story.corrections] == ["The water was never low."]
    assert "The water was never low." in (room.folder / "out" / "low-water.html").read_text(encoding="utf-8")


def test_an_unchanged_story_is_not_asked_about(room, qtbot, hand_over):
    dialog = hand_over(clear(room))
    take(dialog, qtbot)
    dialog.reject()
    again = opened(room, qtbot)
    assert again._stack.currentIndex() == LOOKS
    assert "the same" in again.changed.head.text()
    assert again.wish.change is None


# --- terms ---------------------------------------------------------------------------------------------------------


def test_the_lead_image_goes_where_the_editor_says_and_never_to_both_places(room, qtbot, hand_over):
    dialog = hand_over(clear(room))
    room.session.publish(room.desk.writing.set_lead_image(room.number, room.png().read_bytes(), "lead.png"))
    edit(room, lead_image=replace(room.story.lead_image, alt="A gauge", caption="The gauge", credit="A. Hand"))
    turn_to(dialog, qtbot, "page")
    assert not dialog.terms.lead.isEnabled()
    assert dialog.wish.terms.lead is None
    turn_to(dialog, qtbot, "fragment")
    assert "<img" in dialog.looks.source.text.toPlainText()
    dialog.terms.lead.setCurrentIndex(dialog.terms.lead.findData(LeadPlace.FEATURED))
    qtbot.waitUntil(lambda: dialog.readings.is_idle and "<img" not in dialog.looks.source.text.toPlainText())
    take(dialog, qtbot)
    manifest = json.loads((room.folder / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["featured"].endswith("lead.png")


def test_links_lead_to_the_quoted_words_when_the_editor_says_so(room, qtbot, hand_over):
    item = room.item("Gauge", "The water had never been so low.")
    dialog = hand_over(clear(room))
    quoted = room.desk.quoting.quote_in_card(item, 10, 31, room.number, room.story.signals[0].key)
    room.session.publish(quoted.changes)
    turn_to(dialog, qtbot, "page")
    assert ":~:text=" not in dialog.looks.source.text.toPlainText()
    dialog.terms.passages.setChecked(True)
    qtbot.waitUntil(lambda: ":~:text=" in dialog.looks.source.text.toPlainText())


def test_an_address_is_printed_as_the_place_of_the_story_and_a_wrong_one_stops(room, qtbot, hand_over):
    dialog = hand_over(clear(room))
    dialog.terms.address.setText("javascript:alert(1)")
    qtbot.waitUntil(lambda: not dialog.foot.ways[WayOut.SAVE].isEnabled())
    dialog.terms.address.setText("https://house.example/low-water")
    qtbot.waitUntil(lambda: "https://house.example/low-water" in dialog.looks.source.text.toPlainText())
    take(dialog, qtbot)
    assert "https://house.example/low-water" in (room.folder / "out" / "low-water.html").read_text(encoding="utf-8")


def test_the_choices_are_remembered_for_each_publication_apart(room, qtbot, hand_over):
    (room.folder / "lantern.toml").write_text('name = "The Lantern / Évora"')
    dialog = hand_over(clear(room))
    turn_to(dialog, qtbot, "fragment")
    dialog.terms.passages.setChecked(True)
    dialog.terms.lead.setCurrentIndex(dialog.terms.lead.findData(LeadPlace.FEATURED))
    qtbot.waitUntil(lambda: dialog.readings.is_idle)
    take(dialog, qtbot)
    dialog.reject()
    again = opened(room, qtbot)
    assert again.profiles.current == "fragment"
    assert again.terms.folder.text() == str(room.folder / "out")
    assert again.terms.passages.isChecked()
    assert again.wish.terms.lead is LeadPlace.FEATURED
    again.reject()
    edit(room, publication="The Lantern / Évora")
    other = opened(room, qtbot)
    assert other.publication.text() == "The Lantern / Évora"
    assert other.profiles.current == "page"
    assert not other.terms.passages.isChecked()
    assert other.terms.folder.text() == str(room.folder / "out")  # where a house begins


# --- keys, names, sizes --------------------------------------------------------------------------------------------


def test_no_access_key_stands_for_two_things(room, hand_over):
    dialog = hand_over(clear(room))
    words = [widget.text() for kind in (QAbstractButton, QLabel) for widget in dialog.findChildren(kind)]
    words = [text for text in words if text.count("&") == 1 and "<" not in text]
    letters = Counter(re.search("&(.)", text)[1].casefold() for text in words if re.search("&[^& ]", text))
    assert [letter for letter, count in letters.items() if count > 1] == []
    assert len(letters) > 12


def test_tab_goes_through_everything_in_the_order_in_which_it_is_read(room, hand_over):
    dialog = hand_over(clear(room))
    stops = list(stops_in(dialog))
    named = [dialog.profiles.entries, dialog._tabs.button(LOOKS), dialog.terms.folder, dialog.terms.choose]
    places = [stops.index(widget) for widget in (*named, dialog.foot.ways[WayOut.SAVE], dialog.foot.close_button)]
    assert places == sorted(places)
    dialog.profiles.entries.setFocus()
    met = [dialog.focusWidget()]
    while dialog.focusNextPrevChild(True) and dialog.focusWidget() is not met[0]:
        assert dialog.focusWidget() not in met
        met.append(dialog.focusWidget())
    assert {*named, dialog.looks.source.text, dialog.terms.address, *dialog.looks.buttons.values()} <= set(met)
    assert dialog.looks.rendered.words not in met  # it lies behind the page


@pytest.mark.parametrize("size", [(640, 580), (1084, 652), (1424, 852)])
def test_nothing_is_cut_off_at_any_size(room, qtbot, hand_over, size):
    dialog = hand_over(clear(room, headline="A headline that goes on and on " * 8))
    dialog.resize(*size)
    QApplication.processEvents()
    assert (dialog.width(), dialog.height()) == size
    for button in (*dialog.foot.ways.values(), dialog.foot.source, dialog.foot.close_button, dialog.terms.choose):
        assert button.width() >= button.minimumSizeHint().width()
        assert dialog.rect().contains(button.rect().translated(button.mapTo(dialog, QPoint())))


def test_a_story_from_right_to_left_is_seen_so_and_its_source_is_code(room, qtbot, hand_over):
    words = "الماء منخفض في النهر منذ أيام"
    dialog = hand_over(clear(room, headline=words, language="ar", news=room.body(f"<p>{words}</p>")))
    source = dialog.looks.source.text
    assert words in source.toPlainText()
    assert source.document().defaultTextOption().textDirection() is Qt.LayoutDirection.LeftToRight
    turn_to(dialog, qtbot, "text")
    shown = dialog.looks.rendered.words.document()
    assert shown.begin().textDirection() is Qt.LayoutDirection.RightToLeft
    assert dialog._headline.text() == words


def test_a_picture_that_is_missing_is_told_before_and_after_the_story_is_written(room, qtbot, hand_over):
    image = LeadImage(file="gone.jpg", alt="A gauge", caption="The gauge", credit="A. Hand")
    dialog = hand_over(clear(room, lead_image=image))
    assert "“gone.jpg” is missing" in dialog.looks.weight.text()
    assert dialog.looks.weight.property("tone") == "warn"
    QTest.keyClicks(dialog.blockers.reason, "It comes later")
    take(dialog, qtbot)
    assert "gone.jpg" in state(dialog)


def test_a_packed_picture_is_shortened_for_the_eye_and_whole_on_the_clipboard(room, qtbot, hand_over):
    dialog = hand_over(clear(room))
    room.session.publish(room.desk.writing.set_lead_image(room.number, room.png(size=(400, 300)).read_bytes(), "lead.png"))
    edit(room, lead_image=replace(room.story.lead_image, alt="A gauge", caption="The gauge", credit="A. Hand"))
    turn_to(dialog, qtbot, "single")
    assert "more characters)" in dialog.looks.source.text.toPlainText()
    QTest.mouseClick(dialog.foot.source, LEFT)
    qtbot.waitUntil(lambda: not dialog.ways.is_busy and dialog.readings.is_idle)
    assert QGuiApplication.clipboard().text() == room.desk.publishing.rendering(room.number, "single").text


def test_the_size_of_the_dialog_is_remembered(room, qtbot, hand_over):
    dialog = hand_over(clear(room))
    dialog.resize(760, 590)
    dialog.reject()
    again = opened(room, qtbot)
    assert (again.width(), again.height()) == (760, 590)


def test_the_keyboard_returns_to_the_button_that_was_pressed(room, qtbot, hand_over):
    dialog = hand_over(clear(room))
    copy = dialog.foot.ways[WayOut.COPY]
    copy.setFocus()
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert dialog.ways.is_busy
    qtbot.waitUntil(lambda: not dialog.ways.is_busy and dialog.readings.is_idle)
    assert copy.hasFocus()  # and so Enter, pressed again, does not close the dialog


def test_the_source_of_one_form_is_not_copied_as_that_of_another(room, qtbot, hand_over):
    dialog = hand_over(clear(room))
    turn_to(dialog, qtbot, "page")
    dialog.profiles.choose("bundle")  # whose only file is no text, and is not on the screen yet
    assert not dialog.foot.source.isEnabled()
    dialog._copy_source()
    assert not dialog.ways.is_busy
    qtbot.waitUntil(lambda: dialog.readings.is_idle)
    turn_to(dialog, qtbot, "page")
    assert dialog.foot.source.isEnabled()
