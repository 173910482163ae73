"""A list of feeds as it was read, on its way from the worker to the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FOLDER_SIGN = " / "
"""Between a folder and the one inside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A feed in a list: its address, what it is called, its site, and the folder it stands in (``""`` for none)."""

    url: str
    title: str = ""
    home: str | None = None
    folder: str = ""


@dataclass(frozen=True, slots=True)
class OutlineList:
    """The feeds of a list, each once, and the titles of those whose address is none."""

    outlines: tuple[Outline, ...]
    broken: tuple[str, ...]


def outlines_of(answer: Mapping[str, Any]) -> OutlineList:
    """What :func:`workstation.ingest.opml.opml` answered."""
    return OutlineList(tuple(Outline(**outline) for outline in answer["outlines"]), tuple(answer["broken"]))
