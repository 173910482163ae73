"""A desk in a folder that others write, too, is noticed, an ordinary one is not; and the way out of it loses nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from workstation.domain.story import Story
from workstation.errors import StoreBusyError, StoreError
from workstation.store import Store, move, whereabouts
from workstation.store.opening.conflicts import conflict_copies
from workstation.store.opening.mounts import Mount, mount_of, mounts
from workstation.store.opening.place import PlaceKind, place_of

LOCAL = [Mount("/", "ext4", "/dev/sda1")]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home" / "anna"
    home.mkdir(parents=True)
    return home


def placed(path: Path, home: Path, **environ: str):
    path.parent.mkdir(parents=True, exist_ok=True)
    return place_of(path, home=home, environ=environ, known=LOCAL)


@pytest.mark.parametrize(
    ("folder", "keeper"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Harbour Office)/desks", "Dropbox"),
        ("OneDrive", "OneDrive"),
        ("OneDrive - Harbour Office/Documents", "OneDrive"),
        ("Google Drive", "Google Drive"),
        ("My Drive/x", "Google Drive"),
        ("iCloudDrive", "iCloud Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud Drive"),
        ("Library/CloudStorage/GoogleDrive-anna@harbour.example/My Drive", "Google Drive"),
        ("Library/CloudStorage/Dropbox", "Dropbox"),
        ("Library/CloudStorage/SomethingNew-anna", "a cloud storage"),
        ("Nextcloud/a/b/c", "Nextcloud"),
        ("ownCloud", "ownCloud"),
        ("pCloudDrive", "pCloud"),
        ("Box Sync", "Box"),
        ("MEGA", "MEGA"),
        ("Seafile/My Library", "Seafile"),
        ("Resilio Sync", "Resilio Sync"),
        ("IDrive-Sync", "IDrive"),
    ],
)
def test_a_folder_that_a_program_keeps_in_step_is_known_by_the_name_that_it_gives(home: Path, folder: str, keeper: str) -> None:
    found = placed(home / folder / "desk.db", home)
    assert found is not None
    assert (found.kind, found.keeper, found.is_unsafe) == (PlaceKind.SYNCED, keeper, True)


@pytest.mark.parametrize(
    ("mark", "keeper"),
    [
        (".stfolder/", "Syncthing"),
        (".sync_1a2b3c.db", "Nextcloud or ownCloud"),
        ("._sync_1a2b3c.db", "Nextcloud or ownCloud"),
        (".dropbox.cache/", "Dropbox"),
        (".sync/", "Resilio Sync"),
    ],
)
def test_a_folder_of_any_name_is_known_by_what_the_program_puts_into_it(home: Path, mark: str, keeper: str) -> None:
    top = home / "work" / "shared"
    (top / "deep").mkdir(parents=True)
    (top / mark).mkdir() if mark.endswith("/") else (top / mark).touch()
    found = placed(top / "deep" / "desk.db", home)
    assert found is not None
    assert (found.keeper, found.folder) == (keeper, top)


def test_the_programs_own_settings_tell_where_their_folders_are(home: Path, tmp_path: Path) -> None:
    moved = tmp_path / "volume" / "files"
    (home / ".dropbox").mkdir()
    (home / ".dropbox" / "info.json").write_text(json.dumps({"personal": {"path": str(moved / "drop")}}))
    cfg = home / ".config" / "Nextcloud" / "nextcloud.cfg"
    cfg.parent.mkdir(parents=True)
    cfg.write_text(f"[Accounts]\n0\\Folders\\1\\localPath={moved / 'cloud'}/\n")
    assert placed(moved / "drop" / "desk.db", home).keeper == "Dropbox"
    assert placed(moved / "cloud" / "x" / "desk.db", home).keeper == "Nextcloud"
    assert placed(moved / "one" / "desk.db", home, OneDrive=str(moved / "one")).keeper == "OneDrive"
    assert placed(moved / "desk.db", home) is None
    (home / "Library/Mobile Documents/com~apple~CloudDocs/Documents").mkdir(parents=True)
    assert placed(home / "Documents" / "desk.db", home).keeper == "iCloud Drive"
    (home / ".dropbox" / "info.json").write_text("{ broken")
    assert placed(moved / "drop" / "desk.db", home) is None


def test_a_link_into_a_synced_folder_leads_into_it(home: Path) -> None:
    (home / "Dropbox").mkdir()
    (home / "desks").symlink_to(home / "Dropbox")
    assert placed(home / "desks" / "desk.db", home).keeper == "Dropbox"


@pytest.mark.parametrize(
    "folder",
    ["desks", ".local/share/signals-workstation", "boxes", "work/box", "Projects/Dropbox", "sync", "Documents", "a/MEGA/b"],
)
def test_an_ordinary_folder_raises_no_alarm(home: Path, folder: str) -> None:
    (home / ".dropbox").mkdir()  # the program is there, its folder is another one
    (home / ".sync").mkdir()
    assert placed(home / folder / "desk.db", home) is None


def test_ordinary_places_of_this_machine_raise_no_alarm(tmp_path: Path) -> None:
    for folder in (tmp_path, Path("/tmp"), Path("/var/tmp"), ROOT, Path.home()):
        found = place_of(folder / "desk.db")
        assert found is None or not found.is_unsafe, (folder, found)


@pytest.mark.parametrize(
    "kind", ["ext4", "btrfs", "xfs", "zfs", "overlay", "tmpfs", "fuseblk", "f2fs", "ecryptfs", "apfs", "fuse.gocryptfs"]
)
def test_file_systems_of_this_machine_raise_no_alarm(home: Path, kind: str) -> None:
    assert place_of(home / "desk.db", home=home, environ={}, known=[Mount("/", kind)]) is None


@pytest.mark.parametrize(
    "kind",
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "fuse.sshfs",
        "fuse.rclone",
        "9p",
        "afs",
        "ceph",
        "fuse.glusterfs",
        "vboxsf",
        "virtiofs",
        "drvfs",
    ],
)
def test_file_systems_that_others_write_are_told_by_the_longest_mount(home: Path, kind: str) -> None:
    known = [*LOCAL, Mount(str(home / "share"), kind, "server:/x"), Mount(str(home / "share/local"), "ext4")]
    found = place_of(home / "share" / "a" / "desk.db", home=home, environ={}, known=known)
    assert found is not None
    assert (found.kind, kind in found.keeper) == (PlaceKind.NETWORK, True)
    assert place_of(home / "shared" / "desk.db", home=home, environ={}, known=known) is None
    assert place_of(home / "share" / "local" / "desk.db", home=home, environ={}, known=known) is None


def test_a_disk_that_can_be_taken_away_is_told_but_is_not_unsafe(home: Path) -> None:
    known = [*LOCAL, Mount("/run/media/anna/STICK", "vfat")]
    found = place_of(Path("/run/media/anna/STICK/desk.db"), home=home, environ={}, known=known)
    assert found is not None
    assert not found.is_unsafe


def test_the_mounts_of_this_process_are_read_as_the_system_writes_them() -> None:
    line = r"36 35 98:0 /mnt1 /mnt\040two rw,noatime master:1 - ext3 /dev/root rw,errors=continue"
    assert mounts(line + "\nbroken\n") == [Mount("/mnt two", "ext3", "/dev/root")]
    assert mount_of(Path("/mnt two/a"), [*LOCAL, *mounts(line)]).kind == "ext3"
    if sys.platform == "linux":
        assert mount_of(Path("/proc/self")).kind == "proc"


def test_copies_of_a_conflict_are_told_and_other_files_beside_the_desk_are_not(tmp_path: Path) -> None:
    desk = tmp_path / "desk.db"
    Store.open(desk).close()
    conflicts = [
        "desk (Anna's conflicted copy 2026-03-02).db",
        "desk (conflicted copy 2026-03-02 101500).db",
        "desk.sync-conflict-20260302-101500-ABCDEFG.db",
        "desk-HARBOUR-LAPTOP.db",
        "desk (1).db",
        "desk 2.db",
        "desk (In Konflikt stehende Kopie von Anna 2026-03-02).db",
    ]
    for name in [*conflicts, "desk.db.replaced-20260302T101500Z", "desk.db.before-feeds.db", "desks.db", "other.db"]:
        (tmp_path / name).write_bytes(desk.read_bytes())
    (tmp_path / "desk-notes.db").write_bytes(b"no desk of this program")
    (tmp_path / "desk (2).txt").write_bytes(desk.read_bytes())
    assert {path.name for path in conflict_copies(desk)} == set(conflicts)


# --- the way out ------------------------------------------------------------------------------------------------------------


def desk_with(path: Path, slug: str) -> None:
    with Store.open(path) as store:
        store.stories.add(Story(slug=slug, headline="Kept"))


def test_a_desk_that_is_moved_is_found_by_its_old_name_and_the_old_file_by_nobody(tmp_path: Path) -> None:
    old, new = tmp_path / "Dropbox" / "desk.db", tmp_path / "here" / "desk.db"
    old.parent.mkdir()
    desk_with(old, "harbour")
    moved = move(old, new)
    assert (whereabouts(old), moved.to, old.exists(), moved.kept.exists()) == (new, new, False, True)
    assert not moved.kept.name.endswith(".db")
    with Store.open(whereabouts(old)) as store:
        assert store.stories.id_of("harbour")
        assert store.check() == []
    with Store.open(moved.kept, read_only=True) as kept:
        assert kept.stories.id_of("harbour")
    third = tmp_path / "there" / "desk.db"
    move(new, third)
    assert whereabouts(old) == third
    third.unlink()
    with pytest.raises(StoreError, match="not where it was moved to"):
        whereabouts(old)


def test_a_desk_that_was_moved_on_another_machine_is_not_begun_anew_here(tmp_path: Path) -> None:
    old = tmp_path / "desk.db"
    desk_with(old, "harbour")
    move(old, tmp_path / "here" / "desk.db")
    note = tmp_path / "desk.db.moved-to"
    note.write_text(json.dumps({**json.loads(note.read_text()), "host": "harbour-laptop", "mark": "0"}))
    with pytest.raises(StoreError, match="harbour-laptop"):
        whereabouts(old)
    note.write_text("{")
    with pytest.raises(StoreError, match="cannot be read"):
        whereabouts(old)


def test_an_open_desk_is_not_moved_and_nothing_is_written_over(tmp_path: Path) -> None:
    old, new = tmp_path / "desk.db", tmp_path / "here" / "desk.db"
    desk_with(old, "harbour")
    with Store.open(old), pytest.raises(StoreBusyError):
        move(old, new)
    assert not new.exists()
    desk_with(new, "other")
    with pytest.raises(StoreError, match="there already"):
        move(old, new)
    assert whereabouts(old) == old


MOVE = """
import sys
from pathlib import Path
from workstation.store import move
print("on", flush=True)
move(*map(Path, sys.argv[1:]))
"""


def test_a_kill_while_a_desk_is_moved_leaves_it_in_one_of_the_two_places(tmp_path: Path, rounds) -> None:
    for number in range(rounds(4, 100)):
        old, new = tmp_path / f"{number}" / "desk.db", tmp_path / f"{number}" / "here" / "desk.db"
        old.parent.mkdir()
        desk_with(old, "harbour")
        child = subprocess.Popen([sys.executable, "-c", MOVE, str(old), str(new)], stdout=subprocess.PIPE, cwd=ROOT)
        child.stdout.readline()
        time.sleep(0.004 * (number % 25))
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
        with Store.open(whereabouts(old)) as store:
            assert store.stories.id_of("harbour")
            assert store.check() == []
