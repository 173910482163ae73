"""On what terms a story is handed over, as the verbs that hand over are told it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from workstation.errors import InputError

if TYPE_CHECKING:
    from workstation.render.rendering import Terms


def add_terms_options(parser: argparse.ArgumentParser) -> None:
    """Let a verb take ``--lead``, ``--passages`` and ``--address``."""
    parser.add_argument("--lead", choices=("body", "featured"), help="where the lead image goes, in a form that has a choice")
    parser.add_argument("--passages", action="store_true", help="links lead to the quoted words")
    parser.add_argument("--address", metavar="URL", help="where the story stands, or will stand, on the web")


def terms_of(call: argparse.Namespace) -> Terms:
    """The terms of a call.

    Raises:
        InputError: the address is none that a reader could open.
    """
    from workstation.render.rendering import LeadPlace, Terms  # noqa: PLC0415 - as above
    from workstation.render.words.addresses import address  # noqa: PLC0415 - the start of other verbs needs none of it

    if call.address and address(call.address) is None:
        raise InputError("The address cannot be used", f"It begins with https:// or http://, unlike “{call.address}”.")
    return Terms(lead=LeadPlace(call.lead) if call.lead else None, passages=call.passages, address=call.address)
