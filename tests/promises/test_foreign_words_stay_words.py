"""Markup in every word of the desk, and the real window over it: no label, tip, box or list takes it for markup, no file is read.

Qt shows a text as HTML where it looks like some, and then reads the pictures and style sheets that it names.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
import shiboken6
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QAbstractTableModel, QModelIndex, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QFileDialog,
    QInputDialog,
    QLabel,
    QMenu,
    QMessageBox,
    QTextEdit,
    QWidget,
)

import workstation.ui
from tests.ui.conftest import CAPTURED, Room, room, theme
from tests.vectors import written
from workstation.domain.destination import CmsKind, Destination
from workstation.domain.feed import Feed
from workstation.domain.item import Waiting
from workstation.domain.ledger import LedgerEntry
from workstation.domain.quote import HighlightKind
from workstation.domain.story import LeadImage, SignalCard, Source, Story
from workstation.errors import StoreError
from workstation.ui import opening
from workstation.ui.boxes import box, explain
from workstation.ui.dialogs.handing_over.shallow import shallow
from workstation.ui.dialogs.handing_over.simple_page import SimplePage
from workstation.ui.opening_links import open_link, open_page
from workstation.workflow.triaging import Triaging
from workstation.workflow.viewing import Viewing

__all__ = ["room", "theme"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CODE = Path(workstation.ui.__file__).parent
LEAVING = ("Quit", "Close", "Exit")


class Trap:
    """A pipe that nobody may open: whoever does so is let go at once, and told of. Another process waits at its other end."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self.path = path
        self._mark = path.with_suffix(".sprung")
        waiting = 'while : > "$0"; do : > "$1"; done'
        self._process = subprocess.Popen(["/bin/sh", "-c", waiting, str(path), str(self._mark)])

    @property
    def is_sprung(self) -> bool:
        return self._mark.exists()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Trap]:
    trap = Trap(tmp_path / "trap.png")
    yield trap
    trap.close()


def words(trap: Trap, name: str) -> str:
    """A text for the field of this name that would read a file if it were taken for markup."""
    address = QUrl.fromLocalFile(str(trap.path)).toString()
    return (
        f'<b>{name}</b><img src="{address}"><style>@import "{address}";</style>'
        f'<table background="{address}"><tr><td>x</table><a href="{address}">&amp; "quoted"</a>'
    )


@pytest.mark.qt_log_ignore("QFile::at")
def test_the_trap_springs_where_qt_is_given_markup(trap: Trap, qapp: QApplication) -> None:
    """Without this the tests below could pass because nothing is ever noticed."""
    careless = QTextDocument()
    careless.setHtml(words(trap, "x"))
    careless.setTextWidth(300)
    careless.size()
    for _ in range(200):
        if trap.is_sprung:
            break
        time.sleep(0.01)
    assert trap.is_sprung


# --- the window ----------------------------------------------------------------------------------------------------


def hostile_story(trap: Trap) -> Story:
    def said(name: str) -> str:
        return words(trap, name)

    card = SignalCard(
        headline=said("card"),
        sources=(Source(name=said("source"), of=said("of"), url="https://safe.test/<b>x</b>"), Source(name=said("other"))),
    )
    return Story(
        slug="odd",
        headline=said("headline"),
        insights=said("insights"),
        verticals=(said("vertical"),),
        region=said("region"),
        bylines=(said("byline"),),
        contributors=(said("contributor"),),
        sponsor=said("sponsor"),
        notes=said("notes"),
        lead_image=LeadImage(file="lead.png", alt=said("alt"), caption=said("caption"), credit=said("credit")),
        signals=(card, replace(card, headline=said("second"))),
    )


def fill(room: Room, trap: Trap) -> None:
    """A source, its outlet, tags, notes and marks, a feed and a publication, all of them named so."""
    store = room.desk.store
    item = room.item("A plain title", "The mayor told us that nine boats left.\nNobody was hurt.", "The Ledger")
    kept = store.items.get(item)
    for number in range(3):
        said = {name: words(trap, f"{name}{number}") for name in ("title", "outlet", "author", "text", "published")}
        one = replace(kept, id=f"{number:012x}", url=f"https://safe{number}.test/<b>x</b>", captured=CAPTURED, **said)
        store.items.add(room_capture(one))
    house = room.folder / "odd" / "publication.toml"
    house.parent.mkdir()
    house.write_text(f"name = '''{words(trap, 'house')}'''\nrubric = '''{words(trap, 'rubric')}'''\n")
    fill_by_hand(room, trap, f"{0:012x}", f"{1:012x}")


