"""Typing, setting and pasting in the body of a card."""

from __future__ import annotations

from time import monotonic

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from workstation.domain.body import BlockKind, read_html, write_html
from workstation.domain.common_ends import change_end
from workstation.domain.grade import Grade
from workstation.domain.problem import Place, QuotationCheck
from workstation.ingest.pasting import read_pasted
from workstation.ui.story.body_edit import BodyEdit
from workstation.ui.story.verdict import Tone, Verdict

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def edit(theme, qtbot) -> BodyEdit:
    edit = BodyEdit(theme, "Body", read_pasted)
    qtbot.addWidget(edit)
    edit.resize(400, 100)
    with qtbot.waitActive(edit):
        edit.show()
        edit.activateWindow()
    edit.setFocus()
    return edit


def show(edit: BodyEdit, html: str, caret: int | None = None) -> None:
    edit.show_body(read_html(html).body)
    edit.place_caret(len(edit.toPlainText()) if caret is None else caret)


def type_text(edit: BodyEdit, text: str) -> None:
    """Type any letters; QTest knows ASCII only."""
    for letter in text:
        QApplication.sendEvent(edit, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))


def html(edit: BodyEdit) -> str:
    return write_html(edit.body()).replace("\n", "")


def select(edit: BodyEdit, words: str) -> None:
    """Select from the beginning to the end of ``words``; a line feed in them is the end of a paragraph."""
    at = edit.toPlainText().index(words)
    edit.place_caret(at)
    cursor = edit.textCursor()
    cursor.setPosition(at + len(words), QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)


# --- typing --------------------------------------------------------------------------------------------------------


def test_what_is_typed_after_a_link_is_not_linked(edit):
    show(edit, '<p><a href="https://a.example/">link</a></p>')
    QTest.keyClicks(edit, " more")
    assert html(edit) == '<p><a href="https://a.example/">link</a> more</p>'


def test_what_is_typed_before_a_link_is_not_linked(edit):
    show(edit, '<p><a href="https://a.example/">link</a></p>', 0)
    QTest.keyClicks(edit, "a ")
    assert html(edit) == '<p>a <a href="https://a.example/">link</a></p>'


def test_what_is_typed_inside_a_link_is_linked_also_where_its_weight_changes(edit):
    show(edit, '<p><a href="https://a.example/">one <strong>two</strong></a></p>', 4)
    QTest.keyClicks(edit, "X")
    assert html(edit) == '<p><a href="https://a.example/">one X<strong>two</strong></a></p>'


def test_what_is_typed_between_two_links_is_in_neither(edit):
    show(edit, '<p><a href="https://a.example/">one</a><a href="https://b.example/">two</a></p>', 3)
    QTest.keyClicks(edit, "X")
    assert html(edit) == '<p><a href="https://a.example/">one</a>X<a href="https://b.example/">two</a></p>'


def test_what_is_typed_inside_a_link_is_linked(edit):
    show(edit, '<p><a href="https://a.example/">link</a></p>', 2)
    QTest.keyClicks(edit, "X")
    assert html(edit) == '<p><a href="https://a.example/">liXnk</a></p>'


def test_what_is_typed_after_a_tied_quotation_is_not_tied(edit):
    show(edit, '<p>“<mark data-quote="q1">true words</mark></p>')
    type_text(edit, "”, he said")
    assert html(edit) == '<p>“<mark data-quote="q1">true words</mark>”, he said</p>'


def test_a_paragraph_begun_after_a_link_is_not_linked(edit):
    show(edit, '<p><a href="https://a.example/">link</a></p>')
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "next")
    assert html(edit) == '<p><a href="https://a.example/">link</a></p><p>next</p>'


def test_shift_and_enter_break_the_line_inside_the_paragraph(edit):
    show(edit, "<p>one</p>")
    QTest.keyClick(edit, Qt.Key.Key_Return, SHIFT)
    QTest.keyClicks(edit, "two")
    assert html(edit) == "<p>one<br>two</p>"


def test_enter_in_a_list_item_begins_the_next_item(edit):
    show(edit, "<ol><li>one</li></ol>")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "two")
    assert html(edit) == "<ol><li>one</li><li>two</li></ol>"


def test_enter_in_an_empty_list_item_leaves_the_list(edit):
    show(edit, "<ul><li>one</li></ul>")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "after")
    assert html(edit) == "<ul><li>one</li></ul><p>after</p>"


