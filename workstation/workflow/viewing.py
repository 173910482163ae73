"""Views: searches of the inbox that are kept under a name, and the searches made last."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workstation.domain.changes import Changes
from workstation.domain.item import ItemState
from workstation.domain.saved_view import SavedView
from workstation.errors import InputError, NotFoundError
from workstation.store import Store

VIEWS_CHANGED = Changes(views=True)
SEARCHES_KEPT = 20
SEARCHES_KEY = "inbox/searches"
COUNTED = 100
"""So many items of a view are counted at most: more are told as ``99+``."""
_NAMES_STATE = re.compile(r"(?<![-\w])(?:is|state):", re.I)


@dataclass(frozen=True, slots=True)
class ViewCount:
    """How many items a view lists, at most :data:`COUNTED`: the unread ones, or all where its query asks for a state."""

    view: SavedView
    items: int

    @property
    def told(self) -> str:
        """``""`` for none, else the number, ``99+`` where it is larger."""
        if not self.items:
            return ""
        return f"{COUNTED - 1}+" if self.items >= COUNTED else str(self.items)


class Viewing:
    """The verbs of the views."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def views(self) -> list[SavedView]:
        """Every view, in the editor's order."""
        return self._store.views.all()

    def view(self, name: str) -> SavedView:
        """The view called ``name``, whatever its capitals.

        Raises:
            NotFoundError: there is none.
        """
        views = self.views()
        found = next((view for view in views if view.name.casefold() == name.strip().casefold()), None)
        if found is None:
            known = ", ".join(view.name for view in views)
            raise NotFoundError("There is no such view", f"No view is called “{name}”; there are: {known or 'none'}.")
        return found

    def counts(self) -> list[ViewCount]:
        """Every view with the number of items that wait in it."""
        return [ViewCount(view, self._count(view)) for view in self.views()]

    def _count(self, view: SavedView) -> int:
        state = None if names_state(view.query) else ItemState.UNREAD
        return len(self._store.items.summaries(query=view.query, state=state, limit=COUNTED))

    def save(self, name: str, query: str, order: str) -> Changes:
        """Keep a query under a name, in the place of the view that bore it.

        Raises:
            InputError: the name is empty.
        """
        name = _sound(name)
        same = next((view for view in self.views() if view.name.casefold() == name.casefold()), None)
        if same is None:
            self._store.views.add(name, query.strip(), order)
        else:
            self._store.views.change(replace(same, name=name, query=query.strip(), order=order))
        return VIEWS_CHANGED

    def rename(self, view: SavedView, name: str) -> Changes:
        """Call a view otherwise.

        Raises:
            InputError: the name is empty or taken.
            NotFoundError: the view was removed meanwhile.
        """
        self._store.views.change(replace(view, name=_sound(name)))
        return VIEWS_CHANGED

    def arrange(self, ids: Sequence[int]) -> Changes:
        """Put the views in this order."""
        self._store.views.arrange(ids)
        return VIEWS_CHANGED

    def remove(self, view: SavedView) -> Changes:
        """Forget a view."""
        self._store.views.remove(view.id)
        return VIEWS_CHANGED

    def put_all(self, views: Sequence[SavedView]) -> Changes:
        """These views in the place of all there are, as undo brings them back."""
        self._store.views.put_all(views)
        return VIEWS_CHANGED

    # --- the searches made last ------------------------------------------------------------------------------------

    def searches(self) -> list[str]:
        """The last searches, newest first."""
        try:
            kept = json.loads(self._store.notes.get(SEARCHES_KEY) or "[]")
        except ValueError:
            return []
        return [search for search in kept if isinstance(search, str)][:SEARCHES_KEPT] if isinstance(kept, list) else []

    def remember_search(self, query: str) -> list[str]:
        """Put a search first among the last ones; answers with them."""
        query = query.strip()
        before = self.searches()
        if not query:
            return before
        kept = [query, *(search for search in before if search != query)][:SEARCHES_KEPT]
        self._store.notes.set(SEARCHES_KEY, json.dumps(kept, ensure_ascii=False))
        return kept


def names_state(query: str) -> bool:
    """Whether a query says itself which states it wants."""
    return _NAMES_STATE.search(query) is not None


def _sound(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise InputError("The view was not kept", "Give it a name.")
    return name
