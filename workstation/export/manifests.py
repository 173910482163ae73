"""Several hand-overs in one folder: the manifest of each new one keeps what the last one told of the others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workstation.domain.manifest import FAMILY, MANIFEST

OTHERS = "others"
LARGEST_BYTES = 8 * 2**20


def with_others(folder: Path, *handed_over: Mapping[str, bytes]) -> dict[str, bytes]:
    """All files of some hand-overs with, in their manifest, those of other stories and profiles that stand in ``folder``.

    The last hand-over is at the top, the others are in ``others``; a manifest that is not ours is replaced.
    """
    files = {name: data for each in handed_over for name, data in each.items()}
    *before, new = (json.loads(each[MANIFEST]) for each in handed_over)
    keys = {_key(told) for told in (*before, new)}
    others = [*before, *(told for told in _standing(folder) if _key(told) not in keys and told["main"] not in files)]
    if not others:
        return files
    told = {**new, OTHERS: sorted(others, key=_key)}
    return {**files, MANIFEST: (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()}


def _standing(folder: Path) -> list[dict[str, Any]]:
    """What the manifest in the folder tells, hand-over by hand-over, of files that are still there."""
    file = folder / MANIFEST
    try:
        last = json.loads(file.read_bytes()) if file.stat().st_size <= LARGEST_BYTES else {}
        told = [{key: value for key, value in last.items() if key != OTHERS}, *last.get(OTHERS, [])]
        return [entry for entry in told if _is_ours(entry) and all(_key(entry)) and (folder / entry["main"]).exists()]
    except (OSError, ValueError, AttributeError, KeyError, TypeError, RecursionError):
        return []


def _is_ours(told: Mapping[str, Any]) -> bool:
    return str(told["format"]).startswith(FAMILY)


def _key(told: Mapping[str, Any]) -> tuple[str, str]:
    return told["story"]["slug"], told["profile"]
