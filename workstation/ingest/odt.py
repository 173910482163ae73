"""The reader of OpenDocument texts (.odt)."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.ingest.arrival import Arrival, Finding, Reading
from workstation.ingest.document_facts import stated_author, stated_date, stated_title, without_title
from workstation.ingest.packed_xml import Element, Package, attribute, damaged, first_text, local, walk
from workstation.ingest.plain import TITLE_LENGTH, one_line, paragraphs
from workstation.ingest.text import bounded_text, first_line

_UNSEEN = frozenset({"tracked-changes", "annotation", "note-citation", "ruby-text", "sequence-decls", "forms", "desc", "title"})
_BLOCKS = frozenset({"p", "h", "table-cell", "table-row", "list-item", "section"})
_SPACES = 100


def read(arrival: Arrival) -> Reading:
    """The paragraphs of a document; what was deleted under tracked changes is left out.

    Raises:
        ReadError: it is damaged, or larger than any real one.
    """
    package = Package(arrival.data)
    root = package.xml("content.xml")
    body = next((element for element in root.iter() if local(element) == "body"), None) if root is not None else None
    if body is None:
        raise damaged()
    text = bounded_text(paragraphs("".join(_words(body))))
    meta = package.xml("meta.xml")
    title = _title(body, first_text(meta, "title"), text)
    return Reading(
        text=without_title(text, title),
        text_origin="document" if text else "no text: there are only pictures in the document",
        title=title,
        author=stated_author(first_text(meta, "initial-creator", "creator")),
        published=stated_date(first_text(meta, "creation-date", "date"), arrival.captured),
        language=Finding(first_text(meta, "language"), "document"),
    )


def _title(body: Element, stated: str, text: str) -> Finding | None:
    heading = next((one_line("".join(_words(element))) for element in body.iter() if local(element) == "h"), "")
    if stated_title(stated):
        return stated_title(stated)
    if heading and text.startswith(heading):
        return Finding(heading[:TITLE_LENGTH], "heading")
    return Finding(first_line(text), "text") if text else None


def _words(root: Element) -> Iterator[str]:
    hidden: Element | None = None
    for event, element in walk(root):
        name = local(element)
        if hidden is None and event == "start" and name in _UNSEEN:
            hidden = element
        if hidden is None and event == "start":
            yield ("\n" if name in _BLOCKS else _sign(element, name)) + (element.text or "")
        if event == "end":
            if hidden is None and name in _BLOCKS:
                yield "\n"
            hidden = None if hidden is element else hidden
            if hidden is None and element is not root:
                yield element.tail or ""


def _sign(element: Element, name: str) -> str:
    if name == "s":
        count = attribute(element, "c")
        return " " * min(int(count) if count.isascii() and count.isdigit() else 1, _SPACES)
    return {"tab": "\t", "line-break": "\n"}.get(name, "")
