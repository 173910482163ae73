"""The verbs of the whole desk: the sample, backups, damage."""

from __future__ import annotations

import argparse
from pathlib import Path

from workstation import store
from workstation.cli.call import store_path
from workstation.cli.stories import tell_export
from workstation.cli.telling import DONE, NO, say, tell
from workstation.workflow.desk import Desk
from workstation.workflow.rescued import told_rescues


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
    """Write a whole copy of the store."""
    desk.backup(Path(call.out))
    tell(call, {"file": call.out}, call.out)
    return DONE


def restore(call: argparse.Namespace) -> int:
    """Put a backup in the place of the store."""
    path = store_path(call)
    store.restore(Path(call.file), path)
    tell(call, {"store": str(path)}, str(path))
    return DONE


def doctor(call: argparse.Namespace) -> int:
    """What is wrong with the store; a missing one is not wrong, it is made at the first start."""
    path = store_path(call)
    problems = store.check(path) if path.exists() else []
    problems += told_rescues(path.expanduser().resolve())
    for problem in problems:
        tell(call, {"problem": problem}, problem)
    say(f"The store is {path}{'' if path.exists() else ', which does not exist yet'}.")
    say(f"{len(problems)} problems." if problems else "Everything is sound.")
    return NO if problems else DONE
