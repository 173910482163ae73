"""The reader of words that were copied out of a page in a browser, with the page's address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from workstation.domain.body import count_words
from workstation.domain.item import PART_OF_PAGE, Capture, item_id
from workstation.ingest.decoding import decode
from workstation.ingest.pasting import read_pasted
from workstation.ingest.reading import read
from workstation.ingest.worker import answer_of, capture_of

if TYPE_CHECKING:
    from workstation.ingest.worker import ReadingWorker

JOB = "passage"
HTML = "text/html"


def copied(worker: ReadingWorker, text: str, *, html: str, url: str, captured: datetime) -> Capture:
    """The item of a copied passage, read by the worker; its original is the clipboard's HTML where there is one.

    Raises:
        ReadError: it holds no words, or it took too much time or memory.
    """
    data = (html or text).encode("utf-8", "replace")
    known = {"captured": captured.isoformat(), "url": url, "text": text if html else "", "is_html": bool(html)}
    answer, _ = worker.ask(JOB, data, known)
    return capture_of(answer, data, captured)


def passage(data: bytes, known: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The worker's job: ``known`` holds ``captured`` (ISO 8601), ``url``, the clipboard's plain ``text`` and ``is_html``."""
    words = decode(data, "utf-8").text
    if known["is_html"]:
        words = _fuller(known["text"], "\n".join(block.text for block in read_pasted(words).blocks))
    url = known["url"]
    captured = datetime.fromisoformat(known["captured"])
    read_as_text = read(words.encode("utf-8", "replace"), captured=captured, media_type="text/plain", charset="utf-8", url=url)
    item = read_as_text.item
    origins = {**item.origins, "text": PART_OF_PAGE, "url": "clipboard"}
    made = replace(
        item,
        id=item_id(data, url),
        sha256=sha256(data).hexdigest(),
        media_type=HTML if known["is_html"] else item.media_type,
        origins=MappingProxyType(origins),
    )
    return answer_of(Capture(item=made, original=data)), b""


def _fuller(plain: str, marked: str) -> str:
    """The words of the markup, which keep paragraphs apart, unless much of what was copied is missing there."""
    return marked if count_words(marked) * 2 >= count_words(plain) else plain
