"""What documents (PDF, Word, OpenDocument) say of themselves, believed only where a person seems to have said it."""

from __future__ import annotations

import re
from datetime import datetime

from workstation.ingest.arrival import Finding
from workstation.ingest.dates import iso_date
from workstation.ingest.names import names
from workstation.ingest.plain import TITLE_LENGTH, without_markup

_PROGRAM = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)\s*-\s*|untitled|unbenannt|sans titre|sin título|senza titolo|"
    r"document ?\d*$|dokument ?\d*$|"
    r"presentation ?\d*$|print(?:ing)?$|none$|null$|title$|\(?anonymous\)?$|about:blank|https?://|file:|slide \d+$|page \d+$)",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r"\.(?:pdf|docx?|odt|rtf|indd|qxd|qxp|pptx?|xlsx?|tex|dvi|ps|eps|txt|html?|pages|pub|ai)\W*$", re.IGNORECASE
)
_PROGRAM_USER = re.compile(
    r"^(?:user|admin|administrator|owner|unknown|anonymous|author|microsoft\b.*|windows\b.*|office\b.*|hp|dell|acer|asus|lenovo|pc|"
    r"python-docx|apache poi|adobe\b.*|acrobat\b.*|scan(?:ner)?\b.*|"
    r"canon\b.*|epson\b.*|xerox\b.*|ricoh\b.*|konica\b.*|default|root|"
    r"test|guest|customer)\W*\d*$",
    re.IGNORECASE,
)
_PDF_DATE = re.compile(r"^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:(Z)|([+-])(\d\d)'?(\d\d)?'?)?")
ORIGIN = "document"


def stated_title(value: object) -> Finding | None:
    """A title in a document's properties, unless a program made it of a file's name."""
    line = without_markup(value) if isinstance(value, str) else ""
    letters = sum(map(str.isalpha, line))
    if letters < 3 or _PROGRAM.match(line) or _FILE_NAME.search(line) or (" " not in line and re.search(r"[_\d]", line)):
        return None
    return Finding(line[:TITLE_LENGTH], ORIGIN)


def stated_author(value: object) -> Finding | None:
    """The people in a document's properties, unless they are a program's or a computer's name."""
    line = without_markup(value) if isinstance(value, str) else ""
    if _PROGRAM_USER.match(line) or (line.isascii() and line.islower() and " " not in line):
        return None
    people = names([line])
    return Finding(people, ORIGIN) if people else None


def stated_date(value: object, captured: datetime) -> Finding | None:
    """A date in a document's properties, as ISO 8601 or as PDF writes it."""
    text = value.strip() if isinstance(value, str) else ""
    date = iso_date(_of_pdf(text) or text, captured=captured)
    return Finding(date, ORIGIN) if date else None


def without_title(text: str, title: Finding | None) -> str:
    """A text that opens with its own title, without it; several lines may make the title."""
    wanted = " ".join((title.value if title else "").casefold().split())
    lines = text.split("\n")
    for count in range(1, min(5, len(lines))):
        if wanted and " ".join(" ".join(lines[:count]).casefold().split()) == wanted:
            return "\n".join(lines[count:])
    return text


def _of_pdf(text: str) -> str | None:
    found = _PDF_DATE.match(text)
    if not found or not found.group(3) or text[4:5] == "-":
        return None
    year, month, day, hour, minute, second, zulu, sign, ahead, minutes = found.groups()
    date = f"{year}-{month}-{day}"
    if not hour:
        return date
    zone = "+00:00" if zulu else f"{sign}{ahead}:{minutes or '00'}" if sign else ""
    return f"{date}T{hour}:{minute or '00'}:{second or '00'}{zone}"
