"""The outlets of the desk: what is known of them and from where, the editor's corrections, and their icons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from workstation.domain.changes import Changes, items_changed
from workstation.domain.outlet import DeskOutlet, KnownOutlet, Outlet
from workstation.domain.picture import Picture
from workstation.errors import InputError, NotFoundError
from workstation.ingest.icons import LENGTH
from workstation.ingest.worker import ReadingWorker
from workstation.store import Store
from workstation.workflow.outlet_icons import Fetch, OutletIcons

if TYPE_CHECKING:
    from workstation.ingest.outlets import OutletTable

SECONDS = 5.0


class Origin(StrEnum):
    """Where a fact about an outlet comes from."""

    TABLE = "table"
    PAGE = "page"
    EDITOR = "editor"


def _table() -> OutletTable:
    from workstation.ingest.outlets import outlet_table  # noqa: PLC0415 - keeps it off the start

    return outlet_table()


class Outlets:
    """The verbs of the outlets. All of them read or write the store: call them beside the window's thread."""

    def __init__(self, store: Store, worker: ReadingWorker, fetch: Fetch) -> None:
        self._store = store
        self._worker = worker
        self.icons = OutletIcons(store, worker, fetch)
        store.items.look_up = lambda url, name: _table().outlet(url, name)

    def all(self) -> list[DeskOutlet]:
        """Every outlet of the desk, by name."""
        return self._store.outlets.all()

    def of_item(self, item: str) -> DeskOutlet | None:
        """The outlet that an item came from; None for text of no outlet."""
        number = self._store.outlets.number_of(item)
        return next((entry for entry in self.all() if entry.id == number), None)

    def known(self, outlet: Outlet) -> KnownOutlet | None:
        """What the shipped table says of ``outlet``: by its domains, else by its name."""
        table = _table()
        matches = (table.of_host(domain) for domain in outlet.domains)
        match = next((match for match in matches if match), None)
        return match.known if match else None if outlet.domains else table.of_name(outlet.name)

    def origins(self, entry: DeskOutlet) -> Mapping[str, Origin]:
        """For each fact of an outlet that is known, where it comes from: ``name, domains, country, languages, kind, icon``."""
        row = self.known(entry.outlet)
        table = row.outlet if row else None
        facts = {name: getattr(entry.outlet, name) for name in ("name", "domains", "country", "languages", "kind")}
        found = {
            name: _origin(value, getattr(table, name) if table else None, entry.edited) for name, value in facts.items() if value
        }
        if entry.outlet.icon:
            found["icon"] = Origin.EDITOR if entry.own_icon else Origin.PAGE
        return found

    def icon(self, sha256: str) -> bytes | None:
        """The bytes of an outlet's icon, a PNG."""
        try:
            return self._store.pictures.get(sha256).data
        except NotFoundError:
            return None

    # --- the editor's word -----------------------------------------------------------------------------------------

    def correct(self, id: int, outlet: Outlet) -> Changes:
        """Say what is right about an outlet: it wins over the table and the pages, for the items here and for later ones.

        Raises:
            InputError: it has no name, or a domain is none.
            NotFoundError: there is no outlet of that number.
        """
        if not outlet.name.strip():
            raise InputError("The outlet was not changed", "It has no name. Give it one.")
        for domain in outlet.domains:
            if not is_domain(domain):
                raise InputError(
                    "The outlet was not changed", f"“{domain[:80]}” is no domain. Write it as “outlet.example”, without a path."
                )
        return items_changed(*self._store.outlets.correct(id, outlet))

    def merge(self, id: int, others: Sequence[int]) -> Changes:
        """Make ``others`` one with the outlet ``id``, which keeps its name and facts."""
        return items_changed(*self._store.outlets.merge(id, others))

    def picture(self, file: Path) -> Picture:
        """The icon in a file of the editor's choice.

        Raises:
            InputError: the file cannot be read.
            ReadError: it holds no picture that may be shown.
        """
        try:
            if file.stat().st_size > LENGTH:
                raise InputError("This icon was not taken", f"{file.name} is larger than {LENGTH // 1_000_000} MB.")
            data = file.read_bytes()
        except OSError as error:
            raise InputError("This icon was not taken", f"{file.name} cannot be read: {error.strerror or error}.") from error
        answer, png = self._worker.ask("icon", data, timeout=SECONDS)
        return Picture(png, answer["media_type"], answer["width"], answer["height"])

    def choose_icon(self, id: int, icon: Picture) -> Changes:
        """Show this icon for the outlet from now on."""
        return items_changed(*self._store.outlets.choose_icon(id, icon))

    def fetched_icon(self, id: int) -> Changes:
        """Go back to the icon that the outlet's own pages name."""
        return items_changed(*self._store.outlets.fetched_icon(id))


def is_domain(text: str) -> bool:
    """Whether ``text`` is written as a domain is: labels of letters, digits and hyphens, divided by full stops."""
    labels = text.strip().rstrip(".").split(".")
    return (
        len(labels) > 1
        and len(text) < 254
        and all(label and len(label) < 64 and all(sign.isalnum() or sign == "-" for sign in label) for label in labels)
    )


def _origin(value: object, told: object, edited: bool) -> Origin:
    """A value that the table has too is the table's; any other one is the editor's where the editor was, else a page's."""
    if told and (value == told or (isinstance(value, tuple) and isinstance(told, tuple) and set(value) <= set(told))):
        return Origin.TABLE
    return Origin.EDITOR if edited else Origin.PAGE
