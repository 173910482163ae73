"""The preview shows the very bytes of the export and keeps at them while the editor types."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QLineEdit

from workstation.domain.changes import stories_changed
from workstation.ui.preview.pane import PreviewPane

from .conftest import CARDS, STORY, card_html, page_html

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100"
    "c9fe92ef0000000049454e44ae426082"
)


def test_the_engine_is_not_made_before_the_window_says_so(pane, session, desk, qtbot):
    session.show_story(STORY)
    qtbot.wait(50)
    assert pane.shown_bytes is None
    assert desk.rendered == 0


def test_what_is_shown_is_the_page_byte_for_byte(open_story, pane, desk):
    open_story()
    assert pane.shown_bytes == desk.page(STORY).files[desk.main]


def test_a_picture_beside_the_page_is_shown(open_story, pane, desk, evaluate):
    desk.pictures["harbour-files/lead pix é.png"] = PIXEL
    desk.html = page_html().replace("<h1>", '<img src="harbour-files/lead%20pix%20%C3%A9.png" alt=""><h1>')
    open_story()
    assert evaluate("document.images[0].naturalWidth") == 1


def test_a_picture_that_becomes_another_under_its_name_is_shown_anew(open_story, pane, desk, session, evaluate, qtbot):
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtGui import QImage

    wide = QByteArray()
    image = QImage(5, 2, QImage.Format.Format_RGB32)
    image.fill(0)
    image.save(QBuffer(wide), "PNG")
    desk.pictures["lead.png"] = PIXEL
    desk.html = page_html().replace("<h1>", '<img src="lead.png" alt=""><h1>')
    open_story()
    evaluate("window.scrollTo(0, 300)")
    desk.pictures["lead.png"] = bytes(wide.data())
    session.publish(stories_changed(STORY))
    qtbot.waitUntil(lambda: pane.is_settled and evaluate("document.images[0]?.naturalWidth") == 5, timeout=10_000)
    assert evaluate("window.scrollY") == 300


CHANGED_PAGES = {
    "a letter": page_html("Harbour reopens!"),
    "a new card in front": page_html(cards=("Zero", *CARDS)),
    "cards in another order": page_html(cards=("Three", "One", "Four", "Two")),
    "a card less": page_html(cards=("One", "Three", "Four")),
    "no card": page_html(cards=()),
    "another style": page_html(style="h1 { color: red }"),
    "another head": page_html(head='<meta name="description" content="a &lt;b&gt; &amp; c">\n'),
    "another direction": page_html().replace('lang="en" dir="ltr"', 'dir="rtl" lang="ar"'),
    "entities and scripts": page_html('<a href="https://example.org/?a=1&amp;b=2">x</a> &lt;/script&gt; \u2028 مرحبا 🎈'),
    "a figure": page_html().replace("<h1>", '<svg viewBox="0 0 4 4"><path d="M0 0h4"/></svg><h1>'),
    "linked data": page_html(head='<script type="application/ld+json">\n{"a": "<\\u002Fscript>"}\n</script>\n'),
    "odd white space": page_html().replace("</h1>\n", "</h1>\n\n  \n"),
}


@pytest.mark.parametrize("name", CHANGED_PAGES)
def test_after_a_patch_the_document_equals_a_fresh_load(name, open_story, retype, document, pane, session, desk, settle):
    open_story()
    retype(CHANGED_PAGES[name])
    patched = document()
    session.show_story(STORY + 1)  # another story is loaded afresh
    settle(pane, desk)
    assert pane._screen.story == STORY + 1
    assert document() == patched


_lines = st.lists(
    st.sampled_from(["", "<p>a</p>", "<p>b <em>c</em></p>", "<ul><li>d</li></ul>", "e", "<p id=f>f</p>"]), max_size=6
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=_lines, after=_lines)
def test_any_body_becomes_any_other(before, after, open_story, evaluate):
    if not getattr(open_story, "done", False):
        open_story()
        open_story.done = True
    first, second = (page_html().replace("<h1>", "".join(lines) + "<h1>") for lines in (before, after))
    import json

    for html in (first, second):
        evaluate(f"workstation.patch({json.dumps(html)}, 0)")
    fresh = f"new DOMParser().parseFromString({json.dumps(second)}, 'text/html').documentElement.outerHTML"
    assert evaluate(f"document.documentElement.outerHTML === {fresh}") is True


def test_a_patch_leaves_untouched_nodes_and_the_scroll_alone(open_story, retype, evaluate):
    open_story()
    evaluate("(window.kept = document.querySelectorAll('h3')[3], window.scrollTo(0, 400))")
    retype(page_html("Harbour opens again"))
    assert evaluate("window.kept === document.querySelectorAll('h3')[3]") is True
    assert evaluate("window.scrollY") == 400


def test_a_moved_card_keeps_its_node(open_story, retype, evaluate):
    open_story()
    evaluate("(window.kept = document.querySelectorAll('.card')[3]) && 1")
    retype(page_html(cards=("Four", "One", "Two", "Three")))
    assert evaluate("window.kept === document.querySelectorAll('.card')[0]") is True


def test_fast_typing_ends_with_the_newest_words_and_one_patch_at_a_time(
    open_story, session, desk, pane, settle, monkeypatch, document
):
    open_story()
    under_way, most = 0, 0
    run = pane._engine.run

    def counted(script, answer=None):
        nonlocal under_way, most
        if not script.startswith("workstation.patch"):
            return run(script, answer)
        under_way += 1
        most = max(most, under_way)

        def ended(value):
            nonlocal under_way
            under_way -= 1
            answer(value)

        return run(script, ended)

    monkeypatch.setattr(pane._engine, "run", counted)
    before = desk.rendered
    for length in range(60):
        desk.html = page_html("x" * length)
        session.publish(stories_changed(STORY))
        if length % 7 == 0:
            pane.repaint()
    settle(pane, desk)
    assert most == 1
    assert desk.rendered - before < 60
    assert "x" * 59 in document()


def test_a_change_of_another_story_is_not_drawn(open_story, session, desk, qtbot):
    open_story()
    before = desk.rendered
    session.publish(stories_changed(STORY + 5))
    qtbot.wait(80)
    assert desk.rendered == before


def test_a_pane_behind_another_catches_up_when_it_comes_to_the_front(open_story, session, desk, pane, qtbot, settle):
    open_story()
    pane.hide()
    before = desk.rendered
    desk.html = page_html("While nobody looked")
    session.publish(stories_changed(STORY))
    qtbot.wait(80)
    assert desk.rendered == before
    pane.show()
    settle(pane, desk)


def test_the_caret_stays_where_the_editor_types(qtbot, session, theme, desk, settle):
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    window = QWidget()
    field = QLineEdit(window)
    pane = PreviewPane(session, theme, desk, desk)
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(pane)
    window.resize(500, 700)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    field.setFocus()
    session.show_story(STORY)
    pane.start()
    settle(pane, desk)
    desk.html = page_html("More")
    session.publish(stories_changed(STORY))
    session.show_card("c")
    settle(pane, desk)
    assert field.hasFocus()
    with qtbot.waitSignal(pane.stopped):
        pane.stop()


def test_the_card_in_hand_is_outlined_and_in_view_but_not_written_into_the_document(
    open_story, session, evaluate, document, qtbot
):
    open_story()
    before = document()
    session.show_card("d")
    outlines = "[...document.querySelectorAll('.card')].map((card) => getComputedStyle(card).outlineStyle).join(' ')"
    assert evaluate(outlines) == "none none none solid"
    top, height = evaluate("[document.querySelectorAll('.card')[3].getBoundingClientRect().top, innerHeight]")
    assert 0 <= top < height
    assert document() == before
    session.show_card(None)
    assert evaluate(outlines) == "none none none none"


def test_the_outline_goes_with_its_card_when_the_cards_change_places(open_story, session, desk, retype, evaluate):
    open_story()
    session.show_card("a")
    desk.keys = ("b", "a", "c", "d")
    retype(page_html(cards=("Two", "One", "Three", "Four")))
    outlined = "[...document.querySelectorAll('.card')].find((card) => getComputedStyle(card).outlineStyle === 'solid')"
    assert evaluate(f"{outlined}.querySelector('h3').textContent") == "One"


def test_a_new_card_in_hand_is_brought_into_view_once_it_is_drawn(open_story, session, desk, retype, evaluate):
    open_story()
    desk.keys = (*desk.keys, "e")
    session.show_card("e")
    retype(page_html().replace("</div>\n</body>", card_html("Five") + "</div>\n</body>"))
    top, height = evaluate("[document.querySelectorAll('.card')[4].getBoundingClientRect().top, innerHeight]")
    assert 0 <= top < height
