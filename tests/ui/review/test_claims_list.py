"""The list of what the sentences rest on: folded at first, and each row leads somewhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from workstation.domain.claim import Claim, ClaimCheck, ClaimState
from workstation.domain.problem import Place
from workstation.ui.review.claims_list import MOST_ROWS, ClaimsList, told_ties

RAIN = Claim("It rains.", "q")
TIED = ClaimCheck(Place("news", None, 0, 5), "It rains.", ClaimState.TIED, RAIN, "i", 0, 4, "Rain", "Harbour Post")
FULL, LEAK = "The dam is <b>full</b>.", "A full dam & a <i>leak</i>"
UNTIED = ClaimCheck(Place("body", 0, 0, 13), FULL, ClaimState.UNTIED, None, "i", 5, 30, LEAK, "Lantern")
BARE = ClaimCheck(Place("body", 1, 3, 9), "Nobody knows.", ClaimState.UNTIED)
CHANGED = ClaimCheck(Place("body", 1, 9, 20), "It snows.", ClaimState.CHANGED, RAIN, "i", 0, 4, "Rain", "Harbour Post")
LOST = ClaimCheck(Place("body", 1, 20, 30), "It hails.", ClaimState.LOST, Claim("It hails.", "gone"))


@pytest.fixture
def claims(room, qtbot) -> ClaimsList:
    shown = ClaimsList(room.theme)
    qtbot.addWidget(shown)
    shown.resize(360, 500)
    shown.show_claims((TIED, UNTIED, BARE, CHANGED, LOST))
    shown.show()
    return shown


def labels(shown: ClaimsList) -> list[str]:
    return [label.text() for label in shown._rows.findChildren(QLabel)]


def buttons(shown: ClaimsList) -> list[str]:
    return [button.text() for button in shown._rows.findChildren(QPushButton)]


def press(shown: ClaimsList, label: str) -> None:
    found = next(button for button in shown._rows.findChildren(QPushButton) if button.text() == label)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def test_it_counts_at_first_and_lists_when_it_is_opened(claims: ClaimsList) -> None:
    assert claims._head.text() == "1 of 5 sentences rest on a passage  ·  1 changed since  ·  1 lost its passage"
    assert (claims.is_open, labels(claims)) == (False, [])
    QTest.mouseClick(claims._head, Qt.MouseButton.LeftButton)
    assert claims.is_open
    assert labels(claims) == [
        "The dam is <b>full</b>.",
        "Card 1  ·  tied to no passage; the likeliest one:",
        "“A full dam & a <i>leak</i>” Lantern",
        "Nobody knows.",
        "Card 2  ·  tied to no passage",
        "It snows.",
        "Card 2  ·  changed since it was tied to this passage:",
        "“Rain” Harbour Post",
        "It hails.",
        "Card 2  ·  the passage it was tied to is gone",
    ]
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in claims._rows.findChildren(QLabel))


def test_each_button_says_what_it_does_and_tells_it(claims: ClaimsList, qtbot) -> None:
    claims.set_open(True)
    assert buttons(claims) == [
        *("Tie to this", "Show passage", "Go there"),
        "Go there",
        *("Still rests on it", "Show passage", "Go there"),
        "Go there",
    ]
    with qtbot.waitSignal(claims.accepted) as accepted:
        press(claims, "Still rests on it")
    assert accepted.args == [CHANGED]
    with qtbot.waitSignal(claims.passage_wanted) as passage:
        press(claims, "Show passage")
    assert passage.args == ["i", 5, 30]
    with qtbot.waitSignal(claims.place_wanted) as place:
        press(claims, "Go there")
    assert place.args == [UNTIED.place]


def test_the_same_claims_leave_the_rows_as_they_are(claims: ClaimsList) -> None:
    claims.set_open(True)
    rows = claims._rows
    claims.show_claims((TIED, UNTIED, BARE, CHANGED, LOST))
    assert claims._rows is rows
    claims.show_claims((TIED, UNTIED))
    assert claims._rows is not rows


def test_a_long_list_ends_with_how_many_more_there_are(claims: ClaimsList) -> None:
    claims.set_open(True)
    claims.show_claims([BARE] * (MOST_ROWS + 3))
    assert labels(claims)[-1] == "and 3 more"


def test_a_story_without_sentences_has_no_list(claims: ClaimsList) -> None:
    claims.show_claims(())
    assert not claims.isVisible()


@pytest.mark.parametrize(
    ("checks", "told"),
    [
        ((), ""),
        ((TIED,), "The sentence rests on a passage"),
        ((TIED, TIED), "Every sentence rests on a passage"),
        ((TIED, BARE), "1 of 2 sentences rest on a passage"),
    ],
)
def test_the_count_is_told_in_words(checks: tuple[ClaimCheck, ...], told: str) -> None:
    assert told_ties(checks) == told


def test_the_keyboard_stays_in_the_list_when_a_sentence_was_tied(claims: ClaimsList, qtbot) -> None:
    claims.activateWindow()
    claims.set_open(True)
    next(button for button in claims._rows.findChildren(QPushButton)).setFocus()
    qtbot.waitUntil(lambda: claims.window().focusWidget() is not None)
    claims.show_claims((TIED, BARE, CHANGED))
    focus = claims.window().focusWidget()
    assert (focus.text(), claims._rows.isAncestorOf(focus)) == ("Go there", True)
    claims.show_claims((TIED, TIED))
    assert claims.window().focusWidget() is claims._head
