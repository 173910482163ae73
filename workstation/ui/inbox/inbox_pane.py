"""The source inbox: search, filters, the list, and what the editor does with its items."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QMenu, QVBoxLayout

from workstation.domain.changes import Changes
from workstation.domain.inbox_filter import parsed
from workstation.domain.inbox_page import InboxQuestion, ItemOrder
from workstation.domain.item import ItemState, ItemSummary
from workstation.domain.saved_view import SavedView
from workstation.ui.inbox.action_bar import ActionBar
from workstation.ui.inbox.capturing import Capturing
from workstation.ui.inbox.filter_bar import Filter, FilterBar, Order
from workstation.ui.inbox.following import Following
from workstation.ui.inbox.group_chip import copies_beneath
from workstation.ui.inbox.item_list import ItemList
from workstation.ui.inbox.item_menu import Entry, item_menu
from workstation.ui.inbox.keys import Verbs, bind, bind_numbers
from workstation.ui.inbox.listing import Answer, Listing, nothing_found
from workstation.ui.inbox.outlet_icons import OutletIcons
from workstation.ui.inbox.search_field import SearchField
from workstation.ui.inbox.steps import Step, Steps, Way
from workstation.ui.inbox.targets import targets_in
from workstation.ui.inbox.toast import Toast
from workstation.ui.inbox.triage import Triage
from workstation.ui.inbox.views_menu import ORDERS, ViewsMenu
from workstation.ui.inbox.waiting_banner import WaitingBanner
from workstation.ui.opening_links import open_page
from workstation.ui.session import Session
from workstation.ui.theme import Theme
from workstation.ui.wording import web_address
from workstation.workflow.gathering import Gathering
from workstation.workflow.viewing import names_state

DEBOUNCE_MS = 0
"""None: a question that was typed over is stopped where it stands."""
KEYS = "J/K move   S shortlist   E archive   X select   ? keys"
WITHOUT_ITEM = ("undo", "redo", "search", "views", "key_sheet")
"""Verbs that need no item."""
NOTHING_YET = (
    "Nothing captured yet.\n\nPaste a link into the line at the top, drop files here, or paste text to make it a source."
)


class InboxPane(QFrame):
    """Shows the items of the desk. Every reading and writing goes on beside the window's thread."""

    read_on_requested = Signal(int)
    """The reader is to go a page on (1) or back (-1); at the end :meth:`open_unread` goes on from there."""
    quote_requested = Signal()
    """The words selected in the reader are wanted in the card."""
    highlights_requested = Signal()
    verb_requested = Signal(str)
    """A verb of :data:`keys.KEYS` that others carry out on the selected items."""

    def __init__(self, session: Session, theme: Theme, gathering: Gathering) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._gathering = gathering
        self._capturing = Capturing(session, gathering, self)
        self.steps = Steps(session, self)
        self._kept: set[str] = set()
        self._let_go_of: set[str] = set()
        self.setProperty("pane", True)
        self.setAcceptDrops(True)
        self._build()
        self.triage = Triage(session, gathering.triaging, self._list, self.steps, self._holds, self)
        self._following = Following(self._list, session, self._count_as_read, self)
        self.verbs: Verbs = self._verbs()
        self.actions_bar = ActionBar(theme, self.verbs)
        self._toast = Toast(theme, self)
        self._list.keep_clear_of(self._under_toast)
        self._lay_out()
        self._connect()
        self._bind_keys()
        theme.on_change(self._dress)
        self.reread()
        self.views.read()
        self._read_searches()

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
    def order(self) -> Order:
        """The order of the list."""
        return self._tabs.filter.order

    def sort(self, order: str) -> None:
        """Bring the list into the order of this name, where there is one."""
        chosen = self._tabs.filter
        if order in Order.__members__ and Order[order] is not chosen.order:
            self._tabs.choose(Filter(chosen.state, Order[order]))

    @property
    def selected(self) -> tuple[str, ...]:
        """The ids of the selected items."""
        return tuple(summary.id for summary in self._list.selected)

    # --- reading ---------------------------------------------------------------------------------------------------

    def reread(self) -> None:
        """Read the list, the counts and the waiting links again; an answer that was overtaken is dropped."""
        self._debounce.stop()
        chosen = self._tabs.filter
        self._listing.ask(InboxQuestion(query=self._search.text(), state=chosen.state, order=_ORDERS[chosen.order]))

    def _show(self, answer: Answer) -> None:
        self._list.say_when_empty(_empty_words(answer))
        self._tabs.show_counts(answer.counts)
        self._banner.show_waiting(answer.waiting)

    def _ask_anew(self) -> None:
        """Another question: what was kept in the list for the last one goes, and it begins at the top."""
        self._forget_kept()
        self.reread()

    def _forget_kept(self) -> None:
        self._kept.clear()
        self._let_go_of.clear()
        self._list.expect_others()

    def undo(self) -> None:
        """Take the last step in the inbox back."""
        self.triage.undo()

    def redo(self) -> None:
        """Make what was taken back in the inbox again."""
        self.triage.redo()

    # --- what the editor does --------------------------------------------------------------------------------------

    def open(self, item: str) -> None:
        """Show an item in the reader; an unread one is read from now on."""
        self._following.rest()
        self._count_as_read(item)
        self._session.show_item(item)

    def step(self, rows: int) -> None:
        """Go that many rows down (up: negative), from wherever the keyboard is."""
        self._list.step(rows)

    def turn_to(self, item: str) -> None:
        """Make an item that is listed the current one, and let go of all that is picked."""
        self._list.select(item)

    def act_on(self, item: str, verb: str) -> None:
        """Carry a verb out on an item that is read elsewhere, when it is listed."""
        if verb in WITHOUT_ITEM:
            self.verbs[verb]()
            return
        if self._list.items.row_of(item) is None:
            self._session.say("This source is not in the list: search for it, or list the whole inbox (0).", "warn")
            return
        if self._list.current is None or self._list.current.id != item:
            self._list.select(item)
        self.verbs[verb]()

    def open_unread(self) -> None:
        """Open the next unread item below the current one, else the first of those above it."""
        rows, current = self._list.items.rows, self._list.currentIndex().row()
        order = [*range(current + 1, len(rows)), *range(max(0, current))]
        found = next((row for row in order if rows[row].state is ItemState.UNREAD), None)
        if found is None:
            self._session.say("Everything that is listed is read.", "good")
            return
        if found < current:
            self._session.say("On from the top of the list.")
        self._list.select(rows[found].id)
        self.open(rows[found].id)

    def _read_on(self, step: int) -> None:
        """A page on in the reader; what it does not show yet is opened first."""
        current = self._list.current
        if current is None:
            return
        if self._following.is_behind:
            self.open(current.id)
        else:
            self._count_as_read(current.id)
            self.read_on_requested.emit(step)

    def _quote(self) -> None:
        """The reader has to show the current item first: nobody quotes what they do not see."""
        current = self._list.current
        if current is not None and self._following.is_behind:
            self.open(current.id)
        self.quote_requested.emit()

    def _count_as_read(self, item: str) -> None:
        row = self._list.items.row_of(item)
        if row is not None and self._list.items.rows[row].state is ItemState.UNREAD:
            self._kept.add(item)
            self.triage.mark_read(item)

    def _put(self, state: ItemState) -> None:
        self._following.rest()
        self.triage.put(state)

    def _holds(self, state: ItemState) -> bool:
        """Whether an item in a state belongs into what is listed: the query's word on states goes before the tab's."""
        chosen, query = self._tabs.filter, parsed(self._search.text())
        by_tab = chosen.holds(state) or (chosen.state is None and query.names_state)
        return by_tab and query.allows(state)

    def _let_go(self, items: frozenset[str]) -> None:
        self._let_go_of |= self._kept & items
        self._kept -= items

    def _keep_again(self, step: Step, way: Way) -> None:
        """What had stayed listed for having been opened, and then left it, stays listed when it is brought back."""
        if way is Way.UNDONE:
            self._kept |= self._let_go_of.intersection(step.items)

    def _clear(self) -> None:
        """Esc lets go of what is picked; where nothing is, it empties the search."""
        if self._list.is_picking:
            self._list.drop_picks()
        elif self._search.text():
            self._search.clear()

    def _paste(self) -> None:
        targets = targets_in(QGuiApplication.clipboard().mimeData())
        if targets:
            self._list.expect_news()
            self._capturing.capture(targets)
        else:
            self._session.say("The clipboard holds nothing that can be captured.", "warn")

    # --- views and searches ----------------------------------------------------------------------------------------

    def choose_view(self, view: SavedView | None) -> None:
        """List what a view asks for, or the whole inbox."""
        self._tabs.choose(Filter(None, ORDERS.get(view.order, Order.NEWEST) if view else self._tabs.filter.order))
        self.list_query(view.query if view else "")

    def list_query(self, query: str) -> None:
        """List what ``query`` asks for, in any state, and go there with the keyboard."""
        self._tabs.choose(Filter(None, self._tabs.filter.order))
        self._search.setText(query)
        self._search.setCursorPosition(0)  # the beginning of a long query tells what it asks for
        self._list.drop_picks()
        self.focus_list()

    def _leave_to_list(self) -> None:
        """Enter in the search: what was searched is remembered, and the keyboard goes to what was found."""
        query = self._search.text()
        if self._debounce.isActive():
            self.reread()
        self._session.run(lambda _task: self._gathering.viewing.remember_search(query), self._search.show_searches)
        self.focus_list()

    def _read_searches(self) -> None:
        self._session.run(lambda _task: self._gathering.viewing.searches(), self._search.show_searches)

    def _read_tags(self) -> None:
        self._session.run(lambda _task: self._gathering.triaging.tags(), self._search.show_tags)

    def _take_views(self, changes: Changes) -> None:
        if changes.views:
            self.views.read()

    def _follow_search(self) -> None:
        """A view keeps what is listed: the state of the tab too, unless the query names one."""
        state = self._tabs.filter.state
        query = self._search.text()
        if state is not None and not names_state(query):
            query = f"{query} is:{state.value}"
        self.views.follow(query, self._tabs.filter.order)

    def _show_keys(self) -> None:
        from workstation.ui.inbox.key_sheet import KeySheet  # noqa: PLC0415 - keeps it off the start

        KeySheet(self._theme, self).open()

    # --- one item --------------------------------------------------------------------------------------------------

    def _menu(self) -> QMenu:
        summary = self._list.current
        more: tuple[Entry, ...] = (
            ("Tags everywhere…", self.triage.ask_tags_everywhere, True),
            ("Paste as a source\tCtrl+V", self._paste, True),
        )
        return item_menu(self, summary, self.verbs, more, count=len(self._list.selected))

    def _pop_menu(self, at: QPoint) -> None:
        self._menu().popup(self._list.viewport().mapToGlobal(at))

    def _pop_menu_at_current(self) -> None:
        index = self._list.currentIndex()
        self._pop_menu(self._list.visualRect(index).center() if index.isValid() else QPoint(20, 20))

    def _ask_outlet(self) -> None:
        from workstation.ui.inbox.outlet_dialog import ask_outlet  # noqa: PLC0415 - keeps it off the start

        if self._list.current is not None:
            ask_outlet(self, self._session, self._gathering.outlet_desk, self._list.current.id)

    def _group(self) -> None:
        """What was picked is one row then, which is the current one, and nothing is picked any more."""
        chosen = self.selected
        self.verb_requested.emit("group")
        if len(chosen) > 1:
            self._list.select(chosen[0])

    def _ask_of_row(self, verb: str) -> None:
        """What only makes sense for a row that stands for several items."""
        if any(summary.beneath for summary in self._list.selected):
            self.verb_requested.emit(verb)
        else:
            self._session.say("This source stands alone in its row.")

    def _show_beneath(self) -> None:
        """What the word in a row tells of: its copies, or the versions of a page that has no copies."""
        current = self._list.current
        if current is not None:
            self.verb_requested.emit("members" if copies_beneath(current) > 0 else "versions")

    def _write(self, verb: Callable[[], Changes]) -> None:
        self._session.run(lambda _task: verb(), lambda changes: self._session.publish(changes, self))

    def _open_original(self, summary: ItemSummary | None) -> None:
        address = web_address(summary.url) if summary else None
        if address is not None:
            open_page(address.toString())
        elif summary is not None:
            self._session.say("This source has no web address.", "warn")

    def _copy_links(self) -> None:
        links = [summary.url for summary in self._list.selected if summary.url]
        if not links:
            self._session.say("This source has no web address.", "warn")
            return
        QGuiApplication.clipboard().setText("\n".join(links))
        self._session.say("The link is on the clipboard." if len(links) == 1 else f"{len(links)} links are on the clipboard.")

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
        self._list.expect_news()
        self._capturing.capture(targets_in(event.mimeData()))

    # --- putting together ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._search = SearchField()
        self._glass = self._search.addAction(self._theme.icon("mdi6.magnify", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._tabs = FilterBar(self._theme)
        self._banner = WaitingBanner(self._theme)
        self._list = ItemList(self._theme, OutletIcons(self._session, self._theme, self._gathering, self))
        self._listing = Listing(
            self._session, self._gathering, self._list, self._kept, self, wished=lambda: self.steps.wished, holds=self._holds
        )
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._keys = QLabel(KEYS)
        self._keys.setProperty("muted", True)
        self.views = ViewsMenu(self._session, self._theme, self._gathering.viewing, self.steps, self)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(10, 8, 8, 2)
        top.setSpacing(6)
        top.addWidget(self._search, 1)
        top.addWidget(self.views.button)
        top.addWidget(self._tabs.button)
        self._foot = foot = QFrame()
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
        whole.addWidget(self.actions_bar)
        self.setMinimumWidth(280)

    def _connect(self) -> None:
        self._debounce.timeout.connect(self.reread)
        self._search.textChanged.connect(self._typed)
        self._search.textChanged.connect(self._follow_search)
        self._search.list_wanted.connect(self._leave_to_list)
        self._search.left.connect(self._leave_search)
        self._search.entered.connect(self._read_tags)
        self.views.chosen.connect(self.choose_view)
        self._tabs.filtered.connect(self._follow_search)
        self._tabs.filtered.connect(self._ask_anew)
        self._list.open_requested.connect(self.open)
        self._list.undo_requested.connect(self.undo)
        self._list.redo_requested.connect(self.redo)
        self._list.picked.connect(self._show_picked)
        self.triage.told.connect(self._toast.tell)
        self.triage.told.connect(self._list.show_current)
        self.triage.left_listed.connect(self._let_go)
        self.steps.made.connect(self._keep_again)
        self.triage.advanced.connect(self._following.follow)
        self._toast.act_requested.connect(lambda verb: self.verbs[verb]())
        self._list.paste_requested.connect(self._paste)
        self._list.chip_clicked.connect(self._show_beneath)
        self._list.customContextMenuRequested.connect(self._pop_menu)
        self._listing.shown.connect(self._show)
        self._banner.fetch_requested.connect(self._capturing.fetch_waiting)
        self._banner.drop_requested.connect(self._drop_waiting)
        self.steps.failed.connect(self.reread)
        self.steps.failed.connect(self._toast.hide)
        self._session.changed.connect(self._listing.take)
        self._session.changed.connect(self._take_views)
        self._debounce.start(DEBOUNCE_MS)

    def _typed(self) -> None:
        self._forget_kept()
        self._debounce.start(DEBOUNCE_MS)

    def _verbs(self) -> dict[str, Callable[[], object]]:
        """What each key, menu entry and button of the list does."""
        put, rows = self._put, self._list
        return {
            "next": partial(rows.step, 1),
            "previous": partial(rows.step, -1),
            "first": partial(rows.go_to_end, last=False),
            "last": partial(rows.go_to_end, last=True),
            "read_on": partial(self._read_on, 1),
            "read_back": partial(self._read_on, -1),
            "open": rows.open_current,
            "original": lambda: self._open_original(rows.current),
            "shortlist": partial(put, ItemState.SHORTLISTED),
            "archive": partial(put, ItemState.ARCHIVED),
            "unread": partial(put, ItemState.UNREAD),
            "spike": partial(put, ItemState.SPIKED),
            "undo": self.undo,
            "redo": self.redo,
            "quote": self._quote,
            "tags": self.triage.ask_tags,
            "notes": self.triage.ask_note,
            "copy_link": self._copy_links,
            "outlet": self._ask_outlet,
            "group": self._group,
            "members": partial(self._ask_of_row, "members"),
            "apart": partial(self._ask_of_row, "apart"),
            "changed": partial(self.verb_requested.emit, "changed"),
            "versions": partial(self.verb_requested.emit, "versions"),
            "whole": partial(self.verb_requested.emit, "whole"),
            "pick": rows.toggle_pick,
            "pick_all": rows.pick_all,
            "clear": self._clear,
            "search": self.focus_search,
            "views": self.views.open,
            "highlights": self.highlights_requested.emit,
            "key_sheet": self._show_keys,
        }

    def _bind_keys(self) -> None:
        bind(self._list, self.verbs)
        bind_numbers(self._list, self.views.choose)

    def _leave_search(self) -> None:
        """Escape empties the search first, then turns to the list."""
        if self._search.text():
            self._search.clear()
        else:
            self.focus_list()

    def _under_toast(self) -> int:
        """The pixels at the foot of the list that the toast covers."""
        foot = self._list.mapTo(self, QPoint(0, self._list.height())).y()
        return 0 if self._toast.isHidden() else max(0, foot - self._toast.y())

    def _show_picked(self, count: int) -> None:
        self._foot.setHidden(count > 0)
        self.actions_bar.show_count(count)
        self._toast.lift(self.actions_bar.sizeHint().height() if count else 0)

    def _dress(self) -> None:
        self._glass.setIcon(self._theme.icon("mdi6.magnify", "muted"))
        self._keys.setFont(self._theme.font("small"))


_ORDERS = {Order.NEWEST: ItemOrder.NEWEST, Order.OUTLET: ItemOrder.OUTLET}


def _empty_words(answer: Answer) -> str:
    """What is said where the list has no rows."""
    query = answer.question.query.strip()
    if answer.is_searching:
        return "Searching…"
    if query:
        return nothing_found(answer)
    if not any(answer.counts.values()):
        return NOTHING_YET
    return _EMPTY.get(answer.question.state, "Nothing here.")


_EMPTY = {
    None: "The inbox is empty: everything in it was archived or spiked.",
    ItemState.SHORTLISTED: "Nothing on the shortlist.\n\nPress S on a source to put it here.",
    ItemState.USED: "No source was quoted in a story yet.",
    ItemState.ARCHIVED: "The archive is empty.\n\nPress E on a source to put it here.",
    ItemState.SPIKED: "Nothing was spiked.",
    ItemState.UNREAD: "Everything is read.",
    ItemState.READ: "Nothing here: what you open is listed here once it is read.",
}
