from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QLabel

from workstation.domain.changes import items_changed
from workstation.domain.item import ItemState
from workstation.domain.outlet import Outlet
from workstation.domain.quote import HighlightKind
from workstation.ui.reader.about_source import AboutSource
from workstation.ui.reader.article_document import Article
from workstation.ui.reader.article_view import ArticleView
from workstation.ui.reader.reader_pane import NOTHING_SHOWN
from workstation.ui.reader.wording import Told, origin_told
from workstation.ui.wording import plain_tip

TEXTS = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("ab \n🚢🧭\u2028\u2029\r\ufdd0\ufffc\0")))


def select(pane, words, *, around=0):
    """Select ``words``, with some white space or letters around them, as a mouse does: through the document."""
    text = pane._reading.item.text
    start = text.index(words)
    units = [len(text[:point].encode("utf-16-le")) // 2 for point in (start - around, start + len(words) + around)]
    cursor = QTextCursor(pane._view.document())
    cursor.setPosition(pane._view._text_start + units[0])
    cursor.setPosition(pane._view._text_start + units[1], QTextCursor.MoveMode.KeepAnchor)
    pane._view.setTextCursor(cursor)


def shown(pane):
    return pane._view.document().toPlainText()


def place_of(pane, words):
    """Where ``words`` are in the viewport."""
    cursor = pane._view.document().find(words)
    assert not cursor.isNull(), words
    cursor.setPosition(cursor.selectionStart() + 1)
    return pane._view.cursorRect(cursor).center() + QPoint(2, 0)


def told(pane):
    return pane._foot._label.text()


# --- what is shown -------------------------------------------------------------------------------------------------


def test_without_an_item_the_reader_says_what_to_do(reader):
    pane = reader()
    visible = [label.text() for label in pane.findChildren(QLabel) if label.isVisible()]
    assert visible == [NOTHING_SHOWN]


def test_an_item_is_shown_with_the_lines_about_it(room, reader):
    text = re.sub("[\u2068\u2069]", "", shown(reader(room.add())))
    about, headline, by, *paragraphs = text.split("\n")
    assert about.startswith("The Lantern Post · New Zealand · English · captured 2 March")
    assert about.endswith(" words")
    assert headline == "Harbour reopens"
    assert by == "Ana Reef · 28 February 2026 · lantern-post.example"
    assert "\n".join(paragraphs) == room.gathering.item(room.session.item).text


def test_foreign_markup_is_only_ever_words(room, reader):
    item = room.add("A <img src='file:///etc/hostname'> <script>x</script> &amp; more", title="<h1>Big</h1>")
    pane = reader(item)
    assert "<img src='file:///etc/hostname'> <script>x</script> &amp; more" in shown(pane)
    assert "<h1>Big</h1>" in shown(pane)
    image = pane._view.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl("file:///etc/hostname"))
    assert isinstance(image, QImage)
    assert image.isNull()


def test_each_paragraph_runs_in_its_own_direction(room, reader):
    pane = reader(room.add())
    block, directions = pane._view.document().firstBlock(), []
    while block.isValid():
        directions.append(block.blockFormat().layoutDirection() == Qt.LayoutDirection.RightToLeft)
        block = block.next()
    assert directions[3:] == [False, False, True, False]


def test_a_tip_says_where_a_field_was_found(room, reader):
    pane = reader(room.add())
    assert "JSON-LD" in pane._view.tip_at(place_of(pane, "Harbour reopens"))
    assert "meta elements" in pane._view.tip_at(place_of(pane, "Ana Reef"))


def test_a_wide_reader_keeps_its_lines_short_and_in_the_middle(room, reader, qtbot):
    pane = reader(room.add(), width=1300)
    frame = pane._view.document().rootFrame().frameFormat()
    assert frame.leftMargin() == frame.rightMargin() > 300
    pane.resize(430, 760)
    qtbot.waitUntil(lambda: pane._view.document().rootFrame().frameFormat().leftMargin() < 30)