def test_enter_in_an_empty_quoted_paragraph_leaves_the_quote(edit):
    show(edit, "<blockquote><p>said</p></blockquote>")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "after")
    assert html(edit) == "<blockquote><p>said</p></blockquote><p>after</p>"


def test_backspace_at_the_start_of_a_list_item_makes_it_a_paragraph_and_tells_so(edit, qtbot):
    show(edit, "<p>before</p><ul><li>item</li></ul>", len("before\n"))
    with qtbot.waitSignal(edit.typed):
        QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert html(edit) == "<p>before</p><p>item</p>"


def test_backspace_at_the_start_of_a_quoted_paragraph_takes_it_out(edit):
    show(edit, "<p>before</p><blockquote><p>said</p></blockquote>", len("before\n"))
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert html(edit) == "<p>before</p><p>said</p>"


def test_backspace_at_the_start_of_a_paragraph_joins_it_to_the_one_before(edit):
    show(edit, "<p>before</p><p>after</p>", len("before\n"))
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert html(edit) == "<p>beforeafter</p>"


@pytest.mark.parametrize("key", [Qt.Key.Key_B, Qt.Key.Key_I, Qt.Key.Key_U])
def test_keys_of_the_text_edit_set_nothing_that_a_story_does_not_have(edit, key):
    show(edit, "<p>words</p>")
    edit.selectAll()
    QTest.keyClick(edit, key, CONTROL)
    assert html(edit) == "<p>words</p>"


# --- setting -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("verb", "tag"), [("toggle_strong", "strong"), ("toggle_emphasis", "em")])
def test_a_mark_is_set_over_paragraphs_and_taken_back(edit, verb, tag):
    show(edit, "<p>one two</p><p>three four</p>")
    select(edit, "two\nthree")
    getattr(edit, verb)()
    assert html(edit) == f"<p>one <{tag}>two</{tag}></p><p><{tag}>three</{tag}> four</p>"
    getattr(edit, verb)()
    assert html(edit) == "<p>one two</p><p>three four</p>"


def test_a_mark_over_words_of_which_some_bear_it_is_set_on_all_first(edit):
    show(edit, "<p>one <strong>two</strong></p>")
    select(edit, "one two")
    edit.toggle_strong()
    assert html(edit) == "<p><strong>one two</strong></p>"


