"""The files of house style: the shipped ones and the editor's own, read again when they change."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from workstation import resources
from workstation.domain.house_style import HouseStyle, StyleSheet
from workstation.errors import ExportError, InputError, NotFoundError, WorkstationError
from workstation.export import write_files

COMMON = "common"
LARGEST_FILE = 2**20
_TITLE = "The house style cannot be used"


@dataclass(frozen=True, slots=True)
class StyleFile:
    """An own file as it was read last: its last good sheet, what is wrong with it now, and the hash of its bytes."""

    file: Path
    sheet: StyleSheet | None
    fault: WorkstationError | None
    sha256: str

    @property
    def title(self) -> str:
        """What it is called."""
        return self.sheet.title if self.sheet else self.file.stem


@dataclass(frozen=True, slots=True)
class StyleNews:
    """An own file that is new, changed or gone: ``now`` is None where it is gone."""

    before: StyleFile | None
    now: StyleFile | None

    @property
    def is_other(self) -> bool:
        """Whether there is anything to tell."""
        if self.before is None or self.now is None:
            return True
        return self.before.sheet is not self.now.sheet or str(self.before.fault) != str(self.now.fault)


class StyleFiles:
    """Shipped sheets are read once; :meth:`reload` looks at the editor's own again. Reading takes a moment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self._shipped: dict[str, StyleSheet] = {}
        self._own: dict[str, StyleFile] = {}
        self._made: dict[tuple[str, frozenset[str]], HouseStyle] = {}
        self._is_read = False
        self._lock = threading.RLock()

    def titles(self) -> dict[str, str]:
        """The styles that can be chosen, by name, the shipped ones first."""
        self._read_all()
        titles = {name: sheet.title for name, sheet in self._shipped.items() if name != COMMON}
        own = {name: file.title for name, file in self._own.items() if file.sheet is not None and name != COMMON}
        return titles | own

    def style(self, name: str, off: Collection[str] = ()) -> HouseStyle:
        """The style called ``name`` without the rules whose ids are in ``off``; the same one as long as nothing changes.

        Raises:
            NotFoundError: no file has this name.
            InputError: it is based on a style that is not there, or on itself.
        """
        self._read_all()
        key = (name, frozenset(off))
        with self._lock:
            if key not in self._made:
                sheets = tuple(self._stack(self._sheet(name)))
                self._made[key] = HouseStyle(name, sheets[-1].title, sheets, key[1])
            return self._made[key]

    def faults(self) -> tuple[WorkstationError, ...]:
        """What is wrong with own files now."""
        self._read_all()
        return tuple(file.fault for file in self._own.values() if file.fault is not None)

    def reload(self) -> list[StyleNews]:
        """Read own files that changed; where one is broken its last good sheet stays."""
        with self._lock:
            before = dict(self._own)
            self._read_all()
            self._read_own()
            names = dict.fromkeys([*before, *self._own])
            news = [StyleNews(before.get(name), self._own.get(name)) for name in names]
            changed = [each for each in news if each.is_other]
            if changed:
                self._made.clear()
            return changed

    def watched(self) -> list[Path]:
        """The files and folders whose change may change a style."""
        folder = self.folder if self.folder.is_dir() else self.folder.parent  # where it may come to be
        return [path for path in (folder, *(file.file for file in self._own.values())) if path.exists()]

    def make_folder(self) -> Path:
        """The folder of the editor's own files, made when it is missing, with a sample and the shipped files to copy from.

        Raises:
            InputError: it cannot be made.
        """
        try:
            files = {f"shipped/{file.name}": file.read_bytes() for file in _shipped_files()}
            if not any(self.folder.glob("*.toml")):
                sample = resources.path("house-style/sample/my-house.toml")
                files[sample.name] = sample.read_bytes()
            write_files(self.folder, files)
        except ExportError as error:
            raise InputError("There is no folder of house styles", error.detail) from error
        return self.folder

    # --- reading ---------------------------------------------------------------------------------------------------

    def _read_all(self) -> None:
        from workstation.review.styles.style_file import read_style  # noqa: PLC0415 - the window is painted before a story is checked

        with self._lock:
            if self._is_read:
                return
            self._shipped = {file.stem: read_style(file.read_bytes(), file.stem, tried=True) for file in _shipped_files()}
            self._is_read = True
            self._read_own()

    def _read_own(self) -> None:
        files = {file.stem: file for file in sorted(self.folder.glob("*.toml")) if file.is_file()}
        self._own = {name: file for name, file in self._own.items() if name in files}
        for name, file in [*files.items(), *files.items()]:  # twice: one may be based on another that comes later
            self._own[name] = self._read(file, self._own.get(name))

    def _read(self, file: Path, known: StyleFile | None) -> StyleFile:
        try:
            data = file.read_bytes() if file.stat().st_size <= LARGEST_FILE else b"\0"
        except OSError as error:
            return self._faulty(file, known, InputError(_TITLE, f"it cannot be read: {error.strerror or error}."), "")
        digest = sha256(data).hexdigest()
        if known is not None and known.sha256 == digest and known.fault is None:
            return known
        try:
            return StyleFile(file, self._checked(data, file.stem), None, digest)
        except WorkstationError as error:
            return self._faulty(file, known, error, digest)

    def _faulty(self, file: Path, known: StyleFile | None, error: WorkstationError, digest: str) -> StyleFile:
        told = InputError(error.title, f"{file.name}: {error.detail}")
        told.__cause__ = error
        return StyleFile(file, known.sheet if known else None, told, digest)

    def _checked(self, data: bytes, name: str) -> StyleSheet:
        """The sheet in an own file; its rules do what their examples say."""
        from workstation.review.styles.style_examples import faults_of  # noqa: PLC0415 - the window is painted first
        from workstation.review.styles.style_file import read_style  # noqa: PLC0415 - the same

        sheet = read_style(data, name)
        style = HouseStyle(name, sheet.title, tuple(self._stack(sheet)))
        for rule in sheet.rules:
            fault = next(faults_of(rule, style), None)
            if fault:
                raise InputError(_TITLE, f"rule “{rule.id}”: the example {fault}")
        return sheet

    # --- one on top of the other -------------------------------------------------------------------------------------

    def _sheet(self, name: str) -> StyleSheet:
        own = self._own.get(name)
        sheet = own.sheet if own and own.sheet else self._shipped.get(name)
        if sheet is None:
            fault = own.fault.detail if own and own.fault else f"There are {', '.join(self.titles())}."
            raise NotFoundError(f"There is no house style “{name}”", fault)
        return sheet

    def _stack(self, sheet: StyleSheet) -> list[StyleSheet]:
        """The sheet with those that it is based on beneath it; an own one may be based on the shipped one of its name."""
        stack = [sheet]
        while stack[0].based_on is not None:
            base = stack[0].based_on
            below = self._shipped.get(base) if base == stack[0].name else self._sheet(base)
            if below is None or below in stack:
                raise InputError(_TITLE, f"It is based on “{base}”, which is {'itself' if below else 'not there'}.")
            stack.insert(0, below)
        return stack


def _shipped_files() -> Iterator[Path]:
    """The common sheet, and those on top of it."""
    yield from sorted(resources.path("house-style").glob("*.toml"), key=lambda file: (file.stem != COMMON, file.stem))
