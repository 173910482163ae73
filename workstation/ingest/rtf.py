"""The reader of Rich Text files (.rtf)."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from workstation.errors import ReadError
from workstation.ingest.arrival import Arrival, Finding, Reading
from workstation.ingest.document_facts import stated_author, stated_title, without_title
from workstation.ingest.plain import paragraphs
from workstation.ingest.text import bounded_text, first_line

_PICTURE = re.compile(
    r"\{\\(?:\*\\shppict\s*\{\\pict|pict|\*\\(?:objdata|themedata|datastore|colorschememapping|blipuid))[^{}]*\}"
)
_INFORMATION = re.compile(r"\{\\(title|author)\s+((?:[^{}]|\{[^{}]{0,200}\}){1,2000})\}")
_LENGTH = 12_000_000


def read(arrival: Arrival) -> Reading:
    """The words of a Rich Text file.

    Raises:
        ReadError: there are none, or more than anybody reads.
    """
    source = _PICTURE.sub("", arrival.data.decode("latin-1"))
    if len(source) > _LENGTH:
        raise ReadError("This file is too long to read", "It is larger than any text. Save it as a Word document.")
    text = bounded_text(paragraphs(_plain(source)))
    if not any(map(str.isalnum, text)):
        raise ReadError("There is nothing to read in this file", "It holds no words. Check that it is the right file.")
    told = {key: _plain("{\\rtf1\\ansi " + value + "}") for key, value in _INFORMATION.findall(source[:200_000])}
    title = stated_title(told.get("title")) or Finding(first_line(text), "text")
    return Reading(text=without_title(text, title), text_origin="document", title=title, author=stated_author(told.get("author")))


def _plain(source: str) -> str:
    try:
        return str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise ReadError("This file could not be read", "It is damaged or cut off. Save it again, or paste its text.") from error
