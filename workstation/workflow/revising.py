"""Revising: what a hand-over is to the reader, from what the editor says and what went out before."""

from __future__ import annotations

from datetime import UTC, datetime, timezone

from workstation.domain.ledger import ChangeKind
from workstation.domain.publication import Publication
from workstation.domain.revision import Revision
from workstation.domain.story import Story
from workstation.errors import InputError
from workstation.render.words.characters import one_line
from workstation.render.words.dateline import local_time
from workstation.workflow.gathering import now

LONGEST_NOTE = 2000


def revision_of(story: Story, house: Publication, change: ChangeKind | None, note: str, *, is_first: bool) -> Revision:
    """The revision that the next hand-over of ``story`` is; its times are of now.

    The first hand-over is :attr:`ChangeKind.FIRST` whoever says nothing; later ones are silent then. One that came from another
    desk with its dateline may be corrected or updated at the first hand-over of this desk already. A hand-over dates nothing by
    itself but an update: when a story is first published is up to whoever puts it out, so ``first_published`` stays as it is.

    Raises:
        InputError: a correction without a note, a note that is too long, or a change of what nobody has seen.
    """
    kind, text = _kind(story, change, is_first=is_first), one_line(note)
    if kind is ChangeKind.CORRECTION and not text:
        raise InputError("A correction needs a note", "Say in a sentence what was wrong and what is right; the page prints it.")
    if len(text) > LONGEST_NOTE:
        raise InputError("The note is too long", f"It has {len(text):,} characters; at most {LONGEST_NOTE:,} fit.")
    return Revision(kind, text, _moment(story, house, kind), story.updated)


def _kind(story: Story, change: ChangeKind | None, *, is_first: bool) -> ChangeKind:
    is_said = change in (ChangeKind.CORRECTION, ChangeKind.UPDATE)
    if not is_first:
        return change if change is not None and is_said else ChangeKind.SILENT
    if change is None or not is_said:
        return ChangeKind.FIRST
    if story.first_published is None and story.updated is None:
        raise InputError(
            f"There is nothing to {'correct' if change is ChangeKind.CORRECTION else 'update'} yet",
            "The story was never handed over and has no dateline. Hand it over first, or say when it was first published.",
        )
    return change


def _moment(story: Story, house: Publication, kind: ChangeKind) -> datetime:
    """Now, with the offset that the story's zone has now; an update is never before the publication or the last update."""
    moment = now()
    if kind is ChangeKind.UPDATE:
        told = [each.replace(microsecond=0) for each in (story.first_published, story.updated) if each is not None]
        moment = max([moment, *told])
    if kind not in (ChangeKind.CORRECTION, ChangeKind.UPDATE):
        return moment
    local = local_time(moment, story, house)
    offset = local.utcoffset()
    return local.replace(tzinfo=timezone(offset) if offset else UTC)
