"""How the list is read: a page at a time, beside the window's thread, and each question overtakes the one before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from workstation.domain.changes import Changes
from workstation.domain.inbox_filter import explained, parsed
from workstation.domain.inbox_page import InboxQuestion, ItemOrder, ItemPage, ItemPlace
from workstation.domain.item import ItemState, ItemSummary, Waiting
from workstation.errors import NotFoundError, WorkstationError
from workstation.ui.inbox.item_list import ItemList
from workstation.ui.session import Session, Task
from workstation.workflow.gathering import Gathering

T = TypeVar("T")

FIRST = 100
"""Rows that are read before anything is painted."""
PAGE = 300
"""Rows that are read when the list was scrolled to its end."""
READ_AGAIN = 5_000
"""Rows that are read again at most when something changed that cannot be told item by item; the others come by scrolling."""
FEW = 200
"""Changed items that are looked at one by one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the store answered. ``next`` None: there is no more. While a search goes on, ``is_searching``."""

    question: InboxQuestion
    rows: tuple[ItemSummary, ...]
    next: ItemPlace | None
    counts: Mapping[ItemState, int]
    waiting: tuple[Waiting, ...]
    is_searching: bool = False


class Listing(QObject):
    """Fills an :class:`ItemList` with what a question asks for."""

    shown = Signal(object)
    """An :class:`Answer` is in the list."""

    def __init__(
        self,
        session: Session,
        gathering: Gathering,
        items: ItemList,
        kept: Collection[str],
        parent: QObject | None = None,
        *,
        wished: Callable[[], Mapping[str, ItemState]] = dict,
        holds: Callable[[ItemState], bool] = lambda _: True,
    ) -> None:
        """``kept`` holds, at any time, the ids that stay listed though the question does not ask for them any more.

        ``wished`` answers with the states that the store is yet to hear of, ``holds`` whether one of them belongs into the list.
        """
        super().__init__(parent)
        self._wished, self._holds = wished, holds
        self._session = session
        self._gathering = gathering
        self._list = items
        self._kept = kept
        self._question: InboxQuestion | None = None
        self._answer: Answer | None = None
        self._task: Task | None = None
        self._is_asking = False
        items.items.more_wanted.connect(self.read_on)

    def ask(self, question: InboxQuestion) -> None:
        """List what ``question`` asks for; asked again, the list stays where it stands."""
        is_same = self._answer is not None and self._answer.question == question
        wanted = max(FIRST, min(len(self._list.items.rows), READ_AGAIN)) if is_same else FIRST
        self._question = question
        self._is_asking = True
        self._begin(partial(self._read, question, wanted, frozenset(self._kept), is_same), self._show)

    def take(self, changes: Changes) -> None:
        """Show what changed. A few items are looked at one by one, whatever else is listed; else all is read again."""
        question, answer = self._question, self._answer
        if question is None or not (changes.items or changes.waiting):
            return
        if self._is_asking or answer is None or len(changes.items) > FEW:
            self.ask(question)
            return
        # not `_begin`: a page that is on its way is of use all the same
        self._session.run(
            partial(self._look_at, question, sorted(changes.items), frozenset(self._kept)),
            partial(self._patch, question, changes.items),
            urgent=True,
        )

    def read_on(self) -> None:
        """Read the next page."""
        answer = self._answer
        if answer is None or answer.next is None or self._is_asking:
            return
        self._begin(partial(self._read_next, answer.question, answer.next), partial(self._append, answer.next))

    # --- beside the window's thread --------------------------------------------------------------------------------

    def _read(self, question: InboxQuestion, wanted: int, kept: frozenset[str], whole: bool, task: Task) -> Answer:
        """The first rows; when ``whole``, as many as are wanted however long it takes."""
        rows: list[ItemSummary] = []
        after: ItemPlace | None = None
        while True:
            page = self._gathering.page(question, after, wanted - len(rows), lambda: task.is_cancelled)
            rows += page.rows
            after = page.next
            if after is None or len(rows) >= wanted or not whole:
                break
        listed = {row.id for row in rows}
        rows = _with_kept(rows, self._still_rows(question, kept - listed), question.order, is_all=after is None)
        is_searching = after is not None and len(rows) < wanted
        return Answer(question, tuple(rows), after, self._gathering.counts(), tuple(self._gathering.waiting()), is_searching)

    def _read_next(self, question: InboxQuestion, after: ItemPlace, task: Task) -> ItemPage:
        return self._gathering.page(question, after, PAGE, lambda: task.is_cancelled)

    def _look_at(self, question: InboxQuestion, ids: Sequence[str], kept: frozenset[str], _task: Task) -> Answer:
        rows = self._gathering.among(question, ids)
        rows += self._still_rows(question, kept.intersection(ids).difference(row.id for row in rows))
        return Answer(question, tuple(rows), None, self._gathering.counts(), tuple(self._gathering.waiting()))

    def _still_rows(self, question: InboxQuestion, ids: Iterable[str]) -> list[ItemSummary]:
        """Those of ``ids`` that have a row of their own, in whatever state they are: none that stands under another item now."""
        rows = [row for item in ids if (row := self._summary(item))]
        if question.query.strip():
            return self._gathering.among(InboxQuestion(query="is:any"), [row.id for row in rows]) if rows else []
        found: list[ItemSummary] = []
        for state in sorted({row.state for row in rows}):
            found += self._gathering.among(InboxQuestion(state=state), [row.id for row in rows if row.state is state])
        return found

    def _summary(self, item: str) -> ItemSummary | None:
        try:
            return self._gathering.summary(item)
        except NotFoundError:
            return None

    # --- in the window's thread ------------------------------------------------------------------------------------

    def _begin(self, work: Callable[[Task], T], done: Callable[[T], None]) -> None:
        """Only the last question is of interest: the one before is stopped, wherever it is."""
        if self._task is not None:
            self._task.cancel()
        self._task = self._session.run(work, done, failed=self._tell, urgent=True)

    def _tell(self, error: WorkstationError) -> None:
        self._task, self._is_asking = None, False
        self._session.say_error(error)

    def _show(self, answer: Answer) -> None:
        self._task, self._is_asking = None, False
        self._answer = answer
        self._list.show_items(self._as_wished(answer.rows), has_more=answer.next is not None)
        self.shown.emit(answer)
        if answer.is_searching:
            self.read_on()

    def _append(self, after: ItemPlace, page: ItemPage) -> None:
        self._task = None
        if self._answer is None or self._answer.next != after:
            return
        known = self._list.items
        fresh = self._as_wished(page.rows)
        new = [row for row in fresh if known.row_of(row.id) is None]  # what was kept in the list stands in it already
        is_searching = page.next is not None and len(page.rows) < PAGE and len(known.rows) + len(new) < FIRST
        known.append(new, has_more=page.next is not None)
        self._answer = replace(self._answer, rows=known.rows, next=page.next, is_searching=is_searching)
        self.shown.emit(self._answer)
        if is_searching or (page.next is not None and not new):
            self.read_on()

    def _as_wished(self, rows: Sequence[ItemSummary]) -> list[ItemSummary]:
        """``rows`` as they are once everything is written: what was just archived must not come back for a moment."""
        wished = self._wished()
        states = [(row, wished.get(row.id)) for row in rows]
        return [
            row if state is None else replace(row, state=state)
            for row, state in states
            if state is None or self._holds(state) or row.id in self._kept
        ]

    def _patch(self, question: InboxQuestion, changed: Collection[str], found: Answer) -> None:
        """Show what was found of the changed items: the others of them left the list."""
        if question != self._question or self._answer is None or self._is_asking:
            return
        changed = set(changed).difference(self._wished())
        known, new = self._list.items.rows, {row.id: row for row in found.rows if row.id in changed}
        missing = {item for item in changed if item not in new and self._list.items.row_of(item) is None}
        if missing.difference(row.id for row in self._answer.rows):
            self.ask(question)  # something else changed, which only all of it tells
            return
        rows = [new.pop(row.id, None) if row.id in changed else row for row in known]
        stayed = [row for row in rows if row is not None]
        if new and question.order is not ItemOrder.NEWEST:
            self.ask(question)
            return
        listed = _with_kept(stayed, list(new.values()), question.order, is_all=self._answer.next is None)
        self._answer = replace(found, rows=tuple(listed), next=self._answer.next, is_searching=self._answer.is_searching)
        self._list.show_items(listed, has_more=self._answer.next is not None)
        self.shown.emit(self._answer)


def nothing_found(answer: Answer) -> str:
    """What is said where a search found nothing: what was looked for, and where it was not looked."""
    query = answer.question.query.strip()
    told = explained(query, datetime.now(UTC))
    plain = f"“{query}”"
    words = f"Nothing matches {plain}." if told in ("", plain) else f"Nothing matches.\n\nLooked for: {told}."
    aside = sum(answer.counts.get(state, 0) for state in (ItemState.ARCHIVED, ItemState.SPIKED))
    if aside and answer.question.state is None and not parsed(query).names_state:
        words += "\n\nThe archive was not searched. Add is:any to search it too."
    return words


def _with_kept(rows: list[ItemSummary], more: list[ItemSummary], order: ItemOrder, *, is_all: bool) -> list[ItemSummary]:
    """``rows`` with ``more`` at their places; what would come after the last row waits for its page, unless this ``is_all``."""
    if not more:
        return rows
    if order is ItemOrder.NEWEST:
        fitting = [row for row in more if is_all or (rows and row.place >= rows[-1].place)]
        return sorted([*fitting, *rows], key=lambda row: row.place, reverse=True)
    result = list(rows)
    for row in more:
        of_outlet = [place for place, other in enumerate(result) if other.outlet == row.outlet]
        older = [place for place in of_outlet if result[place].place < row.place]
        result.insert(older[0] if older else of_outlet[-1] + 1 if of_outlet else len(result), row)
    return result
