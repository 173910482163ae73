"""The verbs of content systems: the destinations, and sending a story to one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from getpass import getpass
from pathlib import Path
from typing import Any

from workstation.cli.change_options import change_of
from workstation.cli.telling import DONE, say, tell
from workstation.cli.terms_options import terms_of
from workstation.domain.destination import CmsKind, Destination
from workstation.errors import InputError
from workstation.export.cms.delivery import Handling
from workstation.workflow.desk import Desk
from workstation.workflow.publication_reading import load_publication
from workstation.workflow.secrets import SECRET_VARIABLE
from workstation.workflow.sending import Sent

_LONGEST_SECRET = 4096


def destinations(desk: Desk, call: argparse.Namespace) -> int:
    """Carry out a verb of the destinations."""
    return _VERBS[call.destinations_verb or "list"](desk, call)


def send(desk: Desk, call: argparse.Namespace) -> int:
    """Send a story to a content system; told on standard error as it goes."""
    number = desk.writing.id_of(call.slug)
    sent = desk.sending.send(
        number,
        call.to,
        terms_of(call),
        publication=load_publication(Path(call.publication)) if call.publication else None,
        waive=call.waive,
        change=change_of(call),
        note=call.note,
        secret=_secret(desk, call, desk.sending.destinations.named(call.to)),
        handling=Handling(force=call.force, progress=lambda step: say(f"{step}…")),
    )
    _tell_sent(call, sent)
    embargo = desk.shelving.embargo_told(desk.writing.story(number))
    if embargo:
        say(f"{embargo}. Whoever gets the story has to be told.")
    return DONE


def _tell_sent(call: argparse.Namespace, sent: Sent) -> None:
    receipt = sent.receipt
    for name in sent.missing:
        say(f"The picture “{name}” is missing; the story was sent without it.")
    for sentence in (*sent.remarks, *receipt.left_out, *(f"{one.sentence}." for one in sent.differences)):
        say(sentence)
    fields = {
        "slug": call.slug,
        "destination": sent.destination.name,
        "post": receipt.post,
        "address": receipt.address,
        "edit": receipt.edit,
        "status": receipt.status,
        "new": receipt.is_new,
        "left_out": list(receipt.left_out),
        "missing": list(sent.missing),
        "remarks": list(sent.remarks),
        "changes": [
            {"kind": one.kind.value, "sent": one.sent, "returned": one.returned, "message": one.sentence}
            for one in sent.differences
        ],
        "sha256": sent.entry.sha256,
        "version": sent.entry.version,
        "change": sent.entry.change.value,
    }
    done = "A draft was made" if receipt.is_new else "The post was updated"
    say(f"{done} at “{sent.destination.name}” ({receipt.status}). To edit it there: {receipt.edit}")
    tell(call, fields, receipt.address)


def _list(desk: Desk, call: argparse.Namespace) -> int:
    for one in desk.sending.destinations.all():
        fields = {"name": one.name, "kind": one.kind.value, "url": one.url, "user": one.user, "publication": one.publication}
        tell(call, fields, f"{one.name}  {one.kind.value}  {one.url}{f'  {one.user}' if one.user else ''}")
    return DONE


def _add(desk: Desk, call: argparse.Namespace) -> int:
    named = Destination(name=call.name, kind=CmsKind(call.kind), url=call.url, user=call.user, publication=call.publication)
    secret = _given(call) or (getpass("Secret (nothing is shown): ") if sys.stdin.isatty() else None)
    is_kept = desk.sending.destinations.add(named, secret)
    kept = desk.sending.destinations.named(call.name)
    if not is_kept:
        say(f"The secret is not kept. Give it with each call: --secret-stdin, or the environment variable {SECRET_VARIABLE}.")
    tell(call, {"name": kept.name, "url": kept.url, "secret_kept": is_kept}, f"{kept.name}  {kept.url}")
    return DONE


def _remove(desk: Desk, call: argparse.Namespace) -> int:
    desk.sending.destinations.remove(call.name)
    say(f"“{call.name}” is forgotten. What was sent stays there.")
    return DONE


def _test(desk: Desk, call: argparse.Namespace) -> int:
    destination = desk.sending.destinations.named(call.name)
    standing = desk.sending.destinations.test(call.name, _secret(desk, call, destination))
    for sentence in standing.limits:
        say(sentence)
    fields: Mapping[str, Any] = {"site": standing.site, "user": standing.user, "limits": list(standing.limits)}
    tell(call, fields, f"{standing.site}: {standing.user}")
    return DONE


def _secret(desk: Desk, call: argparse.Namespace, destination: Destination) -> str | None:
    """The secret of this call; at a terminal it is asked for when none is known."""
    given = _given(call)
    if given or desk.sending.destinations.has_secret(destination.name) or not sys.stdin.isatty():
        return given
    return getpass(f"Secret of “{destination.name}” (nothing is shown): ")


def _given(call: argparse.Namespace) -> str | None:
    if not call.secret_stdin:
        return None
    secret = sys.stdin.read(_LONGEST_SECRET).strip()
    if not secret:
        raise InputError("There is no secret", "--secret-stdin reads it from standard input, which was empty.")
    return secret


_VERBS: Mapping[str, Callable[[Desk, argparse.Namespace], int]] = {
    "list": _list,
    "add": _add,
    "remove": _remove,
    "test": _test,
}
