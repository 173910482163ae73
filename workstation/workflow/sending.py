"""Sending: a story goes to a content system, as a draft the first time and into the same post ever after."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from workstation.domain.changes import Changes, stories_changed
from workstation.domain.destination import Destination
from workstation.domain.ledger import ChangeKind, LedgerEntry
from workstation.errors import InputError
from workstation.export.cms.comparing import Difference, differences
from workstation.export.cms.delivery import Handling, Parcel, Receipt, SentPicture
from workstation.export.cms.systems import SYSTEMS
from workstation.store import Store
from workstation.store.sent import SentFile, SentPost
from workstation.workflow.destinations import Destinations
from workstation.workflow.publishing import Prepared, Publishing

if TYPE_CHECKING:
    from workstation.domain.publication import Publication
    from workstation.render.rendering import Rendering, Terms


@dataclass(frozen=True, slots=True)
class Sent:
    """A story that a content system has taken.

    ``receipt`` tells the post, its addresses and what could not go along; ``differences`` what the system made of the text.
    ``missing`` names the pictures that were not here, ``remarks`` say what the system's form could not take whole.
    """

    changes: Changes
    destination: Destination
    receipt: Receipt
    differences: tuple[Difference, ...]
    missing: tuple[str, ...]
    remarks: tuple[str, ...]
    entry: LedgerEntry


class Sending:
    """The verbs at the door to content systems."""

    def __init__(self, store: Store, publishing: Publishing, destinations: Destinations) -> None:
        self._store = store
        self._publishing = publishing
        self.destinations = destinations

    def send(
        self,
        number: int,
        name: str,
        terms: Terms | None = None,
        *,
        publication: Publication | None = None,
        waive: str | None = None,
        change: ChangeKind | None = None,
        note: str = "",
        secret: str | None = None,
        handling: Handling | None = None,
    ) -> Sent:
        """Send a story to the destination called ``name``, and enter it in the ledger.

        ``waive``, ``change`` and ``note`` are those of :meth:`Publishing.prepare`. May take minutes: call it beside the window's
        thread. It is safe at any moment to cancel, to be killed, and to try again: the post is neither doubled nor lost, and
        every picture is sent once.

        Raises:
            NotFoundError: there is no such destination.
            BlockedError: a blocker stands, or the story's publication is not here.
            InputError: its publication cannot be used, or is not the one whose stories go there.
            HeldBackError: somebody changed or removed the post there; ask the editor, then send with ``Handling(force=True)``.
            SendError: it did not go through; the detail names cause and mend.
            Cancelled: ``handling.cancelled()`` became true.
        """
        destination = self.destinations.named(name)
        self.destinations.require_network()
        key = self.destinations.secret(destination, secret)
        system = SYSTEMS[destination.kind]
        prepared = self._publishing.prepare(
            number, system.profile, terms, publication=publication, waive=waive, change=change, note=note
        )
        _require_house(destination, prepared)
        memory = _Memory(self._store, _site(destination), number, f"signals-{uuid4().hex[:16]}")
        parcel = _parcel(prepared.rendering, memory.mark)
        receipt = system.deliver(parcel, destination, key, memory, handling or Handling())
        entry = self._publishing.record(prepared, destination=destination.name, post=receipt.post, address=receipt.address)
        found = differences(receipt.sent, receipt.returned)
        rendering = prepared.rendering
        return Sent(stories_changed(number), destination, receipt, found, rendering.missing, rendering.remarks, entry)

    def sent_to(self, number: int, name: str) -> SentPost | None:
        """The post that a story became at a destination, None before it was ever sent there."""
        known = self._store.sent.post(_site(self.destinations.named(name)), number)
        return known if known and known.post else None


class _Memory:
    """What is remembered of one story's deliveries to one site; see ``export.cms.delivery.Memory``."""

    def __init__(self, store: Store, site: str, story: int, mark: str) -> None:
        self._sent, self._site, self._story = store.sent, site, story
        self.mark = self._sent.intend(site, story, mark).mark

    def post(self) -> str:
        known = self._sent.post(self._site, self._story)
        return known.post if known else ""

    def state(self) -> str:
        known = self._sent.post(self._site, self._story)
        return known.state if known else ""

    def keep_post(self, post: str, address: str, state: str) -> None:
        self._sent.keep_post(self._site, self._story, post, address, state)

    def picture(self, sha256: str) -> SentPicture | None:
        known = self._sent.picture(self._site, sha256)
        return SentPicture(media=known.media, address=known.address, told=known.told) if known else None

    def keep_picture(self, sha256: str, sent: SentPicture) -> None:
        self._sent.keep_picture(self._site, sha256, SentFile(sent.media, sent.address, sent.told))


def _site(destination: Destination) -> str:
    """What a site is remembered by: not another one because it is asked by https now, or with “www.”."""
    return destination.url.partition("://")[2].removeprefix("www.")


def _require_house(destination: Destination, prepared: Prepared) -> None:
    house = prepared.publication.name
    if destination.publication and destination.publication.casefold() != house.casefold():
        raise InputError(
            "Nothing was sent",
            f"“{destination.name}” takes the stories of {destination.publication}, and this one is printed in {house}.",
        )


def _parcel(rendering: Rendering, mark: str) -> Parcel:
    """A rendering as a parcel: the system's own fields lie beside its text, under the same name and ``.json``."""
    from workstation.render.words.addresses import file_address  # noqa: PLC0415 - the window is painted before anything is rendered

    fields: Mapping[str, Any] = json.loads(rendering.files[rendering.main.removesuffix(".html") + ".json"])
    return Parcel(
        mark=mark,
        fields=fields,
        content=rendering.text,
        pictures=rendering.pictures,
        addresses={note.file: file_address(note.file) for note in rendering.pictures},
        featured=rendering.featured,
    )