def test_a_selection_drawn_backwards_is_toggled_like_any_other(edit):
    show(edit, "<p>one <strong>two</strong> three</p>")
    cursor = edit.textCursor()
    cursor.setPosition(7)
    cursor.setPosition(4, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    assert edit.shape().strong
    edit.toggle_strong()
    assert html(edit) == "<p>one two three</p>"


def test_strong_without_a_selection_holds_for_what_is_typed_next(edit):
    show(edit, "<p>plain </p>")
    QTest.keyClicks(edit, " ")
    edit.toggle_strong()
    QTest.keyClicks(edit, "loud")
    edit.toggle_strong()
    QTest.keyClicks(edit, " again")
    assert html(edit) == "<p>plain <strong>loud</strong> again</p>"


def test_the_selected_paragraphs_go_into_a_block_quote_and_out_of_it(edit):
    show(edit, "<p>one</p><p>two</p><p>three</p>")
    select(edit, "one\ntwo")
    edit.toggle_quoted()
    assert html(edit) == "<blockquote><p>one</p><p>two</p></blockquote><p>three</p>"
    edit.toggle_quoted()
    assert html(edit) == "<p>one</p><p>two</p><p>three</p>"


@pytest.mark.parametrize(("kind", "tag"), [(BlockKind.BULLET, "ul"), (BlockKind.NUMBER, "ol")])
def test_the_selected_paragraphs_become_one_list_and_paragraphs_again(edit, kind, tag):
    show(edit, "<p>one</p><p>two</p><p>three</p>")
    select(edit, "two\nthree")
    edit.toggle_kind(kind)
    assert html(edit) == f"<p>one</p><{tag}><li>two</li><li>three</li></{tag}>"
    edit.toggle_kind(kind)
    assert html(edit) == "<p>one</p><p>two</p><p>three</p>"


def test_a_selection_that_ends_at_the_start_of_a_paragraph_does_not_take_that_one(edit):
    show(edit, "<p>one</p><p>two</p><p>three</p>")
    select(edit, "one\ntwo\n")
    edit.toggle_kind(BlockKind.BULLET)
    assert html(edit) == "<ul><li>one</li><li>two</li></ul><p>three</p>"


def test_a_bulleted_list_becomes_a_numbered_one(edit):
    show(edit, "<ul><li>one</li><li>two</li></ul>")
    edit.selectAll()
    edit.toggle_kind(BlockKind.NUMBER)
    assert html(edit) == "<ol><li>one</li><li>two</li></ol>"


def test_a_list_item_can_stand_in_a_block_quote(edit):
    show(edit, "<ul><li>one</li></ul>")
    edit.toggle_quoted()
    assert html(edit) == "<blockquote><ul><li>one</li></ul></blockquote>"


def test_selected_words_are_linked_and_unlinked_with_their_marks_kept(edit):
    show(edit, "<p>one <strong>two</strong> three</p>")
    select(edit, "one two")
    edit.set_link("https://a.example/")
    assert html(edit) == '<p><a href="https://a.example/">one <strong>two</strong></a> three</p>'
    edit.place_caret(2)
    edit.set_link(None)
    assert html(edit) == "<p>one <strong>two</strong> three</p>"


def test_the_whole_link_at_the_caret_gets_another_address(edit):
    show(edit, '<p>see <a href="https://a.example/">the 🚢 report</a> now</p>', 8)
    edit.set_link("https://b.example/")
    assert html(edit) == '<p>see <a href="https://b.example/">the 🚢 report</a> now</p>'


def test_a_link_where_nothing_is_selected_is_put_in_with_its_words(edit):
    show(edit, "<p>see</p>")
    QTest.keyClicks(edit, " ")
    edit.set_link("https://a.example/", "the report")
    QTest.keyClicks(edit, " now")
    assert html(edit) == '<p>see <a href="https://a.example/">the report</a> now</p>'


def test_linking_a_tied_quotation_keeps_its_tie(edit):
    show(edit, '<p>“<mark data-quote="q1">true words</mark>”</p>')
    select(edit, "true words")
    edit.set_link("https://a.example/")
    assert edit.body().quotes == ("q1",)
    assert edit.body().links == ("https://a.example/",)


def test_the_shape_at_the_caret_is_told(edit):
    show(edit, '<blockquote><ul><li><strong><em><a href="https://a.example/">all</a></em></strong></li></ul></blockquote>', 2)
    shape = edit.shape()
    assert (shape.strong, shape.emphasis, shape.link) == (True, True, "https://a.example/")
    assert (shape.quoted, shape.kind) == (True, BlockKind.BULLET)


# --- pasting -------------------------------------------------------------------------------------------------------


def paste(edit: BodyEdit, markup: str, text: str = "") -> None:
    data = QMimeData()
    if markup:
        data.setHtml(markup)
    data.setText(text)
    edit.insertFromMimeData(data)


def test_what_is_pasted_into_a_paragraph_joins_it(edit):
    show(edit, "<p>one  three</p>", 4)
    paste(edit, "<b>two</b>")
    assert html(edit) == "<p>one <strong>two</strong>three</p>"


def test_a_list_pasted_at_the_start_of_a_paragraph_leaves_no_empty_line_and_keeps_the_paragraph(edit):
    show(edit, "<p>after</p>", 0)
    paste(edit, "<ul><li>item</li></ul>")
    assert edit.toPlainText() == "item\nafter"
    assert html(edit) == "<ul><li>item</li></ul><p>after</p>"
    assert edit.caret() == len("item")


def test_paragraphs_pasted_into_the_middle_of_one_join_it_at_both_ends(edit):
    show(edit, "<p>before after</p>", 7)
    paste(edit, "<p>one</p><p>two </p>")
    assert html(edit) == "<p>before one</p><p>twoafter</p>"


def test_a_paste_takes_the_place_of_the_selection_and_is_told_once(edit, qtbot):
    show(edit, "<p>one two three</p>")
    select(edit, "two")
    told = []
    edit.typed.connect(lambda: told.append(html(edit)))
    paste(edit, "<p>2</p><ul><li>a</li><li>b</li></ul>")
    assert len(told) == 1
    assert "<ul><li>a</li><li>b</li></ul>" in told[0].replace("b three", "b")


def test_a_paste_in_the_middle_of_a_paragraph_keeps_what_stood_after_it_a_paragraph(edit):
    show(edit, "<p>before after</p>", 7)
    paste(edit, "<ul><li>item</li></ul>")
    assert html(edit) == "<p>before</p><ul><li>item</li></ul><p>after</p>"


@pytest.mark.parametrize(
    ("there", "at", "pasted", "wanted"),
    [
        ("<ul><li>one</li><li>two</li></ul>", 1, "<p>a</p><p>b</p>", "<ul><li>oa</li><li>bne</li><li>two</li></ul>"),
        ("<ol><li>one</li></ol>", 3, "<p>a</p><p>b</p>", "<ol><li>onea</li><li>b</li></ol>"),
        ("<ul><li>one</li></ul>", 3, "<ul><li>a</li></ul>", "<ul><li>one</li><li>a</li></ul>"),
        ("<ul><li>one</li></ul>", 0, "<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li><li>b</li><li>one</li></ul>"),
        ("<ul><li>one</li></ul>", 1, "<ol><li>a</li></ol>", "<ul><li>o</li></ul><ol><li>a</li></ol><ul><li>ne</li></ul>"),
        ("<ul><li>one</li></ul>", 3, "<p>a</p><ol><li>b</li></ol>", "<ul><li>onea</li></ul><ol><li>b</li></ol>"),
        ("<blockquote><p>one</p></blockquote>", 3, "<p>a</p><p>b</p>", "<blockquote><p>onea</p><p>b</p></blockquote>"),
        (
            "<blockquote><p>one</p></blockquote>",
            1,
            "<ul><li>a</li></ul>",
            "<blockquote><p>o</p><ul><li>a</li></ul><p>ne</p></blockquote>",
        ),
        ("<p>one</p>", 1, "<blockquote>a</blockquote>", "<p>o</p><blockquote><p>a</p></blockquote><p>ne</p>"),
        ("", 0, "<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("", 0, "<blockquote>a</blockquote><p>b</p>", "<blockquote><p>a</p></blockquote><p>b</p>"),
    ],
)
def test_a_paste_takes_on_its_place_or_stands_beside_it(edit, there, at, pasted, wanted):
    show(edit, there, at)
    paste(edit, pasted)
    assert html(edit) == wanted


def test_typing_goes_on_behind_a_paste(edit):
    show(edit, "<p>before after</p>", 7)
    paste(edit, "<p>one</p><ul><li>two</li></ul>")
    QTest.keyClicks(edit, "!")
    assert html(edit) == "<p>before one</p><ul><li>two!</li></ul><p>after</p>"


def test_words_copied_from_a_list_or_a_quote_join_a_sentence(edit):
    show(edit, "<blockquote><ul><li>one two</li></ul></blockquote><p>xy</p>")
    select(edit, "two")
    edit.copy()
    edit.place_caret(len("one two\nx"))
    edit.paste()
    assert html(edit) == "<blockquote><ul><li>one two</li></ul></blockquote><p>xtwoy</p>"


def test_a_word_moved_with_its_space_keeps_it(edit):
    show(edit, "<p>one two <strong>three</strong></p>")
    select(edit, "one ")
    edit.cut()
    edit.place_caret(len("two "))
    edit.paste()
    assert html(edit) == "<p>two one <strong>three</strong></p>"


def test_a_plain_mail_is_pasted_with_its_list_but_plainly_without(edit):
    mail = "- one\r\n- two\r\n\r\n> said"
    paste(edit, "", mail)
    assert html(edit) == "<ul><li>one</li><li>two</li></ul><blockquote><p>said</p></blockquote>"
    show(edit, "")
    edit.paste_plain(mail)
    assert html(edit) == "<p>- one</p><p>- two</p><p>&gt; said</p>"


def test_a_clipboard_in_utf_16_without_a_mark_is_read(edit):
    data = QMimeData()
    data.setData("text/html", "<p>水 und <b>Öl</b></p>".encode("utf-16-le"))
    edit.insertFromMimeData(data)
    assert html(edit) == "<p>水 und <strong>Öl</strong></p>"


def test_each_block_runs_in_the_direction_of_its_first_letter_also_when_it_is_pasted_or_typed_between_others(edit):
    show(edit, "<p>first</p><p>last</p>", len("first"))
    paste(edit, "<p dir=rtl>x</p><ul dir=rtl><li>الرصيف (one)</li><li>two נמל</li></ul><blockquote dir=rtl>קר</blockquote>")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    type_text(edit, "نعم")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "yes")
    block, runs, items = edit.document().begin(), [], []
    while block.isValid():
        runs.append((block.text(), block.textDirection()))
        items.append(block.layout().lineAt(0).naturalTextRect())
        block = block.next()
    right, left = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
    wanted = [("firstx", left), ("الرصيف (one)", right), ("two נמל", left), ("קר", right), ("نعم", right), ("yes", left)]
    assert runs == [*wanted, ("last", left)]
    width = edit.document().textWidth()
    assert items[1].right() < width - 20
    assert items[2].left() > 20
    assert items[3].right() <= width - 20 < items[3].right() + 5


def test_a_long_paste_is_shown_in_half_a_second(edit):
    style = "font-size:11pt;font-family:Arial,sans-serif;color:#000000;font-style:normal;white-space:pre-wrap;font-weight:"
    paragraph = "".join(f'<span style="{style}{weight}">The water fell by a third. </span>' for weight in (400, 700, 400))
    begun = monotonic()
    paste(edit, f"<p dir=ltr>{paragraph}</p>" * 430)
    assert len(edit.body().blocks) == 430
    assert monotonic() - begun < 1.5  # half of a second on a quiet machine


def test_a_paste_of_nothing_but_markup_falls_back_to_the_text(edit):
    paste(edit, "<style>p {}</style>", "the text")
    assert html(edit) == "<p>the text</p>"


def test_pasting_plain_has_no_marks_and_keeps_paragraphs(edit):
    edit.paste_plain("<b>one</b>\n\n  two\n")
    assert html(edit) == "<p>&lt;b&gt;one&lt;/b&gt;</p><p>two</p>"


def test_pasting_plain_into_a_strong_word_is_not_strong(edit):
    show(edit, "<p><strong>ab</strong></p>", 1)
    edit.paste_plain("-")
    assert html(edit) == "<p><strong>a</strong>-<strong>b</strong></p>"


def test_a_paste_after_a_link_is_not_linked(edit):
    show(edit, '<p><a href="https://a.example/">link</a></p>')
    paste(edit, "", "plain")
    assert html(edit) == '<p><a href="https://a.example/">link</a>plain</p>'


def test_what_is_pasted_fetches_nothing(edit, tmp_path, monkeypatch):
    from PIL import Image

    picture = tmp_path / "p.png"
    Image.new("RGB", (5, 5)).save(picture)
    asked = []
    monkeypatch.setattr(type(edit), "loadResource", lambda self, kind, name: asked.append(name))
    paste(
        edit,
        f'<p background="file://{picture}">a<img src="file://{picture}"><link rel=stylesheet href="https://a.example/x.css">'
        f'<style>@import "file://{picture}"</style><table background="file://{picture}"><tr><td>b</td></tr></table></p>',
    )
    edit.grab()
    assert asked == []
    assert "\ufffc" not in edit.toPlainText()
    assert edit.body().text.split() == ["a", "b"]


def test_a_picture_that_gets_into_the_document_after_all_is_not_loaded(edit, tmp_path):
    assert edit.loadResource(2, "file:///etc/hostname").isNull()


def test_a_paste_and_the_typing_around_it_are_steps_of_their_own(edit):
    groups = []
    edit.typed.connect(lambda: groups.append(edit.typing_group))
    QTest.keyClicks(edit, "ab")
    paste(edit, "", "pasted words")
    QTest.keyClicks(edit, "cd")
    assert groups[0] == groups[1]
    assert len({groups[1], groups[2], groups[3]}) == 3
    assert groups[3] == groups[4]


def test_each_word_and_each_jump_is_a_step_of_its_own(edit):
    groups = []
    edit.typed.connect(lambda: groups.append(edit.typing_group))
    QTest.keyClicks(edit, "ab cd")
    edit.place_caret(0)
    QTest.keyClicks(edit, "x")
    first, second, jump = groups[:2], groups[2:5], groups[5:]
    assert len(set(first)) == len(set(second)) == 1
    assert len({first[0], second[0], jump[0]}) == 3


# --- carets and quotations -----------------------------------------------------------------------------------------


def test_the_end_of_an_ambiguous_change_is_the_one_near_the_caret():
    assert [change_end("ha ha", "ha", near) for near in range(4)] == [0, 1, 2, 2]
    assert change_end("one three", "one two three", 8) == 8
    assert change_end("one two three", "one three", 4) == 4
    assert change_end("abc", "abXc", 0) == 3


@pytest.mark.parametrize(
    ("before", "after", "end"),
    [
        ("abc", "abXc", 3),
        ("abXc", "abc", 2),
        ("", "abc", 3),
        ("abc", "", 0),
        ("ha ha", "ha", 2),
        ("ha", "ha ha", 5),
        ("same", "same", 4),
        ("one three", "one two three", 9),
    ],
)
def test_the_caret_stands_where_the_change_ends(before, after, end):
    assert change_end(before, after) == end


def test_the_caret_counts_code_points_and_comes_back_behind_emoji(edit):
    show(edit, "<p>🚢🚢 words</p>")
    for at in range(len("🚢🚢 words") + 1):
        edit.place_caret(at)
        assert edit.caret() == at


def test_another_body_leaves_the_caret_at_the_change(edit):
    show(edit, "<p>one three</p>", 0)
    edit.show_body(read_html("<p>one two, three</p>").body)
    assert edit.caret() == len("one two, t")


def quotation(printed: str, grade: Grade, at: int, differing=()) -> QuotationCheck:
    return QuotationCheck(Place("body", 0, at, at + len(printed)), printed=printed, grade=grade, differing=differing)


def test_a_quotation_is_underlined_where_it_stands_and_the_altered_word_stands_out(edit):
    show(edit, "<p>🚢 the water was “very high today” and “very high” then</p>")
    at = edit.body().text.index("very high today")
    edit.show_quotations([Verdict(quotation("very high today", Grade.ALTERED, at, (("high", "low"),)), Tone.BAD)])
    whole, word = edit.extraSelections()
    assert whole.cursor.selectedText() == "very high today"
    assert word.cursor.selectedText() == "high"
    assert whole.cursor.selectionStart() < word.cursor.selectionStart() < whole.cursor.selectionEnd()


def test_underlining_a_quotation_never_reaches_the_body(edit, qtbot):
    show(edit, "<p>“true words”</p>")
    before = edit.body()
    with qtbot.assertNotEmitted(edit.typed):
        edit.show_quotations([Verdict(quotation("true words", Grade.EXACT, 1), Tone.GOOD)])
    assert edit.body() == before


def hover(edit: BodyEdit, words: str, monkeypatch) -> str:
    """What the tool tip says when the mouse rests on the middle of ``words``."""
    shown = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, *_: shown.append(text))
    edit.place_caret(edit.toPlainText().index(words) + len(words) // 2)
    at = edit.cursorRect().center() + QPoint(2, 0)
    QApplication.sendEvent(edit.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, edit.viewport().mapToGlobal(at)))
    return shown[-1]


