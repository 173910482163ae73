"""What kind of file system a path lies on, as Linux tells it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_ESCAPED = re.compile(r"\\([0-7]{3})")
_NETWORK = {
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "coda", "9p", "ceph", "glusterfs", "davfs", "davfs2", "lustre"),
    *("ocfs2", "gfs2", "beegfs", "orangefs", "pvfs2", "virtiofs", "vboxsf", "vmhgfs", "prl_fs", "drvfs", "acfs", "gpfs"),
}
_FUSED_LOCAL = {"fuseblk", "fuse.ntfs-3g", "fuse.ntfs", "fuse.exfat", "fuse.fuse-overlayfs", "fuse.overlayfs", "fuse.ext2"}
_FUSED_LOCAL |= {"fuse.bindfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs", "fuse.mergerfs", "fuse.lxcfs", "fuse.unionfs"}


@dataclass(frozen=True, slots=True)
class Mount:
    """A mounted file system: where, of which kind, and from what."""

    at: str
    kind: str
    source: str = ""

    @property
    def is_network(self) -> bool:
        """Whether others can write there without this machine's knowledge: a network's, a host's shared with its guest."""
        if self.kind == "9p" and self.source in ("drivers", "none"):  # what a Linux inside Windows mounts for itself
            return False
        return self.kind in _NETWORK or (self.kind.startswith("fuse.") and self.kind not in _FUSED_LOCAL)


def mounts(text: str | None = None) -> list[Mount]:
    """Every mount of this process, in the order in which they were made; none where the system does not tell."""
    if text is None:
        try:
            text = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return []
    return [mount for line in text.splitlines() if (mount := _read(line)) is not None]


def mount_of(path: Path, known: list[Mount] | None = None) -> Mount | None:
    """The mount that ``path``, resolved, lies on: of two at one place, the later one hides the earlier."""
    found: Mount | None = None
    place = str(path)
    for mount in mounts() if known is None else known:
        inside = place == mount.at or place.startswith(mount.at.rstrip("/") + "/")
        if inside and (found is None or len(mount.at) >= len(found.at)):
            found = mount
    return found


def is_on_a_network(path: Path) -> bool:
    """Whether a resolved path lies on a file system that other machines write, too."""
    mount = mount_of(path)
    return mount is not None and mount.is_network


def _read(line: str) -> Mount | None:
    """One line of mountinfo: ids, root, mount point, options, optional fields, a dash, kind, source."""
    before, _, after = line.partition(" - ")
    fields, tail = before.split(" "), after.split(" ")
    if len(fields) < 5 or len(tail) < 2:
        return None
    return Mount(_unescaped(fields[4]), tail[0], _unescaped(tail[1]))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), text)
