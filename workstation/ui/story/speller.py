"""Spelling as you type: one background check at a time for all fields of the open story, and its marks in each field."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QLocale, QObject, QTimer, Signal
from PySide6.QtGui import QAction, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from workstation.ui.story.body_document import QUOTE_PROPERTY
from workstation.ui.story.text_field import GrowingEdit
from workstation.ui.story.typist import units

if TYPE_CHECKING:
    from workstation.domain.spelled_words import Spelled
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.spelling import Spelling

CHECK_MS = 350
"""So long after a change a field is checked, also while the typing goes on."""
FIRST_MS = 1200
"""The first check waits until the window is there."""
MOST = 500
"""At most so many words of one field are marked: a text in another language than the story's would be one red sea."""


class Speller(QObject):
    """Asks for the words that are not known, beside the window's thread, and hands each field its own."""

    told = Signal(str)
    """Why nothing is marked, or "" where words are checked."""

    def __init__(self, session: Session, theme: Theme, spelling: Spelling, language: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self.session, self.theme, self.spelling, self.language = session, theme, spelling, language
        self._is_on = True
        self._is_asking = False
        self._fields: list[SpellMarks] = []
        self._waiting: dict[SpellMarks, None] = {}
        self._missed: set[str] = set()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._ask)
        self._timer.start(FIRST_MS)
        theme.changed.connect(self._redraw)

    def add_field(self, edit: GrowingEdit) -> None:
        """Mark the words of ``edit`` from now on."""
        self._fields.append(SpellMarks(edit, self))

    def turn(self, on: bool) -> None:
        """Mark words, or none."""
        self._is_on = on
        self.check_all()

    def check_all(self) -> None:
        """Check every field anew, because what is known changed."""
        for field in self._alive():
            if self._is_on:
                self.want(field)
            else:
                field.show_faults([])

    def want(self, field: SpellMarks) -> None:
        """The text of ``field`` changed: it is checked in a moment."""
        if self._is_on:
            self._waiting[field] = None
            if not self._timer.isActive():
                self._timer.start(CHECK_MS)

    def _ask(self) -> None:
        number = self.session.story
        if self._is_asking or number is None or not self._is_on:
            return
        fields = [field for field in self._waiting if shiboken6.isValid(field)]
        self._waiting.clear()
        if not fields:
            return
        language, texts = self.language(), [field.texts() for field in fields]
        together = [text for each in texts for text in each]
        asked = _Asked(number, language, fields, [len(each) for each in texts])
        self._is_asking = True
        task = self.session.run(
            lambda _: self.spelling.faults(number, language, together), lambda found: self._show(asked, found), urgent=True
        )
        task.ended.connect(self._end)

    def _end(self) -> None:
        self._is_asking = False
        if self._waiting:
            self._timer.start(CHECK_MS)

    def _show(self, asked: _Asked, found: list[tuple[Spelled, ...]] | None) -> None:
        if (asked.number, asked.language) != (self.session.story, self.language()):
            for field in self._alive():
                self.want(field)
            return
        self._tell(asked.language, is_there=found is not None)
        at = 0
        for field, count in zip(asked.fields, asked.counts, strict=True):
            if shiboken6.isValid(field):
                field.show_faults(found[at : at + count] if found is not None and self._is_on else [])
            at += count

    def _tell(self, language: str, *, is_there: bool) -> None:
        """Say once for each language that it has no dictionary."""
        name = QLocale.languageToString(QLocale(language.replace("-", "_")).language())
        self.told.emit("" if is_there else f"no dictionary for {name}")
        if not is_there and language not in self._missed:
            folder = self.spelling.folder
            self.session.say(f"Words are not checked: there is no {name} dictionary. Put its .dic and .aff into {folder}.")
            self._missed.add(language)

    def _redraw(self) -> None:
        for field in self._alive():
            field.draw()

    def _alive(self) -> list[SpellMarks]:
        self._fields = [field for field in self._fields if shiboken6.isValid(field)]
        return self._fields


@dataclass(frozen=True, slots=True)
class _Asked:
    """A check on its way: for which story and language, and how many texts of each field."""

    number: int
    language: str
    fields: list[SpellMarks]
    counts: list[int]


