"""Problems under their words: marked in every text, told by a tool tip and a menu, and never part of the story."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QApplication, QMenu

from workstation.domain.body import body_from_text, write_html
from workstation.domain.grade import Grade
from workstation.domain.problem import Fix, Place, Problem, QuotationCheck, Severity
from workstation.domain.story import INSIGHTS_AUTO, LeadImage, SignalCard, Source, Story
from workstation.ui.window import CHECKS
from workstation.workflow.reviewing import Reviewed

UNDERLINE = QTextCharFormat.UnderlineStyle
TEXT = "The 🌊 the lock is shut.\nBoats wait wait there."


def whole() -> Story:
    cards = (
        SignalCard(headline="Low  water", body=body_from_text(TEXT), sources=(Source(name="The Lantern Post"),)),
        SignalCard(headline="Second", body=body_from_text("Nothing wrong here.")),
    )
    image = LeadImage(file="a.png", caption="The the lock", credit="Ana Reef")
    return Story(slug="story", headline="The headline", news=body_from_text("The news"), signals=cards, lead_image=image)


def problem(words: str, place: Place, text: str = TEXT, *, severity=Severity.WARNING, fix: Fix | None = None) -> Problem:
    at = text.index(words)
    return Problem("test", severity, replace(place, at=at, until=at + len(words)), f"About {words}.", words, fix)


BODY = Place("body", 0)
DOUBLED = problem("wait wait", BODY, fix=Fix("Write it once", "wait wait", "wait", TEXT.index("wait wait")))


@pytest.fixture
def show(room, qtbot):
    """Opens the story, waits for its own review, and shows these problems instead."""

    def shown(*problems: Problem, quotations: tuple[QuotationCheck, ...] = (), story: Story | None = None):
        window = room.open(story or whole())
        qtbot.waitUntil(lambda: window._count.isVisible())
        reviewed = Reviewed(problems, (), quotations)
        window.checks._show(reviewed)
        room.pane._show_review(reviewed)
        return room.pane._cards.frames()[0].body

    return shown


def marks(edit) -> list[tuple[str, UNDERLINE]]:
    found = edit._layers.get("problems", [])
    return [(one.cursor.selectedText(), one.format.underlineStyle()) for one in found]


def point_at(edit, words: str) -> QPoint:
    cursor = edit.document().find(words)
    cursor.setPosition((cursor.selectionStart() + cursor.selectionEnd()) // 2)
    return edit.cursorRect(cursor).center() + QPoint(1, 0)


def test_words_are_marked_in_each_text_by_colour_and_by_shape(room, show):
    body = show(
        DOUBLED,
        problem("lock", BODY, severity=Severity.BLOCKER),
        problem("headline", Place("headline"), "The headline"),
        problem("news", Place("news"), "The news"),
        problem("water", Place("headline", 0), "Low water"),
    )
    assert sorted(marks(body)) == [("lock", UNDERLINE.SingleUnderline), ("wait wait", UNDERLINE.DotLine)]
    colours = {one.format.underlineColor().name() for one in body._layers["problems"]}
    assert len(colours) == 2
    frame = room.pane._cards.frames()[0]
    for edit, words in ((room.pane._headline, "headline"), (room.pane._news, "news"), (frame.headline, "water")):
        assert marks(edit) == [(words, UNDERLINE.DotLine)]


def test_words_behind_a_letter_of_two_units_and_in_a_later_paragraph_are_the_right_ones(room, show):
    body = show(problem("the lock", BODY), problem("there", BODY))
    assert [words for words, _ in marks(body)] == ["there", "the lock"]


def test_a_mark_follows_its_words_while_the_editor_types_and_is_never_part_of_the_story(room, show):
    body = show(DOUBLED)
    before = write_html(room.story.signals[0].body)
    assert "wait wait" in before and "underline" not in before
    room.focus(body)
    body.place_caret(0)
    room.type("Now ")
    assert marks(body) == [("wait wait", UNDERLINE.DotLine)]
    assert write_html(room.story.signals[0].body) == before.replace("The 🌊", "Now The 🌊")


def test_a_review_of_words_that_moved_meanwhile_marks_them_where_they_are(room, show):
    body = show()
    room.focus(body)
    body.place_caret(0)
    room.type("Now ")
    room.pane.problems.show(Reviewed((DOUBLED,), (), ()), room.pane._cards.frames())
    assert marks(body) == [("wait wait", UNDERLINE.DotLine)]


def test_a_quotation_keeps_its_own_mark_and_bears_no_second_one(room, show):
    quoted = replace(problem("the lock is shut", BODY, severity=Severity.BLOCKER), rule="quotation-missing")
    check = QuotationCheck(quoted.place, "the lock is shut", Grade.ABSENT)
    body = show(quoted, DOUBLED, quotations=(check,))
    assert [words for words, _ in marks(body)] == ["wait wait"]
    assert "About the lock is shut" in room.pane.problems._marks[body].told_at(point_at(body, "lock"))


def test_the_same_words_are_marked_once_as_the_worse_of_two_problems(room, show):
    body = show(DOUBLED, replace(DOUBLED, rule="other", severity=Severity.BLOCKER))
    assert marks(body) == [("wait wait", UNDERLINE.SingleUnderline)]


def test_the_tool_tip_says_what_is_wrong_and_which_key_mends_it(room, show):
    body = show(DOUBLED)
    told = room.pane.problems._marks[body].told_at(point_at(body, "wait wait"))
    assert told == "Warning: About wait wait.\nAlt+Enter: Write it once"
    assert room.pane.problems._marks[body].told_at(point_at(body, "Boats")) == ""


def test_the_menu_of_marked_words_mends_waives_and_leads_to_the_checks(room, show):
    body = show(DOUBLED)
    menu = QMenu()
    cursor = body.document().find("wait wait")
    body.menu_made.emit(menu, cursor)
    texts = [action.text() for action in menu.actions()]
    assert texts[:3] == ["Write it once: “wait wait”  →  “wait”\tAlt+Enter", "Waive…", "Show in checks"]
    menu.actions()[2].trigger()
    assert room.window._stack.currentIndex() == CHECKS
    assert room.window.checks.list.current().problem == DOUBLED
    menu.actions()[0].trigger()
    assert "wait wait" not in room.story.signals[0].body.text
    other = QMenu()
    body.menu_made.emit(other, body.document().find("shut"))
    assert other.actions() == []


def test_alt_enter_mends_what_is_marked_at_the_caret_and_undo_leads_back(room, show):
    body = show(DOUBLED)
    before = room.story
    room.focus(body)
    body.place_caret(TEXT.index("wait wait") + 2)
    room.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert room.story.signals[0].body.text == TEXT.replace("wait wait", "wait")
    assert QApplication.focusWidget() is body
    room.undo()
    assert room.story == before
    assert QApplication.focusWidget() is body


def test_the_next_review_marks_a_text_that_was_shown_anew_though_it_found_the_same(room, show):
    quoted = replace(problem("the lock is shut", BODY, severity=Severity.BLOCKER), rule="quotation-missing")
    check = QuotationCheck(quoted.place, "the lock is shut", Grade.ABSENT)
    body = show(quoted, DOUBLED, quotations=(check,))
    review = Reviewed((quoted, DOUBLED), (), (check,))
    before = body.body()
    body.show_body(body_from_text("Other words"))
    body.show_body(before)
    assert marks(body) == []
    room.pane._show_review(review)
    assert [words for words, _ in marks(body)] == ["wait wait"]
    assert [one.cursor.selectedText() for one in body._layers["quotations"]] == ["the lock is shut"]


def test_marks_are_drawn_anew_when_the_look_changes(room, show):
    body = show(DOUBLED)
    room.theme.choose("dark")
    try:
        assert marks(body) == [("wait wait", UNDERLINE.DotLine)]
    finally:
        room.theme.choose("light")


def test_marks_go_when_the_problem_is_gone(room, show):
    body = show(DOUBLED)
    room.pane.problems.show(Reviewed((), (), ()), room.pane._cards.frames())
    assert marks(body) == []


# --- cards and lines -----------------------------------------------------------------------------------------------


def test_a_card_counts_its_problems_beside_the_quotations_and_a_click_leads_to_the_first(room, qtbot, show):
    quoted = replace(problem("the lock is shut", BODY, severity=Severity.BLOCKER), rule="quotation-missing")
    check = QuotationCheck(quoted.place, "the lock is shut", Grade.ABSENT)
    body = show(quoted, DOUBLED, problem("there", BODY), quotations=(check,))
    frame = room.pane._cards.frames()[0]
    assert (frame._badge.text(), frame._problems.text()) == ("1 quote not found", "2 problems")
    assert frame._problems.property("badge") == "warn"
    qtbot.mouseClick(frame._problems, Qt.MouseButton.LeftButton)
    assert body.textCursor().selectedText() == "wait wait"
    qtbot.mouseClick(frame._badge, Qt.MouseButton.LeftButton)
    assert body.textCursor().selectedText() == "the lock is shut"
    assert not room.pane._cards.frames()[1]._problems.isVisible()


def test_lines_and_chips_tell_their_problem_by_border_and_tool_tip_until_it_is_mended(room, show):
    caption = problem("The the", Place("lead_image", part="caption"), "The the lock")
    source = Problem("test", Severity.BLOCKER, Place("sources", 0, entry=0, part="url"), "No link.")
    show(caption, source)
    line, chip = room.pane._image.field("caption"), room.pane._cards.frames()[0].sources._chips[0]
    assert (line.property("problem"), chip.property("problem")) == ("warn", "bad")
    assert "About The the." in line.toolTip()
    assert "No link." in chip.toolTip()
    assert "F2 edits" in chip.toolTip()
    room.pane.problems.show(Reviewed((), (), ()), room.pane._cards.frames())
    assert (line.property("problem"), chip.property("problem")) == ("", "")
    assert line.toolTip() == ""


def test_an_insights_line_that_makes_itself_is_not_marked(room, show):
    assert whole().insights == INSIGHTS_AUTO
    show(Problem("test", Severity.WARNING, Place("insights"), "It leaves out somebody."))
    assert not room.pane._insights._own.property("problem")
