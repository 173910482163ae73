"""The questions that the window asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QInputDialog

from workstation.domain.story import Source, SourceKind, Story
from workstation.errors import StoreError
from workstation.store.stories import StoryShelf
from workstation.ui.dialogs.commands import CommandsDialog
from workstation.ui.dialogs.link import LinkDialog
from workstation.ui.dialogs.source import SourceDialog
from workstation.ui.dialogs.stories import StoriesDialog

LEFT = Qt.MouseButton.LeftButton

# --- stories -------------------------------------------------------------------------------------------------------


@pytest.fixture
def stories(room, qtbot) -> Callable[[], StoriesDialog]:
    """The dialog over three stories of which the first is open."""

    def open_dialog() -> StoriesDialog:
        window = room.open(Story(slug="ferries", headline="Ferries wait"))
        for slug, headline in (("locks", "Locks shut"), ("gauges", "Gauges fall")):
            room.desk.store.stories.add(Story(slug=slug, headline=headline))
        dialog = StoriesDialog(room.session, room.theme, room.desk.writing, room.desk.shelving, window)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return open_dialog


def listed(dialog: StoriesDialog) -> list[str]:
    model = dialog._view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def select(dialog: StoriesDialog, headline: str) -> None:
    dialog._view.selectRow(listed(dialog).index(headline))


def click(dialog: StoriesDialog, button: str) -> None:
    QTest.mouseClick(dialog._made[button], LEFT)


def test_the_open_story_is_selected_and_another_one_is_opened(room, stories):
    dialog = stories()
    assert dialog._current().slug == "ferries"
    select(dialog, "Locks shut")
    click(dialog, "Open")
    assert room.pane.story.slug == "locks"
    assert dialog.result() == 1


def test_the_search_finds_headlines_and_slugs_and_enter_opens_the_match(room, stories):
    dialog = stories()
    dialog._search.setFocus()
    QTest.keyClicks(dialog._search, "GAUGE")
    assert listed(dialog) == ["Gauges fall"]
    QTest.keyClick(dialog._search, Qt.Key.Key_Return)
    assert room.pane.story.slug == "gauges"


def test_a_new_story_begins_with_one_card(room, stories):
    click(stories(), "New")
    assert room.pane.story.headline == ""
    assert len(room.pane.story.signals) == 1


def test_a_duplicate_is_a_story_of_its_own(room, stories):
    dialog = stories()
    select(dialog, "Locks shut")
    click(dialog, "Duplicate")
    assert room.pane.story.headline == "Locks shut (copy)"
    assert room.pane.story.slug != "locks"


def test_a_spiked_story_leaves_the_list_and_can_be_brought_back(room, stories):
    dialog = stories()
    select(dialog, "Locks shut")
    click(dialog, "Spike")
    assert "Locks shut" not in listed(dialog)
    dialog._filter.setCurrentText("Spiked")
    assert listed(dialog) == ["Locks shut"]
    assert dialog._made["Spike"].text() == "Bring back"
    click(dialog, "Spike")
    assert listed(dialog) == []
    dialog._filter.setCurrentText("All but spiked")
    assert "Locks shut" in listed(dialog)


def test_the_open_story_gives_way_to_another_one_when_it_is_spiked(room, stories):
    dialog = stories()
    select(dialog, "Ferries wait")
    click(dialog, "Spike")
    assert room.session.story != room.number
    assert room.pane.story.slug in ("locks", "gauges")


def test_a_slug_is_renamed_and_a_taken_one_refused(room, stories, monkeypatch):
    dialog = stories()
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("locks", True))
    click(dialog, "Rename slug…")
    assert room.said[-1][1] == "bad"
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Ferry Boats", True))
    click(dialog, "Rename slug…")
    assert room.stored().slug == "ferry-boats"
    assert room.pane._details._slug.text() == "ferry-boats"


def test_a_store_that_fails_is_told_and_the_list_still_opens(room, stories, monkeypatch):
    stories().reject()

    def fail(*_args, **_fields):
        raise StoreError("The store cannot be written", "The disk is full.")

    with monkeypatch.context() as broken:
        for name in ("save", "add"):
            broken.setattr(StoryShelf, name, fail)
        room.focus(room.pane._headline)
        room.type("unsaved ")
        dialog = StoriesDialog(room.session, room.theme, room.desk.writing, room.desk.shelving, room.window)
        assert room.said[-1][1] == "bad"
        click(dialog, "New")
        click(dialog, "Duplicate")
        assert room.said[-1] == ("The store cannot be written. The disk is full.", "bad")


# --- commands ------------------------------------------------------------------------------------------------------


def test_a_command_is_found_by_its_letters_and_carried_out(room, qtbot):
    window = room.open(Story(slug="one", headline="One", signals=()))
    window._show_commands()
    palette = window.findChild(CommandsDialog)
    palette._search.setFocus()
    QTest.keyClicks(palette._search, "add sig")
    QTest.keyClick(palette._search, Qt.Key.Key_Return)
    assert len(room.story.signals) == 1


def test_the_palette_lists_what_can_be_done_now_and_goes_round_with_the_arrows(room, qtbot):
    window = room.open()
    window._show_commands()
    palette = window.findChild(CommandsDialog)
    entries = palette._list
    names = [entries.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(entries.count())]
    assert {"New story", "Export…", "Strong", "Move up"} <= set(names)
    assert "Redo" not in names
    QTest.keyClick(palette, Qt.Key.Key_Up)
    assert entries.currentRow() == entries.count() - 1
    QTest.keyClicks(palette._search, "no such command")
    assert entries.count() == 0
    QTest.keyClick(palette._search, Qt.Key.Key_Return)
    assert not palette.isVisible()


# --- links and sources ---------------------------------------------------------------------------------------------


@pytest.fixture
def link(theme, qtbot) -> Callable[..., LinkDialog]:
    def open_dialog(address: str | None = None, *sources: Source) -> LinkDialog:
        dialog = LinkDialog(address, sources)
        qtbot.addWidget(dialog)
        return dialog

    return open_dialog


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " JaVaScRiPt:x", "data:text/html,x", "file:///etc/passwd", "vbscript:x"]
)
def test_an_address_that_could_harm_a_reader_is_refused(link, address):
    dialog = link()
    dialog._address.setEditText(address)
    assert dialog.address() is None
    assert not dialog._ok.isEnabled()
    assert dialog._hint.text()


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("a.example/x", "https://a.example/x"),
        ("mailto:desk@a.example", "mailto:desk@a.example"),
        ("  ", None),
    ],
)
def test_an_address_is_taken_with_its_scheme_or_without(link, typed, address):
    dialog = link()
    dialog._address.setEditText(typed)
    assert dialog.address() == address
    assert dialog._ok.isEnabled()


def test_the_card_s_sources_are_offered_and_a_known_link_is_shown(link):
    sources = (Source(name="Aye", url="https://aye.example/"), Source(name="Bee"))
    assert link(None, *sources).address() == "https://aye.example/"
    assert link("https://known.example/", *sources).address() == "https://known.example/"


def test_a_link_is_set_through_its_dialog_as_one_undoable_step(room, answer):
    def reply(dialog: LinkDialog) -> int:
        dialog._address.setEditText("https://a.example/")
        return 1

    answer(LinkDialog, reply)
    room.open(Story(slug="one", headline="One", news=room.body("<p>some words</p>")))
    room.focus(room.pane._news)
    room.pane._news.selectAll()
    room.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert room.story.news.links == ("https://a.example/",)
    assert room.pane._news.hasFocus()
    room.undo()
    assert room.story.news.links == ()


def test_a_source_needs_a_name(theme, qtbot):
    dialog = SourceDialog(Source(name=""))
    qtbot.addWidget(dialog)
    ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    dialog._name.setText("The gauge office")
    dialog._kind.setCurrentIndex(2)
    assert ok.isEnabled()
    assert dialog.source() == Source(name="The gauge office", kind=SourceKind.INSTITUTE)


def test_the_dialog_of_a_source_shows_how_it_is_printed_and_offers_the_other_wording(theme, qtbot):
    dialog = SourceDialog(Source(name="Ana Reef", kind=SourceKind.PERSON))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog._printed.text() == "Source: Ana Reef"
    assert not dialog._wording.isVisible()
    dialog._of.setText("The Lantern Post")
    assert dialog._printed.text() == "Source: Ana Reef (The Lantern Post)"
    assert "The Lantern Post" in dialog._note.text()
    dialog._wording.click()
    assert dialog._printed.text() == "Source: The Lantern Post’s Ana Reef"
    assert dialog.source().outlet == "The Lantern Post"
    dialog._wording.click()
    assert dialog.source().name == "Ana Reef"
    dialog._url.setText("javascript:alert(1)")
    assert "Only http" in dialog._note.text()
