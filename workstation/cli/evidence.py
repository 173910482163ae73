"""The verbs of the evidence: a packet of a story, and what one is worth."""

from __future__ import annotations

import argparse
from pathlib import Path

from workstation.cli.telling import DONE, NO, say, tell
from workstation.domain.evidence import CANNOT_TELL, WitnessKind
from workstation.domain.wording import counted
from workstation.errors import InputError
from workstation.ingest.worker import ReadingWorker
from workstation.workflow.desk import Desk
from workstation.workflow.verifying import Verified
from workstation.workflow.verifying import verify as verify_packet


def evidence(desk: Desk, call: argparse.Namespace) -> int:
    """Write the packet of a story."""
    out = desk.proving.write_packet(desk.writing.id_of(call.slug), Path(call.out))
    tell(call, {"file": str(out)}, str(out))
    return DONE


def verify(call: argparse.Namespace) -> int:
    """Hold a packet against itself; no when something is not as it says, or is not borne out."""
    packet = Path(call.packet)
    try:
        with ReadingWorker() as worker:
            verified = verify_packet(packet, worker)
    except InputError as error:
        if not packet.is_file():
            raise
        say(str(error))  # the call was right; the packet is damaged, or was altered
        return NO
    for fault in verified.faults:
        tell(call, {"kind": "fault", "message": fault}, f"not so: {fault}")
    for witness in verified.unborne:
        told = f"“{witness.words}” ({witness.place}) is {witness.state}"
        reason = f"; let pass: {witness.waived}" if witness.waived else ""
        fields = {"kind": "unborne", "message": told, "place": witness.place, "waived": witness.waived}
        tell(call, fields, f"not borne out: {told}{reason}")
    for note in verified.notes:
        tell(call, {"kind": "note", "message": note}, f"note: {note}")
    _say_summary(verified)
    return DONE if verified.is_true else NO


def _say_summary(verified: Verified) -> None:
    found = verified.evidence
    quotations, sources = found.of(WitnessKind.QUOTATION), found.of(WitnessKind.SOURCE)
    true = sum(one.holds for one in quotations)
    archived = sum(one.holds for one in sources)
    say(f"“{found.story.headline or found.story.slug}”, gathered {found.made}.")
    say(f"{true} of {counted(len(quotations), 'quotation')} true to the originals.")
    say(f"{archived} of {counted(len(sources), 'source')} archived.")
    say("Everything is as the packet says." if not verified.faults else f"{counted(len(verified.faults), 'fault')}.")
    say(CANNOT_TELL)
