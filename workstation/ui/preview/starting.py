"""The start of the browser engine: tried in a process of its own where nobody knows whether it can."""

from __future__ import annotations

import os

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workstation.ui.preview import probe
from workstation.ui.preview.scheme import register_scheme

SWITCH = "WORKSTATION_PREVIEW"
"""The environment variable that, set to ``off``, leaves the browser engine alone."""


class Starting(QObject):
    """Makes one engine for a stage, or says why there is none. Who gets the engine deletes it."""

    started = Signal(object)
    """The :class:`Engine`."""
    refused = Signal(str)
    """Why it cannot start, in a sentence."""

    def __init__(self, stage: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._stage = stage
        self._probe: probe.Probe | None = None

    def start(self) -> None:
        """Begin, after the first paint; ``started`` or ``refused`` follows, perhaps at once."""
        if os.environ.get(SWITCH, "").lower() == "off":
            self.refused.emit(f"It is switched off ({SWITCH}=off).")
            return
        reason = probe.known_reason()
        if reason is None:
            self._probe = probe.Probe(self)
            self._probe.ended.connect(self._end_probe)
            self._probe.start()
        elif reason:
            self.refused.emit(reason)
        else:
            self._make()

    def stop(self) -> None:
        """Give up what is under way."""
        if self._probe is not None:
            self._probe.stop()

    def _end_probe(self, reason: str) -> None:
        self._probe = None
        probe.remember(reason)
        if reason:
            self.refused.emit(reason)
        else:
            self._make()

    def _make(self) -> None:
        """Until the first page stands nothing is known again: a start that ends the program is tried apart the next time."""
        probe.forget()
        try:
            register_scheme()
            from workstation.ui.preview.engine import Engine  # noqa: PLC0415 - the engine stays out of the start-up
        except ImportError as error:
            self.refused.emit(f"A part of it is missing: {error}.")
            return
        engine = Engine(self._stage)
        probe.trust()
        self.started.emit(engine)
