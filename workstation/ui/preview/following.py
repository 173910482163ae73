"""Keeps the preview at the newest words: one rendering and one patch at a time, and always the last one in the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from workstation.errors import WorkstationError
from workstation.ui.session import Session

QUICK = 0.008
"""Seconds that a rendering may take in the window's thread; a longer one is made beside it the next time."""


class Rendered(Protocol):
    """What the pane needs of a rendering: its files, and which of them is the page."""

    @property
    def main(self) -> str: ...
    @property
    def files(self) -> Mapping[str, bytes]: ...


class Pages(Protocol):
    """What the pane needs of publishing."""

    def page(self, number: int, /) -> Rendered:
        """The page of a story as it stands on the screen."""

    def rendering(self, number: int, profile: str, /) -> Rendered:
        """A story as it stands on the screen in the form of a profile."""

    def write_page(self, number: int, folder: Path, /) -> Path:
        """Write the page into a folder; answers with its main file."""


Render = Callable[[int], Rendered]
"""Makes the rendering of a story as it stands on the screen; any thread may call it."""
Show = Callable[[int, Rendered, Callable[[], None]], None]
"""Takes a story, its rendering, and what to call when it is on the screen."""


class Following(QObject):
    """Renders the open story whenever it is asked to and hands the result on; wishes that come meanwhile become one."""

    def __init__(self, session: Session, make: Render, show: Show, failed: Callable[[WorkstationError], None]) -> None:
        super().__init__(session)
        self._session = session
        self._make = make
        self._show = show
        self._failed = failed
        self._story: int | None = None
        self._is_wanted = False
        self._is_busy = False
        self._last_cost = QUICK
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._begin)

    @property
    def _is_slow(self) -> bool:
        return self._last_cost >= QUICK

    @property
    def is_idle(self) -> bool:
        """Whether what is shown is the newest."""
        return not self._is_wanted and not self._is_busy

    def ask(self, story: int) -> None:
        """Show the newest words of ``story`` as soon as what is under way has ended.

        A change of the story that is shown is rendered at once when that is quick, so that the page is patched while the
        window still draws the key.
        """
        goes_on = story == self._story and not self._is_slow
        self._story = story
        self._is_wanted = True
        if self._is_busy:
            return
        if goes_on:
            self._begin()
        else:
            self._turn.start()

    def release(self) -> None:
        """What was under way will never end: its page is gone."""
        self._is_busy = False
        if self._is_wanted:
            self._turn.start()

    def stop(self) -> None:
        """Ask for nothing any more."""
        self._story = None
        self._is_wanted = False
        self._turn.stop()

    def _begin(self) -> None:
        story = self._story
        if self._is_busy or not self._is_wanted or story is None:
            return
        self._is_wanted = False
        self._is_busy = True
        if not self._is_slow:
            self._render_here(story)
        else:
            self._session.run(lambda _: self._render(story), lambda rendering: self._hand_on(story, rendering), failed=self._fail)

    def _render_here(self, story: int) -> None:
        try:
            rendering = self._render(story)
        except WorkstationError as error:
            self._fail(error)
        else:
            self._hand_on(story, rendering)

    def _render(self, story: int) -> Rendered:
        start = perf_counter()
        rendering = self._make(story)
        self._last_cost = perf_counter() - start
        return rendering

    def _hand_on(self, story: int, rendering: Rendered) -> None:
        if story == self._story:
            self._show(story, rendering, self.release)
        else:
            self.release()

    def _fail(self, error: WorkstationError) -> None:
        self._failed(error)
        self.release()
