"""The verbs of stories: their documents, their exports, their preview."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from workstation.cli.change_options import change_of
from workstation.cli.telling import DONE, FAILED, say, tell
from workstation.cli.terms_options import terms_of
from workstation.domain.embargo import told_embargo
from workstation.errors import InputError
from workstation.workflow.desk import Desk
from workstation.workflow.publication_reading import load_publication
from workstation.workflow.publishing import Exported


def story(desk: Desk, call: argparse.Namespace) -> int:
    """Carry out a verb of the story documents."""
    return _STORY_VERBS[call.story_verb](desk, call)


def _story_import(desk: Desk, call: argparse.Namespace) -> int:
    file = Path(call.file)
    try:
        imported = desk.documents.import_document(file)
    except InputError as error:
        if not file.is_file():
            raise
        say(str(error))  # the call was right, the document is not
        return FAILED
    for sentence in imported.left_out:
        say(sentence)
    tell(call, {"slug": imported.slug, "left_out": list(imported.left_out)}, imported.slug)
    return DONE


def _story_list(desk: Desk, call: argparse.Namespace) -> int:
    for entry in desk.writing.entries():
        embargo = told_embargo(entry.embargo, entry.time_zone) if entry.embargo else None
        fields = {
            "slug": entry.slug,
            "headline": entry.headline,
            "status": entry.status,
            "changed": entry.changed.isoformat(),
            "exported": entry.exported.isoformat() if entry.exported else None,
            "embargo": entry.embargo.isoformat() if entry.embargo else None,
            "notes": entry.notes,
        }
        tell(call, fields, f"{entry.slug}  {entry.status:<8}  {entry.headline}{f'  (embargo: {embargo})' if embargo else ''}")
    return DONE


def _story_show(desk: Desk, call: argparse.Namespace) -> int:
    story = desk.writing.story(desk.writing.id_of(call.slug))
    document = desk.documents.document(story)
    sys.stdout.write(json.dumps(json.loads(document), ensure_ascii=False) + "\n" if call.json else document)
    return DONE


def _story_export_document(desk: Desk, call: argparse.Namespace) -> int:
    out = desk.documents.export_document(desk.writing.id_of(call.slug), Path(call.out))
    tell(call, {"file": str(out)}, str(out))
    return DONE


def export(desk: Desk, call: argparse.Namespace) -> int:
    """Export a story in the form of a profile."""
    publication = load_publication(Path(call.publication)) if call.publication else None
    number = desk.writing.id_of(call.slug)
    change = change_of(call)
    exported = desk.publishing.export(
        number,
        call.profile,
        Path(call.out),
        terms=terms_of(call),
        publication=publication,
        waive=call.waive,
        change=change,
        note=call.note,
    )
    tell_export(call, exported, call.profile)
    embargo = desk.shelving.embargo_told(desk.writing.story(number))
    if embargo:
        say(f"{embargo}. Whoever gets the story has to be told.")
    return DONE


def preview(desk: Desk, call: argparse.Namespace) -> int:
    """Write the text that the preview shows."""
    publication = load_publication(Path(call.publication)) if call.publication else None
    file = desk.publishing.write_preview(desk.writing.id_of(call.slug), Path(call.out), publication)
    tell(call, {"file": str(file)}, str(file))
    return DONE


def tell_export(call: argparse.Namespace, exported: Exported, profile: str) -> None:
    """Tell where an export went, and which pictures it lacks."""
    for name in exported.missing:
        say(f"The picture “{name}” is missing; the {profile} was exported without it.")
    for remark in exported.remarks:
        say(remark)
    fields = {
        "profile": profile,
        "file": str(exported.main),
        "files": [str(path) for path in exported.files],
        "sha256": exported.entry.sha256,
        "version": exported.entry.version,
        "change": exported.entry.change.value,
        "missing": list(exported.missing),
        "remarks": list(exported.remarks),
    }
    tell(call, fields, str(exported.main))


_STORY_VERBS: Mapping[str, Callable[[Desk, argparse.Namespace], int]] = {
    "import": _story_import,
    "list": _story_list,
    "show": _story_show,
    "export-document": _story_export_document,
}
