"""What lies on the clipboard, so that whatever it is pasted into takes the form that it knows best."""

from __future__ import annotations

from collections.abc import Mapping

CHARSET = '<meta charset="utf-8">'
"""Without it some programs on Linux take the bytes of a clipboard for Latin-1."""
HTML = "text/html"
WORDS = "text/plain"


def for_pasting(html: str, words: str) -> Mapping[str, str]:
    """Some markup and the same in words alone, by media type.

    A block editor, a document or a mail takes the markup, a field for plain text and a terminal the words. Neither ends in an
    empty line: it would be a paragraph of its own.
    """
    return {HTML: CHARSET + html.rstrip("\n"), WORDS: words.rstrip("\n")}
