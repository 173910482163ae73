"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp

from workstation.domain.file_names import alike, fault
from workstation.errors import ExportError

_TITLE = "Nothing was exported"
_STAGE = ".workstation-export-"
_LEFT_BEHIND = 600.0
"""Seconds without a change after which a hidden folder is that of an export which was killed."""
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write ``files`` (names relative to ``folder``, with ``/``) and give their paths in the order they were written.

    Everything is first written and synchronised in a hidden folder on the same disk, then moved into place: pictures
    first, then what lies in folders, the text itself last, so that no text ever names a picture that is not there. When
    anything fails, what stood there before stands there again and nothing else is left.

    Raises:
        ExportError: with the cause: the disk is full, ``folder`` is no folder or may not be written, a name is not relative.
    """
    names = sorted(files, key=lambda name: (not name.lower().endswith(_PICTURES), "/" not in name, name))
    _check_names(names)
    move = _Move(folder)
    try:
        move.stage(names, files)
        move.put_in_place(names)
    except BaseException as error:
        move.undo()
        if isinstance(error, OSError):
            raise ExportError(_TITLE, _cause(error, folder)) from error
        raise
    move.finish()
    return [folder / name for name in names]


@dataclass
class _Move:
    """One export on its way: what was made and what was set aside, so that it can be undone."""

    folder: Path
    _stage: Path | None = None
    _made: list[Path] = field(default_factory=list)
    _replaced: list[tuple[Path, Path | None]] = field(default_factory=list)

    def stage(self, names: list[str], files: Mapping[str, bytes]) -> None:
        self._make(self.folder)
        _clear_away(self.folder)
        self._stage = Path(mkdtemp(prefix=_STAGE, dir=self.folder))
        for number, name in enumerate(names):
            _write(self._new(number), files[name])
            self._make((self.folder / name).parent)

    def put_in_place(self, names: list[str]) -> None:
        for number, name in enumerate(names):
            target = self.folder / name
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
            old = self._set_aside(target, number)
            self._replaced.append((target, old))
            self._new(number).replace(target)
        for parent in {*(target.parent for target, _ in self._replaced), *(made.parent for made in self._made)}:
            _sync_folder(parent)

    def undo(self) -> None:
        """Put everything back; a second failure on the way may not hide the first."""
        for target, old in reversed(self._replaced):
            with suppress(OSError):
                if old is not None:
                    old.replace(target)
                else:
                    target.unlink(missing_ok=True)
        self.finish()
        for folder in reversed(self._made):
            with suppress(OSError):
                folder.rmdir()

    def finish(self) -> None:
        if self._stage is not None:
            shutil.rmtree(self._stage, ignore_errors=True)

    def _new(self, number: int) -> Path:
        return self._stage_folder / f"new-{number}"

    @property
    def _stage_folder(self) -> Path:
        if self._stage is None:
            raise RuntimeError("nothing is staged yet")
        return self._stage

    def _set_aside(self, target: Path, number: int) -> Path | None:
        """A second name for the file that stands at ``target``, or None; ``target`` itself stays until it is replaced."""
        if not os.path.lexists(target):
            return None
        old = self._stage_folder / f"old-{number}"
        try:
            os.link(target, old, follow_symlinks=False)
        except OSError:  # a file system without hard links
            shutil.copy2(target, old, follow_symlinks=False)
        return old

    def _make(self, folder: Path) -> None:
        missing = []
        while not os.path.lexists(folder):
            missing.append(folder)
            folder = folder.parent
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
        for path in reversed(missing):
            path.mkdir()
            self._made.append(path)


def _clear_away(folder: Path) -> None:
    """Remove what killed exports left in ``folder``; another one that is on its way there is left alone."""
    for left in folder.glob(f"{_STAGE}*"):
        with suppress(OSError):
            if time.time() - left.lstat().st_mtime > _LEFT_BEHIND:
                shutil.rmtree(left, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # Windows cannot open a folder; its file system keeps the order of the moves
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except PermissionError:
        return  # a folder that may be written but not listed; its files are synchronised all the same
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # file systems that synchronise no folders
            raise
    finally:
        os.close(descriptor)


def _check_names(names: list[str]) -> None:
    if not names:
        raise ExportError(_TITLE, "There are no files to write.")
    for name in names:
        path = PurePosixPath(name)
        outside = path.is_absolute() or ".." in path.parts or str(path) != name
        if outside or any(c in "\\:" or c < " " or "\ud800" <= c <= "\udfff" for c in name):
            raise ExportError(_TITLE, f"“{_visible(name)}” is not a name inside the folder; rename it.")
        wrong = next(filter(None, map(fault, path.parts)), "")
        if wrong:
            raise ExportError(_TITLE, f"“{_visible(name)}” {wrong}; rename it.")
    if len(set(map(alike, names))) != len(names):
        raise ExportError(_TITLE, "Two files differ only by capital letters or accents; some disks cannot hold both. Rename one.")


def _visible(name: str) -> str:
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in name[:80])


_CAUSES = {
    errno.ENOSPC: "The disk is full. Make room, or choose a folder on another disk.",
    errno.EDQUOT: "Your share of the disk is used up. Make room, or choose a folder on another disk.",
    errno.EACCES: "You may not write there. Choose a folder of your own.",
    errno.EPERM: "You may not write there. Choose a folder of your own.",
    errno.EROFS: "That disk can only be read. Choose a folder on another disk.",
    errno.ENAMETOOLONG: "A file name is too long for that disk. Shorten the slug or the picture's name.",
}


def _cause(error: OSError, folder: Path) -> str:
    if error.errno == errno.ENOTDIR:
        return f"{error.filename or folder} is a file, not a folder. Choose another place."
    if error.errno == errno.EISDIR:
        return f"{error.filename or folder} is a folder where a file should go. Move it away, or choose another place."
    told = _CAUSES.get(error.errno or 0, f"The system said: {error.strerror or error}.")
    return f"{told} ({folder})"
