"""The verbs of the inbox: capturing, searching, showing, asking whether sources have changed."""

from __future__ import annotations

import argparse
import sys

from workstation.cli.feeds import refreshed
from workstation.cli.fields import item_fields
from workstation.cli.telling import DONE, FAILED, say, tell
from workstation.domain.item import ItemSummary
from workstation.errors import WorkstationError
from workstation.workflow.desk import Desk


def capture(desk: Desk, call: argparse.Namespace) -> int:
    """Capture what the call names; it fails where one of them could not be had."""
    failed = False
    for target in call.targets:
        try:
            captured = desk.gathering.capture(target)
        except WorkstationError as error:
            say(str(error))
            failed = True
            continue
        say(captured.message)
        if captured.changes.feeds and not captured.items and not desk.following.is_offline:
            failed = not refreshed(call, desk.following.refresh_due) or failed
        is_kept = captured.items or captured.changes.feeds or captured.tone == "good"  # bookmarks are well kept without an item
        failed = failed or not is_kept
        for item in captured.items:
            tell(call, item_fields(desk.gathering.item(item), desk.gathering.summary(item)), item)
    return FAILED if failed else DONE


def list_items(desk: Desk, call: argparse.Namespace) -> int:
    """List what the inbox has of a query."""
    view = desk.gathering.viewing.view(call.view).query if call.view else ""
    for summary in desk.gathering.items(query=f"{view} {call.query}".strip(), limit=call.limit):
        _tell_item(desk, call, summary)
    return DONE


def show_item(desk: Desk, call: argparse.Namespace) -> int:
    """Show an item, its text, its bytes, its versions or its row."""
    item_id = desk.gathering.resolve(call.id)
    if call.original:
        sys.stdout.buffer.write(desk.gathering.original(item_id)[0])
        return DONE
    if call.versions:
        return _item_versions(desk, call, item_id)
    if call.row:
        for summary in desk.grouping.members(item_id):
            _tell_item(desk, call, summary)
        return DONE
    item = desk.gathering.item(item_id)
    fields = item_fields(item, desk.gathering.summary(item_id))
    told = item.text if call.text else "\n".join(f"{key}: {value}" for key, value in fields.items() if key != "text")
    tell(call, fields, told)
    return DONE


def _item_versions(desk: Desk, call: argparse.Namespace, item_id: str) -> int:
    for version in desk.revisiting.versions(item_id):
        seen = version.seen.isoformat() if version.seen else None
        fields = {
            "id": version.id,
            "captured": version.captured.isoformat(),
            "title": version.title,
            "words": version.words,
            "seen": seen,
            "newest": version.is_newest,
        }
        again = f"  (seen again {seen})" if seen else ""
        tell(call, fields, f"{version.id}  {fields['captured']}  {version.words} words  {version.title}{again}")
    return DONE


def revisit(desk: Desk, call: argparse.Namespace) -> int:
    """Whether sources have changed since they were captured; those that could not be asked make it fail."""
    revisit = desk.revisiting.revisit_all([desk.gathering.resolve(id) for id in call.ids])
    for answer in revisit.answers:
        fields = {"id": answer.item, "outcome": answer.outcome.value, "newest": answer.newest, "message": answer.told}
        tell(call, fields, f"{answer.item}  {answer.outcome.value:<9}  {answer.told}")
    return FAILED if any(answer.outcome == "unknown" for answer in revisit.answers) else DONE


def _tell_item(desk: Desk, call: argparse.Namespace, summary: ItemSummary) -> None:
    """One line of the inbox."""
    more = f"  (+{summary.beneath} in this row)" if summary.beneath else ""
    line = f"{summary.id}  {summary.state.value:<11}  {summary.outlet}: {summary.title}{more}"
    tell(call, item_fields(desk.gathering.item(summary.id), summary) if call.json else {}, line)
