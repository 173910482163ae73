"""Sentences of a text, so that the keyboard can select what is worth quoting."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QTextBoundaryFinder

from workstation.ui.reader.passages import Passage, trimmed


def sentence_beside(text: str, start: int, end: int, step: int) -> Passage | None:
    """The sentence after the passage from ``start`` to ``end`` (step 1) or before it (-1); code points; None at the text's end.

    With nothing selected (``start == end``) it is the one that holds the place.
    """
    sentences = [passage for passage in _sentences(text) if passage is not None]
    if start == end:
        return next((one for one in sentences if one.end > start), sentences[-1] if sentences else None)
    if step > 0:
        return next((one for one in sentences if one.end > end), None)
    return next((one for one in reversed(sentences) if one.start < start), None)


def _sentences(text: str) -> Iterator[Passage | None]:
    """Every sentence without the white space around it; no sentence runs over the end of a paragraph."""
    begun = 0
    for line in text.split("\n"):
        units = line.encode("utf-16-le")
        finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Sentence, line)
        last = 0
        while (at := finder.toNextBoundary()) >= 0:
            first = begun + len(units[: 2 * last].decode("utf-16-le"))
            yield trimmed(text, first, first + len(units[2 * last : 2 * at].decode("utf-16-le")))
            last = at
        begun += len(line) + 1
