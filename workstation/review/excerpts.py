"""The words around a fault, as a list of problems shows them."""

from __future__ import annotations


def words_around(text: str, start: int, end: int, most: int) -> str:
    """``text[start:end]`` with at most ``most`` code points of its paragraph on each side, cut between words, on one line."""
    first = max(0, start - most, text.rfind("\n", 0, start) + 1)
    break_at = text.find("\n", end)
    last = min(len(text) if break_at < 0 else break_at, end + most)
    before, after = text[first:start], text[end:last]
    if first and not text[first - 1].isspace() and " " in before:
        before = before.partition(" ")[2]
    if last < len(text) and not text[last].isspace() and " " in after:
        after = after.rpartition(" ")[0]
    return " ".join(f"{before}{text[start:end]}{after}".split())