def test_the_editors_word_on_the_outlet_is_shown_without_losing_the_place(room, reader, qtbot):
    pane = reader(room.add())
    select(pane, "We sail at dawn")
    room.store.items.set_outlet(Outlet(name="Lantern Post of Fiji", domains=("lantern-post.example",), country="FJ"))
    room.session.publish(items_changed(pane._reading.item.id))
    qtbot.waitUntil(lambda: "Lantern Post of Fiji\u2069 · \u2068Fiji" in shown(pane))
    assert pane._words(pane._view.passage) == "We sail at dawn"


def test_an_item_that_was_overtaken_is_not_shown(room, reader, qtbot):
    first, second = room.add("First text."), room.add("Second text, and longer.")
    pane = reader()
    room.session.show_item(first)
    room.session.show_item(second)
    qtbot.waitUntil(lambda: pane._reading is not None)
    qtbot.wait(100)
    assert pane._reading.item.id == second


# --- positions -----------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_selection_in_any_text_is_told_in_code_points(room, qapp, data):
    text = data.draw(TEXTS)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    view = ArticleView(room.theme)
    view.show_article(Article([Told("About 🚢")], Told("Title 🚢"), [], text))
    assert view.document().characterCount() - 1 - view._text_start == len(text.encode("utf-16-le")) // 2
    view._select(start, end)
    words = text[start:end]
    passage = view.passage
    assert (text[passage.start : passage.end] if passage else "") == words.strip()


def test_a_selection_that_begins_above_the_text_begins_with_the_text(room, reader):
    pane = reader(room.add())
    pane._view.selectAll()
    assert pane._words(pane._view.passage) == pane._reading.item.text


def test_copied_words_are_plain_and_exact(room, reader):
    pane = reader(room.add())
    select(pane, "Traders shrugged: <b>no</b> boat")
    mime = pane._view.createMimeDataFromSelection()
    assert mime.formats() == ["text/plain"]
    assert mime.text() == "Traders shrugged: <b>no</b> boat"


# --- marks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "kind"), list(zip("1234", HighlightKind, strict=True)))
def test_a_key_marks_the_selected_words_without_the_spaces_around_them(room, reader, qtbot, key, kind):
    item = room.add()
    pane = reader(item)
    select(pane, "pilot Ana Reef", around=1)
    assert told(pane) == "3 words selected"
    qtbot.keyClicks(pane._view, key)
    qtbot.waitUntil(lambda: len(room.quoting.highlights(item)) == 1)
    (mark,) = room.quoting.highlights(item)
    assert mark.kind is kind
    assert room.gathering.item(item).text[mark.start : mark.end].rstrip(",") == "pilot Ana Reef"
    qtbot.waitUntil(lambda: len(pane._view.extraSelections()) == 1)
    assert pane._view.extraSelections()[0].cursor.selectedText().startswith("pilot Ana Reef")


def test_a_mark_has_the_colours_of_the_theme_also_after_dark(room, reader, qtbot):
    item = room.add()
    room.quoting.highlight(item, 4, 7, HighlightKind.FACT)
    pane = reader(item)
    qtbot.waitUntil(lambda: len(pane._view.extraSelections()) == 1)
    assert pane._view.extraSelections()[0].format.background().color() == room.theme.colour("fact")
    light = room.theme.colour("fact")
    try:
        room.theme.choose("dark")
        assert pane._view.extraSelections()[0].format.background().color() == room.theme.colour("fact") != light
    finally:
        room.theme.choose("light")


