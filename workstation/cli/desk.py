"""The verbs of the whole desk: the sample, backups, damage."""

from __future__ import annotations

import argparse
from pathlib import Path

from workstation.cli.call import store_path
from workstation.cli.stories import tell_export
from workstation.cli.telling import DONE, NO, say, tell
from workstation.domain.backup import Backup, BackupReason
from workstation.domain.wording import counted
from workstation.workflow import putting_back
from workstation.workflow.desk import Desk
from workstation.workflow.doctor import findings
from workstation.workflow.salvaging import salvage_desk


def demo(desk: Desk, call: argparse.Namespace) -> int:
    """The main job on the sample desk: sources in, a story checked, every profile out."""
    changes, number = desk.sampling.load()
    say(f"Captured {len(changes.items)} sample sources.")
    reviewed = desk.reviewing.review(number)
    true = sum(check.grade.is_true for check in reviewed.quotations)
    say(f"{true} of {len(reviewed.quotations)} quotations match their sources; {len(reviewed.blockers)} blockers.")
    profiles = [profile.name for profile in desk.publishing.profiles()]
    for profile, exported in zip(profiles, desk.publishing.export_each(number, profiles, Path(call.out)), strict=True):
        tell_export(call, exported, profile)
    return DONE


def sample(desk: Desk, call: argparse.Namespace) -> int:
    """Load the sample desk, or remove it."""
    if call.remove:
        changes = desk.sampling.remove()
        say(f"Removed {len(changes.items)} sample sources and {len(changes.stories)} sample stories.")
    else:
        changes, _ = desk.sampling.load()
        say(f"The sample desk is there: {len(changes.items)} sources and a story.")
    return DONE


def backup(desk: Desk, call: argparse.Namespace) -> int:
    """Write a whole copy of the store: to a file, or among the backups."""
    if call.out:
        desk.backup(Path(call.out))
        tell(call, {"file": call.out}, call.out)
        return DONE
    made = desk.backing_up.take(BackupReason.HAND)
    tell(call, _fields(made), _line(made))
    if not made.is_good:
        say(f"The backup is damaged, as the store seems to be: {made.problem}")
    return DONE if made.is_good else NO


def backups(call: argparse.Namespace) -> int:
    """List the backups, the newest first; the store need not be one that can be opened."""
    for each in putting_back.backups_of(store_path(call)):
        tell(call, _fields(each), _line(each))
    return DONE


def restore(call: argparse.Namespace) -> int:
    """Put a backup in the place of the store, or one story of it back into the store."""
    path = store_path(call)
    if call.story:
        return _restore_story(path, call)
    backup = _named(path, call.file)
    if call.salvage:
        say(putting_back.put_back_what_is_whole(backup, path).told)
    else:
        putting_back.put_back(backup, path)
    tell(call, {"store": str(path)}, str(path))
    return DONE


def _restore_story(path: Path, call: argparse.Namespace) -> int:
    with Desk.open(path, offline=call.offline) as desk:
        source = _named(path, call.file)
        line = desk.backing_up.line(source, call.story)
        _, number = desk.backing_up.bring_back(source, line)
        desk.writing.save_all()
        slug = desk.writing.story(number).slug
    tell(call, {"story": slug}, slug)
    return DONE


def _named(path: Path, name: str) -> Path:
    """A file when there is one of this name; else a number of the list, or ``latest``."""
    is_word = name == putting_back.LATEST or (name.isascii() and name.isdigit())
    return putting_back.backup_named(path, name).path if is_word and not Path(name).exists() else Path(name)


def _fields(backup: Backup) -> dict[str, object]:
    return {
        "number": backup.number,
        "made": backup.made.isoformat(),
        "reason": backup.reason.value,
        "good": backup.is_good,
        "problem": backup.problem or None,
        "size": backup.size,
        "stories": backup.stories,
        "items": backup.items,
        "file": str(backup.path),
    }


def _line(backup: Backup) -> str:
    contents = ""
    if backup.stories is not None and backup.items is not None:
        contents = f"{counted(backup.stories, 'story', 'stories')}, {counted(backup.items, 'item')}"
    state = "" if backup.is_good else f"damaged: {backup.problem}"
    made = f"{backup.made.astimezone():%Y-%m-%d %H:%M}"
    parts = (f"{backup.number:>5}", made, f"{backup.reason.value:<7}", f"{backup.size / 1e6:,.1f} MB", contents, state)
    return "  ".join([*(part for part in parts if part), str(backup.path)])


def doctor(call: argparse.Namespace) -> int:
    """What is wrong with the desk, and what is sound; a missing store is not wrong, it is made at the first start."""
    path = store_path(call)
    if call.salvage:
        return _salvage(path, call)
    problems = 0
    for finding in findings(path):
        if finding.is_sound:
            say(f"{finding.text} {finding.mend}".strip())
            continue
        problems += 1
        fields = {"problem": finding.text, "subject": finding.subject, "mend": finding.mend or None}
        tell(call, fields, f"{finding.text} {finding.mend}".strip())
    say(f"The store is {path}{'' if path.exists() else ', which does not exist yet'}.")
    say(f"{counted(problems, 'problem')}." if problems else "Everything is sound.")
    return NO if problems else DONE


def _salvage(path: Path, call: argparse.Namespace) -> int:
    salvaged = salvage_desk(path, lambda step: say(f"{step} …"))
    fields = {
        "store": str(path),
        "kept": str(salvaged.kept),
        "left_over": str(salvaged.folder) if salvaged.folder else None,
        "stories": salvaged.brought["story"],
        "items": salvaged.brought["item"],
        "stories_from_backup": salvaged.from_backup["story"],
        "items_from_backup": salvaged.from_backup["item"],
    }
    tell(call, fields, salvaged.told)
    return DONE
