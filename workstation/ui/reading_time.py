"""How long words take to read."""

from __future__ import annotations

WORDS_A_MINUTE = 220


def reading_time(words: int) -> str:
    """How long ``words`` take to read, in an editor's words."""
    seconds = round(words / WORDS_A_MINUTE * 60 / 10) * 10
    minutes, rest = divmod(seconds, 60)
    return " ".join(part for part in (f"{minutes} min" if minutes else "", f"{rest} s" if rest or not minutes else "") if part)
