"""The one place where the parts are put together."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from workstation import cli
from workstation.collecting import collect_rarely
from workstation.workflow.desk import Desk


def run(arguments: Sequence[str]) -> int:
    """Run the program: a verb of the command line, or the window when there is none. Answers with the exit code."""
    call = cli.parse(arguments)
    if call.verb is not None:
        collect_rarely()
    if call.verb == "demo" and not call.store:
        with TemporaryDirectory(prefix="workstation-demo-") as folder:  # a demonstration leaves no trace on the editor's desk
            call.store = str(Path(folder) / "desk.db")
            return cli.run(call, _open_desk)
    if call.verb is not None:
        return cli.run(call, _open_desk)
    gc.disable()  # until the first paint: so many objects are made at once that collecting in between costs 50 ms
    from workstation.ui.start import open_window  # noqa: PLC0415 - the command line works where Qt cannot start

    return open_window(cli.store_path(call), collect_rarely, offline=call.offline, own_hosts=call.allow_host or ())


def _open_desk(call: argparse.Namespace) -> Desk:
    desk = Desk.open(cli.store_path(call), offline=call.offline)
    desk.gathering.consents.allow_for_now(call.allow_host or ())
    return desk
