"""Every key of the list: one table for the shortcuts, the menu, the palette and the sheet of keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

Verbs = Mapping[str, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Key:
    """A verb of the list, its keys (the first one is shown), the words of the menu, and what the sheet says of it."""

    verb: str
    keys: tuple[str, ...]
    label: str
    told: str = ""
    holds: bool = False
    """Whether holding the key down repeats it."""

    @property
    def shown(self) -> str:
        """The first key as people read it."""
        return QKeySequence(self.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if self.keys else ""


GROUPS: tuple[tuple[str, tuple[Key, ...]], ...] = (
    (
        "Moving and reading",
        (
            Key("next", ("J",), "&Next source", "Shows it in the reader; after a second there it counts as read.", holds=True),
            Key("previous", ("K",), "&Previous source", "Likewise upwards. The arrow keys do the same.", holds=True),
            Key("read_on", ("Space",), "&Read on", "A page further; at the end of the text the next unread source.", holds=True),
            Key("read_back", ("Shift+Space",), "Read &back", "A page back.", holds=True),
            Key("open", ("Return", "Enter"), "&Open in the reader", "Shows it and marks it as read at once."),
            Key("first", ("G", "Home"), "&First source"),
            Key("last", ("Shift+G", "End"), "&Last source"),
        ),
    ),
    (
        "Sorting",
        (
            Key("shortlist", ("S",), "&Shortlist", "On the shortlist; again: off it."),
            Key("archive", ("E",), "&Archive", "Out of the inbox; the next source becomes the current one."),
            Key("unread", ("U",), "Mark as &unread", "Again: as read."),
            Key("spike", ("Del",), "Sp&ike", "Thrown out, but never deleted."),
            Key(
                "undo",
                ("Z", "Ctrl+Z"),
                "Take &back",
                "Sorting, tags, notes, marks, views and groups are one history.",
            ),
            Key("redo", ("Shift+Z", "Ctrl+Shift+Z"), "&Do it again"),
        ),
    ),
    (
        "Keeping",
        (
            Key("quote", ("Q",), "&Quote", "The words selected in the reader go into the card; else it turns to the reader."),
            Key("tags", ("T",), "&Tags…", "Of all picked sources at once."),
            Key("notes", ("N",), "Not&e…"),
            Key("original", ("O",), "Open the ori&ginal in the browser"),
            Key("copy_link", ("L", "Ctrl+C"), "Co&py the link", "The links of all selected sources, one a line."),
            Key("outlet", (), "&Outlet…", "Name, country, languages, kind and icon of who printed it."),
        ),
    ),
    (
        "Several at once",
        (
            Key("pick", ("X",), "Pi&ck", "A check mark; moving keeps it, and the keys above act on all picked sources."),
            Key("pick_all", ("A",), "Pick all &listed"),
            Key("clear", ("Esc",), "Let go o&f all picked", "Then: empties the search."),
        ),
    ),
    (
        "Rows and versions",
        (
            Key("group", ("M",), "&Group the selected sources", "Into the row of the first of them."),
            Key(
                "members", ("Right",), "Show the sources in this &row…", "As a click on +3 does; each can be read and taken out."
            ),
            Key("apart", ("Shift+M",), "&Take the row apart", "It is never grouped again by itself."),
            Key("changed", ("C",), "&Has the source changed?", "Asks its address again; other words are kept as a version."),
            Key("versions", ("D",), "Compare &versions of the source…", "The differences word by word."),
            Key("whole", ("W",), "Fetch the &whole article", "Where a feed told only its beginning."),
        ),
    ),
    (
        "Finding",
        (
            Key("search", ("/",), "&Search", "Enter leads back to the list; Down shows the last searches."),
            Key("views", ("V",), "&Views…", "Saved searches. The keys 1 to 9 choose one, 0 the whole inbox."),
            Key("highlights", ("H",), "&Highlights…", "Every marked passage: facts, views, quotes and what to check."),
            Key("key_sheet", ("?",), "&Keys of the list…"),
        ),
    ),
)
KEYS = {key.verb: key for _, keys in GROUPS for key in keys}

READER_KEYS = (
    ("Space, Shift+Space", "A page on or back; at the end the next unread source"),
    ("J, K", "Next, previous source of the list"),
    ("[, ]", "Select the sentence before, or the next one; { and } take it to the selection"),
    ("Q", "Quote the selected words in the card"),
    ("1 2 3 4", "Mark as fact, view, quote, check; without a selection: change the mark under the caret"),
    ("N", "Note on the mark under the caret, else on the source"),
    ("Del", "Remove the mark under the caret"),
    ("S E U T Z / V ?", "As in the list"),
    ("H, O, Ctrl+F", "Menu, original, find in the text"),
    ("Esc", "Back to the list"),
)


def bind(widget: QWidget, verbs: Verbs) -> None:
    """Let the keys call their verbs while ``widget`` itself has the focus: never while somebody types in a field."""
    for key in KEYS.values():
        for chord in key.keys:
            _bind(widget, chord, verbs[key.verb], repeats=key.holds)


def bind_numbers(widget: QWidget, choose: Callable[[int], object]) -> None:
    """The keys 0 to 9."""
    for number in range(10):
        _bind(widget, str(number), partial(choose, number), repeats=False)


def _bind(widget: QWidget, chord: str, act: Callable[[], object], *, repeats: bool) -> None:
    shortcut = QShortcut(QKeySequence(chord), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
    shortcut.setAutoRepeat(repeats)
    shortcut.activated.connect(act)
