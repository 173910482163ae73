"""Publications: the houses that stories are printed in, chosen per story, and read again when their files change."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from workstation import resources
from workstation.domain.changes import NOTHING, Changes, stories_changed
from workstation.domain.problem import Place, Problem, Severity
from workstation.domain.publication import Publication
from workstation.domain.story import Story, slug_from
from workstation.errors import BlockedError, ExportError, InputError, WorkstationError
from workstation.export import write_files
from workstation.store import Store
from workstation.workflow.history import Spot
from workstation.workflow.publication_reading import House, read_house
from workstation.workflow.writing import Writing

SHIPPED_PUBLICATION = "publications/meridian/publication.toml"
CHOSEN = "publication"
PLACES = "publication places"
"""The note that holds, by name, the files of the houses that were chosen for a story."""

_TITLE = "The publication cannot be used"


@dataclass(frozen=True, slots=True)
class Printed:
    """In which house a story is printed, and why that is not the one it should be: ``fault`` stands against an export."""

    publication: Publication
    fault: WorkstationError | None = None
    warning: WorkstationError | None = None
    """What is wrong with the house's file now, while the last good one is used."""


@dataclass(frozen=True, slots=True)
class Reloaded:
    """What a look at the files came to: the stories that look otherwise now, what is wrong, which houses are new or mended."""

    changes: Changes = NOTHING
    faults: tuple[WorkstationError, ...] = ()
    mended: tuple[str, ...] = ()
    renewed: tuple[str, ...] = ()


