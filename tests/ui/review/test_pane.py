"""The checks in the window: problems lead to their places, are mended or waived, and the cards bear the verdicts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton

from workstation.domain.grade import Grade
from workstation.domain.problem import Fix, Place, Problem, QuotationCheck, Severity, Waiver
from workstation.domain.story import LeadImage, SignalCard, Source, Story
from workstation.ui.dialogs.commands import CommandsDialog
from workstation.ui.review.row_layout import FIX, FIX_ALL, PLACE, SOURCE, STAND, WAIVE
from workstation.ui.review.rows import Group, Row
from workstation.ui.review.waive_dialog import WaiveDialog
from workstation.ui.story.card import badge_of
from workstation.ui.story.verdict import Tone, Verdict
from workstation.ui.window import CHECKS, READER

TEXT = "The gauge office said on Monday that the water had never been so low.\nBoats wait at the upper lock until Friday."
TRUE, ALTERED, ABSENT = (
    "the water had never been so low",
    "the water had often been so low",
    "nobody here has ever counted the swans",
)
SHIFT, ALT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def story(room) -> Callable[[str], Story]:
    """A story whose one card quotes these words of one source."""

    def quoting(words: str) -> Story:
        source = room.source(room.item("Gauge", TEXT))
        card = SignalCard(
            headline="The gauge falls",
            sources=(source,),
            body=room.body(f"<p>The office told The Lantern Post “{words}”. The Harbour Bell rang.</p>"),
        )
        return Story(
            slug="low-water", region="Orrin", headline="Low water", news=room.body("<p>The water is low.</p>"), signals=(card,)
        )

    return quoting


def rows(room) -> list[Row]:
    return list(room.window.checks.list.rows.rows)


def is_of(row: Row | None, rule: str) -> bool:
    """Whether a row is about a rule, or one of its kind: ``quotation`` is ``quotation-altered``, too."""
    return bool(row and row.problem and (row.problem.rule == rule or row.problem.rule.startswith(f"{rule}-")))


def row_of(room, rule: str) -> Row | None:
    return next((row for row in rows(room) if is_of(row, rule)), None)


def heads(room) -> list[str]:
    return [row.title for row in rows(room) if row.is_head]


def titles(room) -> list[str]:
    return [row.title for row in rows(room)]


def place_on(room, row: Row, part: str = "") -> QPoint:
    """A point of the list's viewport: the middle of a part of a row, or the row's own words."""
    checks = room.window.checks.list
    at = [other.key for other in checks.rows.rows].index(row.key)
    box: QRect = checks.visualRect(checks.rows.index(at))
    boxes = checks._delegate.boxes(row, checks.viewport().width())
    inside = next(found.box for found in boxes.parts if found.name == part).center() if part else boxes.title.center()
    return box.topLeft() + inside


def click(room, row: Row, part: str = "") -> None:
    room.window.show_side(CHECKS)
    QApplication.processEvents()
    QTest.mouseClick(
        room.window.checks.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place_on(room, row, part)
    )


def wait_for(room, qtbot, rule: str) -> Row:
    qtbot.waitUntil(lambda: row_of(room, rule) is not None)
    return row_of(room, rule)


def dialog_of(room, qtbot) -> WaiveDialog:
    qtbot.waitUntil(lambda: bool([one for one in room.window.findChildren(WaiveDialog) if one.isVisible()]))
    return next(one for one in room.window.findChildren(WaiveDialog) if one.isVisible())


def badge(room) -> str:
    return room.pane._cards.frames()[0]._badge.text()


def selected(edit) -> str:
    return edit.textCursor().selectedText()


@pytest.mark.parametrize(
    ("words", "told", "tone"),
    [(TRUE, "1 quote verified", "good"), (ALTERED, "Quote differs: 1 word", "bad"), (ABSENT, "1 quote not found", "bad")],
)
def test_the_card_s_badge_says_what_became_of_its_quotation(room, qtbot, story, words, told, tone):
    room.open(story(words))
    qtbot.waitUntil(lambda: badge(room) == told)
    assert room.pane._cards.frames()[0]._badge.property("badge") == tone


def test_the_badge_follows_the_typing(room, qtbot, story):
    room.open(story(TRUE))
    qtbot.waitUntil(lambda: badge(room) == "1 quote verified")
    body = room.pane._cards.frames()[0].body
    room.focus(body)
    body.place_caret(body.toPlainText().index(" so low"))
    room.type(" not")
    qtbot.waitUntil(lambda: badge(room).startswith("Quote differs"))
    room.undo()
    qtbot.waitUntil(lambda: badge(room) == "1 quote verified")


# --- the list ------------------------------------------------------------------------------------------------------


def test_problems_are_listed_counted_in_the_tab_and_the_status_bar_and_gone_when_mended_by_hand(room, qtbot, story):
    window = room.open(replace(story(TRUE), headline=""))
    tab, chip = window._tabs.button(CHECKS), window._count
    qtbot.waitUntil(lambda: tab.text() == "Checks 2")
    assert heads(room)[:2] == ["1 blocker", "1 warning"]
    assert chip.text() == "1 blocker  ·  1 warning"
    room.focus(room.pane._headline)
    room.type("Low water")
    qtbot.waitUntil(lambda: tab.text() == "Checks 1")
    assert "The story has no headline. Write one." not in titles(room)
    room.pane.add_source(room.story.signals[0].key, room.item("Lock", "The lock is shut.", "The Harbour Bell"))
    qtbot.waitUntil(lambda: chip.text() == "No problems")
    assert tab.text() == "Checks"


def test_a_click_on_the_count_opens_the_checks_with_the_keyboard_in_the_list(room, qtbot, story):
    window = room.open(story(ABSENT))
    wait_for(room, qtbot, "quotation")
    window._count.click()
    assert window._stack.currentIndex() == CHECKS
    assert QApplication.focusWidget() is window.checks.list
    assert window.checks.list.current().problem is not None


def test_a_group_is_folded_and_stays_folded_when_another_review_comes(room, qtbot, story):
    room.open(story(ABSENT))
    wait_for(room, qtbot, "quotation")
    head = next(row for row in rows(room) if row.group is Group.WARNINGS and row.is_head)
    click(room, head)
    assert not any(row.stands for row in rows(room) if row.group is Group.WARNINGS)
    assert head.title in heads(room)
    room.focus(room.pane._headline)
    room.pane._headline.selectAll()
    room.press(Qt.Key.Key_Delete)
    wait_for(room, qtbot, "headline")
    assert not any(row.stands for row in rows(room) if row.group is Group.WARNINGS)


@pytest.mark.parametrize("part", ["", PLACE])
def test_a_click_on_the_row_goes_to_the_words_and_selects_them(room, qtbot, story, part):
    room.open(story(ABSENT))
    row = wait_for(room, qtbot, "quotation")
    room.pane._cards.fold(room.story.signals[0].key, True)
    click(room, row, part)
    frame = room.pane._cards.frames()[0]
    assert QApplication.focusWidget() is frame.body
    assert selected(frame.body) == ABSENT
    assert not frame.is_folded
    assert room.session.card == room.story.signals[0].key


def test_the_list_is_walked_by_the_arrows_and_enter_goes_there(room, qtbot, story):
    window = room.open(replace(story(ABSENT), headline=""))
    wait_for(room, qtbot, "quotation")
    window.show_side(CHECKS)
    room.focus(window.checks.list)
    assert window.checks.list.current().problem.rule == "headline"
    room.press(Qt.Key.Key_Down)
    assert is_of(window.checks.list.current(), "quotation")
    room.press(Qt.Key.Key_Return)
    assert selected(room.pane._cards.frames()[0].body) == ABSENT


def test_the_arrows_fold_and_open_a_group(room, qtbot, story):
    window = room.open(story(ABSENT))
    wait_for(room, qtbot, "quotation")
    window.show_side(CHECKS)
    room.focus(window.checks.list)
    room.press(Qt.Key.Key_Up)
    assert window.checks.list.current().is_head
    room.press(Qt.Key.Key_Left)
    assert row_of(room, "quotation") is None
    room.press(Qt.Key.Key_Right)
    assert row_of(room, "quotation") is not None
    assert window.checks.list.current().is_head


def test_the_current_row_and_the_focus_stay_while_the_story_is_typed(room, qtbot, story):
    window = room.open(story(ABSENT))
    wait_for(room, qtbot, "quotation")
    window.show_side(CHECKS)
    room.focus(window.checks.list)
    assert is_of(window.checks.list.current(), "quotation")
    changed = replace(room.story, headline="")
    room.session.publish(room.desk.writing.edit(room.number, changed, label="Test", spot=window_spot()))
    wait_for(room, qtbot, "headline")
    assert is_of(window.checks.list.current(), "quotation")
    assert QApplication.focusWidget() is window.checks.list


def window_spot():
    from workstation.workflow.history import Spot

    return Spot("headline")


def test_the_list_stays_where_it_was_scrolled_when_a_problem_comes_or_goes(room, qtbot, story):
    cards = tuple(SignalCard(headline=f"Card {number}") for number in range(12))
    room.open(replace(story(TRUE), signals=cards))
    checks = room.window.checks
    room.window.show_side(CHECKS)
    bar = checks.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 300)
    bar.setValue(250)
    before = len(rows(room))
    room.focus(room.pane._headline)
    room.pane._headline.selectAll()
    room.press(Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(rows(room)) == before + 1)
    qtbot.wait(50)
    assert bar.value() == 250


def test_another_story_takes_the_place_of_the_checks(room, qtbot, story):
    room.open(story(TRUE))
    qtbot.waitUntil(lambda: "Every quotation matches its source" in titles(room))
    other = room.desk.store.stories.add(Story(slug="other", headline=""))
    room.session.show_story(other)
    qtbot.waitUntil(lambda: "Every quotation matches its source" not in titles(room))


# --- walking from anywhere -----------------------------------------------------------------------------------------


def test_f8_goes_from_the_caret_through_the_story_and_around(room, qtbot, story):
    window = room.open(replace(story(ABSENT), headline=""))
    wait_for(room, qtbot, "quotation")
    room.focus(window.inbox)
    room.press(Qt.Key.Key_F8)
    assert QApplication.focusWidget() is room.pane._headline
    assert room.said[-1][0].startswith("The story has no headline")
    reached = []
    for _ in range(len([row for row in rows(room) if row.stands])):
        room.press(Qt.Key.Key_F8)
        reached.append(window.checks.list.current())
    assert is_of(reached[-1], "headline")
    assert any(is_of(row, "quotation") for row in reached)
    assert len(set(reached)) == len(reached)
    room.press(Qt.Key.Key_F8, SHIFT)
    assert selected(room.pane._cards.frames()[0].body) == ABSENT


def test_f8_begins_behind_the_caret(room, qtbot, story):
    room.open(replace(story(ABSENT), headline=""))
    wait_for(room, qtbot, "quotation")
    body = room.pane._cards.frames()[0].body
    room.focus(body)
    body.place_caret(2)
    room.press(Qt.Key.Key_F8)
    assert selected(body) == ABSENT


# --- mending -------------------------------------------------------------------------------------------------------


def test_a_fix_mends_the_words_as_a_step_that_can_be_undone(room, qtbot, story):
    room.open(story(ALTERED))
    before = room.story
    row = wait_for(room, qtbot, "quotation")
    tip = room.window.checks.list.told_at(place_on(room, row, FIX))
    assert "often" in tip and "never" in tip and "→" in tip
    click(room, row, FIX)
    assert TRUE in room.story.signals[0].body.text
    assert room.pane._cards.frames()[0].body.body() == room.story.signals[0].body
    qtbot.waitUntil(lambda: badge(room) == "1 quote verified")
    room.focus(room.pane._headline)
    room.undo()
    assert room.story == before


@pytest.mark.parametrize("way", ["caret", "list", "letter", "palette"])
def test_a_key_mends_the_problem_at_the_caret_or_of_the_row(room, qtbot, story, way):
    window = room.open(story(ALTERED))
    wait_for(room, qtbot, "quotation")
    window.show_side(CHECKS)
    if way in ("caret", "palette"):
        body = room.pane._cards.frames()[0].body
        room.focus(body)
        body.place_caret(body.toPlainText().index("often"))
    else:
        room.focus(window.checks.list)
    if way == "palette":
        window._show_commands()
        palette = window.findChild(CommandsDialog)
        palette._search.setText("mend the problem")
        palette._choose()
    elif way == "letter":
        room.press(Qt.Key.Key_F)
    else:
        room.press(Qt.Key.Key_Return, ALT)
    assert TRUE in room.story.signals[0].body.text


def test_the_key_says_so_where_nothing_is_marked(room, qtbot, story):
    room.open(story(ALTERED))
    wait_for(room, qtbot, "quotation")
    before = room.story
    room.focus(room.pane._headline)
    room.press(Qt.Key.Key_Return, ALT)
    assert room.story == before
    assert "Nothing is marked" in room.said[-1][0]


def test_all_problems_of_a_rule_are_mended_in_one_step(room, qtbot, story):
    whole = story(ALTERED)
    card = whole.signals[0]
    room.open(replace(whole, signals=(card, replace(card, key="second", headline="Low again"))))
    qtbot.waitUntil(lambda: sum(row.stands and is_of(row, "quotation") for row in rows(room)) == 2)
    before = room.story
    row = row_of(room, "quotation")
    assert row.alike == 2
    click(room, row, FIX_ALL)
    assert all(TRUE in card.body.text for card in room.story.signals)
    room.focus(room.pane._headline)
    room.undo()
    assert room.story == before


# --- waiving -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ["quotation", "balance"])
def test_blockers_and_warnings_are_waived_with_a_reason_that_is_kept_and_can_be_withdrawn(room, qtbot, story, rule):
    window = room.open(story(ABSENT))
    row = wait_for(room, qtbot, rule)
    tab = window._tabs.button(CHECKS)
    count = int(tab.text().split()[1])
    click(room, row, WAIVE)
    dialog = dialog_of(room, qtbot)
    assert not dialog.waive.isEnabled()
    QTest.keyClicks(dialog.reason, "   ")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert dialog.isVisible()
    QTest.keyClicks(dialog.reason, "Heard by our own reporter")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "1 waived" in heads(room))
    assert tab.text() == (f"Checks {count - 1}" if count > 1 else "Checks")
    head = next(row for row in rows(room) if row.group is Group.WAIVED)
    assert head.folded
    click(room, head)
    waived = next(row for row in rows(room) if row.waiver)
    assert waived.detail.startswith("Waived: Heard by our own reporter  ·  ")
    click(room, waived, STAND)
    qtbot.waitUntil(lambda: tab.text() == f"Checks {count}")


def test_a_waiver_is_still_there_when_the_desk_is_opened_again(room, qtbot, story):
    window = room.open(story(ABSENT))
    wait_for(room, qtbot, "quotation")
    window.show_side(CHECKS)
    room.focus(window.checks.list)
    room.press(Qt.Key.Key_W)
    dialog = dialog_of(room, qtbot)
    QTest.keyClicks(dialog.reason, "Heard by our own reporter")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "1 waived" in heads(room))
    number = room.number
    room.again()
    room.window = None
    reviewed = room.desk.reviewing.review(number)
    assert [waiver.reason for _, waiver in reviewed.waived] == ["Heard by our own reporter"]


def test_the_last_reasons_are_offered_and_a_waiver_that_is_called_off_changes_nothing(room, qtbot, story):
    number = room.desk.store.stories.add(Story(slug="other", headline=""))
    room.desk.store.stories.waive(number, Waiver("abc", "Agreed with the desk"))
    room.open(story(ABSENT))
    row = wait_for(room, qtbot, "quotation")
    click(room, row, WAIVE)
    dialog = dialog_of(room, qtbot)
    qtbot.waitUntil(lambda: any(b.text() == "Agreed with the desk" for b in dialog.findChildren(QPushButton)))
    offered = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Agreed with the desk")
    offered.click()
    assert dialog.reason.text() == "Agreed with the desk"
    QTest.keyClick(dialog.reason, Qt.Key.Key_Escape)
    assert not room.desk.reviewing.review(room.number).waived


# --- sources, menus, what is in order ------------------------------------------------------------------------------


def test_show_in_source_turns_the_reader_to_the_words(room, qtbot, story):
    window = room.open(story(ALTERED))
    row = wait_for(room, qtbot, "quotation")
    click(room, row, SOURCE)
    assert window._stack.currentIndex() == READER
    qtbot.waitUntil(lambda: window.reader._view.passage is not None)
    passage = window.reader._view.passage
    text = room.desk.gathering.item(room.story.signals[0].sources[0].item).text
    assert "never" in text[passage.start : passage.end]


def test_where_no_source_has_the_words_there_is_nothing_to_show(room, qtbot, story):
    room.open(story(ABSENT))
    assert wait_for(room, qtbot, "quotation").passage is None


def entries(room, problem: Problem) -> list[str]:
    menu = QMenu()
    room.window.checks.verbs.fill(menu, problem, QAction(menu))
    return [action.text() for action in menu.actions()]


def test_a_rule_of_style_is_switched_off_from_its_menu(room, qtbot, story):
    room.open(story(TRUE))
    style = Problem(
        "style/utilize", Severity.WARNING, Place("headline"), "Twice.", "the the", Fix("Write once", "the the", "the")
    )
    assert entries(room, style) == ["Write once: “the the”  →  “the”\tAlt+Enter", "Waive…", "Never tell this again"]
    asked: list[str] = []
    room.window.checks.verbs.rule_off_requested.connect(asked.append)
    assert "Never tell this again" not in entries(room, replace(style, rule="balance"))
    menu = QMenu()
    room.window.checks.verbs.fill(menu, style)
    menu.actions()[-1].trigger()
    assert asked == ["style/utilize"]
    qtbot.waitUntil(lambda: any("House style…" in said for said, _ in room.said))


def test_what_is_in_order_and_whose_voices_there_are_follows_the_sources(room, qtbot, story):
    room.open(story(TRUE))
    qtbot.waitUntil(lambda: any(row.detail == "1 outlet, 1 link" for row in rows(room)))
    other = room.item("Lock", "The lock is shut.", "The Harbour Bell")
    room.pane.add_source(room.story.signals[0].key, other)
    qtbot.waitUntil(lambda: any(row.detail == "2 outlets, 2 links" for row in rows(room)))
    section = room.window.checks.perspective
    qtbot.waitUntil(lambda: any("2 OUTLETS" in label.text().upper() for label in section.findChildren(QLabel)))


@pytest.mark.parametrize(
    ("place", "field"),
    [
        (Place("lead_image", part="credit", at=0, until=3), "credit"),
        (Place("lead_image", part="caption", at=4, until=8), "caption"),
        (Place("lead_image"), "alt"),
    ],
)
def test_a_place_in_the_lead_image_is_its_line_with_the_words_selected(room, qtbot, story, place, field):
    image = LeadImage(file="a.png", caption="The lock gate", credit="Ana Reef")
    room.open(replace(story(TRUE), lead_image=image))
    room.session.show_place(place)
    line = room.pane._image.field(field)
    assert QApplication.focusWidget() is line
    text = getattr(image, field)
    assert line.selectedText() == (text[place.at : place.until] if place.at is not None else "")
    assert room.pane.place_in_hand().part == field


def test_a_place_at_a_source_is_its_chip_on_an_open_card(room, qtbot, story):
    whole = story(TRUE)
    card = replace(whole.signals[0], sources=(*whole.signals[0].sources, Source(name="Ana Reef")))
    room.open(replace(whole, signals=(card,)))
    room.pane._cards.fold(card.key, True)
    room.session.show_place(Place("sources", 0, entry=1, part="url"))
    assert QApplication.focusWidget() is room.pane._cards.frames()[0].sources._chips[1]
    assert room.pane.place_in_hand() == Place("sources", 0, entry=1)


def test_a_card_without_sources_is_scrolled_to_with_the_keyboard_where_one_is_added(room, qtbot, story):
    whole = story(TRUE)
    cards = tuple(SignalCard(headline=f"Card {number}", body=whole.signals[0].body) for number in range(12))
    room.open(replace(whole, signals=cards))
    bar = room.pane._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 300)
    room.session.show_place(Place("sources", 11))
    assert QApplication.focusWidget() is room.pane._cards.frames()[11].sources._add
    qtbot.waitUntil(lambda: bar.value() > 300)
    assert room.session.card == room.story.signals[11].key


def verdict(grade: Grade, tone: Tone, *, is_waived: bool = False) -> Verdict:
    return Verdict(QuotationCheck(Place("body", 0), "so low", grade, differing=(("low", "high"),)), tone, is_waived=is_waived)


GOOD = verdict(Grade.EXACT, Tone.GOOD)
WAIVED = verdict(Grade.ALTERED, Tone.QUIET, is_waived=True)


@pytest.mark.parametrize(
    ("quotations", "told", "tone"),
    [
        ((), "", "good"),
        ((GOOD, verdict(Grade.FOLDED, Tone.GOOD), verdict(Grade.EDITED, Tone.GOOD)), "3 quotes verified, 1 edited", "good"),
        ((verdict(Grade.EDITED, Tone.GOOD), verdict(Grade.ABSENT, Tone.BAD)), "1 quote not found", "bad"),
        ((verdict(Grade.ABSENT, Tone.WARN),), "1 quote not found", "warn"),
        ((GOOD, verdict(Grade.ALTERED, Tone.BAD)), "Quote differs: 1 word", "bad"),
        ((verdict(Grade.EXACT, Tone.BAD),), "1 quote to check", "bad"),
        ((verdict(Grade.UNARCHIVED, Tone.WARN),), "Quote not comparable", "warn"),
        ((verdict(Grade.UNARCHIVED, Tone.QUIET),), "", "good"),
        ((WAIVED,), "1 quote waived", "muted"),
        ((GOOD, WAIVED), "1 quote verified, 1 waived", "good"),
    ],
)
def test_a_badge_is_as_serious_as_what_the_checks_tell_of_the_quotations(quotations, told, tone):
    assert badge_of(quotations) == (told, tone)


def test_a_waived_quotation_is_drawn_quietly_until_it_stands_again(room, qtbot, story):
    room.open(story(ALTERED))
    qtbot.waitUntil(lambda: badge(room) == "Quote differs: 1 word")
    body = room.pane._cards.frames()[0].body
    assert room.theme.colour("bad") in underlines(body)
    problem = row_of(room, "quotation").problem
    room.session.publish(room.desk.reviewing.waive(room.session.story, problem, "The office sent it again"))
    qtbot.waitUntil(lambda: badge(room) == "1 quote waived")
    assert room.theme.colour("muted") in underlines(body)
    assert room.theme.colour("bad") not in underlines(body)
    room.session.publish(room.desk.reviewing.withdraw_waiver(room.session.story, problem.fingerprint))
    qtbot.waitUntil(lambda: badge(room) == "Quote differs: 1 word")


def underlines(body) -> list:
    return [selection.format.underlineColor() for selection in body.extraSelections()]


# --- a new story ---------------------------------------------------------------------------------------------------


def test_a_new_story_is_told_calmly_what_is_to_be_written_and_blocks_from_its_first_sentence(room, qtbot):
    room.open(Story(slug="new", headline="", signals=(SignalCard(),)))
    qtbot.waitUntil(lambda: heads(room) == ["4 still to write"])
    count, tab = room.window._count, room.window._tabs.button(CHECKS)
    assert (count.text(), tab.text()) == ("4 still to write", "Checks")
    assert room.pane._cards.frames()[0]._problems.isHidden()
    assert len(room.desk.reviewing.review(room.number).blockers) == 3
    room.focus(room.pane._news)
    room.type("The river rises.")
    qtbot.waitUntil(lambda: heads(room)[:2] == ["2 blockers", "1 warning"])
    assert count.text() == "2 blockers  ·  1 warning"


def test_f8_walks_through_what_is_to_be_written(room, qtbot):
    room.open(Story(slug="new", headline="", signals=(SignalCard(),)))
    qtbot.waitUntil(lambda: heads(room) == ["4 still to write"])
    room.window.checks.step(1)
    assert room.window.checks.list.current().title == "The story has no headline. Write one."


def test_the_head_of_the_checks_is_shown_with_the_first_problem(room, qtbot, story):
    room.open(story(ALTERED))
    wait_for(room, qtbot, "quotation")
    room.window.resize(1100, 560)
    room.window.show_side(CHECKS)
    bar = room.window.checks.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    bar.setValue(bar.maximum())
    room.window.checks.show_problem(row_of(room, "quotation").problem)
    assert bar.value() == 0


def test_the_source_of_a_quotation_is_reached_from_the_menu_of_its_row(room, qtbot, story):
    room.open(story(ALTERED))
    row = wait_for(room, qtbot, "quotation")
    room.window.checks._ask_menu(row, QPoint(0, 0))
    menu = room.window.checks.findChild(QMenu)
    assert [action.text() for action in menu.actions()][:2] == ["Go there", "Show in source"]
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: room.window._stack.currentIndex() == READER)
