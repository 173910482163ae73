"""The window: the inbox, the story and, beside it, the preview, the reader and the checks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workstation import __version__
from workstation.domain.changes import Changes
from workstation.domain.problem import Place
from workstation.errors import WorkstationError
from workstation.ui.actions import add_action
from workstation.ui.backups import DeskBackups
from workstation.ui.boxes import inform, warn
from workstation.ui.browser_capture import BrowserCapture
from workstation.ui.check_links import CheckLinks
from workstation.ui.checking import Checking
from workstation.ui.closing import DiskDoesNotAnswerError, wait_for
from workstation.ui.copying import CopyingForCms
from workstation.ui.dialogs.commands import CommandsDialog
from workstation.ui.drop_watch import DropWatch
from workstation.ui.evidence_packets import EvidencePackets
from workstation.ui.feed_actions import FeedActions
from workstation.ui.hand_overs import HandOvers
from workstation.ui.housekeeping import Housekeeping
from workstation.ui.icon_fetching import IconFetching
from workstation.ui.inbox.capture_field import CaptureField
from workstation.ui.inbox.capturing import Capturing
from workstation.ui.inbox.inbox_pane import InboxPane
from workstation.ui.inbox.item_menu import fill_window_menu
from workstation.ui.inbox.steps import Step, Verb
from workstation.ui.inbox.targets import Target
from workstation.ui.item_groups import ItemGroups
from workstation.ui.menu_keys import MenuKeys
from workstation.ui.notices import Notices
from workstation.ui.open_story import OpenStory
from workstation.ui.own_hosts import OwnHosts
from workstation.ui.preview.pane import PreviewPane
from workstation.ui.publication_menu import PublicationMenu
from workstation.ui.publication_watch import PublicationWatch
from workstation.ui.rescue import Rescue
from workstation.ui.rescue_offer import RescueOffer
from workstation.ui.review.count_chip import CountChip
from workstation.ui.review.pane import ReviewPane
from workstation.ui.sample_desk import SampleDesk
from workstation.ui.saving import Saving
from workstation.ui.session import Session
from workstation.ui.source_files import SourceFiles
from workstation.ui.status_line import StatusLine
from workstation.ui.story.pane import StoryPane
from workstation.ui.story.status_chip import StatusChip
from workstation.ui.story.tying import Tying
from workstation.ui.story.word_tools import WordTools
from workstation.ui.story_documents import StoryDocuments
from workstation.ui.story_versions import StoryVersions
from workstation.ui.tab import Tab
from workstation.ui.tab_order import neighbour
from workstation.ui.templates_menu import TemplatesMenu
from workstation.ui.topic_watch import TopicWatch
from workstation.ui.unsaved import Unsaved
from workstation.ui.wording import plain_tip
from workstation.workflow.desk import Desk

if TYPE_CHECKING:
    from workstation.ui.reader.reader_pane import ReaderPane
    from workstation.ui.theme import Theme

PREVIEW, READER, CHECKS = range(3)
GEOMETRY_KEY, SPLIT_KEY, THEME_KEY = "window/geometry", "window/split", "window/theme"
ORDER_KEY, CHECKS_KEY = "inbox/order", "window/checks"
SPLIT = [300, 600, 470]
TELL_MS = 150
FIRST_SIZE = QSize(1440, 900)
FRAME = QSize(16, 48)
"""What a desktop puts around a window, with some to spare."""


class Window(QMainWindow):
    """Puts the panes together and gives every verb a place in the menus."""

    painted = Signal()
    """The window is on the screen for the first time."""

    def __init__(self, desk: Desk, session: Session, theme: Theme, settings: QSettings) -> None:
        super().__init__()
        self._desk, self._session, self._theme, self._settings = desk, session, theme, settings
        self._is_painted = self._is_closing = False
        self.leaves_a_saving = False
        """The window was closed over a disk that does not answer: nobody can wait for the threads that do."""
        self.notices = Notices(theme)
        self._telling = QTimer(self, singleShot=True, interval=TELL_MS)
        self._telling.timeout.connect(self._tell_story)
        self.setWindowTitle("Signals Workstation")
        self.setMinimumSize(QSize(940, 560))
        checking = Checking(session, desk.reviewing)
        self._saving = Saving(session, desk.writing)
        self._rescue = Rescue(session, desk, self._saving, self.notices, self)
        self._rescue_offer = RescueOffer(session, theme, desk, self._rescue.rescuing.run, self.notices, self)
        self.painted.connect(self._rescue_offer.start)
        self._versions = StoryVersions(session, theme, desk, self)
        self.capture = CaptureField(session, theme, desk.gathering)
        self.inbox = InboxPane(session, theme, desk.gathering)
        self.story = StoryPane(
            session, theme, desk.writing, desk.publishing, desk.gathering, checking, desk.quoting, desk.tracing
        )
        self.tying = Tying(session, desk.claiming, self.story.body_in_hand, lambda: self.reader.selected)
        self.status = StatusChip(session, theme, desk.shelving)
        self.story.add_to_head(self.status)
        self.hand_overs = HandOvers(session, theme, desk.publishing.handed_over, self.story, self)
        self.evidence = EvidencePackets(session, desk, self)
        self.words = WordTools(self.story, session, theme, settings, desk.publishing, desk.spelling)
        self.open_story = OpenStory(session, desk, self.story, settings, self)
        self.documents = StoryDocuments(session, desk, self)
        self.sample = SampleDesk(session, desk, self.open_story, self)
        self.preview = PreviewPane(session, theme, desk.publishing, desk.writing)
        self.checks = ReviewPane(session, theme, desk.reviewing, checking)
        self._check_links = CheckLinks(session, desk, self.checks, self.story, self.inbox, partial(self.show_side, CHECKS), self)
        self.feeds = FeedActions(session, theme, desk, self)
        self._capturing = Capturing(session, desk.gathering, self)
        self.files = SourceFiles(self._capturing, self)
        self.own_hosts = OwnHosts(desk.gathering.consents, session, theme, self)
        self._icon_fetching = IconFetching(session, desk.outlets, self)
        self.painted.connect(self._icon_fetching.start)
        self.groups = ItemGroups(session, theme, desk, lambda: self.inbox.selected, self, self._make_step)
        self.painted.connect(self.groups.start)
        self.topics = TopicWatch(session, desk.perspectives, self)
        self.painted.connect(self.topics.start)
        self._housekeeping = Housekeeping(session, self)
        self.painted.connect(self._housekeeping.start)
        self.backups = DeskBackups(session, theme, desk, self.notices, self)
        self.painted.connect(self.backups.start)
        self._status = StatusLine(session, theme)
        self.setStatusBar(self._status)
        self._count = CountChip(theme)
        self._status.addPermanentWidget(self._count)
        self._browser = BrowserCapture(session, theme, desk, self)
        self._status.addPermanentWidget(self._browser.chip)
        self._drops = DropWatch(session, desk, self)
        self._lay_out()
        self._make_menus()
        self._connect()
        theme.on_change(self._dress)
        self._restore()

    # --- opening and closing ---------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing closes over unsaved words: they are saved first, and when that fails the editor decides."""
        event.ignore()
        if self._is_closing or not self._may_close():
            return
        if not self.leaves_a_saving:  # Qt writes them in this thread, and perhaps to the disk that does not answer
            self._keep_looks()
        self._browser.close()
        self.preview.stop()
        event.accept()

    def _keep_looks(self) -> None:
        self._settings.setValue(GEOMETRY_KEY, self.saveGeometry())
        self._settings.setValue(SPLIT_KEY, self._split.saveState())
        self.open_story.remember()
        self._settings.setValue(ORDER_KEY, self.inbox.order.name)
        self._settings.setValue(CHECKS_KEY, self._stack.currentIndex() == CHECKS)

    def _may_close(self) -> bool:
        self.leaves_a_saving = False
        self._is_closing = True  # who is asked to close meanwhile waits for the answer
        try:
            wait_for(self._desk.writing.save_all)
        except Exception as error:
            self.leaves_a_saving = isinstance(error, DiskDoesNotAnswerError)
            return Unsaved(self._desk, self._rescue.rescuing, self).leave_anyway(error)
        finally:
            self._is_closing = False
        return True

    @property
    def status_line(self) -> StatusLine:
        """The line at the foot."""
        return self._status

    def capture_targets(self, targets: Sequence[Target]) -> None:
        """Capture what the program was started with."""
        self._capturing.capture(targets)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)
        if event.type() == QEvent.Type.WindowUnblocked:
            QTimer.singleShot(0, self, self._take_keyboard)
        return super().event(event)

    def _take_keyboard(self) -> None:
        """Where no window manager runs nobody gives the keyboard back when a dialog closes, and no shortcut would work."""
        if QApplication.activeWindow() is None:
            self.activateWindow()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes as the window is laid out; Qt would go as its parts were made, with every later card at the end."""
        found = neighbour(self, self.focusWidget(), 1 if forward else -1)
        if found is None:
            return super().focusNextPrevChild(forward)
        found.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def _restore(self) -> None:
        geometry, split = self._settings.value(GEOMETRY_KEY), self._settings.value(SPLIT_KEY)
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            room = self.screen().availableSize()
            self.resize(FIRST_SIZE.boundedTo(room - FRAME))
        if not (isinstance(split, QByteArray) and self._split.restoreState(split)):
            self._split.setSizes(SPLIT)
        self.inbox.sort(str(self._settings.value(ORDER_KEY, "")))
        if self._settings.value(CHECKS_KEY, False, bool):  # the reader has no source yet, so it gives way to the preview
            self.show_side(CHECKS)

    # --- parts -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setProperty("band", True)
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 7, 8, 7)
        self.capture.setMinimumWidth(300)
        self.capture.setMaximumWidth(520)
        self._feeds = QPushButton("Feeds")
        self._feeds.setProperty("plain", True)
        self._commands = QPushButton("Commands  Ctrl+Shift+P")
        self._commands.setProperty("plain", True)
        self._export = QPushButton("Export…")
        self._export.setProperty("primary", True)
        row.addWidget(self.capture, 5)
        row.addWidget(self._feeds)
        row.addStretch(1)
        row.addWidget(self._commands)
        row.addWidget(self._export)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        for pane, least in ((self.inbox, 240), (self.story, 360), (self._side(), 340)):
            pane.setMinimumWidth(least)
            self._split.addWidget(pane)
        for index, stretch in enumerate((0, 3, 2)):
            self._split.setStretchFactor(index, stretch)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.notices)
        column.addWidget(self._split, 1)
        self.setCentralWidget(whole)

    def _side(self) -> QWidget:
        """The third column: one of preview, reader and checks at a time."""
        side = QWidget()
        self._tabs = QButtonGroup(self)
        self._stack = QStackedWidget()
        band = QFrame()
        band.setProperty("band", True)
        row = QHBoxLayout(band)
        row.setContentsMargins(10, 3, 6, 0)
        row.setSpacing(4)
        self._reader_place = QVBoxLayout(reader := QWidget())
        self._reader_place.setContentsMargins(0, 0, 0, 0)
        for index, (label, pane) in enumerate((("Preview", self.preview), ("Reader", reader), ("Checks", self.checks))):
            tab = Tab(label)
            tab.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self._tabs.addButton(tab, index)
            self._stack.addWidget(pane)
            row.addWidget(tab)
        row.addStretch(1)
        tools = self.preview.take_tools()
        row.addWidget(tools)
        self._stack.currentChanged.connect(lambda index: tools.setVisible(index == PREVIEW))
        self._tabs.button(PREVIEW).setChecked(True)
        self._tabs.idClicked.connect(self.show_side)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(band)
        column.addWidget(self._stack, 1)
        return side

    @cached_property
    def reader(self) -> ReaderPane:
        """The reader. At first it is behind the preview, so it is built after the first paint, or when it is wanted."""
        from workstation.ui.reader.reader_pane import ReaderPane  # noqa: PLC0415 - keeps a tenth of a second off the start

        desk, number_of = self._desk, self.story.number_of
        reader = ReaderPane(
            self._session,
            self._theme,
            desk.gathering,
            desk.quoting,
            number_of=number_of,
            make_step=self._make_step,
            versions_of=desk.revisiting.versions,
        )
        reader.asking_requested.connect(self.groups.ask_again)
        reader.versions_requested.connect(self.groups.show_versions)
        reader.whole_requested.connect(lambda item: self.feeds.fetch_whole((item,)))
        reader.step_requested.connect(self.inbox.step)
        reader.read_through.connect(self.inbox.open_unread)
        reader.verb_requested.connect(self.inbox.act_on)
        reader.left.connect(self.inbox.focus_list)
        reader.tie_requested.connect(self.tying.tie)
        self._reader_place.addWidget(reader)
        return reader

    def show_side(self, index: int) -> None:
        """Turn the third column to the preview, the reader or the checks."""
        if index == READER:
            self.reader.show()
        self._tabs.button(index).setChecked(True)
        self._stack.setCurrentIndex(index)

    def _connect(self) -> None:
        self._feeds.clicked.connect(self.feeds.show)
        self.feeds.sources_wanted.connect(self.inbox.search)
        self.painted.connect(self.feeds.schedule.start)
        self._commands.clicked.connect(self._show_commands)
        self._export.clicked.connect(self._ask_export)
        self.inbox.read_on_requested.connect(self._read_on)
        self.inbox.quote_requested.connect(self._quote_from_list)
        self.inbox.highlights_requested.connect(self._show_highlights)
        self.inbox.verb_requested.connect(self._carry_out)
        self.groups.listed.connect(self.inbox.turn_to)
        self._session.item_shown.connect(lambda _: self.show_side(READER))
        self._session.passage_shown.connect(self._show_passage)
        self._session.story_shown.connect(lambda _: self._tell_story())
        self._session.changed.connect(self._notice)
        self.checks.counted.connect(self._count_checks)
        self._count.clicked.connect(self._check_links.go_to_checks)
        self.topics.seen.connect(self.checks.perspective.show_perspective)
        self.story.steps_changed.connect(self._name_steps)
        self.story.trail.reader_wanted.connect(self._go_to_reader)
        self.story.tie.triggered.connect(lambda _=False: self.tying.tie())
        self.story.untie.triggered.connect(lambda _=False: self.tying.untie())
        self._saving.told.connect(self._status.show_saved)
        self._browser.chip.clicked.connect(self._show_browser_capture)
        self.painted.connect(self._browser.resume)
        self.painted.connect(self._drops.start)

    def _notice(self, changes: Changes, initiator: object) -> None:
        """A story that was spiked or removed while it was open gives way to another one."""
        if self._session.story not in changes.stories:
            return
        if initiator is not self.story and self._session.story not in {entry.id for entry in self._desk.writing.entries()}:
            self.open_story.turn_to_last()
        self._telling.start()

    def _show_passage(self, item: str, start: int, end: int) -> None:
        self.show_side(READER)
        self.reader.show_passage(item, start, end)
        if self.capture.is_left or self._inbox_has_focus():  # what was captured there can be quoted at once
            self.reader.focus_text()

    def _tell_story(self) -> None:
        story = self.story.story
        self._status.show_story(story)
        self.setWindowTitle(f"{story.headline or 'Untitled story'} — Signals Workstation" if story else "Signals Workstation")

    def _count_checks(self, blockers: int, warnings: int, to_write: int) -> None:
        problems = blockers + warnings
        self._tabs.button(CHECKS).setText(f"Checks {problems}" if problems else "Checks")
        self._count.show_counts(blockers, warnings, to_write)

    def _dress(self) -> None:
        self._feeds.setIcon(self._theme.icon("mdi6.rss", "accent"))
        self._commands.setIcon(self._theme.icon("mdi6.apple-keyboard-command", "accent"))
        self._undo.setIcon(self._theme.icon("mdi6.undo"))
        self._redo.setIcon(self._theme.icon("mdi6.redo"))
        for button in self._tabs.buttons():
            button.setFont(self._theme.font("ui"))

    # --- menus -----------------------------------------------------------------------------------------------------

    def _make_menus(self) -> None:
        self._menus: list[QMenu] = []
        self._menu_story()
        self._menu_edit()
        self._menu_source()
        self._menu_item()
        self._menu_card()
        self._menu_view()
        self._menu_go()
        self._menu_help()
        MenuKeys(self.menuBar())

    def _menu(self, title: str, within: QMenu | None = None) -> QMenu:
        menu = (within or self.menuBar()).addMenu(title)
        self._menus.append(menu)
        return menu

    def _action(self, menu: QMenu, text: str, slot: Callable[[], object], keys: str = "") -> QAction:
        return add_action(menu, text, slot, keys)

    def _menu_story(self) -> None:
        menu = self._menu("&Story")
        self._action(menu, "&New story", self.open_story.begin, "Ctrl+N")
        self._templates = TemplatesMenu(self._session, self._desk.templating, self)
        self._templates.made.connect(lambda number: self.open_story.turn_to(lambda: number))
        menu.addMenu(self._templates)
        self._action(menu, "&Stories…", self._show_stories, "Ctrl+O")
        self._action(menu, "&Duplicate story", self.open_story.duplicate)
        self._action(menu, "Sa&ve as template…", self._templates.save_as)
        self._turn = self._action(menu, "Mark as ready", self.status.turn)
        self.status.told.connect(lambda words: self._turn.setText(words))
        menu.addSeparator()
        self._action(menu, "&History…", self._versions.show, "Ctrl+Shift+H")
        self._action(menu, "&Keep a version…", self._versions.keep)
        self._action(menu, "&Import story document…", self.documents.ask_import)
        self._action(menu, "E&xport story document…", self.documents.ask_export)
        menu.addSeparator()
        self._action(menu, "&Export…", self._ask_export, "Ctrl+E")
        copying = CopyingForCms(self._session, self._desk, blocked=self._ask_export, failed=self._warn, parent=self)
        self._action(menu, "&Copy for CMS", copying.copy, "Ctrl+Shift+C")
        self._action(menu, "Hand-&overs…", self.hand_overs.show, "Ctrl+Shift+E")
        self._action(menu, "Evidence packe&t…", self.evidence.ask)
        self._action(menu, "Destin&ations…", self._show_destinations)
        self._publications = PublicationMenu(self._session, self._desk.writing, self._desk.publications, self._warn, self)
        menu.addMenu(self._publications)
        self._watch = PublicationWatch(self._session, self._desk.publications, self)
        self._publications.files_changed.connect(self._watch.look)
        self.painted.connect(self._watch.start)
        self._action(menu, "House st&yle…", self._show_house_style)
        self._style_watch = PublicationWatch(self._session, self._desk.styles, self, what="house style")
        self.painted.connect(self._style_watch.start)
        menu.addSeparator()
        self._action(menu, "&Backups…", self.backups.show)
        self._action(menu, "&Load sample desk", self.sample.load)
        self._action(menu, "Re&move sample desk", self.sample.remove)
        menu.addSeparator()
        self._action(menu, "&Quit", self.close, "Ctrl+Q")

    def _menu_edit(self) -> None:
        menu = self._menu("&Edit")
        self._undo = self._action(menu, "&Undo", self._undo_by_focus, "Ctrl+Z")
        self._redo = self._action(menu, "&Redo", self._redo_by_focus, "Ctrl+Shift+Z")
        self._redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        menu.addSeparator()
        for text, verb, keys in (("Cu&t", "cut", "Ctrl+X"), ("&Copy", "copy", "Ctrl+C"), ("&Paste", "paste", "Ctrl+V")):
            self._on_field(menu, text, verb, keys)
        self._action(menu, "Paste as plain te&xt", self.story.text.paste_plain, "Ctrl+Shift+V")
        self._on_field(menu, "Select &all", "selectAll", "Ctrl+A")
        menu.addSeparator()
        story = self.story
        for action in story.text.actions:
            menu.addAction(action)
        self.words.add_to(menu)
        keep = "Keep as trans&lation of the selected passage"
        self._action(menu, keep, lambda: story.translating.keep(self.reader.selected))
        self.story.add_tool(self._undo)
        self.story.add_tool(self._redo)

    def _on_field(self, menu: QMenu, text: str, verb: str, keys: str) -> None:
        """An entry for what the field with the focus does by itself; the key is only told, the field answers it."""
        action = self._action(menu, text, lambda: getattr(self.focusWidget(), verb, lambda: None)(), keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)

    def _menu_source(self) -> None:
        menu = self._menu("So&urce")
        self._action(menu, "&Capture a link or text", self.capture.take_focus, "Ctrl+L")
        self._action(menu, "Capture f&iles…", self.files.choose_files, "Ctrl+Shift+O")
        self._action(menu, "Capture a fo&lder…", self.files.choose_folder)
        self._action(menu, "Capture from the &browser…", self._show_browser_capture)
        self._action(menu, "D&rop folder…", self._show_drop_folder)
        self._action(menu, "Fetch &waiting links", self._capturing.fetch_waiting)
        menu.addSeparator()
        self._action(menu, "Fee&ds…", self.feeds.show, "Ctrl+Shift+D")
        self._action(menu, "Re&fresh all feeds", self.feeds.schedule.refresh_all, "F5")
        menu.addSeparator()
        self._action(menu, "&Search sources", self.inbox.focus_search, "Ctrl+Shift+F")
        menu.addMenu(self.inbox.views.menu)
        self._action(menu, "&Highlights…", self._show_highlights, "Ctrl+Shift+L")
        self._action(menu, "&Tags everywhere…", self.inbox.triage.ask_tags_everywhere)
        self._action(menu, "Copy lin&k to the selected passage", lambda: self.reader.copy_link())
        menu.addSeparator()
        self.groups.add_to(self._menu("Rows a&nd versions", menu))
        self._action(menu, "&Outlets…", self._show_outlets)
        self._action(menu, "Hosts of &your own network…", self.own_hosts.show)

    def _menu_item(self) -> None:
        """What the single keys of the list do; here the keys are only told, the list answers them."""
        menu = self._menu("&Item")
        inner = QMenu("&Moving and reading", menu)
        self._menus.append(inner)

        def add(here: QMenu, text: str, act: Callable[[], object], keys: str) -> None:
            self._action(here, text, act, keys).setShortcutContext(Qt.ShortcutContext.WidgetShortcut)

        fill_window_menu(menu, inner, add, self.inbox.verbs)

    def _menu_card(self) -> None:
        menu = self._menu("&Card")
        self._action(menu, "&Add signal", self.story.add_card, "Ctrl+Shift+N")
        for text, step, keys in (("Move &up", -1, ("Up", "PgUp")), ("Move &down", 1, ("Down", "PgDown"))):
            move = self._action(menu, text, partial(self.story.move_card, step))
            chords = (f"Alt+Shift+{keys[0]}", f"Ctrl+Shift+{keys[1]}")
            move.setShortcuts([QKeySequence(chord) for chord in chords])  # desktops take the first one for themselves
        menu.addSeparator()
        cards = self.story.cards
        self._action(menu, "&Collapse or expand card", cards.fold, "Ctrl+.")
        self._action(menu, "Co&llapse all cards", partial(cards.fold_all, True))
        self._action(menu, "&Expand all cards", partial(cards.fold_all, False))
        menu.addSeparator()
        self._action(menu, "&Tie sentence to the passage in the reader", self.tying.tie, "Ctrl+Shift+J")
        self._action(menu, "U&ntie sentence", self.tying.untie)
        menu.addSeparator()
        self._action(menu, "&Park card", cards.park, "Ctrl+Shift+K")
        self._action(menu, "&Remove card", self.story.remove_card, "Ctrl+Shift+Backspace")

    def _menu_view(self) -> None:
        menu = self._menu("&View")
        for index, name in enumerate(("&Preview", "&Reader", "&Checks")):
            self._action(menu, name, partial(self.show_side, index), f"Ctrl+{index + 1}")
        menu.addMenu(self.preview.choices.as_menu)
        menu.addSeparator()
        group = QActionGroup(self)
        for choice, label in (("system", "Follow the &system"), ("light", "&Light"), ("dark", "&Dark")):
            action = self._action(menu, label, partial(self._choose_theme, choice))
            action.setCheckable(True)
            action.setChecked(choice == self._theme.choice)
            group.addAction(action)

    def _menu_go(self) -> None:
        menu = self._menu("&Go")
        self._action(menu, "To the &inbox", self.inbox.focus_list, "Ctrl+Alt+1")
        self._action(menu, "To the &headline", lambda: self.story.go_to(Place("headline")), "Ctrl+Alt+2")
        self._action(menu, "To The &News", lambda: self.story.go_to(Place("news")), "Ctrl+Alt+3")
        self._action(menu, "To the &reader", self._go_to_reader, "Ctrl+Alt+4")
        menu.addSeparator()
        self._action(menu, "To the &source of this quotation, or back", self.story.trail.turn, "Ctrl+J")
        self._action(menu, "&Back to the story", self.story.trail.back, "Alt+Left")
        self._action(menu, "&About the source in the reader", self._show_about_source)
        menu.addSeparator()
        self._action(menu, "Ne&xt problem", partial(self.checks.step, 1), "F8")
        self._action(menu, "&Previous problem", partial(self.checks.step, -1), "Shift+F8")
        mend = self._action(menu, "&Mend the problem at the caret", self._check_links.mend_in_hand, "Alt+Return")
        mend.setShortcuts([QKeySequence("Alt+Return"), QKeySequence("Alt+Enter")])
        self._action(menu, "To the &checks", self._check_links.go_to_checks, "Ctrl+Alt+5")

    def _menu_help(self) -> None:
        menu = self._menu("&Help")
        self._action(menu, "&Commands…", self._show_commands, "Ctrl+Shift+P")
        self._action(menu, "&About", self._about)

    # --- what the menus do -----------------------------------------------------------------------------------------

    def _go_to_reader(self) -> None:
        self.show_side(READER)
        self.reader.focus_text()

    def _read_on(self, step: int) -> None:
        """Space in the list: the reader goes a page on; at the end of the text the list opens the next unread source."""
        if self._stack.currentIndex() != READER:
            self.show_side(READER)
        elif not self.reader.read_on(step):
            self.inbox.open_unread()

    def _carry_out(self, verb: str) -> None:
        """A verb of the list that reaches beyond it, on the sources that are selected there."""
        verbs: dict[str, Callable[[], object]] = {
            "group": self.groups.group_selected,
            "members": self.groups.show_group,
            "apart": self.groups.take_apart,
            "changed": self.groups.ask_again,
            "versions": self.groups.show_versions,
            "whole": lambda: self.feeds.fetch_whole(self.inbox.selected),
        }
        verbs[verb]()

    def _quote_from_list(self) -> None:
        self.show_side(READER)
        self.reader.quote_or_turn()

    def _make_step(self, told: str, verb: Verb, back: Verb) -> None:
        """What is done to marks is taken back by the inbox's undo, too."""
        self.inbox.steps.do(Step(told, verb, back))

    def _show_about_source(self) -> None:
        self.show_side(READER)
        self.reader.about()

    def _show_highlights(self) -> None:
        from workstation.ui.dialogs.highlights import HighlightsDialog  # noqa: PLC0415 - keeps it off the start

        for dialog in self.findChildren(HighlightsDialog):
            dialog.close()
        dialog = HighlightsDialog(self._session, self._theme, self._desk.gathering.triaging, self._make_step, self)
        dialog.move(self._split.mapToGlobal(QPoint(8, 8)))
        dialog.finished.connect(lambda _: QTimer.singleShot(0, self, self._take_keyboard))
        dialog.show()
        dialog.activateWindow()

    def _undo_by_focus(self) -> None:
        (self.inbox if self._inbox_has_focus() else self.story).undo()

    def _redo_by_focus(self) -> None:
        (self.inbox if self._inbox_has_focus() else self.story).redo()

    def _inbox_has_focus(self) -> bool:
        """The inbox has an undo of its own; where the editor's hands are decides."""
        focus = QApplication.focusWidget()
        return focus is not None and self.inbox.isAncestorOf(focus)

    def _name_steps(self) -> None:
        undo, redo = self.story.labels()
        self._redo.setEnabled(redo is not None)
        self._undo.setToolTip(plain_tip(f"Undo {undo or ''} (Ctrl+Z)".replace("  ", " ")))
        self._redo.setToolTip(plain_tip(f"Redo {redo or ''} (Ctrl+Shift+Z)".replace("  ", " ")))

    def _show_commands(self) -> None:
        inner = [*self._menus, self.preview.choices.as_menu, self.inbox.views.menu]
        actions = [action for menu in inner for action in menu.actions()]
        palette = CommandsDialog(actions, self)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        at = self.mapToGlobal(self.rect().topLeft())
        palette.move(at.x() + (self.width() - palette.width()) // 2, at.y() + 70)
        palette.show()

    def _show_stories(self) -> None:
        from workstation.ui.dialogs.stories import StoriesDialog  # noqa: PLC0415 - keeps it off the start

        self._exec(StoriesDialog(self._session, self._theme, self._desk.writing, self._desk.shelving, self))

    def _show_browser_capture(self) -> None:
        from workstation.ui.dialogs.browser_capture import BrowserCaptureDialog  # noqa: PLC0415 - keeps it off the start

        self._exec(BrowserCaptureDialog(self._session, self._theme, self._browser, self))

    def _show_drop_folder(self) -> None:
        from workstation.ui.dialogs.drop_folder import DropFolderDialog  # noqa: PLC0415 - keeps it off the start

        self._exec(DropFolderDialog(self._drops, self))

    def _show_outlets(self) -> None:
        from workstation.ui.dialogs.outlets import OutletsDialog  # noqa: PLC0415 - keeps it off the start

        self._exec(OutletsDialog(self._session, self._desk.outlets, self))

    def _show_house_style(self) -> None:
        from workstation.ui.dialogs.house_style import HouseStyleDialog  # noqa: PLC0415 - keeps it off the start

        dialog = HouseStyleDialog(self._session, self._theme, self._desk.styles, self._desk.writing, self)
        dialog.folder_made.connect(self._style_watch.look)
        self._exec(dialog)

    def _ask_export(self) -> None:
        if self._session.story is not None:
            from workstation.ui.dialogs.handing_over.dialog import HandOverDialog  # noqa: PLC0415 - keeps it off the start

            dialog = HandOverDialog(self._session, self._theme, self._desk, self._settings, self)
            dialog.checks_wanted.connect(self._check_links.go_to_checks)
            dialog.evidence_wanted.connect(self.evidence.ask)
            self._exec(dialog)

    def _show_destinations(self) -> None:
        from workstation.ui.dialogs.destinations import DestinationsDialog  # noqa: PLC0415 - keeps it off the start

        self._exec(DestinationsDialog(self._session, self._desk, self))

    def _exec(self, dialog: QDialog) -> None:
        dialog.exec()
        dialog.deleteLater()

    def _choose_theme(self, choice: str) -> None:
        self._settings.setValue(THEME_KEY, choice)
        self._theme.choose(choice)

    def _about(self) -> None:
        told = f"Signals Workstation {__version__}\nThe desk is {self._desk.path}"
        inform(self, "Signals Workstation", told)

    def _warn(self, error: WorkstationError) -> None:
        warn(self, error)
