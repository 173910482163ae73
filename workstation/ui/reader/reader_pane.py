"""The reader: an item's clean text, its marks, and the way of its words into a card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget

from workstation.domain.body import count_words
from workstation.domain.changes import Changes, items_changed
from workstation.domain.grouping import ItemVersion
from workstation.domain.item import FEED_ENTRY, Item, ItemSummary
from workstation.domain.quote import Highlight, HighlightKind, Quote
from workstation.domain.text_fragment import fragment_for, link_to
from workstation.errors import WorkstationError
from workstation.ui.dialogs.note import NoteDialog
from workstation.ui.mime import CarriedPassage
from workstation.ui.opening_links import open_page
from workstation.ui.reader.about_source import AboutSource
from workstation.ui.reader.article_document import Article
from workstation.ui.reader.article_view import ArticleView
from workstation.ui.reader.find_bar import FindBar
from workstation.ui.reader.foot_bar import FootBar
from workstation.ui.reader.kinds import KINDS, NAMES, swatch
from workstation.ui.reader.note_strip import NoteStrip
from workstation.ui.reader.passage_drag import PassageDrag
from workstation.ui.reader.passages import Passage, found
from workstation.ui.reader.version_strip import VersionStrip
from workstation.ui.reader.wording import by_line, facts_about, headline, meta_line
from workstation.ui.session import Session, Task
from workstation.ui.theme import Theme
from workstation.ui.wording import web_address
from workstation.workflow.filing import remark
from workstation.workflow.gathering import Gathering
from workstation.workflow.quoting import Quoting

NOTHING_SHOWN = "Select a source in the inbox to read it here."
NOTHING_SELECTED = "Select words to mark or quote"
SELECT_FIRST = "Select words in the reader (“]” takes the next sentence), then press Q. Esc leads back to the list."
LIST_VERBS = {
    "S": "shortlist",
    "E": "archive",
    "U": "unread",
    "T": "tags",
    "Z": "undo",
    "Shift+Z": "redo",
    "/": "search",
    "V": "views",
    "?": "key_sheet",
}
"""Keys that do in the reader what they do in the list."""

Verb = Callable[[], Changes]


@dataclass(frozen=True, slots=True)
class _Reading:
    """An item with all that the reader shows of it."""

    item: Item
    summary: ItemSummary
    highlights: tuple[Highlight, ...]
    quotes: tuple[Quote, ...]
    linked: tuple[int, int] | None
    versions: tuple[ItemVersion, ...]


class ReaderPane(QFrame):
    """Shows the item that the session turns to.

    ``number_of`` tells the number of the card with a key in the open story, as the editor counts (from 1), or None; it
    only names the card on the button. ``make_step`` gets what the editor did in words, the verb and the verb that takes it back;
    without it marks are written at once and are not taken back by undo.
    """

    step_requested = Signal(int)
    """The list is to go so many rows down (up: negative)."""
    read_through = Signal()
    """The text was read to its end, and the editor wants the next one."""
    verb_requested = Signal(str, str)
    """The item that is read, and a verb of the list for it."""
    left = Signal()
    """The keyboard goes back to the list."""
    asking_requested = Signal(str)
    """The source of this item is to be asked whether it has changed."""
    versions_requested = Signal(str)
    """The versions of this item's page are to be compared."""
    tie_requested = Signal()
    """The sentence under the caret of the story rests on the selected words."""
    whole_requested = Signal(str)
    """The page that this entry of a feed links to is to be captured."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        gathering: Gathering,
        quoting: Quoting,
        *,
        number_of: Callable[[str], int | None] = lambda _key: None,
        versions_of: Callable[[str], list[ItemVersion]] = lambda _item: [],
        make_step: Callable[[str, Verb, Verb], object] | None = None,
    ) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._gathering = gathering
        self._quoting = quoting
        self._number_of = number_of
        self._versions_of = versions_of
        self._make_step = make_step
        self._asked = 0
        self._wanted: tuple[str, Passage] | None = None
        self._reading: _Reading | None = None
        self._found: list[Passage] = []
        self._found_now = -1
        self.setProperty("pane", True)
        self._build()
        self._connect()
        self._bind_keys()
        theme.on_change(self._dress)
        self._tell_selection()
        if session.item:
            self._turn_to(session.item)

    # --- for the window --------------------------------------------------------------------------------------------

    def focus_text(self) -> None:
        """Turn the keyboard to the text."""
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def read_on(self, step: int) -> bool:
        """Go a page on (1) or back (-1); False when the text was at its end already."""
        if self._reading is None or self._reading.item.id != self._session.item:
            return True  # what is turned to is not there yet: it will begin at its top
        return self._view.page(step) or step < 0

    def quote_or_turn(self) -> None:
        """Quote the selected words; where none are, turn the keyboard to the text and say how to select some."""
        is_there = self._reading is not None and self._reading.item.id == self._session.item
        if is_there and self._view.passage is not None:
            self.quote()
        else:
            self.focus_text()
            self._session.say(SELECT_FIRST)

    def find_words(self) -> None:
        """Open the line that finds words in the text, with the selected ones."""
        if self._reading is not None:
            passage = self._view.passage
            words = self._words(passage) if passage else ""
            self._finder.open_bar(words if "\n" not in words and len(words) < 100 else "")

    def show_passage(self, item: str, start: int, end: int) -> None:
        """Turn to an item and select code points ``start`` to ``end`` of its text."""
        self._wanted = (item, Passage(start, end))
        if self._reading is not None and self._reading.item.id == item:
            self._show_wanted()
        else:
            self._session.show_item(item)

    @property
    def selected(self) -> CarriedPassage | None:
        """The selected words of the item."""
        passage, reading = self._view.passage, self._reading
        return CarriedPassage(reading.item.id, passage.start, passage.end) if reading and passage else None

    def quote(self) -> None:
        """Put the selected words into the card under the editor's hands, or into a new one."""
        passage, reading, story = self._view.passage, self._reading, self._session.story
        if reading is None or passage is None or story is None:
            self._session.say("Select words in the reader first." if story is not None else "Open a story first.", "warn")
            return
        try:
            # In the window's thread, as every change of a story is: typing and quoting never cross.
            quoted = self._quoting.quote_in_card(reading.item.id, passage.start, passage.end, story, self._session.card)
        except WorkstationError as error:
            self._session.say_error(error)
            return
        self._session.publish(quoted.changes, self)
        self._session.show_card(quoted.card)
        self._reread()
        count = count_words(self._words(passage))
        number = self._number_of(quoted.card)
        card = "a card" if number is None else f"card {number}"
        self._session.say(f"Quoted {_words_told(count)} in {card}.", "good")

    # --- reading ---------------------------------------------------------------------------------------------------

    def _turn_to(self, item: str) -> None:
        """Read an item beside the window's thread; an answer that was overtaken is dropped."""
        self._asked += 1
        self._session.run(partial(self._read, item), partial(self._show, self._asked))

    def _reread(self) -> None:
        if self._reading is not None:
            self._turn_to(self._reading.item.id)

    def _read(self, item: str, _task: Task) -> _Reading:
        return _Reading(
            self._gathering.item(item),
            self._gathering.summary(item),
            tuple(self._quoting.highlights(item)),
            tuple(self._quoting.quotes_of(item)),
            self._gathering.linked_passage(item),
            tuple(self._versions_of(item)),
        )

    def _show(self, asked: int, reading: _Reading) -> None:
        if asked != self._asked:
            return
        before, self._reading = self._reading, reading
        is_same = before is not None and before.item.id == reading.item.id
        if not is_same or _about(before) != _about(reading):
            self._show_article(keep_place=is_same)
        self._view.show_marks(reading.highlights, reading.quotes)
        self._strip.show_kept(reading.summary.notes, reading.summary.tags)
        has_address = web_address(reading.item.url) is not None and bool(reading.versions)
        is_feed_entry = reading.item.media_type == FEED_ENTRY
        self._versions.show_versions(reading.item.id, reading.versions, has_address=has_address, is_feed_entry=is_feed_entry)
        self._pages.setCurrentWidget(self._page)
        if not is_same and self._wanted is None and reading.linked:
            self._wanted = (reading.item.id, Passage(*reading.linked))
        self._show_wanted()
        if not is_same:
            self._finder.close_bar()

    def _show_article(self, *, keep_place: bool) -> None:
        if self._reading is not None:
            item, now = self._reading.item, datetime.now(UTC).astimezone()
            article = Article(
                meta_line(item, self._reading.summary, now), headline(item), by_line(item, now), item.text, remark(item)
            )
            self._view.show_article(article, keep_place=keep_place)

    def _show_wanted(self) -> None:
        if self._wanted is not None and self._reading is not None and self._wanted[0] == self._reading.item.id:
            passage, self._wanted = self._wanted[1], None
            self._view.reveal(passage, select=True)
            # once more when the layout is done: the foot grows with a selection, and a new reader has no size yet
            QTimer.singleShot(0, self, partial(self._view.reveal, passage, select=True))

    def _take_changes(self, changes: Changes, initiator: object) -> None:
        if initiator is not self and self._reading is not None and self._reading.item.id in changes.items:
            self._reread()
        if changes.stories:
            self._tell_selection()

    # --- marks -----------------------------------------------------------------------------------------------------

    def mark(self, kind: HighlightKind) -> None:
        """Mark the selected words; without a selection, the mark under the caret becomes one of this kind."""
        passage, reading, mark = self._view.passage, self._reading, self._view.highlight
        if reading is None or (passage is None and mark is None):
            self._session.say("Select words in the reader first.", "warn")
        elif passage is not None:
            self._mark_passage(reading, passage, kind)
        elif mark is not None and mark.kind is not kind:
            self._replace(mark, replace(mark, kind=kind), f"The mark is a {NAMES[kind].lower()} now")

    def _mark_passage(self, reading: _Reading, passage: Passage, kind: HighlightKind) -> None:
        item = reading.item.id
        if any((mark.start, mark.end, mark.kind) == (passage.start, passage.end, kind) for mark in reading.highlights):
            return
        made: list[Highlight] = []

        def apply() -> Changes:
            before = {mark.id for mark in self._quoting.highlights(item)}
            changes = self._quoting.highlight(item, passage.start, passage.end, kind)
            made[:] = [mark for mark in self._quoting.highlights(item) if mark.id not in before]
            return changes

        def revert() -> Changes:
            changes = items_changed(item)
            for mark in made:
                changes |= self._quoting.remove_highlight(mark)
            return changes

        self._change(f"Marked as {NAMES[kind].lower()}", apply, revert)

    def remove_mark(self) -> None:
        """Take the mark under the caret away."""
        mark = self._view.highlight
        if mark is not None:
            remove, keep = self._quoting.remove_highlight, self._gathering.triaging.keep_highlight
            self._change("Mark removed", partial(remove, mark), partial(keep, mark))

    def note(self) -> None:
        """Ask for the note on the mark under the caret, else for that on the source."""
        mark = self._view.highlight
        if mark is not None:
            self._note(mark)
        elif self._reading is not None:
            self.verb_requested.emit(self._reading.item.id, "notes")

    def _note(self, mark: Highlight) -> None:
        NoteDialog(self, f"A note on this mark ({NAMES[mark.kind].lower()}):", mark.note, partial(self._keep_note, mark)).open()

    def _keep_note(self, mark: Highlight, note: str) -> None:
        if note != mark.note:
            self._replace(mark, replace(mark, note=note), "Note on the mark kept" if note else "Note on the mark removed")

    def _replace(self, mark: Highlight, changed: Highlight, told: str) -> None:
        keep = self._gathering.triaging.keep_highlight
        self._change(told, partial(keep, changed), partial(keep, mark))

    def _change(self, told: str, verb: Verb, back: Verb) -> None:
        if self._make_step is not None:
            self._make_step(told, verb, back)
        else:
            self._session.run(lambda _task: verb(), self._written)

    def _written(self, changes: Changes) -> None:
        self._session.publish(changes, self)
        self._reread()

    # --- finding ---------------------------------------------------------------------------------------------------

    def _find(self, words: str) -> None:
        text = self._reading.item.text if self._reading else ""
        self._found = found(text, words)
        self._found_now = 0 if self._found else -1
        self._show_found()

    def _step(self, steps: int) -> None:
        if self._found:
            self._found_now = (self._found_now + steps) % len(self._found)
            self._show_found()

    def _show_found(self) -> None:
        self._view.show_found(self._found, self._found_now)
        self._finder.show_count(self._found_now, len(self._found))

    def _forget_found(self) -> None:
        self._found, self._found_now = [], -1
        self._view.show_found((), -1)
        self.focus_text()

    # --- words about the selection ---------------------------------------------------------------------------------

    def _tell_selection(self) -> None:
        passage, mark = self._view.passage, self._view.highlight
        told = NOTHING_SELECTED
        if passage is not None:
            told = f"{_words_told(count_words(self._words(passage)))} selected"
        elif mark is not None:
            told = f"{NAMES[mark.kind]}{f': {mark.note}' if mark.note else ''} (Del removes)"[:60]
        self._foot.show_selection(told, can_mark=passage is not None)
        reason = "" if passage is not None else "Select words in the text first."
        self._foot.show_quote(self._quote_label(), "Open a story first." if self._session.story is None else reason)

    def _quote_label(self) -> str:
        key = self._session.card
        number = self._number_of(key) if key else None
        if number is not None:
            return f"Quote in card {number}"
        return "Quote in this card" if key else "Quote in a card"

    def _words(self, passage: Passage) -> str:
        return self._reading.item.text[passage.start : passage.end] if self._reading else ""

    # --- the original ----------------------------------------------------------------------------------------------

    def open_original(self) -> None:
        """Open the item's address in the browser."""
        address = web_address(self._reading.item.url) if self._reading else None
        if address is not None:
            open_page(address.toString())
        elif self._reading is not None:
            self._session.say("This source has no web address.", "warn")

    def about(self) -> None:
        """Tell what is known of this source, and where each of it was found."""
        if self._reading is None:
            return
        box = AboutSource(self._theme, facts_about(self._reading.item, self._reading.summary), self, self._view)
        box.adjustSize()
        box.move(max(4, min(14, self.width() - box.width() - 4)), self._view.mapTo(self, QPoint(0, 0)).y() + 12)
        box.show()
        box.setFocus(Qt.FocusReason.PopupFocusReason)

    def copy_link(self) -> None:
        """Put a link on the clipboard that leads a browser to the selected words of the original page."""
        passage, reading = self._view.passage, self._reading
        address = web_address(reading.item.url) if reading else None
        if reading is None or passage is None:
            self._session.say("Select words in the reader first.", "warn")
        elif address is None:
            self._session.say("This source has no web address.", "warn")
        elif fragment := fragment_for(reading.item.text, passage.start, passage.end):
            QGuiApplication.clipboard().setText(link_to(str(reading.item.url), fragment))
            self._session.say("The link to these words is on the clipboard.", "good")

    def _ask_about(self, signal: SignalInstance) -> None:
        if self._reading is not None:
            signal.emit(self._reading.item.id)

    # --- menus -----------------------------------------------------------------------------------------------------

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        passage, mark = self._view.passage, self._view.highlight
        for entry in KINDS:
            icon = swatch(self._theme, entry.kind, self.devicePixelRatioF())
            action = menu.addAction(icon, f"Mark as {entry.name.lower()}\t{entry.key}", partial(self.mark, entry.kind))
            action.setEnabled(passage is not None)
        if mark is not None:
            menu.addSeparator()
            for entry in KINDS:
                if entry.kind is not mark.kind and passage is None:
                    change = partial(
                        self._replace, mark, replace(mark, kind=entry.kind), f"The mark is a {entry.name.lower()} now"
                    )
                    menu.addAction(f"Make it a {entry.name.lower()}\t{entry.key}", change)
            menu.addAction("Note on the mark…\tN", partial(self._note, mark))
            menu.addAction("Remove the mark\tDel", self.remove_mark)
        menu.addSeparator()
        quote = menu.addAction(f"{self._quote_label()}\tQ", self.quote)
        quote.setEnabled(passage is not None and self._session.story is not None)
        tie = menu.addAction("Tie the sentence in hand to this passage\tR", self.tie_requested.emit)
        tie.setEnabled(passage is not None and self._session.story is not None)
        copy = menu.addAction("Copy\tCtrl+C", self._view.copy)
        copy.setEnabled(self._view.textCursor().hasSelection())
        link = menu.addAction("Copy link to this passage\tL", self.copy_link)
        link.setEnabled(passage is not None and bool(self._reading and web_address(self._reading.item.url)))
        menu.addSeparator()
        menu.addAction("Find in the text…\tCtrl+F", self.find_words)
        menu.addAction("About this source\tI", self.about)
        original = menu.addAction("Open the original in the browser\tO", self.open_original)
        original.setEnabled(bool(self._reading and web_address(self._reading.item.url)))
        return menu

    def _pop_menu(self, at: QPoint) -> None:
        if self._reading is not None:
            self._menu().popup(at)

    # --- putting together ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._empty = QLabel(NOTHING_SHOWN)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setProperty("muted", True)
        self._finder = FindBar(self._theme)
        self._view = ArticleView(self._theme)
        PassageDrag(self._view, self._theme, lambda: self._reading.item.id if self._reading else None, self._words)
        self._foot = FootBar(self._theme)
        self._versions = VersionStrip(self._theme)
        self._strip = NoteStrip(self._theme)
        self._page = QWidget()
        page = QVBoxLayout(self._page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._finder)
        page.addWidget(self._versions)
        page.addWidget(self._strip)
        page.addWidget(self._view, 1)
        page.addWidget(self._foot)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def _connect(self) -> None:
        self._view.passage_changed.connect(self._tell_selection)
        self._view.link_requested.connect(self.open_original)
        self._view.menu_requested.connect(self._pop_menu)
        self._view.scale_requested.connect(self._view.grow)
        self._foot.mark_requested.connect(self.mark)
        self._foot.quote_requested.connect(self.quote)
        self._versions.version_wanted.connect(self._session.show_item)
        self._versions.comparison_wanted.connect(lambda: self._ask_about(self.versions_requested))
        self._versions.asking_wanted.connect(lambda: self._ask_about(self.asking_requested))
        self._versions.whole_wanted.connect(lambda: self._ask_about(self.whole_requested))
        self._strip.note_wanted.connect(self._ask_list_for_note)
        self._finder.words_changed.connect(self._find)
        self._finder.step_requested.connect(self._step)
        self._finder.closed.connect(self._forget_found)
        self._session.item_shown.connect(self._turn_to)
        self._session.changed.connect(self._take_changes)
        self._session.card_shown.connect(lambda _key: self._tell_selection())
        self._session.story_shown.connect(lambda _story: self._tell_selection())

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {entry.key: partial(self.mark, entry.kind) for entry in KINDS}
        keys |= {
            "Q": self.quote,
            "H": lambda: self._pop_menu(self._view.menu_place()),
            "O": self.open_original,
            "I": self.about,
            "L": self.copy_link,
            "R": self.tie_requested.emit,
            "Del": self.remove_mark,
            "Backspace": self.remove_mark,
            "N": self.note,
            "Space": partial(self._page_on, 1),
            "Shift+Space": partial(self._page_on, -1),
            "J": partial(self.step_requested.emit, 1),
            "K": partial(self.step_requested.emit, -1),
            "]": partial(self._view.select_sentence, 1),
            "[": partial(self._view.select_sentence, -1),
            "}": partial(self._view.select_sentence, 1, extend=True),
            "{": partial(self._view.select_sentence, -1, extend=True),
            "Escape": self._leave,
        }
        keys |= {key: partial(self._ask_list, verb) for key, verb in LIST_VERBS.items()}
        for key, act in keys.items():
            self._bind(QKeySequence(key), act, self._view, Qt.ShortcutContext.WidgetShortcut)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self._bind(QKeySequence("Ctrl+F"), self.find_words, self, within)
        for key, steps in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1), ("Ctrl+0", 0)):
            self._bind(QKeySequence(key), partial(self._view.grow, steps), self, within)

    def _page_on(self, step: int) -> None:
        if not self.read_on(step):
            self.read_through.emit()

    def _ask_list(self, verb: str) -> None:
        if self._reading is not None:
            self.verb_requested.emit(self._reading.item.id, verb)

    def _ask_list_for_note(self) -> None:
        self._ask_list("notes")

    def _leave(self) -> None:
        """Esc lets the selection go first, then turns back to the list."""
        if self._view.passage is not None:
            self._view.drop_selection()
        else:
            self.left.emit()

    def _bind(self, key: QKeySequence, act: Callable[[], object], on: QWidget, context: Qt.ShortcutContext) -> None:
        shortcut = QShortcut(key, on)
        shortcut.setContext(context)
        shortcut.activated.connect(act)

    def _dress(self) -> None:
        self._empty.setFont(self._theme.font("ui"))
        self._show_article(keep_place=True)


def _about(reading: _Reading | None) -> tuple[str, str | None] | None:
    """What the editor may have changed of the lines above the text."""
    return (reading.summary.outlet, reading.summary.country) if reading else None


def _words_told(count: int) -> str:
    return "1 word" if count == 1 else f"{count} words"
