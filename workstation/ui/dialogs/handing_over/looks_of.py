"""What can be seen of a file of a hand-over: the page it is, its text, or an outline of what is inside."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath
from typing import Any
from xml.etree import ElementTree  # our own files only

from workstation.ui.dialogs.handing_over.sizes import PICTURES, told_bytes
from workstation.ui.preview.forms import Framed

MOST_CHARACTERS = 300
"""Characters of a value that its row shows; its tool tip has more."""
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_PACKED = re.compile(r"(data:[\w/+.-]+;base64,[A-Za-z0-9+/=]{24})([A-Za-z0-9+/=]{200,})")


class Language(StrEnum):
    """How a source is coloured."""

    MARKUP = "markup"
    JSON = "json"
    MARKDOWN = "markdown"
    PLAIN = "plain"


_LANGUAGES = {
    ".html": Language.MARKUP,
    ".xml": Language.MARKUP,
    ".json": Language.JSON,
    ".jsonld": Language.JSON,
    ".md": Language.MARKDOWN,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an outline: a name, a value, and the rows within it."""

    name: str
    value: str = ""
    inside: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFiles:
    """Files of which one is a page."""

    main: str
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one file is seen: as a ``page`` in the browser engine, as ``markdown``, as ``text``, or as rows of an outline.

    ``source`` is its text for the eye (None for what is no text): what is packed into it as base64 is shortened there.
    """

    name: str
    source: str | None
    language: Language = Language.PLAIN
    page: PageFiles | Framed | None = None
    markdown: str | None = None
    text: str | None = None
    rows: tuple[Row, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    is_shortened: bool = False


def text_files(main: str, files: Mapping[str, bytes]) -> list[str]:
    """The names of the files that can be looked at: the main one first, no pictures."""
    return [main, *sorted(name for name in files if name != main and not name.lower().endswith(PICTURES))]


def look_of(name: str, files: Mapping[str, bytes]) -> Look:
    """How the file ``name`` among ``files`` is seen; the others are what it may show within itself."""
    data, suffix = files[name], PurePath(name).suffix.lower()
    if suffix == ".zip":
        return Look(name=name, source=None, rows=tuple(_packed_files(data)))
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return Look(name=name, source=None, rows=(Row(name, told_bytes(len(data))),))
    source, count = _PACKED.subn(lambda found: f"{found[1]}… ({len(found[2]):,} more characters)", text)
    try:
        seen = _SEEN.get(suffix, _as_text)(name, text, files)
    except (ValueError, ElementTree.ParseError):  # broken, and so to be seen as it is
        seen = _as_text(name, text, files)
    return Look(
        name=name,
        source=source,
        language=_LANGUAGES.get(suffix, Language.PLAIN),
        is_shortened=bool(count),
        pictures=files,
        **seen,
    )


def _as_page(name: str, text: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    whole = re.match(r"\s*<(!doctype|html)\b", text, re.IGNORECASE)
    page = PageFiles(main=name, files=files)
    return {"page": page if whole else Framed(page)}


def _as_markdown(_name: str, text: str, _files: Mapping[str, bytes]) -> dict[str, Any]:
    return {"markdown": text}


def _as_text(_name: str, text: str, _files: Mapping[str, bytes]) -> dict[str, Any]:
    return {"text": text}


def _as_values(_name: str, text: str, _files: Mapping[str, bytes]) -> dict[str, Any]:
    return {"rows": tuple(_values(json.loads(text)))}


def _as_feed(name: str, text: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    """What a reader of a feed or an imported post would show; any other XML is an outline."""
    root = ElementTree.fromstring(text)  # noqa: S314 - written here a moment ago
    body = root.find(f".//{_CONTENT}")
    if body is None or not body.text:
        return {"rows": (_element(root),)}
    return {"page": Framed(PageFiles(main=name, files={**files, name: body.text.encode()}))}


_SEEN = {".html": _as_page, ".md": _as_markdown, ".xml": _as_feed, ".json": _as_values, ".jsonld": _as_values}


def _values(value: Any) -> Iterator[Row]:
    """The rows of what stands in an object or a list."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value, start=1) if isinstance(value, list) else [("", value)]
    for name, inner in pairs:
        if isinstance(inner, dict | list):
            yield Row(str(name), f"({len(inner)})" if inner else "(none)", tuple(_values(inner)))
        else:
            yield Row(str(name), inner if isinstance(inner, str) else json.dumps(inner))


def _element(element: ElementTree.Element) -> Row:
    inside = [Row(_tag(name), value) for name, value in element.attrib.items()] + [_element(inner) for inner in element]
    return Row(_tag(element.tag), (element.text or "").strip(), tuple(inside))


def _tag(name: str) -> str:
    return name.rpartition("}")[2]


def _packed_files(data: bytes) -> Iterator[Row]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for entry in packed.infolist():
            yield Row(entry.filename, told_bytes(entry.file_size))
