"""A body that is shown in the editor is read from it unchanged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor

from workstation.domain.body import PLAIN, Block, BlockKind, Body, Marks, Run, canonical, read_html
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
# A run of every script and mark in every kind of block beside every other, so that neighbours are tried and not only hoped for.
mixed = st.builds(
    lambda script, text, marks, kind, quoted: Block((Run(f"{script}a\n{text}b", marks), Run(script, PLAIN)), kind, quoted),
    st.sampled_from(SCRIPTS),
    st.text(letters, max_size=3),
    marks,
    st.sampled_from(BlockKind),
    st.booleans(),
)
bodies = st.lists(blocks, max_size=6).map(canonical) | st.lists(mixed, min_size=2, max_size=8).map(canonical)
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


def _insert(cursor: QTextCursor, edit: BodyEdit) -> None:
    cursor.insertText("Words\nand more\n")


def _remove(cursor: QTextCursor, edit: BodyEdit) -> None:
    cursor.removeSelectedText()


def _paste(cursor: QTextCursor, edit: BodyEdit) -> None:
    body_document.insert(
        cursor, canonical([Block((Run("One"),), BlockKind.NUMBER), Block((Run("Two"),), quoted=True)]), edit._theme
    )


CHANGES = {
    "insert": _insert,
    "remove": _remove,
    "paste": _paste,
    "delete": lambda cursor, edit: cursor.deleteChar(),
    "backspace": lambda cursor, edit: cursor.deletePreviousChar(),
    "break": lambda cursor, edit: cursor.insertBlock(),
    "strong": lambda cursor, edit: edit.toggle_strong(),
    "link": lambda cursor, edit: edit.set_link("https://a.example/"),
    "quote": lambda cursor, edit: edit.toggle_quoted(),
    "bullets": lambda cursor, edit: edit.toggle_kind(BlockKind.BULLET),
    "numbers": lambda cursor, edit: edit.toggle_kind(BlockKind.NUMBER),
}
places = st.integers(0, 400)


@often
@given(bodies, st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), places, places), max_size=8))
def test_a_body_that_is_read_after_each_change_is_the_whole_documents(edit: BodyEdit, start: Body, changes):
    edit.show_body(start)
    for name, place, length in changes:
        cursor = edit.textCursor()
        end = edit.document().characterCount() - 1
        cursor.setPosition(min(place, end))
        cursor.setPosition(min(place + length % 9, end), QTextCursor.MoveMode.KeepAnchor)
        edit.setTextCursor(cursor)
        CHANGES[name](cursor, edit)
        assert edit.body() == body_document.read(edit.document()), name


@often
@given(bodies.filter(bool), st.integers(0, 200))
def test_the_caret_goes_to_a_place_of_the_body_and_tells_it(edit: BodyEdit, given_body: Body, at: int):
    at = min(at, len(given_body.text))
    edit.show_body(given_body)
    cursor = QTextCursor(edit.document())
    cursor.insertBlock()  # an empty paragraph that is no part of the body
    edit.go_to(at)
    block, units = edit.place()
    offset = len(given_body.blocks[block].text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))
    assert given_body.place(block, offset) == at


def test_blocks_that_were_not_touched_stay_the_same_values(edit: BodyEdit):
    edit.show_body(canonical([Block((Run(words),)) for words in ("One", "Two", "Three")]))
    before = edit.body()
    cursor = QTextCursor(edit.document().findBlockByNumber(1))
    cursor.insertText("And ")
    after = edit.body()
    assert [block.text for block in after.blocks] == ["One", "And Two", "Three"]
    assert [old is new for old, new in zip(before.blocks, after.blocks, strict=True)] == [True, False, True]


@often
@given(bodies.filter(bool))
def test_copying_everything_and_pasting_it_gives_the_same_body(edit: BodyEdit, other: BodyEdit, given_body: Body):
    edit.show_body(given_body)
    edit.selectAll()
    other.show_body(Body())
    other.insertFromMimeData(edit.createMimeDataFromSelection())
    assert other.body() == given_body


@often
@given(bodies.filter(bool))
def test_what_others_get_of_a_copied_body_is_its_markup_without_ties(edit: BodyEdit, given_body: Body):
    edit.show_body(given_body)
    edit.selectAll()
    untied = canonical(
        Block(tuple(replace(run, marks=replace(run.marks, quote=None)) for run in block.runs), block.kind, block.quoted)
        for block in given_body.blocks
    )
    assert read_html(edit.createMimeDataFromSelection().html()).body == untied


@often
@given(bodies.filter(bool), bodies.filter(bool), st.integers(0, 40))
def test_a_paste_anywhere_keeps_every_letter_and_leaves_the_caret_behind_what_was_put_in(
    edit: BodyEdit, other: BodyEdit, there: Body, given_body: Body, at: int
):
    edit.show_body(given_body)
    edit.selectAll()
    other.show_body(there)
    other.place_caret(at)
    before, after = _letters(other.toPlainText()[: other.caret()]), _letters(other.toPlainText()[other.caret() :])
    other.insertFromMimeData(edit.createMimeDataFromSelection())
    assert _letters(other.toPlainText()) == before + _letters(edit.toPlainText()) + after
    assert _letters(other.toPlainText()[: other.caret()]) == before + _letters(edit.toPlainText())


def _letters(text: str) -> str:
    return "".join(text.split())


def test_looking_at_a_body_is_not_typing(edit: BodyEdit, qtbot):
    with qtbot.assertNotEmitted(edit.typed):
        edit.show_body(canonical([Block((Run("Words"),))]))


def test_a_selection_that_is_copied_offers_clean_markup(edit: BodyEdit):
    edit.show_body(canonical([Block((Run("Plain and "), Run("strong", Marks(strong=True)), Run(" words")))]))
    edit.selectAll()
    data = edit.createMimeDataFromSelection()
    assert data.html() == '<meta charset="utf-8">Plain and <strong>strong</strong> words'
    assert data.text() == "Plain and strong words"


def test_reading_a_document_leaves_its_undo_off(edit: BodyEdit):
    edit.show_body(canonical([Block((Run("Words"),))]))
    QTextCursor(edit.document()).insertText("More ")
    assert not edit.document().isUndoAvailable()
    assert body_document.read(edit.document()).text == "More Words"
