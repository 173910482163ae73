"""The verbs of feeds."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from workstation.cli.fields import feed_fields
from workstation.cli.telling import DONE, FAILED, NO, say, tell
from workstation.workflow.desk import Desk

if TYPE_CHECKING:
    from workstation.workflow.following import Refreshed


def feeds(desk: Desk, call: argparse.Namespace) -> int:
    """Carry out a verb of the feeds; without one they are listed."""
    return _FEED_VERBS[call.feeds_verb or "list"](desk, call)


def _feeds_list(desk: Desk, call: argparse.Namespace) -> int:
    for feed in desk.following.feeds():
        state = "paused" if feed.paused else "failing" if feed.error else "followed"
        told = f"  ({feed.error})" if feed.error else ""
        place = f"{feed.folder}: " if feed.folder else ""
        line = f"{feed.id:>4}  {state:<8}  {feed.unread:>5} unread  {place}{feed.label}  {feed.url}"
        tell(call, feed_fields(feed), f"{line}{told}")
    return DONE


def _feeds_refresh(desk: Desk, call: argparse.Namespace) -> int:
    if call.names:
        ids = [desk.following.named(name).id for name in call.names]
        return DONE if refreshed(call, partial(desk.following.refresh, ids)) else FAILED
    return DONE if refreshed(call, desk.following.refresh_due if call.due else desk.following.refresh_all) else FAILED


def _feeds_follow(desk: Desk, call: argparse.Namespace) -> int:
    followed = desk.following.follow(call.url, folder=call.folder)
    say(followed.message)
    for offer in followed.offers:
        tell(call, {"url": offer.url, "title": offer.title, "kind": offer.kind}, f"{offer.url}  {offer.title}")
    if followed.offers:
        say("Follow one of them by its address.")
        return NO
    for number in followed.feeds:
        tell(call, feed_fields(desk.following.feed(number)), desk.following.feed(number).url)
    return DONE


def _feeds_unfollow(desk: Desk, call: argparse.Namespace) -> int:
    feed = desk.following.named(call.name)
    desk.following.unfollow(feed.id)
    say(f"“{feed.label}” is followed no longer; its sources stay.")
    return DONE


def _feeds_import(desk: Desk, call: argparse.Namespace) -> int:
    followed = desk.following.import_file(Path(call.file))
    say(followed.message)
    for number in followed.feeds:
        tell(call, feed_fields(desk.following.feed(number)), desk.following.feed(number).url)
    return DONE


def _feeds_export(desk: Desk, call: argparse.Namespace) -> int:
    count = desk.following.export(Path(call.out))
    tell(call, {"file": call.out, "feeds": count}, call.out)
    return DONE


def refreshed(call: argparse.Namespace, refresh: Callable[[], Refreshed]) -> bool:
    """Ask feeds and tell how it went; False when one of them failed."""
    refreshed = refresh()
    say(refreshed.message)
    for name, cause in refreshed.failures[3:]:
        say(f"{name}: {cause}")
    if call.json:
        failures = [{"feed": name, "error": cause} for name, cause in refreshed.failures]
        tell(call, {"asked": refreshed.asked, "items": list(refreshed.items), "failures": failures}, "")
    else:
        for item in refreshed.items:
            print(item)
    return not refreshed.failures


_FEED_VERBS: Mapping[str, Callable[[Desk, argparse.Namespace], int]] = {
    "list": _feeds_list,
    "refresh": _feeds_refresh,
    "follow": _feeds_follow,
    "unfollow": _feeds_unfollow,
    "import": _feeds_import,
    "export": _feeds_export,
}
