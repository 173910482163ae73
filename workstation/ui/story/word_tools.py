"""The tools that work on every text of the story: typographic marks, spelling, find and replace, special characters."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget

from workstation.ui.actions import add_action
from workstation.ui.story.speller import Speller
from workstation.ui.story.text_field import GrowingEdit
from workstation.ui.story.typist import Typist

if TYPE_CHECKING:
    from workstation.domain.changes import Changes
    from workstation.ui.session import Session
    from workstation.ui.story.finder import Finder
    from workstation.ui.story.pane import StoryPane
    from workstation.ui.theme import Theme
    from workstation.workflow.publishing import Publishing
    from workstation.workflow.spelling import Spelling

MARKS_KEY, SPELLING_KEY = "typing/marks", "typing/spelling"
SPELLING_TEXT = "Check spelling while typing"


class WordTools(QObject):
    """Sits on the fields of the story pane, also on those that come later, and has their places in the Edit menu."""

    def __init__(
        self, pane: StoryPane, session: Session, theme: Theme, settings: QSettings, publishing: Publishing, spelling: Spelling
    ) -> None:
        super().__init__(pane)
        self._pane, self._session, self._theme, self._settings = pane, session, theme, settings
        self._publishing = publishing
        self._known: object = None
        self.marks = self._switch("Typographic &marks while typing", MARKS_KEY)
        self.spelling = self._switch(SPELLING_TEXT, SPELLING_KEY)
        self.speller = Speller(session, theme, spelling, self.language, self)
        for edit in pane.findChildren(GrowingEdit):
            self._attach(edit)
        pane.field_made.connect(self._attach)
        self.speller.turn(self.spelling.isChecked())
        self.spelling.toggled.connect(self.speller.turn)
        self.speller.told.connect(self._tell_spelling)
        session.story_shown.connect(lambda _: self._look_at_story())
        session.changed.connect(self._notice)

    @cached_property
    def finder(self) -> Finder:
        """Find and replace; made when it is wanted first, so that no start waits for it."""
        from workstation.ui.story.finder import Finder  # noqa: PLC0415 - keeps it off the start

        finder = Finder(self._session, self._theme, self._pane)
        layout = self._pane.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(1, finder.bar)
        return finder

    def language(self) -> str:
        """The language of the open story, else that of the publication."""
        story = self._pane.story
        if story is not None and story.language:
            return story.language
        houses = self._publishing.publications
        return houses.of(story).language if houses.is_ready(story) else "en"

    def add_to(self, menu: QMenu) -> None:
        """Put the entries into the Edit menu. The keys that others use too work while the story has the focus."""
        menu.addSeparator()
        entries: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("&Find in the story…", "Ctrl+F", lambda: self.finder.open()),
            ("Replac&e in the story…", "Ctrl+H", lambda: self.finder.open(replacing=True)),
            ("Find &next", "F3", lambda: self.finder.step(1)),
            ("Find pre&vious", "Shift+F3", lambda: self.finder.step(-1)),
        )
        for text, keys, slot in entries:
            action = add_action(menu, text, slot, keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._pane.addAction(action)
        menu.addSeparator()
        add_action(menu, "Special character&s…", self.show_characters, "Ctrl+Shift+M")
        menu.addAction(self.marks)
        menu.addAction(self.spelling)

    def show_characters(self) -> None:
        """Open the palette; the character goes into the field that has the focus now."""
        from workstation.ui.dialogs.characters import CharactersDialog  # noqa: PLC0415 - keeps it off the start

        window = self._pane.window()
        field = window.focusWidget()  # not the application's: the palette of commands may still have that
        if not isinstance(field, GrowingEdit | QLineEdit):
            self._session.say("Put the caret where the character should stand first.")
            return
        palette = CharactersDialog(self._theme, self._settings, lambda character: _insert(field, character), self._pane)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        at = window.mapToGlobal(window.rect().topLeft())
        palette.move(at.x() + (window.width() - palette.width()) // 2, at.y() + 70)
        palette.show()

    # --- parts -----------------------------------------------------------------------------------------------------

    def _attach(self, edit: GrowingEdit) -> None:
        Typist(edit, self.marks.isChecked, self.language)
        self.speller.add_field(edit)

    def _switch(self, text: str, key: str) -> QAction:
        action = QAction(text, self)
        action.setCheckable(True)
        action.setChecked(self._settings.value(key, True, bool) is not False)
        action.toggled.connect(lambda on: self._settings.setValue(key, on))
        return action

    def _tell_spelling(self, reason: str) -> None:
        """A language that has no dictionary is said where the spelling is switched."""
        self.spelling.setText(f"{SPELLING_TEXT} ({reason})" if reason else SPELLING_TEXT)
        self.spelling.setEnabled(not reason)

    def _notice(self, changes: Changes, _initiator: object) -> None:
        if self._session.story in changes.stories:
            self._look_at_story()

    def _look_at_story(self) -> None:
        """Check every word anew when the story, its language or its sources are other ones."""
        story = self._pane.story
        if story is None:
            return
        sources = [source for card in (*story.signals, *story.parked) for source in card.sources]
        known = (self._session.story, self.language(), [(source.item, source.name, source.of) for source in sources])
        if known != self._known:
            self._known = known
            self.speller.check_all()


def _insert(field: QWidget, character: str) -> None:
    field.setFocus(Qt.FocusReason.PopupFocusReason)
    if isinstance(field, GrowingEdit):
        with field.step("Special character"):
            field.insertPlainText(character)
    elif isinstance(field, QLineEdit):
        field.insert(character)