def fill_by_hand(room: Room, trap: Trap, item: str, other: str) -> None:
    """What an editor types or pastes, and what a colleague's files bring: it may have been copied from anywhere."""

    def said(name: str) -> str:
        return words(trap, name)

    desk, store, triaging = room.desk, room.desk.store, Triaging(room.desk.store)
    triaging.tag({item: [said("tag"), said("second tag")], other: [said("tag")]})
    triaging.note({item: said("note"), other: said("note")})
    for kind in HighlightKind:
        desk.quoting.highlight(item, 0, 9, kind, said(f"{kind} note"))
    desk.quoting.keep_translation(desk.quoting.cut(item, 0, 20).id, said("translation"))
    outlet = desk.outlets.of_item(item)
    assert outlet is not None
    desk.outlets.correct(outlet.id, replace(outlet.outlet, name=said("corrected outlet"), domains=("safe0.test",)))
    Viewing(store).save(said("view")[:40], said("query"), "newest")
    feed = Feed(
        id=0, url="https://safe.test/feed?<b>x</b>", title=said("feed"), name=said("own name"), folder=said("folder"),
        home="https://safe.test/", error=said("error"), failures=3, added=CAPTURED, due=CAPTURED + timedelta(days=9_000),
    )  # fmt: skip
    store.feeds.add_all([feed])
    store.items.keep_waiting(Waiting(url="https://safe.test/<b>w</b>", since=CAPTURED, reason=said("reason")))
    store.destinations.put(
        Destination(name=said("destination"), kind=CmsKind.WORDPRESS, url="https://safe.test", user=said("user"))
    )
    style = room.folder / "house-style" / "odd.toml"
    style.parent.mkdir(exist_ok=True)
    style.write_text(
        f"title = '''{said('style')}'''\n[[rule]]\nid = 'odd'\ncategory = '''{said('category')}'''\n"
        f"message = '''{said('message')}'''\nswap = {{ img = '''{said('swap')}''' }}\n"
    )


def hand_over(room: Room, trap: Trap) -> None:
    """A version, a template and an entry of the ledger that are called so."""
    room.desk.versions.keep(room.number, words(trap, "version"))
    room.desk.templating.save_as(room.number, "odd <b>template</b>")
    sent = LedgerEntry(
        story=room.number, slug="odd", profile="page", publication=words(trap, "house"), exported=CAPTURED,
        folder=words(trap, "folder"), files={words(trap, "file"): "0" * 64}, sha256="0" * 64,
        destination=words(trap, "destination"), post="1", address="https://safe.test/<b>x</b>", version=1,
        note=words(trap, "why"),
    )  # fmt: skip
    room.desk.store.ledger.add(sent)


def room_capture(item):
    from workstation.domain.item import Capture

    return Capture(item=item, original=b"<p>x</p>")


def faults(widget: QWidget) -> list[str]:
    """What of a widget and all within it would show foreign words as markup."""
    return [*label_faults(widget), *tip_faults(widget), *view_faults(widget)]


def label_faults(widget: QWidget) -> Iterator[str]:
    for label in [*([widget] if isinstance(widget, QLabel) else []), *widget.findChildren(QLabel)]:
        if label.textFormat() != Qt.TextFormat.PlainText and is_foreign(label.text()):
            yield f"the label “{label.text()[:160]}”"


def tip_faults(widget: QWidget) -> Iterator[str]:
    for one in [widget, *widget.findChildren(QWidget)]:
        for text in filter(is_foreign, (one.toolTip(), one.statusTip(), one.whatsThis())):
            yield f"the tip “{text[:160]}” of {type(one).__name__}"
    for action in widget.findChildren(QAction):
        if is_foreign(action.toolTip()):
            yield f"the tip “{action.toolTip()[:160]}” of an action"


def view_faults(widget: QWidget) -> Iterator[str]:
    for view in widget.findChildren(QAbstractItemView):
        yield from (f"the tip “{tip[:160]}” in {type(view).__name__}" for tip in tips_in(view) if is_foreign(tip))
    for edit in widget.findChildren(QTextEdit):
        if not isinstance(edit, SimplePage) and "\ufffc" in edit.toPlainText():  # which has the pictures of its own story
            yield f"a picture in {type(edit).__name__}"


def is_foreign(text: str) -> bool:
    """Whether Qt would take ``text`` for markup that is not our own way of showing words as they are."""
    return QtGui.Qt.mightBeRichText(text) and "<" in re.sub("</?p>|<br>", "", text)


def columns(model: QAbstractItemModel, parent: QModelIndex) -> int:
    """A list has one; it does not say so."""
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)


