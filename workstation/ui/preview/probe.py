"""Whether the browser engine can start here, tried in a process of its own, because a failed start ends its whole process."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Qt, QTimer, Signal, qVersion
from PySide6.QtWidgets import QApplication, QWidget

from workstation.ui.preview.scheme import address_of, prepare, register_scheme

TIMEOUT = 20_000
"""Milliseconds that a start may take; a cold one on a slow disk takes about four seconds."""
_PAGE = {"probe.html": b"<!DOCTYPE html><title>Probe</title><p>Ready"}
_ROOT = Path(__file__).resolve().parents[3]

_reasons: dict[str, str] = {}
"""What was found in this process, by Qt's version: why the engine cannot start, ``""`` when it can."""


def known_reason() -> str | None:
    """Why the engine cannot start, ``""`` when it is known to work in this session of the desktop, None when nobody tried."""
    if qVersion() in _reasons:
        return _reasons[qVersion()]
    mark = _mark()
    return "" if mark is not None and mark.is_file() else None


def remember(reason: str) -> None:
    """Keep what was found: a failure while the program runs, a success until the editor logs out."""
    _reasons[qVersion()] = reason
    mark = _mark()
    if mark is None:
        return
    with suppress(OSError):
        if reason:
            mark.unlink(missing_ok=True)
        else:
            mark.touch()


def trust() -> None:
    """The engine has started in this process; whether it shows a page here is not known before it did."""
    _reasons[qVersion()] = ""


def forget() -> None:
    """Nothing is known any more, so that a start that fails is tried in a process of its own the next time."""
    _reasons.pop(qVersion(), None)
    mark = _mark()
    if mark is not None:
        with suppress(OSError):
            mark.unlink(missing_ok=True)


def _mark() -> Path | None:
    """The file that stands for a success; in the folder that the system empties when the editor logs out."""
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return Path(folder) / f"workstation-preview-{qVersion()}" if folder else None


class Probe(QObject):
    """Tries the engine in a child process; ``ended`` carries why it cannot start, ``""`` when it can."""

    ended = Signal(str)

    def __init__(self, parent: QObject, *, program: list[str] | None = None, timeout: int = TIMEOUT) -> None:
        super().__init__(parent)
        self._command = program or [sys.executable, "-m", "workstation.ui.preview.probe"]
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._process.setProcessEnvironment(_environment())
        self._process.finished.connect(self._finish)
        self._process.errorOccurred.connect(self._fail)
        self._deadline = QTimer(self, singleShot=True, interval=timeout)
        self._deadline.timeout.connect(self._end_late)

    def start(self) -> None:
        """Begin; ``ended`` follows once."""
        self._deadline.start()
        self._process.start(self._command[0], self._command[1:])

    def stop(self) -> None:
        """Give up without an answer."""
        self._deadline.stop()
        self._process.blockSignals(True)
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(2000)

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        if code == 0 and status == QProcess.ExitStatus.NormalExit:
            self._end("")
            return
        output = bytes(self._process.readAll().data()).decode(errors="replace")
        lines = [line.strip() for line in output.splitlines() if line.strip()]
        self._end(lines[-1][:300] if lines else f"The browser engine ended with code {code} while it was tried.")

    def _fail(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._end(f"{self._command[0]} could not be started to try the browser engine.")

    def _end_late(self) -> None:
        seconds = self._deadline.interval() / 1000
        self.stop()
        self._end(f"The browser engine did not start within {seconds:g} seconds.")

    def _end(self, reason: str) -> None:
        self._deadline.stop()
        self.ended.emit(reason)


def _environment() -> QProcessEnvironment:
    environment = QProcessEnvironment.systemEnvironment()
    paths = [str(_ROOT), environment.value("PYTHONPATH", "")]
    environment.insert("PYTHONPATH", os.pathsep.join(filter(None, paths)))
    return environment


def main() -> int:
    """Start the engine, let it load and draw one page that nobody sees, and answer 0 when it did."""
    prepare()
    application = QApplication(sys.argv[:1])
    register_scheme()
    from workstation.ui.preview.engine import Engine  # noqa: PLC0415 - after the application and the scheme

    window = QWidget()
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    engine = Engine(window)
    engine.files.files = _PAGE
    answer = "document.body.textContent.trim()"

    def loaded(ok: bool) -> None:
        engine.run(answer, lambda text: application.exit(0 if ok and text == "Ready" else 1))

    engine.page.loadFinished.connect(loaded)
    engine.page.renderProcessTerminated.connect(lambda *_: application.exit(1))
    window.show()
    engine.page.open(address_of("probe.html"))
    code = application.exec()
    engine.delete()
    return code


if __name__ == "__main__":
    sys.exit(main())
