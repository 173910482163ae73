"""What the worker's process can be asked to do with foreign bytes, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import import_module
from types import MappingProxyType
from typing import Any, cast

from workstation.ingest.reading import read
from workstation.ingest.worker import answer_of

Job = Callable[[bytes, Mapping[str, Any]], tuple[dict[str, Any], bytes]]
"""Takes the foreign bytes and what is known about them; gives a JSON object and bytes beside it; may raise ReadError."""

JOBS: Mapping[str, str] = MappingProxyType(
    {
        "item": "workstation.ingest.jobs:item",
        "feed": "workstation.ingest.feeds:feed",
        "entry": "workstation.ingest.feeds:kept",
        "opml": "workstation.ingest.opml:opml",
        "items": "workstation.ingest.unpacking:items",
        "passage": "workstation.ingest.passage:passage",
        "picture": "workstation.ingest.picture_jobs:whole",
        "part of a picture": "workstation.ingest.picture_jobs:part",
        "story archive": "workstation.ingest.trying:archive",
        "story document": "workstation.ingest.trying:document",
        "icon": "workstation.ingest.icon_jobs:picture",
        "icons beside": "workstation.ingest.icon_jobs:beside",
        "icon_places": "workstation.ingest.icon_jobs:places",
    }
)
"""``module:function`` by name; a module is loaded at its first job."""


def job_named(name: str) -> Job:
    """The job of that name; its libraries are loaded now and not before."""
    module, _, function = JOBS[name].partition(":")
    return cast("Job", getattr(import_module(module), function))


def item(data: bytes, known: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """One item; ``known`` holds ``captured`` (ISO 8601) and what :func:`workstation.ingest.reading.read` takes beside it."""
    arguments = dict(known)
    captured = datetime.fromisoformat(arguments.pop("captured"))
    return answer_of(read(data, captured=captured, **arguments)), b""