class Publications:
    """The verbs of the houses. Files are read once and kept; :meth:`reload` looks at them again."""

    def __init__(self, store: Store, writing: Writing, folder: Path) -> None:
        self._store = store
        self._writing = writing
        self.folder = folder.absolute()
        self._houses: dict[Path, House] = {}
        self._default: Path | None = None
        self._is_complete = False
        self._noted: dict[str, Path] | None = None
        self._lock = threading.RLock()

    # --- what there is ---------------------------------------------------------------------------------------------

    def files(self) -> list[Path]:
        """The publication files that can be chosen: the shipped one, the editor's own, those from elsewhere."""
        own = sorted([*self.folder.glob("*.toml"), *self.folder.glob("*/*.toml")])
        elsewhere = [file for file in self._places().values() if file in self._houses or file.is_file()]
        return list(dict.fromkeys([_shipped(), *own, *elsewhere, self.default_file()]))

    def names(self) -> dict[Path, str]:
        """The files that can be chosen with the names of their houses; one that was never good bears its file's name."""
        self._read_all()
        named = {file: self._house(file) for file in self.files()}
        return {file: house.name or f"{file.parent.name}/{file.name} (cannot be used)" for file, house in named.items()}

    def default_file(self) -> Path:
        """The file of the desk's own choice, for stories that name no house; the shipped one when the chosen one is gone."""
        chosen = self._store.notes.get(CHOSEN)
        if chosen and Path(chosen) in self._houses:
            return Path(chosen)  # its last good state stays while the program runs, whatever became of the file
        return Path(chosen) if chosen and Path(chosen).is_file() else _shipped()

    def file_of(self, story: Story) -> Path | None:
        """The file of the house that a story is printed in; None when no file here has the house it names."""
        if story.publication is None:
            return self._default_path()
        return self._file_named(story.publication)

    def watched(self) -> list[Path]:
        """The files and folders whose change may make a house look otherwise."""
        with self._lock:
            houses = list(self._houses.values())
        files = dict.fromkeys(path for house in houses for path in house.seen)
        own = self.folder if self.folder.is_dir() else self.folder.parent  # where it may come to be
        folders = dict.fromkeys([own, *(path.parent for path in files)])
        inside = [path for path in self.folder.glob("*") if path.is_dir()] if self.folder.is_dir() else []
        return [path for path in dict.fromkeys([*files, *folders, *inside]) if path.exists()]

    # --- in which house --------------------------------------------------------------------------------------------

    def is_ready(self, story: Story | None = None) -> bool:
        """Whether the house of a story (the desk's own without one) is read already, so that nothing waits for it."""
        if self._default is None or self._default not in self._houses:
            return False
        named = story.publication if story else None
        return named is None or self._is_complete or named == self._houses[self._default].name

    def make_ready(self, story: Story | None = None) -> WorkstationError | None:
        """Read what :meth:`is_ready` asks for, which takes a moment; answers with what is wrong."""
        printed = self.printed(story)
        return printed.fault or printed.warning

    def printed(self, story: Story | None = None) -> Printed:
        """In which house a story is printed; without one, the desk's own choice.

        Where its house is not here or was never good, the desk's own stands in so that there is something to see, and
        ``fault`` says so.
        """
        if story is None or story.publication is None:
            return self._printed_in(self._default_path())
        file = self._file_named(story.publication)
        if file is None:
            return Printed(self._printed_in(self._default_path()).publication, self._missing(story.publication))
        return self._printed_in(file)

    def of(self, story: Story | None = None) -> Publication:
        """The publication of a story, or what stands in for it."""
        return self.printed(story).publication

    def problems(self, story: Story) -> list[Problem]:
        """What a review has to say of the house that the story names."""
        printed = self.printed(story)
        if printed.fault is not None:
            told = f"{printed.fault.detail} The preview shows {printed.publication.name} instead; nothing is exported like that."
        elif printed.warning is not None:
            told = f"{printed.warning.detail} The story is printed as the file was when it was good last."
        else:
            return []
        return [Problem("publication", Severity.WARNING, Place("publication"), told, story.publication or "")]

    def _printed_in(self, file: Path) -> Printed:
        house = self._house(file)
        if house.publication is not None:
            return Printed(house.publication, warning=house.fault)
        shipped = self._house(_shipped())
        if shipped.publication is None:
            raise shipped.fault or InputError(_TITLE)
        return Printed(shipped.publication, house.fault)

    def _missing(self, name: str) -> WorkstationError:
        place = self._places().get(name)
        house = self._house(place) if place else None
        if house is not None and house.fault is not None:
            return house.fault
        mend = "Choose another one in Story › Publication, or put its file into the publications folder."
        broken = [known.fault.detail for known in self._houses.values() if known.publication is None and known.fault]
        hint = f" One file may be it, but cannot be used: {broken[0]}" if broken else ""
        return BlockedError("The story’s publication is not here", f"No publication is called “{name}”.{hint} {mend}")

    # --- choosing --------------------------------------------------------------------------------------------------

    def choose(self, number: int, file: Path | None) -> Changes:
        """Print a story in the house of this file from now on, as one step that can be undone; None: as new stories are.

        Raises:
            InputError: the file cannot be used; the house before stays.
        """
        name = None
        if file is not None:
            name = self._usable(file).name
            self._remember_place(name, file)
        return self._writing.change(
            number, lambda story: replace(story, publication=name), label="Change of publication", spot=Spot("publication")
        )

    def set_default(self, file: Path) -> Changes:
        """Print every story that names no house in this one from now on.

        Raises:
            InputError: the file cannot be used; the publication before stays.
        """
        self._usable(file)
        self._store.notes.set(CHOSEN, str(file.absolute()))
        with self._lock:
            self._default = file.absolute()
        return stories_changed(*(entry.id for entry in self._writing.entries()))

    def copy_sample(self, name: str) -> Path:
        """Copy the shipped publication into the publications folder under another name; answers with the new file.

        Raises:
            InputError: the name is empty or taken, or the folder cannot be written.
        """
        name = " ".join(name.split())
        if not name:
            raise InputError("Nothing was copied", "The new publication needs a name.")
        if name in self.names().values():
            raise InputError("Nothing was copied", f"A publication is called “{name}” already. Choose another name.")
        target = self.folder / slug_from(name)
        if target.exists():
            raise InputError("Nothing was copied", f"{target} is there already. Choose another name.")
        try:
            files = {f"{target.name}/{path}": data for path, data in _sample_files(name).items()}
            write_files(self.folder, files)
        except (OSError, ExportError) as error:
            raise InputError("Nothing was copied", f"{target} cannot be written: {_cause(error)}") from error
        file = target / _shipped().name
        self._read(file)
        return file

    def make_folder(self) -> Path:
        """The publications folder, made when it is missing.

        Raises:
            InputError: it cannot be made.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError("There is no publications folder", f"{self.folder}: {error.strerror or error}.") from error
        return self.folder

    # --- reading ---------------------------------------------------------------------------------------------------

    def reload(self) -> Reloaded:
        """Look at the files again and read those that changed; where one is broken the last good one stays."""
        with self._lock:
            known = dict(self._houses)
        pairs: list[tuple[House | None, House]] = []
        if self._is_complete:
            pairs += [(None, self._read(file)) for file in self.files() if file not in known]
        pairs += [(house, self._read(house.file)) for house in known.values() if not house.is_current()]
        news = [_News(old, new) for old, new in pairs if not self._is_gone(new)]
        changed = [each for each in news if each.is_other]
        return Reloaded(
            changes=self._printed_there([each.new.file for each in changed], [each.old_name for each in changed]),
            faults=tuple(each.new.fault for each in changed if each.new.fault is not None),
            mended=tuple(each.name for each in changed if each.is_mended),
            renewed=tuple(each.name for each in changed if not each.is_mended and each.new.fault is None),
        )

    def _is_gone(self, house: House) -> bool:
        """Whether a file was taken away that no story is printed in: it is forgotten without a word."""
        if house.file.exists() or house.file == self._default_path() or self._printed_there([house.file]):
            return False
        with self._lock:
            self._houses.pop(house.file, None)
        return True

    def _printed_there(self, files: Iterable[Path], names: Iterable[str | None] = ()) -> Changes:
        """The stories that are printed in one of these files, or that name one of these houses."""
        wanted = set(files)
        if not wanted:
            return NOTHING
        named = {*names, *(self._houses[file].name for file in wanted if file in self._houses)} - {None}
        unsaved = set(self._writing.unsaved())
        numbers = []
        for entry in self._writing.entries():
            story = self._writing.story(entry.id) if entry.id in unsaved else self._store.stories.get(entry.id)
            if self.file_of(story) in wanted or story.publication in named:
                numbers.append(entry.id)
        return stories_changed(*numbers)

    def _usable(self, file: Path) -> Publication:
        """The publication in a file as it stands now; a broken one is no choice."""
        house = read_house(file.absolute())
        if house.publication is None or house.fault is not None:
            raise house.fault or InputError(_TITLE)
        with self._lock:
            self._houses[house.file] = house
        return house.publication

    def _default_path(self) -> Path:
        if self._default is None:
            self._default = self.default_file()
        return self._default

    def _file_named(self, name: str) -> Path | None:
        """The file of the house with this name: where it was chosen from, else the editor's own, else the shipped one."""
        default = self._house(self._default_path())
        if default.name == name:
            return default.file
        self._read_all()
        with self._lock:
            bearing = [file for file, house in self._houses.items() if house.name == name]
        place = self._places().get(name)
        if place in bearing:
            return place
        return next((file for file in bearing if file != _shipped()), bearing[0] if bearing else None)

    def _read_all(self) -> None:
        """Read every house that is known, once: names are inside of the files."""
        if self._is_complete:
            return
        for file in self.files():
            self._house(file)
        self._is_complete = True

    def _house(self, file: Path) -> House:
        with self._lock:
            known = self._houses.get(file)
        return known if known is not None else self._read(file)

    def _read(self, file: Path) -> House:
        """Read a file now; where it is broken the last good one stays."""
        house = read_house(file)
        with self._lock:
            known = self._houses.get(file)
            if house.publication is None and known is not None:
                house = replace(house, publication=known.publication)
            self._houses[file] = house
        return house

    def _places(self) -> dict[str, Path]:
        """By name, the files that houses were chosen from; read from the store once, since every rendering asks."""
        if self._noted is None:
            noted = json.loads(self._store.notes.get(PLACES) or "{}")
            self._noted = {str(name): Path(place) for name, place in noted.items()}
        return self._noted

    def _remember_place(self, name: str, file: Path) -> None:
        self._noted = self._places() | {name: file.absolute()}
        noted = {known: str(place) for known, place in self._noted.items()}
        self._store.notes.set(PLACES, json.dumps(noted, ensure_ascii=False, sort_keys=True))


