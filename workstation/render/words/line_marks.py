"""Lines that begin with a mark, as those of a list or a quotation do in plain text and in Markdown."""

from __future__ import annotations


def with_marks(text: str, first: str, others: str) -> str:
    """``text`` with one mark before its first line and another before the others; an empty line ends with its mark."""
    lines = text.split("\n")
    return "\n".join(f"{others if number else first}{line}".rstrip(" ") for number, line in enumerate(lines))
