"""The reader of plain text."""

from __future__ import annotations

from workstation.errors import ReadError
from workstation.ingest.arrival import Arrival, Finding, Reading
from workstation.ingest.decoding import decode
from workstation.ingest.plain import TITLE_LENGTH, paragraphs

MEDIA_TYPE = "text/plain"
LENGTH = 4_000_000


def read(arrival: Arrival) -> Reading:
    """The whole text; its first line is its title.

    Raises:
        ReadError: there is no word in it, or more than anybody reads.
    """
    return read_text(decode(arrival.data, arrival.charset).text)


def read_text(text: str) -> Reading:
    """The reading of text that is already decoded; see :func:`read`."""
    lines = paragraphs(bounded_text(text))
    if not any(map(str.isalnum, lines)):
        raise ReadError(
            "There is nothing to read in this text", "It holds no words. Check that it is the right file, or paste the text."
        )
    return Reading(text=lines, text_origin="text", title=Finding(first_line(lines), "text"))


def bounded_text(text: str) -> str:
    """``text`` itself; refused above 4 million letters, since a text that was cut would pass for the whole."""
    if len(text) > LENGTH:
        raise ReadError(
            "This text is too long to read", f"It has {len(text):,} letters; at most {LENGTH:,} are read. Split the file."
        )
    return text


def first_line(lines: str) -> str:
    """The first line as a title; a whole article on one line is cut after a word."""
    line = lines.partition("\n")[0]
    if len(line) <= TITLE_LENGTH // 2:
        return line
    return line[: TITLE_LENGTH // 2].rpartition(" ")[0] + "…"
