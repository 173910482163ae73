"""An evidence packet: a story's bundle with the record of what bears it out, as one zip.

It holds what an archive of the story holds (``story.json``, ``items.json``, the original bytes at ``items/<id>``), so that the
workstation can open it, and for people ``evidence.html``, ``evidence.json`` and each source's text at ``texts/<id>.txt``.
"""

from __future__ import annotations

from workstation.domain.evidence import Evidence, text_name, write_evidence
from workstation.domain.quote import Quote
from workstation.domain.story_archive import ArchivedItem, StoryArchive, pack

RECORD = "evidence.json"
PAGE = "evidence.html"


def pack_evidence(evidence: Evidence, items: tuple[ArchivedItem, ...], quotes: tuple[Quote, ...], page: str) -> bytes:
    """The bytes of a packet; ``page`` is the text of the page that shows it.

    Raises:
        ExportError: all of it is larger than may be unpacked.
    """
    texts = {text_name(entry.item.id): entry.item.text.encode() for entry in items}
    files = {**texts, RECORD: write_evidence(evidence).encode(), PAGE: page.encode()}
    return pack(StoryArchive(evidence.document.encode(), files, items, quotes))