def tips_in(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    waiting = [QModelIndex()]
    while model is not None and waiting:
        parent = waiting.pop()
        for row in range(min(model.rowCount(parent), 50)):
            for column in range(columns(model, parent)):
                index = model.index(row, column, parent)
                yield str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
                if not isinstance(model, QAbstractListModel | QAbstractTableModel):
                    waiting.append(index)


@pytest.fixture
def walked(monkeypatch: pytest.MonkeyPatch, qtbot) -> list[str]:
    """Every dialog is looked through as it would be shown, and then left; answers with their titles, and their faults."""
    seen: list[str] = []

    def look(dialog: QDialog) -> int:
        dialog.show()
        qtbot.wait(100)  # what it asks for in the background has come
        dialog.adjustSize()
        dialog.grab()
        found = faults(dialog)
        dialog.reject()
        seen.append(dialog.windowTitle() or type(dialog).__name__)
        assert (seen[-1], found) == (seen[-1], [])
        return 0

    for kind in (QDialog, QMessageBox, QInputDialog, QFileDialog):
        monkeypatch.setattr(kind, "exec", look)
    for name in ("getText", "getItem", "getMultiLineText"):
        monkeypatch.setattr(QInputDialog, name, lambda *_, **__: ("", False))
    for name in ("getOpenFileName", "getSaveFileName", "getOpenFileNames"):
        monkeypatch.setattr(QFileDialog, name, lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)
    return seen


def test_the_window_and_everything_that_its_verbs_open_shows_words(room: Room, trap: Trap, walked: list[str], qtbot) -> None:
    fill(room, trap)
    window = room.open(hostile_story(trap))
    hand_over(room, trap)
    qtbot.waitUntil(lambda: room.session is not None and window.isVisible())
    room.session.show_item(f"{0:012x}")
    qtbot.wait(300)
    QApplication.clipboard().setText(words(trap, "clipboard"))
    look_at(window)
    verbs = [action for action in window.findChildren(QAction) if may_be_tried(action)]
    assert len(verbs) > 30
    for action in filter(shiboken6.isValid, verbs):
        action.trigger()
        qtbot.wait(30)
        for shown in QApplication.topLevelWidgets():
            if isinstance(shown, QDialog) and shown.isVisible():
                walked.append(shown.windowTitle())
                look_at(shown)
                shown.reject()
            elif isinstance(shown, QMenu) and shown.isVisible():
                shown.close()
    qtbot.wait(200)
    look_at(window)
    assert not trap.is_sprung
    assert len(set(walked)) > 8, walked


def may_be_tried(action: QAction) -> bool:
    name = action.text().replace("&", "")
    return bool(name) and action.isEnabled() and not action.menu() and not name.startswith(LEAVING)


def look_at(widget: QWidget) -> None:
    widget.grab()
    found = faults(widget)
    assert (widget.windowTitle()[:60], found) == (widget.windowTitle()[:60], [])


def test_an_error_that_names_foreign_words_shows_them_as_words(
    trap: Trap, qapp: QApplication, walked: list[str], tmp_path: Path
) -> None:
    opening._tell(StoreError(words(trap, "title"), words(trap, "detail")), tmp_path / "desk.db")
    assert len(walked) == 1
    assert not trap.is_sprung


# --- opening links -------------------------------------------------------------------------------------------------


def test_nothing_but_pages_and_letters_is_handed_to_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda address: opened.append(address) or True)
    for vector in written():
        for text in {vector.aimed(), vector.aimed().strip()}:
            open_page(text)
            open_link(text)
    assert {address.scheme() for address in opened} <= {"http", "https", "mailto"}
    assert all(address.host() for address in opened if address.scheme() != "mailto")
    assert open_page("https://safe.test/a")
    assert not open_page("mailto:a@safe.test")
    assert open_link("mailto:a@safe.test")
    assert not open_page(None)


# --- how the code is written ---------------------------------------------------------------------------------------


@cache
def code() -> tuple[tuple[Path, ast.AST], ...]:
    """Every piece of every file of the window."""
    return tuple((file, node) for file in sorted(CODE.rglob("*.py")) for node in ast.walk(ast.parse(file.read_text("utf-8"))))


def calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    for file, node in code():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
            yield file, node


def is_own(value: ast.expr) -> bool:
    """Whether a text is ours: written in the code, or made plain."""
    if isinstance(value, ast.IfExp):
        return is_own(value.body) and is_own(value.orelse)
    is_made_plain = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "plain_tip"
    is_constant = isinstance(value, ast.Name) and value.id.isupper()
    return isinstance(value, ast.Constant) or is_made_plain or is_constant


