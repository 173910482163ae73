"""The desk: the verbs put together over one store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from workstation.ingest.fetch import PAGE_LIMITS, Limits
from workstation.ingest.worker import ReadingWorker
from workstation.settings import house_styles_folder, publications_folder
from workstation.store import Store
from workstation.workflow.claiming import Claiming
from workstation.workflow.destinations import Destinations
from workstation.workflow.documents import Documents
from workstation.workflow.gathering import Gathering
from workstation.workflow.grouping import Grouping
from workstation.workflow.house_styles import HouseStyles
from workstation.workflow.outlets import Outlets
from workstation.workflow.perspectives import Perspectives
from workstation.workflow.proving import Proving
from workstation.workflow.publications import Publications
from workstation.workflow.publishing import Publishing
from workstation.workflow.quoting import Quoting
from workstation.workflow.reviewing import Reviewing
from workstation.workflow.revisiting import Revisiting
from workstation.workflow.sampling import Sampling
from workstation.workflow.secrets import Secrets
from workstation.workflow.sending import Sending
from workstation.workflow.shelving import Shelving
from workstation.workflow.spelling import Spelling
from workstation.workflow.templating import Templating
from workstation.workflow.tracing import Tracing
from workstation.workflow.versions import Versions
from workstation.workflow.writing import Writing

if TYPE_CHECKING:
    from workstation.workflow.following import Following


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that an editor can do, over one store that this process holds open."""

    store: Store
    worker: ReadingWorker
    gathering: Gathering
    quoting: Quoting
    writing: Writing
    reviewing: Reviewing
    publications: Publications
    styles: HouseStyles
    publishing: Publishing
    documents: Documents
    sampling: Sampling
    versions: Versions
    spelling: Spelling
    sending: Sending

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        offline: bool = False,
        publications: Path | None = None,
        styles: Path | None = None,
        limits: Limits = PAGE_LIMITS,
    ) -> Desk:
        """The desk over the store in ``path``, which is made when it is missing.

        Raises:
            StoreError: the store cannot be opened, another process has it open, or a newer program wrote it.
        """
        store = Store.open(path)
        worker = ReadingWorker()
        writing = Writing(store, worker=worker)
        houses = Publications(store, writing, publications or publications_folder())
        house_styles = HouseStyles(store, writing, houses, styles or house_styles_folder())
        reviewing = Reviewing(store, writing, houses, house_styles)
        publishing = Publishing(store, writing, reviewing, houses)
        return cls(
            store=store,
            worker=worker,
            gathering=Gathering(store, worker, offline=offline, limits=limits),
            quoting=Quoting(store, writing),
            writing=writing,
            reviewing=reviewing,
            publications=houses,
            styles=house_styles,
            publishing=publishing,
            documents=Documents(store, worker, writing),
            sampling=Sampling(store, worker, writing),
            versions=Versions(store, writing),
            spelling=Spelling(store, writing),
            sending=Sending(store, publishing, Destinations(store, Secrets(), offline=offline)),
        )

    @property
    def outlets(self) -> Outlets:
        """The verbs of the outlets."""
        return self.gathering.outlet_desk

    @property
    def grouping(self) -> Grouping:
        """The verbs of rows that hold several items."""
        return Grouping(self.store)

    @property
    def revisiting(self) -> Revisiting:
        """The verbs that go back to sources."""
        return Revisiting(self.store, self.gathering, self.writing)

    @property
    def tracing(self) -> Tracing:
        """The way from a quotation back to its source."""
        return Tracing(self.store, self.writing)

    @property
    def claiming(self) -> Claiming:
        """The verbs of sentences that rest on passages."""
        return Claiming(self.store, self.writing, self.quoting, self.publications)

    @property
    def proving(self) -> Proving:
        """The verbs of the evidence that a story rests on."""
        return Proving(self.store, self.writing, self.reviewing, self.publications)

    @property
    def perspectives(self) -> Perspectives:
        """Whose voices a story has, and whose it could have."""
        return self.reviewing.perspectives

    @property
    def following(self) -> Following:
        """The verbs of the feeds."""
        return self.gathering.following

    @property
    def path(self) -> Path:
        """The file that keeps the desk."""
        return self.store.path

    @property
    def shelving(self) -> Shelving:
        """The verbs of the list of stories."""
        return Shelving(self.store, self.writing)

    @property
    def templating(self) -> Templating:
        """The verbs of the templates for new stories."""
        return Templating(self.store, self.writing)

    def backup(self, out: Path) -> None:
        """Write a whole copy of the desk to ``out``, with the words that are on the screen where they can be saved.

        Raises:
            StoreError: the copy could not be written (``out`` is as it was), or it was but a story could not be saved before.
        """
        try:
            self.writing.save_all()
        finally:
            self.store.backup(out)

    def close(self) -> None:
        """Save what is unsaved, end the worker and close the store."""
        try:
            self.writing.save_all()
            self.versions.leave_all()
        finally:
            self.worker.close()
            self.spelling.close()
            self.perspectives.close()
            self.store.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
