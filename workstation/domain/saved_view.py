"""Searches of the inbox that the editor keeps under a name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A query of the inbox with its name and its order (``newest`` or ``outlet``); ``place`` counts from 0."""

    id: int
    name: str
    query: str
    order: str = "newest"
    place: int = 0
