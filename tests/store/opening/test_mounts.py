"""What kind of file system a path lies on."""

from __future__ import annotations

from pathlib import Path

from workstation.store.opening.mounts import mount_of, mounts

LINES = r"""22 1 8:1 / / rw - ext4 /dev/sda1 rw
23 22 0:5 / /mnt/two\040words rw - tmpfs none rw
24 22 0:6 / /mnt/disk rw shared:1 - xfs /dev/sdb rw
25 22 0:7 / /mnt/disk rw - ramfs none rw
"""


def test_the_kind_of_a_file_system_is_that_of_the_last_mount_above() -> None:
    known = mounts(LINES)
    kinds = {place: mount_of(Path(place), known).kind for place in ("/mnt/two words/here", "/mnt/disk/x", "/home")}
    assert kinds == {"/mnt/two words/here": "tmpfs", "/mnt/disk/x": "ramfs", "/home": "ext4"}
