"""What lies on the clipboard, by media type."""

from __future__ import annotations

from workstation.export.clipboard import for_pasting


def test_markup_tells_its_encoding_and_neither_ends_in_an_empty_line() -> None:
    assert for_pasting("<p>Étude</p>\n", "Étude\n") == {
        "text/html": '<meta charset="utf-8"><p>Étude</p>',
        "text/plain": "Étude",
    }
