"""The page on the screen: loaded once for a story, then patched from outside the document, never out of step with its bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QUrl, Signal

from workstation import resources
from workstation.ui.preview.engine import Engine
from workstation.ui.preview.following import Rendered
from workstation.ui.preview.hand import Hand
from workstation.ui.preview.scheme import address_of, file_at
from workstation.ui.preview.shortened import shortened
from workstation.ui.session import Sight

T = TypeVar("T")

_PATCH = "preview/patch.js"


@dataclass(frozen=True, slots=True)
class Spotted:
    """What stands at a point of the page: a card (from 1, 0 for none) and a field, as in a story document.

    In a text ``block`` is the number of the paragraph or list item from 0, ``offset`` the code points of it before the point.
    """

    card: int
    field: str
    block: int | None = None
    offset: int = 0


class Screen(QObject):
    """Shows one rendering after the other; a wish that is under way ends before the next is given."""

    loaded = Signal()
    """The page of a story stands; before its wish ends."""
    refused = Signal()
    """The engine did not load the page."""
    strayed = Signal()
    """Another document took the page's place: ``about:blank``, the one address that Chromium opens without asking."""

    def __init__(self, engine: Engine, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = engine
        self._script = resources.path(_PATCH).read_text("utf-8")
        self._pictures: Mapping[str, bytes] = {}
        self._scroll = 0.0
        self._turn = 0
        self._on_load: Callable[[Any], None] | None = None
        self._is_shortened = False
        self._scheme = ""
        self.story: int | None = None
        self.shown_bytes: bytes | None = None
        engine.page.loadFinished.connect(self._end_load)
        engine.page.urlChanged.connect(self._watch_address)

    def show(self, story: int, rendering: Rendered, hand: Hand, finished: Callable[[], None]) -> None:
        """Load the page of another story; of the same one, patch what changed. ``hand`` is where the editor writes."""
        text = rendering.files[rendering.main]
        pictures = {name: data for name, data in rendering.files.items() if name != rendering.main}
        done = self._ending(text, finished)
        is_other_picture = self._has_other_picture(pictures)
        self._pictures = pictures
        self._engine.files.files = rendering.files
        if story != self.story:
            self._load(story, rendering.main, 0.0, done)
        elif is_other_picture:
            self._engine.run("window.scrollY", lambda top: self._load(story, rendering.main, float(top or 0), done))
        elif text != self.shown_bytes:
            self._patch(text.decode(), hand, done)
        else:
            done(None)

    def verify(self) -> None:
        """Patch with the whole page once more: whatever a patch with a part of it may have left is mended."""
        if self._is_shortened and self.story is not None and self.shown_bytes is not None:
            self._is_shortened = False
            self._engine.run(_call(self.shown_bytes.decode(), None))

    def _patch(self, text: str, hand: Hand, done: Callable[[Any], None]) -> None:
        """Send what changed; the whole text where the document on the screen is not the one it was shortened for."""
        short = shortened(self.shown_bytes.decode(), text) if self.shown_bytes is not None else None
        if short is None:
            self._engine.run(_call(text, hand), done)
            return

        def answered(fits: Any) -> None:
            if fits is True:
                done(None)
            else:
                self._engine.run(_call(text, hand), done)

        self._is_shortened = True
        self._engine.run(_call(short.text, hand, short.cards, short.paragraphs), answered)

    def show_card(self, number: int, *, bring_into_view: bool = True) -> None:
        """Outline a card, counted from 1 (0 for none), and bring it into view as soon as it is there."""
        if self.story is not None:
            self._engine.run(f"workstation.showCard({number}, {json.dumps(bring_into_view)})")

    def follow(self, hand: Hand) -> None:
        """Keep the line in view that the editor's caret stands in."""
        if self.story is not None:
            self._engine.run(f"workstation.follow({json.dumps(hand.place)})")

    def place_at(self, x: float, y: float, answer: Callable[[Spotted], object]) -> None:
        """Hand what stands at a point of the view to ``answer``, when it is a part of the story."""
        self._ask(f"workstation.placeAt({x}, {y})", Spotted, answer)

    def sight(self, answer: Callable[[Sight], object]) -> None:
        """Hand what part of the story is looked at to ``answer``."""
        self._ask("workstation.sight()", Sight, answer)

    def _ask(self, script: str, kind: Callable[..., T], answer: Callable[[T], object]) -> None:
        """Hand what the page says, an object written as JSON, to ``answer``; nothing when it has nothing to say."""

        def hand_on(found: Any) -> None:
            if isinstance(found, str) and found:
                answer(kind(**json.loads(found)))

        if self.story is not None:
            self._engine.run(script, hand_on)

    def show_sight(self, sight: Sight) -> None:
        """Scroll to the part of the story that is looked at elsewhere."""
        if self.story is not None:
            self._engine.run(f"workstation.showSight({json.dumps(sight.part)}, {sight.share})")

    def show_scheme(self, scheme: str) -> None:
        """Show the page as on a ``light`` or a ``dark`` screen; ``""`` as on this one."""
        self._scheme = scheme
        if self.story is not None:
            self._engine.run(f"workstation.showScheme({json.dumps(scheme)})")

    def read(self, answer: Callable[[str], object]) -> None:
        """Hand the document on the screen, written out as text, to ``answer``."""
        if self.story is not None:
            self._engine.run("workstation.serialised()", answer)

    def forget(self) -> None:
        """The page is gone; what was under way never ends."""
        self._turn += 1
        self._on_load = None
        self.story = None
        self.shown_bytes = None

    def _ending(self, text: bytes, finished: Callable[[], None]) -> Callable[[Any], None]:
        turn = self._turn

        def done(_: Any) -> None:
            if turn == self._turn:
                self.shown_bytes = text
                finished()

        return done

    def _has_other_picture(self, pictures: Mapping[str, bytes]) -> bool:
        """Whether a name that the page uses means another picture now, which no patch would show."""
        return any(self._pictures.get(name, data) != data for name, data in pictures.items() if not name.endswith(".json"))

    def _load(self, story: int, main: str, scroll: float, done: Callable[[Any], None]) -> None:
        self.story = story
        self._scroll = scroll
        self._on_load = done
        self._engine.page.open(address_of(main))

    def _watch_address(self, address: QUrl) -> None:
        if self.story is not None and file_at(address) is None:
            self.forget()
            self.strayed.emit()

    def _end_load(self, ok: bool) -> None:
        done, self._on_load = self._on_load, None
        if done is None:
            return
        if not ok:
            self.forget()
            self.refused.emit()
            return
        self._engine.run(self._script)
        if self._scheme:
            self.show_scheme(self._scheme)
        self.loaded.emit()
        self._engine.run(f"workstation.scrollTo({self._scroll})" if self._scroll else "null", done)


def _call(text: str, hand: Hand | None, *counts: int) -> str:
    """The call of the script that makes the document that of ``text``; without a hand nothing is scrolled."""
    where = (None, None) if hand is None else (hand.card, hand.place)
    return f"workstation.patch({', '.join(json.dumps(value, ensure_ascii=False) for value in (text, *where, *counts))})"
