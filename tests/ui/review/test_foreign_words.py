"""What pages, documents and style files say is shown in the checks word for word: never as markup, never as a file to load."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from workstation.domain.problem import Fix, Passed, Place, Problem, Severity, Waiver
from workstation.domain.story import LeadImage, SignalCard, Story
from workstation.ui.review.rows import Group
from workstation.ui.review.waive_dialog import WaiveDialog
from workstation.ui.window import CHECKS
from workstation.workflow.reviewing import Reviewed

EVIL = '<img src="file:///etc/hostname"><a href="file:///x">A & B</a> &amp; <b>bold</b> \u202ereversed'
LONGEST_ENTRY = 170
"""Characters of an entry of a menu that a screen has room for."""


def shown_as_markup(root: QWidget) -> Iterator[str]:
    """The texts of the widgets beneath ``root`` in which Qt would obey a tag of others."""
    for widget in root.findChildren(QWidget):
        if _is_obeyed(widget.toolTip()):
            yield f"tip of {widget}: {widget.toolTip()}"
        if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText and _is_obeyed(widget.text()):
            yield f"{widget}: {widget.text()}"


def _is_obeyed(text: str) -> bool:
    return Qt.mightBeRichText(text) and any(tag in text for tag in ("<img", "<a ", "<b>"))


@pytest.fixture
def evil(room) -> Story:
    item = room.item("Gauge", f"They said {EVIL} of it on Monday. 14 people died.", outlet="The Lantern Post")
    source = replace(room.source(item), name=EVIL, of=EVIL)
    words = "“&lt;img src=x&gt;&lt;b&gt;bold&lt;/b&gt; never said” and the the &lt;b&gt;teh&lt;/b&gt; “open"
    card = SignalCard(headline=EVIL, sources=(source, source), body=room.body(f"<p>{words}</p>"))
    picture = LeadImage(file="x.png", alt=EVIL, caption=EVIL, credit=EVIL)
    return Story(slug="evil", headline=EVIL, region=EVIL, insights=EVIL, news=card.body, signals=(card, card), lead_image=picture)


def test_no_words_of_others_are_markup_in_the_window(room, evil: Story) -> None:
    window = room.open(evil)
    window.show_side(CHECKS)
    checks = window.checks
    room.qtbot.waitUntil(lambda: bool(checks.list.rows.rows))
    checks.claims.set_open(True)
    problem = next(row.problem for row in checks.list.rows.rows if row.problem)
    room.desk.reviewing.waive(room.number, problem, EVIL)
    checks.verbs.go(problem)
    assert list(shown_as_markup(window)) == []
    dialog = WaiveDialog(problem, window, lambda _: None)
    dialog.offer([EVIL, "a\nb" * 500])
    assert list(shown_as_markup(dialog)) == []
    dialog.close()


def hostile(text: str) -> Reviewed:
    problem = Problem("style/x", Severity.WARNING, Place("headline"), text, text, Fix(text, text, text + text[::-1], 0), text)
    return Reviewed((problem,), ((replace(problem, rule="y"), Waiver("f", text)),), (), (Passed("z", text, text),), ())


@pytest.mark.parametrize("text", [EVIL, "word & " * 2000, "a\tb\nc\r\u2028d", "\u202e" * 50, "W" * 10_000])
def test_rows_menus_and_tips_bear_any_words(room, text: str) -> None:
    window = room.open(Story(slug="plain", headline="Plain"))
    checks = window.checks
    room.qtbot.waitUntil(lambda: bool(checks.list.rows.rows))
    checks._folds |= dict.fromkeys(Group, False)
    checks._show(hostile(text))
    checks.grab()
    for row in checks.list.rows.rows:
        if row.problem is not None:
            menu = QMenu()
            checks.verbs.fill(menu, row.problem)
            for action in menu.actions():
                assert len(action.text()) <= LONGEST_ENTRY
                assert "\n" not in action.text()
                assert "&" not in action.text().replace("&&", "")
                assert action.text().count("\t") <= 1
    height = checks.list.height()
    for y in range(0, min(height, 600), 6):
        assert checks.list.told_at(QPoint(20, y)) is not None
    room.session.say(text, "good")
    assert window.minimumSizeHint().width() < 1100
    assert window.minimumSizeHint().height() < 700
    assert height < 3000, "a row has a few lines, whatever it tells"
    assert list(shown_as_markup(window)) == []
