"""The one place where the parts are put together."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from workstation import cli
from workstation.workflow.desk import Desk

COLLECTED_AFTER = (20_000, 20, 50)
"""The thresholds of the three generations of Python's collector."""


def run(arguments: Sequence[str]) -> int:
    """Run the program: a verb of the command line, or the window when there is none. Answers with the exit code."""
    call = cli.parse(arguments)
    if call.verb == "demo" and not call.store:
        with TemporaryDirectory(prefix="workstation-demo-") as folder:  # a demonstration leaves no trace on the editor's desk
            call.store = str(Path(folder) / "desk.db")
            return cli.run(call, _open_desk)
    if call.verb is not None:
        collect_rarely()
        return cli.run(call, _open_desk)
    gc.disable()  # until the first paint: so many objects are made at once that collecting in between costs 50 ms
    from workstation.ui.start import open_window  # noqa: PLC0415 - the command line works where Qt cannot start

    return open_window(cli.store_path(call), collect_rarely, offline=call.offline)


def collect_rarely() -> None:
    """Let Python's collector look only at what comes from now on, and less often.

    What the start made stays for good. With thousands of sources in hand a look at everything would stop the window for a tenth
    of a second, and cost a tenth of the time of an import.
    """
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)
    gc.enable()


def _open_desk(call: argparse.Namespace) -> Desk:
    return Desk.open(cli.store_path(call), offline=call.offline)
