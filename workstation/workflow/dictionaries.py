"""Which hunspell dictionary serves a language, among those that are on this machine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

SYSTEM_FOLDERS = (
    Path("/usr/share/hunspell"),
    Path("/usr/share/myspell"),
    Path("/usr/share/myspell/dicts"),
    Path("/usr/local/share/hunspell"),
    Path("/opt/homebrew/share/hunspell"),
)
_USUAL = {"en": "US", "pt": "PT", "nb": "NO", "nn": "NO", "da": "DK", "sv": "SE", "cs": "CZ", "el": "GR", "uk": "UA", "sl": "SI"}
_BRITISH = frozenset({"GB", "IE", "AU", "NZ", "ZA", "IN"})


@dataclass(frozen=True, slots=True)
class Dictionary:
    """``folder/name.dic`` with its ``.aff``.

    ``is_american`` when an American dictionary has to serve an English that is, or may be, spelled as in Britain.
    """

    folder: Path
    name: str
    is_american: bool = False


def find_dictionary(language: str, folders: Sequence[Path]) -> Dictionary | None:
    """The dictionary for a BCP 47 tag: its very region, else the language's own or usual region, else any; None where none is."""
    parts = language.replace("_", "-").split("-")
    name = parts[0].lower()
    region = next((part.upper() for part in parts[1:] if len(part) == 2), "")
    found: dict[str, Dictionary] = {}
    for folder in folders:
        for file in _files(folder, name):
            found.setdefault(file.stem.replace("-", "_"), Dictionary(folder, file.stem))
    for wanted in _wishes(name, region, sorted(found)):
        if wanted in found:
            chosen = found[wanted]
            american = (not region or region in _BRITISH) and chosen.name.replace("-", "_") in ("en", "en_US")
            return Dictionary(chosen.folder, chosen.name, american)
    return None


def _wishes(name: str, region: str, known: list[str]) -> Iterable[str]:
    if region:
        yield f"{name}_{region}"
    if name == "en" and region in _BRITISH:
        yield "en_GB"
    yield name
    yield f"{name}_{_USUAL.get(name, name.upper())}"
    yield from known


def _files(folder: Path, name: str) -> list[Path]:
    try:
        files = [file for file in folder.glob("*.dic") if file.stem.replace("-", "_").split("_")[0].lower() == name]
        return [file for file in sorted(files) if file.with_suffix(".aff").is_file()]
    except OSError:
        return []


def shipped_folder() -> Path | None:
    """Where the spelling library keeps the dictionary that comes with it."""
    spec = find_spec("hunspell")
    return Path(spec.origin).parent / "dictionaries" if spec and spec.origin else None
