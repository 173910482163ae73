"""The preview pane: the exported page beside the editor, following the typing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from workstation.domain.changes import Changes
from workstation.domain.problem import Place
from workstation.domain.shown_host import shown_address
from workstation.errors import WorkstationError
from workstation.ui.opening_links import open_file
from workstation.ui.preview import probe
from workstation.ui.preview.choices import Choices
from workstation.ui.preview.following import Following, Pages, Rendered
from workstation.ui.preview.forms import PAGE, Form, Framed
from workstation.ui.preview.hand import Hand
from workstation.ui.preview.message import Message
from workstation.ui.preview.scheme import runs_as_root
from workstation.ui.preview.stage import DEVICES, Device, Fit, Stage
from workstation.ui.preview.starting import Starting
from workstation.ui.preview.text_view import TextView
from workstation.ui.preview.tools import Tools
from workstation.ui.session import CaretPlace, Session, Sight
from workstation.ui.theme import ICON_SIZE, Theme
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.domain.story import Story
    from workstation.ui.preview.engine import Engine
    from workstation.ui.preview.screen import Screen, Spotted

VERIFY_MS = 700
"""A pause after which the whole page is compared with what patches made of it."""
NO_SANDBOX = "The browser engine runs without its sandbox, because the program runs as root."


class Stories(Protocol):
    """What the pane needs of writing: where a card stands in its story."""

    def story(self, number: int, /) -> Story:
        """A story as it stands on the screen."""


class PreviewPane(QWidget):
    """Shows the very bytes of the page's export and follows the story on the screen.

    The window calls :meth:`start` after its first paint and :meth:`stop` when it closes.
    """

    shown = Signal()
    """The newest words are on the screen."""
    stopped = Signal()
    """The engine is deleted."""

    def __init__(self, session: Session, theme: Theme, publishing: Pages, writing: Stories | None = None) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._pages = publishing
        self._stories = writing
        self._engine: Engine | None = None
        self._screen: Screen | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._is_started = False
        self._is_stopped = False
        self._is_deleted = False
        self._is_resting = False
        self._fit = Fit(0, 1.0)
        self._clicked = ""
        self._form = PAGE
        self._scheme = ""
        self._verifying = QTimer(self, singleShot=True, interval=VERIFY_MS)
        self._verifying.timeout.connect(self._verify)
        self._farewell = QTimer(self, singleShot=True, interval=0)
        self._farewell.timeout.connect(self._delete_engine)
        self._following = Following(session, self._render, self._show, self._say_failure)
        self._build()
        session.changed.connect(self._follow_changes)
        session.story_shown.connect(self._ask)
        session.card_shown.connect(self._show_card)
        session.sight_moved.connect(self._follow_sight)
        session.caret_moved.connect(self._follow_caret)
        theme.on_change(self._dress)

    # --- what the window and the tests use -------------------------------------------------------------------------

    @property
    def shown_bytes(self) -> bytes | None:
        """The page that is on the screen, byte for byte; None while there is none."""
        return self._screen.shown_bytes if self._screen is not None else None

    @property
    def is_settled(self) -> bool:
        """Whether what is on the screen is the newest."""
        return self._following.is_idle

    def start(self) -> None:
        """Bring the browser engine to life: after the window's first paint, once."""
        if self._is_started:
            return
        self._is_started = True
        self._starting.start()

    def stop(self) -> None:
        """Let go of the engine from a fresh event, since this may be called by a key that the view received."""
        if self._is_stopped:
            return
        self._is_stopped = True
        self._following.stop()
        self._starting.stop()
        if self._engine is not None:
            self._engine.view.hide()
        self._farewell.start()

    def read_document(self, answer: Callable[[str], object]) -> None:
        """Hand the document that is on the screen, written out as text, to ``answer``."""
        if self._screen is not None:
            self._screen.read(answer)

    def take_tools(self) -> QWidget:
        """The buttons for the width and the browser, for the window to put into its own band; the pane's band goes."""
        self._band.hide()
        return self._tools

    def open_in_browser(self) -> None:
        """Write the page as it stands into a temporary folder and hand it to the system's browser."""
        story = self._session.story
        if story is None:
            return
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="workstation-page-", ignore_cleanup_errors=True)
        folder = Path(self._folder.name)
        self._session.run(lambda _: self._pages.write_page(story, folder), self._hand_to_browser)

    # --- the parts of the pane -------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setProperty("pane", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._buttons = {device: self._device_button(device) for device in DEVICES}
        self._browser_button = _tool("Open in the browser", "Open the page as it stands in your browser", self.open_in_browser)
        self._choices = Choices(self)
        self._choices.device_chosen.connect(self._choose)
        self._choices.form_chosen.connect(self.show_form)
        self._choices.scheme_chosen.connect(self._choose_scheme)
        self._choices.zoom_stepped.connect(self._stage_step)
        self._tools = Tools(tuple(self._buttons.values()), (self._choices, self._browser_button))
        self._band = QFrame()
        self._band.setProperty("band", True)
        inside = QVBoxLayout(self._band)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._tools)

        self._message = Message(self._theme)
        self._stage = Stage(self)
        self._stage.fitted.connect(self._zoom)
        self._starting = Starting(self._stage, self)
        self._starting.started.connect(self._take_engine)
        self._starting.refused.connect(self._do_without)
        middle = QWidget()
        self._stack = QStackedLayout(middle)
        self._stack.setStackingMode(QStackedLayout.StackingMode.StackAll)  # the page is laid out before it is seen
        self._stack.addWidget(self._message)
        self._stack.addWidget(self._stage)
        self._text = TextView(self._theme)
        self._stack.addWidget(self._text)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._band)
        column.addWidget(middle, 1)
        column.addWidget(self._build_foot())
        self._message.say("The preview starts", "")

    def _build_foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("foot", True)
        row = QHBoxLayout(foot)
        row.setContentsMargins(10, 4, 10, 4)
        self._word = QLabel()
        self._size = QLabel()
        for label in (self._word, self._size):
            label.setProperty("muted", True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._word.setMinimumWidth(1)
        self._word.setAccessibleName("Where the link leads")
        row.addWidget(self._word, 1)
        row.addWidget(self._size)
        return foot

    def _device_button(self, device: Device) -> QToolButton:
        button = _tool(
            f"{device.label} width",
            f"{device.label} width: {device.width} pixels. Press again for the width of the pane.",
            lambda: self._choose(device if button.isChecked() else None),
        )
        button.setCheckable(True)
        return button

    def _dress(self) -> None:
        for device, button in self._buttons.items():
            button.setIcon(self._theme.icon(device.icon, "muted"))
        self._choices.setIcon(self._theme.icon("mdi6.eye-outline", "muted"))
        self._browser_button.setIcon(self._theme.icon("mdi6.open-in-new", "muted"))
        for label in (self._word, self._size):
            label.setFont(self._theme.font("small"))
        self._stage.setStyleSheet("")
        self._stage.setAutoFillBackground(True)
        if self._engine is not None:
            self._engine.page.setBackgroundColor(self._theme.colour("base"))
        self._show_scheme()

    @property
    def choices(self) -> Choices:
        """What the page can be looked at as, for the window's menu."""
        return self._choices

    def show_form(self, form: Form) -> None:
        """Show the story in another form."""
        stays_in_engine = not (form.is_text or self._form.is_text)
        self._form = form
        if stays_in_engine and self._screen is not None:
            self._screen.forget()  # the page of another form is loaded, not patched
            self._following.release()
        if not form.is_text:
            stands = self._screen is not None and self._screen.story is not None
            self._stack.setCurrentWidget(self._stage if stands else self._message)
        self._say_size()
        self._ask(self._session.story)

    def _render(self, story: int) -> Rendered:
        form = self._form
        if form is PAGE:
            return self._pages.page(story)
        rendering = self._pages.rendering(story, form.profile)
        return rendering if form.is_text else Framed(rendering)

    def _choose_scheme(self, scheme: str) -> None:
        self._scheme = scheme
        self._show_scheme()

    def _show_scheme(self) -> None:
        """The engine knows what the system is; a window that is dark or light of its own is told to the page."""
        own = "" if self._theme.choice == "system" else "dark" if self._theme.is_dark else "light"
        if self._screen is not None:
            self._screen.show_scheme(self._scheme or own)

    def _stage_step(self, steps: int) -> None:
        if steps:
            self._stage.step_zoom(steps)
        else:
            self._stage.set_device(self._stage.device)

    def _choose(self, device: Device | None) -> None:
        for other, button in self._buttons.items():
            button.setChecked(other is device)
        self._choices.show_device(device)
        self._stage.set_device(device.width if device else None)

    def _zoom(self, result: Fit) -> None:
        if self._engine is not None and abs(self._engine.view.zoomFactor() - result.zoom) > 1e-6:
            self._engine.view.setZoomFactor(result.zoom)
        self._fit = result
        self._say_size()

    def _say_size(self) -> None:
        """The width and zoom of the page; for a text, what it is."""
        result = self._fit
        if self._form.is_text:
            self._size.setText(self._form.label)
            self._size.setToolTip("")
            return
        percent = "" if result.zoom == 1 else f" at {result.zoom:.0%}"
        unguarded = " · no sandbox" if self._engine is not None and runs_as_root() else ""
        self._size.setText(f"{result.layout_width} px{percent}{unguarded}")
        self._size.setToolTip(NO_SANDBOX if unguarded else "")

    # --- the engine ------------------------------------------------------------------------------------------------

    def _take_engine(self, engine: Engine) -> None:
        from workstation.ui.preview.screen import Screen  # noqa: PLC0415 - the engine stays out of the start-up

        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._delete_engine)
        self._engine = engine
        engine.page.setBackgroundColor(self._theme.colour("base"))
        self._screen = screen = Screen(engine, self)
        self._show_scheme()
        screen.loaded.connect(self._say_load)
        screen.refused.connect(lambda: self._rest("The page could not be shown", "The browser engine did not load it."))
        screen.strayed.connect(lambda: self._rest("The page led away from itself", "A link in it leads to nowhere."))
        engine.view.clicked.connect(self._find_place)
        engine.page.scrollPositionChanged.connect(lambda _: self._notice_scroll())
        engine.page.linkHovered.connect(self._say_link)
        engine.page.renderProcessTerminated.connect(lambda *_: QTimer.singleShot(0, self._say_crash))
        engine.view.zoom_wished.connect(self._stage.step_zoom)
        self.destroyed.connect(engine.delete)
        self._stage.hold(engine.view)
        self._following.release()
        self._ask(self._session.story)

    def _delete_engine(self) -> None:
        """Once: the timer and the end of the application both ask for it, whichever comes first."""
        if self._is_deleted:
            return
        self._is_deleted = True
        engine, self._engine, self._screen = self._engine, None, None
        if engine is not None:
            engine.delete()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
        self.stopped.emit()

    def _do_without(self, reason: str) -> None:
        self._following.stop()
        self._tell(
            "The preview cannot start",
            f"{reason} Everything else works, and the page can be looked at in your browser.",
            ("Open the page in the browser", self.open_in_browser),
        )

    def _say_load(self) -> None:
        """A page stands for the first time: the engine works here, and the page is seen."""
        probe.remember("")
        self._stage.place()
        self._stack.setCurrentWidget(self._stage)
        self._show_card(self._session.card or "")

    def _say_crash(self) -> None:
        """The process that draws the page is gone; the words are safe, they live elsewhere."""
        self._rest("The preview stopped", "The browser engine ended unexpectedly. Your story is not touched by it.")

    def _rest(self, title: str, detail: str) -> None:
        self._is_resting = True
        if self._screen is not None:
            self._screen.forget()
        self._tell(title, detail, ("Start again", self._start_again))

    def _start_again(self) -> None:
        self._is_resting = False
        self._message.say("The preview starts", "")
        self._following.release()
        self._ask(self._session.story)

    # --- following the story ---------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask(self._session.story)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._say_link("")

    def _follow_changes(self, changes: Changes, _initiator: object) -> None:
        if self._session.story in changes.stories:
            self._ask(self._session.story)

    def _ask(self, story: int | None) -> None:
        """Nobody sees a pane that is behind another one; it catches up when it comes to the front."""
        may = (self._screen is not None or self._form.is_text) and not self._is_stopped and not self._is_resting
        if story is not None and may and self.isVisible():
            self._following.ask(story)

    def _show(self, story: int, rendering: Rendered, finished: Callable[[], None]) -> None:
        if self._form.is_text:
            self._text.show_text(rendering.files[rendering.main].decode())
            self._stack.setCurrentWidget(self._text)
            finished()
            return
        if self._screen is None:
            finished()
            return

        def done() -> None:
            finished()
            if self.is_settled:
                self.shown.emit()
                self._verifying.start()

        self._screen.show(story, rendering, self._hand(), done)

    def _verify(self) -> None:
        if self._screen is not None and self.is_settled:
            self._screen.verify()

    def _show_card(self, key: str) -> None:
        """Outline the card under the editor's hands and bring it into view; both from outside the document."""
        if self._screen is not None:
            self._screen.show_card(self._number(key), bring_into_view=key != self._clicked)
        self._clicked = ""

    def _follow_caret(self, _caret: CaretPlace) -> None:
        if self._screen is not None:
            self._screen.follow(self._hand())

    def _hand(self) -> Hand:
        """Where the editor writes now."""
        caret = self._session.caret
        return Hand(self._number(self._session.card or ""), caret, self._number(caret.card or "") if caret else 0)

    def _find_place(self, x: float, y: float) -> None:
        """The caret goes to where the page was clicked."""
        if self._screen is not None:
            self._screen.place_at(x, y, self._go_to_place)

    def _go_to_place(self, spotted: Spotted) -> None:
        number = self._session.story
        if self._stories is None or number is None:
            return
        story = self._stories.story(number)
        if spotted.card > len(story.signals):
            return
        card = story.signals[spotted.card - 1] if spotted.card else None
        self._clicked = card.key if card else ""
        body = card.body if card else story.news
        is_body = spotted.field == ("body" if card else "news")
        at = None
        if spotted.block is not None:
            at = body.place(spotted.block, spotted.offset) if is_body else spotted.offset
        self._session.show_place(Place(spotted.field, spotted.card - 1 if card else None, at))
        self._clicked = ""

    # --- scrolling together ------------------------------------------------------------------------------------------

    def _notice_scroll(self) -> None:
        """Only what the editor scrolls by hand is told; the page also scrolls when it follows."""
        if self._engine is not None and self._screen is not None and self._engine.view.is_touched:
            self._screen.sight(lambda sight: self._session.sight_moved.emit(sight, self))

    def _follow_sight(self, sight: Sight, initiator: object) -> None:
        if initiator is not self and self._screen is not None:
            self._screen.show_sight(sight)

    def _number(self, key: str) -> int:
        """The place of a card in the open story, from 1; 0 for none."""
        if not key or self._stories is None or self._session.story is None:
            return 0
        position = self._stories.story(self._session.story).position(key)
        return 0 if position is None else position + 1

    # --- words -----------------------------------------------------------------------------------------------------

    def _tell(self, title: str, detail: str, offer: tuple[str, Callable[[], None]] | None = None) -> None:
        self._message.say(title, detail, offer)
        self._stack.setCurrentWidget(self._message)

    def _say_link(self, address: str) -> None:
        width = max(40, self._word.width())
        self._word.setText(self._word.fontMetrics().elidedText(shown_address(address), Qt.TextElideMode.ElideMiddle, width))

    def _say_failure(self, error: WorkstationError) -> None:
        self._session.say_error(error)

    def _hand_to_browser(self, page: Path) -> None:
        if not open_file(page):
            self._session.say(f"No browser could be opened. The page is at {page}", "warn")


def _tool(name: str, tip: str, act: Callable[[], object]) -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(name)
    button.setToolTip(plain_tip(tip))
    button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
    button.clicked.connect(lambda: act())
    return button
