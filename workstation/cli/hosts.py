"""The verb of the hosts that may be fetched from although they are not public."""

from __future__ import annotations

import argparse

from workstation.cli.telling import DONE, NO, say, tell
from workstation.workflow.consents import Consents


def hosts(call: argparse.Namespace) -> int:
    """List the hosts that are always allowed, or forget one of them."""
    consents = Consents()
    if call.forget:
        is_known = consents.forget(call.forget)
        say(f"{call.forget} is {'asked about again' if is_known else 'not among the hosts that are always allowed'}.")
        return DONE if is_known else NO
    for host in sorted(consents.remembered):
        tell(call, host._asdict(), f"{host.name}  ({host.where})")
    return DONE
