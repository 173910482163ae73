"""The rows of the checks as values, and the model that changes no more of them than what a review changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from workstation.domain.problem import Fix, Passed, Place, Problem, Severity, Waiver, story_order
from workstation.ui.review.problem_list import told_change
from workstation.ui.review.row_layout import FIX, FIX_ALL, RowFonts, boxes_of
from workstation.ui.review.row_model import ROW, RowModel
from workstation.ui.review.rows import Checked, Group, Row, counted, rows_of

FIX_IT = Fix("Write it once", "the the", "the", 4)


def problem(rule: str = "doubled", *, fix: Fix | None = FIX_IT, severity=Severity.WARNING, at: int = 4) -> Problem:
    return Problem(rule, severity, Place("body", 1, at, at + 7), "A word stands twice. Take one out.", "the the", fix)


def row(name: str) -> Row:
    return Row((name,), Group.PASSED, name, passed=Passed(name, name))


def test_groups_stand_in_their_order_under_heads_that_count_them():
    blocker = problem(severity=Severity.BLOCKER)
    waived = ((problem("other"), Waiver("x", "Agreed", datetime(2026, 3, 2, 9, tzinfo=UTC))),)
    checked = Checked((blocker, problem("twice"), problem("twice", at=20)), waived, (Passed("links", "Every link works"),))
    rows = rows_of(checked, [Group.PASSED])
    assert [one.title for one in rows if one.is_head] == ["1 blocker", "2 warnings", "1 waived", "1 in order"]
    assert rows[-1].folded
    assert [one.group for one in rows if not one.is_head] == [Group.BLOCKERS, Group.WARNINGS, Group.WARNINGS, Group.WAIVED]
    assert len({one.key for one in rows}) == len(rows)


def test_a_row_keeps_its_key_and_its_look_when_only_its_place_in_the_text_moves():
    before, after = (rows_of(Checked((problem(at=at),)), ())[1] for at in (4, 9))
    assert before.key == after.key
    assert before.look == after.look
    assert before != after


def test_fix_all_is_offered_once_and_only_where_every_problem_of_the_rule_has_a_fix():
    every = rows_of(Checked((problem(), problem(at=20))), ())
    assert [one.alike for one in every if one.problem] == [2, 0]
    some = rows_of(Checked((problem(), problem(at=20, fix=None))), ())
    assert [one.alike for one in some if one.problem] == [0, 0]
    assert rows_of(Checked((problem(),)), ())[1].alike == 0


@pytest.mark.parametrize(
    ("counts", "told"),
    [((0, 0), ""), ((1, 0), "1 blocker"), ((0, 2), "2 warnings"), ((2, 1), "2 blockers  ·  1 warning")],
)
def test_counts_in_words(counts, told):
    assert counted(*counts) == told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("the the", "the", "“the the”  →  “the”"),
        ("", "Dawn Courier", "nothing  →  “Dawn Courier”"),
        ("  ", " ", "a space  →  a space"),
        (
            "The office said that the water had often been so low in this valley",
            "The office said that the water had never been so low in this valley",
            "“… water had often been so low …”  →  “… water had never been so low …”",
        ),
    ],
)
def test_a_change_is_told_by_the_words_that_differ(old, new, told):
    assert told_change(old, new) == told


def test_places_are_sorted_as_a_reader_meets_them():
    places = [
        Place("headline", at=4),
        Place("insights"),
        Place("lead_image", part="alt"),
        Place("lead_image", part="credit"),
        Place("news", at=1),
        Place("news", at=90),
        Place("headline", 0),
        Place("sources", 0, entry=1),
        Place("body", 0, at=2),
        Place("headline", 1),
    ]
    assert sorted([*places[5:], *places[:5]], key=story_order) == places


# --- the model -----------------------------------------------------------------------------------------------------

NAMES = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(NAMES, NAMES)
def test_a_row_that_stays_is_followed_wherever_the_next_review_puts_it(qapp, before, after):
    model = RowModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_rows([row(name) for name in before])
    held = {name: QPersistentModelIndex(model.index(at)) for at, name in enumerate(before)}
    model.show_rows([row(name) for name in after])
    assert [model.index(at).data(ROW).title for at in range(model.rowCount())] == after
    assert {name for name, index in held.items() if index.isValid()} == set(before) & set(after)
    assert all(index.row() == after.index(name) for name, index in held.items() if index.isValid())
    tester.deleteLater()


def test_a_review_that_changes_nothing_tells_nothing(qapp, qtbot):
    model = RowModel()
    rows = rows_of(Checked((problem(),)), ())
    model.show_rows(rows)
    with qtbot.assertNotEmitted(model.dataChanged):
        assert not model.show_rows(list(rows))
        assert model.show_rows([rows[0], replace(rows[1], problem=problem(at=9))])
    with qtbot.waitSignal(model.dataChanged):
        model.show_rows([rows[0], replace(rows[1], title="Other words")])


# --- the layout ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [260, 310, 360, 440, 700])
def test_no_part_of_a_row_is_cut_off_or_over_another_one_in_any_width(theme, width):
    long = replace(problem(), message="A long sentence about what is wrong here, with what to do about it. " * 3)
    rows = [one for one in rows_of(Checked((long, replace(long, excerpt="word " * 80))), ()) if one.problem]
    for one in rows:
        boxes = boxes_of(one, width, RowFonts(theme))
        placed = [part.box for part in boxes.parts] + [boxes.title, boxes.detail]
        assert all(box.left() >= 0 and box.right() < width and box.bottom() < boxes.height for box in placed)
        assert not [1 for at, box in enumerate(placed) for other in placed[at + 1 :] if box.intersects(other)]
        assert len(boxes.detail_lines) <= 3
        names = [part.name for part in boxes.parts]
        assert FIX in names
        assert (FIX_ALL in names) == (one is rows[0])


def test_what_a_story_lacks_before_it_is_begun_is_no_fault_yet():
    lacking = Problem("headline", Severity.BLOCKER, Place("headline"), "The story has no headline. Write one.")
    head, row_ = rows_of(Checked(to_write=(lacking,)), ())
    assert (head.title, row_.group, row_.problem) == ("1 still to write", Group.TO_WRITE, lacking)
    assert row_.spoken.startswith("Still to write. ")
    assert counted(0, 0, 4) == "4 still to write"
