"""What two texts have in common at their beginnings and ends, so that no more is changed than what differs."""

from __future__ import annotations


def common_head(one: str, other: str) -> int:
    """How many characters both begin with; by halves, because long slices are compared quickly."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def common_tail(one: str, other: str, most: int) -> int:
    """How many characters, at most ``most``, both end with."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def change_end(before: str, after: str, near: int | None = None) -> int:
    """Where in ``after`` the change from ``before`` ends, in code points.

    Where repeated letters leave several answers it is the one closest to ``near``, the last one by default.
    """
    shortest = min(len(before), len(after))
    head = common_head(before, after)
    tail = common_tail(before, after, shortest)
    least = min(tail, shortest - head)
    kept = least if near is None else min(max(least, len(after) - near), tail)
    return len(after) - kept