@pytest.mark.parametrize(
    ("grade", "told"),
    [
        (Grade.ALTERED, "<p>The source has: so &lt;b&gt;very&lt;/b&gt; low</p>"),
        (Grade.EDITED, "<p>Shortened: the source has so &lt;b&gt;very&lt;/b&gt; low</p>"),
        (Grade.ABSENT, "<p>None of this card’s sources has these words.</p>"),
    ],
)
def test_a_quotation_under_the_mouse_is_explained_and_foreign_words_stay_words(edit, monkeypatch, grade, told):
    show(edit, "<p>It was “so low” then.</p>")
    check = QuotationCheck(Place("body", 0, 8, 14), "so low", grade, source_words="so <b>very</b> low")
    edit.show_quotations([Verdict(check, Tone.BAD)])
    assert hover(edit, "so low", monkeypatch) == told
    assert hover(edit, "then", monkeypatch) == ""


def test_an_abridged_quotation_is_underlined_as_a_good_one(edit, theme):
    show(edit, "<p>It was “so low” then.</p>")
    edit.show_quotations([Verdict(QuotationCheck(Place("body", 0, 8, 14), "so low", Grade.EDITED), Tone.GOOD)])
    (selection,) = edit.extraSelections()
    assert selection.format.underlineColor() == theme.colour("good")


def test_a_link_under_the_mouse_says_its_address_word_for_word(edit, monkeypatch):
    show(edit, '<p>See <a href="https://a.example/?a=1&amp;b=2">the report</a> now</p>')
    assert hover(edit, "the report", monkeypatch) == "<p>https://a.example/?a=1&amp;b=2</p>"
    cursor = edit.textCursor()
    assert cursor.charFormat().toolTip() == ""
