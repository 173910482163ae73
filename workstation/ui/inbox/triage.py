"""What the editor does with the items of the list: each verb acts on the picked ones or on the current one, and is a step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workstation.domain.changes import Changes
from workstation.domain.item import ItemState, ItemSummary
from workstation.domain.wording import shortened
from workstation.ui.inbox.item_list import ItemList
from workstation.ui.inbox.steps import Step, Steps, Way
from workstation.ui.inbox.tags_everywhere import TagsEverywhere
from workstation.ui.inbox.wording import title
from workstation.ui.session import Session
from workstation.workflow.triaging import TagsOf, Triaging

_DONE = {
    ItemState.UNREAD: "marked as unread",
    ItemState.READ: "marked as read",
    ItemState.SHORTLISTED: "shortlisted",
    ItemState.USED: "marked as used",
    ItemState.ARCHIVED: "archived",
    ItemState.SPIKED: "spiked",
}
_BACK = _DONE | {
    ItemState.UNREAD: "marked as read",
    ItemState.SHORTLISTED: "taken off the shortlist",
    ItemState.ARCHIVED: "brought back from the archive",
    ItemState.SPIKED: "brought back",
}
"""What is said when the key is pressed again."""


class Triage(QObject):
    """The verbs of the list. ``holds`` says whether an item in a state belongs into what is listed."""

    told = Signal(str, str, str)
    """What was done, the verb that takes it back (or does it again), and the words of its button."""
    left_listed = Signal(object)
    """The ids of items whose state was chosen: they are not kept in the list for having been opened from it."""
    advanced = Signal()
    """Items left the list, and the row after them is the current one now."""

    def __init__(
        self,
        session: Session,
        triaging: Triaging,
        items: ItemList,
        steps: Steps,
        holds: Callable[[ItemState], bool],
        pane: QWidget,
    ) -> None:
        super().__init__(pane)
        self._session, self._triaging, self._list, self._steps = session, triaging, items, steps
        self._holds, self._pane = holds, pane
        steps.made.connect(self._tell)

    # --- states ----------------------------------------------------------------------------------------------------

    def put(self, state: ItemState) -> None:
        """Put the selected items into ``state``; if all of them are in it, they are read again."""
        selected = self._list.selected
        if not selected:
            self._session.say("Select a source in the list first.")
            return
        if self._session.refuses():
            return
        done = _DONE[state]
        if all(summary.state is state for summary in selected):
            done, state = _BACK[state], ItemState.READ
        before = {summary.id: summary.state for summary in selected}
        after = dict.fromkeys(before, state)
        self.left_listed.emit(frozenset(before))
        told = f"{_sources(len(before))} {done}"
        apply, revert = partial(self._triaging.put, after), partial(self._triaging.put, before)
        self._steps.do(Step(told, apply, revert, before, after, tuple(before)))

    def mark_read(self, item: str) -> None:
        """Say that an item was read; undo passes over it. Where nothing can be written it stays what it was."""
        if self._session.is_read_only:
            return
        self._list.items.set_state({item}, ItemState.READ, leave=False)
        self._steps.write(partial(self._triaging.mark_read, item), {item: ItemState.READ})

    # --- undo ------------------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last step back."""
        if self._steps.undo() is None:
            self._session.say("There is nothing to undo in the inbox.")

    def redo(self) -> None:
        """Make what was taken back again."""
        if self._steps.redo() is None:
            self._session.say("There is nothing to redo in the inbox.")

    def _tell(self, step: Step, way: Way) -> None:
        self._show_states(step.before if way is Way.UNDONE else step.after)
        if way is Way.UNDONE:
            if step.items and (self._list.current is None or self._list.current.id not in step.items):
                self._list.await_item(step.items[0])
            self.told.emit(f"Undone: {step.told}", "redo", "Redo")
        else:
            self.told.emit(step.told, "undo", "Undo (Z)")

    def _show_states(self, states: Mapping[str, ItemState]) -> None:
        """Show the states before the store has answered. After rows have left, the one behind them is the current one."""
        leaving = {item for item, state in states.items() if not self._holds(state)}
        for state in set(states.values()):
            here = {item for item, own in states.items() if own is state}
            self._list.items.set_state(here, state, leave=False)
        if not leaving:
            return
        rows = self._list.items.rows
        current = self._list.current
        next_one = _survivor(rows, current.id if current else None, leaving)
        self._list.show_items([row for row in rows if row.id not in leaving])
        if next_one is not None and current is not None and current.id in leaving:
            self._list.select(next_one)
            self.advanced.emit()

    # --- tags and notes --------------------------------------------------------------------------------------------

    def ask_tags(self) -> None:
        """Ask for the tags of the selected items, all of them at once."""
        selected = self._list.selected
        if not selected:
            self._session.say("Select a source in the list first.")
            return

        def ask(known: dict[str, int]) -> None:
            from workstation.ui.inbox.tag_dialog import TagDialog  # noqa: PLC0415 - keeps it off the start

            answer = partial(self.tag, {summary.id: summary.tags for summary in selected})
            TagDialog(self._pane, selected, known, answer, self.ask_tags_everywhere).open()

        self._session.run(lambda _task: self._triaging.tags(), ask, urgent=True)

    def tag(self, before: TagsOf, after: TagsOf) -> None:
        """Give each item of ``after`` its tags; ``before`` holds those that it had."""
        had = {item: before[item] for item in after}
        told = _tags_told(had, after)
        self._steps.do(Step(told, partial(self._triaging.tag, after), partial(self._triaging.tag, had), items=tuple(after)))

    def ask_tags_everywhere(self) -> None:
        """Open the list of all tags."""
        self._session.run(lambda _task: self._triaging.tags(), self._open_tags, urgent=True)

    def _open_tags(self, tags: dict[str, int]) -> None:
        TagsEverywhere(self._pane, tags, self.rename_tag).open()

    def rename_tag(self, tag: str, name: str) -> None:
        """Call a tag otherwise on every item, or take it away everywhere where ``name`` is empty."""
        before: dict[str, tuple[str, ...]] = {}

        def apply() -> Changes:
            changes, had = self._triaging.rename_tag(tag, name)
            before.clear()
            before.update(had)
            return changes

        told = f"Tag “{tag}” is now “{name}”" if name else f"Tag “{tag}” removed everywhere"
        self._steps.do(Step(told, apply, lambda: self._triaging.tag(before)))

    def ask_note(self) -> None:
        """Ask for the note of the current item."""
        summary = self._list.current
        if summary is None:
            self._session.say("Select a source in the list first.")
        else:
            self.ask_note_on(summary)

    def ask_note_on(self, summary: ItemSummary) -> None:
        """Ask for the note of an item."""
        from workstation.ui.dialogs.note import NoteDialog  # noqa: PLC0415 - keeps it off the start

        answer = partial(self.note, summary.id, summary.notes)
        NoteDialog(self._pane, f"A note on “{shortened(title(summary), 80)}”:", summary.notes, answer).open()

    def note(self, item: str, before: str, note: str) -> None:
        """Keep a note on an item that had the note ``before``."""
        told = "Note kept" if note else "Note removed"
        new, old = {item: note}, {item: before}
        apply, revert = partial(self._triaging.note, new, old), partial(self._triaging.note, old, new)
        self._steps.do(Step(told, apply, revert, items=(item,)))


def _survivor(rows: Sequence[ItemSummary], current: str | None, leaving: set[str]) -> str | None:
    """The first row from the current one on that stays; where none does, the last one above it."""
    at = next((row for row, summary in enumerate(rows) if summary.id == current), 0)
    below = next((row.id for row in rows[at:] if row.id not in leaving), None)
    return below or next((row.id for row in reversed(rows[:at]) if row.id not in leaving), None)


def _sources(count: int) -> str:
    return "1 source" if count == 1 else f"{count} sources"


def _tags_told(before: TagsOf, after: TagsOf) -> str:
    added = {tag for item, tags in after.items() for tag in tags if tag not in before[item]}
    removed = {tag for item, tags in before.items() for tag in tags if tag not in after[item]}
    if len(added) == 1 and not removed:
        return f"{_sources(len(after))} tagged “{added.pop()}”"
    if len(removed) == 1 and not added:
        return f"Tag “{removed.pop()}” taken off {_sources(len(after))}"
    return f"Tags of {_sources(len(after))} changed"
