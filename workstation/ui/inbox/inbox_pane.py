"""The source inbox: search, filters, the list, and what the editor does with its items."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QMenu, QVBoxLayout

from workstation.domain.changes import Changes
from workstation.domain.item import ItemState, ItemSummary, Waiting
from workstation.domain.outlet import Outlet
from workstation.errors import NotFoundError
from workstation.ui.inbox.capturing import Capturing
from workstation.ui.inbox.filter_bar import Filter, FilterBar, Order
from workstation.ui.inbox.item_dialogs import OutletDialog, ask_note, ask_tags, outlet_of
from workstation.ui.inbox.item_list import ItemList
from workstation.ui.inbox.outlet_icons import OutletIcons
from workstation.ui.inbox.state_changes import StateChanges
from workstation.ui.inbox.targets import targets_in
from workstation.ui.inbox.waiting_banner import WaitingBanner
from workstation.ui.session import Session, Task
from workstation.ui.theme import Theme
from workstation.ui.wording import web_address
from workstation.workflow.gathering import Gathering

DEBOUNCE_MS = 60
PAGE = 500
KEYS = "J/K move   S shortlist   E archive   Q quote   ? keys"
NOTHING_YET = (
    "Nothing captured yet.\n\nPaste a link into the line at the top, drop files here, or paste text to make it a source."
)


@dataclass(frozen=True, slots=True)
class _Question:
    """What the list is to show."""

    query: str
    filter: Filter
    limit: int
    kept: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Listing:
    """What the store answered."""

    rows: tuple[ItemSummary, ...]
    has_more: bool
    counts: Mapping[ItemState, int]
    waiting: tuple[Waiting, ...]


class InboxPane(QFrame):
    """Shows the items of the desk. Every reading and writing goes on beside the window's thread."""

    group_requested = Signal(str)
    """The items that stand under this one are to be shown."""

    def __init__(self, session: Session, theme: Theme, gathering: Gathering) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._gathering = gathering
        self._capturing = Capturing(session, gathering, self)
        self._states = StateChanges(session, gathering, self)
        self._asked = 0
        self._limit = PAGE
        self._kept: set[str] = set()
        self.setProperty("pane", True)
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._bind_keys()
        theme.on_change(self._dress)
        self.reread()

    # --- for the window --------------------------------------------------------------------------------------------

    def focus_list(self) -> None:
        """Turn the keyboard to the list."""
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_search(self) -> None:
        """Turn the keyboard to the search."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def search(self, query: str) -> None:
        """List what ``query`` asks for, in the inbox."""
        self._tabs.choose(Filter(None, self._tabs.filter.order))
        self._search.setText(query)

    @property
    def selected(self) -> tuple[str, ...]:
        """The ids of the selected items."""
        return tuple(summary.id for summary in self._list.selected)

    # --- reading ---------------------------------------------------------------------------------------------------

    def reread(self) -> None:
        """Read the list, the counts and the waiting links again; an answer that was overtaken is dropped."""
        self._debounce.stop()
        self._asked += 1
        question = _Question(self._search.text(), self._tabs.filter, self._limit, frozenset(self._kept))
        self._session.run(partial(self._read, question), partial(self._show, self._asked, question))

    def _read(self, question: _Question, _task: Task) -> _Listing:
        state = question.filter.state
        rows = self._gathering.items(query=question.query, state=state, limit=question.limit)
        has_more = len(rows) >= question.limit
        listed = {row.id for row in rows}
        rows += [row for item in question.kept - listed if (row := self._summary(item))]
        rows.sort(key=lambda row: row.captured, reverse=True)
        if question.filter.order is Order.OUTLET:
            rows.sort(key=lambda row: row.outlet.casefold())
        return _Listing(tuple(rows), has_more, self._gathering.counts(), tuple(self._gathering.waiting()))

    def _summary(self, item: str) -> ItemSummary | None:
        try:
            return self._gathering.summary(item)
        except NotFoundError:
            return None

    def _show(self, asked: int, question: _Question, listing: _Listing) -> None:
        if asked != self._asked:
            return
        self._list.say_when_empty(_empty_words(question, listing))
        self._list.show_items(listing.rows, has_more=listing.has_more)
        self._tabs.show_counts(listing.counts)
        self._banner.show_waiting(listing.waiting)

    def _ask_anew(self) -> None:
        """Another question: what was kept in the list for the last one goes, and it begins at the top."""
        self._kept.clear()
        self._limit = PAGE
        self.reread()

    def _ask_for_more(self) -> None:
        self._limit += PAGE
        self.reread()

    def _take_changes(self, changes: Changes) -> None:
        if changes.items or changes.waiting:
            self._debounce.start(0)

    # --- what the editor does --------------------------------------------------------------------------------------

    def open(self, item: str) -> None:
        """Show an item in the reader; an unread one is read from now on."""
        row = self._list.items.row_of(item)
        if row is not None and self._list.items.rows[row].state is ItemState.UNREAD:
            self._kept.add(item)
            self._list.items.set_state({item}, ItemState.READ, leave=False)
            self._states.put({item: ItemState.UNREAD}, ItemState.READ, remember=False)
        self._session.show_item(item)

    def put(self, state: ItemState) -> None:
        """Put the selected items into ``state``; if all of them are in it, they are read again."""
        selected = self._list.selected
        if not selected:
            return
        if all(summary.state is state for summary in selected):
            state = ItemState.READ
        before = {summary.id: summary.state for summary in selected}
        self._kept -= before.keys()
        self._states.put(before, state)
        self._show_state(list(before), state)
        count = len(before)
        what = "1 source" if count == 1 else f"{count} sources"
        self._session.say(f"{what} {_DONE[state]}. Ctrl+Z in the list takes it back.")

    def undo(self) -> None:
        """Take the last change of a state back."""
        self._step(self._states.undo(), "Taken back", "There is nothing to take back in the inbox.")

    def redo(self) -> None:
        """Do what was taken back again."""
        self._step(self._states.redo(), "Done again", "There is nothing to do again in the inbox.")

    def _step(self, states: Mapping[str, ItemState], told: str, nothing: str) -> None:
        if not states:
            self._session.say(nothing)
            return
        for item, state in states.items():
            self._list.items.set_state({item}, state, leave=False)
        self._session.say(f"{told}: 1 source." if len(states) == 1 else f"{told}: {len(states)} sources.")

    def _show_state(self, ids: Sequence[str], state: ItemState) -> None:
        leave = not self._tabs.filter.holds(state)
        gone = set(ids)
        rows = self._list.items.rows
        if leave:
            self._list.show_items([row for row in rows if row.id not in gone])
        else:
            self._list.items.set_state(gone, state, leave=False)

    def _paste(self) -> None:
        targets = targets_in(QGuiApplication.clipboard().mimeData())
        if targets:
            self._capturing.capture(targets)
        else:
            self._session.say("The clipboard holds nothing that can be captured.", "warn")

    def _tell_how_to_quote(self) -> None:
        self._session.say("To quote: open the source (Enter), select the words in the reader and press Q there.")

    # --- one item --------------------------------------------------------------------------------------------------

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        summary = self._list.current
        for entry in self._entries(summary) if summary else ():
            if entry is None:
                menu.addSeparator()
                continue
            label, key, act, enabled = entry
            action = menu.addAction(f"{label}\t{key}" if key else label, act)
            action.setEnabled(enabled)
        if summary:
            menu.addSeparator()
        menu.addAction("Search\t/", self.focus_search)
        menu.addAction("Paste as a source\tCtrl+V", self._paste)
        menu.addAction("Take back the last change\tCtrl+Z", self.undo)
        return menu

    def _entries(self, summary: ItemSummary) -> list[tuple[str, str, Callable[[], object], bool] | None]:
        link = web_address(summary.url)
        alone = len(self._list.selected) == 1
        return [
            ("Open in the reader", "Enter", self._list.open_current, True),
            ("Next, previous", "J, K", partial(self._list.step, 1), True),
            None,
            (_toggle("Shortlist", "Take off the shortlist", summary, ItemState.SHORTLISTED), "S", self._shortlist, True),
            (_toggle("Archive", "Bring back from the archive", summary, ItemState.ARCHIVED), "E", self._archive, True),
            (_toggle("Mark as unread", "Mark as read", summary, ItemState.UNREAD), "U", self._unread, True),
            (_toggle("Spike", "Bring back", summary, ItemState.SPIKED), "X", self._spike, True),
            ("How to quote", "Q", self._tell_how_to_quote, True),
            None,
            ("Tags…", "", partial(self._ask_tags, summary), alone),
            ("Note…", "", partial(self._ask_note, summary), alone),
            ("Outlet…", "", partial(self._ask_outlet, summary), alone),
            None,
            ("Open the original in the browser", "", partial(self._open_original, summary), link is not None),
            ("Copy the link", "", partial(self._copy_link, summary), bool(summary.url)),
        ]

    def _pop_menu(self, at: QPoint) -> None:
        self._menu().popup(self._list.viewport().mapToGlobal(at))

    def _pop_menu_at_current(self) -> None:
        index = self._list.currentIndex()
        self._pop_menu(self._list.visualRect(index).center() if index.isValid() else QPoint(20, 20))

    def _ask_tags(self, summary: ItemSummary) -> None:
        ask_tags(self, summary, lambda tags: self._write(lambda: self._gathering.set_tags(summary.id, tags)))

    def _ask_note(self, summary: ItemSummary) -> None:
        ask_note(
            self,
            "A note on this source:",
            summary.notes,
            lambda note: self._write(lambda: self._gathering.set_notes(summary.id, note)),
        )

    def _ask_outlet(self, summary: ItemSummary) -> None:
        def keep(outlet: Outlet) -> None:
            self._write(lambda: self._gathering.set_outlet(outlet))

        def ask(outlets: list[Outlet]) -> None:
            OutletDialog(self, summary, outlet_of(summary, outlets), keep).open()

        self._session.run(lambda _task: self._gathering.outlets(), ask)

    def _write(self, verb: Callable[[], Changes]) -> None:
        self._session.run(lambda _task: verb(), lambda changes: self._session.publish(changes, self))

    def _open_original(self, summary: ItemSummary) -> None:
        address = web_address(summary.url)
        if address is not None:
            QDesktopServices.openUrl(address)

    def _copy_link(self, summary: ItemSummary) -> None:
        QGuiApplication.clipboard().setText(summary.url or "")
        self._session.say("The link is on the clipboard.")

    def _drop_waiting(self, url: str) -> None:
        self._write(lambda: self._gathering.drop_waiting(url))

    # --- drops -----------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if targets_in(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._capturing.capture(targets_in(event.mimeData()))

    # --- putting together ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search, or outlet:… lang:ar")
        self._search.setAccessibleName("Search sources")
        self._search.setClearButtonEnabled(True)
        self._search.setAcceptDrops(False)
        self._glass = self._search.addAction(self._theme.icon("mdi6.magnify", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._tabs = FilterBar(self._theme)
        self._banner = WaitingBanner(self._theme)
        self._list = ItemList(self._theme, OutletIcons(self._session, self._theme, self._gathering, self))
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._keys = QLabel(KEYS)
        self._keys.setProperty("muted", True)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(10, 8, 8, 2)
        top.setSpacing(6)
        top.addWidget(self._search, 1)
        top.addWidget(self._tabs.button)
        foot = QFrame()
        foot.setProperty("foot", True)
        line = QHBoxLayout(foot)
        line.setContentsMargins(12, 5, 8, 5)
        line.addWidget(self._keys)
        line.addStretch(1)
        head = QFrame()
        head.setProperty("band", True)
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self._tabs)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self._banner)
        whole.addWidget(self._list, 1)
        whole.addWidget(foot)
        self.setMinimumWidth(280)

    def _connect(self) -> None:
        self._debounce.timeout.connect(self.reread)
        self._search.textChanged.connect(self._typed)
        self._search.returnPressed.connect(self.focus_list)
        self._tabs.filtered.connect(self._ask_anew)
        self._list.open_requested.connect(self.open)
        self._list.undo_requested.connect(self.undo)
        self._list.redo_requested.connect(self.redo)
        self._list.paste_requested.connect(self._paste)
        self._list.group_requested.connect(self.group_requested)
        self._list.customContextMenuRequested.connect(self._pop_menu)
        self._list.items.more_wanted.connect(self._ask_for_more)
        self._banner.fetch_requested.connect(self._capturing.fetch_waiting)
        self._banner.drop_requested.connect(self._drop_waiting)
        self._states.failed.connect(self.reread)
        self._session.changed.connect(self._take_changes)

    def _typed(self) -> None:
        self._kept.clear()
        self._limit = PAGE
        self._debounce.start(DEBOUNCE_MS)

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "J": partial(self._list.step, 1),
            "K": partial(self._list.step, -1),
            "Return": self._list.open_current,
            "Enter": self._list.open_current,
            "S": self._shortlist,
            "E": self._archive,
            "U": self._unread,
            "X": self._spike,
            "Del": self._spike,
            "Q": self._tell_how_to_quote,
            "/": self.focus_search,
            "?": self._pop_menu_at_current,
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self._list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        leave = QShortcut(QKeySequence("Escape"), self._search)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self._leave_search)

    def _leave_search(self) -> None:
        """Escape empties the search first, then turns to the list."""
        if self._search.text():
            self._search.clear()
        else:
            self.focus_list()

    def _shortlist(self) -> None:
        self.put(ItemState.SHORTLISTED)

    def _archive(self) -> None:
        self.put(ItemState.ARCHIVED)

    def _unread(self) -> None:
        self.put(ItemState.UNREAD)

    def _spike(self) -> None:
        self.put(ItemState.SPIKED)

    def _dress(self) -> None:
        self._glass.setIcon(self._theme.icon("mdi6.magnify", "muted"))
        self._keys.setFont(self._theme.font("small"))


_DONE = {
    ItemState.UNREAD: "marked as unread",
    ItemState.READ: "marked as read",
    ItemState.SHORTLISTED: "put on the shortlist",
    ItemState.USED: "marked as used",
    ItemState.ARCHIVED: "archived",
    ItemState.SPIKED: "spiked",
}


def _toggle(to: str, back: str, summary: ItemSummary, state: ItemState) -> str:
    return back if summary.state is state else to


def _empty_words(question: _Question, listing: _Listing) -> str:
    """What is said where the list has no rows."""
    query = question.query.strip()
    if query:
        return f"Nothing matches “{query}”."
    if not any(listing.counts.values()):
        return NOTHING_YET
    return _EMPTY.get(question.filter.state, "Nothing here.")


_EMPTY = {
    None: "The inbox is empty: everything in it was archived or spiked.",
    ItemState.SHORTLISTED: "Nothing on the shortlist.\n\nPress S on a source to put it here.",
    ItemState.USED: "No source was quoted in a story yet.",
    ItemState.ARCHIVED: "The archive is empty.\n\nPress E on a source to put it here.",
    ItemState.SPIKED: "Nothing was spiked.",
    ItemState.UNREAD: "Everything is read.",
    ItemState.READ: "Nothing here: what you open is listed here once it is read.",
}