def test_a_mark_under_the_caret_is_removed_by_delete(room, reader, qtbot):
    item = room.add()
    start = room.gathering.item(item).text.index("pilot")
    room.quoting.highlight(item, start, start + 5, HighlightKind.VIEW, "who is <i>she</i>?")
    pane = reader(item)
    qtbot.waitUntil(lambda: len(pane._view.extraSelections()) == 1)
    place = place_of(pane, "pilot")
    assert "View: who is &lt;i&gt;she&lt;/i&gt;?" in pane._view.tip_at(place)
    qtbot.mouseClick(pane._view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert told(pane) == "View: who is <i>she</i>? (Del removes)"
    qtbot.keyClick(pane._view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: room.quoting.highlights(item) == [])
    qtbot.waitUntil(lambda: pane._view.extraSelections() == [])


def test_a_note_is_kept_with_its_mark(room, reader, qtbot):
    item = room.add()
    room.quoting.highlight(item, 4, 7, HighlightKind.CHECK)
    pane = reader(item)
    qtbot.waitUntil(lambda: len(pane._view.extraSelections()) == 1)
    pane._keep_note(room.quoting.highlights(item)[0], "ask the port")
    qtbot.waitUntil(lambda: [mark.note for mark in room.quoting.highlights(item)] == ["ask the port"])


def test_nothing_is_marked_or_quoted_without_words(room, reader, story, qtbot):
    item = room.add()
    pane = reader(item)
    qtbot.keyClicks(pane._view, "1q")
    assert room.said == [("Select words in the reader first.", "warn")] * 2
    assert not pane._foot.quote_button.isEnabled()
    assert room.quoting.highlights(item) == []


# --- quoting -------------------------------------------------------------------------------------------------------


def test_selected_words_go_verbatim_into_the_card_in_hand(room, reader, story, qtbot):
    item = room.add()
    pane = reader(item)
    card = room.writing.story(story).signals[1]
    room.session.show_card(card.key)
    select(pane, "🧭 pilot Ana Reef, “or not at all.”", around=0)
    assert pane._foot.quote_button.text() == "Quote in card 2"
    qtbot.mouseClick(pane._foot.quote_button, Qt.MouseButton.LeftButton)
    (quote,) = room.quoting.quotes_of(item)
    assert quote.exact == "🧭 pilot Ana Reef, “or not at all.”"
    assert room.gathering.item(item).text[quote.start : quote.end] == quote.exact
    changed = room.writing.story(story).signals[1]
    assert "pilot Ana Reef" in changed.body.text
    assert [source.item for source in changed.sources] == [item]
    assert room.said[-1] == ("Quoted 7 words in card 2.", "good")
    assert room.gathering.summary(item).state is ItemState.USED
    qtbot.waitUntil(lambda: len(pane._view.extraSelections()) == 1)
    (drawn,) = pane._view.extraSelections()
    assert drawn.format.hasProperty(QTextFormat.Property.TextUnderlineStyle)
    assert "Quoted already" in pane._view.tip_at(place_of(pane, "pilot Ana"))


def test_without_a_card_in_hand_a_new_one_is_made_and_taken_in_hand(room, reader, story, qtbot):
    pane = reader(room.add())
    select(pane, "dredged on Monday")
    assert pane._foot.quote_button.text() == "Quote in a card"
    qtbot.keyClicks(pane._view, "q")
    cards = room.writing.story(story).signals
    assert len(cards) == 3
    assert room.session.card == cards[2].key
    assert pane._foot.quote_button.text() == "Quote in card 3"


def test_without_a_story_the_button_says_so(room, reader):
    pane = reader(room.add())
    select(pane, "dredged")
    assert not pane._foot.quote_button.isEnabled()
    assert pane._foot.quote_button.toolTip() == plain_tip("Open a story first.")


def test_a_passage_can_be_shown_from_elsewhere(room, reader, qtbot):
    first, second = room.add("First text."), room.add("\n".join(f"Paragraph {number} of the report." for number in range(80)))
    pane = reader(first)
    text = room.gathering.item(second).text
    start = text.index("Paragraph 70")
    pane.show_passage(second, start, start + len("Paragraph 70"))
    qtbot.waitUntil(lambda: pane._view.textCursor().selectedText() == "Paragraph 70")
    assert pane._view.verticalScrollBar().value() > 0


# --- finding, size, address ----------------------------------------------------------------------------------------


def test_ctrl_f_finds_words_and_enter_goes_on_and_round(room, reader, qtbot):
    pane = reader(room.add("Sea 🚢 sea.\nSEA."))
    qtbot.keyClick(pane._view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(pane._finder.field, "sea")
    assert pane._finder._count.text() == "1 of 3"
    assert [entry.cursor.selectedText() for entry in pane._view.extraSelections()] == ["Sea", "sea", "SEA"]
    for expected in ("2 of 3", "3 of 3", "1 of 3"):
        qtbot.keyClick(pane._finder.field, Qt.Key.Key_Return)
        assert pane._finder._count.text() == expected
    qtbot.keyClick(pane._finder.field, Qt.Key.Key_Escape)
    assert pane._view.extraSelections() == []
    assert pane._view.hasFocus()


def test_ctrl_plus_makes_the_letters_larger_and_keeps_the_selection(room, reader, qtbot):
    pane = reader(room.add())
    select(pane, "We sail at dawn")

    def size():
        return pane._view.document().lastBlock().begin().fragment().charFormat().fontPointSize()

    before = size()
    qtbot.keyClick(pane._view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert size() > before
    assert pane._words(pane._view.passage) == "We sail at dawn"
    qtbot.keyClick(pane._view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert size() == before


@pytest.mark.parametrize(("url", "count"), [("https://lantern-post.example/x", 1), ("javascript:alert(1)", 0), (None, 0)])
def test_only_a_web_address_opens_the_browser(room, reader, qtbot, monkeypatch, url, count):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda address: opened.append(address.toString()))
    pane = reader(room.add(url=url))
    qtbot.keyClicks(pane._view, "o")
    assert len(opened) == count
    if url and count:
        place = place_of(pane, "lantern-post.example")
        qtbot.mouseClick(pane._view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        assert opened == [url, url]


@pytest.mark.parametrize("width", [420, 462, 530, 900])
def test_the_foot_has_room_at_every_width(room, reader, story, qtbot, width):
    pane = reader(room.add(), width=width)
    select(pane, "We sail at dawn")
    pane.resize(width, 700)
    qtbot.wait(20)
    assert pane.width() == width
    for part in (pane._foot._label, *pane._foot._buttons, pane._foot.quote_button):
        assert part.width() >= part.sizeHint().width(), part.text()


def test_a_key_tells_where_each_fact_of_a_source_was_found(room, reader, qtbot):
    pane = reader(room.add())
    pane.focus_text()
    qtbot.keyClick(pane._view, Qt.Key.Key_I)
    qtbot.waitUntil(lambda: pane.findChild(AboutSource) is not None)
    box = pane.findChild(AboutSource)
    told = [label.text() for label in box.findChildren(QLabel)]
    item = room.gathering.item(room.session.item)
    assert [
        name
        for name in ("Headline", "Outlet", "Author", "Published", "Language", "Country", "Address", "Text")
        if name not in told
    ] == []
    author = told.index("Author")
    assert told[author + 1 : author + 3] == [item.author, f"from {origin_told(item, 'author')}"]
    assert box.geometry().right() < pane.width()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: pane.findChild(AboutSource) is None or not pane.findChild(AboutSource).isVisible())


# --- links to a passage --------------------------------------------------------------------------------------------


def test_a_source_whose_link_named_words_opens_with_them_selected_and_q_quotes_them(room, reader, story, qtbot):
    item = room.add()
    room.store.notes.set(f"passage/{item}", "[4, 15]")
    pane = reader(item)
    assert pane._words(pane._view.passage) == "bar was dre"
    qtbot.keyClick(pane._view, Qt.Key.Key_Q)
    qtbot.waitUntil(lambda: len(room.quoting.quotes_of(item)) == 1)


def test_the_link_to_selected_words_is_copied_with_its_text_fragment(room, reader, qtbot):
    pane = reader(room.add(url="https://lantern-post.example/a#top"))
    select(pane, "sail at dawn")
    qtbot.keyClick(pane._view, Qt.Key.Key_L)
    assert QGuiApplication.clipboard().text() == "https://lantern-post.example/a#top:~:text=sail%20at%20dawn"
    bare = reader(room.add("Only words here.", url=None))
    select(bare, "words")
    bare.copy_link()
    assert room.said[-1] == ("This source has no web address.", "warn")
