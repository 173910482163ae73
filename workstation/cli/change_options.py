"""What a hand-over is to the reader, as the verbs that hand over are told it."""

from __future__ import annotations

import argparse

from workstation.domain.ledger import ChangeKind
from workstation.errors import InputError

CHANGES = (ChangeKind.CORRECTION, ChangeKind.UPDATE, ChangeKind.SILENT)


def add_change_options(parser: argparse.ArgumentParser) -> None:
    """Let a verb take ``--change`` and ``--note``."""
    told = "what the change is to the reader: a correction prints its note, an update moves the dateline (else silent)"
    parser.add_argument("--change", choices=[change.value for change in CHANGES], help=told)
    parser.add_argument("--note", default="", metavar="TEXT", help="the correction; for the other kinds kept in the ledger only")


def change_of(call: argparse.Namespace) -> ChangeKind | None:
    """The kind of change that a call names, or None.

    Raises:
        InputError: a note without a kind: nobody knows whether it is to be printed.
    """
    if call.note and call.change is None:
        detail = "Add --change correction to print it, or --change update or silent to keep it in the ledger."
        raise InputError("The note needs its kind", detail)
    return ChangeKind(call.change) if call.change else None
