"""The clipboards of word processors, mail programs, browsers and web editors in ``tests/data/pasting``, each with its body."""

from __future__ import annotations

from pathlib import Path

import pytest

from workstation.domain.body import read_html, write_html
from workstation.ingest.pasting import read_pasted

FOLDER = Path(__file__).parent.parent / "data" / "pasting"
NAMES = sorted(path.name.removesuffix(".expected.html") for path in FOLDER.glob("*.expected.html"))


@pytest.mark.parametrize("name", NAMES)
def test_a_clipboard_is_read_as_its_paragraphs_lists_quotes_and_marks(name):
    clipboard = (FOLDER / f"{name}.html").read_text(encoding="utf-8")
    wanted = (FOLDER / f"{name}.expected.html").read_text(encoding="utf-8").strip()
    body = read_pasted(clipboard)
    assert write_html(body) == wanted
    assert read_html(wanted).body == body


@pytest.mark.parametrize("name", NAMES)
def test_line_ends_of_windows_in_a_clipboard_make_no_difference(name):
    clipboard = (FOLDER / f"{name}.html").read_text(encoding="utf-8")
    assert read_pasted(clipboard.replace("\n", "\r\n")) == read_pasted(clipboard)


def test_the_collection_has_the_programs_that_editors_copy_from():
    assert len(NAMES) >= 45
