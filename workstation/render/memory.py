"""Markup that was made already: a page of a hundred cards is rendered at every key, and only one card has changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import RLock
from typing import ParamSpec

from cachetools import LRUCache, cached

P = ParamSpec("P")

ROOM = 1_500_000
"""Characters of markup that one function remembers; a story of 300 KB fits twice, and each key of a day adds a card."""


def remembered(make: Callable[P, str]) -> Callable[P, str]:
    """``make``, a pure function of hashable values, with its latest results kept; any thread may call it."""
    memory: LRUCache[Hashable, str] = LRUCache(ROOM, getsizeof=len)
    return cached(memory, lock=RLock())(make)
