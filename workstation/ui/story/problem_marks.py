"""Marks under the words that a review found something in. They are drawn over the text and are never part of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit, QToolTip

from workstation.domain.problem import Problem, Severity
from workstation.ui.story.places import Places
from workstation.ui.story.spans import span, text_of
from workstation.ui.story.text_field import GrowingEdit
from workstation.ui.theme import Theme
from workstation.ui.wording import plain_tip

Span = tuple[int, int]
UNDERLINE = QTextCharFormat.UnderlineStyle
LOOKS = {Severity.BLOCKER: ("bad", UNDERLINE.SingleUnderline, "bad_soft"), Severity.WARNING: ("warn", UNDERLINE.DotLine, None)}
"""The colour, the shape of the line, and the ground: who sees no colours tells them by the shape."""


class ProblemMarks(QObject):
    """The marks of one field; they go with their words while the editor types, until the next review."""

    menu_made = Signal(object, object)
    """The context menu of marked words before it opens, and the :class:`Problem` they are about."""

    def __init__(self, edit: GrowingEdit, theme: Theme) -> None:
        super().__init__(edit)
        self._edit, self._theme = edit, theme
        self._problems: Sequence[Problem] = ()
        self._drawn_otherwise: Collection[Span] = ()
        self._marks: list[tuple[QTextCursor, Problem]] = []
        self._revision = -1
        edit.menu_made.connect(self._offer)
        edit.viewport().installEventFilter(self)
        theme.changed.connect(self._look_again)

    def show_problems(self, problems: Sequence[Problem], drawn_otherwise: Collection[Span] = ()) -> None:
        """Mark the words of ``problems``. The spans that are ``drawn_otherwise`` bear a mark already, and get no second one."""
        revision = self._edit.document().revision()
        if (problems, drawn_otherwise, revision) != (self._problems, self._drawn_otherwise, self._revision):
            self._problems, self._drawn_otherwise, self._revision = problems, drawn_otherwise, revision
            self._look()

    def at(self, position: int) -> Problem | None:
        """The problem of the words at a document position; the narrowest where several meet."""
        found = [(cursor, problem) for cursor, problem in self._marks if _holds(cursor, position)]
        return min(found, key=lambda mark: (_length(mark[0]), mark[1].severity), default=(None, None))[1]

    def at_caret(self) -> Problem | None:
        """The problem of the words at the caret, or of those that are selected."""
        cursor = self._edit.textCursor()
        selected = (cursor.selectionStart(), cursor.selectionEnd())
        same = (problem for mark, problem in self._marks if (mark.selectionStart(), mark.selectionEnd()) == selected)
        return next(same, None) or self.at(cursor.selectionStart()) or self.at(cursor.selectionEnd())

    def told_at(self, point: QPoint) -> str:
        """What is to be said of the words at ``point`` of the viewport."""
        inside = QPointF(self._edit.horizontalScrollBar().value(), self._edit.verticalScrollBar().value()) + QPointF(point)
        at = self._edit.document().documentLayout().hitTest(inside, Qt.HitTestAccuracy.ExactHit)
        problem = self.at(at) if at >= 0 else None
        return told(problem) if problem is not None else ""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self.told_at(event.pos())
            if words:
                QToolTip.showText(event.globalPos(), plain_tip(words), self._edit.viewport())
                return True
        return False

    # --- drawing ---------------------------------------------------------------------------------------------------

    def _look_again(self) -> None:
        self._revision = self._edit.document().revision()
        self._look()

    def _look(self) -> None:
        """Find the words in the document as it is now."""
        places = Places(self._edit.document())
        text = text_of(self._edit) if self._problems else ""
        found = ((self._find(problem, text, places), problem) for problem in self._problems)
        self._marks = [(cursor, problem) for cursor, problem in found if cursor is not None and cursor.hasSelection()]
        self._draw()

    def _find(self, problem: Problem, text: str, places: Places) -> QTextCursor | None:
        """The words of a problem; where they were moved by what was typed meanwhile, those closest to where they stood."""
        at, until = problem.place.at, problem.place.until
        if at is None or until is None or until <= at:
            return None
        words = problem.excerpt
        if len(words) == until - at and text[at:until] != words:
            moved = _nearest(text, words, at)
            return None if moved is None else span(self._edit, places, moved, moved + len(words))
        return span(self._edit, places, at, until)

    def _draw(self) -> None:
        """Blockers over warnings, and each stretch of words once."""
        drawn: set[tuple[int, int]] = set()
        selections: list[QTextEdit.ExtraSelection] = []
        for cursor, problem in sorted(self._marks, key=lambda mark: mark[1].severity):
            stretch = (cursor.selectionStart(), cursor.selectionEnd())
            otherwise = (problem.place.at, problem.place.until) in self._drawn_otherwise
            if stretch not in drawn and not otherwise:
                drawn.add(stretch)
                selections.insert(0, self._selection(cursor, problem.severity))
        self._edit.show_layer("problems", selections)

    def _selection(self, cursor: QTextCursor, severity: Severity) -> QTextEdit.ExtraSelection:
        tone, line, ground = LOOKS[severity]
        form = QTextCharFormat()
        form.setUnderlineStyle(line)
        form.setUnderlineColor(self._theme.colour(tone))
        if ground:
            form.setBackground(self._theme.colour(ground))
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = cursor, form
        return selection

    def _offer(self, menu: QMenu, at: QTextCursor) -> None:
        problem = self.at(at.position())
        if problem is not None:
            self.menu_made.emit(menu, problem)


def told(problem: Problem) -> str:
    """What is said of the words under the mouse."""
    kind = "Blocks the export" if problem.severity is Severity.BLOCKER else "Warning"
    mend = f"\nAlt+Enter: {problem.fix.label}" if problem.fix else ""
    return f"{kind}: {problem.message}{mend}"


def _nearest(text: str, words: str, at: int) -> int | None:
    """Where in ``text`` these words stand closest to code point ``at``; None where they are gone."""
    found = [place for place in (text.find(words, at), text.rfind(words, 0, at + len(words))) if place >= 0]
    return min(found, key=lambda place: abs(place - at), default=None)


def _holds(cursor: QTextCursor, position: int) -> bool:
    return cursor.hasSelection() and cursor.selectionStart() <= position <= cursor.selectionEnd()


def _length(cursor: QTextCursor) -> int:
    return cursor.selectionEnd() - cursor.selectionStart()
