"""The reader of Word documents (.docx): what a reader of the printed page would see, without what was struck out."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.ingest.arrival import Arrival, Finding, Reading
from workstation.ingest.document_facts import stated_author, stated_date, stated_title, without_title
from workstation.ingest.packed_xml import Element, Package, attribute, damaged, first_text, local, walk
from workstation.ingest.plain import TITLE_LENGTH, one_line, paragraphs
from workstation.ingest.text import bounded_text, first_line

_UNSEEN = frozenset(
    {"del", "moveFrom", "Fallback", "rt", "pPr", "rPr", "sectPr", "instrText", "delText", "delInstrText", "object"}
)
_SIGNS = {"tab": "\t", "noBreakHyphen": "\u2011", "cr": "\n", "br": "\n", "ptab": "\t"}
_TITLE_STYLES = frozenset({"title", "titel", "titre", "título", "titolo", "titulo", "otsikko", "tytuł"})
_HEADINGS = ("heading1", "berschrift1", "titre1", "ttulo1", "titolo1", "1")


def read(arrival: Arrival) -> Reading:
    """The paragraphs, headings and table rows of a document; insertions that were tracked count, deletions do not.

    Raises:
        ReadError: it is damaged, or larger than any real one.
    """
    package = Package(arrival.data)
    root = package.xml("word/document.xml")
    if root is None:
        raise damaged()
    notes = [package.xml(f"word/{name}.xml") for name in ("footnotes", "endnotes")]
    text = bounded_text(paragraphs("".join(words for part in [root, *notes] if part is not None for words in _words(part))))
    core = package.xml("docProps/core.xml")
    title = _title(root, first_text(core, "title"), text)
    return Reading(
        text=without_title(text, title),
        text_origin="document" if text else "no text: there are only pictures in the document",
        title=title,
        author=stated_author(first_text(core, "creator")),
        published=stated_date(first_text(core, "created"), arrival.captured),
        language=Finding(first_text(core, "language"), "document"),
    )


def _title(root: Element, stated: str, text: str) -> Finding | None:
    """The paragraph set as the title, then the title in the properties, a first heading, the first line."""
    styled = [(_style(paragraph), one_line("".join(_words(paragraph)))) for paragraph in _opening(root)]
    for style, words in styled:
        if words and style in _TITLE_STYLES:
            return Finding(words[:TITLE_LENGTH], "heading")
    heading = next((words for style, words in styled if words and style.endswith(_HEADINGS)), "")
    found = stated_title(stated) or (Finding(heading[:TITLE_LENGTH], "heading") if heading else None)
    return found or (Finding(first_line(text), "text") if text else None)


def _opening(root: Element) -> list[Element]:
    opening = []
    for element in root.iter():
        if local(element) == "p":
            opening.append(element)
            if len(opening) == 20:
                break
    return opening


def _style(paragraph: Element) -> str:
    style = next((element for element in paragraph.iter() if local(element) == "pStyle"), None)
    return attribute(style, "val").lower() if style is not None else ""


def _words(root: Element) -> Iterator[str]:
    """Text and line ends. The cells of a row stand on one line when each holds one paragraph."""
    hidden: Element | None = None
    rows: list[bool] = []
    for event, element in walk(root):
        name = local(element)
        if hidden is not None:
            hidden = None if event == "end" and element is hidden else hidden
        elif event == "start" and name in _UNSEEN:
            hidden = element
        elif event == "start":
            if name == "tr":
                rows.append(_on_one_line(element))
            yield _opened(element, name, bool(rows) and rows[-1])
        else:
            yield _closed(element, name, bool(rows) and rows[-1])
            if name == "tr":
                rows.pop()


def _opened(element: Element, name: str, in_row: bool) -> str:
    if name == "t":
        return element.text or ""
    if name == "p":
        return "" if in_row else "\n"
    if name == "br" and attribute(element, "type") in {"page", "column"}:
        return ""
    return _SIGNS.get(name, "")


def _closed(element: Element, name: str, in_row: bool) -> str:
    if name == "p":
        return "" if in_row else "\n"
    if name == "tc":
        return ("" if element.getnext() is None else " | ") if in_row else "\n"
    return "\n" if name == "tr" else ""


def _on_one_line(row: Element) -> bool:
    cells = [cell for cell in row if local(cell) == "tc"]
    return len(cells) > 1 and all(
        [local(inside) for inside in cell.iter() if local(inside) in {"p", "tbl"}] == ["p"] for cell in cells
    )
