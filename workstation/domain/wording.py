"""How a count, and words that are too many for a line, are told."""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 source``, ``4,000 sources``; ``many`` is the plural that has another ending."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def shortened(words: str, most: int) -> str:
    """``words`` on one line; where they are more than ``most`` characters, cut at a word with an ellipsis behind it."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    space = line.rfind(" ", most // 2, most + 1)
    return f"{line[: space if space > 0 else most]}…"
