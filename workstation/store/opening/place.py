"""Where a store lies: in a folder that a program keeps in step with other machines, on a network, or on a disk of its own.

A store in a synced folder is copied while it is written, in parts that do not belong together, and another machine may write its
own copy meanwhile: then one of the two is put aside, and what was written into it is in no desk any more.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path

from workstation.store.opening.mounts import Mount, mount_of, mounts


class PlaceKind(StrEnum):
    """What is unsafe, or worth knowing, about a place."""

    SYNCED = "synced"
    NETWORK = "network"
    REMOVABLE = "removable"


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is not this machine's own: its kind, who keeps it (“Dropbox”, “a network folder (nfs4)”), its top folder."""

    kind: PlaceKind
    keeper: str
    folder: Path

    @property
    def is_unsafe(self) -> bool:
        """Whether a store should not be kept there."""
        return self.kind is not PlaceKind.REMOVABLE


_NAMES = (
    ("Dropbox", ("dropbox", "dropbox (*)")),
    ("OneDrive", ("onedrive", "onedrive - *", "onedrive-*", "skydrive")),
    ("Google Drive", ("google drive", "googledrive", "googledrive-*", "my drive", "drivefs")),
    ("iCloud Drive", ("icloud drive", "iclouddrive", "com~apple~clouddocs", "mobile documents")),
    ("Nextcloud", ("nextcloud", "nextcloud-*")),
    ("ownCloud", ("owncloud", "owncloud-*")),
    ("pCloud", ("pcloud drive", "pclouddrive", "pcloud sync", "pcloudsync")),
    ("Box", ("box sync", "box-box", "box drive")),
    ("MEGA", ("megasync", "mega", "megasync downloads")),
    ("Seafile", ("seafile", "seadrive", "seadrive_root")),
    ("Resilio Sync", ("resilio sync", "btsync")),
    ("IDrive", ("idrive-sync", "idrive sync", "cloud drive (idrive)")),
    ("Proton Drive", ("proton drive", "protondrive-*")),
    ("Tresorit", ("tresorit", "my tresors")),
    ("SpiderOak", ("spideroak hive",)),
    ("Yandex.Disk", ("yandex.disk", "yandexdisk")),
    ("Synology Drive", ("synologydrive", "cloudstation")),
)
"""Folders as the programs name them by themselves. A folder of such a name counts directly in a home, or below CloudStorage."""
_MARKS = (
    ("Dropbox", (".dropbox.cache", ".dropbox")),
    ("Syncthing", (".stfolder",)),
    ("Nextcloud or ownCloud", ("._sync_*.db", ".sync_*.db", ".owncloudsync.log", ".nextcloudsync.log")),
    ("OneDrive", (".849c9593-d756-4e56-8d6e-42412f2a707b",)),
    ("Google Drive", (".tmp.drivedownload", ".tmp.driveupload")),
    ("MEGA", (".megaignore",)),
    ("Resilio Sync", (".sync",)),
    ("Seafile", (".seafile-data",)),
)
"""What the programs put into the folders that they keep."""
_VARIABLES = (
    ("OneDrive", ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")),
    ("Dropbox", ("DROPBOX_PATH",)),
)
_CONFIGURED = (
    (
        "Nextcloud",
        (
            ".config/Nextcloud/nextcloud.cfg",
            "AppData/Roaming/Nextcloud/nextcloud.cfg",
            "Library/Preferences/Nextcloud/nextcloud.cfg",
        ),
    ),
    ("ownCloud", (".config/ownCloud/owncloud.cfg", "AppData/Roaming/ownCloud/owncloud.cfg")),
)
_ICLOUD = "Library/Mobile Documents/com~apple~CloudDocs"
_IN_ICLOUD = ("Desktop", "Documents")
"""A Mac keeps both in iCloud, or neither, without moving them."""
_DROPBOX_INFO = (".dropbox/info.json", "AppData/Local/Dropbox/info.json", "AppData/Roaming/Dropbox/info.json")
_REMOVABLE_AT = ("/media/", "/run/media/")
_LARGEST_SETTING = 1_000_000


def place_of(
    store: Path, *, home: Path | None = None, environ: Mapping[str, str] = os.environ, known: list[Mount] | None = None
) -> Place | None:
    """What is to be known of the place of ``store``; None for an ordinary one. It looks at the disk: not in the window's thread.

    ``home``, ``environ`` and ``known`` mounts are this machine's unless told otherwise.
    """
    home = home or Path.home()
    seen = [store.expanduser().absolute(), store.expanduser().resolve()]  # a link may lead in, and its name may be the sign
    for path in dict.fromkeys(seen):
        found = _synced(path, home, environ)
        if found is not None:
            return found
    return _mounted(seen[-1], mounts() if known is None else known) or _of_this_system(seen[-1])


def _synced(path: Path, home: Path, environ: Mapping[str, str]) -> Place | None:
    for keeper, folder in _told_folders(home, environ):
        if folder in path.parents:
            return Place(PlaceKind.SYNCED, keeper, folder)
    for folder in path.parents:
        keeper = _by_name(folder, home) or _by_mark(folder, home)
        if keeper:
            return Place(PlaceKind.SYNCED, keeper, folder)
    return None


def _told_folders(home: Path, environ: Mapping[str, str]) -> Iterator[tuple[str, Path]]:
    """The folders that the programs' own settings name."""
    for keeper, names in _VARIABLES:
        yield from ((keeper, Path(environ[name])) for name in names if environ.get(name))
    for name in _DROPBOX_INFO:
        with suppress(ValueError, AttributeError, TypeError):
            accounts = json.loads(_text(home / name) or "{}")
            yield from (("Dropbox", Path(account["path"])) for account in accounts.values() if "path" in account)
    for name in _IN_ICLOUD:
        if (home / _ICLOUD / name).is_dir():
            yield "iCloud Drive", home / name
    yield from _configured_folders(home)


def _configured_folders(home: Path) -> Iterator[tuple[str, Path]]:
    """The folders in the settings of Nextcloud and ownCloud, on lines that end in “localPath=/home/…”."""
    for keeper, files in _CONFIGURED:
        for line in (line for file in files for line in _text(home / file).splitlines()):
            name, _, value = line.partition("=")
            if name.strip().endswith("localPath") and value.strip():
                yield keeper, Path(value.strip().strip('"'))


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST_SETTING).decode(errors="replace")
    except OSError:
        return ""