@dataclass(frozen=True, slots=True)
class _News:
    """A house as it was known and as its file is now."""

    old: House | None
    new: House

    @property
    def is_other(self) -> bool:
        """Whether there is anything to show or to tell."""
        if self.old is None:
            return True
        return self.old.publication != self.new.publication or str(self.old.fault) != str(self.new.fault)

    @property
    def is_mended(self) -> bool:
        return self.old is not None and self.old.fault is not None and self.new.fault is None

    @property
    def name(self) -> str:
        return self.new.name or self.new.file.name

    @property
    def old_name(self) -> str | None:
        return self.old.name if self.old else None


def _cause(error: Exception) -> str:
    return error.detail if isinstance(error, WorkstationError) else f"{getattr(error, 'strerror', None) or error}."


def _sample_files(name: str) -> dict[str, bytes]:
    """The shipped publication under another name, with the shipped templates to read and to copy from."""
    shipped, templates = _shipped(), resources.path("templates")
    pictures = {path.name: path.read_bytes() for path in shipped.parent.iterdir() if path.suffix == ".png"}
    shown = {
        f"shipped/{path.relative_to(templates).as_posix()}": path.read_bytes() for path in templates.rglob("*") if path.is_file()
    }
    return pictures | shown | {shipped.name: _renamed(shipped.read_text(encoding="utf-8"), name).encode()}


def _shipped() -> Path:
    return resources.path(SHIPPED_PUBLICATION)


def _renamed(toml: str, name: str) -> str:
    """The text of the shipped file with another house's name in it."""
    quoted = json.dumps(name, ensure_ascii=False)  # TOML's basic strings are written as JSON's are
    return re.sub(r'^name = ".*?"', lambda _: f"name = {quoted}", toml, count=1, flags=re.MULTILINE)
