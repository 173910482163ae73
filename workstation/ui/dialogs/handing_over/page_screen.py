"""The browser engine of the dialog: one page after the other, never two at once, and its end in the one order that is safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal

from workstation.ui.preview import probe
from workstation.ui.preview.following import Rendered
from workstation.ui.preview.hand import Hand
from workstation.ui.preview.stage import Fit, Stage
from workstation.ui.preview.starting import Starting

if TYPE_CHECKING:
    from workstation.ui.preview.engine import Engine
    from workstation.ui.preview.screen import Screen
    from workstation.ui.theme import Theme

ONE_STORY = 1
"""The dialog hands over one story; another file of it is loaded anew."""


class PageScreen(QObject):
    """Shows pages on a stage. Until the engine has started it keeps the last one that it was given."""

    shown = Signal()
    """The newest page is on the screen."""
    refused = Signal(str)
    """There is no engine here, and why."""
    link_hovered = Signal(str)
    _left = Signal()

    def __init__(self, theme: Theme, stage: Stage, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._stage = theme, stage
        self._engine: Engine | None = None
        self._screen: Screen | None = None
        self._wanted: tuple[str, Rendered] | None = None
        self._name = ""
        self._is_busy = self._is_stopped = False
        self._starting = Starting(stage, self)
        self._starting.started.connect(self._take)
        self._starting.refused.connect(self.refused)
        # a posted event, not a timer: the deletion of the dialog is posted right after it, and would come before any timer
        self._left.connect(self._delete, Qt.ConnectionType.QueuedConnection)
        stage.fitted.connect(self._zoom)

    @property
    def shown_bytes(self) -> bytes | None:
        """The page on the screen, byte for byte."""
        return self._screen.shown_bytes if self._screen is not None else None

    def start(self) -> None:
        """Start the engine: after the first paint, unless the dialog is closed already."""
        if not self._is_stopped:
            self._starting.start()

    def stop(self) -> None:
        """Let go of the engine from a fresh event: this may be called by a key that its view received."""
        self._is_stopped = True
        self._starting.stop()
        self._wanted = None
        if self._engine is not None:
            self._engine.view.hide()
            self._left.emit()

    def show(self, name: str, page: Rendered) -> None:
        """Show a page; that of the same ``name`` is changed where it stands, so that nothing scrolls."""
        self._wanted = (name, page)
        self._go_on()

    def _take(self, engine: Engine) -> None:
        from workstation.ui.preview.screen import Screen  # noqa: PLC0415 - the engine stays out of the start-up

        self._engine = engine
        self._screen = Screen(engine, self)
        self._screen.loaded.connect(lambda: probe.remember(""))
        self._screen.refused.connect(self._release)
        self._screen.strayed.connect(self._release)
        engine.page.linkHovered.connect(self.link_hovered)
        engine.page.renderProcessTerminated.connect(lambda *_: QTimer.singleShot(0, self, self._release))
        engine.view.zoom_wished.connect(self._stage.step_zoom)
        engine.view.setAccessibleName("The page as it will be")
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._delete)
        self._stage.destroyed.connect(engine.delete)
        self._stage.hold(engine.view)
        self._theme.on_change(self._dress)
        self._go_on()

    def _go_on(self) -> None:
        if self._screen is None or self._is_busy or self._wanted is None:
            return
        (name, page), self._wanted = self._wanted, None
        if name != self._name:
            self._screen.forget()
            self._name = name
        self._is_busy = True
        self._screen.show(ONE_STORY, page, Hand(), self._end)

    def _end(self) -> None:
        self._is_busy = False
        self.shown.emit()
        self._go_on()

    def _release(self) -> None:
        """What was under way never ends."""
        self._is_busy = False
        self._name = ""
        self._go_on()

    def _zoom(self, fit: Fit) -> None:
        if self._engine is not None and abs(self._engine.view.zoomFactor() - fit.zoom) > 1e-6:
            self._engine.view.setZoomFactor(fit.zoom)

    def _dress(self) -> None:
        own = "" if self._theme.choice == "system" else "dark" if self._theme.is_dark else "light"
        if self._engine is not None and self._screen is not None:
            self._engine.page.setBackgroundColor(self._theme.colour("base"))
            self._screen.show_scheme(own)

    def _delete(self) -> None:
        engine, self._engine, self._screen = self._engine, None, None
        if engine is not None:
            engine.delete()
