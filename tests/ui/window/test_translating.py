"""A translated quotation, by hand: the original selected in the reader, the caret in the printed words, one entry of a menu."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from workstation.domain.body import read_html
from workstation.domain.grade import Grade
from workstation.workflow.history import Spot

PAGE = (
    "<html lang='de'><head><title>Der Speicher bleibt leer</title></head><body><article><h1>Der Speicher bleibt leer</h1>"
    "<p>Die Bürgermeisterin sprach am Dienstag vor der Presse. „Wir warten nicht länger auf den Regen“, sagte sie dem Rat, "
    "der seit dem frühen Morgen im alten Saal am Fluss beisammensaß und auf die Fachleute wartete.</p>"
    "<p>Der Kanal soll im Frühling gebaut werden, wenn der Schnee es zulässt und das Geld reicht.</p></article></body></html>"
)
ORIGINAL = "Wir warten nicht länger auf den Regen"


def test_the_words_at_the_caret_are_kept_as_the_translation_of_the_selected_passage(room, tmp_path: Path) -> None:
    file = tmp_path / "speicher.html"
    file.write_text(PAGE, "utf-8")
    item = room.desk.gathering.capture_file(file).items[0]
    number = room.desk.writing.new("A treaty")
    _, key = room.desk.writing.add_card(number)
    card = replace(room.desk.writing.card(number, key), body=read_html("<p>“We no longer wait for rain,” she said.</p>").body)
    typed = room.desk.writing.story(number).with_changed_card(card)
    room.desk.writing.edit(number, typed, label="Typing", spot=Spot("body", key))

    window = room.open()
    room.session.show_story(number)
    start = room.desk.gathering.item(item).text.index(ORIGINAL)
    window.reader.show_passage(item, start, start + len(ORIGINAL))
    room.qtbot.waitUntil(lambda: window.reader.selected is not None)
    body = window.story._cards.frame(key).body
    body.setFocus()
    body.place_caret(6)
    entries = (entry for menu in window.menuBar().actions() for entry in menu.menu().actions())
    (keep,) = (entry for entry in entries if entry.text() == "Keep as trans&lation of the selected passage")
    keep.trigger()

    (quote,) = room.desk.quoting.quotes_of(item)
    assert (quote.exact, quote.translation) == (ORIGINAL, "We no longer wait for rain,")
    assert [check.grade for check in room.desk.reviewing.review(number).quotations] == [Grade.TRANSLATED]
    assert room.desk.writing.card(number, key).sources[0].item == item
    assert room.said[-1] == ("Kept as your translation; the original stands beside it.", "good")
