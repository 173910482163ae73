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
