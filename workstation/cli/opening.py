"""The desk for a verb: one that only reads does so also where the desk cannot be written, or is open in a window."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from workstation.cli.call import store_path
from workstation.cli.telling import say, tell
from workstation.errors import StoreBusyError, StoreElsewhereError, StoreReadOnlyError
from workstation.workflow.desk import Desk
from workstation.workflow.relocating import look_at
from workstation.workflow.second_start import is_address, start_of, tell_first_window

_WINDOW_ANSWERS = 3.0
"""Seconds: it may not be a window that has the desk open."""
_READING = {"items", "item", "perspective", "ledger", "evidence", "preview", "backup"}
_READING_WITHIN: Mapping[str, set[str | None]] = {
    "story": {"list", "show", "export-document"},
    "feeds": {"list", "export", None},
    "destinations": {"list", None},
}


def open_desk(call: argparse.Namespace) -> Desk:
    """The desk that ``call`` is about; the hosts of the own network that it names may be fetched from.

    Raises:
        StoreError: it cannot be opened in a way in which the verb could be carried out.
    """
    desk = _opened(call)
    desk.gathering.consents.allow_for_now(call.allow_host or ())
    return desk


def _opened(call: argparse.Namespace) -> Desk:
    path = store_path(call)
    lie = look_at(path)
    if lie.is_unsafe:
        say(f"{lie.told} Open the window to keep the desk on this machine.")
    try:
        return Desk.open(path, offline=call.offline, take_over=call.take_over)
    except (StoreBusyError, StoreElsewhereError):
        if not only_reads(call):
            raise
        told = ""
    except StoreReadOnlyError:
        if not only_reads(call) and call.verb != "export":
            raise
        told = "The desk cannot be written; it is read as it lies. "
    desk = Desk.open(path, offline=call.offline, read_only=True)
    if told or desk.store.remark:
        say(f"{told}{desk.store.remark}".strip())
    return desk


def captured_in_window(call: argparse.Namespace) -> bool:
    """Let the window that has the desk open capture what ``call`` names; False when no window answers.

    Raises:
        StoreError: the window does not take it.
    """
    start = start_of(call.targets)
    if not all(is_address(target) or Path(target).exists() for target in start.targets):
        return False
    if not tell_first_window(store_path(call), start, patience=_WINDOW_ANSWERS):
        return False
    for target in start.targets:
        tell(call, {"target": target, "window": True}, target)
    say("The desk is open in a window, which captures it.")
    return True


def only_reads(call: argparse.Namespace) -> bool:
    """Whether a verb changes nothing in the desk."""
    if call.verb == "review":
        return call.fix is None
    inner = _READING_WITHIN.get(str(call.verb))
    return call.verb in _READING if inner is None else getattr(call, f"{call.verb}_verb") in inner