@pytest.mark.parametrize("name", ["setToolTip", "setInformativeText", "setLabelText", "setWhatsThis", "setStatusTip"])
def test_what_qt_would_take_for_markup_is_made_plain_first(name: str) -> None:
    known = {"own_tip", "tip"}  # constants of the callers
    plain = {"boxes.py"}  # tells Qt that it is plain
    odd = [
        (file.name, node.lineno, ast.unparse(node.args[-1]))
        for file, node in calls(name)
        if file.name not in plain and not is_own(node.args[-1]) and ast.unparse(node.args[-1]) not in known
    ]
    assert odd == []


def test_what_a_box_explains_is_shown_word_for_word(qapp, qtbot) -> None:
    front = QWidget()
    qtbot.addWidget(front)
    made = box(front, QMessageBox.Icon.Question, "Where", "Where to?")
    explain(made, "To <b>R & D</b>.\nAnd back.")
    label = made.findChild(QLabel, "qt_msgbox_informativelabel")
    assert (label.text(), label.textFormat()) == ("To <b>R & D</b>.\nAnd back.", Qt.TextFormat.PlainText)
    assert not [file for file, call in calls("setInformativeText") if "plain_tip" in ast.unparse(call)]


def test_every_box_takes_its_text_for_words() -> None:
    own = {"picturing.py", "bug_watch.py"}  # whose texts are constants
    made = {file for file in CODE.rglob("*.py") if re.search(r"= QMessageBox\(", file.read_text("utf-8"))}
    assert {file.name for file in made if "setTextFormat(" not in file.read_text("utf-8")} <= own


def test_the_system_is_asked_to_open_something_in_one_place_only() -> None:
    assert {file.name for file, _ in calls("openUrl")} == {"opening_links.py"}


def test_every_text_that_can_hold_pictures_refuses_to_load_them() -> None:
    for file, node in code():
        bases = {ast.unparse(base) for base in node.bases} if isinstance(node, ast.ClassDef) else set()
        if bases & {"QTextEdit", "QTextBrowser", "QTextDocument"}:
            assert any(isinstance(part, ast.FunctionDef) and part.name == "loadResource" for part in node.body), file.name
    bare = {
        file.name for file in CODE.rglob("*.py") for name in ("QTextEdit(", "QTextBrowser(") if f" {name}" in file.read_text()
    }
    assert bare == set()


# --- pages without a browser engine --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    main: str
    files: Mapping[str, bytes]


NESTS = (
    *("<table><tr><td>{}</td></tr></table>", "<div>{}</div>", "<span>{}</span>", "<ul><li>{}</li></ul>"),
    "<blockquote>{}</blockquote>",
)


@pytest.mark.parametrize("nest", NESTS)
def test_a_page_of_nests_is_shown_at_once_without_the_engine(nest: str, qtbot) -> None:
    """Twenty tables inside of each other would keep Qt busy for ever; so would twenty thousand of anything."""
    before, after = nest.split("{}")
    html = f"<p>first</p>{before * 20_000}a needle{after * 20_000}<p>last</p>"
    view = SimplePage()
    qtbot.addWidget(view)
    view.resize(500, 500)
    began = time.monotonic()
    view.show_page("x", Page("x.html", {"x.html": html.encode()}))
    view.show()
    view.grab()
    assert time.monotonic() - began < 20  # unguarded it is minutes
    assert view.toPlainText().split() == ["first", "a", "needle", "last"]


def test_an_ordinary_table_stays_what_it_is() -> None:
    table = '<table class="a"><tr><td>1</td><td><table><tr><th>2</th></tr></table></td></tr></table>'
    assert shallow(table) == table
    deep = "<table><tr><td>" * 4 + "x" + "</td></tr></table>" * 4
    assert shallow(deep) == "<table><tr><td>" * 3 + "x <br><br>" + "</td></tr></table>" * 3


@pytest.mark.qt_log_ignore("QTextHtmlParser")
def test_the_page_without_the_engine_reads_no_file_and_opens_no_link(trap: Trap, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda address: opened.append(address) or True)
    view = SimplePage()
    qtbot.addWidget(view)
    view.resize(500, 500)
    address = QUrl.fromLocalFile(str(trap.path)).toString()
    raw = "".join(vector.aimed(f"file://{trap.path}") for vector in written() if "<plaintext" not in vector.text)
    for html in (words(trap, "x") + f'<link rel=stylesheet href="{address}"><a href="{address}">Go</a>', raw):
        view.show_page("x", Page("x.html", {"x.html": html.encode("utf-8", "replace")}))
        view.show()
        view.grab()
        view.anchorClicked.emit(QUrl(address))
    assert opened == []
    assert view.source().isEmpty()
    assert not trap.is_sprung
