"""What was chosen the last time, for each publication apart."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from PySide6.QtCore import QSettings

from workstation.render.rendering import LeadPlace

FOLDER_KEY = "export/folder"
"""The folder of the last hand-over in whatever house: where a house begins."""
FIRST_PROFILE = "page"


class Remembered:
    """The choices of one house, by its name."""

    def __init__(self, settings: QSettings, publication: str) -> None:
        self._settings = settings
        self._house = f"handing-over/{quote(publication, safe='')}"

    @property
    def profile(self) -> str:
        return self._read("profile") or FIRST_PROFILE

    @profile.setter
    def profile(self, name: str) -> None:
        self._write("profile", name)

    @property
    def folder(self) -> str:
        return self._read("folder") or str(self._settings.value(FOLDER_KEY, str(Path.home())))

    @folder.setter
    def folder(self, folder: str) -> None:
        self._write("folder", folder)
        self._settings.setValue(FOLDER_KEY, folder)

    def lead(self, profile: str) -> LeadPlace | None:
        """Where the lead image of a profile goes; None for where it usually does."""
        kept = self._read(f"lead/{profile}")
        return LeadPlace(kept) if kept in tuple(LeadPlace) else None

    def keep_lead(self, profile: str, place: LeadPlace | None) -> None:
        self._write(f"lead/{profile}", place.value if place else "")

    @property
    def passages(self) -> bool:
        return self._read("passages") == "yes"

    @passages.setter
    def passages(self, lead_there: bool) -> None:
        self._write("passages", "yes" if lead_there else "")

    def destination(self, profile: str) -> str:
        """The name of the destination that a profile was sent to."""
        return self._read(f"destination/{profile}")

    def keep_destination(self, profile: str, name: str) -> None:
        self._write(f"destination/{profile}", name)

    def _read(self, key: str) -> str:
        return str(self._settings.value(f"{self._house}/{key}", "") or "")

    def _write(self, key: str, value: str) -> None:
        self._settings.setValue(f"{self._house}/{key}", value)
