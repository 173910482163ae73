"""Backing up: copies of the whole desk, what is in them, and a story or a card brought back from one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from workstation.domain.backup import BackedUpStory, Backup, BackupReason
from workstation.domain.changes import Changes, stories_changed
from workstation.domain.story import Story
from workstation.errors import NotFoundError, StoreError, WorkstationError
from workstation.store import BackupContents, Backups, Store, is_unharmed
from workstation.store.files import copy_steadily, make_private, put_in_place
from workstation.workflow.history import Spot
from workstation.workflow.picture_names import card_with_names, with_names
from workstation.workflow.versions import Versions
from workstation.workflow.writing import Writing

STORY_LABEL = "Return of a story from a backup"
CARD_LABEL = "Return of a card from a backup"


class BackingUp:
    """The verbs of the backups. What is in one is asked by its path, a story in it by its line there."""

    def __init__(self, store: Store, writing: Writing, versions: Versions) -> None:
        self._store, self._writing, self._versions = store, writing, versions

    @property
    def places(self) -> Backups:
        """The folders that backups lie in."""
        return self._store.backups

    def all(self) -> list[Backup]:
        """Every backup, the newest first."""
        return self.places.all()

    def take(self, reason: BackupReason, *, cancelled: Callable[[], bool] = lambda: False) -> Backup:
        """Back up the desk as it is now, with the words on the screen where they can be saved; it may take seconds.

        Raises:
            Cancelled: it is not wanted any more.
            StoreError: none was made; what there was before is there still.
        """
        with suppress(WorkstationError):  # who saves tells of it; the desk is worth a backup without the last words, too
            self._writing.save_all()
        return self.places.take(reason, cancelled=cancelled)

    def take_when_due(self, reason: BackupReason, *, cancelled: Callable[[], bool] = lambda: False) -> Backup | None:
        """As :meth:`take`, when something was written since the newest good backup; None when nothing was."""
        return self.take(reason, cancelled=cancelled) if self.places.is_due() else None

    def save_to(self, backup: Backup, out: Path) -> Path:
        """Copy a backup to a file of the editor's choice, which is whole or not there.

        Raises:
            StoreError: it could not be written, or the backup is not what it was when it was made.
        """
        if not is_unharmed(backup):
            raise StoreError("The backup was not copied", f"{backup.path} is not what it was when it was made. Take another one.")
        partial = out.with_name(f".{out.name}.partial")
        try:
            make_private(partial)
            copy_steadily(backup.path, partial)
            put_in_place(partial, out)
        except OSError as error:
            told = f"{out}: {error.strerror or error}. Choose another folder, or make room."
            raise StoreError("The backup was not copied", told) from error
        finally:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
        return out

    # --- looking inside --------------------------------------------------------------------------------------------

    def stories(self, path: Path) -> list[BackedUpStory]:
        """The stories that the backup in ``path`` holds, the last changed first."""
        return BackupContents(path).stories()

    def story(self, path: Path, line: BackedUpStory) -> Story:
        """A story as the backup in ``path`` has it."""
        return BackupContents(path).story(line.id)

    def today(self, line: BackedUpStory) -> int | None:
        """The number of the story of today that ``line`` became, whatever it is called now; None when it is gone."""
        entries = self._writing.entries(include_spiked=True)
        same = [entry.id for entry in entries if entry.id == line.id and entry.created == line.created]
        named = [entry.id for entry in entries if entry.slug.casefold() == line.slug.casefold()]
        return next(iter([*same, *named]), None)

    def line(self, path: Path, slug: str) -> BackedUpStory:
        """The story with this slug in the backup in ``path``.

        Raises:
            NotFoundError: there is none.
        """
        lines = self.stories(path)
        found = next((line for line in lines if line.slug.casefold() == slug.casefold()), None)
        if found is None:
            known = ", ".join(line.slug for line in lines[:8])
            raise NotFoundError("There is no such story", f"{path.name} holds no “{slug}”; it holds {known or 'none'}.")
        return found

    # --- bringing back ---------------------------------------------------------------------------------------------

    def bring_back(self, path: Path, line: BackedUpStory) -> tuple[Changes, int]:
        """Put a story back as the backup has it; answers with its number.

        A story that is still there gets it as one step, which undo takes back, and what stood there is a version before. One
        that is gone becomes a story again.

        Raises:
            StoreError: the story or a picture of it in the backup is damaged; nothing was changed.
        """
        inside = BackupContents(path)
        story, files, number = inside.story(line.id), inside.files(line.id), self.today(line)
        if number is None:
            number = self._store.stories.add(story, files=files)
            return stories_changed(number), number
        names = {name: self._writing.keep_file(number, name, picture) for name, picture in files.items()}
        changes = self._versions.put_back(number, with_names(story, names), STORY_LABEL)
        if self._store.stories.entry(number).status == "killed":
            changes |= self._writing.bring_back(number)
        return changes, number

    def bring_back_card(self, path: Path, line: BackedUpStory, at: int, number: int) -> Changes:
        """Put the card at index ``at`` of a story in a backup into the story ``number``, at the same place, as one step.

        The card that the story has now stays beside it.

        Raises:
            NotFoundError: there is no such card.
            StoreError: the story in the backup is damaged.
        """
        inside = BackupContents(path)
        cards = inside.story(line.id).signals
        if not 0 <= at < len(cards):
            raise NotFoundError("There is no such card", f"“{line.headline or line.slug}” has {len(cards)} cards in this backup.")
        icons = {source.icon for source in cards[at].sources if source.icon}
        files = {name: picture for name, picture in inside.files(line.id).items() if name in icons}
        names = {name: self._writing.keep_file(number, name, picture) for name, picture in files.items()}
        card = card_with_names(cards[at], names)
        return self._writing.change(
            number, lambda now: now.with_card(card, min(at, len(now.signals))), label=CARD_LABEL, spot=Spot("headline", card.key)
        )