def _by_name(folder: Path, home: Path) -> str:
    """Who names a folder so: a folder of the editor's own that happens to be called “box” lies somewhere else."""
    is_cloud_storage = folder.parent.name == "CloudStorage" and folder.parent.parent.name == "Library"
    is_mobile = folder.name == "Mobile Documents" and folder.parent.name == "Library"
    if not (is_cloud_storage or is_mobile or folder.parent == home or _is_a_home(folder.parent) or _is_a_drive(folder)):
        return ""
    name = folder.name.casefold()
    for keeper, patterns in _NAMES:
        if any(fnmatchcase(name, pattern) for pattern in patterns):
            return keeper
    return "a cloud storage" if is_cloud_storage else ""


def _is_a_home(folder: Path) -> bool:
    """Whether it is somebody's home, as the three systems lay them out."""
    return folder.parent.name.casefold() in ("home", "users") and len(folder.parents) in (2, 3)


def _is_a_drive(folder: Path) -> bool:
    """Whether it lies at the top of a drive of its own, as Google's “My Drive” does."""
    return folder.parent == Path(folder.anchor) and sys.platform == "win32"


def _by_mark(folder: Path, home: Path) -> str:
    """Who has put its mark into a folder; a home itself and what is above it is never asked for one."""
    if folder in (home, *home.parents):
        return ""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.name.startswith(".")]
    except OSError:
        return ""
    for keeper, patterns in _MARKS:
        if any(fnmatchcase(name, pattern) for name in names for pattern in patterns):
            return keeper
    return ""


def _mounted(path: Path, known: list[Mount]) -> Place | None:
    mount = mount_of(path, known)
    if mount is None:
        return None
    if mount.is_network:
        return Place(PlaceKind.NETWORK, f"a network folder ({mount.kind})", Path(mount.at))
    if mount.at.startswith(_REMOVABLE_AT):
        return Place(PlaceKind.REMOVABLE, "a disk that can be taken away", Path(mount.at))
    return None


if sys.platform == "win32":
    import ctypes

    _REMOTE, _REMOVABLE = 4, 2

    def _of_this_system(path: Path) -> Place | None:
        top = Path(path.anchor)
        if path.drive.startswith("\\\\"):
            return Place(PlaceKind.NETWORK, "a network folder", top)
        kind = ctypes.windll.kernel32.GetDriveTypeW(str(top))
        if kind == _REMOTE:
            return Place(PlaceKind.NETWORK, "a network drive", top)
        return Place(PlaceKind.REMOVABLE, "a disk that can be taken away", top) if kind == _REMOVABLE else None

elif sys.platform == "darwin":
    import subprocess

    _REMOTE = ("nfs", "smbfs", "afpfs", "webdav", "cifs", "ftp", "macfuse", "osxfuse")

    def _of_this_system(path: Path) -> Place | None:
        """As the list of mounts tells: “//user@host/share on /Volumes/share (smbfs, nodev, mounted by user)”."""
        try:
            told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False).stdout
        except (OSError, subprocess.SubprocessError):
            return None
        found = mount_of(path, [mount for line in told.splitlines() if (mount := _as_mount(line)) is not None])
        if found is not None and found.kind in _REMOTE:
            return Place(PlaceKind.NETWORK, f"a network folder ({found.kind})", Path(found.at))
        away = found is not None and found.at.startswith("/Volumes/")
        return Place(PlaceKind.REMOVABLE, "a disk that can be taken away", Path(found.at)) if found is not None and away else None

    def _as_mount(line: str) -> Mount | None:
        source, _, rest = line.partition(" on ")
        at, _, options = rest.rpartition(" (")
        return Mount(at, options.partition(",")[0].rstrip(")"), source) if at else None

else:

    def _of_this_system(_path: Path) -> Place | None:
        return None
