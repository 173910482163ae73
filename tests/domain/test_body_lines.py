from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain import body_lines
from workstation.domain.body import BlockKind, Body, body_from_text, read_html, write_html
from workstation.domain.body_lines import read_lines

from .test_body import bodies

FRAMES = ["<ul>", "</ul>", "<ol>", "</ol>", "<blockquote>", "</blockquote>", ""]
LINES = [
    "<p>Ice</p>",
    "<li>Ice</li>",
    "<p>Ice",
    "<p><strong>Ice</p>",
    "<p>Ice </p>",
    "Ice",
    "<p>a<br>b</p>",
    "<p></p>",
    "<h1>Ice</h1>",
]


@given(bodies)
def test_a_written_body_is_read_the_same_line_by_line(body: Body) -> None:
    assert read_lines(write_html(body)) == read_html(write_html(body))


@given(st.lists(st.sampled_from(FRAMES + LINES), max_size=7).map("\n".join))
def test_foreign_lines_are_read_as_the_whole_would_be(html: str) -> None:
    assert read_lines(html) == read_html(html)


def test_a_line_that_is_known_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    html = write_html(body_from_text("\n".join(f"Paragraph {n} of the long story." for n in range(50))))
    known = read_lines(html).body
    asked: list[str] = []
    monkeypatch.setattr(body_lines, "read_html", lambda line: asked.append(line) or read_html(line))
    again = read_lines(html.replace("Paragraph 25", "A new word in paragraph 25")).body
    assert asked == ["<p>A new word in paragraph 25 of the long story.</p>"]
    assert all(block is known.blocks[n] for n, block in enumerate(again.blocks) if n != 25)
    assert again.blocks[25].kind is BlockKind.PARAGRAPH