class SpellMarks(QObject):
    """The marks of one field. They are drawn over the text and never part of it; the word under the caret bears none."""

    def __init__(self, edit: GrowingEdit, speller: Speller) -> None:
        super().__init__(edit)
        self._edit, self._speller = edit, speller
        self._faults: list[tuple[QTextCursor, str]] = []
        self._spared: int | None = None
        edit.document().contentsChange.connect(lambda *_: speller.want(self))
        edit.cursorPositionChanged.connect(self._follow)
        edit.menu_made.connect(self._offer)
        edit.installEventFilter(self)
        speller.want(self)

    def texts(self) -> list[str]:
        """The paragraphs as they stand now."""
        texts, block = [], self._edit.document().begin()
        while block.isValid():
            texts.append(block.text())
            block = block.next()
        return texts

    def show_faults(self, faults: list[tuple[Spelled, ...]]) -> None:
        """Mark the words, one tuple a paragraph; those that are not there any more are left for the next check."""
        self._faults = []
        block = self._edit.document().begin()
        for words in faults:
            text = block.text() if block.isValid() else ""
            for word in words:
                if text[word.start : word.end] == word.word and len(self._faults) < MOST:
                    cursor = self._cursor(block.position(), text, word)
                    if not _is_quoted(cursor):
                        self._faults.append((cursor, word.word))
            block = block.next()
        self.draw()

    def draw(self) -> None:
        """Draw the waves, but under the word that the caret stands in and under words that are tied to a quote."""
        self._spared = self._under_caret()
        form = QTextCharFormat()
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        form.setUnderlineColor(self._speller.theme.colour("bad"))
        selections = []
        for index, (cursor, _) in enumerate(self._faults):
            if index != self._spared:
                selection = QTextEdit.ExtraSelection()
                selection.cursor, selection.format = cursor, form
                selections.append(selection)
        self._edit.show_layer("spelling", selections)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            QTimer.singleShot(0, self, self._follow)
        return False

    def _cursor(self, block: int, text: str, word: Spelled) -> QTextCursor:
        cursor = QTextCursor(self._edit.document())
        cursor.setPosition(block + units(text[: word.start]))
        cursor.setPosition(block + units(text[: word.end]), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _follow(self) -> None:
        """The caret moved: the word that it left is marked, unless it is another one now, which the next check judges."""
        if not self._faults or self._under_caret() == self._spared:
            return
        if self._spared is not None and self._spared < len(self._faults):
            cursor, word = self._faults[self._spared]
            if cursor.selectedText() != word:
                del self._faults[self._spared]
        self.draw()

    def _under_caret(self) -> int | None:
        if not self._edit.hasFocus():
            return None
        return self._at(self._edit.textCursor().position())

    def _at(self, position: int) -> int | None:
        """The fault that a document position stands in or at; they stand in the order of the text."""
        index = bisect_right(self._faults, position, key=lambda fault: fault[0].selectionStart()) - 1
        return index if index >= 0 and position <= self._faults[index][0].selectionEnd() else None

    # --- the menu --------------------------------------------------------------------------------------------------

    def _offer(self, menu: QMenu, at: QTextCursor) -> None:
        index = self._at(at.position())
        if index is None:
            return
        cursor, word = self._faults[index]
        if cursor.selectedText() != word:
            return
        speller, number = self._speller, self._speller.session.story
        waiting = QAction("Looking for suggestions…", menu)
        waiting.setEnabled(False)
        add, ignore = QAction(f"Add “{word}” to the dictionary", menu), QAction("Ignore in this story", menu)
        add.triggered.connect(lambda: self._know(lambda: speller.spelling.add(word)))
        if number is not None:
            ignore.triggered.connect(lambda: self._know(lambda: speller.spelling.ignore(number, word)))
        first = menu.actions()[0] if menu.actions() else menu.addSeparator()
        menu.insertActions(first, [waiting, _line(menu), add, ignore, _line(menu)])
        language = speller.language()
        speller.session.run(
            lambda _: speller.spelling.suggestions(word, language),
            lambda found: self._suggest(menu, waiting, cursor, found),
            urgent=True,
        )

    def _suggest(self, menu: QMenu, waiting: QAction, cursor: QTextCursor, found: tuple[str, ...]) -> None:
        """Put the suggestions into the menu, which may be open, or gone."""
        if not shiboken6.isValid(menu) or not shiboken6.isValid(self):
            return
        for word in found:
            action = QAction(word.replace("&", "&&"), menu)
            font = action.font()
            font.setBold(True)
            action.setFont(font)
            action.triggered.connect(lambda _=False, word=word: self._correct(cursor, word))
            menu.insertAction(waiting, action)
        if found:
            menu.removeAction(waiting)
        else:
            waiting.setText("No suggestions")

    def _correct(self, cursor: QTextCursor, word: str) -> None:
        probe = QTextCursor(self._edit.document())
        probe.setPosition(cursor.selectionStart() + 1)
        with self._edit.step("Correction"):
            cursor.insertText(word, probe.charFormat())

    def _know(self, verb: Callable[[], None]) -> None:
        self._speller.session.run(lambda _: verb(), lambda _: self._speller.check_all(), urgent=True)


def _line(menu: QMenu) -> QAction:
    action = QAction(menu)
    action.setSeparator(True)
    return action


def _is_quoted(cursor: QTextCursor) -> bool:
    return cursor.charFormat().hasProperty(QUOTE_PROPERTY)
