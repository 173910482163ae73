"""The reader of PDFs. What they hold is printed lines: words are kept as they are printed, lines are put together."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]

from workstation.errors import ReadError
from workstation.ingest.arrival import Arrival, Finding, Reading
from workstation.ingest.document_facts import stated_author, stated_date, stated_title, without_title
from workstation.ingest.packed_xml import Element, local
from workstation.ingest.pdf_lines import Line, lines_of
from workstation.ingest.pdf_paragraphs import body_height, paragraphs_of, without_furniture
from workstation.ingest.plain import TITLE_LENGTH, one_line, paragraphs
from workstation.ingest.text import LENGTH, bounded_text

PAGES = 5_000
SECONDS = 12.0
"""For the text of all pages; what takes longer is told to be only the first of them."""
_XMP = re.compile(rb"<x:xmpmeta\b.{0,200000}?</x:xmpmeta>", re.DOTALL)
_HEADING = 1.15
_HEADING_LENGTH = 250


def read(arrival: Arrival) -> Reading:
    """The paragraphs of a PDF. One whose pages are pictures has no text, which its ``text_origin`` says.

    Raises:
        ReadError: it is damaged or locked by a password.
    """
    document = _opened(arrival)
    try:
        pages, count = _pages(document)
        stated = _stated(document, arrival.data)
    finally:
        document.close()
    text = bounded_text(paragraphs("\n".join(paragraphs_of(pages))))
    title = _title(stated, pages, text)
    return Reading(
        text=without_title(text, title),
        text_origin=_origin(text, len(pages), count),
        title=title,
        author=stated_author(stated.author),
        published=stated_date(stated.date, arrival.captured),
        language=Finding(stated.language, "document"),
    )


def _opened(arrival: Arrival) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(arrival.data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(
                f"{arrival.name or 'This PDF'} is locked",
                "It opens only with a password. Save it without one, or paste its text.",
            ) from error
        raise ReadError(
            f"{arrival.name or 'This PDF'} could not be read",
            "It is damaged, cut off or no PDF. Save it again, or paste its text.",
        ) from error


def _pages(document: pypdfium2.PdfDocument) -> tuple[list[list[Line]], int]:
    """The lines of the pages that could be read in time, and how many pages there are."""
    count = len(document)
    until = time.monotonic() + SECONDS
    pages: list[list[Line]] = []
    letters = 0
    for number in range(min(count, PAGES)):
        if time.monotonic() > until or letters > LENGTH:
            break
        pages.append(_lines(document, number))
        letters += sum(len(line.text) for line in pages[-1])
    return pages, count


def _lines(document: pypdfium2.PdfDocument, number: int) -> list[Line]:
    """The lines of a page; a damaged page has none."""
    try:
        page = document[number]
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        return []
    try:
        return lines_of(textpage, number)
    finally:
        textpage.close()
        page.close()


def _origin(text: str, read: int, count: int) -> str:
    if not text:
        return "no text: its pages are pictures of words, which this program does not read"
    return "document" if read == count else f"document: only its first {read:,} of {count:,} pages were read"


# --- what it says of itself ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Stated:
    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""


def _stated(document: pypdfium2.PdfDocument, data: bytes) -> _Stated:
    """The document's own properties, and where these are silent those of its XMP packet."""
    try:
        told = document.get_metadata_dict()
    except (pypdfium2.PdfiumError, UnicodeError, ValueError):
        told = {}
    packet = _packet(data)
    return _Stated(
        title=told.get("Title") or _in_packet(packet, "title"),
        author=told.get("Author") or _in_packet(packet, "creator"),
        date=told.get("CreationDate") or _in_packet(packet, "CreateDate"),
        language=_in_packet(packet, "language"),
    )


def _packet(data: bytes) -> Element | None:
    found = _XMP.search(data)
    if not found:
        return None
    try:
        return etree.fromstring(found.group(0), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _in_packet(packet: Element | None, name: str) -> str:
    if packet is None:
        return ""
    for element in packet.iter():
        if local(element) == name:
            return one_line(", ".join(words for text in element.itertext() if (words := text.strip())))
        value = next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
        if value:
            return one_line(value)
    return ""


def _title(stated: _Stated, pages: Sequence[Sequence[Line]], text: str) -> Finding | None:
    """The title in the properties where the first page shows it too, or no heading stands there; else that heading."""
    told = stated_title(stated.title)
    heading = _heading(pages)
    if told and heading and _letters(told.value) not in _letters(text[:6_000]):
        told = None
    if told and heading and _letters(told.value) in _letters(heading):
        return Finding(heading[:TITLE_LENGTH], "heading") if len(heading) < 2 * len(told.value) else told
    return told or (Finding(heading[:TITLE_LENGTH], "heading") if heading else None)


def _heading(pages: Sequence[Sequence[Line]]) -> str:
    """The largest words of the first page, where they are larger than the text and few."""
    first = next((page for page in pages if page), [])
    plain = body_height(pages)
    lines = [line for line in without_furniture([first])[0] if any(map(str.isalpha, line.text))]
    largest = max((line.height for line in lines if len(line.text) > 3), default=0.0)
    if not lines or largest < _HEADING * plain:
        return ""
    found = [line for line in lines if line.height > 0.93 * largest]
    words = paragraphs_of([found])
    return (
        one_line(" ".join(words))[:_HEADING_LENGTH]
        if len(" ".join(words)) <= _HEADING_LENGTH
        else one_line(words[0])[:_HEADING_LENGTH]
    )


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
