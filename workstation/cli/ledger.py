"""The verb of the ledger: what was handed over, and what has changed since."""

from __future__ import annotations

import argparse
from typing import Any

from workstation.cli.telling import DONE, FAILED, NO, WRONG_CALL, say, tell
from workstation.domain.ledger import LedgerEntry
from workstation.domain.word_diff import Change, PartDiff
from workstation.workflow.desk import Desk

SHOWN_HASH = 12


def ledger(desk: Desk, call: argparse.Namespace) -> int:
    """List the hand-overs of a story or of all, oldest first, or tell what has changed since the last one."""
    if call.changes:
        return _changes(desk, call)
    number = desk.writing.id_of(call.slug) if call.slug else None
    for entry in desk.store.ledger.entries(number):
        tell(call, _fields(entry), _line(entry))
    if number is not None:
        for standing in desk.publishing.handed_over.standings(number):
            if standing.is_behind:
                say(f"{standing.place} still has version {standing.entry.version}.")
    return DONE


def _changes(desk: Desk, call: argparse.Namespace) -> int:
    """What readers get otherwise than at the last hand-over; the answer is no while that is anything."""
    if not call.slug:
        say("Name the story whose changes are wanted: workstation ledger SLUG --changes.")
        return WRONG_CALL
    number = desk.writing.id_of(call.slug)
    last = desk.publishing.handed_over.last(number)
    if last is None:
        say("The story was never handed over.")
        return NO
    changes = desk.publishing.what_changed(number)
    if changes is None:
        say(f"The text that was handed over at {last.exported.isoformat()} was not kept, so nothing can be compared with it.")
        return FAILED
    card = ""
    for part in changes.parts:
        card = part.name if part.field == "card" else card if part.field in ("sources", "body") else ""
        if part.changed:
            where = f"{card}, {part.title}" if card and card != part.name else part.title
            tell(call, _part_fields(part, card), f"{where}: {_told(part)}")
    since = f"the hand-over of {last.exported.isoformat()} (version {last.version}, {last.profile}, {last.place})"
    say(f"Changed since {since}: {changes.told}." if changes else f"Nothing has changed since {since}.")
    return NO if changes else DONE


def _line(entry: LedgerEntry) -> str:
    where = f"{entry.place}{f' ({entry.address})' if entry.address else ''}"
    about = f"{entry.exported.isoformat()}  {entry.slug}  v{entry.version}  {entry.change.value:<10}  {entry.profile:<9}"
    note = f"  “{entry.note}”" if entry.note else ""
    return f"{about}  {where}  {entry.sha256[:SHOWN_HASH]}{note}"


def _fields(entry: LedgerEntry) -> dict[str, Any]:
    """An entry as JSON has it."""
    return {
        "slug": entry.slug,
        "handed_over": entry.exported.isoformat(),
        "version": entry.version,
        "change": entry.change.value,
        "note": entry.note,
        "profile": entry.profile,
        "publication": entry.publication,
        "folder": entry.folder or None,
        "destination": entry.destination or None,
        "post": entry.post or None,
        "address": entry.address or None,
        "sha256": entry.sha256,
        "files": dict(entry.files),
        "document": entry.document or None,
        "kept": entry.kept,
    }


def _part_fields(part: PartDiff, card: str) -> dict[str, Any]:
    """A part that changed as JSON has it; ``old`` and ``new`` are its texts, ``pieces`` lead from one to the other."""
    pieces = [{"text": piece.text, "change": piece.change.value} for piece in part.pieces if piece.text]
    texts = {
        name: "".join(piece.text for piece in part.pieces if piece.change is not other)
        for name, other in (("old", Change.ADDED), ("new", Change.REMOVED))
    }
    return {"part": part.name, "card": card or None, "field": part.field, "note": part.note or None, **texts, "pieces": pieces}


def _told(part: PartDiff) -> str:
    """The words of a part as a line: what went as ``[-…-]``, what came as ``{+…+}``."""
    signs = {Change.KEPT: ("", ""), Change.REMOVED: ("[-", "-]"), Change.ADDED: ("{+", "+}")}
    return "".join(f"{signs[piece.change][0]}{piece.text}{signs[piece.change][1]}" for piece in part.pieces)
