"""Find and replace over the open story: runs the search beside the window's thread and shows its places in the fields."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget

from workstation.domain import finding
from workstation.domain.finding import Field, Match, Replaced
from workstation.domain.story import Story
from workstation.domain.wording import counted
from workstation.errors import WorkstationError
from workstation.ui.story.find_bar import StoryFindBar
from workstation.ui.story.insights import InsightsField
from workstation.ui.story.places import Places, place_of
from workstation.ui.story.text_field import GrowingEdit
from workstation.ui.story.typist import units
from workstation.workflow.history import Spot

if TYPE_CHECKING:
    from workstation.domain.changes import Changes
    from workstation.ui.session import Session
    from workstation.ui.story.pane import StoryPane
    from workstation.ui.theme import Theme

SEARCH_MS = 60
FOLLOW_MS = 250
DRAWN = 1000
"""So many places are drawn in the fields; all are counted, and stepped through."""

Place = tuple[int, int, int]
"""The number of a field in the order of the page, a block in it, and a code point in that."""


class Finder(QObject):
    """Holds the bar, the places that were found, and which of them is the current one."""

    def __init__(self, session: Session, theme: Theme, pane: StoryPane) -> None:
        super().__init__(pane)
        self._session, self._theme, self._pane = session, theme, pane
        self.bar = StoryFindBar(theme)
        self._matches: list[Match] = []
        self._now = -1
        self._anchor: Place = (0, 0, 0)
        self._asked = self._answered = 0
        self._then: Callable[[], None] | None = None
        self._marked: QLineEdit | None = None
        self._left: QWidget | None = None
        """The field that the editor came from, to go back to where nothing was found."""
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._search)
        self.bar.query_changed.connect(self._look_anew)
        self.bar.step_requested.connect(self.step)
        self.bar.replace_requested.connect(self.replace)
        self.bar.replace_all_requested.connect(self.replace_all)
        self.bar.closed.connect(self._leave)
        session.changed.connect(self._notice)
        session.story_shown.connect(lambda _: self._look_again())
        theme.changed.connect(self._draw)

    # --- the verbs -------------------------------------------------------------------------------------------------

    def open(self, *, replacing: bool = False) -> None:
        """Open the bar with the selected words; the search begins where the caret stands."""
        focus = self._pane.window().focusWidget()
        words = ""
        if focus is not None and not self.bar.isAncestorOf(focus):
            self._left = focus
        if isinstance(focus, GrowingEdit) and self._pane.isAncestorOf(focus):
            self._anchor = self._place(focus)
            words = focus.textCursor().selectedText()
        elif isinstance(focus, QLineEdit) and not self.bar.isAncestorOf(focus):
            words = focus.selectedText()
        self.bar.open_bar(words if "\u2029" not in words and len(words) < 100 else "", replacing=replacing)

    def step(self, steps: int) -> None:
        """Go to the next place (1) or the one before (-1); over the end it begins anew."""
        if self.bar.isHidden():
            self.open()
            self._then = partial(self._step_from_caret, steps)
        elif self._timer.isActive() or self._is_searching:
            self._then = partial(self.step, steps)
        elif self._matches:
            self._now = (self._now + steps) % len(self._matches)
            self._show()

    def _step_from_caret(self, steps: int) -> None:
        """The search found the place at the caret or behind it: forward that is the next one, unless it is selected already."""
        if self._matches and (steps < 0 or self._place_of(self._matches[self._now]) == self._anchor):
            self.step(steps)

    def replace(self) -> None:
        """Replace the current place and go to the next."""
        if 0 <= self._now < len(self._matches):
            match, query, put = self._matches[self._now], self.bar.query, self.bar.replacement.text()
            self._run(lambda story: finding.replace_one(story, query, match, put), partial(self._put_one, match, len(put)))

    def replace_all(self) -> None:
        """Replace every place, as one step."""
        query, put = self.bar.query, self.bar.replacement.text()
        if self._matches:
            self._run(lambda story: finding.replace_all(story, query, put), self._put_all)

    def _run(self, work: Callable[[Story], Replaced], done: Callable[[Replaced], None]) -> None:
        """Replace beside the window's thread; when the story changed meanwhile, once more on what it is now."""
        story = self._pane.story
        if story is None:
            return

        def finish(made: Replaced) -> None:
            if self._pane.story is story:
                done(made)
            else:
                self._run(work, done)

        self._session.run(lambda _: work(story), finish, failed=self._refuse, urgent=True)

    def _put_one(self, match: Match, length: int, made: Replaced) -> None:
        self._anchor = (self._place_of(match)[0], match.block, match.start + length)
        if made.count:
            self._pane.put(made.story, "Replacement", _spot(match.field, match.start + length))
        elif made.left:
            self._anchor = (self._place_of(match)[0], match.block, match.end)
        self._then = partial(self._tell_left, made.left)
        self._search()

    def _put_all(self, made: Replaced) -> None:
        if made.count:
            first = next((match for match in self._matches if not match.is_quoted), self._matches[0])
            self._pane.put(made.story, f"Replacement of {_times(made.count)}", _spot(first.field))
        told = f"{_times(made.count)} replaced."
        self._then = partial(self._tell_left, made.left, told)
        self._search()

    def _tell_left(self, left: int, told: str = "") -> None:
        if left:
            one = "1 place stands inside a verified quotation and was left."
            told = f"{told} {one if left == 1 else f'{left:,} places stand inside verified quotations and were left.'}".strip()
        if told:
            self.bar.say(told)

    def _refuse(self, error: WorkstationError) -> None:
        self.bar.say(f"{error.title}. {error.detail}", "bad")

    # --- searching -------------------------------------------------------------------------------------------------

    @property
    def _is_searching(self) -> bool:
        return self._asked != self._answered

    def _look_anew(self) -> None:
        if not self.bar.isHidden():
            self._timer.start(SEARCH_MS)

    def _look_again(self) -> None:
        """The story changed: the places are looked up again, and the current one stays about where it is."""
        if not self.bar.isHidden():
            if 0 <= self._now < len(self._matches):
                self._anchor = self._place_of(self._matches[self._now])
            self._timer.start(FOLLOW_MS)

    def _notice(self, changes: Changes, _initiator: object) -> None:
        if self._session.story in changes.stories:
            self._look_again()

    def _search(self) -> None:
        self._timer.stop()
        story, query = self._pane.story, self.bar.query
        self._asked += 1
        turn = self._asked
        if story is None or self.bar.isHidden() or not query.words:
            self._take(turn, [])
            return
        self._session.run(
            lambda _: finding.find(story, query), partial(self._take, turn), failed=partial(self._fail, turn), urgent=True
        )

    def _take(self, turn: int, matches: list[Match]) -> None:
        if turn != self._asked:
            return
        self._answered = turn
        self._matches = matches
        order = self._orders()
        places = ((order.get(match.field, len(order)), match.block, match.start) for match in matches)
        self._now = next((at for at, place in enumerate(places) if place >= self._anchor), 0) if matches else -1
        self._show()
        then, self._then = self._then, None
        if then is not None:
            then()

    def _fail(self, turn: int, error: WorkstationError) -> None:
        if turn == self._asked:
            self._answered, self._then = turn, None
            self._matches, self._now = [], -1
            self._draw()
            self.bar.show_fault(f"{error.title}. {error.detail}")

    def _place(self, edit: GrowingEdit) -> Place:
        for field, order in self._orders().items():
            if self._widget(field) is edit:
                return order, *place_of(edit.textCursor())
        return 0, 0, 0

    def _place_of(self, match: Match) -> Place:
        return self._orders().get(match.field, 0), match.block, match.start

    def _orders(self) -> dict[Field, int]:
        """The fields of the story as it is now, with their places in the order of the page."""
        story = self._pane.story
        return {} if story is None else {field: order for order, field in enumerate(finding.fields(story))}

    # --- showing ---------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        self._draw()
        where = ""
        if 0 <= self._now < len(self._matches):
            match = self._matches[self._now]
            where = self._where(match)
            self._go_to(match)
        self.bar.show_matches(self._now, len(self._matches), where)

    def _where(self, match: Match) -> str:
        """Where a place stands that no field shows."""
        story = self._pane.story
        if not match.field.parked or story is None:
            return ""
        name = next((card.headline for card in story.parked if card.key == match.field.card), "")
        return f"In the parked card “{name or 'without a headline'}”."

    def _draw(self) -> None:
        drawn: dict[GrowingEdit, list[QTextEdit.ExtraSelection]] = {}
        first = max(0, self._now - DRAWN // 2)
        current, other = self._form("accent", "on_accent"), self._form("quote", "ink")
        now = self._matches[self._now] if 0 <= self._now < len(self._matches) else None
        for field, matches in groupby(self._matches[first : first + DRAWN], key=lambda match: match.field):
            widget = self._widget(field)
            if isinstance(widget, GrowingEdit):
                places = Places(widget.document())
                drawn[widget] = [
                    _selection(cursor, current if match is now else other)
                    for match in matches
                    if (cursor := places.cursor(match.block, match.start, match.end)) is not None
                ]
        for edit in self._pane.findChildren(GrowingEdit):
            edit.show_layer("found", drawn.get(edit, []))

    def _form(self, ground: str, ink: str) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setBackground(self._theme.colour(ground))
        form.setForeground(self._theme.colour(ink))
        return form

    def _go_to(self, match: Match) -> None:
        """Bring a place into view; the focus stays in the bar."""
        if self._marked is not None:
            self._marked.deselect()
            self._marked = None
        if match.field.parked:
            return
        widget = self._pane.reveal(_spot(match.field))
        line = _line_of(widget)
        cursor = _cursor(widget, match)
        if line is not None:
            line.setSelection(units(line.text()[: match.start]), units(line.text()[match.start : match.end]))
            self._marked = line
            self._pane.scroll_to(line, line.rect().center())
        elif isinstance(widget, GrowingEdit) and cursor is not None:
            self._pane.scroll_to(widget, widget.cursorRect(cursor).center())

    def _leave(self) -> None:
        """Take the marks away; the caret goes to the place that was shown last."""
        match = self._matches[self._now] if 0 <= self._now < len(self._matches) else None
        self._timer.stop()
        self._asked += 1
        self._answered = self._asked
        self._matches, self._now, self._then = [], -1, None
        self._draw()
        if match is not None and not match.field.parked:
            widget = self._pane.reveal(_spot(match.field))
            cursor = _cursor(widget, match)
            widget.setFocus()
            if isinstance(widget, GrowingEdit) and cursor is not None:
                widget.setTextCursor(cursor)
        elif self._left is not None and shiboken6.isValid(self._left):
            self._left.setFocus()
        self._left = None

    def _widget(self, field: Field) -> QWidget | None:
        return None if field.parked else self._pane.widget_at(_spot(field))


def _spot(field: Field, caret: int | None = None) -> Spot:
    return Spot(field.name, field.card, caret if field.name in ("headline", "insights") else None)


def _line_of(widget: QWidget | None) -> QLineEdit | None:
    """The line in which a field is written, where it has no marks of its own."""
    if isinstance(widget, InsightsField):
        widget = widget.focusProxy()
    return widget if isinstance(widget, QLineEdit) else None


def _cursor(widget: QWidget | None, match: Match) -> QTextCursor | None:
    if not isinstance(widget, GrowingEdit):
        return None
    return Places(widget.document()).cursor(match.block, match.start, match.end)


def _selection(cursor: QTextCursor, form: QTextCharFormat) -> QTextEdit.ExtraSelection:
    selection = QTextEdit.ExtraSelection()
    selection.cursor, selection.format = cursor, form
    return selection


def _times(count: int) -> str:
    return counted(count, "place")
