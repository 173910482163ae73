"""A call is carried out; a failure is one clear line."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Mapping

from workstation.bugs import bug_of, keep, report
from workstation.cli import checks, desk, evidence, feeds, hosts, inbox, ledger, sending, stories, styles
from workstation.cli.telling import FAILED, NO, WRONG_CALL, say
from workstation.errors import BlockedError, HeldBackError, InputError, NotFoundError, WorkstationError
from workstation.settings import log_folder
from workstation.workflow.desk import Desk

Verb = Callable[[Desk, argparse.Namespace], int]


def run(call: argparse.Namespace, open_desk: Callable[[argparse.Namespace], Desk]) -> int:
    """Carry out a call; answers with its exit code. A failure is one clear line on standard error."""
    _speak_utf8()
    try:
        code = _carried_out(call, open_desk)
        sys.stdout.flush()
        return code
    except (BlockedError, HeldBackError) as error:
        say(f"{error.title}: {error.detail}")
        return NO
    except (InputError, NotFoundError) as error:
        say(str(error))
        return WRONG_CALL
    except WorkstationError as error:
        say(str(error))
        return FAILED
    except KeyboardInterrupt:
        say("Stopped.")
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # who read has gone; what is left goes nowhere
        return FAILED
    except OSError as error:
        say(f"It failed: {error.strerror or error}{f': {error.filename}' if error.filename else ''}.")
        return FAILED
    except Exception as error:
        _tell_bug(error, call.verb)
        return FAILED


def _tell_bug(error: Exception, verb: str) -> None:
    """What nobody foresaw: a line here, and the places in the program in the local log, without the editor's words."""
    bug = bug_of(error)
    file = keep(report(bug, {"Verb": verb}), log_folder())
    where = f"The report is in {file}; nothing was sent." if file else "The report could not be written."
    say(f"The program broke down ({bug.kind} in {bug.place}). What was kept before is kept. {where}")


def _carried_out(call: argparse.Namespace, open_desk: Callable[[argparse.Namespace], Desk]) -> int:
    if call.verb in _WITHOUT_A_DESK:
        return _WITHOUT_A_DESK[call.verb](call)
    with open_desk(call) as desk:
        return _VERBS[call.verb](desk, call)


def _speak_utf8() -> None:
    """Headlines of every language go out whatever encoding the machine prefers."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


_VERBS: Mapping[str, Verb] = {
    "demo": desk.demo,
    "capture": inbox.capture,
    "feeds": feeds.feeds,
    "items": inbox.list_items,
    "item": inbox.show_item,
    "revisit": inbox.revisit,
    "story": stories.story,
    "review": checks.review,
    "waive": checks.waive,
    "perspective": checks.perspective,
    "export": stories.export,
    "ledger": ledger.ledger,
    "preview": stories.preview,
    "evidence": evidence.evidence,
    "destinations": sending.destinations,
    "send": sending.send,
    "sample": desk.sample,
    "backup": desk.backup,
}
_WITHOUT_A_DESK: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "hosts": hosts.hosts,
    "restore": desk.restore,
    "doctor": desk.doctor,
    "style": styles.style,
    "verify": evidence.verify,
}
