"""What the command line answers in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workstation.domain.claim import ClaimCheck
from workstation.domain.item import Item, ItemSummary
from workstation.domain.problem import Passed, Problem, QuotationCheck

if TYPE_CHECKING:
    from workstation.domain.feed import Feed


def feed_fields(feed: Feed) -> dict[str, Any]:
    """A feed as JSON has it."""
    return {
        "id": feed.id,
        "url": feed.url,
        "title": feed.label,
        "home": feed.home,
        "folder": feed.folder,
        "items": feed.items,
        "unread": feed.unread,
        "asked": feed.asked.isoformat() if feed.asked else None,
        "due": feed.due.isoformat(),
        "paused": feed.paused,
        "error": feed.error or None,
    }


def item_fields(item: Item, summary: ItemSummary) -> dict[str, Any]:
    """An item as JSON has it."""
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "outlet": summary.outlet,
        "author": item.author,
        "published": item.published,
        "language": item.language,
        "text": item.text,
        "words": item.words,
        "state": summary.state.value,
        "captured": item.captured.isoformat(),
        "sha256": item.sha256,
    }


def claim_fields(check: ClaimCheck) -> dict[str, Any]:
    """A sentence and what it rests on, as the command line answers in JSON; of an untied one the passage is a proposal."""
    fields = {"state": check.state.value, "place": str(check.place), "at": check.place.at, "until": check.place.until}
    passage = {"item": check.item, "start": check.start, "end": check.end, "passage": check.passage, "outlet": check.outlet}
    return fields | {"words": check.words} | passage


def quotation_fields(check: QuotationCheck) -> dict[str, Any]:
    """A quotation and what the archive says about it, as the command line answers in JSON; offsets are code points.

    ``at`` and ``until`` count in the place's text, ``start`` and ``end`` in the item's, where ``passage`` stands.
    """
    return {
        "place": str(check.place),
        "at": check.place.at,
        "until": check.place.until,
        "printed": check.printed,
        "grade": check.grade.value,
        "folded": [folding.value for folding in check.folded],
        "differing": [{"printed": printed, "source": source} for printed, source in check.differing],
        "left_out": list(check.left_out),
        "item": check.item,
        "start": check.start,
        "end": check.end,
        "passage": check.source_words,
        "standing": dict(check.standing),
    }


def problem_fields(problem: Problem) -> dict[str, Any]:
    """A problem as JSON has it; ``at`` and ``until`` are code points of the place's text, ``fingerprint`` is what is waived."""
    fix = problem.fix
    return {
        "rule": problem.rule,
        "severity": problem.severity.value,
        "place": str(problem.place),
        "message": problem.message,
        "excerpt": problem.excerpt,
        "fix": {"label": fix.label, "old": fix.old, "new": fix.new} if fix else None,
        "at": problem.place.at,
        "until": problem.place.until,
        "fingerprint": problem.fingerprint,
    }


def pass_fields(passed: Passed) -> dict[str, Any]:
    """What is in order as JSON has it: a problem's fields, with the severity ``pass`` and without a place."""
    told = f"{passed.title}: {passed.detail}" if passed.detail else passed.title
    nowhere = {"place": None, "at": None, "until": None, "fingerprint": None}
    return {"rule": passed.rule, "severity": "pass", "message": told, "excerpt": "", "fix": None, **nowhere}
