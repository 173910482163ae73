"""A body that is shown in the editor is read from it unchanged."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor

from workstation.domain.body import Block, BlockKind, Body, Marks, Run, canonical
from workstation.ingest.pasting import read_pasted
from workstation.ui.story import body_document
from workstation.ui.story.body_edit import BodyEdit

SCRIPTS = (
    "The ferry is late. ",
    "“quoted – words”",
    "اتفاق النهر",
    "שלום",
    "水の条約",
    "🚢👩‍👩‍👧",
    "é\u0301",
    "A & B < C",
    "\u200f",
    "\u00a0",
    "\n",
    " ",
)
# Controls, line and paragraph separators and the stand-in for objects are no text of a story.
letters = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"], exclude_characters="\ufffc")
texts = st.lists(st.sampled_from(SCRIPTS) | st.text(letters, max_size=4), max_size=4)
marks = st.builds(
    Marks,
    strong=st.booleans(),
    emphasis=st.booleans(),
    link=st.none() | st.sampled_from(["https://a.example/?a=1&b=2", "mailto:a@b.example"]),
    quote=st.none() | st.sampled_from(["q1", "q2"]),
)
runs = st.builds(Run, texts.map("".join), marks)
blocks = st.builds(Block, st.lists(runs, max_size=4).map(tuple), st.sampled_from(BlockKind), st.booleans())
bodies = st.lists(blocks, max_size=6).map(canonical)
often = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def edit(theme, qtbot) -> BodyEdit:
    edit = BodyEdit(theme, "Body", lambda _: Body())
    qtbot.addWidget(edit)
    return edit


@pytest.fixture
def other(theme, qtbot) -> BodyEdit:
    edit = BodyEdit(theme, "Other", read_pasted)
    qtbot.addWidget(edit)
    return edit


@often
@given(bodies)
def test_a_body_shown_is_read_back_the_same(edit: BodyEdit, given_body: Body):
    edit.show_body(given_body)
    assert edit.body() == given_body


@often
@given(bodies, bodies)
def test_a_body_shown_after_another_keeps_nothing_of_it(edit: BodyEdit, first: Body, second: Body):
    edit.show_body(first)
    edit.show_body(second)
    assert edit.body() == second


@often
@given(bodies.filter(bool))
def test_copying_everything_and_pasting_it_gives_the_same_body(edit: BodyEdit, other: BodyEdit, given_body: Body):
    edit.show_body(given_body)
    edit.selectAll()
    other.show_body(Body())
    other.insertFromMimeData(edit.createMimeDataFromSelection())
    assert other.body() == given_body


def test_looking_at_a_body_is_not_typing(edit: BodyEdit, qtbot):
    with qtbot.assertNotEmitted(edit.typed):
        edit.show_body(canonical([Block((Run("Words"),))]))


def test_a_selection_that_is_copied_offers_clean_markup(edit: BodyEdit):
    edit.show_body(canonical([Block((Run("Plain and "), Run("strong", Marks(strong=True)), Run(" words")))]))
    edit.selectAll()
    data = edit.createMimeDataFromSelection()
    assert data.html() == "Plain and <strong>strong</strong> words"
    assert data.text() == "Plain and strong words"


def test_reading_a_document_leaves_its_undo_off(edit: BodyEdit):
    edit.show_body(canonical([Block((Run("Words"),))]))
    QTextCursor(edit.document()).insertText("More ")
    assert not edit.document().isUndoAvailable()
    assert body_document.read(edit.document()).text == "More Words"
